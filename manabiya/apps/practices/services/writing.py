"""Write a practice, publish it, take it back."""

from dataclasses import asdict, dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from manabiya.apps.practices.models import Practice
from manabiya.apps.practices.policies import PRACTICE_PUBLISH, PRACTICE_WRITE
from manabiya.apps.practices.refusals import PracticeRefused
from manabiya.apps.practices.services.common import locked, recorded, saved
from manabiya.kernel.access.actors import Actor
from manabiya.kernel.audit.service import service
from manabiya.kernel.registry import registry
from manabiya.law.checklist_items import ITEMS

State = Practice.State
WORDS = ("item", "title", "before", "after", "steps", "contact", "setup")


@dataclass(frozen=True, slots=True)
class PracticeWord:
    """What a school writes; ``steps``: one a line."""

    item: str
    title: str
    before: str
    after: str
    steps: str
    contact: str
    setup: str = ""


@service
def write_practice(
    *,
    actor: Actor,
    word: PracticeWord,
    now: datetime,
    practice_id: UUID | None = None,
    version: int = 1,
) -> Practice:
    """Write a new practice of the actor's school, or change one; a published one stays published.

    Raises ``Refused``, ``Http404`` (another school's), :class:`PracticeRefused` (an unknown item
    or setting, nothing in a field, somebody else was first).
    """
    PRACTICE_WRITE.require(actor)
    _refuse(word)
    if practice_id is None:
        practice: Practice = Practice.objects.create(
            school_id=actor.at, written_by_id=actor.person_id, written_at=now, **asdict(word)
        )
    else:
        practice = locked(actor, PRACTICE_WRITE, practice_id, version)
        for name, value in asdict(word).items():
            setattr(practice, name, value)
        practice.written_by_id, practice.written_at = actor.person_id, now
        saved(practice, *WORDS, "written_by", "written_at")
    recorded(actor, "write", practice, state=practice.state)
    return practice


@service
def publish(*, actor: Actor, practice_id: UUID, version: int, now: datetime) -> Practice:
    """Let every school of the municipality read it.

    Raises ``Refused``, ``Http404``, :class:`PracticeRefused`.
    """
    practice = locked(actor, PRACTICE_PUBLISH, practice_id, version)
    if practice.state == State.PUBLISHED:
        raise PracticeRefused(_("もう公開しています。"))
    practice.state = State.PUBLISHED
    practice.published_by_id, practice.published_at = actor.person_id, now
    saved(practice, "state", "published_by", "published_at")
    recorded(actor, "publish", practice)
    return practice


@service
def withdraw(*, actor: Actor, practice_id: UUID, version: int, now: datetime) -> Practice:
    """Take it back: other schools no longer read it, and the board's recommendation goes with it.

    Raises ``Refused``, ``Http404``, :class:`PracticeRefused`.
    """
    practice = locked(actor, PRACTICE_PUBLISH, practice_id, version)
    if practice.state != State.PUBLISHED:
        raise PracticeRefused(_("公開していないので、取り下げるものがありません。"))
    practice.state = State.WITHDRAWN
    practice.recommendation, practice.recommended_by_id, practice.recommended_at = "", None, None
    saved(practice, "state", "recommendation", "recommended_by", "recommended_at")
    recorded(actor, "withdraw", practice)
    return practice


def _refuse(word: PracticeWord) -> None:
    if word.item not in ITEMS:
        raise PracticeRefused(_("どの項目の事例かを選んでください。"))
    if word.setup and word.setup not in registry.setups:
        raise PracticeRefused(_("写せる設定を選びなおしてください。"))
    needed = (word.title, word.before, word.after, word.steps, word.contact)
    if not all(text.strip() for text in needed):
        raise PracticeRefused(
            _("題、取り組む前、いま、手順、問い合わせ先は、どれも空けられません。")
        )
