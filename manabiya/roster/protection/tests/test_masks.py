"""Queries keep phone and address of a protected family back; one look opens them, with a reason."""

from datetime import timedelta

import pytest
from django.db import ProgrammingError, transaction
from django.http import Http404

from manabiya.kernel.access.policies import Refused
from manabiya.kernel.audit.models import AuditEntry
from manabiya.roster.models import Address, AddressOpening, Guardian, GuardianRight
from manabiya.roster.protection import services
from manabiya.roster.queries import addresses_of, guardians_of

PHONE, HOME, WORK = "090-0000-8881", "0190-00-8882", "0190-00-8883"
LIVES, REGISTERED = "白樺野市隠れ町七丁目8番地", "白樺野市元町一丁目1番地"


@pytest.fixture
def contacts(scope, family):
    """Give the mother phones and an address, the child an address of its own."""
    Guardian.objects.filter(pk=family.mother).update(phone=PHONE, phone_home=HOME, phone_work=WORK)
    Address.objects.filter(guardian_id=family.mother).update(text=LIVES)
    Address.objects.create(
        student_id=family.child, text=REGISTERED, postal_code="0700001", starts_on=scope.today
    )
    return family


def lines(family, city):
    return {line.text for line in addresses_of([family.child, family.sibling], city.today)}


def test_before_the_protection_staff_see_phone_and_address(scope, contacts):
    found = {g.guardian_id: g for g in guardians_of(contacts.child, scope.today)}
    assert (found[contacts.mother].phone, found[contacts.mother].is_masked) == (PHONE, False)
    whose = Guardian.objects.get(pk=contacts.mother).name
    own = {(a.student_id, a.whose, a.text) for a in addresses_of([contacts.child], scope.today)}
    assert {(contacts.child, "", REGISTERED), (contacts.child, whose, LIVES)} <= own


def test_protected_child_has_no_phone_and_no_address_in_any_query(scope, contacts, protect):
    protect()
    for student in (contacts.child, contacts.sibling):
        (line,) = guardians_of(student, scope.today)
        assert (line.guardian_id, line.phone, line.is_masked) == (contacts.mother, "", True)
    assert lines(contacts, scope) == set()


def test_unprotected_sibling_does_not_give_the_same_phone_away(scope, contacts, protect):
    protect(student_ids=[contacts.child])
    found = {g.guardian_id: g for g in guardians_of(contacts.sibling, scope.today)}
    assert (found[contacts.mother].phone, found[contacts.mother].is_masked) == ("", True)
    assert LIVES not in lines(contacts, scope)


def test_head_of_a_home_stays_reachable_for_the_other_children(scope, contacts, protect):
    protect(student_ids=[contacts.child])
    Guardian.objects.filter(pk=contacts.mother).update(kind="facility_head")
    found = {g.guardian_id: g for g in guardians_of(contacts.sibling, scope.today)}
    assert found[contacts.mother].phone == PHONE
    (own,) = guardians_of(contacts.child, scope.today)
    assert own.phone == ""


def test_after_the_end_phone_and_address_are_there_again(scope, contacts, protect, principal):
    for protection in protect(student_ids=[contacts.child]):
        services.end_protection(
            actor=principal, protection_id=protection.id, reason="家庭裁判所の決定が変わった"
        )
    (line,) = guardians_of(contacts.child, scope.today)
    assert line.phone == PHONE
    assert {LIVES, REGISTERED} <= lines(contacts, scope)


def opens(city, family, role, **changed):
    said = {"reason": "けがで病院から電話が要る", "now": city.now()}
    return services.open_address(
        actor=city.actor(role, "midorigaoka"), student_id=family.child, **{**said, **changed}
    )


@pytest.mark.parametrize("role", ["principal", "vice_principal", "office_staff"])
def test_manager_or_office_opens_them_with_a_reason(scope, contacts, protect, role):
    protect()
    GuardianRight.objects.filter(guardian_id=contacts.mother).update(never_at_work=True)
    opened = opens(scope, contacts, role)
    assert {line.text for line in opened.addresses} == {LIVES, REGISTERED}
    (phones,) = opened.phones
    assert phones.numbers == (("電話", PHONE), ("自宅", HOME))
    row = AddressOpening.objects.get()
    assert (row.student_id, row.reason) == (contacts.child, "けがで病院から電話が要る")
    assert row.opened_by == scope.actor(role, "midorigaoka").person_id
    entry = AuditEntry.objects.get(action="roster.address:open")
    assert (entry.data_class, entry.subject_id) == (1, contacts.child)
    assert entry.details == {"opening": str(row.id)}


@pytest.mark.parametrize(
    "role",
    ["homeroom_teacher", "school_nurse", "academic_affairs_head", "grade_head", "subject_teacher",
     "assistant_homeroom_teacher", "ict_supporter"],
)  # fmt: skip
def test_no_other_staff_opens_them(scope, contacts, protect, role):
    protect()
    with pytest.raises(Refused):
        opens(scope, contacts, role)
    assert AddressOpening.objects.count() == 0


@pytest.mark.parametrize("role", ["board_officer", "board_administrator"])
def test_board_does_not_open_them(scope, contacts, protect, role):
    protect()
    with pytest.raises(Refused):
        services.open_address(
            actor=scope.actor(role), student_id=contacts.child, reason="問い合わせのため",
            now=scope.now(),
        )  # fmt: skip


def test_without_a_reason_for_another_schools_child_or_unprotected_nothing_opens(
    scope, contacts, protect
):
    with pytest.raises(Http404):
        opens(scope, contacts, "principal")
    protect()
    with pytest.raises(services.ProtectionRefused):
        opens(scope, contacts, "principal", reason="電話")
    with pytest.raises(Http404):
        services.open_address(
            actor=scope.actor("principal", "midorigaoka"), student_id=contacts.sibling,
            reason="問い合わせのため", now=scope.now(),
        )  # fmt: skip
    assert AddressOpening.objects.count() == 0


def test_opening_can_neither_be_changed_nor_removed(scope, contacts, protect):
    protect()
    opens(scope, contacts, "principal")
    for deed in (
        lambda: AddressOpening.objects.update(reason="消したい", opened_at=scope.now()),
        lambda: AddressOpening.objects.all().delete(),
    ):
        with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
            deed()


def test_old_school_loses_the_opening_when_the_child_has_moved(scope, contacts, protect):
    from manabiya.roster.models import Enrollment

    protect()
    seat = Enrollment.objects.get(student_id=contacts.child)
    seat.ends_on = scope.today - timedelta(days=1)
    seat.save()
    with pytest.raises(Http404):
        opens(scope, contacts, "principal")
