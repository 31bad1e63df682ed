"""A school attaches evidence of its own and names another service; who may, and who may not."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.http import Http404

from manabiya.apps.checklist import queries, services
from manabiya.apps.checklist.models import SchoolEvidence
from manabiya.apps.checklist.services import ChecklistRefused, OwnFigure
from manabiya.apps.checklist.tests.conftest import OTHER, SCHOOL
from manabiya.kernel.access.policies import Refused
from manabiya.kernel.audit.models import AuditEntry

ITEM = "absence_contact"
FIGURE = OwnFigure(30, 40, date(2026, 10, 1), date(2026, 10, 31), "連絡アプリの集計")
MAY = ["principal", "vice_principal", "academic_affairs_head", "office_staff"]
MAY_NOT = ["homeroom_teacher", "subject_teacher", "school_nurse", "grade_head"]


def declare(desk, school=SCHOOL, item=ITEM, **more):
    said = {"name": "連絡アプリ", "since": date(2025, 4, 1), "percent": 80, **more}
    return services.declare_service(
        actor=desk.actor("principal", school), item=item, now=desk.now, **said
    )


def own(desk, item=ITEM, role="principal", school=SCHOOL):
    return queries.own_item(desk.actor(role, school), item=item, today=desk.now.date())


def board(desk, item=ITEM):
    return queries.item_page(
        desk.actor("board_officer"), item=item, school_year=None, today=desk.now.date()
    )


def place(page, name="緑が丘小学校"):
    return next(row for row in page.places if row.school.name == name)


@pytest.mark.parametrize("role", MAY)
def test_those_who_answer_the_sheet_attach_a_figure(desk, role):
    actor = desk.actor(role)
    before = AuditEntry.objects.count()
    row = services.attach_figure(actor=actor, item=ITEM, figure=FIGURE, now=desk.now)
    assert (row.school_id, row.numerator, row.denominator) == (actor.school_id, 30, 40)
    entry = AuditEntry.objects.latest("id")
    assert AuditEntry.objects.count() == before + 1
    assert entry.action == "checklist.evidence:attach"
    assert "集計" not in str(entry.details)
    assert row in own(desk).place.attached
    assert row in place(board(desk)).attached


@pytest.mark.parametrize("role", [*MAY_NOT, "ict_supporter", "board_officer"])
def test_nobody_else_attaches_or_removes(desk, role):
    row = declare(desk)
    actor = desk.actor(role)
    count = SchoolEvidence.objects.count()
    for deed in (
        lambda: services.attach_figure(actor=actor, item=ITEM, figure=FIGURE, now=desk.now),
        lambda: services.attach_words(actor=actor, item=ITEM, words="あ", link="", now=desk.now),
        lambda: services.declare_service(
            actor=actor, item=ITEM, name="あ", since=desk.now.date(), percent=None, now=desk.now
        ),
        lambda: services.remove_evidence(actor=actor, evidence_id=row.id, now=desk.now),
    ):
        with pytest.raises(Refused):
            deed()
    row.refresh_from_db()
    assert row.removed_at is None
    assert SchoolEvidence.objects.count() == count


def test_another_school_neither_sees_nor_removes_it(desk):
    row = declare(desk)
    with pytest.raises(Http404):
        services.remove_evidence(
            actor=desk.actor("principal", OTHER), evidence_id=row.id, now=desk.now
        )
    page = own(desk, school=OTHER)
    assert page.place.service is None
    assert row not in page.evidence


def test_another_municipality_does_not_see_it(city, desk):
    row = declare(desk)
    with city.tenant("sawanose"), pytest.raises(Http404):
        services.remove_evidence(
            actor=city.actor("principal", "sawanose", "sawanose"),
            evidence_id=row.id,
            now=desk.now,
        )


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"numerator": 41}, "「全部」以下"),
        ({"denominator": 0, "numerator": 0}, "1以上"),
        ({"last_day": date(2026, 9, 30)}, "はじめより前"),
        ({"last_day": date(2027, 1, 1)}, "まだ来ていない"),
        ({"source": " "}, "どこから数えたか"),
    ],
)
def test_a_figure_that_can_t_be_is_refused_in_words(desk, change, words):
    values = {name: getattr(FIGURE, name) for name in OwnFigure.__slots__}
    with pytest.raises(ChecklistRefused, match=words):
        services.attach_figure(
            actor=desk.actor("principal"),
            item=ITEM,
            figure=OwnFigure(**{**values, **change}),
            now=desk.now,
        )


def test_unknown_items_empty_words_and_days_to_come_are_refused(desk):
    actor = desk.actor("principal")
    with pytest.raises(Http404):
        services.attach_words(actor=actor, item="nothing", words="あ", link="", now=desk.now)
    with pytest.raises(ChecklistRefused, match="短く"):
        services.attach_words(actor=actor, item=ITEM, words=" ", link="", now=desk.now)
    with pytest.raises(ChecklistRefused, match="まだ来ていない"):
        declare(desk, since=desk.now.date() + timedelta(days=1))
    with pytest.raises(ChecklistRefused, match="0から100"):
        declare(desk, percent=101)
    with pytest.raises(ChecklistRefused, match="名前"):
        declare(desk, name=" ")


def test_what_a_school_does_with_another_service_is_not_counted_as_nought(desk):
    before = board(desk)
    assert place(before).source == "product"
    declare(desk)
    after = board(desk)
    row = place(after)
    assert (row.source, row.source_label) == ("service", "他のサービス(申告)")
    assert set(row.shares) == {None}
    for was, now in zip(before.actuals, after.actuals, strict=True):
        school = row.school.id
        assert school in was.by_school
        assert school not in now.by_school
        assert now.denominator == was.denominator - was.by_school[school].denominator
    assert (after.by_service, after.by_product) == (before.by_service + 1, before.by_product - 1)
    page = own(desk)
    assert (page.place.source, page.actuals) == ("service", ())
    city = queries.city_page(desk.actor("board_officer"), school_year=None, today=desk.now.date())
    assert {ln.question.key: ln.by_service for ln in city.lines}[ITEM] == after.by_service


def test_a_school_that_says_so_alone_leaves_no_share_of_the_city(desk):
    declare(desk)
    declare(desk, OTHER)
    page = board(desk)
    assert page.actuals == ()
    assert {row.source for row in page.places} == {"service"}


def test_when_the_declaration_is_taken_away_the_product_counts_again(desk):
    row = declare(desk)
    services.remove_evidence(actor=desk.actor("principal"), evidence_id=row.id, now=desk.now)
    assert place(board(desk)).source == "product"
    row.refresh_from_db()
    assert row.removed_by == desk.actor("principal").person_id
    with pytest.raises(Http404):
        services.remove_evidence(actor=desk.actor("principal"), evidence_id=row.id, now=desk.now)


def test_a_second_declaration_takes_the_place_of_the_first(desk):
    first = declare(desk)
    second = declare(desk, name="別のアプリ", percent=None)
    first.refresh_from_db()
    assert first.removed_at == desk.now
    assert own(desk).place.service == second


def test_what_nobody_measures_is_unknown_and_an_attached_figure_does_not_change_that(desk):
    services.attach_figure(
        actor=desk.actor("principal"), item="vacation_homework", figure=FIGURE, now=desk.now
    )
    row = place(board(desk, "vacation_homework"))
    assert (row.source, len(row.attached)) == ("unknown", 1)


def test_the_database_refuses_what_is_not_whole(desk):
    row = declare(desk)
    for change in ({"service": ""}, {"percent": 101}, {"removed_at": desk.now}):
        with pytest.raises(IntegrityError), transaction.atomic():
            SchoolEvidence.objects.filter(pk=row.pk).update(**change)


def test_the_school_attaches_and_takes_away_on_the_page(city):
    address = f"/m/shirakabano/school/midorigaoka/checklist/items/{ITEM}/"
    client = city.client("office_staff", "midorigaoka")
    wrong = client.post(f"{address}service/", {"service-name": "", "service-since": "きのう"})
    assert wrong.status_code == 422
    assert "サービスの名前を書いてください" in wrong.content.decode()
    assert 'value="きのう"' in wrong.content.decode()
    above = wrong.content.decode().split("<dl")[0]  # a phone shows the top of the page
    assert "保存していません" in above
    assert "サービスの名前を書いてください" in above
    said = {"service-name": "ツバメ連絡", "service-since": "令和7年4月1日", "service-percent": "80"}
    assert client.post(f"{address}service/", said).status_code == 302
    page = client.get(address).content.decode()
    assert "ツバメ連絡" in page
    assert "他のサービスで実施しているので、この製品では数えません" in page
    figure = {
        "figure-numerator": "5", "figure-denominator": "4", "figure-first_day": "2026-10-01",
        "figure-last_day": "2026-10-31", "figure-source": "集計",
    }  # fmt: skip
    refused = client.post(f"{address}figure/", figure)
    assert refused.status_code == 409
    assert "「全部」以下" in refused.content.decode()
    assert (
        client.post(f"{address}figure/", {**figure, "figure-denominator": "8"}).status_code == 302
    )
    words = {"words-words": "前の日に置く", "words-link": ""}
    assert client.post(f"{address}words/", words).status_code == 302
    assert "前の日に置く" in client.get(address).content.decode()
    with city.tenant():
        row = SchoolEvidence.objects.get(words="前の日に置く")
    removed = client.post(f"/m/shirakabano/school/midorigaoka/checklist/evidence/{row.id}/remove/")
    assert removed.status_code == 302
    assert "前の日に置く" not in client.get(address).content.decode()
    seen = city.client("board_officer").get(f"/m/shirakabano/board/checklist/items/{ITEM}/")
    assert "ツバメ連絡" in seen.content.decode()
    other = city.client("principal", OTHER).get(
        f"/m/shirakabano/school/{OTHER}/checklist/items/{ITEM}/"
    )
    assert "ツバメ連絡" not in other.content.decode()


def test_the_spread_hides_answers_of_fewer_than_five_schools(desk, monkeypatch):
    from manabiya.apps.checklist.queries import own_items

    assert own(desk).city is None
    assert own(desk).spread == ()
    monkeypatch.setattr(own_items, "FEWEST_SCHOOLS", 2)
    page = own(desk)
    assert page.city.n == 2
    shown = {cell.schools for cell in page.spread}
    assert 1 not in shown
    assert isinstance(page.city.percent, Decimal)


def test_the_causes_of_what_is_left_stand_on_the_item_s_page(desk):
    from manabiya.apps.paperwork.models import PaperUse

    page = board(desk, "no_fax")
    left = PaperUse.objects.filter(school__isnull=False, kind="fax", removed_at=None, done_on=None)
    [(label, causes)] = page.obstacles
    assert "まだ残っている" in label
    assert sum(one.count for one in causes) == left.count() > 0
    left.update(basis="law", source="条例")
    [(_label, [cause])] = board(desk, "no_fax").obstacles
    assert (cause.word, cause.count) == ("法令", left.count())
    assert board(desk, "guardian_surveys").obstacles == ()


def test_an_item_leads_to_the_page_where_it_is_set_up(desk):
    pages = {way.route for way in own(desk, "no_fax").ways}
    assert pages == {"paperwork-list"}
    assert {way.route for way in board(desk, "no_fax").ways} == {"board-paperwork-city"}
    routes = [way.route for way in own(desk).ways]
    assert routes == ["practice", "invitations"]
    assert [way.route for way in own(desk, role="school_nurse").ways if not way.is_practice] == []
