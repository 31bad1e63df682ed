"""The roll-up: what the board sees by school, what a school sees of the city, what is left."""

from datetime import timedelta

import pytest

from manabiya.apps.paperwork import queries, services
from manabiya.apps.paperwork.evidence import EVIDENCE
from manabiya.apps.paperwork.models import PaperUse
from manabiya.kernel.access.policies import Refused
from manabiya.kernel.registry.evidence import Share

from .conftest import OTHER


@pytest.fixture
def filled(desk, board):
    """Write 6 lines: at two schools and the board; one done, one overdue, one kept, one planned."""
    one, two = desk(), desk(school=OTHER)
    today = one.city.today
    one.finish(one.decide(one.add("注文書", "fax", volume_count=10)))
    two.decide(two.add("注文書", "fax", volume_count=5), due_on=today - timedelta(days=1))
    desk("principal").decide(one.add("受領書", "seal"), "keep", reason="様式のため")
    one.decide(one.add("届出票"), due_on=today + timedelta(days=200))
    two.add("届出票", volume_count=3, volume_per="year")
    board.add("通知文", with_whom="school", basis="machine")
    return today


def test_sums_of_the_city(filled, board):
    sums = queries.city_sums(board.actor, filled)
    whole = sums.counts
    assert (whole.left, whole.undecided, whole.planned, whole.overdue, whole.kept, whole.done) == (
        5, 2, 1, 1, 1, 1,
    )  # fmt: skip
    assert whole.yearly == 5 * 12 + 3
    kinds = {word: (counts.left, counts.done) for word, counts in sums.by_kind}
    assert (kinds["FAX"], kinds["押印・署名"], kinds["紙"], kinds["電話"]) == (
        (1, 1), (1, 0), (3, 0), (0, 0),
    )  # fmt: skip
    assert {word: counts.left for word, counts in sums.by_basis}["機器や環境がない"] == 1
    assert (sums.listing, sums.years[0].school_year, sums.years[0].planned) == (2, 2026, 4)
    assert (sums.years[0].real, sums.years[1].planned, sums.years[1].real) == (5, 3, None)


def test_rows_of_the_board(filled, board):
    papers = {(row.name, row.kind): row for row in queries.paper_rows(board.actor, filled)}
    fax = papers["注文書", "fax"]
    assert (len(fax.schools), fax.counts.left, fax.counts.overdue, fax.counts.done) == (2, 1, 1, 1)
    rows = {
        row.school.slug if row.school else "": row.counts
        for row in queries.school_rows(board.actor, filled)
    }
    assert (rows["midorigaoka"].total, rows[OTHER].total, rows[""].total) == (3, 2, 1)
    assert [(u.name, u.school.slug) for u in queries.overdue_uses(board.actor, filled)] == [
        ("注文書", OTHER)
    ]


@pytest.mark.parametrize("role", ["principal", "vice_principal", "office_staff"])
def test_a_school_sees_the_sums_and_no_school(filled, desk, role):
    actor = desk(role).actor
    assert queries.city_sums(actor, filled).counts.left == 5
    for read in (queries.paper_rows, queries.school_rows, queries.overdue_uses):
        with pytest.raises(Refused):
            read(actor, filled)
    with pytest.raises(Refused):
        queries.beyond_rows(actor)


def test_who_has_no_list_sees_no_sums(filled, desk):
    with pytest.raises(Refused):
        queries.city_sums(desk("homeroom_teacher").actor, filled)


def test_the_other_city_counts_none_of_it(filled, city, board):
    with city.tenant("sawanose"):
        names = PaperUse.objects.values_list("name", flat=True)
        assert not {"注文書", "受領書", "通知文"} & set(names)


def test_beyond_the_city_with_places_that_still_use_it(desk, board, common):
    common(
        "教科書の受領書", "seal", beyond_to="state", beyond_note="様式を変えてほしい",
        basis="law", source="例の省令第1条",
    )  # fmt: skip
    for one in (desk(), desk(school=OTHER)):
        one.add("教科書の受領書", "seal", volume_count=2, volume_per="year")
    ended = board.add("教科書の受領書", "seal")
    board.finish(board.decide(ended))
    desk().add("県への報告", "fax", beyond_to="prefecture", beyond_note="窓口を開いてほしい")
    rows = queries.beyond_rows(board.actor)
    assert [(r.to, r.name, r.places, r.yearly, r.source) for r in rows] == [
        ("prefecture", "県への報告", 1, 0, ""),
        ("state", "教科書の受領書", 2, 4, "例の省令第1条"),
    ]


def test_partners_with_what_is_left_those_without_agreement_first(desk, board):
    def partner(name, agreed_on=None):
        entry = services.PartnerFields(name, "firm", "mail", agreed_on)
        return services.keep_partner(
            actor=board.actor, partner_id=None, version=0, entry=entry, now=board.city.now()
        )

    agreed, firm = partner("合意した店", board.city.today), partner("まだの店")
    for name, where in (("注文書", agreed), ("見積書", agreed), ("納品書", firm)):
        desk().add(name, "fax", with_whom="partner", partner_id=where.id)
    rows = queries.partner_rows(board.actor, board.city.today)
    assert [(r.partner.name, r.counts.left) for r in rows] == [("まだの店", 1), ("合意した店", 2)]
    assert rows[1].partner.agreed_by_id == board.actor.person_id


def test_what_is_left_of_a_kind_follows_the_rows(desk):
    one = desk()
    today, school = one.city.today, one.actor.school_id

    def left(first, last):
        found = queries.paper_left(school_id=school, kind="fax", first=first, last=last)
        return found.numerator, found.denominator

    yesterday = today - timedelta(days=1)
    assert left(yesterday, today) == (None, None)
    one.add("届出票")
    assert left(yesterday, today) == (0, 0)
    use = one.decide(one.add("注文書", "fax"))
    one.add("納品書", "fax")
    assert left(yesterday, today) == (2, 2)
    one.finish(use)
    assert left(yesterday, today) == (2, 2)
    assert left(today, today) == (1, 2)
    assert left(yesterday, yesterday) == (None, None)
    PaperUse.objects.filter(id=use.id).update(removed_at=one.city.now())
    assert left(today, today) == (1, 1)


def test_evidence_is_the_share_that_ended_and_unknown_without_a_line(desk):
    one, two = desk(), desk(school=OTHER)
    today = one.city.today
    one.finish(one.decide(one.add("注文書", "fax")))
    one.add("納品書", "fax")
    two.add("届出票")
    fax = next(each for each in EVIDENCE if each.item == "no_fax")
    ids = [one.actor.school_id, two.actor.school_id]
    assert fax.compute(ids, today, today) == {one.actor.school_id: Share(1, 2)}


def test_city_is_read_by_a_fixed_number_of_questions(filled, board, django_assert_max_num_queries):
    with django_assert_max_num_queries(2):
        queries.city_sums(board.actor, filled)
    with django_assert_max_num_queries(2):
        queries.paper_rows(board.actor, filled)
    with django_assert_max_num_queries(2):
        queries.school_rows(board.actor, filled)
