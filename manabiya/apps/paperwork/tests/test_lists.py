"""The list of a place: who writes it, what is refused, what stays."""

import pytest
from django.http import Http404

from manabiya.apps.paperwork import queries, services
from manabiya.apps.paperwork.models import PaperUse, PaperUseChange
from manabiya.apps.paperwork.services import PaperworkRefused
from manabiya.kernel.access.policies import Refused
from manabiya.kernel.audit.models import AuditEntry

from .conftest import OTHER


def steps(use):
    rows = PaperUseChange.objects.filter(use=use).order_by("changed_at", "id")
    return list(rows.values_list("deed", flat=True))


def test_deputy_adds_a_line_with_its_step_and_one_audit_entry(desk):
    deputy = desk()
    use = deputy.add("  出張 命令簿 ", "seal", volume_count=25)
    assert (use.name, use.school_id, use.version) == ("出張 命令簿", deputy.actor.school_id, 1)
    assert steps(use) == ["added"]
    entry = AuditEntry.objects.get(action="paperwork.use:add", subject_id=use.id)
    assert "命令簿" not in str(entry.details)


@pytest.mark.parametrize("role", ["homeroom_teacher", "academic_affairs_head", "school_nurse"])
def test_who_does_not_keep_the_list_may_not_add(desk, role):
    with pytest.raises(Refused):
        desk(role).add("出張命令簿")
    assert not PaperUse.objects.filter(name="出張命令簿", removed_at=None).exists()


def test_the_same_name_and_kind_twice_is_refused_another_kind_is_not(desk):
    deputy = desk()
    deputy.add("届出票")
    deputy.add("届出票", "fax")
    with pytest.raises(PaperworkRefused, match="もうあります"):
        deputy.add("届出票")
    assert PaperUse.objects.filter(name="届出票", removed_at=None).count() == 2


def test_another_school_and_the_board_may_list_the_same_name(desk, board):
    desk().add("届出票")
    desk(school=OTHER).add("届出票")
    board.add("届出票")
    with pytest.raises(PaperworkRefused, match="もうあります"):
        board.add("届出票")
    assert PaperUse.objects.filter(name="届出票", removed_at=None).count() == 3


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"basis": "law"}, "根拠の法令"),
        ({"basis": "magic"}, "なぜ残っているか"),
        ({"beyond_to": "state"}, "どうなれば解けるか"),
        ({"beyond_note": "様式を変えてほしい"}, "どこへの要望"),
    ],
)
def test_facts_that_do_not_hold_are_refused(desk, fields, words):
    with pytest.raises(PaperworkRefused, match=words):
        desk().add("届出票", **fields)


def test_a_partner_is_named_only_by_who_may_know_it(desk):
    theirs = services.keep_partner(
        actor=desk(school=OTHER).actor, partner_id=None, version=0,
        entry=services.PartnerFields("よその商店", "firm", "fax"), now=desk().city.now(),
    )  # fmt: skip
    with pytest.raises(PaperworkRefused, match="この相手先は選べません"):
        desk().add("注文書", "fax", with_whom="partner", partner_id=theirs.id)
    use = desk(school=OTHER).add("注文書", "fax", with_whom="partner", partner_id=theirs.id)
    assert use.partner_id == theirs.id
    with pytest.raises(PaperworkRefused, match="外部の相手先"):
        desk(school=OTHER).add("注文の控え", with_whom="inside", partner_id=theirs.id)


def test_common_papers_bring_their_defaults_and_leave_what_is_listed(desk, common):
    given = common("欠席の届け", source="慣例", replacement="product")
    known = common("押印の届け", "seal")
    deputy = desk("office_staff")
    mine = deputy.add("押印の届け", "seal", basis="machine")
    assert mine.catalog_paper_id == known.id
    count = services.add_from_catalog(
        actor=deputy.actor, paper_ids=[given.id, known.id], now=deputy.city.now()
    )
    assert count == 1
    made = PaperUse.objects.get(catalog_paper=given, removed_at=None)
    assert (made.with_whom, made.source, made.replacement) == ("guardians", "慣例", "product")
    mine.refresh_from_db()
    assert mine.basis == "machine"
    assert queries.offered_papers(deputy.actor) == []


def test_two_people_at_once_the_second_is_told(desk):
    deputy, clerk = desk(), desk("office_staff")
    use = deputy.add("届出票")
    entry = services.UseFields("届出票", "paper", "guardians", "habit")
    services.edit_use(
        actor=deputy.actor, use_id=use.id, version=1, entry=entry, now=deputy.city.now()
    )
    with pytest.raises(PaperworkRefused, match="先に書き直しました"):
        services.edit_use(
            actor=clerk.actor, use_id=use.id, version=1, entry=entry, now=clerk.city.now()
        )
    assert steps(use) == ["added", "edited"]


def test_a_line_of_another_school_or_the_board_does_not_exist(desk, board):
    theirs, boards = desk(school=OTHER).add("届出票"), board.add("届出票")
    entry = services.UseFields("届出票", "paper", "guardians", "habit")
    for use in (theirs, boards):
        with pytest.raises(Http404):
            services.edit_use(
                actor=desk().actor, use_id=use.id, version=1, entry=entry, now=board.city.now()
            )
        with pytest.raises(Http404):
            queries.use_page(desk().actor, use.id, board.city.today)
    with pytest.raises(Http404):
        services.edit_use(
            actor=board.actor, use_id=theirs.id, version=1, entry=entry, now=board.city.now()
        )


def test_a_line_of_another_city_does_not_exist(city):
    from .conftest import Desk

    with city.tenant("sawanose"):
        theirs = Desk(city, city.actor("principal", "sawanose", slug="sawanose")).add("町の届")
    with city.tenant():
        mine = Desk(city, city.actor("vice_principal", "midorigaoka"))
        assert not PaperUse.objects.filter(id=theirs.id).exists()
        with pytest.raises(Http404):
            mine.decide(theirs)


def test_removed_lines_count_nowhere_and_their_name_is_free_again(desk):
    deputy = desk()
    use = deputy.add("まちがい")
    with pytest.raises(PaperworkRefused, match="理由"):
        services.remove_use(
            actor=deputy.actor, use_id=use.id, version=1, reason=" ", now=deputy.city.now()
        )
    services.remove_use(
        actor=deputy.actor, use_id=use.id, version=1, reason="二重に書いた", now=deputy.city.now()
    )
    assert queries.lines_of(deputy.actor, today=deputy.city.today) == []
    assert deputy.add("まちがい").id != use.id
    assert steps(use) == ["added", "removed"]


def test_steps_can_not_be_changed(desk):
    from django.db import ProgrammingError, transaction

    use = desk().add("届出票")
    with pytest.raises(ProgrammingError), transaction.atomic():
        PaperUseChange.objects.filter(use=use).update(reason="別の話")


def test_two_hundred_lines_are_one_question(desk, django_assert_num_queries):
    deputy = desk()
    PaperUse.objects.bulk_create(
        PaperUse(
            school_id=deputy.actor.school_id, name=f"帳票{n}", kind="paper", with_whom="inside",
            basis="habit", listed_on=deputy.city.today,
        )
        for n in range(200)
    )  # fmt: skip
    with django_assert_num_queries(1):
        assert len(queries.lines_of(deputy.actor, today=deputy.city.today)) == 200
