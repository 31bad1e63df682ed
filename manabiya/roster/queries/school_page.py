"""What a school is: 学校コード, kind, 本校 and 分校, times, terms."""

from dataclasses import dataclass

from django.db.models import Q

from manabiya.kernel.access.actors import Actor
from manabiya.law.school_year import school_year_of
from manabiya.roster.models import School, Term
from manabiya.roster.policies import STAFF_VIEW


@dataclass(frozen=True, slots=True)
class SchoolPage:
    """A school with its branches and the terms of the year: its own, else the municipality's."""

    school: School
    branches: list[School]
    school_year: int
    terms: list[Term]


def school_page(viewer: Actor) -> SchoolPage:
    """Return the viewer's school (three queries)."""
    rows = School.objects.select_related("main_school")
    school = STAFF_VIEW.get(viewer, rows, pk=viewer.at)
    year = school_year_of(viewer.today)
    found = Term.objects.filter(Q(school=school) | Q(school=None), school_year=year)
    terms = list(found.order_by("number"))
    own = [term for term in terms if term.school_id is not None]
    branches = list(School.objects.filter(main_school=school).order_by("code"))
    return SchoolPage(school, branches, year, own or terms)
