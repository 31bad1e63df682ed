"""親権: a dated set by a document a manager has seen."""

from datetime import date

import pytest
from django.http import Http404

from manabiya.kernel.access.policies import Refused
from manabiya.kernel.audit.models import AuditEntry
from manabiya.roster.families.queries import authority_sets
from manabiya.roster.families.services import FamilyRefused, HolderWord, set_authority
from manabiya.roster.models import GuardianRight, ParentalAuthority

BOTH = (HolderWord("father"), HolderWord("mother"))
APRIL = date(2026, 4, 1)


def write(scope, right, holders=BOTH, role="principal", **given):
    words = {"document": "戸籍全部事項証明書", "seen_on": scope.today, "starts_on": APRIL, **given}
    return set_authority(
        actor=scope.actor(role, "midorigaoka"),
        student_id=right.student_id,
        holders=holders,
        **words,
    )


def test_new_set_ends_the_one_before_and_both_stay(scope, right):
    entries = AuditEntry.objects.count()
    write(scope, right)
    mother = (HolderWord("mother", right.guardian_id),)
    write(scope, right, mother, role="vice_principal", starts_on=date(2026, 10, 1))
    assert AuditEntry.objects.count() == entries + 2
    new, old = authority_sets(right.student_id)
    assert [(row.holder, row.guardian_id) for row in new.rows] == [("mother", right.guardian_id)]
    assert (new.starts_on, new.ends_on) == (date(2026, 10, 1), None)
    assert [row.holder for row in old.rows] == ["father", "mother"]
    assert (old.starts_on, old.ends_on) == (APRIL, date(2026, 9, 30))
    seen = new.rows[0]
    actor = scope.actor("vice_principal", "midorigaoka")
    assert (seen.seen_by_id, seen.seen_on) == (actor.person_id, scope.today)


def test_set_of_the_same_day_is_replaced(scope, right):
    write(scope, right)
    write(scope, right, (HolderWord("legal_guardian"),))
    [only] = authority_sets(right.student_id)
    assert [row.holder for row in only.rows] == ["legal_guardian"]


@pytest.mark.parametrize(
    ("holders", "given", "field"),
    [
        ((), {}, "holders"),
        ((HolderWord("father"), HolderWord("father")), {}, "holders"),
        ((HolderWord("uncle"),), {}, "holders"),
        (BOTH, {"document": " "}, "document"),
        (BOTH, {"seen_on": date(2026, 11, 21)}, "seen_on"),
        (BOTH, {"starts_on": date(2026, 11, 21)}, "starts_on"),
    ],
)
def test_what_is_wrong_is_refused_and_nothing_written(scope, right, holders, given, field):
    with pytest.raises(FamilyRefused) as refused:
        write(scope, right, holders, **given)
    assert refused.value.field == field
    assert not ParentalAuthority.objects.filter(student_id=right.student_id).exists()


def test_day_before_a_later_set_is_refused(scope, right):
    write(scope, right)
    with pytest.raises(FamilyRefused, match="2026年4月1日からの登録"):
        write(scope, right, starts_on=date(2025, 4, 1))


def test_guardian_of_another_child_does_not_exist(scope, right):
    other = GuardianRight.objects.exclude(guardian_id=right.guardian_id)
    other = other.exclude(student_id=right.student_id)[0]
    with pytest.raises(Http404):
        write(scope, right, (HolderWord("mother", other.guardian_id),))


@pytest.mark.parametrize("role", ["office_staff", "homeroom_teacher", "school_nurse"])
def test_office_and_teachers_neither_see_nor_set_it(city, right, role):
    with city.tenant(), pytest.raises(Refused):
        write(city, right, role=role)
    client = city.client(role, "midorigaoka")
    base = f"/m/shirakabano/school/midorigaoka/students/{right.student_id}/"
    assert client.get(f"{base}authority/").status_code == 403
    page = client.get(base)
    assert page.status_code == 200
    assert "親権" not in page.content.decode()
    with city.tenant():
        assert not ParentalAuthority.objects.exists()


def test_principal_sets_it_on_the_page(city, right):
    client = city.client("principal", "midorigaoka")
    base = f"/m/shirakabano/school/midorigaoka/students/{right.student_id}/"
    sent = {
        "father": "", "mother": str(right.guardian_id), "document": "戸籍の写し",
        "seen_on": "令和8年11月20日", "starts_on": "R8.4.1",
    }  # fmt: skip
    assert client.post(f"{base}authority/", {**sent, "document": ""}).status_code == 422
    assert client.post(f"{base}authority/", sent).status_code == 302
    page = client.get(base).content.decode()
    assert "戸籍の写し" in page
    assert "2026年4月1日" in page
