"""Sample values for the names in addresses: one's own, another's of the same city, a foreign one.

A route with a new name in its address needs a sample here; the matrix says so.
"""

from dataclasses import dataclass
from datetime import time, timedelta
from uuid import uuid4

from manabiya.apps.attendance.models import (
    AbsenceReport,
    ExcusedPeriod,
    MorningSettings,
    Pickup,
)
from manabiya.apps.checklist.models import AnswerSheet, ChecklistRound, ChecklistSet, SchoolEvidence
from manabiya.apps.dx_plan.document import as_data, digest_of
from manabiya.apps.dx_plan.models import DxPlan, PlanAction, PlanEdition
from manabiya.apps.dx_plan.queries import draft_document
from manabiya.apps.imports.models import ImportRun
from manabiya.apps.monitor.models import MonitorDevice
from manabiya.apps.paperwork.models import CatalogPaper, PaperProposal, PaperUse, Partner
from manabiya.apps.practices.models import Practice, PracticePaper
from manabiya.apps.register.models import CorrectionRequest
from manabiya.kernel.access.models import SupportSession
from manabiya.kernel.clock import real_now
from manabiya.kernel.files import keep
from manabiya.kernel.tenancy.ids import uuid7
from manabiya.law.school_year import school_year_of
from manabiya.roster.models import (
    Cover,
    DayChange,
    Departure,
    Enrollment,
    ExcludedPerson,
    GuardianRight,
    Homeroom,
    Protection,
    StaffMember,
    Transfer,
)
from tests.tinyapp.models import TinyNote


@dataclass(frozen=True)
class Samples:
    """Values by name in the address."""

    own: dict
    other: dict


def samples(city, slug="shirakabano", school="midorigaoka"):
    """Return values of the actor's place (``own``) and of somebody else (``other``)."""
    own = place(city, slug, school, "guardian")
    other_school = (
        ("shirakabano", "higashikawabata")
        if slug == "shirakabano"
        else ("shirakabano", "midorigaoka")
    )
    return Samples(own, place(city, *other_school, None))


def foreign(city):
    """Return values of the other municipality."""
    return place(city, "sawanose", "sawanose", None)


def place(city, slug, school, guardian):
    with city.tenant(slug):
        homeroom = Homeroom.objects.filter(school__slug=school).order_by("position")[0]
        seats = Enrollment.objects.filter(school__slug=school, ends_on=None)
        rights = GuardianRight.objects.filter(student__in=seats.values("student"))
        if guardian:
            person = city.membership(guardian, slug=slug).person_id
            rights = rights.filter(guardian_id=person)
        else:
            mine = [
                city.membership("guardian", slug=s).person_id for s in ("shirakabano", "sawanose")
            ]
            rights = rights.exclude(guardian_id__in=mine)
        right = rights.order_by("student__reference", "guardian__reference")[0]
        report = AbsenceReport.objects.filter(guardian_id=right.guardian_id).first() or _report(
            right, city
        )
        staff = StaffMember.objects.order_by("number")[0]
        cover, _ = Cover.objects.get_or_create(
            homeroom=homeroom, staff_member=staff, date=city.today
        )
        note, _ = TinyNote.objects.get_or_create(
            student_id=right.student_id, text=f"{school} {right.student_id}"
        )
        session = SupportSession.objects.create(
            account_id=uuid4(),
            person_id=uuid4(),
            school_id=homeroom.school_id,
            reason=f"表示の確認({school})",
            started_at=real_now(),
            ends_at=real_now() + timedelta(hours=1),
        )
        run = ImportRun.objects.create(
            school_id=homeroom.school_id,
            effective_on=city.today,
            created_at=real_now(),
            changed_at=real_now(),
        )
        return {
            "run": run.id,
            "template": "students-csv",
            "homeroom": homeroom.id,
            "school_id": homeroom.school_id,
            "student": right.student_id,
            "report": report.id,
            "right": right.id,
            "transfer": _transfer(right.student_id, city).id,
            "departure": _departure(homeroom, city).id,
            "protection": _protection(homeroom, city).id,
            "cover": cover.id,
            "device": _device(homeroom, staff, school).id,
            "note": note.id,
            "session": session.id,
            "pickup": _pickup(right, city).id,
            "period": _period(homeroom, staff, city).id,
            "date": city.today,
            "month": city.today.replace(day=1),
            "change": _change(homeroom, staff, city).id,
            "job": 999_999_999,
            "kind": "xlsx",
            "sheet": "24",
            "correction": _correction(homeroom, staff, city).id,
            "settings": _settings(homeroom, city).id,
            "section": "morning",
            "decision": _decision(city).id,
            "stretch": str(school_year_of(city.today)),
            "quantity": "absent_sick",
            "where": "all",
            "cause": "all",
            "disease": "all",
            "table": "papers",
            **_paperwork(homeroom, staff, city),
            "answer_sheet": _answer_sheet(homeroom.school_id).id,
            "question_set": ChecklistSet.objects.get(key="r5", version=1).id,
            "item": "no_fax",
            "evidence": _evidence(homeroom.school_id, staff, city).id,
            "key": "r6",
            "practice": _practice(homeroom, staff, city).id,
            "attachment": _attachment(homeroom, staff, city).id,
            **_dx_plan(staff, city, slug),
        }


def _dx_plan(staff, city, slug):
    """Return a plan decided once, whose second edition is being written, with an action."""
    plan, is_new = DxPlan.objects.get_or_create(
        first_year=2045, last_year=2046, baseline_year=2024,
        defaults={
            "title": f"計画({slug})", "introduction": f"{slug}の計画", "edition": 2, "reason": f"{slug}の見直し",
        },
    )  # fmt: skip
    action, _ = PlanAction.objects.get_or_create(
        plan=plan, title="施策", owner="係", from_on="2045-04-01", until_on="2046-03-31"
    )
    if is_new:
        action.refresh_from_db()
        document = as_data(draft_document(city.actor("board_officer", "", slug), plan))
        PlanEdition.objects.create(
            plan=plan, number=1, document=document, sha256=digest_of(document), decided_by=staff,
            decided_on=city.today, decided_at=city.now(),
        )  # fmt: skip
    return {"plan": plan.id, "action": action.id, "number": 1}


def _practice(homeroom, staff, city):
    """Return a practice of the school nobody published."""
    found, _ = Practice.objects.get_or_create(
        school_id=homeroom.school_id,
        state="draft",
        defaults={
            "item": "absence_contact",
            "title": f"下書き({homeroom.school_id})",
            "before": "電話",
            "after": "画面",
            "steps": "配る",
            "contact": "教頭",
            "written_by": staff,
            "written_at": city.now(),
        },
    )
    return found


def _attachment(homeroom, staff, city):
    """Return a file of that practice."""
    content = b"\x89PNG\r\n\x1a\n"
    found, _ = PracticePaper.objects.get_or_create(
        practice=_practice(homeroom, staff, city),
        digest=keep(content),
        defaults={
            "name": f"紙({homeroom.school_id}).png",
            "size": len(content),
            "kind": "png",
            "added_by": staff,
            "added_at": city.now(),
        },
    )
    return found


def _change(homeroom, staff, city):
    """Return a day on which the class ends early, some days ahead."""
    found, _ = DayChange.objects.get_or_create(
        school=homeroom.school,
        homeroom=homeroom,
        kind="early_end",
        defaults={
            "cause": "other",
            "starts_on": city.today + timedelta(days=12),
            "ends_on": city.today + timedelta(days=12),
            "ends_at": time(13, 30),
            "set_by": staff,
            "set_at": city.now(),
        },
    )
    return found


def _device(homeroom, staff, school):
    """Return a screen of the school that waits for its code."""
    return MonitorDevice.objects.create(
        school_id=homeroom.school_id,
        name=f"{school}の画面",
        code_hash=uuid4().hex,
        code_expires_at=real_now() + timedelta(minutes=10),
        created_by=staff,
        created_at=real_now(),
    )


def _correction(homeroom, staff, city):
    """Return a request of correction nobody has decided."""
    found, _ = CorrectionRequest.objects.get_or_create(
        homeroom=homeroom,
        month=city.today.replace(day=1),
        state="open",
        defaults={
            "reason": f"聞きちがい({homeroom.school_id})",
            "asked_by": staff,
            "asked_at": city.now(),
        },
    )
    return found


def _answer_sheet(school_id):
    """Return the school's sheet of the newest round."""
    newest = ChecklistRound.objects.order_by("-school_year")[0]
    return AnswerSheet.objects.get_or_create(round=newest, school_id=school_id)[0]


def _evidence(school_id, staff, city):
    """Return a text the school attached."""
    found, _ = SchoolEvidence.objects.get_or_create(
        school_id=school_id, item="no_fax", kind="words", removed_at=None,
        defaults={
            "words": f"学校の説明({school_id})", "attached_by": staff.id, "attached_at": city.now(),
        },
    )  # fmt: skip
    return found


def _settings(homeroom, city):
    """Return settings of the school that have not begun yet."""
    found, _ = MorningSettings.objects.get_or_create(
        school_id=homeroom.school_id, valid_from=city.today + timedelta(days=30)
    )
    return found


def _decision(city):
    """Return settings of the whole city that have not begun yet."""
    found, _ = MorningSettings.objects.get_or_create(
        school_id=None, valid_from=city.today + timedelta(days=30)
    )
    return found


def _protection(homeroom, city):
    """Return the protection of a child whose guardians keep their rights: a name is excluded."""
    seat = Enrollment.objects.filter(homeroom=homeroom).order_by("-roll_number")[0]
    found, _ = Protection.objects.get_or_create(
        student_id=seat.student_id,
        ended_on=None,
        defaults={
            "basis": "request",
            "starts_on": city.today,
            "review_on": city.today + timedelta(days=90),
            "set_by": uuid4(),
            "set_at": city.now(),
        },
    )
    ExcludedPerson.objects.get_or_create(
        protection=found, name=f"近づけない人({homeroom.school_id})"
    )
    return found


def _departure(homeroom, city):
    """Return a departure of a child of the class that nobody has taken back."""
    seat = Enrollment.objects.filter(homeroom=homeroom).order_by("-roll_number", "starts_on")[0]
    found, _ = Departure.objects.get_or_create(
        enrollment=seat,
        cancelled_at=None,
        defaults={
            "destination": f"遠くの学校({homeroom.school_id})",
            "recorded_by": uuid4(),
            "recorded_at": city.now(),
        },
    )
    return found


def _transfer(student_id, city):
    """Return an open transfer of a child that concerns its own school only."""
    seat = Enrollment.objects.get(student_id=student_id, ends_on=None)
    found, _ = Transfer.objects.get_or_create(
        student_id=student_id,
        closed_at=None,
        defaults={
            "from_school_id": seat.school_id,
            "to_school_id": seat.school_id,
            "from_enrollment": seat,
            "last_day": city.today,
            "recorded_by": uuid4(),
            "recorded_at": city.now(),
        },
    )
    return found


def _period(homeroom, staff, city):
    """Return a proposal about a child of the school that waits for a decision."""
    seat = Enrollment.objects.filter(homeroom=homeroom, ends_on=None).order_by("roll_number")[0]
    found, _ = ExcusedPeriod.objects.get_or_create(
        student_id=seat.student_id,
        status="proposed",
        defaults={
            "school_id": homeroom.school_id,
            "kind": "suspension",
            "disease": "influenza",
            "first_day": city.today,
            "proposed_by": staff,
            "proposed_at": city.now(),
        },
    )
    return found


def _pickup(right, city):
    """Return who comes for a child; somebody nobody registered."""
    report, _ = AbsenceReport.objects.get_or_create(
        idempotency_key=f"pickup-{right.id.hex[:24]}",
        defaults={
            "student_id": right.student_id,
            "guardian_id": right.guardian_id,
            "date": city.today,
            "kind": "left_early",
            "reason": "clinic",
            "submitted_at": city.now(),
            "receipt_number": f"P{right.id.hex[-12:]}",
        },
    )
    found, _ = Pickup.objects.get_or_create(
        report=report,
        defaults={
            "student_id": right.student_id,
            "date": city.today,
            "name": f"迎えの人 {right.id.hex[-6:]}",
            "state": "call_needed",
        },
    )
    return found


def _report(right, city):
    return AbsenceReport.objects.create(
        student_id=right.student_id,
        guardian_id=right.guardian_id,
        date=city.today + timedelta(days=3),
        kind="absent",
        reason="fever",
        submitted_at=city.now(),
        idempotency_key=str(uuid7()),
        receipt_number=f"T{right.id.hex[-10:]}",
    )


def _paperwork(homeroom, staff, city):
    """Return the ids of a line, a partner, a common paper and a proposal of the school."""
    name = f"見直しの帳票 {homeroom.school_id.hex[-6:]}"
    paper, _ = CatalogPaper.objects.get_or_create(
        name=name, kind="paper", defaults={"with_whom": "inside", "basis": "habit"}
    )
    use, _ = PaperUse.objects.get_or_create(
        school_id=homeroom.school_id, name=name, kind="fax", removed_at=None,
        defaults={"with_whom": "partner", "basis": "partner", "listed_on": city.today},
    )  # fmt: skip
    partner, _ = Partner.objects.get_or_create(
        school_id=homeroom.school_id, name=name, defaults={"sort": "firm", "channel": "fax"}
    )
    proposal, _ = PaperProposal.objects.get_or_create(
        school_id=homeroom.school_id, catalog_paper=paper, answer="open",
        defaults={
            "decision": "abolish", "reason": f"提案({name})", "due_on": city.today,
            "proposed_by": staff, "proposed_at": city.now(),
        },
    )  # fmt: skip
    boards_use, _ = PaperUse.objects.get_or_create(
        school=None, name=name, kind="fax", removed_at=None,
        defaults={"with_whom": "partner", "basis": "partner", "listed_on": city.today},
    )  # fmt: skip
    boards_partner, _ = Partner.objects.get_or_create(
        school=None, name=f"市の{name}", defaults={"sort": "firm", "channel": "fax"}
    )
    return {
        "use": use.id, "partner": partner.id, "paper": paper.id, "proposal": proposal.id,
        "boards_use": boards_use.id, "boards_partner": boards_partner.id,
    }  # fmt: skip
