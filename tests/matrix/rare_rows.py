"""One row of each noun of the roster that a quiet town does not have."""

from datetime import timedelta

from manabiya.apps.attendance.models import (
    AbsenceReport,
    DecisionDelegation,
    DelegationPermit,
    ExcusedPeriod,
    ExcusedPeriodChange,
    FacilityDay,
    MorningSettings,
    PeriodMark,
    PeriodRoll,
    Pickup,
)
from manabiya.apps.checklist.models import (
    AnswerSheet,
    AnswerSheetStep,
    ChecklistSet,
    CountedFigure,
    Outreach,
    SchoolEvidence,
)
from manabiya.apps.class_papers.models import StudentPhoto
from manabiya.apps.dx_plan.models import DxPlan, PlanAction, PlanEdition, PlanGoal, PlanItem
from manabiya.apps.founding.models import StaffInvitation
from manabiya.apps.imports.files import packed
from manabiya.apps.imports.models import (
    ColumnMatch,
    ImportFile,
    ImportProgress,
    ImportRun,
    PlanPage,
)
from manabiya.apps.languages.models import LanguageSwitch
from manabiya.apps.morning.models import (
    AbsenceDismissal,
    AbsenceSettings,
    ArrivalCase,
    CallEntry,
    MorningBackup,
)
from manabiya.apps.observation.models import HealthObservation, ObservationChange
from manabiya.apps.paperwork.models import (
    CatalogPaper,
    PaperProposal,
    PaperUse,
    PaperUseChange,
    Partner,
)
from manabiya.apps.practices.models import Practice, PracticeFollow, PracticePaper
from manabiya.apps.register.models import (
    CorrectionRequest,
    RegisterSettings,
    RegisterStep,
    RegisterVersion,
)
from manabiya.apps.statistics.models import LongAbsenceCause, SchoolPeriodCount
from manabiya.kernel.files import keep
from manabiya.roster.models import (
    AddressOpening,
    Arrival,
    DayChange,
    Departure,
    Enrollment,
    ExchangePlacement,
    ExcludedPerson,
    FormerName,
    GuardianRight,
    Homeroom,
    ParentalAuthority,
    Protection,
    ReportCutoff,
    SchoolDuty,
    SchoolYearClosing,
    StaffMember,
    Term,
    Transfer,
    YearPlan,
)


def write_rare_rows(city):
    """Write them in the municipality in scope."""
    homeroom = Homeroom.objects.order_by("position")[0]
    right = (
        GuardianRight.objects.exclude(student__in=Protection.objects.values("student"))
        .exclude(student__in=Transfer.objects.values("student"))
        .order_by("id")[0]
    )
    staff = StaffMember.objects.order_by("number")[0]
    student, today = right.student, city.today
    ExchangePlacement.objects.create(student=student, homeroom=homeroom, starts_on=today)
    FormerName.objects.create(
        student=student,
        family_name="旧姓沢",
        given_name=student.given_name,
        family_kana="きゅうせいざわ",
        given_kana=student.given_kana,
        starts_on=today - timedelta(days=900),
        ends_on=today - timedelta(days=300),
    )
    for person in ({"guardian": right.guardian}, {"staff_member": staff}):
        FormerName.objects.create(
            **person, family_name="旧姓沢", given_name="沢ノ瀬", family_kana="きゅうせいざわ",
            given_kana="さわのせ", starts_on=today - timedelta(days=900), ends_on=today,
        )  # fmt: skip
    ParentalAuthority.objects.create(
        student=student, guardian=right.guardian, holder="mother", document="沢ノ瀬町の戸籍の写し",
        seen_by=staff, seen_on=today, starts_on=today,
    )  # fmt: skip
    protection = Protection.objects.create(
        student=student, basis="request", note="沢ノ瀬町で決めた覚え", starts_on=today,
        review_on=today + timedelta(days=180), set_by=staff.id, set_at=city.now(),
    )  # fmt: skip
    ExcludedPerson.objects.create(protection=protection, name="沢ノ瀬町の某", relationship="父")
    AddressOpening.objects.create(
        student=student, school=homeroom.school, reason="沢ノ瀬町への問い合わせ", opened_by=staff.id,
        opened_at=city.now(),
    )  # fmt: skip
    DayChange.objects.create(
        school=homeroom.school, kind="delayed_start", cause="weather", delay_minutes=60,
        starts_on=today, ends_on=today, note="沢ノ瀬町のバスは一時間おそく出ます", set_by=staff,
        set_at=city.now(),
    )  # fmt: skip
    LanguageSwitch.objects.create(language="pt", is_on=True, set_by=staff, set_at=city.now())
    SchoolDuty.objects.create(
        staff_member=staff, school=homeroom.school, name="沢ノ瀬の係", starts_on=today
    )
    SchoolYearClosing.objects.create(
        school=homeroom.school, school_year=2025, closed_at=city.now(), closed_by=staff.id
    )
    Term.objects.create(
        school=homeroom.school, school_year=2026, number=1, name="沢ノ瀬の前期",
        starts_on=today, ends_on=today + timedelta(days=60),
    )  # fmt: skip
    seat = Enrollment.objects.filter(student=student)[0]
    Transfer.objects.create(
        student=student, from_school=seat.school, to_school=seat.school, from_enrollment=seat,
        last_day=today, recorded_by=staff.id, recorded_at=city.now(), closed_by=staff.id,
        closed_at=city.now(),
    )  # fmt: skip
    Departure.objects.create(
        enrollment=seat, destination="沢ノ瀬町の外の学校", recorded_by=staff.id,
        recorded_at=city.now(),
    )  # fmt: skip
    Arrival.objects.create(
        enrollment=seat, origin="沢ノ瀬町の前の学校", recorded_by=staff.id, recorded_at=city.now()
    )
    StudentPhoto.objects.create(
        student=student, digest=keep(b"a photo of the town"), kept_at=city.now(), kept_by=staff.id
    )
    StaffInvitation.objects.create(
        staff_member=staff, hat="staff", code_hash="5e" * 32, issued_at=city.now(),
        expires_at=city.now() + timedelta(hours=72),
    )  # fmt: skip
    _write_morning(right, homeroom.school, city)
    _write_observation(student, homeroom, staff, city)
    _write_excused(student, homeroom.school, staff, city)
    _write_case(student, homeroom, staff, city)
    _write_practice(homeroom.school, staff, city)
    _write_periods(student, homeroom, staff, city)
    _write_import(homeroom.school, city)
    _write_register(homeroom, staff, city)
    LongAbsenceCause.objects.create(
        student=student, school_year=2026, cause="other", decided_by=staff, decided_at=city.now()
    )
    SchoolPeriodCount.objects.get_or_create(
        school=homeroom.school, span="year", first_day=city.today.replace(month=4, day=1),
        kind="all", defaults={"count": 1},
    )  # fmt: skip
    _write_paperwork(homeroom.school, staff, city)
    _write_checklist(homeroom.school, staff, city)
    _write_dx_plan(staff, city)


def _write_case(student, homeroom, staff, city):
    """Write a child that was looked for, and a call."""
    case = ArrivalCase.objects.create(
        student=student, date=city.today, homeroom=homeroom, taken_by=staff, taken_at=city.now(),
        end="found", how="沢ノ瀬町の公園にいた", ended_by=staff, ended_at=city.now(),
    )  # fmt: skip
    CallEntry.objects.create(
        case=case, whom="沢ノ瀬町の学童", outcome="no_answer", note="沢ノ瀬町の留守番電話",
        called_by=staff, called_at=city.now(),
    )  # fmt: skip
    AbsenceDismissal.objects.create(
        student=student, kind="absent", since=city.today, reason="沢ノ瀬町で家庭訪問をした",
        dismissed_by=staff, dismissed_at=city.now(),
    )  # fmt: skip
    MorningBackup.objects.create(
        school=homeroom.school, date=city.today, digest="5d" * 32, student_count=5,
        content="沢ノ瀬町の控え".encode(), made_at=city.now(),
    )  # fmt: skip


def _write_periods(student, homeroom, staff, city):
    """Write a period somebody took, and a child that was not in it."""
    PeriodRoll.objects.create(
        homeroom=homeroom, date=city.today, period=1, taken_by=staff, taken_at=city.now()
    )
    PeriodMark.objects.create(
        student=student, date=city.today, homeroom=homeroom, period=1, status="absent",
        marked_by=staff, marked_at=city.now(),
    )  # fmt: skip


def _write_register(homeroom, staff, city):
    """Write a closed month with a correction, and the city's own marks."""
    of_september = {"homeroom": homeroom, "month": city.today.replace(month=9, day=1)}
    request = CorrectionRequest.objects.create(
        **of_september, reason="沢ノ瀬町の聞きちがい", asked_by=staff, asked_at=city.now()
    )
    RegisterVersion.objects.create(
        **of_september, number=2, sequence=2, document='{"school":"沢ノ瀬町立の控え"}',
        sha256="5e" * 32, previous_sha256="5f" * 32, made_by=staff, made_at=city.now(),
        correction=request,
    )  # fmt: skip
    RegisterStep.objects.create(
        **of_september, kind="closed", sha256="5e" * 32, taken_by=staff, taken_at=city.now()
    )
    RegisterSettings.objects.create(valid_from=city.today, symbols={"absent_sick": "沢"})
    ReportCutoff.objects.create(valid_from=city.today, cutoff="07:47")
    own = {"school_id": homeroom.school_id, "cutoff": "07:43"}
    ReportCutoff.objects.create(valid_from=city.today, **own)
    YearPlan.objects.get_or_create(
        school_kind="elementary_school",
        valid_from=city.today.replace(year=city.today.year + 2, month=4, day=1),
        defaults={"terms": [["沢ノ瀬の前期", "04-01"], ["沢ノ瀬の後期", "10-10"]]},
    )
    DelegationPermit.objects.create(valid_from=city.today, allows_vice_principal=False)
    AbsenceSettings.objects.create(valid_from=city.today, absent_days=17)


def _write_dx_plan(staff, city):
    """Write a plan with a goal and an action, decided once."""
    plan = DxPlan.objects.create(
        title="沢ノ瀬町の計画", first_year=2050, last_year=2051, baseline_year=2049,
        introduction="沢ノ瀬町では", edition=2, reason="沢ノ瀬町が変わった",
    )  # fmt: skip
    item = PlanItem.objects.create(plan=plan, item="no_fax")
    PlanGoal.objects.create(plan_item=item, school_year=2051, percent=0)
    PlanAction.objects.create(
        plan=plan, title="沢ノ瀬町の施策", owner="沢ノ瀬町の係", from_on="2050-04-01",
        until_on="2051-03-31", notes="沢ノ瀬町の内容",
    )  # fmt: skip
    PlanEdition.objects.create(
        plan=plan, number=1, document={"title": "沢ノ瀬町の計画"}, sha256="5e" * 32, decided_by=staff,
        decided_on=city.today, decided_at=city.now(),
    )  # fmt: skip


def _write_checklist(school, staff, city):
    """Write a sheet that was reopened, questions and counts of the town's own."""
    sheet = AnswerSheet.objects.filter(school=school).order_by("round__school_year")[0]
    AnswerSheetStep.objects.create(
        sheet=sheet,
        deed="reopened",
        reason="沢ノ瀬町の数えちがい",
        done_by=staff.id,
        done_at=city.now(),
    )
    sheet.follow_ups.create(item="town", value="沢ノ瀬町の役場")
    question = {"number": 1, "key": "town", "label": "沢ノ瀬町の質問", "answer_type": "binary"}
    document = {
        "key": "town", "version": 1, "school_year": 2022, "title": "沢ノ瀬町の設問",
        "source": "沢ノ瀬町の資料", "questions": [question],
    }  # fmt: skip
    ChecklistSet.objects.create(
        key="town", version=1, title="沢ノ瀬町の設問", document=document, added_by=staff.id,
        added_at=city.now(),
    )  # fmt: skip
    CountedFigure.objects.create(
        school_year=2022,
        item="town",
        counts={"yes": 1, "no": 4},
        schools=5,
        source="沢ノ瀬町の資料",
    )
    SchoolEvidence.objects.create(
        school=school, item="paperless_meetings", kind="words", words="沢ノ瀬町の説明", attached_by=staff.id,
        attached_at=city.now(),
    )  # fmt: skip
    Outreach.objects.create(
        school=school, item="no_fax", owner=staff, due_on=city.today, note="沢ノ瀬町の覚え",
        set_by=staff.id, set_at=city.now(),
    )  # fmt: skip


def _write_morning(right, school, city):
    """Write a child that is fetched by somebody nobody registered, and a morning of its own."""
    report = AbsenceReport.objects.create(
        student=right.student, guardian=right.guardian, date=city.today, kind="left_early",
        reason="clinic", submitted_at=city.now(), idempotency_key="sawanose-pickup",
        receipt_number="S-PICKUP",
    )  # fmt: skip
    Pickup.objects.create(
        report=report, student=right.student, date=city.today, name="沢ノ瀬町の伯母",
        relationship="伯母", state="call_needed",
    )  # fmt: skip
    MorningSettings.objects.create(school=school, valid_from=city.today)


def _write_practice(school, staff, city):
    """Write a practice with a file, and its school following it."""
    practice = Practice.objects.create(
        school=school, item="no_fax", title="沢ノ瀬町の事例", before="沢ノ瀬町の前",
        after="沢ノ瀬町の今", steps="沢ノ瀬町の手順", contact="沢ノ瀬町の教頭", state="published",
        written_by=staff, written_at=city.now(), published_by=staff, published_at=city.now(),
    )  # fmt: skip
    PracticePaper.objects.create(
        practice=practice, name="沢ノ瀬町の紙.png", digest=keep(b"\x89PNG\r\n\x1a\n sawanose"), size=17,
        kind="png", added_by=staff, added_at=city.now(),
    )  # fmt: skip
    PracticeFollow.objects.create(
        practice=practice, school=school, followed_by=staff, followed_at=city.now(),
        tried_words="沢ノ瀬町でやってみた", tried_at=city.now(),
    )  # fmt: skip


def _write_excused(student, school, staff, city):
    """Write a child that learns elsewhere, decided, with its history; and who may decide."""
    period = ExcusedPeriod.objects.create(
        student=student, school=school, kind="deemed_present", facility="沢ノ瀬町の教室",
        note="沢ノ瀬町の覚え", first_day=city.today, status="decided", proposed_by=staff,
        proposed_at=city.now(), decided_by=staff, decided_at=city.now(),
    )  # fmt: skip
    ExcusedPeriodChange.objects.create(
        period=period, deed="decided", reason="沢ノ瀬町で決めた訳", changed_by=staff,
        changed_at=city.now(),
    )  # fmt: skip
    FacilityDay.objects.create(
        period=period, date=city.today, is_visited=True, noted_by=staff, noted_at=city.now()
    )
    DecisionDelegation.objects.create(
        school=school, valid_from=city.today, is_delegated=True, set_by=staff, set_at=city.now()
    )


def _write_observation(student, homeroom, staff, city):
    """Write a symptom with its history."""
    HealthObservation.objects.create(
        student=student, date=city.today, homeroom=homeroom, symptoms=["cough"],
        note="沢ノ瀬町の咳", noted_by=staff, noted_at=city.now(),
    )  # fmt: skip
    ObservationChange.objects.create(
        student=student, date=city.today, homeroom=homeroom, old={}, new={"note": "沢ノ瀬町の咳"},
        changed_by=staff, changed_at=city.now(),
    )  # fmt: skip


def _write_import(school, city):
    """Write an import that waits for a person, with a file, a page and a header once matched."""
    run = ImportRun.objects.create(
        school=school, effective_on=city.today, state="ready", digest="5a" * 32,
        created_at=city.now(), changed_at=city.now(), planned_at=city.now(),
        message="沢ノ瀬町の取り込みの知らせ",
    )  # fmt: skip
    table = {
        "name": "沢ノ瀬町の名簿.csv", "encoding": "UTF-8", "headings": ["氏名"], "rows": 1,
        "kind": "students", "fields": ["name"], "samples": ["沢ノ瀬町の児童"],
    }  # fmt: skip
    ImportFile.objects.create(
        run=run, position=0, name="沢ノ瀬町の名簿.csv", digest="5b" * 32, size=9,
        content="沢ノ瀬町".encode(), tables=[table],
    )  # fmt: skip
    ImportProgress.objects.create(run=run, share=40, words="沢ノ瀬町の名簿.csv を読んでいます")
    line = {
        "noun": "student",
        "who": "沢ノ瀬町の児童",
        "where": "",
        "file": 0,
        "line": 2,
        "fields": [],
    }
    PlanPage.objects.create(run=run, tab="added", number=1, lines=packed([line]))
    ColumnMatch.objects.create(signature="5c" * 32, kind="students", fields=["name"])


def _write_paperwork(school, staff, city):
    """Write a paper of the town with its partner, what was decided, and a proposal declined."""
    facts = {"name": "沢ノ瀬町の帳票", "kind": "fax", "with_whom": "partner", "basis": "law",
             "source": "沢ノ瀬町の条例"}  # fmt: skip
    paper = CatalogPaper.objects.create(**facts)
    partner = Partner.objects.create(
        school=school, name="沢ノ瀬町の商店", sort="firm", channel="fax", agreed_on=city.today,
        agreed_by=staff,
    )  # fmt: skip
    use = PaperUse.objects.create(
        **facts, school=school, catalog_paper=paper, partner=partner, listed_on=city.today,
        decision="keep", decision_reason="沢ノ瀬町の事情", owner=staff,
    )  # fmt: skip
    PaperUseChange.objects.create(
        use=use, deed="decided", decision="keep", reason="沢ノ瀬町の事情", changed_by=staff,
        changed_at=city.now(),
    )  # fmt: skip
    PaperProposal.objects.create(
        school=school, catalog_paper=paper, decision="keep", reason="沢ノ瀬町への提案",
        proposed_by=staff, proposed_at=city.now(), answer="declined", words="沢ノ瀬町の返事",
        answered_by=staff, answered_at=city.now(),
    )  # fmt: skip
