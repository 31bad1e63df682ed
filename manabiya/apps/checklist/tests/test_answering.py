"""Answering: a draft by the person in charge, the head confirms, reopened only with a reason."""

import pytest
from django.http import Http404

from manabiya.apps.checklist import queries, services
from manabiya.apps.checklist.models import AnswerSheetStep, ChecklistAnswer
from manabiya.apps.checklist.tests.conftest import OTHER
from manabiya.kernel.access.policies import Refused
from manabiya.kernel.audit.models import AuditEntry


def save(desk, role="office_staff", answers=None, school=None, sheet=None):
    return services.save_sheet(
        actor=desk.actor(role),
        sheet_id=(sheet or desk.sheet()).id,
        answers=desk.every_answer() if answers is None else answers,
        now=desk.now,
    )


def confirm(desk, role="principal", sheet=None):
    return services.confirm_sheet(
        actor=desk.actor(role), sheet_id=(sheet or desk.sheet()).id, now=desk.now
    )


def reopen(desk, role="principal", sheet=None, reason="聞きちがい"):
    return services.reopen_sheet(
        actor=desk.actor(role), sheet_id=(sheet or desk.sheet()).id, reason=reason, now=desk.now
    )


def deeds(desk):
    rows = AnswerSheetStep.objects.filter(sheet=desk.sheet()).order_by("id")
    return [(row.deed, row.reason) for row in rows]


def test_office_staff_writes_a_draft_and_the_principal_confirms_it(desk):
    save(desk)
    assert not desk.sheet().is_confirmed
    confirm(desk)
    sheet = desk.sheet()
    assert sheet.confirmed_by == desk.actor("principal").person_id
    assert deeds(desk) == [("saved", ""), ("confirmed", "")]
    entries = AuditEntry.objects.filter(action__startswith="checklist.sheet:")
    assert list(entries.order_by("id").values_list("action", "subject_id", "school_id")) == [
        ("checklist.sheet:saved", sheet.id, sheet.school_id),
        ("checklist.sheet:confirmed", sheet.id, sheet.school_id),
    ]


def test_an_answer_is_changed_and_taken_away(desk):
    save(desk, answers={"no_fax": "yes", "absence_contact": "fully"})
    save(desk, answers={"no_fax": "no", "absence_contact": ""})
    found = dict(desk.sheet().answers.values_list("item", "value"))
    assert found["no_fax"] == "no"
    assert "absence_contact" not in found


@pytest.mark.parametrize("role", ["vice_principal", "academic_affairs_head", "office_staff"])
def test_nobody_but_the_principal_confirms(desk, role):
    save(desk)
    with pytest.raises(Refused):
        confirm(desk, role)
    with pytest.raises(Refused):
        reopen(desk, role)
    assert not desk.sheet().is_confirmed


@pytest.mark.parametrize("role", ["homeroom_teacher", "school_nurse", "ict_supporter"])
def test_others_of_the_school_do_not_answer(desk, role):
    before = set(desk.sheet().answers.values_list("item", "value"))
    with pytest.raises(Refused):
        save(desk, role)
    assert set(desk.sheet().answers.values_list("item", "value")) == before


def test_confirming_names_the_questions_that_are_open(desk):
    desk.sheet().answers.all().delete()
    answers = desk.every_answer()
    for item in ("no_fax", "vacation_whereabouts"):
        answers.pop(item)
    save(desk, answers=answers)
    with pytest.raises(services.ChecklistRefused, match=r"\(8、19\)"):
        confirm(desk)
    assert not desk.sheet().is_confirmed


@pytest.mark.parametrize(
    ("answers", "words"),
    [
        ({"no_fax": "fully"}, "質問19: 選択肢にない回答です: fully"),
        ({"absence_contact": "たぶん"}, "質問9: 選択肢にない回答です: たぶん"),
        ({"time_machine": "yes"}, "この回にない質問です: time_machine"),
        ({"security_policy": "yes"}, "この回にない質問です: security_policy"),
    ],
)
def test_unknown_answers_are_refused_with_their_place(desk, answers, words):
    before = set(desk.sheet().answers.values_list("item", "value"))
    with pytest.raises(services.ChecklistRefused) as refusal:
        save(desk, answers={"on_demand_training": "yes", **answers})
    assert str(refusal.value) == words
    assert set(desk.sheet().answers.values_list("item", "value")) == before


def test_a_confirmed_sheet_is_reopened_only_with_a_reason(desk):
    save(desk)
    confirm(desk)
    with pytest.raises(services.ChecklistRefused, match="確定した回答です"):
        save(desk, answers={"no_fax": "no"})
    with pytest.raises(services.ChecklistRefused, match="確定した回答です"):
        confirm(desk)
    with pytest.raises(services.ChecklistRefused, match="理由"):
        reopen(desk, reason="  ")
    reopen(desk)
    assert not desk.sheet().is_confirmed
    assert deeds(desk)[-1] == ("reopened", "聞きちがい")
    with pytest.raises(services.ChecklistRefused, match="まだ確定していません"):
        reopen(desk)


def test_the_board_gives_a_school_its_answers_back(desk):
    save(desk)
    confirm(desk)
    reopen(desk, "board_officer", reason="問19の数が合いません")
    assert not desk.sheet().is_confirmed
    page = queries.school_sheet(desk.actor("principal"), school_year=None, today=desk.now.date())
    assert (page.steps[0].label, page.steps[0].reason) == ("確定を取り消し", "問19の数が合いません")


@pytest.mark.parametrize("deed", [save, confirm, reopen])
def test_a_principal_touches_no_other_school(desk, deed):
    other = desk.sheet(OTHER)
    before = set(ChecklistAnswer.objects.filter(sheet=other).values_list("item", "value"))
    for sheet in (other, desk.sheet(None)):
        with pytest.raises(Http404):
            deed(desk, role="principal", sheet=sheet)
    assert set(ChecklistAnswer.objects.filter(sheet=other).values_list("item", "value")) == before


def test_a_board_officer_answers_for_no_school(desk):
    with pytest.raises(Refused):
        save(desk, "board_officer")
    with pytest.raises(Refused):
        confirm(desk, "board_administrator")


def test_a_closed_round_takes_nothing(desk):
    closed = desk.sheet(year=2025)
    for deed in (save, confirm, reopen):
        with pytest.raises(services.ChecklistRefused, match="締めました"):
            deed(desk, "principal", sheet=closed)


def test_the_board_answers_its_own_and_its_administrator_confirms(desk):
    own = desk.sheet(None)
    save(desk, "board_officer", answers=desk.every_answer("board"), sheet=own)
    with pytest.raises(Refused):
        confirm(desk, "board_officer", sheet=own)
    confirm(desk, "board_administrator", sheet=own)
    assert desk.sheet(None).is_confirmed
    with pytest.raises(Refused):
        reopen(desk, "board_officer", sheet=own)
    reopen(desk, "board_administrator", sheet=own)
    assert not desk.sheet(None).is_confirmed


def test_another_municipality_s_sheet_does_not_exist(city, desk):
    with city.tenant("sawanose"):
        theirs = desk.sheet(school="sawanose")
    for deed, role in ((save, "office_staff"), (confirm, "principal"), (reopen, "board_officer")):
        with pytest.raises(Http404):
            deed(desk, role, sheet=theirs)
