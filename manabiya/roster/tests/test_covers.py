"""Today's cover: who is offered, one press, and what the person may do until midnight."""

from datetime import datetime, timedelta

import pytest

from manabiya.kernel.clock import SCHOOL_ZONE
from manabiya.roster.models import Appointment, Cover, Homeroom, StaffMember
from manabiya.roster.queries.covers import cover_lines

TODAY_PAGE = "/m/shirakabano/school/midorigaoka/cover/"
CLASS_PAGE = "/m/shirakabano/school/midorigaoka/attendance/class/"


@pytest.fixture
def scope(city):
    with city.tenant():
        yield city


def room(name):
    return Homeroom.objects.get(school__slug="midorigaoka", name=name, school_year=2026)


def newcomer(post, *, homeroom=None, kana="あああ"):
    """Return somebody new at the school who holds a post, first by kana."""
    member = StaffMember(
        family_name="代",
        given_name="理",
        family_kana=kana,
        given_kana="り",
        number=f"X{StaffMember.objects.count()}",
    )
    member.fill_keys()
    member.save()
    Appointment.objects.create(
        staff_member=member,
        school=room("1年1組").school,
        post=post,
        homeroom=homeroom,
        starts_on="2026-04-01",
    )
    return member


def line_of(actor, name):
    return next(line for line in cover_lines(actor) if line.card.name == name)


def test_the_assistant_of_the_class_is_offered_first_then_who_stood_in_then_the_free(scope):
    actor = scope.actor("vice_principal", "midorigaoka")
    first = room("1年1組")
    Appointment.objects.filter(homeroom=first, post="assistant_homeroom_teacher").delete()
    free = newcomer("subject_teacher", kana="ああう")
    before = newcomer("academic_affairs_head", kana="ああい")
    Cover.objects.create(homeroom=first, staff_member=before, date=actor.today - timedelta(days=7))
    offered = line_of(actor, "1年1組").offered
    assert before in offered
    assert len(offered) == 2
    assistant = newcomer("assistant_homeroom_teacher", homeroom=first)
    assert line_of(actor, "1年1組").offered == (assistant, before)
    Cover.objects.create(homeroom=room("2年1組"), staff_member=assistant, date=actor.today)
    assert assistant not in line_of(actor, "1年1組").offered
    assert line_of(actor, "2年1組").covers[0].staff_member == assistant
    assert free not in line_of(actor, "1年1組").offered


def test_nobody_with_a_class_of_their_own_or_from_elsewhere_is_offered(scope):
    actor = scope.actor("vice_principal", "midorigaoka")
    teachers = set(
        Appointment.objects.filter(post="homeroom_teacher", starts_on__lte=actor.today).values_list(
            "staff_member_id", flat=True
        )
    )
    here = set(
        Appointment.objects.filter(school_id=actor.school_id).values_list(
            "staff_member_id", flat=True
        )
    )
    left = newcomer("subject_teacher", kana="ああえ")
    Appointment.objects.filter(staff_member=left).update(ends_on=actor.today - timedelta(days=1))
    offered = {member.id for line in cover_lines(actor) for member in line.offered}
    assert offered
    assert not offered & teachers
    assert offered <= here
    assert left.id not in offered


def test_one_press_names_the_cover_and_the_page_says_so(scope):
    client = scope.client("vice_principal", "midorigaoka")
    homeroom = room("3年1組")
    member = newcomer("assistant_homeroom_teacher", homeroom=homeroom)
    page = client.get(TODAY_PAGE).content.decode()
    assert f'name="staff_member" value="{member.id}"' in page
    done = client.post(
        TODAY_PAGE, {"homeroom": homeroom.id, "staff_member": member.id}, follow=True
    )
    assert "3年1組の今日の代理を代 理さんに決めました。" in done.content.decode()
    [cover] = Cover.objects.filter(homeroom=homeroom, staff_member=member)
    assert cover.date == scope.actor("vice_principal", "midorigaoka").today
    client.post(f"{TODAY_PAGE}{cover.id}/end/")
    assert not Cover.objects.filter(pk=cover.pk).exists()


def test_the_questions_of_the_page_do_not_grow_with_the_classes(
    scope, django_assert_max_num_queries
):
    actor = scope.actor("vice_principal", "midorigaoka")
    with django_assert_max_num_queries(5):
        cover_lines(actor)


def test_a_cover_opens_the_class_until_midnight_and_not_a_minute_longer(scope, monkeypatch):
    """Without any cover the person has no business in the class: only the clock differs."""
    member = scope.membership("subject_teacher", "midorigaoka").person_id
    homeroom = room("3年1組")
    Cover.objects.create(homeroom=homeroom, staff_member_id=member, date=scope.today)
    client = scope.client("subject_teacher", "midorigaoka")
    tomorrow = datetime.combine(
        scope.today + timedelta(days=1), datetime.min.time(), tzinfo=SCHOOL_ZONE
    )
    answers = {}
    for at in (
        scope.now(0, 0) - timedelta(minutes=1), scope.now(0, 0), scope.now(23, 59), tomorrow,
        tomorrow + timedelta(hours=8),
    ):  # fmt: skip
        monkeypatch.setattr("manabiya.kernel.clock.school_now", lambda municipality, at=at: at)
        page = client.get(f"{CLASS_PAGE}{homeroom.id}/{scope.today}/")
        answers[f"{at:%d %H:%M}"] = page.status_code
    assert answers == {
        "19 23:59": 403, "20 00:00": 200, "20 23:59": 200, "21 00:00": 403, "21 08:00": 403,
    }  # fmt: skip


def test_a_cover_reads_neither_the_months_nor_the_days_gone_by_of_the_class(scope):
    member = scope.membership("subject_teacher", "midorigaoka").person_id
    homeroom = room("3年1組")
    Cover.objects.create(homeroom=homeroom, staff_member_id=member, date=scope.today)
    client = scope.client("subject_teacher", "midorigaoka")
    page = client.get(f"{CLASS_PAGE}{homeroom.id}/{scope.today}/").content.decode()
    month = f"/attendance/register/{homeroom.id}/"
    assert month not in page
    school = "/m/shirakabano/school/midorigaoka"
    for address in (f"{school}{month}2026-11/", f"{school}/register/{homeroom.id}/2026-11/"):
        assert client.get(address).status_code in (403, 404), address
