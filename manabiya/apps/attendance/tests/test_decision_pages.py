"""The pages of decisions, and where else a period is seen: class page, family, boards."""

import re
from datetime import timedelta

import pytest

from manabiya.apps.attendance.models import DecisionDelegation, ExcusedPeriod
from manabiya.apps.attendance.tests.periods import put_period
from manabiya.roster.models import Enrollment, ExcludedPerson, GuardianRight, Protection
from manabiya.roster.queries import seats_on

SCHOOL = "/m/shirakabano/school/midorigaoka/"
LIST = f"{SCHOOL}attendance/decisions/"


@pytest.fixture(autouse=True)
def at_seven_fifty(city, monkeypatch):
    monkeypatch.setattr("manabiya.kernel.clock.school_now", lambda municipality: city.now())


@pytest.fixture
def child(city):
    """Return the last child of 1年1組 (nothing is reported about it)."""
    with city.tenant():
        return seats_on(city.homeroom_id("1年1組"), city.today)[-1]


def text_of(response):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def staff(city, role):
    return city.client(role, "midorigaoka")


def proposal(city, child, **data):
    address = f"{LIST}propose/{child.student_id}/{city.today}/"
    asked = {
        "kind": "suspension", "disease": "influenza", "first_day": "2026-11-18",
        "relief_on": "", "last_day": "", "note": "", **data,
    }  # fmt: skip
    return staff(city, "homeroom_teacher").post(address, asked)


def waiting(city, child, **more):
    with city.tenant():
        return put_period(city, child.student_id, status="proposed", **more)


def test_teacher_proposes_and_principal_decides_with_one_press(city, child):
    answer = proposal(city, child)
    assert answer.status_code == 302
    page = staff(city, "homeroom_teacher").get(answer.url)
    assert "決定待ち" in text_of(page)
    assert "に決める" not in text_of(page)
    principal = staff(city, "principal")
    content = principal.get(LIST).content.decode()
    assert child.name in content
    assert "出席停止に決める" in content
    with city.tenant():
        period = ExcusedPeriod.objects.get(student_id=child.student_id)
    assert principal.post(f"{LIST}{period.id}/decide/", {"version": "1"}).status_code == 302
    with city.tenant():
        assert ExcusedPeriod.objects.get(pk=period.id).status == "decided"
    assert "いま続いている決定" in text_of(principal.get(LIST))


@pytest.mark.parametrize(
    ("kind", "asks", "does_not_ask"),
    [
        ("suspension", "感染症の名前", "続柄"),
        ("bereavement", "亡くなった人の続柄", "感染症の名前"),
        ("deemed_present", "学んでいる所", "続柄"),
        ("disaster", "何があったか", "学んでいる所"),
    ],
)
def test_form_asks_what_belongs_to_the_kind(city, child, kind, asks, does_not_ask):
    address = f"{LIST}propose/{child.student_id}/{city.today}/?kind={kind}"
    content = staff(city, "homeroom_teacher").get(address).content.decode()
    form = content[content.index("csrfmiddlewaretoken") :]
    assert asks in form
    assert does_not_ask not in form


def test_form_is_filled_with_what_the_guardian_reported(city):
    from manabiya.apps.attendance.models import AbsenceReport

    with city.tenant():
        seat = Enrollment.objects.filter(school__slug="midorigaoka", ends_on=None).order_by(
            "homeroom__position", "-roll_number"
        )[0]
        right = GuardianRight.objects.filter(student_id=seat.student_id)[0]
        AbsenceReport.objects.create(
            student_id=seat.student_id, guardian_id=right.guardian_id, date=city.today,
            kind="absent", reason="infection", disease="covid19", submitted_at=city.now(),
            idempotency_key="k", receipt_number="R-K",
        )  # fmt: skip
    nurse = staff(city, "school_nurse")
    assert "連絡にあって、まだ申し出のないもの" in text_of(nurse.get(LIST))
    page = nurse.get(f"{LIST}propose/{seat.student_id}/{city.today}/").content.decode()
    assert '<option value="covid19" selected>' in page
    assert 'value="2026-11-20"' in page


def test_what_is_missing_is_asked_at_its_field_and_nothing_is_kept(city, child):
    answer = proposal(city, child, disease="")
    assert answer.status_code == 422
    assert "感染症の名前を選んでください。" in text_of(answer)
    answer = proposal(city, child, last_day="2026-11-10")
    assert answer.status_code == 422
    assert "始まりの日より前です" in text_of(answer)
    with city.tenant():
        assert not ExcusedPeriod.objects.filter(student_id=child.student_id).exists()


def test_decline_without_a_reason_is_sent_back_with_the_page(city, child):
    period = waiting(city, child)
    principal = staff(city, "principal")
    answer = principal.post(f"{LIST}{period.id}/decline/", {"version": "1", "reason": ""})
    assert answer.status_code == 422
    assert "理由を書いてください" in text_of(answer)
    assert (
        principal.post(
            f"{LIST}{period.id}/decline/", {"version": "1", "reason": "診断がまだ"}
        ).status_code
        == 302
    )
    assert "診断がまだ" in text_of(principal.get(LIST))


def test_second_who_decides_is_told_on_the_page(city, child):
    period = waiting(city, child)
    principal = staff(city, "principal")
    principal.post(f"{LIST}{period.id}/decide/", {"version": "1"})
    answer = principal.post(f"{LIST}{period.id}/decline/", {"version": "1", "reason": "x"})
    assert answer.status_code == 409
    assert "ほかの人が先に" in text_of(answer)


def test_vice_principal_sees_what_waits_and_decides_only_when_delegated(city, child):
    period = waiting(city, child)
    vice = staff(city, "vice_principal")
    assert "に決める" not in text_of(vice.get(LIST))
    assert vice.post(f"{LIST}{period.id}/decide/", {"version": "1"}).status_code == 403
    assert vice.get(f"{LIST}delegation/").status_code == 403
    answer = staff(city, "principal").post(
        f"{LIST}delegation/", {"is_delegated": "yes", "valid_from": "2026-11-20"}
    )
    assert answer.status_code == 302
    with city.tenant():
        assert DecisionDelegation.objects.get().is_delegated
    assert "教頭に任せる" in text_of(staff(city, "principal").get(f"{LIST}delegation/"))
    assert vice.post(f"{LIST}{period.id}/decide/", {"version": "1"}).status_code == 302


def test_boards_of_managers_and_nurse_say_what_waits(city, child):
    waits = "出席停止・忌引の決定待ち 1件"
    for role, path in (
        ("principal", ""), ("vice_principal", ""), ("school_nurse", "health/"),
    ):  # fmt: skip
        assert waits not in text_of(staff(city, role).get(f"{SCHOOL}{path}"))
    waiting(city, child)
    for role, path in (
        ("principal", ""), ("vice_principal", ""), ("school_nurse", "health/"),
    ):  # fmt: skip
        assert waits in text_of(staff(city, role).get(f"{SCHOOL}{path}"))
    assert waits not in text_of(staff(city, "office_staff").get(SCHOOL))


def row_of(city, child):
    with city.tenant():
        homeroom_id = city.homeroom_id("1年1組")
    address = f"{SCHOOL}attendance/class/{homeroom_id}/{city.today}/"
    page = staff(city, "homeroom_teacher").get(address).content.decode()
    return next(row for row in page.split("<li ")[1:] if f">{child.name}<" in row)


def test_class_page_shows_a_proposal_in_pencil_and_a_decision_as_it_is(city, child):
    period = waiting(city, child, last_day=city.today + timedelta(days=3))
    row = row_of(city, child)
    assert 'data-proposed="absent_sick"' in row
    assert "出席停止 インフルエンザ 申し出(決定待ち)" in row
    staff(city, "principal").post(f"{LIST}{period.id}/decide/", {"version": "1"})
    row = row_of(city, child)
    assert "data-proposed" not in row
    assert 'value="attendance_suspension" checked' in row
    assert "出席停止 インフルエンザ 11/23まで" in row


def test_protected_child_is_marked_before_anybody_is_called(city, child):
    period = waiting(city, child)
    principal = staff(city, "principal")
    for path in (f"{period.id}/", f"propose/{child.student_id}/{city.today}/"):
        assert "連絡前に管理職へ" not in text_of(principal.get(f"{LIST}{path}"))
    with city.tenant():
        Protection.objects.create(
            student_id=child.student_id, basis="request", starts_on=city.today,
            review_on=city.today, set_by=period.proposed_by_id, set_at=city.now(),
        )  # fmt: skip
    for path in (f"{period.id}/", f"propose/{child.student_id}/{city.today}/"):
        assert "連絡前に管理職へ" in text_of(principal.get(f"{LIST}{path}"))


# --- the family


@pytest.fixture
def mine(city):
    """Return the right of the demo's guardian for the first child."""
    with city.tenant():
        person = city.membership("guardian").person_id
        return GuardianRight.objects.filter(guardian_id=person).order_by("id")[0]


def family(city, language="ja"):
    client = city.client("guardian")
    client.cookies["django_language"] = language
    return text_of(client.get("/m/shirakabano/family/"))


def test_guardian_sees_period_first_day_back_and_what_is_needed(city, mine):
    with city.tenant():
        put_period(
            city, mine.student_id, first_day=city.today - timedelta(days=2),
            last_day=city.today + timedelta(days=3), earliest_return=city.today + timedelta(days=4),
        )  # fmt: skip
    page = family(city)
    assert "出席停止 11/18〜11/23 (インフルエンザ)" in page.replace("11/23(", "11/23 (")
    assert "登校できるのは早くて11月24日(火)です。" in page
    assert "熱が下がった日の次の日から2日たったあと" in page
    assert "at the earliest" in family(city, "en")


def test_guardian_of_an_open_period_is_asked_for_the_day_of_relief(city, mine):
    with city.tenant():
        put_period(city, mine.student_id)
    page = family(city)
    assert "登校できるのは11月26日(木)より前にはなりません" in page
    assert "学校(" in page


@pytest.mark.parametrize("status", ["proposed", "declined", "withdrawn"])
def test_guardian_sees_nothing_that_is_not_decided(city, mine, status):
    with city.tenant():
        put_period(city, mine.student_id, status=status, answer="まだ")
    assert "インフルエンザ" not in family(city)


def test_other_guardian_without_the_right_to_look_sees_nothing(city, mine):
    with city.tenant():
        put_period(city, mine.student_id)
        GuardianRight.objects.filter(pk=mine.pk).update(can_view=False, can_report=True)
    answer = city.client("guardian").get("/m/shirakabano/family/")
    assert "インフルエンザ" not in answer.content.decode()


def test_excluded_guardian_sees_nothing(city, mine):
    with city.tenant():
        period = put_period(city, mine.student_id)
    assert "インフルエンザ" in family(city)
    with city.tenant():
        protection = Protection.objects.create(
            student_id=mine.student_id, basis="request", starts_on=city.today,
            review_on=city.today, set_by=period.proposed_by_id, set_at=city.now(),
        )  # fmt: skip
        ExcludedPerson.objects.create(protection=protection, guardian_id=mine.guardian_id)
    answer = city.client("guardian").get("/m/shirakabano/family/")
    assert "インフルエンザ" not in answer.content.decode()


def test_teacher_notes_the_visited_days_of_a_month_and_sees_them_again(city, child):
    monday = city.today - timedelta(days=4)
    with city.tenant():
        period = put_period(city, child.student_id, "deemed_present", first_day=monday)
    teacher, address = staff(city, "homeroom_teacher"), f"{LIST}{period.id}/"
    month = monday.replace(day=1).isoformat()
    said = {"version": "1", "month": month, "day": [monday.isoformat(), city.today.isoformat()]}
    assert "この月に通った日 0日" in text_of(teacher.get(address))
    answer = teacher.post(f"{address}facility-days/", said)
    assert answer.status_code == 302
    page = teacher.get(answer.url)
    assert "出席扱いになりました" in text_of(page)
    assert "この月に通った日 2日" in text_of(page)
    assert "11/16, 11/20 通った" in text_of(page)
    again = teacher.post(f"{address}facility-days/", {**said, "day": ["2026-11-17"]})
    assert again.status_code == 409
    assert "先に変えました" in text_of(again)
    ticked = re.findall(r'name="day" value="([^"]+)"[^>]* checked', again.content.decode())
    assert ticked == ["2026-11-17"]
    wrong = teacher.post(f"{address}facility-days/", {**said, "version": "2", "day": ["x"]})
    assert wrong.status_code == 422
    assert "日を選びなおしてください" in text_of(wrong)
