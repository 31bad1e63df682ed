"""What a guardian's right for one child opens on the family's home, beside a sibling's."""

import pytest

from manabiya.apps.attendance.models import AbsenceReport
from manabiya.roster.models import GuardianRight, StaffMember, Student


@pytest.fixture
def sibling(city):
    """Return the right for one of two children, about whom the school already knows."""
    with city.tenant():
        guardian = city.actor("guardian")
        right = GuardianRight.objects.filter(guardian_id=guardian.person_id).order_by("id")[0]
        AbsenceReport.objects.create(
            student_id=right.student_id,
            date=city.today,
            kind="absent",
            reason="fever",
            staff_member=StaffMember.objects.order_by("id")[0],
            submitted_at=city.now(),
            idempotency_key="b" * 32,
            receipt_number="1120-0750-TEST",
        )
        return right


@pytest.mark.parametrize(
    ("can_view", "can_report", "is_named", "is_told"),
    [
        (True, True, True, True),
        (True, False, True, True),
        (False, True, True, False),
        (False, False, False, False),
    ],
)
def test_home_shows_of_a_child_what_the_right_says(
    city, sibling, can_view, can_report, is_named, is_told
):
    with city.tenant():
        sibling.can_view, sibling.can_report = can_view, can_report
        sibling.save()
        name = Student.objects.get(pk=sibling.student_id).name
    page = city.client("guardian").get("/m/shirakabano/family/").content.decode()
    assert (name in page) == is_named
    assert ("連絡済みです" in page) == is_told
    assert page.count('class="child"') == (2 if is_named else 1)
