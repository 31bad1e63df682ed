"""Which schools the demo holds.

``small``: two municipalities, three schools, one of them very small. ``full``: the whole city of
白樺野市 in the place of the first.
"""

from dataclasses import dataclass

from manabiya.roster.demo.city import schools as full
from manabiya.roster.models import Homeroom, School


@dataclass(frozen=True, slots=True)
class HomeroomPlan:
    """A class to fill: name, kind, how many children of which grade, the 交流学級 of each grade."""

    name: str
    counts: tuple[tuple[int, int], ...]
    kind: str = Homeroom.Kind.REGULAR
    visits: tuple[tuple[int, str], ...] = ()


@dataclass(frozen=True, slots=True)
class SchoolPlan:
    """A school to fill."""

    slug: str
    code: str
    name: str
    kind: str
    phone: str
    homerooms: tuple[HomeroomPlan, ...]
    posts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MunicipalityPlan:
    """A municipality to fill."""

    slug: str
    code: str
    name: str
    schools: tuple[SchoolPlan, ...]


FULL_POSTS = (
    "principal",
    "vice_principal",
    "academic_affairs_head",
    "grade_head",
    "subject_teacher",
    "assistant_homeroom_teacher",
    "school_nurse",
    "office_staff",
    "ict_supporter",
)


def _grades(grades: range, classes: int, sizes: tuple[int, ...]) -> tuple[HomeroomPlan, ...]:
    return tuple(
        HomeroomPlan(f"{grade}年{number}組", ((grade, sizes[(grade + number) % len(sizes)]),))
        for grade in grades
        for number in range(1, classes + 1)
    )


SPECIAL = HomeroomPlan(
    "ひまわり学級",
    ((1, 1), (3, 2), (5, 1)),
    Homeroom.Kind.SPECIAL_NEEDS,
    visits=((1, "1年2組"), (3, "3年2組"), (5, "5年1組")),
)

SHIRAKABANO = MunicipalityPlan(
    "shirakabano",
    "019998",
    "白樺野市",
    (
        SchoolPlan(
            "midorigaoka",
            "B101299980015",
            "緑が丘小学校",
            School.Kind.ELEMENTARY,
            "0190-00-0123",
            (*_grades(range(1, 7), 2, (28, 31, 34, 30)), SPECIAL),
            FULL_POSTS,
        ),
        SchoolPlan(
            "higashikawabata",
            "C101299980013",
            "東川端中学校",
            School.Kind.JUNIOR_HIGH,
            "0190-00-0456",
            _grades(range(1, 4), 3, (36, 33, 35)),
            FULL_POSTS,
        ),
    ),
)

SAWANOSE = MunicipalityPlan(
    "sawanose",
    "019999",
    "沢ノ瀬町",
    (
        SchoolPlan(
            "sawanose",
            "B101299990013",
            "沢ノ瀬小学校",
            School.Kind.ELEMENTARY,
            "0191-00-0007",
            (
                HomeroomPlan("1・2年", ((1, 1), (2, 1)), Homeroom.Kind.MULTIGRADE),
                HomeroomPlan("4・5年", ((4, 2), (5, 1)), Homeroom.Kind.MULTIGRADE),
            ),
            ("principal",),
        ),
    ),
)

Plan = MunicipalityPlan | full.CityPlan
CITIES: dict[str, tuple[Plan, ...]] = {
    "small": (SHIRAKABANO, SAWANOSE),
    "full": (full.SHIRAKABANO, SAWANOSE),
}
