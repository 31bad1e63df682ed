"""The document: the nineteen printed rows in PDF and Markdown, chapters, goals, actions."""

import re
import unicodedata
from dataclasses import replace

import pypdfium2
import pytest

from manabiya.apps.checklist.queries.figures import plan_rows, shipped_set
from manabiya.apps.dx_plan.papers import plan_pdf
from manabiya.apps.dx_plan.queries import draft_document
from manabiya.apps.dx_plan.writing import markdown
from manabiya.kernel.tenancy.models import Municipality

STANDING = "第1版の案"


def plain(text):
    """Return text as one line: a paper breaks its lines where it likes."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))


def pages_of(pdf):
    return [page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(pdf)]


@pytest.fixture
def told(desk):
    return draft_document(desk.actor(), desk.told())


def test_the_markdown_holds_the_nineteen_rows_as_printed(told):
    text = markdown(told, standing=STANDING)
    rows = plan_rows(shipped_set("r5"))
    assert len(rows) == 19
    part = text.split("### 参考 旭川市校務DX計画の表")[1].split("## 3 ")[0]
    lines = [line for line in part.splitlines() if re.search(r"\| \d+\.\d \| \d+\.\d \|$", line)]
    expected = [
        f"| {row.question}{' ※' if row.definition_doubtful == 'true' else ''}"
        f" | {row.city_percent} | {row.national_percent} |"
        for row in rows
    ]
    assert lines == expected
    assert "**80%以上(7項目)**" in part
    assert "**50%未満(12項目)**" in part


def test_the_paper_holds_the_nineteen_rows_as_printed(told, desk):
    text = plain("".join(pages_of(plan_pdf(told, standing=STANDING, made_at=desk.now))))
    start = text.index(plain("参考 旭川市校務DX計画の表"))
    part = text[start : text.index("3今後の計画")]
    place = 0
    for row in plan_rows(shipped_set("r5")):
        mark = "※" if row.definition_doubtful == "true" else ""
        printed = plain(row.question + mark + row.city_percent + row.national_percent)
        assert printed in part[place:], row.no
        place = part.index(printed, place)


def test_the_paper_is_upright_with_its_fonts_and_chapters(told, desk):
    content = plan_pdf(told, standing=STANDING, made_at=desk.now)
    first = pypdfium2.PdfDocument(content)[0]
    assert [round(side) for side in first.get_size()] == [595, 842]
    assert b"/FontFile" in content
    text = plain("".join(pages_of(content)))
    places = [
        text.index(words)
        for words in ("1はじめに", "2現状", "3今後の計画", "(1)目標", "(2)施策", "4おわりに")
    ]
    assert places == sorted(places)
    assert plain("学校と教育委員会のやりとりからFAXをなくす") in text


def test_another_city_s_table_says_whose_it_is(told):
    own, printed = told.tables
    assert own.title == "令和6年度 校務DXチェックリスト"
    assert own.city_name == "白樺野市"
    assert printed.notes[0] == "参考です。「本市」は旭川市です。この自治体の割合ではありません。"


def test_figure_1_stands_in_paper_and_text_with_whose_it_is(told, desk):
    assert told.figure.bars == (("小学校", "64.0"), ("中学校", "60.0"))
    text = markdown(told, standing=STANDING)
    part = text.split("### 参考 図1")[1].split("## 3 ")[0]
    assert "| 小学校 | 64.0 |\n| 中学校 | 60.0 |" in part
    assert "旭川市の学校の割合です" in part
    paper = plain("".join(pages_of(plan_pdf(told, standing=STANDING, made_at=desk.now))))
    assert plain("小学校64.0中学校60.0") in paper
    assert plain("令和6年度全国学力・学習状況調査") in paper
    assert paper.index("64.0中") < paper.index("3今後の計画")


def test_a_plan_without_the_printed_table_has_no_figure(desk, draft):
    document = draft_document(desk.actor(), draft)
    assert document.figure is None
    assert len(document.tables) == 1
    assert "図1" not in markdown(document, standing=STANDING)


def test_the_city_of_the_plan_has_it_as_its_own(desk):
    plan = desk.told()
    Municipality.objects.filter(pk=plan.municipality_id).update(code="012041")
    printed = draft_document(desk.actor(), plan).tables[1]
    assert printed.title == "令和5年度 校務DX化チェックリスト"
    assert not printed.notes[0].startswith("参考")
    assert draft_document(desk.actor(), plan).figure.title.startswith("図1")


def test_goals_stand_in_the_markdown_by_year_up_and_down_apart(told):
    text = markdown(told, standing=STANDING)
    up, down = text.split("**割合を上げる項目**")[1].split("**割合を下げる項目**")
    assert "| 項目 | 基準 令和6年度(%) | 令和7年度 | 令和8年度 | 令和9年度 | 令和10年度 |" in up
    assert "宿題（長期休暇中）をクラウドサービス" in up
    assert "業務に FAXを使用していますか。(ある・していると回答した割合)" in down
    fax = next(goal for goal in told.goals if goal.item == "no_fax")
    assert fax.falls
    assert fax.goals[-1] == "0.0"


def test_words_with_marks_of_the_formats_stay_words(desk, draft):
    desk.action(draft)
    document = draft_document(desk.actor(), draft)
    odd = replace(document, introduction="#set text(red) *太* [x]\n\n二つめ | 三つめ")
    text = plain("".join(pages_of(plan_pdf(odd, standing=STANDING, made_at=desk.now))))
    assert plain("#set text(red) *太* [x]") in text
