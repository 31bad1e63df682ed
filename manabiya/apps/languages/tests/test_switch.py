"""The board turns a language on and off: who may, what is kept, and what a page of families does."""

import pytest
from django.db import connection, transaction
from django.db.utils import ProgrammingError

from manabiya.apps.languages.models import LanguageSwitch
from manabiya.apps.languages.queries import language_switches
from manabiya.apps.languages.services import LanguageRefused, switch_language
from manabiya.kernel.access.policies import Refused
from manabiya.kernel.audit.models import AuditEntry

PAGE = "/m/shirakabano/board/languages/"
ROLES = (
    "principal", "vice_principal", "academic_affairs_head", "grade_head", "homeroom_teacher",
    "assistant_homeroom_teacher", "subject_teacher", "school_nurse", "office_staff",
    "ict_supporter", "guardian",
)  # fmt: skip


@pytest.fixture
def scope(city):
    with city.tenant():
        yield city


@pytest.mark.parametrize("role", ["board_officer", "board_administrator"])
def test_the_board_turns_a_language_on_and_off_with_one_entry_each(scope, role):
    actor = scope.actor(role)
    before = AuditEntry.objects.count()
    first = switch_language(actor=actor, language="pt", on=True, now=scope.now())
    assert language_switches() == {"pt": True}
    second = switch_language(actor=actor, language="pt", on=False, now=scope.now(8, 0))
    assert language_switches() == {"pt": False}
    found = AuditEntry.objects.filter(action="languages.language:switch")
    assert {(entry.subject_id, entry.details["is_on"]) for entry in found} == {
        (first.id, True),
        (second.id, False),
    }
    assert AuditEntry.objects.count() == before + 2


@pytest.mark.parametrize("role", ROLES)
def test_nobody_else_may(scope, role):
    actor = scope.actor(role, "" if role == "guardian" else "midorigaoka")
    before = AuditEntry.objects.count()
    with pytest.raises(Refused):
        switch_language(actor=actor, language="pt", on=True, now=scope.now())
    assert not LanguageSwitch.objects.exists()
    assert AuditEntry.objects.count() == before


@pytest.mark.parametrize(
    ("language", "on"), [("pt", False), ("xx", True), ("ja", True), ("en", False)]
)
def test_what_changes_nothing_or_does_not_exist_is_refused(scope, language, on):
    with pytest.raises(LanguageRefused), transaction.atomic():
        switch_language(
            actor=scope.actor("board_officer"), language=language, on=on, now=scope.now()
        )
    assert not LanguageSwitch.objects.exists()


def test_a_turn_of_the_switch_is_never_changed(scope):
    row = switch_language(
        actor=scope.actor("board_officer"), language="pt", on=True, now=scope.now()
    )
    with (
        pytest.raises(ProgrammingError, match="permission denied"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("UPDATE languages_languageswitch SET is_on = false WHERE id = %s", [row.id])


def test_page_says_how_far_it_is_checked_and_turns_it_on_and_off(city):
    client = city.client("board_officer")
    page = client.get(PAGE)
    line = page.context["lines"][0]
    assert line.standing.unchecked > 300
    assert line.standing.checked == line.standing.missing == 0
    words = page.content.decode()
    assert f'<dd class="num">{line.standing.unchecked}</dd>' in words
    assert "Portuguêsを家庭に出す" in words
    assert "「翻訳は確認前です」と出ます" in words
    done = client.post(PAGE, {"language": "pt", "on": "yes"}, follow=True).content.decode()
    assert "Portuguêsを家庭に出しました。" in done
    assert "Portuguêsを止める" in done
    with city.tenant():
        row = LanguageSwitch.objects.select_related("set_by").get()
        assert f"<td>家庭に出した</td><td>{row.set_by.name}</td>" in done
    again = client.post(PAGE, {"language": "pt", "on": "yes"})
    assert again.status_code == 409
    assert "もうそうなっています" in again.content.decode()
    client.post(PAGE, {"language": "pt", "on": "no"})
    with city.tenant():
        assert language_switches() == {"pt": False}
