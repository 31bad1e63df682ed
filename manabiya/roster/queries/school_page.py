"""What a school is: 学校コード, kind, 本校 and 分校, times, terms."""

from dataclasses import dataclass
from datetime import time

from django.db.models import Q

from manabiya.kernel.access.actors import Actor
from manabiya.law.school_year import school_year_of
from manabiya.roster.models import School, Term
from manabiya.roster.policies import STAFF_VIEW
from manabiya.roster.queries.cutoffs import cutoff_of
from manabiya.roster.queries.years import terms_of
from manabiya.roster.year_rules import PlannedTerm


@dataclass(frozen=True, slots=True)
class SchoolPage:
    """A school with its branches, the terms of the year and until when reports are in time.

    The terms are its own, else those of the board's plan, else the municipality's.
    """

    school: School
    branches: list[School]
    school_year: int
    terms: list[Term] | list[PlannedTerm]
    cutoff: time


def school_page(viewer: Actor) -> SchoolPage:
    """Return the viewer's school (five queries)."""
    rows = School.objects.select_related("main_school")
    school = STAFF_VIEW.get(viewer, rows, pk=viewer.at)
    year = school_year_of(viewer.today)
    found = Term.objects.filter(Q(school=school) | Q(school=None), school_year=year)
    terms = list(found.order_by("number"))
    own = [term for term in terms if term.school_id is not None]
    branches = list(School.objects.filter(main_school=school).order_by("code"))
    planned = terms_of(school.kind, year)
    cutoff = cutoff_of(school, viewer.today)
    return SchoolPage(school, branches, year, own or planned or terms, cutoff)
