"""Noting a class: what is written, who may, and that two people lose nothing of each other."""

from datetime import timedelta
from decimal import Decimal
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction
from django.http import Http404
from django.test.utils import CaptureQueriesContext

from manabiya.apps.observation import queries, services
from manabiya.apps.observation.models import HealthObservation, ObservationChange
from manabiya.apps.observation.rules import GOOD, Entry, health
from manabiya.kernel.access.policies import Refused
from manabiya.kernel.audit.models import AuditEntry
from manabiya.roster.calendar.rules import Change
from manabiya.roster.calendar.services import set_day_change

MAY = ["homeroom_teacher", "assistant_homeroom_teacher", "school_nurse", "vice_principal",
       "principal"]  # fmt: skip
MAY_NOT = ["academic_affairs_head", "grade_head", "subject_teacher", "office_staff",
           "ict_supporter"]  # fmt: skip
ILL = health(["cough", "fever"], Decimal("37.8"), "朝から")


def note(city, homeroom_id, entries, *, role="school_nurse", at=(8, 30), day=None):
    return services.note_symptoms(
        actor=city.actor(role, "midorigaoka"),
        homeroom_id=homeroom_id,
        day=day or city.today,
        entries=list(entries),
        now=city.now(*at),
    )


def noted(city, student_id):
    row = HealthObservation.objects.filter(student_id=student_id, date=city.today).first()
    return services.health_of(row) if row else GOOD


def history(student_id):
    rows = ObservationChange.objects.filter(student_id=student_id).order_by("id")
    return [(row.old["symptoms"], row.new["symptoms"]) for row in rows]


def test_class_is_noted_in_one_call_with_one_entry(city, room):
    homeroom_id, ids = room
    done = note(
        city,
        homeroom_id,
        [
            Entry(ids[0], GOOD, ILL),
            Entry(ids[1], GOOD, GOOD),
            Entry(ids[2], GOOD, health(["other"])),
        ],
    )
    assert done.changed == 2
    row = HealthObservation.objects.get(student_id=ids[0], date=city.today)
    assert (row.symptoms, row.temperature, row.note) == (
        ["cough", "fever"],
        Decimal("37.8"),
        "朝から",
    )
    assert (row.homeroom_id, row.noted_at) == (homeroom_id, city.now(8, 30))
    assert row.noted_by_id == city.actor("school_nurse", "midorigaoka").person_id
    assert not HealthObservation.objects.filter(student_id=ids[1], date=city.today).exists()
    entry = AuditEntry.objects.get(action="observation.observation:note")
    assert (entry.subject_id, entry.subject_count, entry.data_class) == (homeroom_id, 2, 2)
    assert entry.details == {
        "date": city.today.isoformat(),
        "changed": [str(ids[0]), str(ids[2])],
    }


def test_history_is_kept_from_the_first_word_to_the_last(city, room):
    homeroom_id, ids = room
    note(city, homeroom_id, [Entry(ids[0], GOOD, health(["cough"]))])
    note(city, homeroom_id, [Entry(ids[0], health(["cough"]), ILL)], role="homeroom_teacher")
    note(city, homeroom_id, [Entry(ids[0], ILL, GOOD)], at=(9, 10))
    assert noted(city, ids[0]) == GOOD
    assert history(ids[0]) == [
        ([], ["cough"]),
        (["cough"], ["cough", "fever"]),
        (["cough", "fever"], []),
    ]
    last = ObservationChange.objects.filter(student_id=ids[0]).order_by("id").last()
    assert (last.old, last.changed_at) == (ILL.as_json(), city.now(9, 10))


def test_two_people_do_not_overwrite_each_other(city, room):
    homeroom_id, ids = room
    note(city, homeroom_id, [Entry(ids[0], GOOD, health((), Decimal("37.8"))),
                             Entry(ids[1], GOOD, health(["fever"]))])  # fmt: skip
    note(city, homeroom_id, [Entry(ids[0], GOOD, health(["cough"])), Entry(ids[1], GOOD, GOOD)],
         role="homeroom_teacher")  # fmt: skip
    assert noted(city, ids[0]) == health(["cough"], Decimal("37.8"))
    assert noted(city, ids[1]) == health(["fever"])


def test_two_temperatures_clash_and_nothing_is_written(city, room):
    homeroom_id, ids = room
    note(city, homeroom_id, [Entry(ids[0], GOOD, health((), Decimal("37.8")))])
    with pytest.raises(services.ObservationClash) as found:
        note(city, homeroom_id, [Entry(ids[0], GOOD, health((), Decimal("38.4"))),
                                 Entry(ids[1], GOOD, ILL)])  # fmt: skip
    assert [clash.student_id for clash in found.value.clashes] == [ids[0]]
    assert noted(city, ids[0]) == health((), Decimal("37.8"))
    assert noted(city, ids[1]) == GOOD


def asked(work):
    with CaptureQueriesContext(connection) as captured:
        work()
    control = ("SAVEPOINT", "RELEASE")
    sqls = [q["sql"] for q in captured.captured_queries]
    return [sql for sql in sqls if not sql.startswith(control)]


@pytest.mark.parametrize("children", [2, 12])
def test_at_most_three_writes_however_many_children(city, room, children):
    homeroom_id, ids = room
    note(city, homeroom_id, [Entry(i, GOOD, ILL) for i in ids[:children]])
    entries = [
        Entry(i, ILL, GOOD if n % 2 else health(["cough"])) for n, i in enumerate(ids[:children])
    ]
    entries += [Entry(i, GOOD, ILL) for i in ids[12 : 12 + children]]
    actor = city.actor("school_nurse", "midorigaoka")
    sqls = asked(
        lambda: services.note_symptoms(
            actor=actor, homeroom_id=homeroom_id, day=city.today, entries=entries, now=city.now(8)
        )
    )
    writes = [sql for sql in sqls if sql.split()[0] in ("INSERT", "UPDATE", "DELETE")]
    assert len([sql for sql in writes if "audit_" not in sql]) == 3
    assert len(sqls) == 6


@pytest.mark.parametrize("role", MAY)
def test_these_may_note_their_class(city, room, role):
    homeroom_id, ids = room
    assert note(city, homeroom_id, [Entry(ids[0], GOOD, ILL)], role=role).changed == 1


@pytest.mark.parametrize("role", MAY_NOT)
def test_these_may_not_note_and_nothing_changes(city, room, role):
    homeroom_id, ids = room
    with pytest.raises(Refused):
        note(city, homeroom_id, [Entry(ids[0], GOOD, ILL)], role=role)
    assert noted(city, ids[0]) == GOOD


def test_teacher_may_not_note_another_class(city, room):
    elsewhere = city.homeroom_id("2年1組")
    with pytest.raises(Http404):
        note(city, elsewhere, [], role="homeroom_teacher")


def test_nurse_may_not_note_at_another_school(city, room):
    with pytest.raises(Http404):
        note(city, city.homeroom_id("1年1組", "higashikawabata"), [])


def test_cover_of_today_may_note_that_class_only(city, room):
    from manabiya.roster import services as roster

    homeroom_id, ids = room
    cover = city.actor("subject_teacher", "midorigaoka")
    roster.name_cover(
        actor=city.actor("vice_principal", "midorigaoka"),
        homeroom_id=homeroom_id,
        staff_member_id=cover.person_id,
        day=city.today,
    )
    entries = [Entry(ids[0], GOOD, ILL)]
    assert note(city, homeroom_id, entries, role="subject_teacher").changed == 1
    with pytest.raises(Http404):
        note(city, city.homeroom_id("2年1組"), [], role="subject_teacher")


@pytest.mark.parametrize(("days", "word"), [(1, "これからの日"), (-5, "授業日ではありません")])
def test_day_ahead_or_off_is_refused(city, room, days, word):
    homeroom_id, ids = room
    with pytest.raises(services.ObservationRefused, match=word):
        note(city, homeroom_id, [Entry(ids[0], GOOD, ILL)], day=city.today + timedelta(days=days))


def test_child_of_another_class_is_refused(city, room):
    from manabiya.roster.queries import seats_on

    stranger = seats_on(city.homeroom_id("2年1組"), city.today)[0].student_id
    for child in (stranger, uuid4()):
        with pytest.raises(services.ObservationRefused, match="この学級にいない人"):
            note(city, room[0], [Entry(child, GOOD, ILL)])
    assert noted(city, stranger) == GOOD


def test_guest_of_an_exchange_class_has_one_row_with_the_own_class(city, room):
    from manabiya.roster.models import ExchangePlacement
    from manabiya.roster.queries import seats_on

    home = city.homeroom_id("2年1組")
    child = seats_on(home, city.today)[0].student_id
    ExchangePlacement.objects.create(student_id=child, homeroom_id=room[0], starts_on=city.today)
    note(city, room[0], [Entry(child, GOOD, health(["cough"]))], role="homeroom_teacher")
    assert HealthObservation.objects.get(student_id=child).homeroom_id == home
    note(city, home, [Entry(child, GOOD, health(["fever"]))])
    row = HealthObservation.objects.get(student_id=child, date=city.today)
    assert (row.homeroom_id, row.symptoms) == (home, ["cough", "fever"])


def test_guest_is_noted_no_more_once_the_placement_ended_not_even_for_days_before(city, room):
    from manabiya.roster.models import ExchangePlacement
    from manabiya.roster.queries import seats_on

    child = seats_on(city.homeroom_id("2年1組"), city.today)[0].student_id
    yesterday = city.today - timedelta(days=1)
    placed = ExchangePlacement.objects.create(
        student_id=child, homeroom_id=room[0], starts_on=yesterday
    )
    HealthObservation.objects.filter(student_id=child, date=yesterday).delete()
    entry = [Entry(child, GOOD, health(["cough"]))]
    assert note(city, room[0], entry, day=yesterday).changed == 1
    ExchangePlacement.objects.filter(pk=placed.pk).update(ends_on=yesterday)
    again = [Entry(child, health(["cough"]), ILL)]
    for day in (yesterday, city.today):
        with pytest.raises(services.ObservationRefused, match="この学級にいない人"):
            note(city, room[0], again, day=day)
    assert HealthObservation.objects.get(student_id=child, date=yesterday).symptoms == ["cough"]


def row_of(city, room, **values):
    homeroom_id, ids = room
    actor = city.actor("school_nurse", "midorigaoka")
    return HealthObservation(
        **{
            "student_id": ids[0],
            "date": city.today,
            "homeroom_id": homeroom_id,
            "symptoms": ["cough"],
            "noted_by_id": actor.person_id,
            "noted_at": city.now(8),
        }
        | values
    )


@pytest.mark.parametrize(
    ("constraint", "values"),
    [
        ("health_observation_symptoms", {"symptoms": ["sneeze"]}),
        ("health_observation_temperature", {"temperature": Decimal("33.9")}),
        ("health_observation_temperature", {"temperature": Decimal("42.1")}),
        ("health_observation_says_something", {"symptoms": []}),
    ],
)
def test_database_refuses_what_can_not_be(city, room, constraint, values):
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        row_of(city, room, **values).save()


def test_database_keeps_one_row_a_child_and_day(city, room):
    row_of(city, room).save()
    with pytest.raises(IntegrityError, match="health_observation_once"), transaction.atomic():
        row_of(city, room).save()


def test_class_page_reads_its_children_in_one_question(city, room):
    homeroom_id, ids = room
    note(city, homeroom_id, [Entry(i, GOOD, ILL) for i in ids])
    actor = city.actor("homeroom_teacher", "midorigaoka")
    found = {}
    sqls = asked(
        lambda: found.update(queries.observations_of(actor, student_ids=ids, day=city.today))
    )
    assert len(sqls) == 1
    assert {child: row.health for child, row in found.items()} == dict.fromkeys(ids, ILL)
    nurse = city.actor("school_nurse", "midorigaoka")
    assert found[ids[0]].at == city.now(8, 30)
    assert found[ids[0]].by == _name(nurse)


def _name(actor):
    from manabiya.roster.queries import names_of

    return names_of([actor.person_id])[actor.person_id]


@pytest.mark.parametrize("role", MAY_NOT)
def test_these_see_no_observation(city, room, role):
    homeroom_id, ids = room
    note(city, homeroom_id, [Entry(ids[0], GOOD, ILL)])
    actor = city.actor(role, "midorigaoka")
    assert queries.observations_of(actor, student_ids=ids, day=city.today) == {}
    assert queries.observations_of_school(actor, day=city.today) == {}
    assert not queries.may_note(actor, homeroom_id)


def test_nurse_sees_the_school_by_class_and_a_teacher_the_own_class(city, room):
    homeroom_id, ids = room
    other = city.homeroom_id("2年1組")
    from manabiya.roster.queries import seats_on

    there = seats_on(other, city.today)[0].student_id
    HealthObservation.objects.all().delete()
    note(city, homeroom_id, [Entry(ids[0], GOOD, ILL)])
    note(city, other, [Entry(there, GOOD, ILL)])
    nurse = city.actor("school_nurse", "midorigaoka")
    found = queries.observations_of_school(nurse, day=city.today)
    assert {room: [o.student_id for o in rows] for room, rows in found.items()} == {
        homeroom_id: [ids[0]],
        other: [there],
    }
    teacher = city.actor("homeroom_teacher", "midorigaoka")
    assert set(queries.observations_of_school(teacher, day=city.today)) == {homeroom_id}
    assert queries.may_note(teacher, homeroom_id)
    assert not queries.may_note(teacher, other)
    far = city.actor("principal", "higashikawabata")
    assert queries.observations_of_school(far, day=city.today) == {}


def test_of_a_closed_class_nothing_is_noted(city, room):
    homeroom_id, ids = room
    change = Change("closed", city.today, city.today, homeroom_id=homeroom_id, cause="infection")
    set_day_change(actor=city.actor("principal", "midorigaoka"), change=change, now=city.now())
    with pytest.raises(services.ObservationRefused, match="授業日ではありません"):
        note(city, homeroom_id, [Entry(ids[0], GOOD, ILL)])
    assert noted(city, ids[0]) == GOOD
