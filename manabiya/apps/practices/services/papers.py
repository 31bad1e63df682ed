"""Attach a file to a practice, or take it away."""

from datetime import datetime
from pathlib import PurePath
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from manabiya.apps.practices.models import PracticePaper
from manabiya.apps.practices.papers import MOST, Upload, kind_of
from manabiya.apps.practices.policies import PRACTICE_WRITE
from manabiya.apps.practices.refusals import PracticeRefused
from manabiya.apps.practices.services.common import locked, recorded, saved
from manabiya.kernel.access.actors import Actor
from manabiya.kernel.audit.service import service
from manabiya.kernel.files import keep


@service
def add_paper(
    *, actor: Actor, practice_id: UUID, upload: Upload, version: int, now: datetime
) -> PracticePaper:
    """Attach a file. Raises ``Refused``, ``Http404``, :class:`PracticeRefused` (size, kind, twice)."""
    practice = locked(actor, PRACTICE_WRITE, practice_id, version)
    if practice.papers.filter(removed_at=None).count() >= MOST:
        raise PracticeRefused(_("添付は5つまでです。いらないものを外してから、選んでください。"))
    kind = kind_of(upload)
    try:
        with transaction.atomic():
            paper: PracticePaper = PracticePaper.objects.create(
                practice=practice,
                name=PurePath(upload.name).name[-100:],
                digest=keep(upload.content),
                size=len(upload.content),
                kind=kind,
                added_by_id=actor.person_id,
                added_at=now,
            )
    except IntegrityError as error:
        raise PracticeRefused(_("同じ中身のファイルが、もう付いています。")) from error
    saved(practice)
    recorded(actor, "add-paper", practice, paper=str(paper.id))
    return paper


@service
def remove_paper(*, actor: Actor, paper_id: UUID, now: datetime) -> PracticePaper:
    """Take a file away. Raises ``Refused``, ``Http404`` (another school's, gone already)."""
    PRACTICE_WRITE.require(actor)
    rows = PracticePaper.objects.select_for_update(of=("self",)).filter(removed_at=None)
    paper = PRACTICE_WRITE.get(actor, rows.select_related("practice"), pk=paper_id)
    paper.removed_at = now
    paper.save(update_fields=["removed_at"])
    recorded(actor, "remove-paper", paper.practice, paper=str(paper.id))
    return paper
