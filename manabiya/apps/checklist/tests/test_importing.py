"""Files of a board: taken whole or not at all, and every problem names its row."""

import pytest

from manabiya.apps.checklist import queries, services
from manabiya.apps.checklist.models import ChecklistSet, CountedFigure, PublishedFigure
from manabiya.kernel.exchange import Column, Table, to_xlsx

SET_HEAD = "番号,項目,質問,答え方,回答者,配点,文が今の形になった年度"
FIGURE_HEAD = "番号,範囲,完全,半分以上,半分未満,全くしていない,ある・している,ない・していない,学校数,割合,定義,速報・確報,出典"


def csv_of(*lines):
    return "\n".join(lines).encode()


def take_set(desk, *lines, content=None, name="r8.csv", **changes):
    given = {
        "school_year": 2026,
        "title": "令和8年度 校務DXチェックリスト",
        "source": "国の調査票",
        "missing": "",
    }
    return services.import_set(
        actor=desk.actor("board_officer"),
        file_name=name,
        content=content or csv_of(SET_HEAD, *lines),
        now=desk.now,
        **given | changes,
    )


def take_figures(desk, *lines):
    return services.import_figures(
        actor=desk.actor("board_officer"),
        file_name="割合.csv",
        content=csv_of(FIGURE_HEAD, *lines),
        set_id=desk.round().question_set_id,
        now=desk.now,
    )


def problems(refusal):
    return refusal.value.problems


def test_the_ministry_s_next_list_is_taken(desk):
    row = take_set(
        desk,
        "1,no_fax,業務でFAXを使いますか。,ある・ない(ないが良い),学校,2,2023",
        "2,,端末の更新は済みましたか。,はい・いいえ,教育委員会,,",
    )
    fax, devices = row.questions().questions
    assert (row.key, row.version, row.questions().is_complete) == ("r8", 1, True)
    assert (fax.key, fax.wording_since, str(fax.weight)) == ("no_fax", 2023, "2")
    assert (devices.key, devices.respondent, devices.wording_since) == ("q2", "board", 2026)
    assert [q.answer_type.value for q in (fax, devices)] == ["inverted_binary", "binary"]


def test_the_same_list_as_a_spreadsheet(desk):
    columns = [Column(heading) for heading in SET_HEAD.split(",")]
    line = ("3", "no_fax", "FAXを使いますか。", "ある・ない(ないが良い)", "学校", "1", "2026")
    row = take_set(desk, content=to_xlsx(Table("設問", columns, [line])), name="r8.xlsx")
    assert [q.number for q in row.questions().questions] == [3]


def test_everything_wrong_with_a_list_is_named_at_once(desk):
    with pytest.raises(services.ImportRefused) as refusal:
        take_set(
            desk,
            "1,,よい質問ですか。,段階,学校,1,",
            "x,,だめな番号ですか。,気分,保護者,1,昭和",
            "3,,,段階,,1,",
        )
    known = "段階、はい・いいえ、ある・ない(ないが良い)、教職員の割合、効果、課題、わからない"
    assert problems(refusal) == [
        "r8.csv 3行目: 番号「x」は数ではありません。",
        f"r8.csv 3行目: 答え方「気分」がわかりません。使えるもの: {known}",
        "r8.csv 3行目: 回答者「保護者」は、学校でも教育委員会でもありません。",
        "r8.csv 3行目: 年度「昭和」は西暦の数ではありません。",
        "r8.csv 4行目: 質問も見出しもありません。",
    ]
    assert ChecklistSet.objects.count() == 1


@pytest.mark.parametrize(
    ("lines", "words"),
    [
        (["1,,あ,段階,,,", "1,,い,段階,,,"], "質問1が二度あります"),
        (["1,,あ,段階,,たくさん,"], "質問1 配点: 「たくさん」は数ではありません"),
    ],
)
def test_a_list_that_contradicts_itself_is_refused(desk, lines, words):
    with pytest.raises(services.ChecklistRefused, match=words):
        take_set(desk, *lines)


def test_a_list_without_its_source_or_a_year_twice_is_refused(desk):
    line = "1,,あ,段階,,,"
    with pytest.raises(services.ChecklistRefused, match="出典がありません"):
        take_set(desk, line, source=" ")
    take_set(desk, line)
    with pytest.raises(services.ImportRefused) as refusal:
        take_set(desk, line)
    assert "もう入っています" in problems(refusal)[0]


def test_a_file_that_is_none_is_refused(desk):
    for content, words in (
        (b"%PDF-1.7", "PDF のファイルです"),
        (csv_of("番号,名前,学年", "1,二,三"), "「質問」の列がありません"),
    ):
        with pytest.raises(services.ImportRefused) as refusal:
            take_set(desk, content=content)
        assert words in problems(refusal)[0]


def test_counts_and_published_figures_are_taken(desk):
    count = take_figures(
        desk,
        "9,本市,10,17,20,30,,,77,35.1,,,令和5年度の集計",
        "19,本市,,,,,76,1,77,,,,令和5年度の集計",
        "9,都道府県,,,,,,,,50.5,半分以上,速報,北の道の公表",
    )
    assert count == 3
    assert CountedFigure.objects.get(item="no_fax").counts == {"yes": 76, "no": 1}
    printed = PublishedFigure.objects.get(area="prefecture")
    assert (str(printed.percent), printed.status) == ("50.5", "preliminary")
    page = queries.city_page(desk.actor("board_officer"), school_year=2023, today=desk.now.date())
    shown = {line.question.key: str(line.percent) for line in page.lines}
    assert shown == {"absence_contact": "35.1", "no_fax": "1.3"}


def test_prefecture_stands_beside_city_and_nation(desk):
    take_figures(
        desk,
        "9,本市,10,17,20,30,,,77,35.1,,,令和5年度の集計",
        "9,都道府県,,,,,,,,50.5,半分以上,速報,北の道の公表",
    )
    page = queries.city_page(desk.actor("board_officer"), school_year=2023, today=desk.now.date())
    line = next(line for line in page.lines if line.question.key == "absence_contact")
    assert [str(one.percent) for one in (line, line.prefecture, line.nation)] == [
        "35.1", "50.5", "65.2",
    ]  # fmt: skip
    rows = queries.item_page(
        desk.actor("board_officer"), item="absence_contact", school_year=2023, today=desk.now.date()
    ).years
    assert [row.area for row in rows] == ["本市", "都道府県", "全国"]
    assert [str(cell.percent) for row in rows for cell in row.known if cell.year == 2023] == [
        "35.1", "50.5", "65.2",
    ]  # fmt: skip
    client = desk.city.client("board_officer")
    for path in ("checklist/?year=2023", "checklist/items/absence_contact/?year=2023"):
        assert "50.5" in client.get(f"/m/shirakabano/board/{path}").content.decode(), path
    own = "/m/shirakabano/school/midorigaoka/checklist/items/absence_contact/"
    page = desk.city.client("principal", "midorigaoka").get(own).content.decode()
    figures = page.split('<dl class="figures">')[1].split("</dl>")[0]
    assert figures.index("都道府県(令和5年度)") < figures.index("50.5")
    assert figures.index("50.5") < figures.index("全国(令和5年度)") < figures.index("65.2")


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("9,本市,,,,,,,,35.1,,,集計", "割合だけで、学校数も定義もありません"),
        ("9,本市,,,,,,,77,35.1,,,集計", "学校数だけで、選択肢ごとの数がありません"),
        ("9,全国,,,,,,,,65.2,半分以上,,", "出典がありません"),
        ("9,全国,,,,,,,,65.2,,,国", "定義もありません"),
        ("9,本市,10,17,20,30,,,78,,,,集計", "学校数78と、選択肢ごとの数の合計77が合いません"),
        ("9,本市,10,17,20,30,,,,,,,集計", "学校数「」は0以上の数ではありません"),
        (
            "9,本市,,,,,27,50,77,,,,集計",
            "この質問にない選択肢です: ある・している、ない・していない",
        ),
        ("9,本市,10,17,20,30,,,77,36.0,,,集計", "割合36.0が、数えた35.1(半分以上)と合いません"),
        ("9,本市,-1,,,,,,77,,,,集計", "完全「-1」は0以上の数ではありません"),
        ("9,全国,10,17,20,30,,,77,,,,集計", "全国の学校数は入れられません"),
        ("9,村,,,,,,,,1.0,半分以上,,国", "範囲「村」がわかりません"),
        ("9,全国,,,,,,,,120,半分以上,,国", "割合「120」は、0から100の"),
        ("9,全国,,,,,,,,65.25,半分以上,,国", "割合「65.25」は、0から100の、小数第1位まで"),
        ("9,全国,,,,,,,,多い,半分以上,,国", "割合「多い」は数ではありません"),
        ("9,全国,,,,,,,,1.0,半分以上,うわさ,国", "速報でも確報でもありません"),
        ("9,全国,,,,,,,,,半分以上,,国", "選択肢ごとの数も、割合もありません"),
    ],
)
def test_a_bad_row_is_refused_with_its_place_and_nothing_is_kept(desk, line, words):
    before = PublishedFigure.objects.count()
    with pytest.raises(services.ImportRefused) as refusal:
        take_figures(desk, "19,本市,,,,,76,1,77,,,,集計", line)
    assert len(problems(refusal)) == 1
    assert problems(refusal)[0].startswith("割合.csv 3行目 質問9: ")
    assert words in problems(refusal)[0]
    assert not CountedFigure.objects.exists()
    assert PublishedFigure.objects.count() == before


def test_an_unknown_question_and_a_row_twice_are_refused(desk):
    line = "19,本市,,,,,76,1,77,,,,集計"
    with pytest.raises(services.ImportRefused) as refusal:
        take_figures(desk, line, line, "99,本市,,,,,76,1,77,,,,集計")
    assert problems(refusal) == [
        "割合.csv 3行目 質問19: 割合.csv 2行目にもあります。",
        "割合.csv 4行目: 番号「99」の質問がありません。",
    ]


def test_a_year_twice_is_refused(desk):
    line = "19,本市,,,,,76,1,77,,,,集計"
    take_figures(desk, line)
    with pytest.raises(services.ChecklistRefused, match="2023年度の回は、もうあります"):
        take_figures(desk, line)
    nation = "19,都道府県,,,,,,,,3.0,使用していないと回答した割合,,道"
    take_figures(desk, nation)
    with pytest.raises(services.ImportRefused) as refusal:
        take_figures(desk, nation)
    assert "もう入っています" in problems(refusal)[0]
