"""A city's year of attendance: 22,000 students × 200 school days, summarized by ``law``.

Prints the figure and the goal; the exit code does not depend on the speed of the machine. The
figure is the CPU time of this one process, so that a busy machine does not blur it; the time on
the clock stands beside it.
"""

import sys
import time
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from random import Random

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from manabiya.law.attendance import AttendanceSummary, Day, DayStatus, add, summarize

STUDENTS, SCHOOL_DAYS, GOAL_SECONDS = 22_000, 200, 5.0
UNUSUAL_SHARE = 0.06
"""Share of days with a mark: absent, suspended, late and so on."""
FIRST = date(2026, 4, 7)
MARKS = (
    (DayStatus.ABSENT_SICK, None, False, False),
    (DayStatus.ABSENT_OTHER, None, False, False),
    (DayStatus.ATTENDANCE_SUSPENSION, "S1", False, False),
    (DayStatus.ATTENDANCE_SUSPENSION, "S4", False, False),
    (DayStatus.BEREAVEMENT, "S5", False, False),
    (DayStatus.DEEMED_PRESENT, None, False, False),
    (DayStatus.PRESENT, None, True, False),
    (DayStatus.PRESENT, None, False, True),
)


def school_days() -> list[date]:
    """Return 200 weekdays from the first day of the year."""
    days = (FIRST + timedelta(n) for n in range(2 * SCHOOL_DAYS))
    return [day for day in days if day.weekday() < 5][:SCHOOL_DAYS]


def years(dates: list[date]) -> Iterator[list[Day]]:
    """Yield the days of each student, every one built anew."""
    chance = Random(20260407)
    for _ in range(STUDENTS):
        unusual = {
            n: chance.choice(MARKS) for n in range(SCHOOL_DAYS) if chance.random() < UNUSUAL_SHARE
        }
        yield [
            Day(day, *unusual[n]) if n in unusual else Day(day, DayStatus.PRESENT)
            for n, day in enumerate(dates)
        ]


def main() -> None:
    """Summarize the city, check the sum, print the figures."""
    dates = school_days()
    worked = waited = 0.0
    begun = time.process_time()
    total = AttendanceSummary()
    for days in years(dates):
        cpu, clock = time.process_time(), time.perf_counter()
        total = add(total, summarize(days))
        worked += time.process_time() - cpu
        waited += time.perf_counter() - clock
    building = time.process_time() - begun - worked
    assert total.school_day_count == STUDENTS * SCHOOL_DAYS
    print(
        f"年間の出欠集計 {STUDENTS:,}名 × {SCHOOL_DAYS}日: {worked:.1f} s "
        f"(目標 < {GOAL_SECONDS:.0f} s) {'達成' if worked < GOAL_SECONDS else '未達'}"
    )
    print(
        f"  CPU時間。時計では {waited:.1f} s、{total.school_day_count:,}日分の記録を作る分は別に {building:.1f} s"
    )


if __name__ == "__main__":
    main()
