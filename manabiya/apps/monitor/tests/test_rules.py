"""When the wall is dark, what has room on it, and codes typed in any width."""

import re
from datetime import UTC, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from manabiya.apps.monitor.rules import ROOM, ROOM_BESIDE_OPEN_CLASSES, bucket, fitted, is_dark
from manabiya.apps.monitor.tokens import grouped, hash_of, new_code, new_token, plain


def at(hour, minute):
    return datetime(2026, 11, 20, hour, minute, tzinfo=UTC)


@pytest.mark.parametrize(
    ("hour", "minute", "dark"),
    [(0, 0, True), (5, 59, True), (6, 0, False), (16, 29, False), (16, 30, True), (23, 59, True)],
)
def test_screen_is_dark_from_the_set_hour_until_morning(hour, minute, dark):
    assert is_dark(at(hour, minute), time(16, 30)) is dark


@pytest.mark.parametrize(
    ("counts", "shown"),
    [
        ([0, 0, 0], [0, 0, 0]),
        ([2, 3, 4], [2, 3, 4]),
        ([2, 3, 8], [2, 3, 8]),
        ([2, 3, 9], [2, 3, 7]),
        ([20, 0, 0], [12, 0, 0]),
        ([20, 5, 40], [8, 1, 1]),
    ],
)
def test_the_more_urgent_list_has_room_first(counts, shown):
    assert fitted(counts, 13) == shown


@given(
    st.lists(st.integers(0, 60), min_size=3, max_size=3),
    st.sampled_from([ROOM, ROOM_BESIDE_OPEN_CLASSES]),
)
def test_lists_never_need_more_room_than_there_is_and_none_vanishes(counts, room):
    shown = fitted(counts, room)
    assert sum(n + (n < count) for n, count in zip(shown, counts, strict=True)) <= room
    assert all(n > 0 for n, count in zip(shown, counts, strict=True) if count)


def test_five_minutes_are_one_bucket():
    assert bucket(at(8, 40)) == bucket(at(8, 44))
    assert bucket(at(8, 40)) != bucket(at(8, 45))
    assert bucket(at(8, 40)) != bucket(at(9, 40))


def test_code_is_eight_digits_and_read_in_any_width():
    assert re.fullmatch(r"\d{8}", new_code())
    assert grouped("12345678") == "1234 5678"
    assert plain("1234　5678") == plain("1234-5678") == "12345678"


def test_secrets_are_long_and_kept_as_hashes_only():
    assert len(new_token()) >= 43
    assert hash_of("a") != hash_of("b")
    assert len(hash_of("a")) == 64
