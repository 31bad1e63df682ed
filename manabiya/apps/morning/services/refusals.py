"""Expected refusals of the staff room; the message is shown as it is."""


class MorningRefused(Exception):
    """The deed can't be done now; the message says why and what to do."""
