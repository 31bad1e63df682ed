"""The city for the board: 77 schools with the counts of two school years, as the officer opens it."""

import random
from datetime import date, timedelta
from typing import Any

from ruler import city
from ruler.counted import ask
from ruler.figures import judged, median, percentile, say, told
from ruler.house import BUILT_FOR, analyze, house, web
from ruler.timed import Visitor

SCHOOLS = 77
CLASSES = (30,) * 3
FETCHES = 40
GOAL_MS = 500
PAGES = (
    ("市の今日", ""), ("市の感染症", "infections/"), ("市の動き", "trend/"),
    ("市の共有と印刷", "share/"),
)  # fmt: skip
KINDS = (
    ("present", "", 280), ("absent_sick", "", 5), ("absent_other", "", 3), ("suspended", "", 9),
    ("suspended_by", "influenza", 6), ("suspended_by", "covid19", 2), ("late", "", 3),
    ("newly_ill", "", 3), ("bereaved", "", 1),
)  # fmt: skip
REASONS = ("fever", "cold", "stomach_ache", "family", "consultation", "")


def school_days() -> list[date]:
    """Return the weekdays of this school year up to today, and of the one before."""
    days = (BUILT_FOR - timedelta(days=n) for n in range(600))
    return [day for day in days if day.weekday() < 5 and day.month != 8]


def write_counts() -> int:
    """Write the counts of every school and day; return how many rows."""
    from manabiya.apps.attendance.models import CityAbsenceCount, SchoolDayCount
    from manabiya.kernel.tenancy.bulk import pour
    from manabiya.kernel.tenancy.ids import uuid7
    from manabiya.kernel.tenancy.scope import tenant
    from manabiya.roster.models import School

    chance = random.Random(77)  # the same city every time

    def rows() -> Any:
        for day in days:
            for school in schools:
                yield str(uuid7()), school, day, "confirmed_classes", "", 3
                for kind, detail, usual in KINDS:
                    number = chance.randrange(usual * 2)
                    if number:
                        yield str(uuid7()), school, day, kind, detail, number

    with tenant(city.municipality_id()):
        days = school_days()
        schools = [str(pk) for (pk,) in School.objects.values_list("id")]
        columns = ("id", "school_id", "date", "kind", "detail", "count")
        count = pour(SchoolDayCount, columns, rows())
        pour(
            CityAbsenceCount, ("id", "date", "reason", "count"),
            [(str(uuid7()), day, reason, 40 + chance.randrange(90))
             for day in days for reason in REASONS],
        )  # fmt: skip
    analyze()
    return count


def main() -> None:
    """Measure and print."""
    figures = []
    with house() as home:
        city.build(*[CLASSES] * SCHOOLS)
        count = write_counts()
        session = city.board_session()
        with web(home) as served:
            visitor = Visitor(served.port, session)
            for what, path in PAGES:
                address = f"/m/{city.SLUG}/board/attendance/{path}"
                page, asked = ask(session, address)
                if page.status_code != 200:
                    raise RuntimeError(f"{address}: {page.status_code}")
                times = visitor.times_ms(address, FETCHES)
                queries = len(asked.queries)
                besides = f"中央値 {median(times):.0f} ms、{queries} クエリ、{FETCHES}回"
                wait = round(percentile(times, 95), 1)
                figures += [
                    judged(f"{what} p95", wait, "ms", f"< {GOAL_MS}", besides=besides),
                    told(f"{what} HTML", f"{len(page.content) / 1024:.0f} KB"),
                ]
    say(*figures, told("市の数の行", f"{count:,} 行、{SCHOOLS}校、2年度"))


if __name__ == "__main__":
    main()
