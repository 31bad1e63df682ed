"""The morning backup that is there, and whether its facts still hold."""

from dataclasses import dataclass
from datetime import date, datetime

from manabiya.apps.morning.backups import BackupFacts, backup_facts
from manabiya.apps.morning.models import MorningBackup
from manabiya.apps.morning.policies import BACKUP_MAKE
from manabiya.kernel.access.actors import Actor


@dataclass(frozen=True, slots=True)
class BackupPage:
    """The kept paper (None: none yet) and the facts of now (None: no school day ahead)."""

    kept: MorningBackup | None
    facts: BackupFacts | None

    @property
    def is_current(self) -> bool:
        """Return whether the kept paper says what holds now."""
        return bool(self.kept and self.facts and self.kept.digest == self.facts.digest)


def backup_page(viewer: Actor, *, today: date) -> BackupPage:
    """Return the backup of the viewer's school."""
    rows = BACKUP_MAKE.filter(viewer, MorningBackup.objects.filter(school_id=viewer.at))
    kept = rows.select_related("made_by").defer("content").first()
    return BackupPage(kept, backup_facts(viewer.at, today))


def backup_file(viewer: Actor, *, today: date, made_at: datetime) -> bytes | None:
    """Return the paper as it holds now: the kept one, or one made anew when facts have changed.

    So a number that was taken back this morning is on no paper handed out after that.
    """
    page = backup_page(viewer, today=today)
    if page.facts is None:
        return None
    if page.is_current and page.kept is not None:
        return bytes(page.kept.content)
    return page.facts.pdf(made_at)
