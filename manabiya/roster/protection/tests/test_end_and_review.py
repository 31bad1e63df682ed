"""A protection never lapses; somebody ends it with a reason, and nobody gets a right back."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.http import Http404

from manabiya.kernel.audit.models import AuditEntry
from manabiya.kernel.identity.models import Hat
from manabiya.roster.models import GuardianRight, Protection
from manabiya.roster.protection import listing, services
from manabiya.roster.protection.rules import Review
from manabiya.roster.queries import excluded_guardian_ids, guardians_of, protected_among
from manabiya.roster.rights import rights_of

REASON = "家庭裁判所の決定が変わった"


@pytest.fixture
def protection(protect, family):
    return next(p for p in protect() if p.student_id == family.child)


def test_day_of_review_passes_and_everything_holds(scope, family, protection, principal):
    later = replace(principal, today=protection.review_on + timedelta(days=400))
    (line,) = listing.open_protections(later)
    assert (line.student_id, line.review) == (family.child, Review.PASSED)
    assert protected_among([family.child]) == {family.child}
    found = rights_of(
        hat=Hat.GUARDIAN, person_id=family.kept_out, today=later.today, school_slug=None
    )
    assert found is None


@pytest.mark.parametrize(
    ("role", "school"),
    [("principal", "midorigaoka"), ("vice_principal", "midorigaoka"), ("board_officer", "")],
)
def test_who_sets_may_end_it_with_a_reason(scope, family, protection, role, school):
    actor = scope.actor(role, school)
    ended = services.end_protection(actor=actor, protection_id=protection.id, reason=f" {REASON} ")
    assert (ended.ended_on, ended.end_reason) == (scope.today, REASON)
    assert ended.ended_by == actor.person_id
    assert excluded_guardian_ids(family.child) == frozenset()
    assert excluded_guardian_ids(family.sibling) == {family.kept_out}, "ended one by one"
    entry = AuditEntry.objects.get(action="roster.protection:end")
    assert entry.details == {"protection": str(protection.id)}
    assert (entry.data_class, entry.subject_id) == (1, family.child)
    history = listing.ended_protections(scope.actor("principal", "midorigaoka"))
    assert [(line.student_id, line.end_reason) for line in history] == [(family.child, REASON)]


def test_end_gives_no_right_back(scope, family, protection, principal):
    services.end_protection(actor=principal, protection_id=protection.id, reason=REASON)
    right = GuardianRight.objects.get(guardian_id=family.kept_out, student_id=family.child)
    assert right.ends_on == scope.today - timedelta(days=1)
    rights = rights_of(
        hat=Hat.GUARDIAN, person_id=family.kept_out, today=scope.today, school_slug=None
    )
    assert rights is None
    assert [g.guardian_id for g in guardians_of(family.child, scope.today)] == [family.mother]


@pytest.mark.parametrize("reason", ["", "    ", "終了"])
def test_end_without_a_reason_is_refused(scope, protection, principal, reason):
    with pytest.raises(services.ProtectionRefused):
        services.end_protection(actor=principal, protection_id=protection.id, reason=reason)
    assert Protection.objects.get(pk=protection.id).ended_on is None


def test_ended_protection_and_that_of_another_school_do_not_exist(
    scope, family, protection, principal
):
    siblings = Protection.objects.get(student_id=family.sibling)
    day = scope.today + timedelta(days=30)
    with pytest.raises(Http404):
        services.end_protection(actor=principal, protection_id=siblings.id, reason=REASON)
    with pytest.raises(Http404):
        services.review_protection(actor=principal, protection_id=siblings.id, review_on=day)
    services.end_protection(actor=principal, protection_id=protection.id, reason=REASON)
    with pytest.raises(Http404):
        services.end_protection(actor=principal, protection_id=protection.id, reason=REASON)
    with pytest.raises(Http404):
        services.review_protection(actor=principal, protection_id=protection.id, review_on=day)


def test_review_chooses_the_next_day_and_remembers_the_former(scope, protection, principal):
    before, day = protection.review_on, scope.today + timedelta(days=60)
    found = services.review_protection(actor=principal, protection_id=protection.id, review_on=day)
    assert (found.review_on, found.ended_on) == (day, None)
    entry = AuditEntry.objects.get(action="roster.protection:review")
    assert entry.details["before"] == before.isoformat()
    with pytest.raises(services.ProtectionRefused):
        services.review_protection(
            actor=principal, protection_id=protection.id, review_on=scope.today
        )


@pytest.mark.parametrize(
    ("days", "soon", "passed"), [(31, 0, 0), (30, 2, 0), (0, 2, 0), (-1, 0, 2), (-900, 0, 2)]
)
def test_board_is_warned_thirty_days_before_and_louder_after(scope, protection, days, soon, passed):
    Protection.objects.update(review_on=scope.today + timedelta(days=days))
    found = listing.waiting(scope.actor("board_officer"), scope.now())
    assert (found.soon, found.passed, found.news) == (soon, passed, 0)


def test_other_school_is_told_of_what_others_set_for_its_child(scope, family, protection):
    other = scope.actor("principal", "higashikawabata")
    assert listing.waiting(other, scope.now()).news == 1
    assert [line.student_id for line in listing.open_protections(other)] == [family.sibling]
    assert listing.waiting(other, scope.now() + timedelta(days=15)).news == 0
    assert listing.waiting(scope.actor("vice_principal", "midorigaoka"), scope.now()).news == 0
