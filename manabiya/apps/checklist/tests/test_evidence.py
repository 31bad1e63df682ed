"""Evidence beside the declared answer: counted from the rows when it is read, never kept."""

from datetime import timedelta

from manabiya.apps.attendance.models import AbsenceReport, AttendanceMark
from manabiya.apps.checklist import queries
from manabiya.apps.checklist.queries.evidence import actuals
from manabiya.roster.models import GuardianRight

ITEM, UNKNOWN = "absence_contact", "vacation_homework"


def item(desk):
    return queries.item_page(
        desk.actor("board_officer"), item=ITEM, school_year=None, today=desk.now.date()
    )


def by_cloud(desk):
    return next(actual for actual in item(desk).actuals if "連絡した欠席" in actual.label)


def report_of_an_absence(desk):
    """Return a guardian's report on a day the child was marked away, with nothing else reported."""
    days = (desk.now.date() - timedelta(days=30), desk.now.date() - timedelta(days=1))
    mark = AttendanceMark.objects.filter(
        date__range=days, status="absent_sick", homeroom__school__slug="midorigaoka"
    ).order_by("date", "student__reference")[0]
    AbsenceReport.objects.filter(student_id=mark.student_id, date=mark.date).delete()
    rights = GuardianRight.objects.filter(student_id=mark.student_id)
    guardian_id = rights.order_by("guardian__reference").values_list("guardian_id", flat=True)[0]
    return AbsenceReport.objects.create(
        student_id=mark.student_id, guardian_id=guardian_id, date=mark.date, kind="absent",
        reason="fever", submitted_at=desk.now, idempotency_key="evidence", receipt_number="E-1",
    )  # fmt: skip


def test_deleting_one_report_changes_the_numerator_and_the_page(city, desk):
    report = report_of_an_absence(desk)
    before = by_cloud(desk)
    report.delete()
    after = by_cloud(desk)
    assert (after.numerator, after.denominator) == (before.numerator - 1, before.denominator)
    officer = city.client("board_officer")
    page = officer.get(f"/m/shirakabano/board/checklist/items/{ITEM}/").content.decode()
    said = f"欠席の全部(病欠・事故欠) {after.denominator} のうち 保護者が連絡した欠席 {after.numerator}"
    assert said in page


def test_the_item_page_has_every_school_beside_what_it_declared(desk):
    page = item(desk)
    assert [row.school.name for row in page.places] == ["緑が丘小学校", "東川端中学校"]
    assert all(row.answer for row in page.places)
    for number, actual in enumerate(page.actuals):
        shares = [row.shares[number] for row in page.places if row.shares[number]]
        assert sum(share.numerator for share in shares) == actual.numerator


def test_a_school_sees_the_evidence_of_its_own_rows_only(desk):
    principal = desk.actor("principal")
    page = queries.school_sheet(principal, school_year=None, today=desk.now.date())
    found = {one.question.key: one.actual for one in page.asked if one.actual}
    assert ITEM in found
    for actual in found.values():
        assert set(actual.by_school) == {principal.school_id}


def test_what_no_capability_measures_is_unknown_and_no_gap(desk):
    assert actuals([desk.actor("principal").school_id], today=desk.now.date(), item=UNKNOWN) == {}
    page = queries.city_page(desk.actor("board_officer"), school_year=None, today=desk.now.date())
    known = {line.question.key: line.actual for line in page.lines}
    assert known[ITEM] is not None
    assert known[UNKNOWN] is None
