"""The chapter of 健康観察: symptoms of children who were at school on the last school days.

The one place of this room that reads attendance: nobody who was away is told to have coughed.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random
from uuid import UUID

from manabiya.apps.attendance.queries.illness import away_between
from manabiya.apps.observation.models import HealthObservation
from manabiya.kernel.tenancy.bulk import Row, pour
from manabiya.roster.models import Appointment, Enrollment, Post
from manabiya.roster.models.dated import on_day
from manabiya.roster.queries import school_days
from manabiya.roster.story import Story

DAYS = 14
LOOK_BACK = timedelta(days=31)
SHARE = 0.018
TOLD = (
    (("cough",), None, ""),
    (("headache",), "36.8", "2時間目に保健室で休みました。"),
    (("stomach_ache",), None, ""),
    (("cough", "fever"), "37.4", "朝から少し熱っぽいそうです。"),
    (("other",), None, "目がかゆいそうです。"),
    (("headache", "cough"), "36.9", ""),
    (("cough",), None, "薬を飲んでいます。"),
)
COLUMNS = ("id", "student_id", "date", "homeroom_id", "symptoms", "temperature", "note",
           "noted_by_id", "noted_at")  # fmt: skip


def tell(story: Story) -> None:
    """Write the symptoms of the last fourteen school days before today (inside ``tenant()``)."""
    chance = Random(f"{story.municipality.slug} {story.built_for} symptoms")  # noqa: S311
    posts = Appointment.objects.filter(on_day(story.today), post=Post.HOMEROOM_TEACHER)
    teachers = dict(posts.order_by("id").values_list("homeroom_id", "staff_member_id"))
    away = away_between(story.today - LOOK_BACK, story.today)
    rows = [row for school_id in story.school_ids.values()
            for row in _school(story, chance, school_id, teachers, away)]  # fmt: skip
    pour(HealthObservation, COLUMNS, rows)
    story.say(f"  健康観察 {len(rows)}")


def _school(
    story: Story,
    chance: Random,
    school_id: UUID,
    teachers: dict[UUID | None, UUID],
    away: frozenset[tuple[UUID, date]],
) -> Iterator[Row]:
    calendar = school_days(school_id, story.today - LOOK_BACK, story.today - timedelta(days=1))
    seats = list(
        Enrollment.objects.filter(on_day(story.today), school_id=school_id)
        .order_by("homeroom__position", "roll_number", "id")
        .values_list("student_id", "homeroom_id", "starts_on", "grade_level")
    )
    for day in calendar.open_days()[-DAYS:]:
        for student_id, homeroom_id, starts_on, grade in seats:
            if chance.random() >= SHARE or (student_id, day) in away or starts_on > day:
                continue
            if homeroom_id not in teachers or not calendar.has_lessons(day, grade, homeroom_id):
                continue
            symptoms, heat, note = chance.choice(TOLD)
            at = story.at(8, 20 + chance.randrange(12), day)
            yield (story.key(), student_id, day, homeroom_id, list(symptoms),
                   heat, note, teachers[homeroom_id], at)  # fmt: skip
