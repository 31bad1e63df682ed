"""Add a guardian: new, known through a sibling, head of a home, foster parent, 本人; excluded."""

from datetime import timedelta

import pytest
from django.db.models import Q
from django.http import Http404

from manabiya.kernel.access.policies import Refused
from manabiya.kernel.audit.models import AuditEntry
from manabiya.roster.families.queries import known_guardians
from manabiya.roster.families.services import (
    FamilyRefused,
    NewPerson,
    Phones,
    RightWord,
    add_guardian,
    add_self,
)
from manabiya.roster.models import Guardian, GuardianRight

AUNT = NewPerson("山田", "花子", "やまだ", "はなこ", phones=Phones("090-0000-7777"))
WORD = RightWord("おば", can_view=False, call_order=3)


def add(scope, student_id, who=AUNT, role="office_staff", word=WORD, starts_on=None):
    return add_guardian(
        actor=scope.actor(role, "midorigaoka"), student_id=student_id, who=who, word=word,
        starts_on=starts_on or scope.today,
    )  # fmt: skip


@pytest.mark.parametrize("role", ["principal", "vice_principal", "office_staff"])
def test_new_person_is_written_with_right_and_one_entry(scope, right, role):
    entries = AuditEntry.objects.count()
    new = add(scope, right.student_id, role=role)
    assert (new.guardian.name, new.guardian.phone) == ("山田 花子", "090-0000-7777")
    assert new.guardian.kana_search == "やまだはなこ"
    assert (new.relationship, new.can_report, new.can_view) == ("おば", True, False)
    assert AuditEntry.objects.count() == entries + 1
    assert "山田" not in str(AuditEntry.objects.order_by("-at", "-id")[0].details)


@pytest.mark.parametrize(
    "role", ["academic_affairs_head", "grade_head", "homeroom_teacher", "school_nurse"]
)
def test_nobody_else_adds_and_nothing_changes(scope, right, role):
    before = Guardian.objects.count(), GuardianRight.objects.count()
    with pytest.raises(Refused):
        add(scope, right.student_id, role=role)
    assert (Guardian.objects.count(), GuardianRight.objects.count()) == before


def test_guardian_of_a_sibling_at_another_school_is_known(scope, pair):
    younger, elder = pair
    actor = scope.actor("office_staff", "midorigaoka")
    aunt = Guardian.objects.create(
        family_name="佐藤", given_name="幸", family_kana="さとう", given_kana="さち"
    )
    right = GuardianRight.objects.create(
        guardian=aunt, student_id=elder.student_id, relationship="おば", starts_on=elder.starts_on
    )
    assert aunt.id in {k.guardian_id for k in known_guardians(actor, younger.student_id)}
    assert younger.guardian_id not in {
        k.guardian_id for k in known_guardians(actor, younger.student_id)
    }
    new = add(scope, younger.student_id, aunt.id)
    assert new.guardian_id == right.guardian_id
    with pytest.raises(FamilyRefused, match="もう登録されています"):
        add(scope, younger.student_id, aunt.id)


def test_stranger_by_id_does_not_exist(scope, right):
    stranger = GuardianRight.objects.exclude(student_id=right.student_id).exclude(
        guardian_id=right.guardian_id
    )[0]
    with pytest.raises(Http404):
        add(scope, right.student_id, stranger.guardian_id)


def test_child_of_another_school_does_not_exist(scope, pair):
    with pytest.raises(Http404):
        add(scope, pair[1].student_id)


def test_excluded_person_gets_no_right_by_id_or_by_name(scope, right, protect):
    father = add(scope, right.student_id).guardian
    protect(right.student_id, guardian_id=father.id)
    before = Guardian.objects.count(), GuardianRight.objects.count()
    for who in (father.id, NewPerson("山田", "花子", "やまだ", "はなこ")):
        with pytest.raises(FamilyRefused, match="先に管理職に確かめてください"):
            add(scope, right.student_id, who)
        with pytest.raises(FamilyRefused, match="支援措置でこのお子さんから遠ざけている人です"):
            add(scope, right.student_id, who, role="principal")
    assert (Guardian.objects.count(), GuardianRight.objects.count()) == before


def test_excluded_outsider_gets_no_right_under_his_name(scope, right, protect):
    protect(right.student_id, name="山田花子")
    with pytest.raises(FamilyRefused):
        add(scope, right.student_id)


def test_excluded_person_is_no_choice_through_a_sibling(scope, pair, protect):
    younger, elder = pair
    actor = scope.actor("principal", "midorigaoka")
    protect(younger.student_id, guardian_id=younger.guardian_id)
    assert GuardianRight.objects.filter(pk=elder.pk, ends_on=None).exists()
    known = {k.guardian_id for k in known_guardians(actor, younger.student_id)}
    assert younger.guardian_id not in known


def test_protection_set_at_the_same_moment_is_told_in_words(scope, pair, protect, monkeypatch):
    """Only the trigger knows: the page and the service looked before."""
    younger, elder = pair
    protect(younger.student_id, guardian_id=younger.guardian_id)
    GuardianRight.objects.filter(pk=younger.pk).delete()
    shared = add(scope, younger.student_id).guardian
    GuardianRight.objects.create(
        guardian=shared, student_id=elder.student_id, relationship="おば", starts_on=scope.today
    )
    services = "manabiya.roster.families.services.guardians"
    monkeypatch.setattr(f"{services}.refuse_excluded", lambda *_, **__: None)
    monkeypatch.setattr("manabiya.roster.families.queries._kept_from", lambda _: Q(pk=None))
    with pytest.raises(FamilyRefused, match="先に管理職に確かめてください"):
        add(scope, younger.student_id, younger.guardian_id)
    assert not GuardianRight.objects.filter(
        student_id=younger.student_id, guardian_id=younger.guardian_id
    ).exists()


def test_head_of_a_home_stands_for_many_and_is_offered(scope, right):
    head = NewPerson(
        "施設", "長子", "しせつ", "ちょうこ", kind="facility_head", facility_name="白樺園"
    )
    first = add(scope, right.student_id, head, word=RightWord("施設長"))
    other = GuardianRight.objects.filter(
        student__enrollments__homeroom_id=scope.homeroom_id("2年1組")
    )[0]
    actor = scope.actor("office_staff", "midorigaoka")
    [known] = [k for k in known_guardians(actor, other.student_id) if k.why == "施設長"]
    assert known.guardian_id == first.guardian_id
    add(scope, other.student_id, known.guardian_id, word=RightWord("施設長"))
    assert first.guardian.rights.count() == 2
    elsewhere = scope.actor("office_staff", "higashikawabata")
    third = GuardianRight.objects.filter(
        student__enrollments__school__slug="higashikawabata"
    ).exclude(student_id__in=[right.student_id, other.student_id])[0]
    assert "施設長" not in {k.why for k in known_guardians(elsewhere, third.student_id)}


def test_head_of_a_home_needs_the_homes_name(scope, right):
    with pytest.raises(FamilyRefused) as refused:
        add(scope, right.student_id, NewPerson("施設", "", "しせつ", "", kind="facility_head"))
    assert refused.value.field == "facility_name"


def test_foster_parent_is_written_as_such(scope, right):
    parent = NewPerson("里", "親", "さと", "おや", kind="foster_parent")
    new = add(scope, right.student_id, parent, word=RightWord("里親"))
    assert new.guardian.get_kind_display() == "里親"


def test_past_day_is_refused(scope, right):
    with pytest.raises(FamilyRefused) as refused:
        add(scope, right.student_id, starts_on=scope.today - timedelta(days=1))
    assert refused.value.field == "starts_on"


def test_child_does_not_report_for_himself(scope, right):
    with pytest.raises(FamilyRefused, match="18歳"):
        add_self(
            actor=scope.actor("principal", "midorigaoka"), student_id=right.student_id,
            phones=Phones(), starts_on=scope.today,
        )  # fmt: skip
    with pytest.raises(FamilyRefused, match="本人が連絡する"):
        add(scope, right.student_id, word=RightWord("本人"))
