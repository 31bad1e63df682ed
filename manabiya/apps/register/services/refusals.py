"""Expected refusals of the register; the message is shown as it is."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from manabiya.apps.register.queries import Obstacle


class RegisterRefused(Exception):
    """The deed can't be done now; the message says why and what to do."""


class AlreadyDone(RegisterRefused):
    """Somebody did it before; nothing is wrong, nothing was changed."""


class MonthNotReady(RegisterRefused):
    """The month can't be closed yet; ``obstacles`` say why, day by day."""

    def __init__(self, obstacles: Sequence[Obstacle]) -> None:
        super().__init__(_("まだ締められません。次の日を先に片づけてください。"))
        self.obstacles = tuple(obstacles)
