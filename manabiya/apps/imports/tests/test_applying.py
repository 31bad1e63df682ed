"""Writing in bulk: what ``save`` would have verified is verified here too."""

import pytest

from manabiya.apps.imports.applying import write
from manabiya.apps.imports.planning.plan import Writes
from manabiya.apps.imports.progress import APPLYING, Progress
from manabiya.apps.imports.tests.conftest import text_of
from manabiya.law.school_code import check_digit
from manabiya.roster.models import School

FIRST = "B10121000077"
RIGHT = f"{FIRST}{check_digit(FIRST)}"
WRONG = f"{FIRST}{(check_digit(FIRST) + 1) % 10}"


@pytest.mark.parametrize("code", [WRONG, RIGHT[:-1], "Z101210000779", ""])
def test_no_school_with_a_wrong_code_is_written_in_bulk(scope, code):
    school = School(code=code, slug="yukihara", name="雪原小学校", kind="elementary_school")
    with pytest.raises(ValueError, match=r"."):
        write(Writes(schools=[school]), Progress(APPLYING))
    assert not School.objects.filter(slug="yukihara").exists()


def test_a_school_with_a_right_code_is_written_in_bulk(scope):
    school = School(code=RIGHT, slug="yukihara", name="雪原小学校", kind="elementary_school")
    assert write(Writes(schools=[school]), Progress(APPLYING)) == 1
    assert School.objects.get(slug="yukihara").code == RIGHT


def test_a_wrong_check_digit_in_a_file_is_said_with_the_right_one(board, scope):
    run = board.try_files(("学校.csv", text_of([{"学校コード": WRONG, "学校名": "雪原小学校"}])))
    [stop] = [line for line in board.lines(run, "problems") if line["level"] == "stop"]
    assert stop["reason"] == f"検査数字が合いません(末尾は {check_digit(FIRST)})"
    assert run.counts["tabs"]["added"] == 0
    board.apply(run)
    assert not School.objects.filter(code=WRONG).exists()
