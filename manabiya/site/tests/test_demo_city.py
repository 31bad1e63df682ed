"""The large city of the demo, all of it at a smaller scale: rows, names, laws, attendance."""

import hashlib
from collections import Counter, defaultdict
from dataclasses import replace
from datetime import date, datetime, timedelta

import jpholiday
import pytest
from django.db import connection, models, transaction

from manabiya.apps.attendance.jobs import counted
from manabiya.apps.attendance.models import AbsenceReport, AttendanceMark, ClassDay, SchoolDayCount
from manabiya.kernel.access.actors import Actor
from manabiya.kernel.audit.models import AuditEntry
from manabiya.kernel.clock import MORNING, SCHOOL_ZONE
from manabiya.kernel.identity.models import Hat
from manabiya.kernel.tenancy.protect import tenant_models
from manabiya.kernel.tenancy.scope import tenant
from manabiya.law.homeroom_size import HomeroomKind, homerooms_needed
from manabiya.law.school import SchoolKind
from manabiya.law.school_code import is_valid
from manabiya.roster.demo.city.names import family_pairs, given_pairs
from manabiya.roster.demo.city.schools import CityPlan
from manabiya.roster.models import (
    Address,
    Appointment,
    CalendarDay,
    DayChange,
    Enrollment,
    ExchangePlacement,
    ExcludedPerson,
    FormerName,
    Guardian,
    GuardianRight,
    Homeroom,
    ParentalAuthority,
    Protection,
    School,
    SchoolYearClosing,
    StaffMember,
    Student,
)
from manabiya.roster.models.dated import on_day
from manabiya.roster.protection.services.setting import ProtectionWord, set_protection
from manabiya.roster.rights import rights_of
from manabiya.site import demo

BUILT_FOR = date(2026, 11, 20)
THIS, LAST = date(2026, 4, 1), date(2025, 4, 1)
ONE_DAY = timedelta(days=1)
PLAN = CityPlan(
    "kobanno",
    "019997",
    "小判野市",
    ("midorigaoka", "higashikawabata", "suzuran", "kohoku", "shikanosawa", "chuo-yakan"),
    districts=("higashikawabata", "chuo", "kohan"),
    scale=0.25,
)


def build(plan=PLAN, built_for=BUILT_FOR):
    """Tell the city; return its municipality's id."""
    demo.build(built_for=built_for, plans=[plan], say=lambda line: None)
    from manabiya.kernel.tenancy.models import Municipality

    return Municipality.objects.get(slug=plan.slug).id


def digests(municipality_id):
    """Return a digest of all rows of every tenant table.

    Which transaction of the database wrote an audit entry is no part of the city.
    """
    found = {}
    with tenant(municipality_id), connection.cursor() as cursor:
        for model in tenant_models():
            table = model._meta.db_table
            names = [
                connection.ops.quote_name(field.column)
                for field in model._meta.concrete_fields
                if field.column != "transaction_id"
            ]
            row = f"ROW({', '.join(names)})::text"
            cursor.execute(f"SELECT count(*), string_agg({row}, '|' ORDER BY id) FROM {table}")
            count, text = cursor.fetchone()
            found[table] = (count, hashlib.sha256((text or "").encode()).hexdigest())
    return found


@pytest.fixture(scope="module")
def told(django_db_setup, django_db_blocker):
    """Build twice in transactions that are taken back; yield inside the second."""
    with django_db_blocker.unblock():
        with transaction.atomic():
            first = digests(build())
            transaction.set_rollback(True)
        with transaction.atomic():
            municipality_id = build()
            with tenant(municipality_id):
                yield {"first": first, "second": digests(municipality_id)}
            transaction.set_rollback(True)
        connection.close()


def test_the_same_date_gives_the_same_rows(told):
    assert told["first"] == told["second"]
    filled = {table for table, (count, _) in told["first"].items() if count}
    assert {"roster_student", "roster_address", "attendance_attendancemark"} <= filled


def test_another_date_gives_another_city(told):
    with transaction.atomic():
        municipality_id = build(replace(PLAN, slug="hoka", code="019996"), date(2027, 2, 13))
        with tenant(municipality_id):
            assert ClassDay.objects.order_by("-date")[0].date == date(2027, 2, 10)
            assert SchoolDayCount.objects.order_by("-date")[0].date == date(2027, 2, 12)
            ill = AttendanceMark.objects.filter(cause="S1", date__month__in=(1, 2))
            for year in (2026, 2027):
                assert ill.filter(date__year=year).count() > 200
        transaction.set_rollback(True)


def test_every_name_stands_with_its_kana_in_the_tables(told):
    families, given = family_pairs(), given_pairs()
    columns = ("family_name", "family_kana", "given_name", "given_kana")
    checked = 0
    for model in (Student, Guardian, StaffMember, FormerName):
        for family, family_kana, name, kana in model.objects.values_list(*columns):
            assert (family, family_kana) in families
            assert (name, kana) in given
            checked += 1
    called = Student.objects.exclude(preferred_used_in=[])
    for row in called:
        assert (row.preferred_family_name, row.preferred_family_kana) in families
        assert (row.preferred_given_name, row.preferred_given_kana) in given
    assert checked > 2000
    assert called.count() > 3


def test_derived_keys_are_those_a_saved_row_would_have(told):
    for model in (Student, Guardian, StaffMember, FormerName):
        for row in model.objects.all():
            stored = (row.kana_key, row.kana_search)
            row.fill_keys()
            assert (row.kana_key, row.kana_search) == stored


def test_no_full_name_stands_twice_in_a_class(told):
    legal, shown = defaultdict(list), defaultdict(list)
    for row in Enrollment.objects.select_related("student"):
        legal[row.homeroom_id].append(row.student.name)
        shown[row.homeroom_id].append(row.student.display_name)
    assert len(legal) > 80
    for names in (*legal.values(), *shown.values()):
        assert [name for name, count in Counter(names).items() if count > 1] == []


@pytest.mark.parametrize(("year", "first"), [(2026, THIS), (2025, LAST)])
def test_homerooms_are_those_the_law_needs(told, year, first):
    special = Homeroom.Kind.SPECIAL_NEEDS
    for school in School.objects.all():
        seats = Enrollment.objects.filter(school=school, starts_on=first)
        seats = seats.values_list("grade_level", "homeroom__kind")
        regular = Counter(grade for grade, kind in seats if kind != special)
        needs = Counter(grade for grade, kind in seats if kind == special)
        plans = homerooms_needed(dict(regular), SchoolKind(school.kind), year, dict(needs))
        sizes = Counter(
            Enrollment.objects.filter(school=school, starts_on=first).values_list(
                "homeroom_id", flat=True
            )
        )
        assert sorted(sizes.values()) == sorted(plan.student_count for plan in plans)
        assert Homeroom.objects.filter(school=school, school_year=year).count() == len(plans)
        assert Homeroom.objects.filter(
            school=school, school_year=year, kind=Homeroom.Kind.MULTIGRADE
        ).count() == sum(plan.kind is HomeroomKind.MULTIGRADE for plan in plans)


def test_children_of_special_needs_classes_have_an_exchange_class_of_their_grade(told):
    seats = Enrollment.objects.filter(
        homeroom__kind=Homeroom.Kind.SPECIAL_NEEDS, homeroom__school_year=2026
    )
    assert seats.count() > 20
    for seat in seats:
        placed = ExchangePlacement.objects.get(
            student_id=seat.student_id, homeroom__school_year=2026, starts_on=seat.starts_on
        )
        assert placed.ends_on == seat.ends_on
        assert placed.homeroom.school_id == seat.school_id
        assert Enrollment.objects.filter(
            homeroom=placed.homeroom, grade_level=seat.grade_level
        ).exists()


def test_last_school_year_ended_and_led_to_this_one(told):
    before = Enrollment.objects.filter(homeroom__school_year=2025)
    assert before.filter(ends_on=None).count() == 0
    assert SchoolYearClosing.objects.filter(school_year=2025).count() == School.objects.count()
    elementary = before.filter(school__kind="elementary_school", ends_on=date(2026, 3, 31))
    assert set(elementary.filter(grade_level=6).values_list("exit", flat=True)) == {"graduation"}
    assert set(elementary.filter(grade_level=3).values_list("exit", flat=True)) == {"promotion"}
    firsts = Enrollment.objects.filter(
        homeroom__school_year=2026, grade_level=1, school__kind="elementary_school"
    )
    assert not before.filter(student_id__in=firsts.values("student_id")).exists()
    leavers = elementary.filter(grade_level=6).values("student_id")
    juniors = Enrollment.objects.filter(student_id__in=leavers, starts_on=THIS)
    assert set(juniors.values_list("school__kind", "grade_level", "entry")) == {
        ("junior_high_school", 1, "admission")
    }


def is_ordinary(school, day):
    """Return whether the school works on the day: no weekend, no national holiday, no vacation."""
    label = CalendarDay.objects.get(school=school, date=day, grade_level=0).label
    return day.weekday() < 5 and not jpholiday.is_holiday(day) and not label.endswith("季休業")


def test_families_that_moved_have_a_seat_on_every_day_and_never_two(told):
    moved = Enrollment.objects.filter(entry="transfer_in")
    assert moved.count() > 3
    for row in moved:
        before = Enrollment.objects.get(student=row.student, ends_on=row.starts_on - ONE_DAY)
        assert before.exit == "transfer_out"
        assert is_ordinary(row.school, row.starts_on)
        assert before.school_id != row.school_id or before.homeroom_id != row.homeroom_id


def test_birth_dates_fit_the_grades(told):
    seats = Enrollment.objects.filter(
        homeroom__school_year=2026, school__kind="elementary_school"
    ).values_list("grade_level", "student__birth_date")
    for grade, born in seats:
        assert date(2020 - grade, 4, 2) <= born <= date(2021 - grade, 4, 1)


def test_schools_unlike_the_others(told):
    assert all(is_valid(code) for code in School.objects.values_list("code", flat=True))
    today = Enrollment.objects.filter(starts_on__lte=BUILT_FOR, ends_on=None)
    few = School.objects.get(slug="kohoku")
    assert today.filter(school=few).count() == 5
    posts = Appointment.objects.filter(school=few, starts_on=THIS)
    assert posts.values("staff_member").distinct().count() == 3
    assert Homeroom.objects.filter(school=few, school_year=2026, kind="multigrade_class").count()
    branch = School.objects.get(slug="shikanosawa")
    assert branch.main_school.slug == "onuma"
    shared = Appointment.objects.get(school=branch, post="principal", starts_on=THIS)
    assert shared.is_main is False
    assert Appointment.objects.filter(
        staff_member=shared.staff_member, school=branch.main_school, is_main=True
    ).exists()
    grown = today.filter(school__is_evening=True)
    assert {row.guardian_rights.get().relationship for row in
            Student.objects.filter(enrollments__in=grown)} == {"本人"}  # fmt: skip
    assert max(grown.values_list("student__birth_date", flat=True)) < date(2008, 1, 1)


def test_families_of_every_kind(told):
    head = Guardian.objects.get(kind="facility_head")
    assert head.rights.filter(ends_on=None).count() == 24
    assert Guardian.objects.filter(kind="foster_parent").count() == 24
    assert Address.objects.filter(kind="living").count() > 5
    schools = defaultdict(set)
    for right in GuardianRight.objects.filter(
        ends_on=None, guardian__kind="person", student__enrollments__homeroom__school_year=2026
    ).values_list("guardian_id", "student__enrollments__school_id"):
        schools[right[0]].add(right[1])
    assert sum(len(found) > 1 for found in schools.values()) > 50
    single = Student.objects.exclude(guardian_rights__isnull=False)
    assert single.count() == 0


def test_excluded_persons_have_no_right_since_the_day_of_the_protection(told):
    found = ExcludedPerson.objects.select_related("protection")
    assert found.values("guardian_id").distinct().count() == 3
    assert Protection.objects.count() == 6
    for row in found:
        rights = GuardianRight.objects.filter(
            guardian_id=row.guardian_id, student_id=row.protection.student_id
        )
        assert [right.ends_on for right in rights] in (
            [],
            [row.protection.starts_on - timedelta(days=1)],
        )


def days_off(first, last):
    """Return for each date the share of child-days off, of those in confirmed classes."""
    counts = defaultdict(Counter)
    rows = SchoolDayCount.objects.filter(date__range=(first, last))
    for day, kind, count in rows.values_list("date", "kind", "count"):
        counts[day][kind] += count
    off = ("absent_sick", "absent_other", "suspended", "bereaved")
    away = Counter({d: sum(c[k] for k in off) for d, c in counts.items()})
    everybody = Counter({d: away[d] + c["present"] for d, c in counts.items()})
    return sum(away.values()) / sum(everybody.values())


def test_ordinary_months_and_the_influenza(told):
    october = days_off(date(2025, 10, 1), date(2025, 10, 31))
    for first in (date(2025, 5, 1), date(2025, 10, 1), date(2026, 6, 1), date(2026, 10, 1)):
        assert 0.01 <= days_off(first, first + timedelta(days=29)) <= 0.03
    assert days_off(date(2026, 1, 1), date(2026, 2, 28)) >= 3 * october
    closed = DayChange.objects.filter(kind="closed", cause="infection")
    assert closed.exists()
    assert {row.starts_on.month for row in closed} <= {1, 2}
    assert not AttendanceMark.objects.filter(cause="S4").exists(), "nobody marks a closed class"


def test_every_class_day_before_today_is_confirmed_and_none_of_today(told):
    assert not ClassDay.objects.filter(confirmed_at=None).exists()
    assert ClassDay.objects.order_by("-date")[0].date == date(2026, 11, 19)
    assert ClassDay.objects.order_by("date")[0].date == date(2025, 4, 7)
    for slug, days in (("midorigaoka", 203), ("higashikawabata", 206)):
        first = Homeroom.objects.filter(school__slug=slug, school_year=2025).order_by("position")
        assert ClassDay.objects.filter(homeroom=first[0]).count() in range(days - 4, days + 1)


def test_counts_are_what_a_recount_finds(told):
    days = [BUILT_FOR, date(2026, 11, 19), date(2026, 6, 10), date(2026, 2, 3), date(2025, 9, 1)]
    compared = 0
    for school in School.objects.all():
        for day in days:
            stored = {
                (kind, detail): count
                for kind, detail, count in SchoolDayCount.objects.filter(
                    school=school, date=day
                ).values_list("kind", "detail", "count")
            }
            assert stored == counted(school.id, day)
            compared += sum(stored.values())
    assert compared > 2000


def test_people_to_play(told):
    logins = demo.DemoLogin.objects.filter(municipality__slug=PLAN.slug)
    labels = Counter(logins.values_list("label", flat=True))
    for label in ("保護者(きょうだい)", "保護者(ひとり)", "保護者(施設長)",
                  "保護者(除外されている人)", "保護者(夜間学級の本人)"):  # fmt: skip
        assert labels[label] == 1
    assert set(logins.values_list("place", flat=True)) == {
        "小判野市", "緑が丘小学校", "東川端中学校", "鈴蘭義務教育学校", "湖北小学校",
        "大沼小学校 鹿ノ沢分校", "中央中学校 夜間学級",
    }  # fmt: skip


def ordinary_weeks():
    """Return for each week of the ordinary months the share of child-days that were absences."""
    off, everybody = Counter(), Counter()
    rows = SchoolDayCount.objects.exclude(date__month__in=(1, 2)).filter(date__lt=BUILT_FOR)
    for day, kind, count in rows.values_list("date", "kind", "count"):
        week = day - timedelta(days=day.weekday())
        off[week] += count * (kind in ("absent_sick", "absent_other"))
        everybody[week] += count * (
            kind in ("absent_sick", "absent_other", "suspended", "bereaved", "present")
        )
    return {week: off[week] / count for week, count in everybody.items() if count > 2500}


def test_one_to_three_of_a_hundred_are_absent_in_every_ordinary_week(told):
    weeks = ordinary_weeks()
    assert len(weeks) > 45
    assert {week: share for week, share in weeks.items() if not 0.01 <= share <= 0.03} == {}


def test_classes_are_closed_once_a_quarter_is_ill_and_not_before(told):
    """The share is counted again from the marks; a class without a closure never reached it."""
    ill = defaultdict(Counter)
    rows = AttendanceMark.objects.filter(cause="S1", homeroom__school_year=2025)
    for room, day in rows.values_list("homeroom_id", "date"):
        ill[room][day] += 1
    closed = {
        row.homeroom_id: row
        for row in DayChange.objects.filter(homeroom__school_year=2025, kind="closed")
    }
    sizes = {
        (room, day): Enrollment.objects.filter(
            on_day(day), homeroom_id=room
        ).count()
        for room, days in ill.items()
        for day in days
        if day.month in (1, 2)
    }  # fmt: skip
    assert len(closed) > 3
    for room, row in closed.items():
        taught = ClassDay.objects.filter(homeroom_id=room)
        before = max(taught.filter(date__lt=row.starts_on).values_list("date", flat=True))
        assert row.set_at.astimezone(SCHOOL_ZONE).date() == before
        assert heads_of(row.school, before) & {row.set_by_id}
        inside = (row.starts_on, row.ends_on)
        assert not taught.filter(date__range=inside).exists()
        assert not AttendanceMark.objects.filter(homeroom_id=room, date__range=inside).exists()
        assert ill[room][before] >= 0.25 * sizes[room, before]
        earlier = [d for d in ill[room] if d < before and (room, d) in sizes]
        assert all(ill[room][d] < 0.25 * sizes[room, d] for d in earlier)


def test_managers_saw_documents_and_set_protection_at_the_childs_school_on_that_day(told):
    for row in ParentalAuthority.objects.all():
        assert heads_on(row.student_id, row.seen_on) == {row.seen_by_id}
        assert row.seen_on.weekday() < 5
        assert row.starts_on <= row.seen_on < BUILT_FOR
        assert AuditEntry.objects.filter(
            action="roster.authority:set", subject_id=row.student_id, person_id=row.seen_by_id,
            at__date=row.seen_on,
        ).count() == 1  # fmt: skip
    assert ParentalAuthority.objects.count() > 50


def heads_of(school, day):
    """Return who was 校長 or 教頭 of a school, or of its 本校, on a day."""
    posts = Appointment.objects.filter(
        on_day(day),
        post__in=("principal", "vice_principal"),
        school_id__in=[school.id, school.main_school_id],
    )
    return set(posts.values_list("staff_member_id", flat=True))


def heads_on(student_id, day):
    """Return who was 校長 of the child's school on a day."""
    schools = Enrollment.objects.filter(on_day(day), student_id=student_id).values("school_id")
    posts = Appointment.objects.filter(on_day(day), post="principal", school_id__in=schools)
    return set(posts.values_list("staff_member_id", flat=True))


def standing(guardian_id):
    """Return what stands of one excluded person, without the keys of rows."""
    rows = Protection.objects.filter(excluded_people__guardian_id=guardian_id)
    columns = ("student_id", "basis", "note", "starts_on", "review_on", "set_by", "set_at",
               "ended_on", "excluded_people__relationship", "excluded_people__name")  # fmt: skip
    rights = GuardianRight.objects.filter(guardian_id=guardian_id)
    return (
        sorted(rows.values_list(*columns)),
        sorted(rights.values_list("id", "starts_on", "ends_on", "can_report", "can_view")),
    )


def deeds(guardian_id):
    """Return what the audit says of it, the newest entry first."""
    rows = AuditEntry.objects.filter(action="roster.protection:set")
    found = [row for row in rows.order_by("-id") if str(guardian_id) in row.details["guardians"]]
    return [
        (row.hat, row.person_id, row.school_id, row.subject_type, row.subject_id,
         row.subject_count, row.data_class, row.details["rights"],
         len(row.details["protections"]))
        for row in found
    ]  # fmt: skip


def set_again(guardian_id):
    """Take the protection of a family back and set it through the service on the same day."""
    rows = list(Protection.objects.filter(excluded_people__guardian_id=guardian_id))
    [set_at] = {row.set_at for row in rows}
    [(person_id, day, review_on, basis)] = {
        (row.set_by, row.starts_on, row.review_on, row.basis) for row in rows
    }
    assert set_at.astimezone(SCHOOL_ZONE).date() == day
    assert day.weekday() < 5
    students = [row.student_id for row in rows]
    Protection.objects.filter(pk__in=[row.pk for row in rows]).delete()
    for right in deeds(guardian_id)[0][7]:
        assert right["removed"] is False
        GuardianRight.objects.filter(pk=right["right"]).update(ends_on=right["ends_on"])
    [school] = Appointment.objects.filter(
        on_day(day), post="principal", staff_member_id=person_id, is_main=True
    )
    rights = rights_of(
        hat=Hat.STAFF, person_id=person_id, today=day, school_slug=school.school.slug
    )
    actor = Actor(
        account_id=person_id, municipality_id=school.municipality_id, hat=Hat.STAFF,
        person_id=person_id, today=day, grants=rights.grants, school_id=rights.school_id,
        is_strong=True,
    )  # fmt: skip
    word = ProtectionWord(basis, day, review_on)
    set_protection(
        actor=actor, student_ids=students, guardian_ids=[guardian_id], word=word, now=set_at
    )


def test_protected_families_are_as_the_service_would_have_left_them(told):
    found = ExcludedPerson.objects.order_by("guardian_id").values_list("guardian_id", flat=True)
    for guardian_id in found.distinct():
        before = standing(guardian_id)
        [told_deed] = deeds(guardian_id)
        with transaction.atomic():
            set_again(guardian_id)
            assert standing(guardian_id) == before
            assert deeds(guardian_id) == [told_deed, told_deed]
            transaction.set_rollback(True)


def test_nothing_is_told_that_happens_after_the_schools_morning(told):
    """Not one moment of any table lies after 7:50 of today, not one mark or class day on it."""
    morning = datetime.combine(BUILT_FOR, MORNING, tzinfo=SCHOOL_ZONE)
    checked = 0
    for model in tenant_models():
        for field in model._meta.concrete_fields:
            if isinstance(field, models.DateTimeField):
                latest = model.objects.aggregate(latest=models.Max(field.name))["latest"]
                assert latest is None or latest < morning, field
                checked += latest is not None
    assert checked >= 6
    assert AttendanceMark.objects.filter(date__gte=BUILT_FOR).count() == 0
    counts = SchoolDayCount.objects.filter(date__gte=BUILT_FOR)
    assert sum(counts.values_list("count", flat=True)) == 0
    assert AbsenceReport.objects.filter(date=BUILT_FOR).count() > 5
    assert not AbsenceReport.objects.filter(date__gt=BUILT_FOR).exists()
    past = AbsenceReport.objects.filter(date__lt=BUILT_FOR)
    assert set(past.values_list("status", flat=True)) <= {"applied"}
