"""Begin a plan, write its words, throw a draft away."""

from dataclasses import asdict, dataclass
from uuid import UUID

from django.utils.translation import gettext as _

from manabiya.apps.checklist.queries.figures import year_figures, year_label
from manabiya.apps.dx_plan import words as starting
from manabiya.apps.dx_plan.models import DxPlan
from manabiya.apps.dx_plan.policies import PLAN_WRITE
from manabiya.apps.dx_plan.refusals import PlanRefused
from manabiya.apps.dx_plan.rules import MOST_YEARS
from manabiya.apps.dx_plan.services.common import draft, recorded, refuse_older
from manabiya.kernel.access.actors import Actor
from manabiya.kernel.audit.service import service


@dataclass(frozen=True, slots=True)
class PlanWords:
    """The words of a plan's chapters."""

    title: str
    introduction: str
    present: str
    outlook: str
    closing: str
    shows_printed_table: bool = False


@service
def open_plan(
    *, actor: Actor, title: str, first_year: int, last_year: int, baseline_year: int
) -> DxPlan:
    """Begin the draft of a plan with words of ours.

    Raises ``Refused``, :class:`PlanRefused`: no name, years out of order or of another plan, more
    than ten, a baseline without figures, still open, or not before the plan.
    """
    PLAN_WRITE.require(actor)
    if not title.strip():
        raise PlanRefused(_("計画の名前を書いてください。"))
    _refuse_years(first_year, last_year)
    _refuse_baseline(actor, baseline_year, first_year)
    plan: DxPlan = DxPlan.objects.create(
        title=title.strip(), first_year=first_year, last_year=last_year,
        baseline_year=baseline_year, introduction=starting.INTRODUCTION,
        present=starting.PRESENT, outlook=starting.OUTLOOK, closing=starting.CLOSING,
    )  # fmt: skip
    recorded(actor, "open", plan, first_year=first_year, last_year=last_year)
    return plan


def _refuse_years(first: int, last: int) -> None:
    if last < first:
        raise PlanRefused(_("おわりの年度が、はじめの年度より前になっています。"))
    if last - first >= MOST_YEARS:
        raise PlanRefused(_("一つの計画は10年度までです。"))
    other = DxPlan.objects.filter(first_year__lte=last, last_year__gte=first).first()
    if other:
        raise PlanRefused(
            _("「%(title)s」(%(first)sから%(last)s)と年度が重なっています。")
            % {
                "title": other.title,
                "first": year_label(other.first_year),
                "last": year_label(other.last_year),
            }
        )


def _refuse_baseline(actor: Actor, baseline_year: int, first_year: int) -> None:
    found = year_figures(actor, baseline_year).get(baseline_year)
    if found is None:
        raise PlanRefused(_("基準にする年度の、市の割合がありません。"))
    if not found.year.is_final:
        raise PlanRefused(
            _("%(year)sの回はまだ受け付けています。締めてから基準にしてください。")
            % {"year": found.year.label}
        )
    if baseline_year >= first_year:
        raise PlanRefused(_("基準の年度は、計画のはじめの年度より前にしてください。"))


@service
def write_words(*, actor: Actor, plan_id: UUID, words: PlanWords, version: int) -> DxPlan:
    """Write the chapters' words of a draft; ``version``: the words' as they were read.

    Raises ``Refused``, ``Http404``, :class:`PlanRefused` (decided, no name or introduction),
    :class:`ChangedMeanwhile`.
    """
    plan = draft(actor, plan_id)
    refuse_older(version, plan.words_version)
    if not words.title.strip() or not words.introduction.strip():
        raise PlanRefused(_("計画の名前と「はじめに」は、空けられません。"))
    for name, value in asdict(words).items():
        setattr(plan, name, value.strip() if isinstance(value, str) else value)
    plan.words_version += 1
    plan.save(update_fields=[*asdict(words), "words_version"])
    recorded(actor, "write-words", plan)
    return plan


@service
def drop_plan(*, actor: Actor, plan_id: UUID, version: int) -> None:
    """Throw a draft away that was never decided, with its goals and actions.

    Raises ``Refused``, ``Http404``, :class:`PlanRefused` (decided once), :class:`ChangedMeanwhile`.
    """
    plan = draft(actor, plan_id)
    refuse_older(version, plan.version)
    if plan.editions.exists():
        raise PlanRefused(_("一度決定した計画は消せません。"))
    recorded(actor, "drop", plan)
    plan.delete()
