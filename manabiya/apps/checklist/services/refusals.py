"""Why a step of the checklist can't be taken; the messages say what to do."""


class ChecklistRefused(Exception):
    """The step can't be taken; the message says why and what to do."""


class SheetMoved(ChecklistRefused):
    """Somebody else wrote on the sheet since the page was opened; nothing was kept."""


class ImportRefused(ChecklistRefused):
    """A file can't be taken; ``problems``: each with its place. Nothing of it was kept."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__(f"{len(problems)}か所に問題があります。何も入れていません。")
        self.problems = problems
