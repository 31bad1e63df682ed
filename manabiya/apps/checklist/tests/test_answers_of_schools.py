"""Answers of single schools from a file: whole or not at all, never over a sheet that exists."""

from dataclasses import replace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import Http404

from manabiya.apps.checklist import queries, services
from manabiya.apps.checklist.models import (
    AnswerSheet,
    ChecklistRound,
    CountedFigure,
    FollowUpAnswer,
)
from manabiya.apps.checklist.tests.conftest import OTHER, SCHOOL
from manabiya.kernel.access.policies import Refused
from manabiya.kernel.audit.models import AuditEntry
from manabiya.kernel.exchange import to_xlsx
from manabiya.roster.models import School

SOURCE = "令和5年度の国の調査の回答一覧"
YEAR = 2023


def code(slug=SCHOOL):
    return School.objects.get(slug=slug).code


def take(desk, *lines, role="board_officer", content=None, name="回答.csv", **changes):
    given = {"school_year": YEAR, "source": SOURCE, "set_id": desk.round().question_set_id}
    return services.import_answers(
        actor=desk.actor(role),
        file_name=name,
        content=content or "\n".join(lines).encode(),
        now=desk.now,
        **given | changes,
    )


def problems(desk, *lines, **changes):
    with pytest.raises(services.ImportRefused) as refusal:
        take(desk, *lines, **changes)
    return refusal.value.problems


def answers(school=SCHOOL):
    sheet = AnswerSheet.objects.get(round__school_year=YEAR, school__slug=school)
    return dict(sheet.answers.values_list("item", "value"))


def test_one_school_a_row_becomes_confirmed_sheets_of_a_closed_round(desk):
    taken = take(
        desk,
        "学校コード,学校名,9,問19,1 教職員間の情報共有のクラウド化",
        f"{code()},緑が丘小学校,半分以上,ある,取り入れている",
        f"{code(OTHER)},東川端中学校,全くしていない,ない(使用していない),",
    )
    assert (taken.school_year, taken.source, taken.is_open) == (YEAR, SOURCE, False)
    assert answers() == {
        "absence_contact": "half_or_more",
        "no_fax": "yes",
        "staff_information_sharing": "yes",
    }
    assert answers(OTHER) == {"absence_contact": "not_at_all", "no_fax": "no"}
    sheets = taken.sheets.all()
    assert {sheet.confirmed_by for sheet in sheets} == {desk.actor("board_officer").person_id}
    assert [step.reason for sheet in sheets for step in sheet.steps.all()] == [SOURCE, SOURCE]
    entry = AuditEntry.objects.get(action="checklist.answers:import")
    assert (entry.subject_id, entry.subject_count) == (taken.id, 2)
    page = queries.city_page(desk.actor("board_officer"), school_year=YEAR, today=desk.now.date())
    shown = {ln.question.key: (ln.counted.k, ln.counted.n) for ln in page.lines if ln.counted}
    assert shown == {
        "absence_contact": (1, 2),
        "no_fax": (1, 2),
        "staff_information_sharing": (1, 1),
    }


def test_one_answer_a_row_with_what_was_told_beside_it(desk):
    take(
        desk,
        "学校コード,番号,回答,続きの回答",
        f"{code()},19,はい,民間、給食センター",
        f"{code()},9,完全,",
    )
    assert answers() == {"no_fax": "yes", "absence_contact": "fully"}
    told = FollowUpAnswer.objects.filter(sheet__round__school_year=YEAR)
    assert set(told.values_list("item", "value")) == {
        ("no_fax", "民間"),
        ("no_fax", "給食センター"),
    }


def test_the_pattern_filled_in_is_taken(desk):
    pattern = queries.answer_pattern(desk.actor("board_officer"), desk.round().question_set_id)
    heads = [column.heading for column in pattern.columns]
    assert heads[:2] == ["学校コード", "学校名"]
    row = next(list(row) for row in pattern.rows if row[0] == code())
    row[heads.index("19 FAXを使っていない")] = "ある"
    row[heads.index("19の続き FAXの相手先")] = "役所"
    take(desk, content=to_xlsx(replace(pattern, rows=[row])), name="回答.xlsx")
    assert answers() == {"no_fax": "yes"}
    assert FollowUpAnswer.objects.get(sheet__round__school_year=YEAR).value == "役所"


def test_every_problem_is_named_with_row_and_column_and_nothing_is_kept(desk):
    mine, other = code(), code(OTHER)
    found = problems(
        desk,
        "学校コード,9,19,19の続き,77",
        f"{mine},たぶん,ない,役所,",
        "B100000000000,完全,ある,,",
        f"{other},完全,ある,親戚,",
        f"{other},完全,,,",
        ",,,,1",
    )
    assert found == [
        "回答.csv 1行目「77」の列: この設問にない質問です。",
        "回答.csv 2行目「9」の列: 「たぶん」は入れられません。"
        "質問9の答え: 完全にしている、一部している(半分以上)、一部している(半分未満)、全くしていない",
        "回答.csv 2行目 質問19の続き: この回答には、続きの質問がありません。",
        "回答.csv 3行目「学校コード」の列: 「B100000000000」の学校がありません。",
        "回答.csv 4行目 質問19の続き: 「親戚」は、民間・他校・教育委員会・役所・給食センターのどれでもありません。",
        "回答.csv 5行目「学校コード」の列: 同じ学校が回答.csv 4行目にもあります。",
        "回答.csv 6行目: 回答が1つもありません。",
        "回答.csv 6行目「学校コード」の列: 「」の学校がありません。",
    ]
    assert not ChecklistRound.objects.filter(school_year=YEAR).exists()


@pytest.mark.parametrize(
    ("lines", "words"),
    [
        (["学校,9", "緑が丘,完全"], "「学校コード」の列がありません"),
        (["学校コード,学校名", "{mine},緑が丘小学校"], "質問の列もありません"),
        (["学校コード,番号,回答", "{mine},99,完全"], "2行目「番号」の列: 「99」の質問がありません"),
        (["学校コード,番号,回答", "{mine},9,"], "2行目「回答」の列: 回答がありません"),
        (
            ["学校コード,番号,回答", "{mine},9,完全", "{mine},9,完全"],
            "3行目「回答」の列: 質問9の回答が、前の行にもあります",
        ),
        (["学校コード,9,問9", "{mine},完全,完全"], "質問9の列が二つあります"),
    ],
)
def test_a_file_of_another_shape_is_refused(desk, lines, words):
    found = problems(desk, *(line.format(mine=code()) for line in lines))
    assert words in found[0]
    assert not ChecklistRound.objects.filter(school_year=YEAR).exists()


def test_a_second_file_adds_schools_and_never_writes_over_one(desk):
    take(desk, "学校コード,9", f"{code()},完全")
    found = problems(desk, "学校コード,9", f"{code(OTHER)},完全", f"{code()},全くしていない")
    assert found == ["回答.csv 3行目: 緑が丘小学校の回答は、もう入っています。"]
    assert answers() == {"absence_contact": "fully"}
    assert not AnswerSheet.objects.filter(round__school_year=YEAR, school__slug=OTHER).exists()
    take(desk, "学校コード,9", f"{code(OTHER)},完全")
    assert AnswerSheet.objects.filter(round__school_year=YEAR).count() == 2


def test_years_that_cannot_take_a_file(desk):
    line = ("学校コード,9", f"{code()},完全")
    for year, words in (
        (2026, "この製品で答える回があります"),
        (2025, "この製品で答える回があります"),
        (2027, "これからの年度"),
    ):
        with pytest.raises(services.ChecklistRefused, match=words):
            take(desk, *line, school_year=year)
    with pytest.raises(services.ChecklistRefused, match="出典がありません"):
        take(desk, *line, source=" ")
    counts = {"yes": 1}
    CountedFigure.objects.create(
        school_year=YEAR, item="no_fax", counts=counts, schools=1, source="市"
    )
    with pytest.raises(services.ChecklistRefused, match="選択肢ごとの学校数が入っています"):
        take(desk, *line)


def test_an_imported_round_stays_with_its_questions_and_is_not_reopened(desk):
    taken = take(desk, "学校コード,9", f"{code()},完全")
    other = services.install_set(actor=desk.actor("board_officer"), key="r6", now=desk.now)
    with pytest.raises(services.ChecklistRefused, match="ほかの設問の版"):
        take(desk, "学校コード,9", f"{code(OTHER)},完全", set_id=other.id)
    with pytest.raises(services.ChecklistRefused, match="締めました"):
        services.reopen_sheet(
            actor=desk.actor("board_officer"),
            sheet_id=taken.sheets.get().id,
            reason="ちがう",
            now=desk.now,
        )


@pytest.mark.parametrize("role", ["principal", "office_staff", "homeroom_teacher"])
def test_nobody_of_a_school_brings_answers(desk, role):
    with pytest.raises(Refused):
        take(desk, "学校コード,9", f"{code()},完全", role=role)
    assert not ChecklistRound.objects.filter(school_year=YEAR).exists()


def test_schools_and_questions_of_another_municipality_do_not_exist(city, desk):
    with city.tenant("sawanose"):
        theirs = School.objects.get(slug="sawanose").code
        their_set = desk.round().question_set_id
    assert "の学校がありません" in problems(desk, "学校コード,9", f"{theirs},完全")[0]
    with pytest.raises(Http404):
        take(desk, "学校コード,9", f"{code()},完全", set_id=their_set)


def test_the_page_takes_a_file_and_keeps_what_was_typed(city):
    with city.tenant():
        mine = code()
        set_id = ChecklistRound.objects.get(school_year=2026).question_set_id
    address = f"/m/shirakabano/board/checklist/sets/{set_id}/answers/"
    client = city.client("board_officer")
    assert "1行に1校" in client.get(address).content.decode()
    assert client.get(f"{address}pattern/").content.startswith(b"PK")

    def send(text):
        file = SimpleUploadedFile("回答.csv", text.encode())
        return client.post(address, {"answers": file, "school_year": "2023", "source": SOURCE})

    refused = send(f"学校コード,9\n{mine},たぶん\n")
    assert refused.status_code == 422
    assert "回答.csv 2行目「9」の列: 「たぶん」は入れられません" in refused.content.decode()
    assert f'value="{SOURCE}"' in refused.content.decode()
    taken = send(f"学校コード,9\n{mine},完全\n")
    assert taken.status_code == 302
    page = client.get(taken.url).content.decode()
    assert f"出典: {SOURCE}" in page
    assert "緑が丘小学校" in page
    own = city.client("principal", SCHOOL).get(
        "/m/shirakabano/school/midorigaoka/checklist/?year=2023"
    )
    assert "ファイルから取り込み" in own.content.decode()
