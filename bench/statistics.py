"""The statistics of a school of 500 with a whole year of days, and of a city with kept numbers."""

from datetime import date, timedelta
from typing import Any

from ruler import city
from ruler.counted import ask
from ruler.figures import judged, median, say
from ruler.house import BUILT_FOR, analyze, house, web
from ruler.timed import Visitor

FETCHES = 20
SCHOOLS = 77
EVERY = 23
"""One of so many child days is an exception: somewhat more than four in a hundred."""


def main() -> None:
    """Measure and print."""
    with house() as home:
        slugs = city.build(city.of_500(), *[(1,)] * (SCHOOLS - 1))
        _tell(slugs[0])
        _keep()
        analyze()
        root = f"/m/{city.SLUG}/school/{slugs[0]}/statistics/"
        board = f"/m/{city.SLUG}/board/statistics/"
        post, officer = city.staff_session("vice_principal", slugs[0]), _officer()
        _page, asked = ask(post, f"{root}attendance/")
        with web(home) as served:
            times = {
                "学校のページ": _median(served.port, post, f"{root}attendance/"),
                "学校の表計算": _median(served.port, post, f"{root}2026/file/"),
                "市のページ": _median(served.port, officer, board),
            }
    say(
        judged("統計 学校のページ 500名1年", times["学校のページ"], "ms", "≤ 300"),
        judged("統計 学校のページ", len(asked.queries), "クエリ", "≤ 18"),
        judged("統計 学校の表計算 500名1年", times["学校の表計算"], "ms", "< 1,000"),
        judged(f"統計 市のページ {SCHOOLS}校", times["市のページ"], "ms", "< 500"),
    )


def _median(port: int, session: str, path: str) -> float:
    return round(median(Visitor(port, session).times_ms(path, FETCHES)), 1)


def _officer() -> str:
    return city.board_session()


def _tell(slug: str) -> None:
    """Confirm every weekday since April of the school, with exceptions spread evenly."""
    from manabiya.apps.attendance.models import AttendanceMark, ClassDay
    from manabiya.kernel.tenancy.scope import tenant
    from manabiya.roster.models import CalendarDay, Enrollment, StaffMember

    now = f"{BUILT_FOR}T09:00:00+09:00"
    with tenant(city.municipality_id()):
        seats = list(Enrollment.objects.filter(school__slug=slug).order_by("id"))
        staff, school = StaffMember.objects.order_by("number")[0], seats[0].school_id
        days = [day for day in _days() if day < BUILT_FOR]
        CalendarDay.objects.bulk_create(
            (CalendarDay(school_id=school, date=day, is_school_day=True) for day in days),
            ignore_conflicts=True,
        )
        rooms = {seat.homeroom_id for seat in seats}
        ClassDay.objects.bulk_create(
            ClassDay(homeroom_id=room, date=day, confirmed_at=now, confirmed_by=staff)
            for room in rooms
            for day in days
        )
        pairs = [(seat, day) for day in days for seat in seats][::EVERY]
        AttendanceMark.objects.bulk_create(
            AttendanceMark(
                student_id=seat.student_id, date=day, homeroom_id=seat.homeroom_id,
                status="absent_sick", source="teacher", decided_by=staff, decided_at=now,
            )
            for seat, day in pairs
        )  # fmt: skip


def _days() -> list[date]:
    every = [date(2026, 4, 1) + timedelta(days=n) for n in range(365)]
    return [day for day in every if day.weekday() < 5]


def _keep() -> None:
    """Keep a year's numbers of every school, as the recounting would."""
    from manabiya.apps.statistics.counting import NAMES
    from manabiya.apps.statistics.models import SchoolPeriodCount
    from manabiya.kernel.tenancy.scope import tenant
    from manabiya.roster.models import School

    def rows() -> Any:
        for school in School.objects.all():
            for month in [date(2026, n, 1) for n in range(4, 13)]:
                for kind in NAMES:
                    yield _count(school, "month", month, kind)
            for week in _days()[::5][:33]:
                for disease in ("influenza", "covid19", "mumps"):
                    yield _count(school, "week", week, disease)
            for cause in ("all", "illness", "non_attendance", "other"):
                yield _count(school, "year", date(2026, 4, 1), cause)

    def _count(school: Any, span: str, day: date, kind: str) -> Any:
        return SchoolPeriodCount(school=school, span=span, first_day=day, kind=kind, count=20)

    with tenant(city.municipality_id()):
        SchoolPeriodCount.objects.bulk_create(rows(), batch_size=2000)


if __name__ == "__main__":
    main()
