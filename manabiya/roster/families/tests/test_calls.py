"""Whom to call now."""

from datetime import time

import pytest

from manabiya.roster.families.queries import call_list
from manabiya.roster.families.rules import is_same_name, may_call_at, numbers_to_call
from manabiya.roster.models import Guardian, GuardianRight


@pytest.mark.parametrize(
    ("moment", "start", "end", "may"),
    [
        ((8, 0), None, None, True),
        ((8, 0), (9, 0), None, False),
        ((9, 0), (9, 0), (17, 0), True),
        ((17, 0), (9, 0), (17, 0), True),
        ((17, 1), (9, 0), (17, 0), False),
        ((23, 0), (22, 0), (6, 0), True),
        ((6, 1), (22, 0), (6, 0), False),
    ],
)
def test_hours(moment, start, end, may):
    hours = [time(*found) if found else None for found in (start, end)]
    assert may_call_at(time(*moment), *hours) is may


def test_numbers_at_work_are_left_out_where_asked():
    assert numbers_to_call("1", "", "3", never_at_work=False) == (("携帯", "1"), ("勤め先", "3"))
    assert numbers_to_call("1", "", "3", never_at_work=True) == (("携帯", "1"),)


def test_names_are_the_same_without_spaces_and_never_when_empty():
    assert is_same_name("山田 太郎", "山田\u3000太郎")
    assert not is_same_name("山田 太郎", "山田 次郎")
    assert not is_same_name("", " ")


@pytest.fixture
def child(scope, right):
    """Give the child four guardians in the order 3, 2, 1, 4."""
    GuardianRight.objects.filter(student_id=right.student_id).delete()
    for name, order, rules in (
        ("丙", 3, {"call_from": time(12)}),
        ("乙", 2, {"never_at_work": True}),
        ("甲", 1, {}),
        ("丁", 4, {"may_be_called": False}),
    ):
        person = Guardian.objects.create(
            family_name=name, given_name="", family_kana="あ", given_kana="",
            phone=f"090-0000-000{order}", phone_work=f"0190-00-000{order}",
        )  # fmt: skip
        GuardianRight.objects.create(
            guardian=person, student_id=right.student_id, relationship="親", call_order=order,
            starts_on=right.starts_on, **rules,
        )  # fmt: skip
    return right.student_id


def said(lines):
    return [(line.name, [number for _, number in line.numbers]) for line in lines]


def test_order_hours_and_work(scope, child, django_assert_num_queries):
    with django_assert_num_queries(1):
        lines = call_list(child, scope.now(7, 50))
    assert said(lines) == [
        ("甲", ["090-0000-0001", "0190-00-0001"]),
        ("乙", ["090-0000-0002"]),
    ]
    assert [line.name for line in call_list(child, scope.now(12, 0))] == ["甲", "乙", "丙"]


def test_excluded_is_never_called_and_numbers_of_a_protected_child_are_kept(scope, child, protect):
    first = GuardianRight.objects.get(student_id=child, call_order=1)
    protect(child, guardian_id=first.guardian_id)
    lines = call_list(child, scope.now(7, 50))
    assert [(line.name, line.numbers, line.is_masked) for line in lines] == [("乙", (), True)]
    first.refresh_from_db()
    assert first.ends_on is not None
