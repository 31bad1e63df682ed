"""The pages: what was typed stays, and everybody is led to what they may do."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from manabiya.apps.practices import services
from manabiya.apps.practices.models import Practice
from manabiya.apps.practices.tests.conftest import FIRST, SECOND, WORD

HERE = f"/m/shirakabano/school/{FIRST}/practices/"
THERE = f"/m/shirakabano/school/{SECOND}/practices/"
BOARD = "/m/shirakabano/board/practices/"
TYPED = {
    "version": "1", "item": WORD.item, "title": WORD.title, "before": WORD.before,
    "after": WORD.after, "steps": WORD.steps, "contact": WORD.contact, "setup": "",
}  # fmt: skip


@pytest.fixture(autouse=True)
def at_nine(city, monkeypatch):
    monkeypatch.setattr("manabiya.kernel.clock.school_now", lambda municipality: city.now(9))


def text_of(response):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


@pytest.fixture
def shown(city):
    """Return a published practice, committed."""
    with city.tenant():
        row = services.write_practice(
            actor=city.actor("office_staff", FIRST), word=WORD, now=city.now()
        )
        return services.publish(
            actor=city.actor("principal", FIRST), practice_id=row.id, version=1, now=city.now()
        )


def test_written_published_followed_tried_and_recommended(city):
    office = city.client("office_staff", FIRST)
    answer = office.post(f"{HERE}write/", TYPED)
    assert answer.status_code == 302
    assert "校長が公開すると" in text_of(office.get(answer.url))
    assert "公開する" not in office.get(answer.url).content.decode().replace("校長が公開すると", "")
    principal = city.client("principal", FIRST)
    assert principal.post(f"{answer.url}publish/", {"version": "1"}).status_code == 302
    one = answer.url.removeprefix(HERE)
    other = city.client("vice_principal", SECOND)
    assert WORD.title in text_of(other.get(THERE))
    assert other.post(f"{THERE}{one}follow/").status_code == 302
    assert other.post(f"{THERE}{one}tried/", {"words": ""}).status_code == 422
    assert other.post(f"{THERE}{one}tried/", {"words": "楽になりました"}).status_code == 302
    board = city.client("board_officer")
    page = board.get(f"{BOARD}{one}")
    assert "楽になりました" in text_of(page)
    said = {"version": "2", "words": "ぜひ"}
    assert board.post(f"{BOARD}{one}recommend/", said).status_code == 302
    assert "おすすめ" in text_of(other.get(THERE))
    assert other.post(f"{THERE}{one}unfollow/").status_code == 302


def test_what_was_typed_stays_when_something_is_missing(city):
    answer = city.client("office_staff", FIRST).post(f"{HERE}write/", {**TYPED, "title": ""})
    assert answer.status_code == 422
    assert "題を書いてください" in text_of(answer)
    assert WORD.before in answer.content.decode()


def test_what_was_typed_stays_when_somebody_was_faster(city, shown):
    office = city.client("office_staff", FIRST)
    answer = office.post(f"{HERE}{shown.id}/edit/", {**TYPED, "title": "あとの人"})
    assert answer.status_code == 409
    assert "先に変えました" in text_of(answer)
    assert "あとの人" in answer.content.decode()


def test_bad_file_is_refused_with_a_sentence_and_a_good_one_comes_back_whole(city, shown):
    office = city.client("office_staff", FIRST)
    bad = {"version": "2", "file": SimpleUploadedFile("絵.exe", b"MZ")}
    answer = office.post(f"{HERE}{shown.id}/papers/", bad)
    assert answer.status_code == 409
    assert "添付できません" in text_of(answer)
    good = {"version": "2", "file": SimpleUploadedFile("手順 一.pdf", b"%PDF-1.7")}
    assert office.post(f"{HERE}{shown.id}/papers/", good).status_code == 302
    with city.tenant():
        paper = Practice.objects.get(pk=shown.id).papers.get()
    given = city.client("homeroom_teacher", SECOND).get(f"{THERE}{shown.id}/papers/{paper.id}/")
    assert given.content == b"%PDF-1.7"
    assert given["Content-Disposition"].startswith("attachment; filename*=UTF-8''%E6%89%8B")
    assert given["X-Content-Type-Options"] == "nosniff"


def test_search_finds_words_in_any_order_and_says_when_nothing_is_found(city, shown):
    teacher = city.client("homeroom_teacher", SECOND)
    assert WORD.title in text_of(teacher.get(THERE, {"words": "共有 FAX"}))
    assert WORD.title in text_of(teacher.get(THERE, {"item": "no_fax"}))
    nothing = text_of(teacher.get(THERE, {"words": "FAX 鉛筆"}))
    assert "まだありません" in nothing
    assert WORD.title not in nothing


def test_guardian_has_no_such_page(city, shown):
    assert city.client("guardian").get(f"{HERE}{shown.id}/").status_code in (403, 404)
