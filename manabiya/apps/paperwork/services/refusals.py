"""A refusal with a sentence for the page."""


class PaperworkRefused(Exception):
    """What was asked can't be done; nothing was saved. The words say why and what to do."""
