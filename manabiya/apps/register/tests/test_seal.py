"""A closed month is closed to every hand that writes days, lesson by lesson too."""

import re
from datetime import date
from pathlib import Path

import pytest

from manabiya.apps.attendance import services as attendance
from manabiya.apps.attendance.by_period import Cell
from manabiya.apps.attendance.models import MarkChange, PeriodMark, PeriodRoll
from manabiya.apps.register.tests.conftest import OCTOBER, Room, confirm_days
from manabiya.kernel.audit.models import AuditEntry
from manabiya.roster.queries import seats_on

DAY = date(2026, 10, 6)
PLACE = "higashikawabata"
WRITES = re.compile(
    r"\b(?:AttendanceMark|PeriodMark)\.objects\.(?:bulk_create|bulk_update|create|update_or_create)"
    r"|\bmark\.(?:save|delete)\("
)


class Junior(Room):
    """The same of 東川端中学校, where days are taken by period."""

    def actor(self, role, school=PLACE):
        return super().actor(role, school)


@pytest.fixture
def junior(scope):
    room = Junior(scope, scope.homeroom_id("1年1組", PLACE))
    confirm_days(room.id, OCTOBER, date(2026, 10, 31), scope.now())
    return room


def take(room, cells, periods):
    return attendance.mark_periods(
        actor=room.teacher, homeroom_id=room.id, day=DAY, cells=cells, periods=periods,
        now=room.city.now(16),
    )  # fmt: skip


def test_lessons_of_a_closed_month_are_refused_and_nothing_is_kept(junior):
    child = seats_on(junior.id, DAY)[0].student_id
    take(junior, [Cell(child, 1, "", "late")], [1])
    junior.close()
    counts = PeriodMark, PeriodRoll, MarkChange, AuditEntry
    before = [model.objects.count() for model in counts]
    for cells, periods in (([Cell(child, 1, "late", "absent")], []), ([], [2])):
        with pytest.raises(attendance.AttendanceRefused, match="10月の出席簿は締めてあります"):
            take(junior, cells, periods)
    assert [model.objects.count() for model in counts] == before
    assert PeriodMark.objects.get(student_id=child, date=DAY).status == "late"


def test_lessons_of_the_open_month_beside_it_are_taken(junior):
    junior.close()
    day = date(2026, 11, 6)
    done = attendance.mark_periods(
        actor=junior.teacher, homeroom_id=junior.id, day=day, cells=[], periods=[1],
        now=junior.city.now(16),
    )  # fmt: skip
    assert done.periods == (1,)


def test_every_service_that_writes_a_day_asks_the_seal():
    """Only an approved correction writes a closed month."""
    folder = Path(attendance.__file__).parent
    writers = {
        file.stem: "refuse_sealed(" in file.read_text()
        for file in folder.glob("*.py")
        if WRITES.search(file.read_text())
    }
    assert writers == {
        "by_period": True, "class_days": True, "corrections": False, "decided_days": True,
        "going_home": True, "marks": True,
    }  # fmt: skip
