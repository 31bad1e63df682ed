"""Founding (開設): how a municipality begins, and how its staff come in for the first time.

``manabiya init`` makes the municipality and the link of its first board officer; ``manabiya
calendar`` writes the school days of a year; the board and the schools' managers issue the links
of everybody else.
"""
