"""Whose photo a file is, by its name."""

import pytest

from manabiya.apps.class_papers.rules import LABEL_SHEETS, number_in_name


@pytest.mark.parametrize(
    ("name", "number"),
    [
        ("05.jpg", 5),
        ("3年1組_05.jpg", 5),
        ("3-1-12.jpeg", 12),
        ("12.JPG", 12),
        ("青木陽翔.jpg", None),
        ("99.jpg", None),
        ("IMG_20261120.jpg", None),
        ("", None),
    ],
)
def test_number_in_a_file_name(name, number):
    assert number_in_name(name, range(1, 36)) == number


@pytest.mark.parametrize("key", LABEL_SHEETS)
def test_labels_fit_on_a4(key):
    sheet = LABEL_SHEETS[key]
    assert sheet.columns * sheet.rows == int(key)
    assert sheet.left + sheet.columns * sheet.width <= 210
    assert sheet.top + sheet.rows * sheet.height <= 297
