"""One practice, who follows it, and what copying its setting would change."""

from dataclasses import dataclass
from uuid import UUID

from django.http import Http404

from manabiya.apps.practices.models import Practice, PracticeFollow, PracticePaper
from manabiya.apps.practices.policies import (
    PRACTICE_FOLLOW,
    PRACTICE_OVERSEE,
    PRACTICE_PUBLISH,
    PRACTICE_WRITE,
)
from manabiya.apps.practices.queries.reading import readable
from manabiya.kernel.access.actors import Actor
from manabiya.kernel.registry import Setup, registry
from manabiya.law.checklist_items import ITEMS


@dataclass(frozen=True, slots=True)
class FollowLine:
    """A school that follows: its name where the viewer may read it, and what it said."""

    school_name: str
    row: PracticeFollow


@dataclass(frozen=True, slots=True)
class SetupLine:
    """A value of a setting: what holds at the own school, and what it would be."""

    label: str
    own: str
    theirs: str

    @property
    def changes(self) -> bool:
        """Return whether copying changes it."""
        return self.own != self.theirs


@dataclass(frozen=True, slots=True)
class PracticePage:
    """A practice and what the viewer may do with it; ``own_follow``: of the viewer's school."""

    practice: Practice
    item_label: str
    papers: tuple[PracticePaper, ...]
    follows: tuple[FollowLine, ...]
    hidden: int
    own_follow: PracticeFollow | None
    setup: Setup | None
    setup_lines: tuple[SetupLine, ...]
    is_own: bool
    may_write: bool
    may_publish: bool
    may_follow: bool
    may_recommend: bool

    @property
    def is_published(self) -> bool:
        """Return whether all schools read it."""
        return self.practice.state == Practice.State.PUBLISHED

    @property
    def tried(self) -> int:
        """Return how many schools tried it."""
        return sum(line.row.tried_at is not None for line in self.follows)


def practice_page(viewer: Actor, *, practice_id: UUID) -> PracticePage:
    """Return a practice the viewer reads (404 otherwise; three queries, five with a setting)."""
    rows = readable(viewer).select_related("school", "written_by", "recommended_by")
    practice = rows.filter(pk=practice_id).first()
    if practice is None:
        raise Http404
    is_own = practice.school_id == viewer.school_id
    follows = list(
        practice.follows.filter(ended_at=None).select_related("school").order_by("followed_at")
    )
    sees_all = is_own or viewer.school_id is None
    lines = [_follow(viewer, row, sees_all=sees_all) for row in follows]
    own = next((row for row in follows if row.school_id == viewer.school_id), None)
    may_follow = not is_own and viewer.school_id is not None and PRACTICE_FOLLOW.may(viewer)
    setup = registry.setups.get(practice.setup)
    return PracticePage(
        practice=practice,
        item_label=ITEMS[practice.item].label,
        papers=tuple(practice.papers.filter(removed_at=None).order_by("added_at", "id")),
        follows=tuple(lines),
        hidden=sum(not line.school_name for line in lines),
        own_follow=own,
        setup=setup,
        setup_lines=_setup_lines(viewer, practice, setup) if setup else (),
        is_own=is_own,
        may_write=is_own and PRACTICE_WRITE.may(viewer),
        may_publish=is_own and PRACTICE_PUBLISH.may(viewer),
        may_follow=may_follow and practice.state == Practice.State.PUBLISHED,
        may_recommend=viewer.school_id is None and PRACTICE_OVERSEE.may(viewer),
    )


def _follow(viewer: Actor, row: PracticeFollow, *, sees_all: bool) -> FollowLine:
    sees = sees_all or row.shows_school or row.school_id == viewer.school_id
    return FollowLine(row.school.name if sees else "", row)


def _setup_lines(viewer: Actor, practice: Practice, setup: Setup) -> tuple[SetupLine, ...]:
    theirs = setup.lines(practice.school_id, viewer.today)
    if viewer.school_id in (None, practice.school_id):
        return tuple(SetupLine(label, word, word) for label, word in theirs)
    own = dict(setup.lines(viewer.at, viewer.today))
    return tuple(SetupLine(label, own.get(label, ""), word) for label, word in theirs)


def paper_of(viewer: Actor, *, practice_id: UUID, paper_id: UUID) -> PracticePaper:
    """Return a file of a practice the viewer reads; 404 otherwise."""
    found: PracticePaper | None = PracticePaper.objects.filter(
        pk=paper_id, practice_id=practice_id, removed_at=None, practice__in=readable(viewer)
    ).first()
    if found is None:
        raise Http404
    return found
