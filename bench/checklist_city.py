"""The checklist's city page: 77 schools, three rounds answered, a month of attendance beside it."""

import random
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

from ruler import city
from ruler.counted import ask
from ruler.figures import judged, median, percentile, say, told
from ruler.house import BUILT_FOR, analyze, house, web
from ruler.timed import Visitor

SCHOOLS, FEW = 77, 11
CLASSES = (8,) * 12
YEARS = (2024, 2025, 2026)
LINES = 20
FETCHES = 40
GOAL_MS = 500
MOST = 25
"""Questions of a page, frame and session included."""
PAGES = (
    ("市の一覧", ""), ("市の一覧 受付中の回", "?year=2026"), ("1つの項目", "items/no_fax/"),
    ("学校の回答", "progress/"),
)  # fmt: skip


def _at(day: date) -> datetime:
    from manabiya.kernel.clock import SCHOOL_ZONE

    return datetime.combine(day, time(16, 0), tzinfo=SCHOOL_ZONE)


def write_rounds() -> list[Any]:
    """Write the questions, three rounds and a sheet of every school; return the rounds."""
    from manabiya.apps.checklist.models import (
        AnswerSheet,
        ChecklistRound,
        ChecklistSet,
        PublishedFigure,
    )
    from manabiya.apps.checklist.shipped import shipped_document, shipped_set
    from manabiya.kernel.tenancy.ids import uuid7
    from manabiya.kernel.tenancy.scope import tenant
    from manabiya.roster.models import School

    document, nobody = shipped_document("r5"), uuid7()
    with tenant(city.municipality_id()):
        asked = ChecklistSet.objects.create(
            key="r5", version=1, title=document["title"], document=document, added_by=nobody,
            added_at=_at(BUILT_FOR),
        )  # fmt: skip
        PublishedFigure.objects.bulk_create(
            PublishedFigure(
                school_year=2023, item=question.key, area="nation", percent=figure.percent,
                source=figure.source, definition=figure.definition,
            )
            for question in shipped_set("r5").questions
            if (figure := question.figure_of("nation"))
        )  # fmt: skip
        rounds = [
            ChecklistRound.objects.create(
                school_year=year, question_set=asked, due_on=date(year, 12, 1), opened_by=nobody,
                opened_at=_at(date(year, 10, 1)),
                closed_at=None if year == YEARS[-1] else _at(date(year, 12, 2)),
            )
            for year in YEARS
        ]  # fmt: skip
        AnswerSheet.objects.bulk_create(
            AnswerSheet(round=one, school=school)
            for one in rounds
            for school in School.objects.order_by("code")
        )
    return rounds


def answer(first: int, last: int) -> int:
    """Answer and confirm the sheets of the schools ``first`` to ``last``; return how many answers."""
    from manabiya.apps.checklist.models import AnswerSheet, ChecklistAnswer
    from manabiya.apps.checklist.shipped import shipped_set
    from manabiya.kernel.tenancy.bulk import pour
    from manabiya.kernel.tenancy.ids import uuid7
    from manabiya.kernel.tenancy.scope import tenant

    chance = random.Random(first)
    questions = [q for q in shipped_set("r5").questions if q.scale and q.respondent == "school"]
    with tenant(city.municipality_id()):
        sheets = AnswerSheet.objects.order_by("school__code", "round__school_year")
        chosen = list(sheets[first * len(YEARS) : last * len(YEARS)])
        for sheet in chosen:
            sheet.confirmed_by, sheet.confirmed_at = uuid7(), _at(BUILT_FOR - timedelta(days=3))
        AnswerSheet.objects.bulk_update(chosen, ["confirmed_by", "confirmed_at"])
        return pour(
            ChecklistAnswer,
            ("id", "sheet_id", "item", "value"),
            (
                (uuid7(), sheet.id, question.key, chance.choice(question.scale).value)
                for sheet in chosen
                for question in questions
            ),
        )


def write_month() -> tuple[int, int, int]:
    """Write thirty days of confirmed classes, an absence a class and day, two of three reported."""
    from manabiya.apps.attendance.models import AbsenceReport, AttendanceMark, ClassDay
    from manabiya.kernel.tenancy.bulk import pour
    from manabiya.kernel.tenancy.ids import uuid7
    from manabiya.kernel.tenancy.scope import tenant
    from manabiya.roster.models import Appointment, Enrollment, GuardianRight

    days = [BUILT_FOR - timedelta(days=n) for n in range(1, 31)]
    days = [day for day in days if day.weekday() < 5]
    with tenant(city.municipality_id()):
        teacher = Appointment.objects.filter(post="principal")[0].staff_member_id
        guardians = dict(
            GuardianRight.objects.filter(call_order=1).values_list("student_id", "guardian_id")
        )
        rooms: dict[Any, list[Any]] = {}
        for room, child in Enrollment.objects.values_list("homeroom_id", "student_id"):
            rooms.setdefault(room, []).append(child)
        gone = [
            (room, children[n % len(children)], day)
            for room, children in rooms.items()
            for n, day in enumerate(days)
        ]
        confirmed = pour(
            ClassDay,
            ("id", "homeroom_id", "date", "confirmed_at", "confirmed_by_id"),
            ((uuid7(), room, day, _at(day), teacher) for room in rooms for day in days),
        )
        marks = pour(
            AttendanceMark,
            ("id", "student_id", "date", "homeroom_id", "status", "reason", "source",
             "decided_by_id", "decided_at"),
            ((uuid7(), child, day, room, "absent_sick", "", "teacher", teacher, _at(day))
             for room, child, day in gone),
        )  # fmt: skip
        reports = pour(
            AbsenceReport,
            ("id", "student_id", "date", "kind", "reason", "guardian_id", "submitted_at",
             "idempotency_key", "receipt_number"),
            _reports(gone, guardians),
        )  # fmt: skip
    return confirmed, marks, reports


def _reports(gone: Iterable[tuple[Any, Any, date]], guardians: dict[Any, Any]) -> Iterator[Any]:
    from manabiya.kernel.tenancy.ids import uuid7

    for number, (_room, child, day) in enumerate(gone):
        if number % 3:
            yield (uuid7(), child, day, "absent", "fever", guardians[child], _at(day),
                   f"bench-{number}", f"B{number}")  # fmt: skip


def write_papers() -> int:
    """Write a list of papers for every school; return how many lines."""
    from manabiya.apps.paperwork.models import PaperUse
    from manabiya.kernel.tenancy.bulk import pour
    from manabiya.kernel.tenancy.ids import uuid7
    from manabiya.kernel.tenancy.scope import tenant
    from manabiya.roster.models import School

    with tenant(city.municipality_id()):
        schools = list(School.objects.values_list("id", flat=True))
        return pour(
            PaperUse,
            ("id", "school_id", "name", "kind", "with_whom", "basis", "listed_on"),
            ((uuid7(), school, f"帳票{n}", ("fax", "seal", "paper")[n % 3], "inside", "habit",
              BUILT_FOR - timedelta(days=90)) for school in schools for n in range(LINES)),
        )  # fmt: skip


def questions_of(session: str) -> list[int]:
    """Return how many questions each page asks; a page that fails ends the benchmark."""
    counts = []
    for _what, path in PAGES:
        address = f"/m/{city.SLUG}/board/checklist/{path}"
        page, asked = ask(session, address)
        if page.status_code != 200:
            raise RuntimeError(f"{address}: {page.status_code}")
        counts.append(len(asked.queries))
    return counts


def main() -> None:
    """Measure and print."""
    figures = []
    with house() as home:
        city.build(*[CLASSES] * SCHOOLS)
        write_rounds()
        confirmed, marks, reports = write_month()
        lines = write_papers()
        session = city.board_session()
        answers = answer(0, FEW)
        analyze()
        few = questions_of(session)
        answers += answer(FEW, SCHOOLS)
        analyze()
        many = questions_of(session)
        with web(home) as served:
            visitor = Visitor(served.port, session)
            for (what, path), queries in zip(PAGES, many, strict=True):
                times = visitor.times_ms(f"/m/{city.SLUG}/board/checklist/{path}", FETCHES)
                besides = f"中央値 {median(times):.0f} ms、{queries} クエリ、{FETCHES}回"
                wait = round(percentile(times, 95), 1)
                figures.append(judged(f"{what} p95", wait, "ms", f"< {GOAL_MS}", besides=besides))
    grown = sum(after - before for before, after in zip(few, many, strict=True))
    figures += [
        judged(f"クエリの増え方 {FEW}校 → {SCHOOLS}校", grown, "クエリ", "≤ 0"),
        judged("クエリの最も多い画面", max(many), "クエリ", f"≤ {MOST}"),
    ]
    rows = f"{answers:,} 回答、{confirmed:,} 学級の日、{marks:,} 欠席、{reports:,} 連絡、{lines:,} 帳票"
    say(*figures, told("並ぶ行", f"{SCHOOLS}校、{len(YEARS)}回、{rows}"))


if __name__ == "__main__":
    main()
