"""Setting a protection: what ends, what is kept, who may, what is refused."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.http import Http404

from manabiya.kernel.access.policies import Refused
from manabiya.kernel.audit.models import AuditEntry
from manabiya.kernel.identity.models import Hat
from manabiya.roster.models import ExcludedPerson, Guardian, GuardianRight, Protection, Student
from manabiya.roster.policies import STUDENT_VIEW
from manabiya.roster.protection import services
from manabiya.roster.protection.families import siblings_of
from manabiya.roster.queries import (
    audience_of,
    children_of,
    excluded_guardian_ids,
    guardian_pairs,
    guardians_of,
    guardians_of_homeroom,
    people_of,
)
from manabiya.roster.rights import rights_of


def right_of(family, student=None):
    return GuardianRight.objects.filter(
        guardian_id=family.kept_out, student_id=student or family.child
    ).order_by("starts_on")


def rights(family, person, city):
    return rights_of(hat=Hat.GUARDIAN, person_id=person, today=city.today, school_slug=None)


def test_rights_of_the_excluded_end_the_day_before_for_all_children(scope, family, protect):
    protections = protect()
    assert {p.student_id for p in protections} == {family.child, family.sibling}
    for student in (family.child, family.sibling):
        assert right_of(family, student).get().ends_on == scope.today - timedelta(days=1)
        kept = GuardianRight.objects.get(guardian_id=family.mother, student_id=student)
        assert kept.ends_on is None
    assert rights(family, family.kept_out, scope) is None
    assert children_of(family.kept_out, scope.today) == []
    assert {c.student_id for c in children_of(family.mother, scope.today)} == {
        family.child,
        family.sibling,
    }


def test_right_that_begins_later_is_removed_and_remembered_by_ids_only(scope, family, protect):
    later = GuardianRight.objects.create(
        guardian_id=family.kept_out, student_id=family.child, relationship="父",
        starts_on=scope.today + timedelta(days=10),
    )  # fmt: skip
    earlier = right_of(family).exclude(pk=later.pk).get()
    protect(word=protect_word(scope, note="家を出たところを知られたくない"))
    assert not GuardianRight.objects.filter(pk=later.pk).exists()
    entry = AuditEntry.objects.get(action="roster.protection:set")
    traces = {trace["right"]: trace for trace in entry.details["rights"]}
    assert len(traces) == 3
    assert traces[str(later.id)]["removed"] is True
    assert traces[str(later.id)]["guardian"] == str(family.kept_out)
    assert traces[str(earlier.id)] == {
        "right": str(earlier.id),
        "student": str(family.child),
        "guardian": str(family.kept_out),
        "starts_on": earlier.starts_on.isoformat(),
        "ends_on": None,
        "removed": False,
    }
    assert (entry.data_class, entry.subject_count) == (1, 2)
    person = Guardian.objects.get(pk=family.kept_out)
    for word in (person.family_name, person.given_name, "家を出た", "父"):
        assert word not in str(entry.details)


def protect_word(city, **changed):
    said = {"basis": "request", "starts_on": city.today, "review_on": city.today}
    said["review_on"] += timedelta(days=90)
    return services.ProtectionWord(**{**said, **changed})


def test_event_tells_each_pair(scope, family, protect):
    protect()
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT args->>'student', args->>'guardian' FROM procrastinate_jobs"
            " WHERE task_name = 'manabiya:events.deliver'"
            " AND args->>'subscription' = 'invitations-excluded'"
        )
        found = {(UUID(student), UUID(guardian)) for student, guardian in cursor.fetchall()}
    assert found == {(family.child, family.kept_out), (family.sibling, family.kept_out)}


def test_siblings_are_found_across_schools_but_not_in_a_childrens_home(scope, family):
    assert siblings_of([family.child], scope.today) == {family.child, family.sibling}
    Guardian.objects.filter(pk__in=[family.mother, family.kept_out]).update(kind="facility_head")
    assert siblings_of([family.child], scope.today) == {family.child}


def test_principal_protects_the_sibling_at_another_school_only_with_an_own_child(
    scope, family, protect
):
    with pytest.raises(Http404):
        protect(student_ids=[family.sibling])
    stranger = Student.objects.exclude(pk__in=[family.child, family.sibling]).order_by("reference")[
        0
    ]
    with pytest.raises(Http404):
        protect(student_ids=[family.child, stranger.id])
    with pytest.raises(Http404):
        protect(student_ids=[family.child, uuid4()])
    assert Protection.objects.count() == 0
    assert len(protect()) == 2


@pytest.mark.parametrize(
    ("role", "school"),
    [("vice_principal", "midorigaoka"), ("board_officer", ""), ("board_administrator", "")],
)
def test_vice_principal_and_board_may_set_it(scope, family, protect, role, school):
    assert len(protect(actor=scope.actor(role, school))) == 2
    entry = AuditEntry.objects.get(action="roster.protection:set")
    assert entry.school_id is not None, "the school reads in its own log what was done"


@pytest.mark.parametrize(
    "role",
    [
        "academic_affairs_head",
        "grade_head",
        "homeroom_teacher",
        "assistant_homeroom_teacher",
        "subject_teacher",
        "school_nurse",
        "office_staff",
        "ict_supporter",
    ],
)
def test_no_other_staff_may_set_review_or_end_it(scope, family, protect, role):
    actor = scope.actor(role, "midorigaoka")
    with pytest.raises(Refused):
        protect(actor=actor)
    protection = protect()[0]
    with pytest.raises(Refused):
        services.end_protection(actor=actor, protection_id=protection.id, reason="もう要らない")
    with pytest.raises(Refused):
        services.review_protection(
            actor=actor, protection_id=protection.id, review_on=scope.today + timedelta(days=9)
        )
    assert Protection.objects.filter(ended_on=None).count() == 2


def test_guardian_may_not_set_it(scope, family, protect):
    with pytest.raises(Refused):
        protect(actor=scope.actor("guardian"))


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"starts_on": 1}, "starts_on"),
        ({"review_on": 0}, "review_on"),
        ({"review_on": 400}, "review_on"),
        ({"basis": "revenge"}, "basis"),
    ],
)
def test_day_or_basis_that_does_not_fit_is_refused(scope, family, protect, word, said, field):
    changed = {
        name: value if isinstance(value, str) else scope.today + timedelta(days=value)
        for name, value in said.items()
    }
    with pytest.raises(services.ProtectionRefused) as refusal:
        protect(word=word(**changed))
    assert refusal.value.field == field
    assert right_of(family).get().ends_on is None


def test_nobody_to_exclude_and_a_guardian_of_another_family_are_refused(scope, family, protect):
    with pytest.raises(services.ProtectionRefused):
        protect(guardian_ids=[])
    stranger = GuardianRight.objects.exclude(student_id__in=[family.child, family.sibling])[0]
    with pytest.raises(Http404):
        protect(guardian_ids=[stranger.guardian_id])
    assert Protection.objects.count() == 0


def test_person_who_is_not_registered_is_excluded_by_name(scope, family, protect):
    protection = protect(guardian_ids=[], outsiders=[services.Outsider("山田 太郎", "父の兄")])[0]
    found = protection.excluded_people.get()
    assert (found.guardian_id, found.name, found.relationship) == (None, "山田 太郎", "父の兄")
    assert rights(family, family.kept_out, scope) is not None


def test_second_deed_adds_the_persons_to_the_protection_there_is(scope, family, protect, word):
    first = protect(word=word(starts_on=scope.today - timedelta(days=30)))
    second = protect(
        guardian_ids=[family.kept_out, family.mother],
        outsiders=[services.Outsider("山田 太郎")],
        word=word(review_on=scope.today + timedelta(days=20)),
    )
    assert [p.id for p in second] == [p.id for p in first]
    assert Protection.objects.count() == 2
    assert excluded_guardian_ids(family.child) == {family.kept_out, family.mother}
    assert ExcludedPerson.objects.filter(protection=first[0]).count() == 3
    assert second[0].review_on == scope.today + timedelta(days=20)
    mothers = GuardianRight.objects.get(guardian_id=family.mother, student_id=family.child)
    assert mothers.ends_on == scope.today - timedelta(days=1)


def test_what_a_mistaken_row_gives_is_nothing(scope, family):
    """A right stands and the person is excluded: no read of rights knows it."""
    protection = Protection.objects.create(
        student_id=family.child, basis="request", starts_on=scope.today,
        review_on=scope.today, set_by=uuid4(), set_at=scope.now(),
    )  # fmt: skip
    ExcludedPerson.objects.create(protection=protection, guardian_id=family.kept_out)
    assert right_of(family).get().ends_on is None
    found = rights(family, family.kept_out, scope)
    assert found.grants[0].student_ids == {family.sibling}
    assert [c.student_id for c in children_of(family.kept_out, scope.today)] == [family.sibling]
    assert [g.guardian_id for g in guardians_of(family.child, scope.today)] == [family.mother]
    assert [g.guardian_id for g in audience_of(family.child, scope.today)] == [family.mother]
    pair = (family.child, family.kept_out)
    assert people_of([pair], scope.today) == {}
    invited = guardians_of_homeroom(family.homeroom, scope.today)
    assert pair not in {(p.student_id, p.guardian_id) for p in invited}
    principal = scope.actor("principal", "midorigaoka")
    assert guardian_pairs(principal, STUDENT_VIEW, [pair]) == []
    mothers = (family.child, family.mother)
    assert guardian_pairs(principal, STUDENT_VIEW, [mothers]) == [mothers]


def test_excluded_person_keeps_the_rights_for_another_child(scope, family, protect):
    other = Student.objects.exclude(pk__in=[family.child, family.sibling]).order_by("reference")[0]
    GuardianRight.objects.create(
        guardian_id=family.kept_out, student=other, relationship="父", starts_on=scope.today
    )
    protect()
    assert rights(family, family.kept_out, scope).grants[0].student_ids == {other.id}
    assert [c.student_id for c in children_of(family.kept_out, scope.today)] == [other.id]
