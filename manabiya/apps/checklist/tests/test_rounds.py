"""Rounds and question sets: who runs them, what is refused, what never changes."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.http import Http404

from manabiya.apps.checklist import queries, services
from manabiya.apps.checklist.models import (
    AnswerSheet,
    ChecklistRound,
    ChecklistSet,
    PublishedFigure,
)
from manabiya.apps.checklist.tests.conftest import OTHER
from manabiya.kernel.access.policies import Refused
from manabiya.kernel.audit.models import AuditEntry


def board(desk):
    return {"actor": desk.actor("board_officer"), "now": desk.now}


def open_round(desk, **changes):
    given = {
        "set_id": desk.round().question_set_id,
        "school_year": 2027,
        "due_on": desk.now.date() + timedelta(days=20),
    }
    return services.open_round(**board(desk), **given | changes)


def test_a_round_is_opened_for_every_school_and_the_board(desk):
    services.close_round(**board(desk))
    opened = open_round(desk)
    sheets = AnswerSheet.objects.filter(round=opened)
    assert sheets.filter(school=None).count() == 1
    assert set(sheets.exclude(school=None).values_list("school__slug", flat=True)) == {
        "midorigaoka",
        OTHER,
    }
    assert AuditEntry.objects.filter(action="checklist.round:open").count() == 1


def test_a_round_twice_is_refused(desk):
    with pytest.raises(services.ChecklistRefused, match="まだ締めていない回"):
        open_round(desk)
    services.close_round(**board(desk))
    with pytest.raises(services.ChecklistRefused, match="2026年度の回は、もうあります"):
        open_round(desk, school_year=2026)
    with pytest.raises(services.ChecklistRefused, match="過ぎた日"):
        open_round(desk, due_on=desk.now.date() - timedelta(days=1))
    with pytest.raises(IntegrityError), transaction.atomic():
        ChecklistRound.objects.create(
            school_year=2025,
            question_set=desk.round().question_set,
            due_on=desk.now.date(),
            opened_by=desk.actor("board_officer").person_id,
            opened_at=desk.now,
        )


def test_a_set_nobody_can_answer_opens_no_round(desk):
    services.close_round(**board(desk))
    row = desk.round().question_set
    nothing = {q["key"]: {"answer_type": "unknown"} for q in row.document["questions"]}
    revised = services.revise_set(**board(desk), set_id=row.id, changes=nothing, missing="全部")
    with pytest.raises(services.ChecklistRefused, match="答えられる質問がありません"):
        open_round(desk, set_id=revised.id)


def test_closing_needs_a_confirmed_school_and_is_done_once(desk):
    AnswerSheet.objects.filter(round=desk.round()).update(confirmed_at=None, confirmed_by=None)
    with pytest.raises(services.ChecklistRefused, match="確定した学校がまだありません"):
        services.close_round(**board(desk))
    AnswerSheet.objects.filter(round=desk.round(), school__slug=OTHER).update(
        confirmed_at=desk.now, confirmed_by=desk.actor("principal").person_id
    )
    services.close_round(**board(desk))
    with pytest.raises(services.ChecklistRefused, match="いま受け付けている回がありません"):
        services.close_round(**board(desk))


def test_reminding_reaches_those_who_have_not_confirmed(desk):
    count = services.remind_schools(**board(desk))
    waiting = AnswerSheet.objects.filter(round=desk.round(), confirmed_at=None).exclude(school=None)
    assert count == waiting.count() > 0
    found = queries.waiting_of(desk.actor("office_staff"), today=desk.now.date())
    assert found.reminded_at == desk.now
    assert not found.is_late
    lines = queries.progress_page(desk.actor("board_officer")).lines
    assert [line.state for line in lines if line.reminded_at] == ["draft"]


def test_nothing_waits_for_a_teacher_or_a_school_that_has_confirmed(desk):
    assert queries.waiting_of(desk.actor("homeroom_teacher"), today=desk.now.date()) is None
    sheet = desk.sheet()
    sheet.confirmed_at, sheet.confirmed_by = desk.now, desk.actor("principal").person_id
    sheet.save()
    assert queries.waiting_of(desk.actor("principal"), today=desk.now.date()) is None


@pytest.mark.parametrize("role", ["principal", "vice_principal", "office_staff", "ict_supporter"])
def test_no_school_runs_a_round(desk, role):
    actor, row = desk.actor(role), desk.round().question_set
    due_on = desk.now.date() + timedelta(days=9)
    deeds = [
        lambda: services.open_round(
            actor=actor, set_id=row.id, school_year=2027, due_on=due_on, now=desk.now
        ),
        lambda: services.close_round(actor=actor, now=desk.now),
        lambda: services.remind_schools(actor=actor, now=desk.now),
        lambda: services.install_set(actor=actor, key="r6", now=desk.now),
        lambda: services.revise_set(
            actor=actor, set_id=row.id, changes={}, missing="x", now=desk.now
        ),
        lambda: services.import_figures(
            actor=actor, file_name="a.csv", content=b"x", set_id=row.id, now=desk.now
        ),
        lambda: services.import_set(
            actor=actor,
            file_name="a.csv",
            content=b"x",
            school_year=2030,
            title="t",
            source="s",
            missing="",
            now=desk.now,
        ),
    ]
    for deed in deeds:
        with pytest.raises(Refused):
            deed()
    assert desk.round().is_open
    assert ChecklistSet.objects.count() == 1


def test_a_shipped_set_comes_with_the_nation_s_figures_only(desk):
    row = services.install_set(**board(desk), key="r6")
    assert (row.key, row.version) == ("r6", 1)
    found = PublishedFigure.objects.filter(school_year=2024)
    assert {figure.area for figure in found} == {"nation"}
    assert str(found.get(item="no_fax").percent) == "76.8"
    with pytest.raises(services.ChecklistRefused, match="もう入っています"):
        services.install_set(**board(desk), key="r6")
    with pytest.raises(Http404):
        services.install_set(**board(desk), key="r99")


def test_the_plan_s_city_gets_its_own_figures(city, desk):
    with city.tenant("sawanose"):
        place = city.municipality("sawanose")
        place.code = "012041"
        place.save()
        actor = city.actor("board_officer", "", "sawanose")
        from manabiya.apps.checklist.services.sets import _keep_figures
        from manabiya.apps.checklist.shipped import shipped_set

        PublishedFigure.objects.all().delete()
        _keep_figures(shipped_set("r5"), place.code)
        page = queries.city_page(actor, school_year=2023, today=desk.now.date())
    assert page.year.school_year == 2023
    by_number = {line.question.number: line for line in page.lines}
    assert (str(by_number[9].percent), by_number[9].gap.signed) == ("35.1", "−30.1")
    assert (page.at_least_80, page.below_50) == (7, 12)
    assert by_number[9].counted is None


def test_an_edit_is_the_next_version_and_an_open_round_keeps_its_own(desk):
    row = desk.round().question_set
    changes = {"no_fax": {"wording": "FAXを使いますか。", "weight": "2", "key": "stolen"}}
    revised = services.revise_set(**board(desk), set_id=row.id, changes=changes, missing="一部")
    assert (revised.key, revised.version) == (row.key, row.version + 1)
    question = next(q for q in revised.questions().questions if q.number == 19)
    assert (question.key, question.wording, str(question.weight)) == (
        "no_fax",
        "FAXを使いますか。",
        "2",
    )
    assert desk.round().question_set_id == row.id
    with pytest.raises(services.ChecklistRefused, match="変わったところがありません"):
        services.revise_set(**board(desk), set_id=revised.id, changes={}, missing="一部")
    bad = {"no_fax": {"answer_type": "気分"}}
    with pytest.raises(services.ChecklistRefused, match="質問19: 答え方「気分」がわかりません"):
        services.revise_set(**board(desk), set_id=revised.id, changes=bad, missing="一部")


def test_a_published_figure_without_source_or_definition_cannot_be_kept(desk):
    for lack in ({"source": ""}, {"definition": ""}):
        given = {"source": "国の公表", "definition": "半分以上"} | lack
        with pytest.raises(IntegrityError), transaction.atomic():
            PublishedFigure.objects.create(
                school_year=2030, item="no_fax", area="nation", percent="1.0", **given
            )
