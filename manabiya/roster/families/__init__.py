"""Families: who may do what for a child, who has 親権, whom to call now, who is a sibling.

A right is a dated row for one guardian and one child. Changing it ends the old row the day
before and begins a new one: what held on a day stays readable. A right never reaches into days
that have passed, and an excluded person gets none, by whatever door (:mod:`.guard`).
"""
