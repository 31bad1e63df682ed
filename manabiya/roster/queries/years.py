"""The board's plan of a school year: terms and vacations of a kind of school."""

from datetime import date

from manabiya.law.japanese_calendar import Vacation
from manabiya.law.school_year import first_day
from manabiya.roster.models import YearPlan
from manabiya.roster.year_rules import PlannedTerm, terms_in, vacations_in


def year_plan(school_kind: str, day: date) -> YearPlan | None:
    """Return the plan valid on ``day`` (one query), None where the board decided nothing."""
    rows = YearPlan.objects.filter(school_kind=school_kind, valid_from__lte=day)
    found: YearPlan | None = rows.order_by("-valid_from").first()
    return found


def terms_of(school_kind: str, school_year: int) -> list[PlannedTerm]:
    """Return the terms of a year (one query), none where the board decided nothing."""
    plan = year_plan(school_kind, first_day(school_year))
    return terms_in(school_year, plan.terms) if plan else []


def vacations_of(school_kind: str, school_year: int) -> list[Vacation]:
    """Return the vacations of a year (one query), none where the board decided nothing."""
    plan = year_plan(school_kind, first_day(school_year))
    return vacations_in(school_year, plan.vacations) if plan else []
