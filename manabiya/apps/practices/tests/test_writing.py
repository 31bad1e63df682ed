"""A school writes, its principal publishes; nobody else does."""

from dataclasses import replace

import pytest
from django.http import Http404

from manabiya.apps.practices import queries, services
from manabiya.apps.practices.models import Practice
from manabiya.apps.practices.papers import LIMIT, MOST, Upload
from manabiya.apps.practices.refusals import PracticeRefused
from manabiya.apps.practices.tests.conftest import FIRST, SECOND, WORD
from manabiya.kernel.access.policies import Refused
from manabiya.kernel.audit.models import AuditEntry
from manabiya.kernel.files import read

WRITERS = ["principal", "vice_principal", "academic_affairs_head", "office_staff"]
NOT_WRITERS = ["grade_head", "homeroom_teacher", "subject_teacher", "school_nurse", "ict_supporter"]


def titles(city, role, school=""):
    page = queries.practice_list(city.actor(role, school), code="")
    return [line.practice.title for line in (*page.lines, *page.drafts)]


@pytest.mark.parametrize("role", WRITERS)
def test_leaders_write_and_the_deed_is_kept(scope, role):
    row = services.write_practice(actor=scope.actor(role, FIRST), word=WORD, now=scope.now())
    assert (row.state, row.version, row.step_list) == (
        "draft", 1, ["相手に聞く", "一か月並べて送る", "やめる日を決める"]
    )  # fmt: skip
    entry = AuditEntry.objects.get(action="practices.practice:write")
    assert entry.subject_id == row.id
    assert "FAX" not in str(entry.details)


@pytest.mark.parametrize("role", NOT_WRITERS)
def test_others_write_nothing(scope, role):
    before = Practice.objects.count()
    with pytest.raises(Refused):
        services.write_practice(actor=scope.actor(role, FIRST), word=WORD, now=scope.now())
    assert Practice.objects.count() == before


@pytest.mark.parametrize("role", ["vice_principal", "academic_affairs_head", "office_staff"])
def test_only_the_principal_publishes(scope, draft, role):
    with pytest.raises(Refused):
        services.publish(
            actor=scope.actor(role, FIRST), practice_id=draft.id, version=1, now=scope.now()
        )


def test_draft_is_read_by_the_own_school_only(scope, draft):
    assert WORD.title in titles(scope, "homeroom_teacher", FIRST)
    assert WORD.title not in titles(scope, "principal", SECOND)
    assert WORD.title not in titles(scope, "board_officer")
    for actor in (scope.actor("principal", SECOND), scope.actor("board_officer")):
        with pytest.raises(Http404):
            queries.practice_page(actor, practice_id=draft.id)


def test_published_one_is_read_by_all_schools_and_the_board_until_it_is_withdrawn(scope, published):
    assert WORD.title in titles(scope, "homeroom_teacher", SECOND)
    assert WORD.title in titles(scope, "board_officer")
    services.withdraw(
        actor=scope.actor("principal", FIRST), practice_id=published.id, version=2,
        now=scope.now(),
    )  # fmt: skip
    assert WORD.title not in titles(scope, "homeroom_teacher", SECOND)
    assert WORD.title in titles(scope, "homeroom_teacher", FIRST)


def test_another_school_changes_and_publishes_nothing(scope, published):
    other = scope.actor("principal", SECOND)
    with pytest.raises(Http404):
        services.write_practice(
            actor=other, word=WORD, now=scope.now(), practice_id=published.id, version=2
        )
    with pytest.raises(Http404):
        services.withdraw(actor=other, practice_id=published.id, version=2, now=scope.now())


def test_the_second_of_two_writers_is_told_and_writes_nothing(scope, draft):
    first, second = scope.actor("principal", FIRST), scope.actor("office_staff", FIRST)
    services.write_practice(
        actor=first, word=replace(WORD, title="はじめの人"), now=scope.now(),
        practice_id=draft.id, version=1,
    )  # fmt: skip
    with pytest.raises(PracticeRefused, match="先に変えました"):
        services.write_practice(
            actor=second, word=replace(WORD, title="次の人"), now=scope.now(),
            practice_id=draft.id, version=1,
        )  # fmt: skip
    assert Practice.objects.get(pk=draft.id).title == "はじめの人"


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"item": "cheese"}, "項目"),
        ({"setup": "cheese"}, "設定"),
        ({"steps": " \n "}, "手順"),
        ({"contact": ""}, "問い合わせ先"),
    ],
)
def test_what_is_missing_or_unknown_is_named(scope, change, words):
    with pytest.raises(PracticeRefused, match=words):
        services.write_practice(
            actor=scope.actor("principal", FIRST), word=replace(WORD, **change), now=scope.now()
        )


def add(scope, draft, name, content, role="office_staff", school=FIRST):
    version = Practice.objects.get(pk=draft.id).version
    return services.add_paper(
        actor=scope.actor(role, school), practice_id=draft.id, upload=Upload(name, content),
        version=version, now=scope.now(),
    )  # fmt: skip


def test_file_is_kept_given_to_readers_and_gone_when_taken_away(scope, draft, published):
    paper = add(scope, draft, "手順書.pdf", b"%PDF-1.7 x")
    reader = scope.actor("homeroom_teacher", SECOND)
    found = queries.paper_of(reader, practice_id=draft.id, paper_id=paper.id)
    assert read(found.digest) == b"%PDF-1.7 x"
    services.remove_paper(
        actor=scope.actor("office_staff", FIRST), paper_id=paper.id, now=scope.now()
    )
    with pytest.raises(Http404):
        queries.paper_of(reader, practice_id=draft.id, paper_id=paper.id)


def test_file_of_a_draft_is_not_given_to_another_school(scope, draft):
    paper = add(scope, draft, "手順書.pdf", b"%PDF-1.7 x")
    with pytest.raises(Http404):
        queries.paper_of(scope.actor("principal", SECOND), practice_id=draft.id, paper_id=paper.id)
    with pytest.raises(Http404):
        services.remove_paper(
            actor=scope.actor("principal", SECOND), paper_id=paper.id, now=scope.now()
        )


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("空.pdf", b"", "空です"),
        ("大きい.pdf", b"%PDF-" + bytes(LIMIT), "5MB"),
        ("動画.mp4", b"....", "添付できません"),
        ("なし", b"....", "添付できません"),
        ("うそ.pdf", b"<html>", "中身"),
        ("うそ.docx", b"%PDF-1.7", "中身"),
    ],
)
def test_files_that_cannot_be_attached_are_named_with_the_way_out(
    scope, draft, name, content, words
):
    with pytest.raises(PracticeRefused, match=words) as refused:
        add(scope, draft, name, content)
    assert name in str(refused.value)
    assert not draft.papers.exists()


def test_the_same_file_twice_and_a_sixth_are_refused(scope, draft):
    add(scope, draft, "1.pdf", b"%PDF-1")
    with pytest.raises(PracticeRefused, match="同じ中身"):
        add(scope, draft, "2.pdf", b"%PDF-1")
    for number in range(2, MOST + 1):
        add(scope, draft, f"{number}.pdf", f"%PDF-{number}".encode())
    with pytest.raises(PracticeRefused, match="5つまで"):
        add(scope, draft, "6.pdf", b"%PDF-6")
