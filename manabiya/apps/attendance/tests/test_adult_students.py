"""An adult of an evening class stands for himself: 続柄 本人."""

from datetime import date

from django.test import Client

from manabiya.apps.attendance.models import AbsenceReport
from manabiya.kernel.identity.models import Account, Membership
from manabiya.roster.models import Enrollment, GuardianRight, School, Student


def test_adult_of_an_evening_class_reports_for_himself_to_the_end(city):
    """From the school's page to the report and the register of who sent it, as 本人."""
    with city.tenant():
        seat = Enrollment.objects.filter(homeroom_id=city.homeroom_id("3年1組", "higashikawabata"))
        student = seat.order_by("roll_number")[0].student
        School.objects.filter(slug="higashikawabata").update(is_evening=True)
        Student.objects.filter(pk=student.pk).update(birth_date=date(1980, 5, 5))
    base = f"/m/shirakabano/school/higashikawabata/students/{student.id}/"
    office = city.client("office_staff", "higashikawabata")
    assert f"{base}guardians/self/" in office.get(f"{base}guardians/add/").content.decode()
    sent = {"phone": "090-0000-5555", "phone_home": "", "phone_work": "", "starts_on": "R8.11.20"}
    assert office.post(f"{base}guardians/self/", sent).status_code == 302
    with city.tenant():
        right = GuardianRight.objects.get(student_id=student.id, relationship="本人")
        account = Account.objects.create_account(login_name="honnin", password="x")
        Membership.objects.create(
            account=account, municipality=city.municipality(), hat="guardian",
            person_id=right.guardian_id,
        )  # fmt: skip
        assert right.guardian.name == student.name
    client = Client()
    client.force_login(account)
    home = client.get("/m/shirakabano/family/").content.decode()
    assert student.name in home
    report = {"kind": "absent", "date": "2026-11-20", "reason": "fever", "key": "self"}
    answer = client.post(f"/m/shirakabano/family/report/{student.id}/", report)
    assert answer.status_code == 302
    with city.tenant():
        stored = AbsenceReport.objects.get(idempotency_key="self")
        assert (stored.student_id, stored.guardian_id) == (student.id, right.guardian_id)
    again = office.post(f"{base}guardians/self/", sent)
    assert again.status_code == 422
    assert "もう登録されています" in again.content.decode()
