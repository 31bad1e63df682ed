"""Rights as dated rows: change, end, who may, and what nobody can write."""

from datetime import date, time, timedelta

import pytest
from django.db.models import Q
from django.http import Http404

from manabiya.kernel.access.policies import Refused
from manabiya.kernel.audit.models import AuditEntry
from manabiya.kernel.identity.models import Hat
from manabiya.roster.families.services import (
    FamilyRefused,
    Phones,
    RightWord,
    change_phones,
    change_right,
    end_right,
)
from manabiya.roster.models import GuardianRight
from manabiya.roster.rights import rights_of

TODAY = date(2026, 11, 20)
LATER = date(2026, 12, 1)
OFFICE = ("principal", "vice_principal", "office_staff")
OTHERS = (
    "academic_affairs_head",
    "grade_head",
    "homeroom_teacher",
    "assistant_homeroom_teacher",
    "subject_teacher",
    "school_nurse",
    "ict_supporter",
)
QUIET = RightWord("母", can_report=False, call_order=2, call_until=time(17), never_at_work=True)


def office(scope, role="office_staff"):
    return scope.actor(role, "midorigaoka")


def rows(right):
    found = GuardianRight.objects.filter(guardian_id=right.guardian_id, student_id=right.student_id)
    return list(found.order_by("starts_on"))


@pytest.mark.parametrize("role", OFFICE)
def test_change_ends_the_old_row_the_day_before_and_begins_a_new_one(scope, right, role):
    entries = AuditEntry.objects.count()
    new = change_right(actor=office(scope, role), right_id=right.id, word=QUIET, starts_on=LATER)
    old, same = rows(right)
    assert (old.id, old.ends_on, old.can_report) == (right.id, date(2026, 11, 30), True)
    assert (same.id, same.starts_on, same.ends_on) == (new.id, LATER, None)
    assert (same.can_report, same.call_order, same.call_until) == (False, 2, time(17))
    assert AuditEntry.objects.count() == entries + 1
    entry = AuditEntry.objects.order_by("-at", "-id")[0]
    assert (entry.action, entry.subject_id) == ("roster.family:change", right.student_id)
    assert entry.details["changed"] == ["can_report", "call_order", "call_until", "never_at_work"]


def test_rights_follow_the_day(scope, right):
    word = RightWord("母", can_view=False)
    change_right(actor=office(scope), right_id=right.id, word=word, starts_on=LATER)
    GuardianRight.objects.filter(guardian_id=right.guardian_id).exclude(
        student_id=right.student_id
    ).delete()

    def hat(day):
        return rights_of(hat=Hat.GUARDIAN, person_id=right.guardian_id, today=day, school_slug=None)

    assert hat(LATER - timedelta(days=1)) is not None
    assert hat(LATER) is None


def test_a_right_that_begins_today_is_mended_in_place(scope, right):
    change_right(actor=office(scope), right_id=right.id, word=QUIET, starts_on=TODAY)
    new = rows(right)[1]
    word = RightWord("母", call_order=5)
    change_right(actor=office(scope), right_id=new.id, word=word, starts_on=TODAY)
    assert [(row.starts_on, row.call_order) for row in rows(right)] == [
        (right.starts_on, right.call_order),
        (TODAY, 5),
    ]


@pytest.mark.parametrize(
    ("word", "day", "field"),
    [
        (QUIET, TODAY - timedelta(days=1), "starts_on"),
        (RightWord(" "), TODAY, "relationship"),
        (RightWord("母", call_order=0), TODAY, "call_order"),
    ],
)
def test_change_is_refused_and_nothing_changed(scope, right, word, day, field):
    before = GuardianRight.objects.filter(pk=right.pk).values()[0]
    with pytest.raises(FamilyRefused) as refused:
        change_right(actor=office(scope), right_id=right.id, word=word, starts_on=day)
    assert refused.value.field == field
    assert GuardianRight.objects.filter(pk=right.pk).values()[0] == before
    assert len(rows(right)) == 1


def test_change_to_the_same_words_says_so(scope, right):
    word = RightWord(right.relationship, call_order=right.call_order)
    with pytest.raises(FamilyRefused, match="変えたところがありません"):
        change_right(actor=office(scope), right_id=right.id, word=word, starts_on=TODAY)


@pytest.mark.parametrize("role", OTHERS)
def test_nobody_else_changes_ends_or_writes_numbers(scope, right, role):
    actor = scope.actor(role, "midorigaoka")
    for deed in (
        lambda: change_right(actor=actor, right_id=right.id, word=QUIET, starts_on=LATER),
        lambda: end_right(actor=actor, right_id=right.id, last_day=TODAY),
        lambda: change_phones(
            actor=actor, guardian_id=right.guardian_id, phones=Phones("090-0000-0001")
        ),
    ):
        with pytest.raises(Refused):
            deed()
    assert [(row.id, row.ends_on) for row in rows(right)] == [(right.id, None)]


def test_another_schools_child_does_not_exist(scope, right):
    actor = scope.actor("principal", "higashikawabata")
    with pytest.raises(Http404):
        change_right(actor=actor, right_id=right.id, word=QUIET, starts_on=LATER)
    with pytest.raises(Http404):
        end_right(actor=actor, right_id=right.id, last_day=TODAY)
    with pytest.raises(Http404):
        change_phones(actor=actor, guardian_id=right.guardian_id, phones=Phones())


def test_end_holds_until_midnight_and_takes_back_what_was_to_come(scope, right):
    actor = office(scope)
    change_right(actor=actor, right_id=right.id, word=QUIET, starts_on=LATER)
    end_right(actor=actor, right_id=right.id, last_day=TODAY)
    [only] = rows(right)
    assert (only.ends_on, only.holds_on(TODAY), only.holds_on(TODAY + timedelta(days=1))) == (
        TODAY, True, False,
    )  # fmt: skip
    with pytest.raises(FamilyRefused):
        end_right(actor=actor, right_id=right.id, last_day=TODAY - timedelta(days=2))


def test_ended_right_does_not_exist_any_more(scope, right):
    actor = office(scope)
    end_right(actor=actor, right_id=right.id, last_day=TODAY - timedelta(days=1))
    with pytest.raises(Http404):
        change_right(actor=actor, right_id=right.id, word=QUIET, starts_on=LATER)


def test_the_databases_refusal_of_an_excluded_person_is_told_in_words(
    scope, right, protect, monkeypatch
):
    """The race: the protection is set after the page looked, so only the trigger knows."""
    monkeypatch.setattr(
        "manabiya.roster.families.services.rights.excluded_pair",
        lambda: Q(pk=None),
    )
    protect(right.student_id, ends=False, guardian_id=right.guardian_id)
    before = GuardianRight.objects.filter(pk=right.pk).values()[0]
    with pytest.raises(FamilyRefused, match="管理職に確かめてください"):
        change_right(actor=office(scope), right_id=right.id, word=QUIET, starts_on=LATER)
    with pytest.raises(FamilyRefused, match="支援措置"):
        change_right(
            actor=office(scope, "principal"), right_id=right.id, word=QUIET, starts_on=LATER
        )
    assert GuardianRight.objects.filter(pk=right.pk).values()[0] == before
    assert len(rows(right)) == 1


def test_phones_are_written_and_a_masked_number_left_empty_stays(scope, right, protect):
    actor, guardian = office(scope), right.guardian
    numbers = Phones("090-0000-1111", "0190-00-2222", "0190-00-3333")
    change_phones(actor=actor, guardian_id=guardian.id, phones=numbers)
    guardian.refresh_from_db()
    assert (guardian.phone, guardian.phone_home, guardian.phone_work) == (
        "090-0000-1111", "0190-00-2222", "0190-00-3333",
    )  # fmt: skip
    change_phones(actor=actor, guardian_id=guardian.id, phones=Phones("090-0000-1111"))
    guardian.refresh_from_db()
    assert (guardian.phone_home, guardian.phone_work) == ("", "")
    protect(right.student_id, name="某")
    change_phones(actor=actor, guardian_id=guardian.id, phones=Phones("", "0190-00-4444"))
    guardian.refresh_from_db()
    assert (guardian.phone, guardian.phone_home) == ("090-0000-1111", "0190-00-4444")
    entry = AuditEntry.objects.order_by("-at", "-id")[0]
    assert entry.details == {"changed": ["phone_home"]}
