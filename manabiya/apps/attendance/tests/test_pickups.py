"""Who comes for a child: registered people, everybody else after a call, nobody who is kept away."""

from datetime import time, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.http import Http404
from django.test.utils import CaptureQueriesContext

from manabiya.apps.attendance import queries, services
from manabiya.apps.attendance.models import AttendanceMark, Pickup
from manabiya.apps.attendance.services import PickupWord, Word
from manabiya.kernel.access.policies import Refused
from manabiya.kernel.audit.models import AuditEntry
from manabiya.roster.models import ExcludedPerson, Guardian, GuardianRight, Protection
from manabiya.roster.queries import children_of

STRANGER = PickupWord("somebody", "山野 おば子", "伯母")


def leave(family, city, pickup=STRANGER, key="k"):
    word = Word("left_early", "clinic", time(13, 30), pickup=pickup)
    report = services.submit_report(
        actor=family.actor, student_id=family.child.student_id, day=city.today, word=word,
        key=key, now=city.now(),
    )  # fmt: skip
    return Pickup.objects.filter(report=report).first()


def staff(city, family, role="vice_principal"):
    return city.actor(role, family.school_slug)


def other_guardian(family, name="沢井 みどり", **rights):
    guardian = Guardian.objects.create(
        family_name=name.split()[0], given_name=name.split()[1], family_kana="さわい",
        given_kana="みどり", phone="000-0000-0001",
    )  # fmt: skip
    GuardianRight.objects.create(
        guardian=guardian, student_id=family.child.student_id, relationship="祖母",
        starts_on=family.actor.today, **rights,
    )  # fmt: skip
    return guardian


def test_sender_who_may_fetch_is_registered(family, city):
    pickup = leave(family, city, PickupWord())
    assert (pickup.state, pickup.guardian_id) == ("registered", family.actor.person_id)


def test_sender_who_may_not_fetch_is_called_back_about(family, city):
    GuardianRight.objects.filter(guardian_id=family.actor.person_id).update(can_pick_up=False)
    pickup = leave(family, city, PickupWord())
    assert (pickup.state, pickup.guardian_id) == ("call_needed", None)
    assert pickup.name == Guardian.objects.get(pk=family.actor.person_id).name


def test_stranger_is_called_back_about(family, city):
    pickup = leave(family, city)
    assert (pickup.state, pickup.name, pickup.relationship) == (
        "call_needed",
        "山野 おば子",
        "伯母",
    )


@pytest.mark.parametrize("typed", ["沢井 みどり", "沢井みどり", "沢井\u3000みどり"])
def test_name_of_a_registered_person_is_found_whatever_the_space(family, city, typed):
    guardian = other_guardian(family)
    pickup = leave(family, city, PickupWord("somebody", typed))
    assert (pickup.state, pickup.guardian_id) == ("registered", guardian.id)


def test_name_of_somebody_who_may_not_fetch_is_no_registration(family, city):
    other_guardian(family, can_pick_up=False)
    assert leave(family, city, PickupWord("somebody", "沢井 みどり")).state == "call_needed"


def test_two_people_of_one_name_are_asked_about(family, city):
    other_guardian(family)
    other_guardian(family)
    assert leave(family, city, PickupWord("somebody", "沢井 みどり")).state == "call_needed"


def test_name_of_an_excluded_person_is_never_taken_for_a_registered_one(family, city):
    other_guardian(family)
    protection = Protection.objects.create(
        student_id=family.child.student_id, basis="request", starts_on=city.today,
        review_on=city.today + timedelta(days=90), set_by=family.actor.person_id,
        set_at=city.now(),
    )  # fmt: skip
    ExcludedPerson.objects.create(protection=protection, name="沢井 みどり")
    assert leave(family, city, PickupWord("somebody", "沢井みどり")).state == "call_needed"


def test_child_that_goes_home_alone_is_fetched_by_nobody(family, city):
    assert leave(family, city, PickupWord("alone")) is None


def test_somebody_without_a_name_is_refused(family, city):
    with pytest.raises(services.AttendanceRefused, match="名前を書いて"):
        leave(family, city, PickupWord("somebody", " "))


def test_child_is_not_let_go_before_the_call(family, city):
    pickup = leave(family, city)
    actor = staff(city, family)
    with pytest.raises(services.AttendanceRefused, match="まだ引き渡せません"):
        services.release_child(actor=actor, pickup_id=pickup.id, now=city.now(13, 30))
    pickup.refresh_from_db()
    assert pickup.released_at is None
    services.record_callback(
        actor=actor, pickup_id=pickup.id, is_cleared=True, note="母に電話。伯母と確認",
        now=city.now(12),
    )  # fmt: skip
    services.release_child(actor=actor, pickup_id=pickup.id, now=city.now(13, 30))
    pickup.refresh_from_db()
    assert (pickup.state, pickup.released_at) == ("cleared", city.now(13, 30))
    assert (pickup.called_by_id, pickup.released_by_id) == (actor.person_id, actor.person_id)
    deeds = AuditEntry.objects.filter(action__startswith="attendance.pickup")
    assert sorted(deeds.values_list("action", flat=True)) == [
        "attendance.pickup:call",
        "attendance.pickup:release",
    ]
    assert "おば" not in str(list(deeds.values_list("details", flat=True)))


def test_child_is_not_let_go_with_whom_the_call_refused(family, city):
    pickup = leave(family, city)
    actor = staff(city, family)
    services.record_callback(
        actor=actor, pickup_id=pickup.id, is_cleared=False, note="母は知らないと言う",
        now=city.now(12),
    )  # fmt: skip
    with pytest.raises(services.AttendanceRefused, match="引き渡さない"):
        services.release_child(actor=actor, pickup_id=pickup.id, now=city.now(13, 30))
    assert Pickup.objects.get(pk=pickup.id).released_at is None


def test_database_itself_keeps_a_child_with_an_open_call(family, city):
    pickup = leave(family, city)
    with (
        pytest.raises(IntegrityError, match="pickup_released_to_somebody_known"),
        transaction.atomic(),
    ):
        Pickup.objects.filter(pk=pickup.id).update(released_at=city.now(13, 30))


def test_call_without_a_word_of_it_is_refused(family, city):
    pickup = leave(family, city)
    with pytest.raises(services.AttendanceRefused, match="何を確かめたか"):
        services.record_callback(
            actor=staff(city, family), pickup_id=pickup.id, is_cleared=True, note=" ",
            now=city.now(12),
        )  # fmt: skip
    assert Pickup.objects.get(pk=pickup.id).state == "call_needed"


def test_another_person_in_a_changed_report_is_called_about_again(family, city):
    pickup = leave(family, city)
    services.record_callback(
        actor=staff(city, family), pickup_id=pickup.id, is_cleared=True, note="母に電話",
        now=city.now(8),
    )  # fmt: skip
    changed = Word(
        "left_early", "clinic", time(13, 30), pickup=PickupWord("somebody", "山野 おじ男")
    )
    services.change_report(
        actor=family.actor, report_id=pickup.report_id, word=changed, now=city.now(8, 5)
    )
    again = Pickup.objects.get(report_id=pickup.report_id)
    assert (again.state, again.name, again.called_at) == ("call_needed", "山野 おじ男", None)


def test_absence_in_place_of_leaving_needs_nobody(family, city):
    pickup = leave(family, city)
    services.change_report(
        actor=family.actor, report_id=pickup.report_id, word=Word("absent", "fever"),
        now=city.now(8, 5),
    )  # fmt: skip
    assert not Pickup.objects.filter(report_id=pickup.report_id).exists()


def test_time_of_leaving_stands_in_the_mark_once_the_child_is_let_go(family, city):
    pickup = leave(family, city, PickupWord())
    services.confirm_day(
        actor=city.actor("vice_principal", family.school_slug), homeroom_id=family.homeroom_id,
        day=city.today, entries=[], now=city.now(8, 30),
    )  # fmt: skip
    services.release_child(
        actor=staff(city, family, "office_staff"), pickup_id=pickup.id, now=city.now(13, 42)
    )
    mark = AttendanceMark.objects.get(student_id=family.child.student_id, date=city.today)
    assert (mark.left_early, mark.left_time) == (True, time(13, 42))


@pytest.mark.parametrize("role", ["subject_teacher", "grade_head", "ict_supporter"])
def test_who_may_not_call_back_or_let_go(family, city, role):
    pickup = leave(family, city)
    with pytest.raises(Refused):
        services.record_callback(
            actor=staff(city, family, role), pickup_id=pickup.id, is_cleared=True, note="電話",
            now=city.now(12),
        )  # fmt: skip
    with pytest.raises(Refused):
        services.release_child(
            actor=staff(city, family, role), pickup_id=pickup.id, now=city.now(12)
        )
    assert Pickup.objects.get(pk=pickup.id).state == "call_needed"


def test_guardian_may_not_clear_their_own_word(family, city):
    pickup = leave(family, city)
    with pytest.raises(Refused):
        services.record_callback(
            actor=family.actor, pickup_id=pickup.id, is_cleared=True, note="電話", now=city.now(12)
        )


def test_pickup_of_another_school_does_not_exist(family, city):
    pickup = leave(family, city)
    others = {"midorigaoka": "higashikawabata", "higashikawabata": "midorigaoka"}
    stranger = city.actor("vice_principal", others[family.school_slug])
    with pytest.raises(Http404):
        services.release_child(actor=stranger, pickup_id=pickup.id, now=city.now(12))
    assert queries.pickup_lines(stranger, day=city.today) == []


def test_calls_stand_first_then_by_time_and_who_left_last(family, city):
    pickup = leave(family, city, PickupWord())
    lines = queries.pickup_lines(staff(city, family), day=city.today)
    assert [(line.seat.name, line.expected_time, line.may_go) for line in lines] == [
        (family.child.name, "13:30", True)
    ]
    services.cancel_report(actor=family.actor, report_id=pickup.report_id, now=city.now(8, 0))
    assert queries.pickup_lines(staff(city, family), day=city.today) == []


LIST = "/m/shirakabano/school/midorigaoka/attendance/pickups/"


@pytest.fixture
def at_noon(city, monkeypatch):
    monkeypatch.setattr("manabiya.kernel.clock.school_now", lambda municipality: city.now(12, 5))


@pytest.fixture
def waiting(city, scope):
    """Return a pick-up of the demo's child at 緑が丘小学校 by somebody nobody registered."""
    actor = city.actor("guardian")
    child = next(
        c for c in children_of(actor.person_id, city.today) if c.school_name == "緑が丘小学校"
    )
    report = services.submit_report(
        actor=actor, student_id=child.student_id, day=city.today, key="p", now=city.now(),
        word=Word("left_early", "clinic", time(13, 30), pickup=STRANGER),
    )  # fmt: skip
    return Pickup.objects.get(report=report)


def test_office_calls_back_and_hands_over_on_the_pages(city, waiting, at_noon):
    client = city.client("office_staff", "midorigaoka")
    page = client.get(LIST).content.decode()
    assert "要電話確認" in page
    assert "山野 おば子" in page
    assert "引き渡した<" not in page
    address = f"{LIST}{waiting.id}/"
    early = client.post(f"{address}release/")
    assert early.status_code == 409
    assert "まだ引き渡せません" in early.content.decode()
    unsaid = client.post(address, {"note": "", "answer": "cleared"})
    assert unsaid.status_code == 422
    assert "何を確かめたかを書いてください" in unsaid.content.decode()
    assert (
        client.post(address, {"note": "母に電話。伯母です", "answer": "cleared"}).status_code == 302
    )
    assert "引き渡した<" in client.get(LIST).content.decode()
    done = client.post(f"{address}release/", follow=True).content.decode()
    assert "引き渡しました。時刻が残りました。" in done
    assert "12:05 引き渡しました" in done


def test_guardian_is_told_of_the_call_and_not_who_is_registered(city, waiting):
    address = f"/m/shirakabano/family/reports/{waiting.report_id}/"
    page = city.client("guardian").get(address).content.decode()
    assert "登録のない人が迎えに来るときは、学校から電話で確かめます。" in page
    assert "要電話確認" not in page


def test_subject_teacher_may_not_open_the_list(city, waiting, at_noon):
    client = city.client("subject_teacher", "midorigaoka")
    assert client.get(LIST).status_code == 403
    assert client.post(f"{LIST}{waiting.id}/release/").status_code == 403
    with city.tenant():
        assert Pickup.objects.get(pk=waiting.id).released_at is None


def test_list_asks_no_more_for_more_children(city, waiting, at_noon):
    from uuid import uuid4

    from manabiya.apps.attendance.models import AbsenceReport
    from manabiya.roster.models import Enrollment

    client = city.client("office_staff", "midorigaoka")
    with CaptureQueriesContext(connection) as one:
        client.get(LIST)
    with city.tenant():
        seats = Enrollment.objects.filter(school__slug="midorigaoka", ends_on=None)
        for number, seat in enumerate(seats.order_by("roll_number", "id")[:12]):
            report = AbsenceReport.objects.create(
                student_id=seat.student_id, guardian_id=waiting.report.guardian_id,
                date=city.today, kind="left_early", reason="clinic", submitted_at=city.now(),
                idempotency_key=uuid4().hex, receipt_number=f"N{number}",
            )  # fmt: skip
            Pickup.objects.create(
                report=report, student_id=seat.student_id, date=city.today, name="だれか",
                state="call_needed",
            )  # fmt: skip
    with CaptureQueriesContext(connection) as many:
        page = client.get(LIST).content.decode()
    assert page.count("要電話確認") >= 12
    assert len(many) == len(one)
