"""A second sending of a guardian: what is there already is named, and nothing typed gets lost."""

import re
from datetime import time, timedelta

import pytest

from manabiya.apps.attendance import rules, services
from manabiya.apps.attendance.models import AbsenceReport, Pickup
from manabiya.apps.attendance.services import PickupWord, Word
from manabiya.apps.attendance.services.phone import take_phone_report
from manabiya.roster.queries import children_of

FAMILY = "/m/shirakabano/family/"
MONDAY, TUESDAY = "2026-11-23", "2026-11-24"


@pytest.fixture(autouse=True)
def _at_seven_fifty(city, monkeypatch):
    monkeypatch.setattr("manabiya.kernel.clock.school_now", lambda municipality: city.now())


@pytest.fixture
def siblings(scope):
    """Return the demo's guardian of two children, and the children."""
    actor = scope.actor("guardian")
    return actor, children_of(actor.person_id, scope.today)


def post(city, child, **said):
    data = {"kind": "absent", "date": city.today.isoformat(), "reason": "fever", **said}
    return city.client("guardian").post(f"{FAMILY}report/{child.student_id}/", data)


def text_of(answer):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def test_a_report_of_the_sibling_does_not_turn_the_form_into_a_change_of_it(siblings, city):
    _actor, (child, sibling) = siblings
    post(city, sibling, reason="cold", key="a")
    answer = post(city, child, key="b", siblings=str(sibling.student_id))
    page = answer.content.decode()
    assert answer.status_code == 409
    assert f"{sibling.name}さんの11月20日(金)の連絡です。" in text_of(answer)
    assert "/change/" not in page
    assert "この内容に変える" not in page
    assert f'value="{sibling.student_id}"' in page
    assert not AbsenceReport.objects.filter(student_id=child.student_id).exists()
    assert post(city, child, key="c").status_code == 302
    assert AbsenceReport.objects.get(student_id=child.student_id).reason == "fever"
    assert AbsenceReport.objects.get(student_id=sibling.student_id).reason == "cold"


def test_several_days_do_not_become_a_change_of_one_of_them(siblings, city):
    _actor, (child, _sibling) = siblings
    post(city, child, date=TUESDAY, reason="clinic", key="a")
    answer = post(city, child, until=TUESDAY, key="b")
    assert answer.status_code == 409
    assert f"{child.name}さんの11月24日(火)の連絡です。" in text_of(answer)
    assert "この内容に変える" not in answer.content.decode()


def test_the_same_child_and_day_is_offered_as_a_change(siblings, city):
    _actor, (child, _sibling) = siblings
    post(city, child, key="a")
    answer = post(city, child, reason="cold", key="b")
    assert "この内容に変える" in answer.content.decode()
    assert "その人の印をはずすか" not in text_of(answer)


def test_home_offers_the_days_ahead_when_today_is_reported(siblings, city):
    _actor, (child, _sibling) = siblings
    post(city, child, key="a")
    client = city.client("guardian")
    address = f"{FAMILY}report/{child.student_id}/?day={TUESDAY}"
    assert address in client.get(FAMILY).content.decode()
    form = client.get(address).context["form"]
    assert form["date"].value() == TUESDAY
    for asked in (MONDAY, "soon"):
        again = client.get(f"{FAMILY}report/{child.student_id}/?day={asked}").context["form"]
        assert again["date"].value() == city.today.isoformat()


def leave(family, city, pickup, key):
    return services.submit_report(
        actor=family.actor, student_id=family.child.student_id, day=city.today,
        word=Word("left_early", "clinic", time(13, 30), pickup=pickup), key=key, now=city.now(),
    )  # fmt: skip


def test_the_same_words_with_somebody_else_coming_are_not_the_same(family, city):
    first = leave(family, city, PickupWord(), "a")
    assert leave(family, city, PickupWord(), "b") == first
    for other in (PickupWord("somebody", "山野 おば子", "伯母"), PickupWord("alone")):
        with pytest.raises(services.AlreadyReported):
            leave(family, city, other, other.who)
    assert Pickup.objects.get(report=first).guardian_id == family.actor.person_id


def test_a_child_said_to_go_alone_is_not_fetched_by_a_second_sending(family, city):
    first = leave(family, city, PickupWord("alone"), "a")
    assert leave(family, city, PickupWord("alone"), "b") == first
    with pytest.raises(services.AlreadyReported):
        leave(family, city, PickupWord(), "c")


def test_at_the_telephone_somebody_else_coming_is_not_the_same_either(family, city):
    clerk = city.actor("office_staff", family.school_slug)

    def take(name, key):
        word = Word("left_early", "clinic", time(13, 30), pickup=PickupWord("somebody", name))
        return take_phone_report(
            actor=clerk, student_id=family.child.student_id, day=city.today, word=word, key=key,
            now=city.now() + timedelta(minutes=1),
        )  # fmt: skip

    first = take("山野 おば子", "a")
    assert take("山野 おば子", "b") == first
    with pytest.raises(services.AlreadyReported):
        take("山野 おじ男", "c")
    assert Pickup.objects.get(report=first).name == "山野 おば子"


@pytest.mark.parametrize(("first", "second"), [("late", "absent"), ("absent", "late")])
def test_after_the_cutoff_another_matter_is_always_taken_and_the_later_word_counts(
    siblings, city, first, second
):
    actor, (child, _sibling) = siblings
    for kind, minute in ((first, 0), (second, 30)):
        row = services.submit_report(
            actor=actor, student_id=child.student_id, day=city.today,
            word=Word(kind, "fever", expected_time=time(10)), key=kind, now=city.now(8, minute),
        )  # fmt: skip
        assert row.is_after_cutoff is (minute == 30)
    proposal = rules.propose(
        rules.Claim(r.id, r.kind, r.reason, r.submitted_at)
        for r in AbsenceReport.objects.filter(student_id=child.student_id, date=city.today)
    )
    assert proposal.code == ("absent_sick" if second == "absent" else "late")
    with pytest.raises(services.AlreadyReported):
        services.submit_report(
            actor=actor, student_id=child.student_id, day=city.today,
            word=Word(second, "cold", expected_time=time(11)), key="c", now=city.now(8, 31),
        )  # fmt: skip


def test_home_offers_another_matter_only_after_the_cutoff(siblings, city, monkeypatch):
    _actor, (child, _sibling) = siblings
    post(city, child, key="a")
    client = city.client("guardian")
    address = f'href="{FAMILY}report/{child.student_id}/"'
    assert address not in client.get(FAMILY).content.decode()
    monkeypatch.setattr("manabiya.kernel.clock.school_now", lambda municipality: city.now(8, 31))
    assert address in client.get(FAMILY).content.decode()
