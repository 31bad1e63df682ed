"""The whole way: upload, columns, dry run, apply, done."""

from datetime import date, timedelta

from django.db import connection
from django.test.utils import CaptureQueriesContext

from manabiya.apps.imports import jobs
from manabiya.apps.imports.models import ColumnMatch, ImportFile, ImportRun, PlanPage
from manabiya.apps.imports.tests.conftest import said, text_of, wide_rows
from manabiya.kernel.audit.models import AuditEntry
from manabiya.kernel.clock import real_now
from manabiya.kernel.jobs.testing import run_jobs
from manabiya.roster.models import (
    Address,
    Enrollment,
    FormerName,
    Guardian,
    GuardianRight,
    Homeroom,
    School,
    Student,
)


def nothing_to_do(run):
    return all(run.counts["tabs"][tab] == 0 for tab in ("added", "changed", "moved"))


def test_the_same_roster_changes_nothing(board, scope):
    rows = wide_rows(scope) + wide_rows(scope, "higashikawabata")
    run = board.try_files(("名簿.csv", text_of(rows)))
    assert run.state == "ready", run.message
    assert run.counts["nouns"]["student"]["same"] == len(rows)
    assert nothing_to_do(run), [board.lines(run, t)[:3] for t in ("added", "changed", "moved")]
    assert run.counts["tabs"]["missing"] == 0
    assert "変わるものはありません" in board.page(run)


def test_board_adds_changes_and_moves_children_with_their_histories(board, scope):
    rows = wide_rows(scope)
    named, moved, classed = rows[0], rows[40], rows[80]
    new = dict(rows[1]) | {
        "宛名番号": "0199980099999", "氏名": "白樺 新", "フリガナ": "シラカバ アラタ", "番号": "40",
        "保護者1氏名": "白樺 恵", "保護者1電話": "090-9999-0001", "保護者2氏名": "",
    }  # fmt: skip
    old_name = named["氏名"]
    named["氏名"] = f"雪森 {old_name.split(' ')[1]}"
    named["フリガナ"] = f"ゆきもり {named['フリガナ'].split(' ')[1]}"
    other = School.objects.get(slug="higashikawabata")
    moved |= {
        "学校コード": other.code,
        "学年": "1",
        "組": "1",
        "番号": "45",
        "生年月日": "2014-02-01",
    }
    Student.objects.filter(reference=moved["宛名番号"]).update(birth_date=date(2014, 2, 1))
    target = "1年2組" if classed["組"] != "1年2組" else "1年1組"
    run = board.try_files(("児童生徒.csv", text_of([*rows, new])))
    assert run.state == "ready", run.message
    assert [line["who"] for line in board.lines(run, "moved")] == [moved["氏名"]]
    assert [n["who"] for n in board.lines(run, "added")] == ["白樺 新", "白樺 恵"]
    before = Student.objects.count()
    run = board.apply(run)
    assert run.state == "applied", run.message
    assert Student.objects.count() == before + 1
    child = Student.objects.get(reference=named["宛名番号"])
    assert child.name == named["氏名"]
    assert child.kana_search.startswith("ゆきもり")
    former = FormerName.objects.get(student=child)
    assert (former.name, former.ends_on) == (old_name, scope.today - timedelta(days=1))
    spans = Enrollment.objects.filter(student__reference=moved["宛名番号"]).order_by("starts_on")
    assert [(s.school.slug, s.ends_on, s.exit) for s in spans] == [
        ("midorigaoka", scope.today - timedelta(days=1), "transfer_out"),
        ("higashikawabata", None, ""),
    ]
    assert spans[1].entry == "transfer_in"
    right = GuardianRight.objects.get(student__reference="0199980099999")
    assert (right.guardian.name, right.relationship, right.starts_on) == (
        "白樺 恵", "母", scope.today,
    )  # fmt: skip
    assert target
    again = board.try_files(("児童生徒.csv", text_of([*rows, new])))
    assert nothing_to_do(again), board.lines(again, "changed")


def test_applying_is_one_entry_with_count_digest_and_no_names(board, scope):
    rows = wide_rows(scope, homeroom="4年1組")
    rows[0]["番号"] = "77"
    run = board.apply(board.try_files(("a.csv", text_of(rows))))
    entry = AuditEntry.objects.get(action="imports.run:apply")
    assert entry.subject_id == run.id
    assert entry.subject_count == 1
    assert entry.details["digest"] == run.digest
    assert rows[0]["氏名"].split(" ")[1] not in str(entry.details)


def test_files_and_results_are_emptied_once_applied(board, scope):
    rows = wide_rows(scope, homeroom="4年1組")
    rows[0]["番号"] = "77"
    run = board.try_files(("a.csv", text_of(rows)))
    assert PlanPage.objects.filter(run=run).exists()
    run = board.apply(run)
    assert not PlanPage.objects.filter(run=run).exists()
    assert [bytes(f.content) for f in ImportFile.objects.filter(run=run)] == [b""]
    assert "入れたファイルと結果の一覧は消しました" in board.page(run)


def test_class_change_ends_one_enrollment_and_begins_another(board, scope):
    rows = wide_rows(scope, homeroom="4年1組")
    rows[0] |= {"組": "2", "番号": "38"}
    run = board.apply(board.try_files(("a.csv", text_of(rows))))
    assert run.state == "applied"
    spans = Enrollment.objects.filter(student__reference=rows[0]["宛名番号"]).order_by("starts_on")
    assert [(s.homeroom.name, s.ends_on, s.entry, s.exit) for s in spans] == [
        ("4年1組", scope.today - timedelta(days=1), "promotion", "class_change"),
        ("4年2組", None, "class_change", ""),
    ]


def test_new_address_is_a_new_row(board, scope):
    rows = [r | {"住所": "白樺野市緑町9番地"} for r in wide_rows(scope, homeroom="4年1組")]
    run = board.apply(board.try_files(("a.csv", text_of(rows))))
    assert run.state == "applied"
    child = Student.objects.get(reference=rows[0]["宛名番号"])
    Address.objects.filter(student=child).update(starts_on=scope.today - timedelta(days=100))
    rows[0]["住所"] = "白樺野市雪町1丁目2番"
    run = board.try_files(("a.csv", text_of(rows)))
    [line] = board.lines(run, "changed")
    assert line["fields"] == [["住所", "白樺野市緑町9番地", "白樺野市雪町1丁目2番"]]
    board.apply(run)
    assert [(a.text, a.ends_on) for a in Address.objects.filter(student=child).order_by("id")] == [
        ("白樺野市緑町9番地", scope.today - timedelta(days=1)),
        ("白樺野市雪町1丁目2番", None),
    ]


def test_missing_children_are_listed_and_stay(board, scope):
    rows = wide_rows(scope)
    gone = rows.pop(3)
    run = board.try_files(("a.csv", text_of(rows)))
    [line] = board.lines(run, "missing")
    assert line["who"] == gone["氏名"]
    assert nothing_to_do(run)
    assert "だまって消えることはありません" in board.page(run, "missing")


def test_half_a_city_in_the_file_is_pointed_out(board, scope):
    rows = wide_rows(scope)
    run = board.try_files(("a.csv", text_of(rows[: len(rows) // 2])))
    assert "ファイルが途中で切れていないか確かめてください" in board.page(run)


def test_a_match_made_by_hand_is_remembered(board, scope):
    rows = [{**r, "なんばー": r["番号"]} for r in wide_rows(scope, homeroom="4年1組")]
    headings = [h for h in rows[0] if h != "番号"]
    body = text_of(rows, headings)
    run = board.run(board.upload(("a.csv", body)).url)
    place = headings.index("なんばー")
    answer = board.columns(run, **{f"t0c{place}": "roll_number"})
    assert answer.status_code == 302
    assert ColumnMatch.objects.get().fields[place] == "roll_number"
    again = board.run(board.upload(("b.csv", body)).url)
    page = board.client.get(board.address(again)).content.decode()
    assert '<option value="roll_number" selected>' in page


def test_columns_that_are_needed_are_asked_for(board, scope):
    rows = wide_rows(scope, homeroom="4年1組")
    body = text_of(rows, [h for h in rows[0] if h != "生年月日"])
    run = board.run(board.upload(("児童生徒.csv", body)).url)
    answer = board.columns(run)
    assert answer.status_code == 422
    assert said(answer)[0].startswith(
        "「児童生徒.csv」(児童生徒)に、「生年月日」の列がありません。"
    )


def test_one_field_for_two_columns_is_refused(board, scope):
    rows = wide_rows(scope, homeroom="4年1組")
    run = board.run(board.upload(("a.csv", text_of(rows))).url)
    answer = board.columns(run, t0c0="birth_date")
    assert answer.status_code == 422
    assert "「生年月日」が2つの列に付いています" in said(answer)[0]


def test_roster_that_changed_meanwhile_refuses_and_says_what(board, scope):
    rows = wide_rows(scope, homeroom="4年1組")
    rows[0]["番号"] = "77"
    run = board.try_files(("a.csv", text_of(rows)))
    Enrollment.objects.filter(student__reference=rows[0]["宛名番号"]).update(roll_number=60)
    run = board.apply(run)
    assert run.state == "ready"
    page = board.page(run)
    assert "試したあとに名簿が変わりました" in page
    assert "出席番号 60 → 77" in page
    assert Enrollment.objects.get(student__reference=rows[0]["宛名番号"]).roll_number == 60
    run = board.decide(run)
    run = board.apply(run)
    assert Enrollment.objects.get(student__reference=rows[0]["宛名番号"]).roll_number == 77


def test_an_old_page_applies_nothing(board, scope):
    rows = wide_rows(scope, homeroom="4年1組")
    rows[0]["番号"] = "77"
    run = board.try_files(("a.csv", text_of(rows)))
    answer = board.client.post(f"{board.address(run)}apply/", {"digest": "0" * 64})
    assert answer.status_code == 409
    assert said(answer)[0] == "結果が変わっています。いまの結果を確かめてください。"
    assert Enrollment.objects.get(student__reference=rows[0]["宛名番号"]).roll_number != 77


def test_discarded_import_is_over(board, scope):
    run = board.try_files(("a.csv", text_of(wide_rows(scope, homeroom="4年1組"))))
    answer = board.client.post(f"{board.address(run)}discard/")
    assert answer.status_code == 302
    assert board.again(run).state == "discarded"
    answer = board.client.post(f"{board.address(run)}apply/", {"digest": run.digest})
    assert answer.status_code == 409


def test_new_year_promotes_and_keeps_the_old_year(board, scope):
    rows = wide_rows(scope, homeroom="4年1組")
    for row in rows:
        row |= {"学年": "5", "組": "1"}
    first = date(2027, 4, 1)
    run = board.try_files(("a.csv", text_of(rows)), effective_on="令和9年4月1日")
    assert board.lines(run, "problems") == [] or all(
        p["level"] == "note" for p in board.lines(run, "problems")
    )
    run = board.apply(run)
    assert run.state == "applied", run.message
    spans = Enrollment.objects.filter(student__reference=rows[0]["宛名番号"]).order_by("starts_on")
    assert [(s.ends_on, s.exit) for s in spans] == [(date(2027, 3, 31), "promotion"), (None, "")]
    assert spans[1].homeroom.school_year == 2027
    assert spans[1].starts_on == first
    assert Homeroom.objects.filter(school_year=2027, name="5年1組").exists()
    again = board.try_files(("a.csv", text_of(rows)), effective_on="令和9年4月1日")
    assert nothing_to_do(again)


def test_siblings_of_a_new_family_share_their_guardian(board, scope):
    rows = wide_rows(scope, homeroom="4年1組")
    twins = [
        dict(rows[0]) | {
            "宛名番号": f"019998009000{n}", "氏名": f"双葉 {name}", "フリガナ": f"ふたば {kana}",
            "番号": str(50 + n), "保護者1氏名": "双葉 恵", "保護者1電話": "090-9999-1234",
            "保護者2氏名": "",
        }
        for n, name, kana in ((1, "一", "はじめ"), (2, "二", "つぎ"))
    ]  # fmt: skip
    run = board.apply(board.try_files(("a.csv", text_of([*rows, *twins]))))
    assert run.state == "applied"
    guardian = Guardian.objects.get(family_name="双葉")
    assert guardian.rights.count() == 2


def test_an_import_being_applied_is_not_stopped_unless_nobody_works_at_it(board, scope):
    rows = wide_rows(scope, homeroom="4年1組")
    rows[0]["番号"] = "77"
    run = board.try_files(("a.csv", text_of(rows)))
    board.client.post(f"{board.address(run)}apply/", {"digest": run.digest})
    page = board.client.get(board.address(run)).content.decode()
    assert "反映しています" in page
    assert "discard/" not in page
    assert board.client.post(f"{board.address(run)}discard/").status_code == 409
    ImportRun.objects.filter(pk=run.pk).update(changed_at=real_now() - timedelta(minutes=11))
    assert "discard/" in board.client.get(board.address(run)).content.decode()
    assert board.client.post(f"{board.address(run)}discard/").status_code == 302
    run_jobs()
    assert board.again(run).state == "discarded"
    assert Enrollment.objects.get(student__reference=rows[0]["宛名番号"]).roll_number != 77


def test_a_job_that_comes_twice_applies_once(board, scope):
    rows = wide_rows(scope, homeroom="4年1組")
    rows[0]["番号"] = "77"
    run = board.apply(board.try_files(("a.csv", text_of(rows))))
    jobs.apply.task.func(str(run.municipality_id), run_id=str(run.id))
    assert board.again(run).state == "applied"
    assert AuditEntry.objects.filter(action="imports.run:apply").count() == 1


def test_files_nobody_touched_for_a_week_are_emptied(board, scope):
    old = board.try_files(("a.csv", text_of(wide_rows(scope, homeroom="4年1組"))))
    ImportRun.objects.filter(pk=old.pk).update(changed_at=real_now() - timedelta(days=8))
    board.upload(("b.csv", text_of(wide_rows(scope, homeroom="4年2組"))))
    assert board.again(old).state == "discarded"
    assert [bytes(f.content) for f in ImportFile.objects.filter(run=old)] == [b""]
    assert not PlanPage.objects.filter(run=old).exists()


def test_pages_ask_no_more_for_many_rows_than_for_few(board, scope):
    """The result of 3 and of 50 lines, the columns of 9 and of 40: the same questions."""
    rows = wide_rows(scope)
    asked = {}
    for count in (3, 50):
        part = [{**row, "氏名": f"〓{row['氏名']}"} for row in rows[:count]]
        wide = [{**row, **{f"備考{n}": "" for n in range(count // 2)}} for row in part]
        uploaded = board.run(board.upload((f"{count}.csv", text_of(wide))).url)
        asked["columns", count] = questions(board, board.address(uploaded))
        run = board.try_files(("a.csv", text_of(part)))
        assert len(board.lines(run, "problems")) >= count
        for tab in ("problems", "changed"):
            asked[tab, count] = questions(board, f"{board.address(run)}?tab={tab}")
    for page in ("columns", "problems", "changed"):
        assert asked[page, 3] == asked[page, 50] <= 20, asked


def questions(board, address):
    with CaptureQueriesContext(connection) as captured:
        assert board.client.get(address).status_code == 200
    return len(captured.captured_queries)


def test_a_family_name_with_a_space_is_no_change(board, scope):
    row = wide_rows(scope, homeroom="4年1組")[0]
    child = Student.objects.filter(reference=row["宛名番号"])
    child.update(family_name="アルヴェス 田中", family_kana="あるゔぇす たなか")
    row["氏名"] = f"アルヴェス 田中 {row['氏名'].split(' ')[1]}"
    row["フリガナ"] = f"アルヴェス タナカ {row['フリガナ'].split(' ')[1]}"
    run = board.try_files(("a.csv", text_of([row])))
    assert board.lines(run, "changed") == []
