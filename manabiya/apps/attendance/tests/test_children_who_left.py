"""A guardian's pages after the child has left the school."""

from datetime import date

from manabiya.apps.attendance.services import submit_report
from manabiya.apps.attendance.services.reports import Word
from manabiya.roster.models import Enrollment


def test_report_of_a_child_who_left_is_gone_like_in_the_history(city):
    with city.tenant():
        guardian = city.actor("guardian")
        student_id = min(guardian.grants[0].student_ids)
        report = submit_report(
            actor=guardian,
            student_id=student_id,
            day=city.today,
            word=Word("absent", "fever"),
            key="a" * 32,
            now=city.now(),
        )
    client = city.client("guardian")
    address = f"/m/shirakabano/family/reports/{report.id}/"
    assert client.get(address).status_code == 200
    with city.tenant():
        Enrollment.objects.filter(student_id=student_id).update(ends_on=date(2026, 11, 19))
    assert client.get(address).status_code == 404
    assert address not in client.get("/m/shirakabano/family/reports/").content.decode()
