"""What the services of families refuse, in words for the screen."""


class FamilyRefused(Exception):
    """The family can't be written so; the message says why and what to do.

    ``field``: the name of the form's field it is about, empty when of none.
    """

    def __init__(self, message: str, field: str = "") -> None:
        super().__init__(message)
        self.field = field
