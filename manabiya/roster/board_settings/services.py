"""Decide until when reports are in time, and the terms and vacations of a school year."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.utils.translation import gettext as _

from manabiya.kernel.access.actors import Actor
from manabiya.kernel.audit.service import service
from manabiya.kernel.registry import SettingsRefused
from manabiya.law.school_year import first_day, last_day, school_year_of
from manabiya.roster.board_settings.keeping import keep, must_be_ahead, take_back
from manabiya.roster.board_settings.policies import CUTOFF_SET, YEAR_PLAN_SET
from manabiya.roster.models import CalendarDay, ReportCutoff, School, YearPlan
from manabiya.roster.queries.cutoffs import cutoff_of
from manabiya.roster.year_rules import YearRefused, check_year

ONE_DAY = timedelta(days=1)


@service
def set_report_cutoff(
    *, actor: Actor, valid_from: date, cutoff: time, now: datetime
) -> ReportCutoff:
    """Decide until when reports are in time at schools without an hour of their own.

    From tomorrow at the earliest: families have read today's hour. Raises ``Refused``,
    :class:`SettingsRefused`.
    """
    CUTOFF_SET.require(actor)
    _must_begin_tomorrow(valid_from, now)
    row = ReportCutoff(valid_from=valid_from)
    return keep(actor, row, {"cutoff": cutoff}, now, action="roster.report-cutoff:set")


@service
def set_school_cutoff(
    *, actor: Actor, school_id: UUID, valid_from: date, cutoff: time | None, now: datetime
) -> ReportCutoff:
    """Decide until when reports are in time at one school; ``cutoff`` None: the city's again.

    From tomorrow at the earliest. Raises ``Refused``, ``Http404``, :class:`SettingsRefused`.
    """
    CUTOFF_SET.require(actor)
    school = CUTOFF_SET.get(actor, School.objects.all(), pk=school_id)
    _must_begin_tomorrow(valid_from, now)
    row = ReportCutoff(valid_from=valid_from, school_id=school.id)
    values = {
        "school_id": school.id,
        "follows_city": cutoff is None,
        "cutoff": cutoff or cutoff_of(school, valid_from),
    }
    return keep(actor, row, values, now, action="roster.report-cutoff:set")


def _must_begin_tomorrow(valid_from: date, now: datetime) -> None:
    must_be_ahead(valid_from, now)
    if valid_from == now.date():
        tomorrow = now.date() + ONE_DAY
        raise SettingsRefused(
            _(
                "今日の締切は、もう保護者の画面に出ています。%(month)s月%(day)s日からにしてください。"
            )
            % {"month": tomorrow.month, "day": tomorrow.day}
        )


@service
def drop_report_cutoff(*, actor: Actor, row_id: UUID, now: datetime) -> ReportCutoff:
    """Take back what has not begun; raises ``Refused``, ``Http404``, :class:`SettingsRefused`."""
    CUTOFF_SET.require(actor)
    return take_back(
        actor, ReportCutoff, row_id, now, policy=CUTOFF_SET, action="roster.report-cutoff:drop"
    )


@service
def set_year_plan(
    *,
    actor: Actor,
    school_kind: str,
    school_year: int,
    terms: Sequence[Sequence[str]],
    vacations: Sequence[Sequence[str]],
    now: datetime,
) -> YearPlan:
    """Decide terms and vacations of a kind of school, from a school year on.

    ``terms`` and ``vacations`` as in :class:`YearPlan`. Raises ``Refused``,
    :class:`SettingsRefused`: a year gone by, one whose school days a school of the kind has
    written already, a plan that makes no year.
    """
    YEAR_PLAN_SET.require(actor)
    if school_year < school_year_of(now.date()):
        raise SettingsRefused(_("過ぎた年度からは決められません。"))
    year = (first_day(school_year), last_day(school_year))
    written = CalendarDay.objects.filter(school__kind=school_kind, date__range=year)
    if written.exists():
        raise SettingsRefused(
            _("%(year)s年度の授業日は、もう学校に入っています。次の年度からにしてください。")
            % {"year": school_year}
        )
    try:
        check_year(terms, vacations)
    except YearRefused as refusal:
        raise SettingsRefused(str(refusal)) from refusal
    row = YearPlan(valid_from=first_day(school_year), school_kind=school_kind)
    values = {
        "terms": [list(term) for term in terms],
        "vacations": [list(vacation) for vacation in vacations],
    }
    return keep(actor, row, values, now, action="roster.year-plan:set")


@service
def drop_year_plan(*, actor: Actor, row_id: UUID, now: datetime) -> YearPlan:
    """Take back what has not begun; raises ``Refused``, ``Http404``, :class:`SettingsRefused`."""
    YEAR_PLAN_SET.require(actor)
    return take_back(
        actor, YearPlan, row_id, now, policy=YEAR_PLAN_SET, action="roster.year-plan:drop"
    )
