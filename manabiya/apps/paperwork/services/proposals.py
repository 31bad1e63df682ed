"""The board proposes, the school answers."""

from datetime import datetime
from uuid import UUID

from django.http import Http404
from django.utils.translation import gettext as _

from manabiya.apps.paperwork import rules
from manabiya.apps.paperwork.models import CatalogPaper, PaperProposal, PaperUse, PaperUseChange
from manabiya.apps.paperwork.policies import PAPER_PROPOSE, USE_DECIDE
from manabiya.apps.paperwork.services.decisions import settle
from manabiya.apps.paperwork.services.fields import Decision, check_decision
from manabiya.apps.paperwork.services.places import named_once, noted, recorded
from manabiya.apps.paperwork.services.refusals import PaperworkRefused
from manabiya.apps.paperwork.services.uses import use_from
from manabiya.kernel.access.actors import Actor
from manabiya.kernel.audit.service import service
from manabiya.roster.models import School

Answer = PaperProposal.Answer


@service
def propose_to_schools(*, actor: Actor, paper_id: UUID, said: Decision, now: datetime) -> int:
    """Propose a decision about a common paper to every school that hasn't ended it; how many.

    A proposal still open is replaced. Raises ``Refused``, ``Http404``, :class:`PaperworkRefused`.
    """
    PAPER_PROPOSE.require(actor)
    papers = CatalogPaper.objects.select_for_update(no_key=True)
    paper = PAPER_PROPOSE.get(actor, papers, pk=paper_id, retired_at=None)
    if not rules.tidy(said.reason):
        raise PaperworkRefused(_("提案の理由を書いてください。学校が読みます。"))
    check_decision(said, None, now.date())
    ended = PaperUse.objects.filter(
        catalog_paper=paper, removed_at=None, done_on__isnull=False, school__isnull=False
    )
    schools = School.objects.exclude(id__in=ended.values("school_id")).order_by("code")
    paper.proposals.filter(answer=Answer.OPEN).update(answer=Answer.REPLACED)
    made = [_proposal(actor, paper, school.id, said, now) for school in schools]
    PaperProposal.objects.bulk_create(made)
    recorded(
        actor, "paperwork.paper:propose", "catalog_paper", paper.id,
        count=len(made), decision=said.decision,
    )  # fmt: skip
    return len(made)


@service
def withdraw_proposals(*, actor: Actor, paper_id: UUID, reason: str, now: datetime) -> int:
    """Take the proposal of a common paper back from every school that hasn't answered; how many.

    What schools answered stays, and so do the decisions they took. Raises ``Refused``,
    ``Http404``, :class:`PaperworkRefused` (no reason, nobody waits).
    """
    PAPER_PROPOSE.require(actor)
    paper = PAPER_PROPOSE.get(actor, CatalogPaper.objects.all(), pk=paper_id)
    said = rules.tidy(reason)
    if not said:
        raise PaperworkRefused(_("取り下げる理由を書いてください。学校が読みます。"))
    waiting = paper.proposals.filter(answer=Answer.OPEN).select_for_update(no_key=True)
    keys = [proposal.pk for proposal in waiting.order_by("id")]
    if not keys:
        raise PaperworkRefused(_("返事を待っている提案はありません。"))
    PaperProposal.objects.filter(pk__in=keys).update(
        answer=Answer.WITHDRAWN, withdrawn_at=now, withdrawn_reason=said
    )
    recorded(actor, "paperwork.paper:withdraw", "catalog_paper", paper.id, count=len(keys))
    return len(keys)


def _proposal(
    actor: Actor, paper: CatalogPaper, school_id: UUID, said: Decision, now: datetime
) -> PaperProposal:
    return PaperProposal(
        school_id=school_id,
        catalog_paper_id=paper.id,
        decision=said.decision,
        reason=rules.tidy(said.reason),
        due_on=said.due_on if said.decision in rules.ENDING else None,
        proposed_by_id=actor.person_id,
        proposed_at=now,
    )


@service
def answer_proposal(
    *, actor: Actor, proposal_id: UUID, answer: str, words: str, now: datetime
) -> PaperProposal:
    """Answer for the school: accept (the line is decided, and made where it is missing), decline
    with a reason, or say that the paper is not used here.

    Raises ``Refused``, ``Http404``, :class:`PaperworkRefused`.
    """
    USE_DECIDE.require(actor)
    rows = PaperProposal.objects.filter(school_id=actor.at).select_for_update(no_key=True)
    proposal = USE_DECIDE.get(actor, rows, pk=proposal_id)
    if proposal.answer != Answer.OPEN:
        raise PaperworkRefused(
            _("この提案には、もう答えてあるか、教育委員会が取り下げたか替えています。")
        )
    if answer == Answer.ACCEPTED:
        _accept(actor, proposal, now)
    elif answer == Answer.DECLINED:
        if not rules.tidy(words):
            raise PaperworkRefused(_("受け入れないときは、理由を書いてください。"))
    elif answer == Answer.UNUSED:
        if _line_of(proposal) is not None:
            raise PaperworkRefused(
                _("この帳票は一覧にあります。受け入れるか、受け入れない理由を書いてください。")
            )
    else:
        raise Http404
    proposal.answer, proposal.words = answer, rules.tidy(words)
    proposal.answered_by_id, proposal.answered_at = actor.person_id, now
    proposal.save(update_fields=["answer", "words", "answered_by", "answered_at"])
    recorded(actor, "paperwork.proposal:answer", "paper_proposal", proposal.id, answer=answer)
    return proposal


def _line_of(proposal: PaperProposal) -> PaperUse | None:
    """Return the school's line of the paper, locked; one written by hand under its name counts."""
    paper = proposal.catalog_paper
    rows = PaperUse.objects.filter(school_id=proposal.school_id, removed_at=None)
    found: PaperUse | None = (
        rows.filter(name=paper.name, kind=paper.kind).select_for_update(no_key=True).first()
        or rows.filter(catalog_paper=paper).select_for_update(no_key=True).first()
    )
    return found


def _accept(actor: Actor, proposal: PaperProposal, now: datetime) -> None:
    use = _line_of(proposal)
    if use is None:
        use = use_from(proposal.catalog_paper, proposal.school_id, now.date())
        with named_once():
            use.save()
        noted(use, PaperUseChange.Deed.ADDED, actor, now).save()
    if use.done_on is not None:
        return
    said = Decision(
        decision=proposal.decision,
        reason=proposal.reason,
        owner_id=use.owner_id or actor.person_id,
        due_on=proposal.due_on,
    )
    settle(actor, use, said, now)
