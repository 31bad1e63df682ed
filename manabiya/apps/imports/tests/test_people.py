"""Who may import what: the board for the city, a school for its own rows; staff and schools."""

from datetime import date, timedelta

import pytest

from manabiya.apps.imports.tests.conftest import Importer, said, text_of, wide_rows
from manabiya.roster.models import (
    Appointment,
    Enrollment,
    FormerName,
    Guardian,
    GuardianRight,
    School,
    StaffMember,
    Student,
)

MAY_NOT = (
    "academic_affairs_head", "grade_head", "homeroom_teacher", "assistant_homeroom_teacher",
    "subject_teacher", "school_nurse", "ict_supporter",
)  # fmt: skip


@pytest.mark.parametrize("role", MAY_NOT)
def test_others_at_the_school_may_not_import(city, role):
    importer = Importer(city, role, "midorigaoka")
    answer = importer.client.get(importer.base)
    assert answer.status_code == 403
    assert "事務職員" in answer.content.decode()
    assert importer.upload(("a.csv", "氏名,ふりがな\r\nあ い,あ い")).status_code == 403


def test_a_guardian_finds_no_such_page(city):
    client = city.client("guardian")
    assert client.get("/m/shirakabano/board/imports/").status_code == 404
    assert client.get("/m/shirakabano/school/midorigaoka/imports/").status_code == 404


@pytest.mark.parametrize("role", ["principal", "vice_principal", "office_staff"])
def test_managers_and_office_import_their_own_school(city, scope, role):
    importer = Importer(city, role, "midorigaoka")
    rows = wide_rows(scope, homeroom="4年1組")
    rows[0]["番号"] = "77"
    run = importer.apply(importer.try_files(("a.csv", text_of(rows))))
    assert run.state == "applied", run.message
    assert Enrollment.objects.get(student__reference=rows[0]["宛名番号"]).roll_number == 77


def test_without_a_second_factor_nothing_opens(city):
    client = city.client("office_staff", "midorigaoka", is_strong=False)
    answer = client.get("/m/shirakabano/school/midorigaoka/imports/")
    assert answer.status_code == 302
    assert answer.url.startswith("/account/strong/")


def test_rows_of_another_school_are_refused_one_by_one(office, scope):
    rows = wide_rows(scope, homeroom="4年1組")
    code = School.objects.get(slug="higashikawabata").code
    rows[0] |= {"学校コード": code, "学年": "1"}
    run = office.try_files(("a.csv", text_of(rows)))
    stops = [line for line in office.lines(run, "problems") if line["level"] == "stop"]
    assert [(s["line"], s["value"], s["reason"]) for s in stops] == [
        (2, code, "ほかの学校の行です")
    ]
    assert run.counts["nouns"]["student"]["same"] == len(rows) - 1


def test_a_school_takes_no_child_of_another_school(office, scope):
    [taken, *_] = wide_rows(scope, "higashikawabata", homeroom="1年1組")
    code = School.objects.get(slug="midorigaoka").code
    run = office.try_files(
        ("a.csv", text_of([{**taken, "学校コード": code, "学年": "6", "組": "1"}]))
    )
    [stop] = [line for line in office.lines(run, "problems") if line["level"] == "stop"]
    assert stop["reason"] == "この番号の児童生徒は、この学校では取り込めません"
    assert "東川端" not in str(office.page(run))


def test_a_school_changes_no_guardian_of_other_schools_only(office, scope):
    here = set(Student.objects.filter(enrollments__school__slug="midorigaoka").values_list("id"))
    other = next(
        r
        for r in wide_rows(scope, "higashikawabata", homeroom="1年1組")
        if not Guardian.objects.filter(
            rights__student__reference=r["宛名番号"],
            rights__relationship="母",
            rights__guardian__rights__student__in=[pk for (pk,) in here],
        ).exists()
    )
    row = next(r for r in wide_rows(scope, homeroom="4年1組") if not r["保護者2氏名"])
    mother = Guardian.objects.filter(
        rights__student__reference=other["宛名番号"], rights__relationship="母"
    ).get()
    Guardian.objects.filter(pk=mother.pk).update(reference="9123456")
    lines = [
        {"児童生徒の識別番号": row["宛名番号"], "識別番号": "9123456", "氏名": "偽 名",
         "続柄": "叔母", "電話": "090-0101-0101"},
    ]  # fmt: skip
    before = mother.name, mother.phone
    office.apply(office.try_files(("保護者.csv", text_of(lines))))
    mother.refresh_from_db()
    assert (mother.name, mother.phone) == before
    assert mother.rights.filter(student__reference=row["宛名番号"], relationship="叔母").exists()


@pytest.mark.parametrize(
    ("name", "line", "reason"),
    [
        ("学校.csv", {"学校コード": "B101299980015", "学校名": "乗っ取り小学校"},
         "学校は教育委員会だけが取り込めます"),
        ("教職員.csv", {"職員番号": "000001", "氏名": "悪い 人", "学校": "緑が丘小学校", "職": "校長"},
         "教職員は教育委員会だけが取り込めます"),
    ],
)  # fmt: skip
def test_a_school_changes_neither_schools_nor_posts(office, scope, name, line, reason):
    run = office.try_files((name, text_of([line])))
    assert [p["reason"] for p in office.lines(run, "problems") if p["level"] == "stop"] == [reason]
    assert run.counts["tabs"]["added"] == run.counts["tabs"]["changed"] == 0


def test_no_file_gives_or_ends_a_post_of_the_board(board, scope):
    officer = StaffMember.objects.get(appointments__post="board_officer")
    lines = [
        {"職員番号": "700001", "氏名": "出世 花子", "学校": "", "職": "教育委員会 管理者"},
        {"職員番号": officer.number, "氏名": officer.name, "学校": "緑が丘小学校", "職": "教諭"},
    ]
    run = board.try_files(("教職員.csv", text_of(lines)))
    [stop] = [line for line in board.lines(run, "problems") if line["level"] == "stop"]
    assert stop["reason"] == "教育委員会の職は、名簿の取り込みでは決められません"
    board.apply(run)
    posts = Appointment.objects.filter(post="board_administrator", ends_on__gte=scope.today)
    assert not posts.filter(staff_member__number="700001").exists()
    mine = Appointment.objects.get(staff_member=officer, post="board_officer")
    assert mine.ends_on is None or mine.ends_on >= scope.today


def test_personnel_list_of_next_year_moves_posts_with_their_history(board, scope):
    teacher = StaffMember.objects.filter(
        appointments__post="subject_teacher", appointments__school__slug="midorigaoka"
    ).get()
    lines = [
        {"職員番号": teacher.number, "氏名": teacher.name, "学校コード": "東川端中学校", "職": "教頭",
         "本務・兼務": "本務", "着任日": "令和9年4月1日"},
        {"職員番号": "800001", "氏名": "新任 恵", "学校コード": "緑が丘小学校", "職": "学級担任",
         "本務・兼務": "本務", "担任学級": "4年1組", "着任日": "R8.12.1"},
    ]  # fmt: skip
    run = board.apply(board.try_files(("教職員.csv", text_of(lines))))
    assert run.state == "applied"
    again = board.try_files(("教職員.csv", text_of(lines)))
    assert again.counts["nouns"]["staff"] == {"rows": 2, "same": 2, "missing": again.counts[
        "nouns"]["staff"]["missing"]}  # fmt: skip
    posts = Appointment.objects.filter(staff_member=teacher).order_by("starts_on")
    assert [(p.school.slug, p.post, p.starts_on, p.ends_on) for p in posts] == [
        ("midorigaoka", "subject_teacher", date(2026, 4, 1), date(2027, 3, 31)),
        ("higashikawabata", "vice_principal", date(2027, 4, 1), None),
    ]


def test_personnel_list_of_today_ends_yesterday_and_is_idempotent(board, scope):
    teacher = StaffMember.objects.filter(
        appointments__post="subject_teacher", appointments__school__slug="midorigaoka"
    ).get()
    lines = [
        {"職員番号": teacher.number.lstrip("0"), "氏名": teacher.name, "学校": "東川端中学校",
         "職": "教頭", "本務・兼務": "本務"},
        {"職員番号": "800001", "氏名": "新任 恵", "学校": "緑が丘小学校", "職": "担任",
         "本務・兼務": "本務", "担任学級": "4年1組"},
    ]  # fmt: skip
    run = board.try_files(("教職員.csv", text_of(lines)))
    assert [line["who"] for line in board.lines(run, "changed")] == [teacher.name]
    run = board.apply(run)
    assert run.state == "applied"
    posts = Appointment.objects.filter(staff_member=teacher).order_by("starts_on")
    assert [(p.school.slug, p.ends_on) for p in posts] == [
        ("midorigaoka", scope.today - timedelta(days=1)),
        ("higashikawabata", None),
    ]
    again = board.try_files(("教職員.csv", text_of(lines)))
    assert again.counts["nouns"]["staff"]["same"] == 2
    new = Appointment.objects.get(staff_member__number="800001")
    assert (new.homeroom.name, new.starts_on) == ("4年1組", scope.today)


def test_school_enrollment_and_children_files_together_make_a_school(board, scope):
    from manabiya.law.school_code import check_digit

    first = "B10121000077"
    code = f"{first}{check_digit(first)}"
    child = {
        "識別番号": "0199980077777", "氏名": "森 一", "ふりがな": "もり はじめ", "性別": "男",
        "生年月日": "2016-06-01",
    }  # fmt: skip
    seat = {"識別番号": "199980077777", "学校": code, "年度": "R8", "学年": "4", "組": "ひまわり学級",
            "学級の種類": "特別支援", "出席番号": "1"}  # fmt: skip
    run = board.try_files(
        (
            "学校.csv",
            text_of([{"学校コード": code, "学校名": "雪原小学校", "電話": "0190-11-2222"}]),
        ),
        ("児童生徒.csv", text_of([child])),
        ("在籍.csv", text_of([seat])),
    )
    assert [line for line in board.lines(run, "problems") if line["level"] != "note"] == []
    run = board.apply(run)
    assert run.state == "applied", run.message
    school = School.objects.get(code=code)
    assert (school.name, school.kind) == ("雪原小学校", "elementary_school")
    enrolled = Enrollment.objects.get(student__reference="0199980077777")
    assert (enrolled.school, enrolled.homeroom.kind) == (school, "special_needs_class")
    assert Student.objects.get(reference="0199980077777").sex == "male"


def test_a_run_of_another_school_does_not_exist(city, scope, office):
    other = Importer(city, "office_staff", "higashikawabata")
    run = office.try_files(("a.csv", text_of(wide_rows(scope, homeroom="4年1組"))))
    for path in ("", "columns/", "result/"):
        assert other.client.get(f"{other.base}{run.id}/{path}").status_code == 404
    for path in ("decide/", "apply/", "discard/", "columns/"):
        assert other.client.post(f"{other.base}{run.id}/{path}").status_code == 404
    assert office.again(run).state == "ready"


def test_rights_that_ended_meanwhile_apply_nothing(city, office, scope):
    rows = wide_rows(scope, homeroom="4年1組")
    rows[0]["番号"] = "77"
    run = office.try_files(("a.csv", text_of(rows)))
    office.client.post(f"{office.address(run)}apply/", {"digest": run.digest})
    person = city.membership("office_staff", "midorigaoka").person_id
    Appointment.objects.filter(staff_member_id=person).update(
        ends_on=scope.today - timedelta(days=1)
    )
    from manabiya.kernel.jobs.testing import run_jobs

    run_jobs()
    found = office.again(run)
    assert found.state == "ready"
    assert found.message == "取り込みを始めた人の権限が、今日はありません。何も変えていません。"
    assert Enrollment.objects.get(student__reference=rows[0]["宛名番号"]).roll_number != 77


@pytest.mark.parametrize("suffix", ["xlsx", "csv"])
@pytest.mark.parametrize("kind", ["schools", "staff", "students", "guardians", "enrollments"])
def test_templates_are_read_back_as_their_own_kind(board, kind, suffix):
    from manabiya.apps.imports.columns import is_known, match_headings, missing_fields
    from manabiya.apps.imports.reading import Unreadable, read_file

    answer = board.client.get(f"{board.base}templates/{kind}-{suffix}/")
    assert answer.status_code == 200
    with pytest.raises(Unreadable, match="見出しの下に行がありません"):
        read_file(f"a.{suffix}", answer.content, is_known)
    headings = answer.content.decode("utf-8-sig").strip().replace('"', "").split(",") if (
        suffix == "csv"
    ) else _first_row(answer.content)  # fmt: skip
    match = match_headings(headings)
    assert match.kind.value == kind
    assert "" not in match.fields
    assert missing_fields(match) == []


def _first_row(content):
    import io

    import python_calamine

    return python_calamine.load_workbook(io.BytesIO(content)).get_sheet_by_index(0).to_python()[0]


def test_unknown_template_is_not_found(board):
    assert board.client.get(f"{board.base}templates/children-pdf/").status_code == 404


def test_too_many_files_are_refused(board):
    answer = board.upload(*[(f"{n}.csv", "氏名,ふりがな\r\nあ い,あ い\r\n") for n in range(11)])
    assert answer.status_code == 422
    assert said(answer)[0] == "一度に選べるのは10個までです。"


def names_before(**person):
    rows = FormerName.objects.filter(**person).order_by("ends_on")
    return [(row.name, row.starts_on, row.ends_on) for row in rows]


def test_a_guardian_keeps_the_name_of_before(board, scope):
    right = GuardianRight.objects.select_related("guardian", "student").order_by(
        "student__reference", "call_order"
    )[0]  # fmt: skip
    guardian, old = right.guardian, right.guardian.name
    Guardian.objects.filter(pk=guardian.pk).update(reference="G-0001")
    line = {"児童生徒の識別番号": right.student.reference, "識別番号": "G-0001",
            "氏名": f"雪森 {guardian.given_name}", "続柄": right.relationship}  # fmt: skip
    run = board.apply(board.try_files(("保護者.csv", text_of([line]))))
    assert run.state == "applied", run.message
    guardian.refresh_from_db()
    yesterday = scope.today - timedelta(days=1)
    assert guardian.family_name == "雪森"
    assert names_before(guardian=guardian) == [(old, right.starts_on, yesterday)]
    line["氏名"] = f"雪盛 {guardian.given_name}"
    board.apply(board.try_files(("保護者.csv", text_of([line]))))
    guardian.refresh_from_db()
    assert guardian.family_name == "雪盛", "a name of the same day is mended"
    assert names_before(guardian=guardian) == [(old, right.starts_on, yesterday)]


def test_a_staff_member_keeps_the_names_of_before_each_with_its_days(board, scope):
    teacher = StaffMember.objects.get(
        appointments__post="subject_teacher", appointments__school__slug="midorigaoka"
    )
    old, post = teacher.name, teacher.appointments.get()
    line = {"職員番号": teacher.number, "氏名": f"雪森 {teacher.given_name}", "学校": "緑が丘小学校",
            "職": "教科担任", "本務・兼務": "本務"}  # fmt: skip
    run = board.apply(board.try_files(("教職員.csv", text_of([line]))))
    assert run.state == "applied", run.message
    last = scope.today - timedelta(days=1)
    assert names_before(staff_member=teacher) == [(old, post.starts_on, last)]
    line["氏名"] = f"氷川 {teacher.given_name}"
    first = scope.today - timedelta(days=10)
    FormerName.objects.filter(staff_member=teacher).update(ends_on=first)
    run = board.try_files(("教職員.csv", text_of([line])))
    assert board.apply(run).state == "applied"
    assert names_before(staff_member=teacher) == [
        (old, post.starts_on, first),
        (f"雪森 {teacher.given_name}", first + timedelta(days=1), last),
    ]
    StaffMember.objects.filter(pk=teacher.pk).update(given_kana="ちがう")
    line["ふりがな"] = f"{teacher.family_kana} {teacher.given_kana}"
    assert board.apply(board.try_files(("教職員.csv", text_of([line])))).state == "applied"
    assert len(names_before(staff_member=teacher)) == 2, "a mended reading is no new name"
