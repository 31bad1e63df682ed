"""The bench's own arithmetic: what it judges, what it prints, what it reads back."""

from datetime import date

import pytest

from bench.ruler import figures
from bench.ruler.page import Section, page


@pytest.mark.parametrize(
    ("value", "goal", "verdict"),
    [
        (12, "≤ 12", "達成"),
        (13, "≤ 12", "未達"),
        (99.9, "≥ 100", "未達"),
        (100, "≥ 100", "達成"),
        (200, "< 200", "未達"),
        (0, "= 0", "達成"),
        (1, "= 0", "未達"),
    ],
)
def test_a_figure_is_judged_by_its_goal(value, goal, verdict):
    assert figures.judged("何か", value, "件", goal).verdict == verdict


def test_the_line_says_figure_goal_and_verdict():
    figure = figures.judged("学級の出欠ページ 35名", 9, "クエリ", "≤ 12")
    assert figure.line() == "学級の出欠ページ 35名: 9 クエリ(目標 ≤ 12) 達成"


@pytest.mark.parametrize(
    "figure",
    [
        figures.judged("受付", 131.25, "件/秒", "≥ 100", besides="5回の幅 98–140 件/秒"),
        figures.judged("待ち p95", 1234.5, "ms", "< 200"),
        figures.told("照合", "21.3 ms"),
    ],
)
def test_what_is_printed_is_read_back(figure):
    assert figures.read(figure.line()) == figure


def test_a_space_before_the_goal_is_no_part_of_the_figure():
    found = figures.read("年間の集計 22,000名 × 200日: 3.1 s (目標 < 5 s) 達成")
    assert found == figures.Figure("年間の集計 22,000名 × 200日", "3.1 s", "< 5 s", "達成")


@pytest.mark.parametrize("line", ["", "== bench/class_page.py", "2コアを分けて使います。", "a: b"])
def test_other_lines_are_no_figures(line):
    assert figures.read(line) is None


def test_middle_and_percentiles():
    assert figures.median([3, 1, 2]) == 2
    assert figures.median([4, 1, 2, 3]) == 2.5
    assert figures.percentile(range(101), 95) == 95
    assert figures.percentile([7], 95) == 7
    with pytest.raises(ValueError, match="no values"):
        figures.median([])


def test_page_lists_goals_and_the_rest_apart():
    section = Section("class_page", "The page of a class", date(2026, 11, 22))
    section.figures = [
        figures.judged("学級のページ", 9, "クエリ", "≤ 12"),
        figures.judged("受付", 80, "件/秒", "≥ 100"),
        figures.told("照合", "21 ms"),
    ]
    text = page([section], {"コア": "2"})
    assert "| 学級のページ | ≤ 12 | 9 クエリ | 達成 |" in text
    assert "| 受付 | ≥ 100 件/秒 | 80 件/秒 | 未達 |" in text
    assert "| 照合 | 21 ms |" in text
    assert "目標 2 件のうち 1 件を達成" in text
    assert "- `bench/class_page.py`(2026年11月22日): The page of a class" in text


def test_a_section_is_kept_for_the_page_of_a_later_run(tmp_path):
    section = Section("class_page", "The page of a class", date(2026, 11, 22))
    section.figures = [
        figures.judged("学級のページ", 9, "クエリ", "≤ 12"),
        figures.told("照合", "21 ms"),
    ]
    section.keep(tmp_path / "kept")
    assert Section.kept(tmp_path / "kept" / "class_page.json") == section
