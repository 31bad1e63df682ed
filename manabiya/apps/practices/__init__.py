"""Practices (先行事例): what a school did, how, and who else tries it."""
