"""What stops a row against the roster, what a person must choose, and that nothing changed."""

from datetime import date, timedelta

import pytest

from manabiya.apps.imports.reading.limits import Limits
from manabiya.apps.imports.tests.conftest import Importer, said, text_of, wide_rows
from manabiya.apps.imports.views import steps
from manabiya.roster.models import Enrollment, GuardianRight, Student
from tests.matrix.test_roles_and_routes import snapshot

OURS = ("imports_", "identity_", "shared_cache")


@pytest.fixture
def rows(scope):
    return wide_rows(scope, homeroom="4年1組")


@pytest.fixture
def untouched(scope):
    """Check that the roster is, in the end, what it was."""
    before = {key: value for key, value in snapshot().items() if not key[1].startswith(OURS)}
    yield
    after = {key: value for key, value in snapshot().items() if not key[1].startswith(OURS)}
    assert after == before


def stops(board, run):
    return [
        (line["line"], line["column"], line["value"], line["reason"], line["mend"])
        for line in board.lines(run, "problems")
        if line["level"] == "stop"
    ]


def choices(board, run):
    return [line for line in board.lines(run, "problems") if line["level"] == "choice"]


def test_the_same_child_twice_is_taken_once(board, rows, untouched):
    run = board.try_files(("a.csv", text_of([*rows, rows[0]])))
    assert stops(board, run) == [
        (len(rows) + 2, "宛名番号", rows[0]["宛名番号"], "2行と同じ児童生徒です", "どちらか一方を消す"),
    ]  # fmt: skip
    assert run.counts["tabs"]["changed"] == 0


def test_one_child_in_two_classes_is_stopped_in_both_rows(board, rows, untouched):
    run = board.try_files(("a.csv", text_of([*rows, {**rows[0], "組": "2"}])))
    line, number = len(rows) + 2, rows[0]["宛名番号"]
    assert stops(board, run) == [
        (2, "宛名番号", number, f"{line}行と同じ児童生徒が2つの学級に入っています", "どちらか一方を消す"),
        (line, "宛名番号", number, "2行と同じ児童生徒が2つの学級に入っています", "どちらか一方を消す"),
    ]  # fmt: skip


def test_one_child_in_two_classes_of_an_enrollment_file(board, rows, untouched):
    headings = ("宛名番号", "学校コード", "学年", "組", "番号")
    seats = [{h: row[h] for h in headings} for row in rows]
    run = board.try_files(("在籍.csv", text_of([*seats, {**seats[0], "組": "4年2組"}])))
    assert [stop[3] for stop in stops(board, run)] == [
        f"{len(rows) + 2}行と同じ児童生徒が2つの学級に入っています",
        "2行と同じ児童生徒が2つの学級に入っています",
    ]


def test_birth_date_that_does_not_fit_the_grade_asks_a_person(board, rows, scope):
    new = {**rows[0], "宛名番号": "0199980091111", "氏名": "白樺 新", "フリガナ": "しらかば あらた",
           "番号": "40", "生年月日": "H20.5.1", "保護者1氏名": "", "保護者2氏名": ""}  # fmt: skip
    run = board.try_files(("a.csv", text_of([*rows, new])))
    [choice] = choices(board, run)
    assert (
        choice["reason"]
        == "生年月日と学年が合いません(小4とあります。小中学校の年齢ではありません)"
    )
    assert run.counts["left_out"] == 1
    skipped = board.apply(run)
    assert skipped.state == "ready" or skipped.counts["tabs"]["added"] == 0
    assert not Student.objects.filter(reference="0199980091111").exists()
    run = board.try_files(("a.csv", text_of([*rows, new])))
    run = board.decide(run, **{choice["key"]: "right"})
    assert run.counts["tabs"]["added"] == 1
    board.apply(run)
    assert Student.objects.get(reference="0199980091111").birth_date == date(2008, 5, 1)


@pytest.mark.parametrize(
    ("school", "reason", "mend"),
    [
        ("B101210000912", "検査数字が合いません(末尾は {digit})", "コードを確かめる"),
        ("B108254200026", "この学校コードの学校は名簿にありません", "学校のファイルも一緒に取り込む"),
        ("みどりの丘小学校", "この名前の学校は名簿にありません",
         "学校コードで書くか、学校のファイルも一緒に取り込む"),
    ],
)  # fmt: skip
def test_unknown_school(board, rows, untouched, school, reason, mend):
    from manabiya.law.school_code import check_digit

    rows[0]["学校コード"] = school
    run = board.try_files(("a.csv", text_of(rows)))
    digit = check_digit(school[:12]) if school.startswith("B") else ""
    assert stops(board, run) == [(2, "学校コード", school, reason.format(digit=digit), mend)]


def test_another_year_than_the_day_is_stopped(board, rows, untouched):
    run = board.try_files(("a.csv", text_of([{**r, "年度": "令和7年度"} for r in rows[:1]])))
    assert [stop[3] for stop in stops(board, run)] == [
        "反映する日(2026年11月20日)の年度(2026年度)と違います"
    ]


def test_grade_the_school_does_not_have(board, rows, untouched):
    rows[0]["学年"] = "7"
    run = board.try_files(("a.csv", text_of(rows)))
    assert [stop[3] for stop in stops(board, run)] == ["緑が丘小学校に7年はありません"]


def test_number_of_another_person_is_stopped(board, rows, untouched):
    rows[0] |= {"氏名": "雪森 湊", "フリガナ": "ゆきもり みなと", "生年月日": "2017-03-30"}
    run = board.try_files(("a.csv", text_of(rows)))
    assert stops(board, run) == [
        (2, "宛名番号", rows[0]["宛名番号"], "名簿の同じ番号の児童生徒と、氏名も生年月日も違います",
         "番号を確かめる"),
    ]  # fmt: skip


def test_lost_leading_zeros_are_given_back(board, rows):
    for row in rows:
        row["宛名番号"] = row["宛名番号"].lstrip("0")
    run = board.try_files(("a.csv", text_of(rows)))
    assert run.counts["nouns"]["student"]["same"] == len(rows)
    note = board.lines(run, "problems")[0]
    assert note["reason"] == "先頭の0が落ちているようです"
    assert note["mend"] == f"0{rows[0]['宛名番号']} として取り込みます"


def test_a_list_without_numbers_finds_children_by_seat_and_birth_date(board, rows):
    for row in rows:
        del row["宛名番号"]
    rows[0]["フリガナ"] = "ちがう よみ"
    run = board.try_files(("a.csv", text_of(rows)))
    assert run.counts["nouns"]["student"]["same"] == len(rows) - 1
    [line] = board.lines(run, "changed")
    assert line["who"] == rows[0]["氏名"]


def test_a_name_alone_never_decides(board, rows, scope):
    """A new seat: same name and birth date, no number. A person says whether it is the child."""
    row = dict(rows[0])
    number = row.pop("宛名番号")
    row |= {"組": "2", "番号": "39"}
    run = board.try_files(("a.csv", text_of([row])))
    [choice] = choices(board, run)
    assert choice["reason"] == "名簿に、同じ日に生まれたよく似た名前の児童生徒がいます"
    child = Student.objects.get(reference=number)
    assert choice["options"][0][0] == str(child.id)
    assert run.counts["tabs"]["changed"] == run.counts["tabs"]["added"] == 0
    page = board.page(run)
    assert "新しい児童生徒として加える" in page
    run = board.apply(board.decide(run, **{choice["key"]: str(child.id)}))
    assert run.state == "applied"
    seat = Enrollment.objects.get(student=child, ends_on=None)
    assert (seat.homeroom.name, seat.roll_number) == ("4年2組", 39)
    assert Student.objects.filter(family_name=child.family_name, given_name=child.given_name,
                                  birth_date=child.birth_date).count() == 1  # fmt: skip


def test_a_child_with_another_name_and_birth_date_is_simply_new(board, rows, scope):
    row = {**rows[0], "氏名": "雪森 湊", "フリガナ": "ゆきもり みなと", "生年月日": "2016-12-24",
           "番号": "39", "保護者1氏名": "", "保護者2氏名": ""}  # fmt: skip
    del row["宛名番号"]
    Student.objects.filter(birth_date=date(2016, 12, 24)).update(birth_date=date(2016, 12, 25))
    run = board.apply(board.try_files(("a.csv", text_of([row]))))
    child = Student.objects.get(family_name="雪森", given_name="湊")
    assert child.reference.startswith("KARI-")
    again = board.try_files(("a.csv", text_of([row])))
    assert again.counts["nouns"]["student"]["same"] == 1
    assert run.state == "applied"


def test_provisional_number_gives_way_to_the_real_one(board, rows, scope):
    child = Student.objects.get(reference=rows[0]["宛名番号"])
    Student.objects.filter(pk=child.pk).update(reference="KARI-0123456789")
    run = board.apply(board.try_files(("a.csv", text_of(rows))))
    assert run.state == "applied"
    child.refresh_from_db()
    assert child.reference == rows[0]["宛名番号"]


def test_a_name_in_one_column_without_a_space(board, rows, untouched):
    for row in rows:
        row["氏名"] = row["氏名"].replace(" ", "")
    known = len(rows)
    new = {**rows[0], "宛名番号": "0199980091112", "氏名": "白樺新", "番号": "40"}
    run = board.try_files(("a.csv", text_of([*rows, new])))
    assert run.counts["nouns"]["student"]["same"] == known
    assert [stop[2:] for stop in stops(board, run)] == [
        ("白樺新", "どこまでが姓か分かりません", "姓と名の間に空白を入れる"),
    ]


def test_a_later_enrollment_is_not_crossed(board, rows, scope):
    child = Student.objects.get(reference=rows[0]["宛名番号"])
    seat = Enrollment.objects.get(student=child)
    later = scope.today + timedelta(days=10)
    Enrollment.objects.filter(pk=seat.pk).update(ends_on=later - timedelta(days=1))
    Enrollment.objects.create(
        student=child, school=seat.school, homeroom=seat.homeroom, grade_level=4, roll_number=1,
        starts_on=later,
    )  # fmt: skip
    rows[0] |= {"組": "2", "番号": "39"}
    run = board.try_files(("a.csv", text_of(rows)))
    assert [stop[3] for stop in stops(board, run)] == ["2026年11月30日からの在籍がすでにあります"]


def test_a_new_child_needs_kana_sex_and_a_class(board, rows, untouched):
    new = dict(rows[0]) | {"宛名番号": "0199980091113", "氏名": "白樺 新", "生年月日": "2016-12-24"}
    for gone, reason in (
        ({"フリガナ": ""}, "新しい児童生徒のふりがながありません"),
        ({"性別": ""}, "新しい児童生徒の性別がありません"),
        ({"学年": "", "組": "", "番号": ""}, "新しい児童生徒の学校と学級が書かれていません"),
    ):
        run = board.try_files(("a.csv", text_of([{**new, **gone}])))
        assert [stop[3] for stop in stops(board, run)] == [reason]


def test_two_children_with_one_roll_number_are_taken_with_a_remark(board, rows):
    rows[1]["番号"] = rows[0]["番号"]
    run = board.try_files(("a.csv", text_of(rows)))
    [note] = [n for n in board.lines(run, "problems") if n["column"] == "番号"]
    assert note["reason"] == "2行と、4年1組の同じ出席番号です"


@pytest.mark.parametrize("place", ["board", "school"])
def test_an_upload_that_is_too_big_is_refused_by_its_size_and_never_parsed(
    city, place, monkeypatch
):
    importer = Importer(city) if place == "board" else Importer(city, "principal", "midorigaoka")

    def never(*args, **kwargs):
        raise AssertionError("the upload was parsed")

    monkeypatch.setattr("django.http.request.HttpRequest.parse_file_upload", never)
    importer.client.handler.enforce_csrf_checks = True
    monkeypatch.setattr(steps, "FORM_BYTES", 0)
    monkeypatch.setattr(steps, "LIMITS", Limits(upload_bytes=1 << 20))
    answer = importer.upload(("名簿.csv", bytes(3 << 20)))
    assert answer.status_code == 413
    assert said(answer)[0] == (
        "ファイルが大きすぎます(3MB)。1つ30MB、あわせて60MBまでです。"
        "名簿の表だけのファイルか確かめ、大きいときは学校ごとに分けてください。何も変えていません。"
    )


def test_no_file_and_an_unreadable_file_are_answered_on_the_page(board, untouched):
    answer = board.upload()
    assert answer.status_code == 422
    assert said(answer)[0] == "ファイルが選ばれていません。CSV か xlsx を選んでください。"
    answer = board.upload(("名簿.csv", b"PK\x03\x04 half"))
    assert answer.status_code == 422
    assert said(answer)[0] == (
        "「名簿.csv」: ファイルが壊れていて開けません。途中で切れているようです。"
        "もとのファイルをもう一度保存し直してください。何も変えていません。"
    )


def test_upload_without_the_token_is_refused(city):
    client = city.client("board_officer")
    client.handler.enforce_csrf_checks = True
    answer = client.post("/m/shirakabano/board/imports/", {"text": "x"})
    assert answer.status_code == 403


def test_good_rows_are_applied_without_the_bad_ones(board, rows, scope):
    rows[0] |= {"番号": "77"}
    rows[1] |= {"番号": "78", "生年月日": "2月30日"}
    run = board.try_files(("a.csv", text_of(rows)))
    assert "問題の1行を除いて反映する" in board.page(run)
    run = board.apply(run)
    assert run.state == "applied"
    numbers = {
        seat.student.reference: seat.roll_number
        for seat in Enrollment.objects.filter(homeroom__name="4年1組").select_related("student")
    }
    assert numbers[rows[0]["宛名番号"]] == 77
    assert numbers[rows[1]["宛名番号"]] != 78


def test_report_holds_every_problem_and_change(board, rows):
    import io

    import python_calamine

    rows[0] |= {"番号": "77"}
    rows[1] |= {"生年月日": "2月30日"}
    run = board.try_files(("a.csv", text_of(rows)))
    answer = board.client.get(f"{board.address(run)}result/")
    book = python_calamine.load_workbook(io.BytesIO(answer.content))
    assert book.sheet_names == ["問題", "加える", "変える", "転校", "名簿にだけいる"]
    problem = book.get_sheet_by_name("問題").to_python()[1]
    assert problem[0] == "止め"
    assert problem[3:6] == ["生年月日", "2月30日", "日付として読めません"]
    change = book.get_sheet_by_name("変える").to_python()[1]
    assert change[-3:] == ["出席番号", "1", "77"]


def test_rights_never_begin_twice(board, rows, scope):
    before = GuardianRight.objects.count()
    run = board.try_files(("a.csv", text_of(rows)))
    assert run.counts["nouns"]["guardian"]["same"] == run.counts["nouns"]["guardian"]["rows"]
    assert GuardianRight.objects.count() == before
