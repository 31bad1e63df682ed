"""Why a step of an import can't be taken; the messages say what to do."""

from manabiya.apps.imports.reading import Unreadable


class ImportRefused(Exception):
    """The step can't be taken; the message says why and what to do."""


class RosterChanged(ImportRefused):
    """The roster is no longer what the dry run saw; ``differences``: what is different."""

    def __init__(self, differences: list[str]) -> None:
        super().__init__(
            "試したあとに名簿が変わりました。反映していません。もう一度試してください。"
        )
        self.differences = differences


class FileRefused(ImportRefused):
    """A file can't be read."""

    def __init__(self, name: str, error: Unreadable) -> None:
        super().__init__(f"「{name}」: {error.reason}{error.mend}何も変えていません。")
