"""One press for all schools; each accepts or says why not."""

from datetime import timedelta

import pytest
from django.http import Http404

from manabiya.apps.paperwork import queries, services
from manabiya.apps.paperwork.models import CatalogPaper, PaperProposal, PaperUse
from manabiya.apps.paperwork.services import PaperworkRefused
from manabiya.kernel.access.policies import Refused
from manabiya.kernel.audit.models import AuditEntry
from manabiya.roster.models import School

from .conftest import OTHER


def propose(board, paper, decision="digital", reason="学び舎で受けられます"):
    due = None if decision == "keep" else board.city.today + timedelta(days=90)
    return services.propose_to_schools(
        actor=board.actor, paper_id=paper.id, said=services.Decision(decision, reason, None, due),
        now=board.city.now(),
    )  # fmt: skip


def answer(desk, proposal, said, words=""):
    return services.answer_proposal(
        actor=desk.actor, proposal_id=proposal.id, answer=said, words=words, now=desk.city.now()
    )


def open_of(desk):
    return queries.open_proposals(desk.actor)


def test_every_school_gets_one_and_the_board_leaves_one_entry(board, common, desk):
    paper = common("参加の承諾書", "seal")
    assert propose(board, paper) == School.objects.count()
    entry = AuditEntry.objects.get(action="paperwork.paper:propose", subject_id=paper.id)
    assert entry.subject_count == School.objects.count()
    assert [p.catalog_paper_id for p in open_of(desk())] == [paper.id]
    assert [p.catalog_paper_id for p in open_of(desk(school=OTHER))] == [paper.id]


def test_a_school_that_ended_it_is_left_alone(board, common, desk):
    paper = common("参加の承諾書", "seal")
    desk().finish(desk().decide(desk().add("参加の承諾書", "seal")))
    assert propose(board, paper) == School.objects.count() - 1
    assert open_of(desk()) == []


def test_accepting_decides_the_line_of_this_school_only(board, common, desk):
    paper = common("参加の承諾書", "seal")
    mine, theirs = (d.add("参加の承諾書", "seal") for d in (desk(), desk(school=OTHER)))
    propose(board, paper)
    answer(desk(), open_of(desk())[0], "accepted")
    mine.refresh_from_db()
    theirs.refresh_from_db()
    assert (mine.decision, mine.due_on, mine.owner_id) == (
        "digital", board.city.today + timedelta(days=90), desk().actor.person_id,
    )  # fmt: skip
    assert theirs.decision == ""
    assert len(open_of(desk(school=OTHER))) == 1


def test_accepting_lists_a_paper_that_was_missing(board, common, desk):
    paper = common("参加の承諾書", "seal")
    propose(board, paper)
    answer(desk(), open_of(desk())[0], "accepted")
    use = PaperUse.objects.get(catalog_paper=paper, school_id=desk().actor.school_id)
    assert (use.name, use.decision) == ("参加の承諾書", "digital")


def test_declining_says_why(board, common, desk):
    propose(board, common("参加の承諾書", "seal"))
    proposal = open_of(desk())[0]
    with pytest.raises(PaperworkRefused, match="理由"):
        answer(desk(), proposal, "declined")
    done = answer(desk(), proposal, "declined", "保護者会で決めます")
    assert (done.answer, done.words) == ("declined", "保護者会で決めます")
    with pytest.raises(PaperworkRefused, match="もう答えて"):
        answer(desk(), proposal, "accepted")


def test_not_used_here_only_where_it_is_not_listed(board, common, desk):
    paper = common("参加の承諾書", "seal")
    desk().add("参加の承諾書", "seal")
    propose(board, paper)
    with pytest.raises(PaperworkRefused, match="一覧にあります"):
        answer(desk(), open_of(desk())[0], "unused")
    other = desk(school=OTHER)
    assert answer(other, open_of(other)[0], "unused").answer == "unused"


def test_a_new_proposal_takes_the_place_of_an_open_one(board, common, desk):
    paper = common("参加の承諾書", "seal")
    propose(board, paper)
    first = open_of(desk())[0]
    propose(board, paper, "abolish", "要りません")
    assert [p.decision for p in open_of(desk())] == ["abolish"]
    first.refresh_from_db()
    assert first.answer == "replaced"


def test_keeping_on_proposal_is_the_principals(board, common, desk):
    propose(board, common("受領書", "seal"), "keep", "国の様式のため")
    proposal = open_of(desk())[0]
    with pytest.raises(Refused):
        answer(desk(), proposal, "accepted")
    proposal.refresh_from_db()
    assert proposal.answer == "open"
    assert answer(desk("principal"), proposal, "accepted").answer == "accepted"


def test_a_school_proposes_nothing_and_answers_for_no_other(board, common, desk):
    paper = common("参加の承諾書", "seal")
    with pytest.raises(Refused):
        propose(desk("principal"), paper)
    propose(board, paper)
    theirs = open_of(desk(school=OTHER))[0]
    with pytest.raises(Http404):
        answer(desk("principal"), theirs, "accepted")
    with pytest.raises(Refused):
        answer(desk("office_staff"), open_of(desk())[0], "accepted")
    assert PaperProposal.objects.filter(answer="accepted").count() == 0


def test_an_ending_without_its_day_is_not_proposed(board, common):
    paper = common("参加の承諾書", "seal")
    with pytest.raises(PaperworkRefused, match="いつまでに"):
        services.propose_to_schools(
            actor=board.actor, paper_id=paper.id, now=board.city.now(),
            said=services.Decision("digital", "理由"),
        )  # fmt: skip
    assert not PaperProposal.objects.exists()


def withdraw(board, paper, reason="様式を見直してから、もう一度提案します"):
    return services.withdraw_proposals(
        actor=board.actor, paper_id=paper.id, reason=reason, now=board.city.now()
    )


def test_the_board_takes_back_what_nobody_answered_and_leaves_the_answers(board, common, desk):
    paper, other = common("参加の承諾書", "seal"), common("受領書", "seal")
    propose(board, paper)
    propose(board, other)
    mine = next(p for p in open_of(desk()) if p.catalog_paper_id == paper.id)
    answer(desk(), mine, "accepted")
    assert withdraw(board, paper) == School.objects.count() - 1
    entry = AuditEntry.objects.get(action="paperwork.paper:withdraw", subject_id=paper.id)
    assert entry.subject_count == School.objects.count() - 1
    mine.refresh_from_db()
    assert (mine.answer, mine.withdrawn_at) == ("accepted", None)
    assert PaperUse.objects.get(catalog_paper=paper, removed_at=None).decision == "digital"
    theirs = desk(school=OTHER)
    assert [p.catalog_paper_id for p in open_of(theirs)] == [other.id]
    [gone] = queries.answered_proposals(theirs.actor)
    assert (gone.answer, gone.withdrawn_reason, gone.words) == (
        "withdrawn", "様式を見直してから、もう一度提案します", "",
    )  # fmt: skip


def test_what_was_taken_back_is_not_answered_and_can_be_proposed_anew(board, common, desk):
    paper = common("参加の承諾書", "seal")
    propose(board, paper)
    mine = open_of(desk())[0]
    withdraw(board, paper)
    with pytest.raises(PaperworkRefused, match="取り下げた"):
        answer(desk(), mine, "accepted")
    assert not PaperUse.objects.filter(catalog_paper=paper, removed_at=None).exists()
    assert propose(board, paper) == School.objects.count()
    assert len(open_of(desk())) == 1


def test_taking_back_needs_a_reason_and_somebody_who_waits(board, common):
    paper = common("参加の承諾書", "seal")
    with pytest.raises(PaperworkRefused, match="待っている提案はありません"):
        withdraw(board, paper)
    propose(board, paper)
    with pytest.raises(PaperworkRefused, match="理由"):
        withdraw(board, paper, "  ")
    assert not PaperProposal.objects.filter(answer="withdrawn").exists()


@pytest.mark.parametrize("role", ["principal", "vice_principal", "office_staff"])
def test_nobody_of_a_school_takes_a_proposal_back(board, common, desk, role):
    paper = common("参加の承諾書", "seal")
    propose(board, paper)
    with pytest.raises(Refused):
        withdraw(desk(role), paper)
    assert len(open_of(desk())) == 1


def test_a_paper_of_another_municipality_is_not_taken_back(board, common, city):
    with city.tenant("sawanose"):
        theirs = CatalogPaper.objects.order_by("name")[0]
    with pytest.raises(Http404):
        withdraw(board, theirs)


def test_a_school_reads_only_its_own_answers(board, common, desk):
    propose(board, common("参加の承諾書", "seal"))
    answer(desk(), open_of(desk())[0], "declined", "保護者会で決めます")
    assert [p.words for p in queries.answered_proposals(desk().actor)] == ["保護者会で決めます"]
    assert queries.answered_proposals(desk(school=OTHER).actor) == []
    assert queries.answered_proposals(desk("office_staff").actor) == []
