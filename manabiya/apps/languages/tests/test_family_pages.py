"""A further language on a guardian's pages: offered, obeyed and marked only where it is on."""

import re

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from manabiya.apps.languages.services import switch_language
from manabiya.kernel.ui import languages
from manabiya.kernel.ui.standings import LanguageStanding

HOME = "/m/shirakabano/family/"
CHOOSE = "/m/shirakabano/family/language/"
COOKIE = settings.LANGUAGE_COOKIE_NAME
ABSENT, FALTA = ">欠席</a>", ">Falta</a>"
NOTICE, AVISO = "翻訳は確認前です", "A tradução ainda não foi conferida"
OFF = "Portuguêsは、いまは使えません。日本語で表示しています。"


def turn(city, on, slug="shirakabano"):
    with city.tenant(slug):
        actor = city.actor("board_officer", slug=slug)
        switch_language(actor=actor, language="pt", on=on, now=city.now())


def words(answer):
    return answer.content.decode()


@pytest.fixture
def guardian(city):
    return city.client("guardian")


def test_nobody_is_offered_a_language_the_board_left_off(city, guardian):
    page = words(guardian.get(HOME))
    assert "Português" not in page
    assert ABSENT in page


def test_a_language_that_is_off_is_not_obeyed_however_it_is_asked_for(city, guardian):
    for address in (CHOOSE, "/language/"):
        answer = guardian.post(address, {"language": "pt", "next": HOME})
        assert answer.url == HOME
        assert COOKIE not in answer.cookies
    assert words(guardian.get(HOME)).count(OFF) == 1
    guardian.cookies[COOKIE] = "pt"
    page = guardian.get(HOME, headers={"accept-language": "pt"})
    assert ABSENT in words(page)
    assert page.headers["Content-Language"] == "ja"
    assert '<html lang="ja">' in words(page)


def test_guardian_chooses_the_language_and_reads_it_with_the_notice(city, guardian):
    turn(city, on=True)
    assert '<button type="submit" name="language" value="pt"' in words(guardian.get(HOME))
    assert guardian.post("/language/", {"language": "pt", "next": HOME}).cookies == {}
    answer = guardian.post(CHOOSE, {"language": "pt", "next": HOME})
    assert (answer.url, answer.cookies[COOKIE].value) == (HOME, "pt")
    page = guardian.get(HOME)
    assert page.headers["Content-Language"] == "pt"
    for part in ('<html lang="pt">', FALTA, NOTICE, AVISO, "日本語で見る", "Ver em japonês"):
        assert part in words(page), part
    assert ABSENT not in words(page)
    report = re.search(r'href="(/m/shirakabano/family/report/[^"?]+)', words(page))[1]
    sent = guardian.post(report, {"kind": "absent", "date": "2026-11-20", "key": "k"})
    for address in (
        report,
        f"{HOME}reports/",
        f"{HOME}report/{'0' * 8}-0000-7000-8000-{'0' * 12}/",
    ):
        found = guardian.get(address)
        assert NOTICE in words(found), (address, found.status_code)
        assert AVISO in words(found)
    assert sent.status_code == 422
    assert NOTICE in words(sent)
    back = guardian.post("/language/", {"language": "ja", "next": HOME})
    assert back.cookies[COOKIE].value == "ja"
    assert NOTICE not in words(guardian.get(HOME))
    assert ABSENT in words(guardian.get(HOME))


def test_turned_off_meanwhile_the_guardian_is_told_once_and_reads_japanese(city, guardian):
    turn(city, on=True)
    guardian.post(CHOOSE, {"language": "pt", "next": HOME})
    assert FALTA in words(guardian.get(HOME))
    turn(city, on=False)
    first = guardian.get(HOME)
    for part in (OFF, "O idioma Português não está disponível agora.", ABSENT):
        assert part in words(first), part
    assert FALTA not in words(first)
    assert "Português</button>" not in words(first)
    assert first.cookies[COOKIE]["max-age"] == 0
    assert OFF not in words(guardian.get(HOME))


def test_a_sentence_nobody_checked_is_told_until_all_are(city, guardian, monkeypatch):
    turn(city, on=True)
    guardian.post(CHOOSE, {"language": "pt", "next": HOME})
    monkeypatch.setattr(languages, "standing_of", lambda code: LanguageStanding(9, 9, 0, 0))
    page = words(guardian.get(HOME))
    assert FALTA in page
    assert NOTICE not in page


def test_a_checked_language_needs_no_decision_but_one_to_stop_it(city, guardian, monkeypatch):
    monkeypatch.setattr(languages, "standing_of", lambda code: LanguageStanding(9, 9, 0, 0))
    guardian.post(CHOOSE, {"language": "pt", "next": HOME})
    assert FALTA in words(guardian.get(HOME))
    turn_rows(city, on=False)
    assert FALTA not in words(guardian.get(HOME))


def turn_rows(city, on):
    """Write the row of a decision past the rule that refuses what changes nothing."""
    from manabiya.apps.languages.models import LanguageSwitch

    with city.tenant():
        board = city.membership("board_officer").person_id
        LanguageSwitch.objects.create(language="pt", is_on=on, set_by_id=board, set_at=city.now())


def test_another_municipalitys_switch_does_not_count(city, guardian):
    with city.tenant("sawanose"):
        from manabiya.apps.languages.models import LanguageSwitch
        from manabiya.roster.models import StaffMember

        LanguageSwitch.objects.create(
            language="pt", is_on=True, set_by=StaffMember.objects.order_by("number")[0],
            set_at=city.now(),
        )  # fmt: skip
    guardian.cookies[COOKIE] = "pt"
    page = words(guardian.get(HOME))
    assert ABSENT in page
    assert OFF in page


@pytest.mark.parametrize(
    ("role", "school", "address"),
    [
        ("homeroom_teacher", "midorigaoka", "/m/shirakabano/school/midorigaoka/attendance/"),
        ("board_officer", "", "/m/shirakabano/board/"),
    ],
)
def test_staff_do_not_get_it_and_are_not_offered_it(city, role, school, address):
    turn(city, on=True)
    client = city.client(role, school)
    client.cookies[COOKIE] = "pt"
    answer = client.get(address)
    assert answer.headers["Content-Language"] == "ja"
    assert "ログアウト" in words(answer)
    assert 'value="pt"' not in words(answer)
    assert NOTICE not in words(answer)
    assert client.post(CHOOSE, {"language": "pt"}).status_code == 404


def test_a_page_before_the_login_is_japanese_whatever_the_cookie_says(city):
    turn(city, on=True)
    client = Client()
    client.cookies[COOKIE] = "pt"
    answer = client.get("/login/")
    assert answer.headers["Content-Language"] == "ja"
    assert "ログインする" in words(answer)


def asked(client, address, data=None):
    with CaptureQueriesContext(connection) as captured:
        client.post(address, data) if data else client.get(address)
    return [query["sql"] for query in captured.captured_queries if "languages_" in query["sql"]]


def test_a_page_of_a_guardian_asks_once_and_a_sent_report_or_a_page_of_staff_never(city, guardian):
    page = words(guardian.get(HOME))
    assert len(asked(guardian, HOME)) == 1
    report = re.search(r'href="(/m/shirakabano/family/report/[^"?]+)', page)[1]
    data = {"kind": "absent", "date": "2026-11-20", "reason": "fever", "key": "k"}
    assert asked(guardian, report, data) == []
    teacher = city.client("homeroom_teacher", "midorigaoka")
    assert asked(teacher, "/m/shirakabano/school/midorigaoka/attendance/") == []
    turn(city, on=True)
    guardian.cookies[COOKIE] = "pt"
    assert len(asked(guardian, HOME)) == 1
