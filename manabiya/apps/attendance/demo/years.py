"""Whole school years: every class confirmed every day, rows for exceptions only."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from manabiya.apps.attendance.demo.course import Classroom, Closing, Course, courses
from manabiya.apps.attendance.demo.illness import ordinary_days
from manabiya.apps.attendance.demo.influenza import outbreak
from manabiya.apps.attendance.models import AttendanceMark, ClassDay
from manabiya.kernel.tenancy.bulk import Row, pour
from manabiya.roster.models import DayChange
from manabiya.roster.story import Story

MARK = (
    "id", "student_id", "date", "homeroom_id", "status", "cause", "late", "left_early",
    "arrived_time", "left_time", "reason", "source", "decided_by_id", "decided_at",
)  # fmt: skip
CLOSING = (
    "id", "school_id", "grade_level", "homeroom_id", "kind", "cause", "starts_on", "ends_on",
    "delay_minutes", "note", "set_by_id", "set_at",
)  # fmt: skip
EARLIEST, LATEST = 18, 44
"""The minutes after eight (after 17 in the evening) between which classes are confirmed."""


def tell(story: Story) -> None:
    """Write the story's school years up to the day before today (inside ``tenant()``)."""
    for year in story.years:
        _Year(story, year).tell()


@dataclass
class _Year:
    """One school year of all schools; class days are streamed, marks follow."""

    story: Story
    year: int
    marks: list[Row] = field(default_factory=list)
    closings: list[Row] = field(default_factory=list)

    def tell(self) -> None:
        """Write class days, marks and closed classes."""
        found = list(courses(self.year, self.story.today))  # no query while rows are poured
        days = pour(
            ClassDay, ("id", "homeroom_id", "date", "confirmed_at", "confirmed_by_id"),
            self._class_days(found),
        )  # fmt: skip
        marks = pour(AttendanceMark, MARK, self.marks)
        pour(DayChange, CLOSING, self.closings)
        self.story.say(f"  {self.year}年度: 確定した学級の日 {days}、しるし {marks}")

    def _class_days(self, found: list[Course]) -> Iterator[Row]:
        for course in found:
            outbreak(self.story.chance, course)
            ordinary_days(self.story.chance, course)
            self.closings += [self._closing(course, closing) for closing in course.closings]
            for room in course.rooms:
                yield from self._confirmed(course, room)

    def _closing(self, course: Course, closing: Closing) -> Row:
        """Return the row of a closed class, decided in the afternoon of the day before."""
        day = closing.decided_on
        return (self.story.key(), course.school, 0, closing.room, "closed", "infection",
                closing.first, closing.last, 0, "", course.head_on(day), f"{day} 15:40:00+09")  # fmt: skip

    def _confirmed(self, course: Course, room: Classroom) -> Iterator[Row]:
        """Yield the class's days and keep its marks."""
        clock = "17" if course.is_evening else "08"
        draw = self.story.chance.random
        at: dict[date, str] = {}
        for day in sorted(course.present_on(room)):
            minute = EARLIEST + int(draw() * (LATEST - EARLIEST))
            if day in room.closed:
                continue
            at[day] = f"{day} {clock}:{minute}:00+09"
            yield self.story.key(), room.key, day, at[day], room.teacher
        for sitting in room.sittings:
            for day in course.days_of(sitting):
                if day in at and (sitting.student, day) in course.marks:
                    self._mark(course, room, (sitting.student, day), at[day])

    def _mark(self, course: Course, room: Classroom, of: tuple[str, date], at: str) -> None:
        mark = course.marks[of]
        source = "guardian" if mark.reason else "teacher"
        self.marks.append(
            (self.story.key(), *of, room.key, mark.status, mark.cause, mark.late,
             mark.left_early, mark.arrived_time, mark.left_time, mark.reason, source,
             room.teacher, at)
        )  # fmt: skip
