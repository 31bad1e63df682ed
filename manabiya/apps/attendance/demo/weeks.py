"""The last two weeks (or the month) of a few schools: an influenza in one class, a 忌引."""

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from manabiya.apps.attendance import rules
from manabiya.apps.attendance.demo.morning import write_reports
from manabiya.apps.attendance.models import AttendanceMark, ClassDay
from manabiya.law.school_year import school_year_of
from manabiya.roster.models import Appointment, Enrollment, Homeroom, Post
from manabiya.roster.models.dated import on_day
from manabiya.roster.queries import school_days
from manabiya.roster.story import Story

WEEKS = timedelta(days=14)
EXCEPTIONS = (
    ("absent_sick", 0.013, ("fever", "cold", "stomach_ache")),
    ("absent_other", 0.006, ("family", "consultation", "")),
    ("late", 0.006, ("clinic", "")),
    ("left_early", 0.003, ("clinic", "stomach_ache")),
)


def tell(story: Story) -> None:
    """Write the story's last weeks and this morning (inside ``tenant()``)."""
    for school_id in story.school_ids.values():
        _Chapter(story, school_id).tell()


@dataclass
class _Chapter:
    """One school's weeks."""

    story: Story
    school_id: UUID

    def tell(self) -> None:
        """Confirm the days before today, then let some guardians write."""
        today = self.story.today
        calendar = school_days(self.school_id, min(today - WEEKS, today.replace(day=1)), today)
        days = [day for day in calendar.open_days() if day < today]
        classes = self._classes()
        for day in days:
            self._confirm(day, classes)
        self._reports(classes)

    def _classes(self) -> dict[UUID, list[Enrollment]]:
        homerooms = Homeroom.objects.filter(
            school_id=self.school_id, school_year=school_year_of(self.story.today)
        ).order_by("position")
        found: dict[UUID, list[Enrollment]] = {row.id: [] for row in homerooms}
        rows = Enrollment.objects.filter(on_day(self.story.today), school_id=self.school_id)
        for row in rows.order_by("homeroom__position", "roll_number"):
            found[row.homeroom_id].append(row)
        return found

    def _teachers(self) -> dict[UUID, UUID]:
        posts = Appointment.objects.filter(
            on_day(self.story.today), school_id=self.school_id, post=Post.HOMEROOM_TEACHER
        )
        return {post.homeroom_id: post.staff_member_id for post in posts if post.homeroom_id}

    def _confirm(self, day: date, classes: dict[UUID, list[Enrollment]]) -> None:
        teachers = self._teachers()
        at = self.story.at(8, 31, day)
        ClassDay.objects.bulk_create(
            ClassDay(
                homeroom_id=homeroom_id,
                date=day,
                confirmed_at=at,
                confirmed_by_id=teachers[homeroom_id],
            )
            for homeroom_id in classes
        )
        marks = []
        for number, (homeroom_id, children) in enumerate(classes.items()):
            for place, child in enumerate(children):
                code, reason = self._exception(number, place, day)
                if code != rules.PRESENT:
                    value = rules.CODES[code]
                    marks.append(
                        AttendanceMark(
                            student_id=child.student_id,
                            date=day,
                            homeroom_id=homeroom_id,
                            status=value.status,
                            cause=value.cause,
                            late=value.late,
                            left_early=value.left_early,
                            reason=reason,
                            source=AttendanceMark.Source.GUARDIAN
                            if reason
                            else AttendanceMark.Source.TEACHER,
                            decided_by_id=teachers[homeroom_id],
                            decided_at=at,
                        )
                    )
        AttendanceMark.objects.bulk_create(marks)

    def _exception(self, homeroom: int, place: int, day: date) -> tuple[str, str]:
        """Return the code and reason of a child's day; most days nothing happens."""
        back = (self.story.today - day).days
        if homeroom == 4 and place in (3, 8) and back <= 9 - place % 5:
            return "attendance_suspension", "infection"
        if homeroom == 1 and place == 5 and 6 <= back <= 9:
            return "bereavement", "bereavement"
        roll = self.story.chance.random()
        for code, share, reasons in EXCEPTIONS:
            if roll < share:
                return code, self.story.chance.choice(reasons)
            roll -= share
        return rules.PRESENT, ""

    def _reports(self, classes: dict[UUID, list[Enrollment]]) -> None:
        """Let guardians of some classes write this morning."""
        chance = self.story.chance
        children = [child.student_id for number, group in enumerate(classes.values())
                    if number % 2 == 0
                    for child in chance.sample(group, k=min(len(group), 2 + number % 2))
                    if len(group) > 10]  # fmt: skip
        write_reports(self.story, children)
