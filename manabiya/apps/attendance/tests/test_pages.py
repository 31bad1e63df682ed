"""Pages of attendance: the words, who may, and what is written when somebody may not."""

import re
from uuid import UUID

import pytest

from manabiya.apps.attendance.models import AbsenceReport, AttendanceMark, ClassDay
from manabiya.apps.attendance.tests.periods import put_period
from manabiya.kernel.jobs.testing import run_jobs
from manabiya.roster.queries import children_of, seats_on

FAMILY = "/m/shirakabano/family/"
SCHOOL = "/m/shirakabano/school/midorigaoka/attendance/"
BOARD = "/m/shirakabano/board/attendance/"


@pytest.fixture
def child(city):
    """Return the child of the demo's guardian at 緑が丘小学校."""
    with city.tenant():
        member = city.membership("guardian")
        children = children_of(member.person_id, city.today)
        return next(child for child in children if child.school_name == "緑が丘小学校")


@pytest.fixture
def room_id(city):
    with city.tenant():
        return city.homeroom_id("1年1組")


@pytest.fixture(autouse=True)
def at_seven_fifty(city, monkeypatch):
    monkeypatch.setattr("manabiya.kernel.clock.school_now", lambda municipality: city.now())


def text_of(response):
    return re.sub(r"<[^>]+>", " ", response.content.decode())


def report_address(child):
    return f"{FAMILY}report/{child.student_id}/"


def post_report(client, child, **changes):
    data = {"kind": "absent", "date": "2026-11-20", "reason": "fever", "key": "k", **changes}
    return client.post(report_address(child), data)


def count_of(city, child):
    with city.tenant():
        return AbsenceReport.objects.filter(student_id=child.student_id).count()


# --- the family


def test_guardian_home_has_a_card_per_child_in_two_schools(city):
    page = text_of(city.client("guardian").get(FAMILY))
    assert "緑が丘小学校" in page
    assert "東川端中学校" in page
    assert "連絡は 8:15 まで変えられます。過ぎても送れます。" in page
    assert page.count("欠席") >= 2


def test_guardian_needs_three_taps(city, child):
    client = city.client("guardian")
    home = client.get(FAMILY).content.decode()
    address = re.search(rf'href="({report_address(child)}\?kind=absent)"', home)[1]
    form = client.get(address).content.decode()
    hidden = dict(re.findall(r'name="(kind|key)" value="([^"]+)"', form))
    assert hidden["kind"] == "absent"
    chosen = re.search(r'<option value="(\S+)" selected', form)[1]
    assert chosen == "2026-11-20"
    sent = client.post(
        report_address(child), {**hidden, "date": chosen, "reason": "fever"}, follow=True
    )
    page = text_of(sent)
    assert "届きました" in page
    assert "緑が丘小学校が 7:50 に受け取りました。" in page
    assert re.search(r"1120-0750-\w{4}", page)
    assert "今日は欠席(発熱)" in text_of(client.get(FAMILY))
    assert "学校の確認前" in text_of(client.get(FAMILY))


def test_double_tap_shows_the_same_receipt(city, child):
    client = city.client("guardian")
    first, second = post_report(client, child), post_report(client, child)
    assert first.status_code == second.status_code == 302
    assert first["Location"] == second["Location"]
    assert count_of(city, child) == 1


def test_missing_reason_is_asked_for_and_the_note_stays(city, child):
    answer = post_report(city.client("guardian"), child, reason="", note="よろしく")
    assert answer.status_code == 422
    assert "理由を選んでください。" in text_of(answer)
    assert "よろしく" in text_of(answer)
    assert count_of(city, child) == 0


def test_second_report_offers_the_change_and_keeps_what_was_typed(city, child):
    client = city.client("guardian")
    post_report(client, child)
    answer = post_report(client, child, key="k2", reason="injury", note="転びました")
    assert answer.status_code == 409
    page = text_of(answer)
    assert "この日の連絡は、もう届いています" in page
    assert "転びました" in page
    address = re.search(r'action="([^"]+/change/)"', answer.content.decode())[1]
    data = {"kind": "absent", "date": "2026-11-20", "reason": "injury", "note": "転びました"}
    changed = client.post(address, data, follow=True)
    assert "変更が届きました" in text_of(changed)


def test_guardian_cancels(city, child):
    client = city.client("guardian")
    address = post_report(client, child)["Location"]
    assert "取り消しますか" in text_of(client.get(f"{address}cancel/"))
    assert "取り消しました" in text_of(client.post(f"{address}cancel/", follow=True))
    assert "取り消しました" in text_of(client.get(f"{FAMILY}reports/"))


def test_guardian_cannot_open_or_report_for_another_child(city, child):
    with city.tenant():
        seats = seats_on(city.homeroom_id("6年1組"), city.today)
        other = next(s.student_id for s in seats if s.student_id != child.student_id)
    client = city.client("guardian")
    data = {"kind": "absent", "date": "2026-11-20", "reason": "fever", "key": "k"}
    assert client.get(f"{FAMILY}report/{other}/").status_code == 404
    assert client.post(f"{FAMILY}report/{other}/", data).status_code == 404
    with city.tenant():
        assert not AbsenceReport.objects.filter(student_id=other, idempotency_key="k").exists()


def test_guardian_cannot_see_the_report_of_another_guardian(city):
    with city.tenant():
        other = AbsenceReport.objects.all()[0]
    client = city.client("guardian")
    for tail in ("", "change/", "cancel/"):
        assert client.get(f"{FAMILY}reports/{other.id}/{tail}").status_code == 404


def test_guardian_of_another_municipality_gets_404(city, child):
    client = city.client("guardian", slug="sawanose")
    assert client.get(FAMILY).status_code in (302, 404)
    assert post_report(client, child).status_code in (302, 404)
    assert count_of(city, child) == 0


def test_history_without_reports_says_so(city):
    assert "まだ連絡はありません" in text_of(city.client("guardian").get(f"{FAMILY}reports/"))


# --- the class


def class_address(room_id, day="2026-11-20"):
    return f"{SCHOOL}class/{room_id}/{day}/"


def hidden_of(page):
    return re.search(r'name="b" value="([^"]+)"', page)[1].split(",")


def chosen_of(page):
    """Return the radios the browser would send."""
    tags = re.findall(r"<input[^>]*type=\"radio\"[^>]*>", page)
    checked = [tag for tag in tags if " checked" in tag]
    return {
        re.search(r'name="(r\d+)"', tag)[1]: re.search(r'value="(\w+)"', tag)[1] for tag in checked
    }


def form_of(client, address):
    page = client.get(address).content.decode()
    return {"b": hidden_of(page), **chosen_of(page)}


def index_without_mark(data):
    return [n for n in range(len(data["b"])) if f"r{n}" not in data]


def test_class_page_shows_proposals_in_pencil(city, room_id):
    page = city.client("homeroom_teacher", "midorigaoka").get(class_address(room_id))
    text = text_of(page)
    assert "まだ確定していません" in text
    assert re.search(r"届いた連絡\d件は", text)
    assert "38.2度あります。" in text
    assert "34名の出欠を確定する" in text
    assert b'class="pupil out pencil" data-proposed="absent_sick"' in page.content


def test_teacher_confirms_and_the_page_says_so(city, room_id):
    client = city.client("homeroom_teacher", "midorigaoka")
    data = form_of(client, class_address(room_id))
    free = index_without_mark(data)
    data[f"r{free[0]}"] = "absent"
    as_browser = {**data, "b": ",".join(data["b"])}
    answer = client.post(class_address(room_id), as_browser, follow=True)
    text = text_of(answer)
    assert "34名の出欠を確定しました。" in text
    assert re.search(r"7:50 .+ 確定", text)
    assert "変えたところを保存する" in text
    with city.tenant():
        student_id = UUID(data["b"][free[0]].split()[0])
        mark = AttendanceMark.objects.get(student_id=student_id, date=city.today)
        assert mark.status == "absent_other"
        assert ClassDay.objects.filter(homeroom_id=room_id, date=city.today).exists()


def test_two_teachers_on_one_child_see_both_values_and_keep_what_they_typed(city, room_id):
    teacher = city.client("homeroom_teacher", "midorigaoka")
    nurse = city.client("school_nurse", "midorigaoka")
    mine, hers = form_of(teacher, class_address(room_id)), form_of(nurse, class_address(room_id))
    free = index_without_mark(mine)
    mine[f"r{free[0]}"] = "absent"
    assert teacher.post(class_address(room_id), mine).status_code == 302
    hers[f"r{free[0]}"] = "late"
    hers[f"r{free[1]}"] = "not_arrived"
    clash = nurse.post(class_address(room_id), hers)
    text = text_of(clash)
    assert clash.status_code == 409
    assert "どちらにするか選んでください" in text
    assert "あなたの入力: 遅刻" in text
    assert re.search(r"\S+ \S+ 7:50: 事故欠", text)
    page = clash.content.decode()
    again = {"b": hidden_of(page), **chosen_of(page)}
    assert again[f"r{free[1]}"] == "not_arrived"
    assert f"r{free[0]}" not in again
    assert nurse.post(class_address(room_id), again).status_code == 409
    again[f"r{free[0]}"] = "late"
    assert nurse.post(class_address(room_id), again).status_code == 302
    with city.tenant():
        rows = {
            row.student_id: row
            for row in AttendanceMark.objects.filter(homeroom_id=room_id, date=city.today)
        }
        ids = [UUID(text.split()[0]) for text in mine["b"]]
        assert rows[ids[free[0]]].late
        assert rows[ids[free[1]]].status == "not_arrived"


def test_rarer_values_open_without_script_and_keep_what_was_typed(city, room_id):
    client = city.client("homeroom_teacher", "midorigaoka")
    data = form_of(client, class_address(room_id))
    free = index_without_mark(data)
    answer = client.post(
        class_address(room_id), {**data, f"r{free[0]}": "late", "open": str(free[1])}
    )
    page = answer.content.decode()
    assert answer.status_code == 200
    assert chosen_of(page)[f"r{free[0]}"] == "late"
    assert 'class="panel"' in page
    with city.tenant():
        assert not ClassDay.objects.filter(homeroom_id=room_id, date=city.today).exists()
    link = client.get(f"{class_address(room_id)}?open={free[1]}").content.decode()
    assert all(word in link for word in ("早退", "病欠", "事故欠", "なし"))
    assert "出席停止・忌引などを申し出る" in link
    assert not any(code in link for code in ("attendance_suspension", "bereavement"))
    part = client.get(
        f"{class_address(room_id)}?open={free[1]}", headers={"X-Fragment": "1"}
    ).content.decode()
    assert part.startswith('<div class="panel"')


def test_day_off_and_coming_day_have_nothing_to_confirm(city, room_id):
    client = city.client("homeroom_teacher", "midorigaoka")
    off = text_of(client.get(class_address(room_id, "2026-11-23")))
    assert "この日は授業日ではありません" in off
    assert "勤労感謝の日" in off
    ahead = text_of(client.get(class_address(room_id, "2026-11-24")))
    assert "これからの日です" in ahead
    assert "確定する" not in off.replace("確定するものはありません", "") + ahead
    assert client.get(class_address(room_id, "2026-02-30")).status_code == 404


@pytest.mark.parametrize("broken", ["b=nonsense", "b=00000000000000000000000000000000+x"])
def test_form_nobody_sent_is_refused(city, room_id, broken):
    client = city.client("homeroom_teacher", "midorigaoka")
    answer = client.post(
        class_address(room_id), broken, content_type="application/x-www-form-urlencoded"
    )
    assert answer.status_code == 400


@pytest.mark.parametrize(
    ("role", "status"),
    [
        ("principal", 200),
        ("vice_principal", 200),
        ("school_nurse", 200),
        ("academic_affairs_head", 200),
        ("grade_head", 403),
        ("subject_teacher", 403),
        ("office_staff", 403),
        ("ict_supporter", 403),
    ],
)
def test_who_opens_the_class_page(city, room_id, role, status):
    client = city.client(role, "midorigaoka")
    assert client.get(class_address(room_id)).status_code == status


def test_class_page_asks_for_the_second_factor(city, room_id):
    client = city.client("homeroom_teacher", "midorigaoka", is_strong=False)
    assert client.get(class_address(room_id)).status_code == 302


def test_teacher_of_another_class_or_school_gets_404(city, room_id):
    with city.tenant():
        other = city.homeroom_id("6年2組")
        far = city.homeroom_id("1年1組", "higashikawabata")
    client = city.client("homeroom_teacher", "midorigaoka")
    assert client.get(class_address(other)).status_code == 404
    assert client.get(class_address(far)).status_code == 404
    assert client.post(class_address(far), {"b": []}).status_code == 404


def test_academic_affairs_head_reads_but_cannot_confirm(city, room_id):
    client = city.client("academic_affairs_head", "midorigaoka")
    assert "名の出欠を確定する" not in text_of(client.get(class_address(room_id)))
    assert client.post(class_address(room_id), {"b": []}).status_code == 403
    with city.tenant():
        assert not ClassDay.objects.filter(homeroom_id=room_id, date=city.today).exists()


def test_other_staff_see_marks_without_reasons(city):
    with city.tenant():
        mark = AttendanceMark.objects.filter(
            status="attendance_suspension", homeroom__school__slug="midorigaoka"
        )[0]
    client = city.client("office_staff", "midorigaoka")
    page = client.get(f"{SCHOOL}marks/{mark.homeroom_id}/{mark.date}/")
    text = text_of(page)
    assert page.status_code == 200
    assert "欠席" in text
    for word in ("停止", "感染症", "発熱", "病欠", "事故欠"):
        assert word not in text


def test_list_of_classes(city):
    text = text_of(city.client("office_staff", "midorigaoka").get(SCHOOL))
    assert "1年1組" in text
    assert "未確認" in text
    assert "欠・遅・早を見る" in text
    assert "出欠をとる" not in text
    own = text_of(city.client("homeroom_teacher", "midorigaoka").get(SCHOOL))
    assert own.count("出欠をとる") == 1


TODAY = "/m/shirakabano/school/midorigaoka/"


def test_tile_of_today_names_what_waits_in_one_line(city):
    text = text_of(city.client("vice_principal", "midorigaoka").get(TODAY))
    assert "確定 0/13学級" in text
    assert "出欠が未確定 13学級" in text
    assert "ほか5学級" in text
    assert text.count("まだ確定していません") == 0
    own = city.client("homeroom_teacher", "midorigaoka").get(TODAY).content.decode()
    assert "1年1組 まだ確定していません" in own
    assert "届いた連絡 2件(仮)" in own
    assert re.search(r'class="button small" href="[^"]+/2026-11-20/">出欠をとる', own)


def test_tile_of_today_counts_confirmed_classes_and_asks_for_the_missing(city, room_id):
    teacher = city.client("homeroom_teacher", "midorigaoka")
    data = form_of(teacher, class_address(room_id))
    data[f"r{index_without_mark(data)[0]}"] = "not_arrived"
    teacher.post(class_address(room_id), data)
    response = city.client("vice_principal", "midorigaoka").get(TODAY)
    page, text = response.content.decode(), text_of(response)
    assert "未着 1名" in text
    assert "出欠が未確定 12学級" in text
    row = re.findall(r"<tr><th[^>]*><a[^>]*>1年1組</a>.*?</tr>", page, re.S)[0]
    cells = [re.sub(r"<[^>]+>", "", cell).strip() for cell in re.findall(r"<td.*?</td>", row, re.S)]
    assert cells == ["32/34", "1", "0", "1", "7:50"]
    assert re.search(r"<dt>出席</dt><dd>32<", page)


def test_other_staff_see_the_days_off_of_today_without_their_cause(city, room_id):
    nurse = city.client("school_nurse", "midorigaoka")
    with city.tenant():
        put_period(city, seats_on(room_id, city.today)[-1].student_id)
    data = form_of(nurse, class_address(room_id))
    nurse.post(class_address(room_id), data)
    for address in (TODAY, SCHOOL):
        page = city.client("office_staff", "midorigaoka").get(address).content.decode()
        row = re.findall(r"<tr><th[^>]*>1年1組.*?</tr>", page, re.S)[0]
        assert '<td class="n">2</td>' in row
        for word in ("停・忌", "出席停止", "病欠", "仮"):
            assert word not in page
        assert "停・忌" in nurse.get(address).content.decode()


# --- the city


def test_nobody_of_an_unconfirmed_class_is_present_in_the_city(city, room_id):
    board = city.client("board_officer")
    before = text_of(board.get(BOARD))
    assert "0 / 22" in before
    teacher = city.client("homeroom_teacher", "midorigaoka")
    data = form_of(teacher, class_address(room_id))
    teacher.post(class_address(room_id), data)
    run_jobs()
    page = board.get(BOARD).content.decode()
    row = re.findall(r"<tr><th[^>]*><a[^>]*>緑が丘小学校.*?</tr>", page, re.S)[0]
    cells = [re.sub(r"<[^>]+>", "", cell) for cell in re.findall(r"<td.*?</td>", row, re.S)]
    classes, enrolled, present, absent, excused, missing, unconfirmed, _late = cells[1:]
    assert classes == "1/13"
    assert int(present) > 0
    assert int(enrolled) == sum(map(int, (present, absent, excused, missing, unconfirmed)))


def test_board_today_names_the_schools_that_wait_with_their_telephone(city, room_id):
    board = city.client("board_officer")
    text = text_of(board.get("/m/shirakabano/board/"))
    assert re.search(r"緑が丘小学校\s+0/13\s+372\s+0190-00-0123", text)
    assert "未着の児童生徒はいません" in text
    teacher = city.client("homeroom_teacher", "midorigaoka")
    data = form_of(teacher, class_address(room_id))
    data[f"r{index_without_mark(data)[0]}"] = "not_arrived"
    teacher.post(class_address(room_id), data)
    run_jobs()
    text = text_of(board.get("/m/shirakabano/board/"))
    assert re.search(r"緑が丘小学校\s+1/13\s+338\s", text)
    assert re.search(r"未着のある学校\s+1\s", text)


def test_city_page_holds_no_name(city):
    page = text_of(city.client("board_officer").get(BOARD))
    with city.tenant():
        for seat in seats_on(city.homeroom_id("1年1組"), city.today):
            assert seat.name not in page


@pytest.mark.parametrize("role", ["principal", "homeroom_teacher"])
def test_staff_have_no_city_page(city, role):
    assert city.client(role, "midorigaoka").get(BOARD).status_code == 404
