"""Why a step of the plan can't be taken; the messages say what to do."""


class PlanRefused(Exception):
    """The step can't be taken; nothing was saved."""


class ChangedMeanwhile(PlanRefused):
    """Somebody else saved first; ``version`` is the one that stands now."""

    def __init__(self, message: str, version: int) -> None:
        super().__init__(message)
        self.version = version
