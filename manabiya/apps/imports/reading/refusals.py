"""A file that can't be read, in words that say what to do."""


class Unreadable(Exception):
    """The file is refused as a whole; nothing of it was taken.

    ``reason``: what is wrong. ``mend``: what to do. ``line``: where it breaks, if known.
    """

    def __init__(self, reason: str, mend: str, *, line: int | None = None) -> None:
        super().__init__(f"{reason}{mend}")
        self.reason = reason
        self.mend = mend
        self.line = line
