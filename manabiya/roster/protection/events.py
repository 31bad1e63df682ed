"""Events of protection; keys are ids."""

PROTECTION_SET = "roster.protection.set"
"""A registered guardian was excluded from a child: ``student``, ``guardian``."""
