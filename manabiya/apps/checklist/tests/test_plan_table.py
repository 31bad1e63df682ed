"""The plan's table of section 2: nineteen rows written here by hand, to the decimal."""

import csv
import io
import subprocess
import sys

import pytest
from django.core.management import CommandError, call_command

from manabiya.apps.checklist.plan_table import plan_rows
from manabiya.apps.checklist.shipped import UnknownRound, shipped_keys, shipped_set
from manabiya.law.checklist_items import ITEMS

COLUMNS = [
    "no",
    "question",
    "city_percent",
    "national_percent",
    "kind",
    "inferred_count",
    "inferred_schools",
    "other_fits",
    "polarity",
    "definition",
    "definition_doubtful",
]
PRINTED = [
    # the question, 本市, 全国, inferred schools, what else fits
    ("職員間の情報共有や連絡にクラウドサービスを取り入れていますか。", "80.5", "72.0", "62/77", ""),
    ("校内研修について，オンデマンド視聴を取り入れていますか。", "80.5", "46.1", "62/77", ""),
    (
        "職員会議等の資料をクラウド上で共有しペーパーレス化していますか。",
        "98.7",
        "90.4",
        "76/77",
        "77/78",
    ),
    (
        "保護者への調査・アンケート等をクラウドサービスを用いて実施・集計していますか。",
        "91.0",
        "84.4",
        "71/78",
        "",
    ),
    (
        "教職員への調査・アンケート等をクラウドサービスを用いて実施・集計していますか。",
        "92.3",
        "91.5",
        "72/78",
        "",
    ),
    (
        "学校徴収金について，現金徴収ではなく，口座振替，インターネットバンキング等を活用して徴収金の徴収を"
        "行っていますか。",
        "94.8",
        "82.7",
        "73/77",
        "",
    ),
    (
        "児童生徒への調査・アンケート等をクラウドサービスを用いて実施・集計していますか。",
        "93.6",
        "79.6",
        "73/78",
        "",
    ),
    (
        "長期休暇期間の教職員の動静調査をクラウドサービスを用いて実施・管理していますか。",
        "32.5",
        "29.1",
        "25/77",
        "",
    ),
    (
        "児童生徒の欠席・遅刻・早退連絡について，クラウドサービスを用い，ＰＣ・モバイル端末等から受け付け，"
        "学校内で集計していますか。",
        "35.1",
        "65.2",
        "27/77",
        "",
    ),
    ("授業研究会や校内研修等をハイブリッドで実施していますか。", "15.6", "41.8", "12/77", ""),
    (
        "クラウドサービス等を活用し，定期テストにＣＢＴを取り入れていますか。",
        "7.8",
        "8.6",
        "6/77",
        "",
    ),
    (
        "宿題（長期休暇中）をクラウドサービスやデジタルドリル教材を用いて実施・採点していますか。",
        "19.5",
        "67.5",
        "15/77",
        "",
    ),
    (
        "教職員から学校へ提出する事務手続き資料をクラウドサービスを用い，受け付けていますか。",
        "33.8",
        "41.2",
        "26/77",
        "",
    ),
    ("職員会議等をハイブリッドで実施していますか。", "15.6", "14.6", "12/77", ""),
    (
        "１人１台端末のパスワードについて教職員が把握し，一括で管理するのではなく，児童生徒に管理を任せていますか。",
        "26.0",
        "39.0",
        "20/77",
        "",
    ),
    (
        "「初等中等教育段階における生成AI の利用に関する暫定的なガイドライン」に基づき生成AI を校務で活用していますか。",
        "33.8",
        "23.2",
        "26/77",
        "",
    ),
    (
        "学校から教職員に紙で提出を求めている書類はありますか。（ないと回答した割合）",
        "6.5",
        "4.5",
        "5/77",
        "",
    ),
    (
        "保護者・外部とのやりとりで押印・署名が必要な書類はありますか。（ないと回答した割合）",
        "14.3",
        "12.8",
        "11/77",
        "",
    ),
    (
        "業務に FAXを使用していますか。（使用していないと回答した割合）",
        "1.3",
        "4.1",
        "1/77",
        "1/78",
    ),
]
DOUBTFUL = {"6", "14", "16"}


def table(capsys, *arguments):
    call_command("checklist", "table", "--round", "r5", *arguments)
    return capsys.readouterr().out


def test_the_nineteen_rows_come_out_exactly_as_printed(capsys):
    rows = list(csv.DictReader(io.StringIO(table(capsys, "--format", "csv"))))
    assert [row["no"] for row in rows] == [str(number) for number in range(1, 20)]
    found = [
        (
            row["question"],
            row["city_percent"],
            row["national_percent"],
            f"{row['inferred_count']}/{row['inferred_schools']}",
            row["other_fits"],
        )
        for row in rows
    ]
    assert found == PRINTED


def test_every_row_says_what_its_figures_are(capsys):
    rows = list(csv.DictReader(io.StringIO(table(capsys, "--format", "csv"))))
    assert list(rows[0]) == COLUMNS
    assert {row["kind"] for row in rows} == {"published"}
    assert {row["no"] for row in rows if row["definition_doubtful"] == "true"} == DOUBTFUL
    assert {row["definition_doubtful"] for row in rows} == {"true", "false"}
    assert [row["no"] for row in rows if row["polarity"] == "inverted"] == ["17", "18", "19"]
    assert [row["definition"] for row in rows] == [
        *["as_printed:半分以上"] * 16,
        "as_printed:ないと回答した割合",
        "as_printed:ないと回答した割合",
        "as_printed:使用していないと回答した割合",
    ]


def test_the_table_for_a_person(capsys):
    lines = table(capsys).splitlines()
    assert len(lines) == 20
    assert lines[1].split() == ["80.5", "72.0", PRINTED[0][0]]


def test_the_command_needs_no_database(tmp_path):
    command = [sys.executable, "-m", "manabiya", "checklist", "table", "--round", "r5"]
    done = subprocess.run(
        [*command, "--format", "csv"],
        env={"MANABIYA_DATA_DIR": str(tmp_path), "PATH": "/usr/bin:/bin"},
        capture_output=True,
        check=True,
    )
    assert len(done.stdout.decode().splitlines()) == 20
    assert not (tmp_path / "postgres").exists()


@pytest.mark.parametrize(
    ("key", "words"), [("r9", "ある回: r5、r6、r7"), ("r6", "計画に印刷された表がありません")]
)
def test_a_round_without_a_table_is_refused(key, words):
    with pytest.raises(CommandError, match=words):
        call_command("checklist", "table", "--round", key)


@pytest.mark.parametrize("key", ["r5", "r6", "r7"])
def test_a_shipped_set_is_marked_incomplete_and_every_figure_has_its_source(key):
    questions = shipped_set(key)
    assert key in shipped_keys()
    assert not questions.is_complete
    assert questions.missing
    for question in questions.questions:
        assert all(one.source and one.definition for one in question.published)


def test_only_the_plan_s_questions_have_a_wording():
    for key in shipped_keys():
        worded = [q.key for q in shipped_set(key).questions if q.wording]
        assert worded == (list(ITEMS) if key == "r5" else [])


def test_the_shipped_set_says_what_the_book_of_law_says():
    for row in shipped_set("r5").plan_rows:
        item = ITEMS[row.key]
        nation = row.figure_of("nation")
        assert (row.in_plan, row.label) == (item.no, item.label)
        assert (nation.percent, row.answer_type) == (item.national_percent, item.answer_type)
        assert nation.is_definition_doubtful == item.is_definition_doubtful
        assert row.polarity is item.polarity


def test_an_unknown_round_is_named():
    with pytest.raises(UnknownRound, match="r9"):
        shipped_set("r9")
    assert plan_rows(shipped_set("r7")) == []
