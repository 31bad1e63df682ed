"""Decide, finish, take back."""

from datetime import timedelta

import pytest

from manabiya.apps.paperwork import services
from manabiya.apps.paperwork.models import PaperUseChange
from manabiya.apps.paperwork.services import PaperworkRefused
from manabiya.kernel.access.policies import Refused
from manabiya.kernel.audit.models import AuditEntry
from manabiya.roster.models import StaffMember

from .conftest import OTHER


def test_deputy_decides_and_the_clerk_marks_it_as_done(desk):
    deputy = desk()
    due = deputy.city.today + timedelta(days=30)
    use = deputy.decide(deputy.add("届出票"), due_on=due, owner_id=deputy.actor.person_id)
    assert (use.decision, use.due_on, use.owner_id) == ("digital", due, deputy.actor.person_id)
    use = desk("office_staff").finish(use)
    assert use.done_on == deputy.city.today
    rows = PaperUseChange.objects.filter(use=use).order_by("changed_at", "id")
    assert list(rows.values_list("deed", "decision", "day")) == [
        ("added", "", None),
        ("decided", "digital", due),
        ("done", "digital", deputy.city.today),
    ]
    entries = AuditEntry.objects.filter(subject_id=use.id, action__startswith="paperwork.use:")
    assert sorted(entries.values_list("action", flat=True)) == [
        "paperwork.use:add", "paperwork.use:decide", "paperwork.use:finish",
    ]  # fmt: skip


def test_only_the_principal_lets_a_paper_go_on_and_says_why(desk):
    use = desk().add("届出票")
    with pytest.raises(Refused):
        desk().decide(use, "keep", reason="要る")
    with pytest.raises(PaperworkRefused, match="理由"):
        desk("principal").decide(use, "keep")
    use = desk("principal").decide(use, "keep", reason="相手先が紙だけのため")
    assert (use.decision, use.decision_reason, use.due_on) == ("keep", "相手先が紙だけのため", None)


def test_of_the_boards_own_the_administrator_lets_go_on(desk, board):
    use = board.add("旅費の書類", "seal")
    with pytest.raises(Refused):
        desk("board_officer", "").decide(use, "keep", reason="要る")
    assert board.decide(use, "keep", reason="規程による").decision == "keep"


@pytest.mark.parametrize("role", ["office_staff", "academic_affairs_head", "homeroom_teacher"])
def test_who_does_not_decide(desk, role):
    use = desk().add("届出票")
    with pytest.raises(Refused):
        desk(role).decide(use)
    use.refresh_from_db()
    assert use.decision == ""


def test_an_ending_needs_its_day(desk):
    with pytest.raises(PaperworkRefused, match="いつまでに"):
        desk().decide(desk().add("届出票"), due_on=None)


def test_owner_works_here(desk):
    stranger = desk(school=OTHER).actor.person_id
    with pytest.raises(PaperworkRefused, match="担当"):
        desk().decide(desk().add("届出票"), owner_id=stranger)
    assert StaffMember.objects.filter(id=stranger).exists()


def test_what_is_not_decided_is_not_done_and_no_day_ahead(desk):
    deputy = desk()
    use = deputy.add("届出票")
    with pytest.raises(PaperworkRefused, match="先に"):
        deputy.finish(use)
    use = deputy.decide(use)
    with pytest.raises(PaperworkRefused, match="今日まで"):
        deputy.finish(use, deputy.city.today + timedelta(days=1))


def test_what_is_done_is_decided_anew_only_after_it_is_taken_back(desk):
    deputy = desk()
    use = deputy.finish(deputy.decide(deputy.add("届出票")))
    with pytest.raises(PaperworkRefused, match="もうやめたもの"):
        deputy.decide(use, "abolish")
    use = services.reopen_use(
        actor=deputy.actor, use_id=use.id, version=use.version, reason="まだ届く",
        now=deputy.city.now(),
    )  # fmt: skip
    assert use.done_on is None
    assert deputy.decide(use, "abolish").decision == "abolish"


def test_the_clerk_may_not_take_back(desk):
    use = desk().finish(desk().decide(desk().add("届出票")))
    with pytest.raises(Refused):
        services.reopen_use(
            actor=desk("office_staff").actor, use_id=use.id, version=use.version, reason="戻す",
            now=desk().city.now(),
        )  # fmt: skip
