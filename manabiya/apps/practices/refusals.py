"""Why a deed on a practice was refused, in words that say what to do."""


class PracticeRefused(Exception):
    """Nothing was saved; the message says why and how to mend it."""
