"""From an empty database to the first school morning, by the steps of the guide.

``docs/guides/first_morning.md`` names the same commands and pages in the same order.
"""

import re

import pytest
from allauth.mfa.totp.internal import auth as totp
from django.core.management import call_command
from django.test import Client

from manabiya.apps.attendance.models import ClassDay
from manabiya.kernel import clock
from manabiya.kernel.clock import SCHOOL_ZONE
from manabiya.kernel.tenancy.models import Municipality
from manabiya.kernel.tenancy.scope import tenant
from manabiya.law.school_year import school_year_of
from manabiya.roster.models import CalendarDay, Enrollment, Homeroom, School
from tests.matrix.forms_in_page import forms_of

PASSWORD = "kasumi-no-asagohan"
SCHOOLS = "学校コード,学校名\nB101299980015,青葉小学校\n"
STAFF = (
    "職員番号,氏名,ふりがな,学校,職,担任学級,着任日\n"
    "1001,校長 一郎,こうちょう いちろう,青葉小学校,校長,,{start}\n"
    "1002,担任 二葉,たんにん ふたば,青葉小学校,学級担任,1年1組,{start}\n"
)
CHILDREN = (
    "宛名番号,氏名,フリガナ,性別,生年月日,学校コード,学年,組,番号,入学日,保護者1氏名,保護者1続柄,保護者1電話\n"
    "90001,朝日 太郎,アサヒ タロウ,男,{born}-05-01,B101299980015,1,1,1,{start},朝日 母,母,090-0000-0001\n"
    "90002,夕日 花子,ユウヒ ハナコ,女,{born}-06-01,B101299980015,1,1,2,{start},夕日 父,父,090-0000-0002\n"
)


def come_in(path, login_name):
    """Open a link, choose name and password, set up an authenticator; return the client."""
    client = Client()
    assert client.get(path).status_code == 200
    client.post(path, {"login_name": login_name, "password": PASSWORD, "again": PASSWORD})
    assert client.get("/account/strong/").status_code == 200
    secret = client.session["mfa.totp.secret"]
    counter = next(totp.yield_hotp_counters_from_time())
    code = totp.format_hotp_value(totp.hotp_value(secret, counter))
    assert "控えの文字" in client.post("/account/strong/", {"code": code}).content.decode()
    return client


def links_of(page):
    return dict(re.findall(r'<p class="nm">([^<]+)</p>.*?(/welcome/[0-9a-f]+/)', page, re.S))


@pytest.mark.django_db
def test_from_nothing_to_the_first_confirmed_class(tmp_path, capsys):
    Municipality.objects.update(is_demo=False)
    today = clock.real_now().astimezone(SCHOOL_ZONE).date()
    year = school_year_of(today)

    capsys.readouterr()
    call_command(
        "init", slug="aobashi", code="012041", name="青葉市", officer="青葉 花子",
        officer_kana="あおば はなこ",
    )  # fmt: skip
    board = come_in(re.search(r"(/welcome/\S+)", capsys.readouterr().out)[1], "aoba.hanako")
    assert board.get("/m/aobashi/board/").status_code == 200
    city = Municipality.objects.get(slug="aobashi")

    files = []
    words = {"start": f"{year}-04-01", "born": year - 7}
    for name, text in (("学校", SCHOOLS), ("教職員", STAFF), ("児童生徒", CHILDREN)):
        files.append(tmp_path / f"{name}.csv")
        files[-1].write_text(text.format(**words))
    call_command("import", "roster", *files, "--municipality", "aobashi", "--apply")
    with tenant(city.id):
        school = School.objects.get()
        homeroom = Homeroom.objects.get()
        assert Enrollment.objects.count() == 2

    call_command("calendar", municipality="aobashi", year=year, vacation=["4/1-4/5=学年始休業"])
    with tenant(city.id):
        assert CalendarDay.objects.filter(is_school_day=True).count() > 200
        CalendarDay.objects.update_or_create(
            school=school, date=today, grade_level=0, defaults={"is_school_day": True}
        )

    page = board.get("/m/aobashi/board/staff-logins/", {"school": school.slug}).content.decode()
    people = re.findall(r'name="person" value="([^"]+)"', page)
    links = links_of(
        board.post("/m/aobashi/board/staff-logins/issue/", {"person": people}).content.decode()
    )
    assert set(links) == {"校長 一郎", "担任 二葉"}
    teacher = come_in(links["担任 二葉"], "tannin.futaba")

    address = f"/m/aobashi/school/{school.slug}/attendance/class/{homeroom.id}/{today}/"
    page = teacher.get(address)
    assert page.status_code == 200
    assert "朝日 太郎" in page.content.decode()
    form = next(form for form in forms_of(page.content.decode()) if form.method == "post")
    fields = {name: values[0] for name, values in form.values.items()}
    assert teacher.post(address, fields, follow=True).status_code == 200
    with tenant(city.id):
        day = ClassDay.objects.get()
        assert (day.homeroom_id, day.date) == (homeroom.id, today)
        assert day.confirmed_at is not None
