"""Every write of the roster refuses whoever it is not for, before it looks at anything else.

A service written later fails here until somebody has said who may.
"""

import inspect
import pkgutil
from importlib import import_module
from uuid import uuid4

import pytest
from django.db import transaction
from django.http import Http404

import manabiya.roster
from manabiya.kernel.access.policies import Refused
from manabiya.kernel.audit.models import AuditEntry
from manabiya.kernel.audit.service import service as audited
from manabiya.roster.models import Cover, StaffMember
from manabiya.roster.services import CoverRefused, end_cover, name_cover

MANAGERS = {"principal", "vice_principal"}
OFFICE = MANAGERS | {"office_staff"}
BOARD = {"board_officer", "board_administrator"}
WHO_MAY = {
    "accept_transfer": OFFICE | BOARD,
    "add_guardian": OFFICE,
    "add_self": OFFICE,
    "admit_student": OFFICE | BOARD,
    "cancel_departure": OFFICE | BOARD,
    "cancel_transfer": OFFICE | BOARD,
    "change_class": OFFICE,
    "change_phones": OFFICE,
    "change_right": OFFICE,
    "close_school_year": MANAGERS,
    "drop_report_cutoff": BOARD,
    "drop_year_plan": BOARD,
    "end_cover": MANAGERS,
    "end_protection": MANAGERS | BOARD,
    "end_right": OFFICE,
    "name_cover": MANAGERS,
    "open_address": OFFICE,
    "record_departure": OFFICE | BOARD,
    "set_day_change": MANAGERS,
    "set_report_cutoff": BOARD,
    "set_school_cutoff": BOARD,
    "set_year_plan": BOARD,
    "withdraw_day_change": MANAGERS,
    "review_protection": MANAGERS | BOARD,
    "set_authority": MANAGERS,
    "set_protection": MANAGERS | BOARD,
    "transfer_student": OFFICE | BOARD,
}
ROLES = (
    "principal", "vice_principal", "academic_affairs_head", "grade_head", "homeroom_teacher",
    "assistant_homeroom_teacher", "subject_teacher", "school_nurse", "office_staff",
    "ict_supporter", "board_officer", "board_administrator", "guardian",
)  # fmt: skip
AT_NO_SCHOOL = {"board_officer", "board_administrator", "guardian"}


@pytest.fixture
def scope(city):
    with city.tenant():
        yield city


def services():
    """Return every service of the roster by its name."""
    code = audited(lambda: None).__code__
    found = {}
    for module in pkgutil.walk_packages(manabiya.roster.__path__, "manabiya.roster."):
        if "migrations" in module.name or ".tests" in module.name:
            continue
        for name, thing in vars(import_module(module.name)).items():
            if inspect.isfunction(thing) and thing.__code__ is code:
                found[name] = thing
    return found


def test_of_every_service_it_is_said_who_may():
    assert services().keys() == WHO_MAY.keys()


def is_refused(service, actor):
    """Return whether the actor is refused; with ids of nothing no service gets any further."""
    names = set(inspect.signature(service).parameters) - {"actor"}
    try:
        with transaction.atomic():
            service(actor=actor, **{name: uuid4() for name in names})
    except Refused:
        return True
    except (Http404, AttributeError, TypeError, ValueError, LookupError):
        return False
    except Exception as error:
        if type(error).__name__.endswith("Refused"):
            return False
        raise
    return False


@pytest.mark.parametrize("name", sorted(WHO_MAY))
def test_nobody_else_gets_past_the_first_line(scope, name):
    service = services()[name]
    entries = AuditEntry.objects.count()
    may = set()
    for role in ROLES:
        actor = scope.actor(role, "" if role in AT_NO_SCHOOL else "midorigaoka")
        if not is_refused(service, actor):
            may.add(role)
    assert may == WHO_MAY[name]
    assert AuditEntry.objects.count() == entries


def test_cover_is_named_and_ended_for_classes_and_people_of_the_own_school_only(scope):
    principal = scope.actor("principal", "midorigaoka")
    there = scope.actor("principal", "higashikawabata")
    room = scope.homeroom_id("1年1組")
    member = scope.membership("subject_teacher", "midorigaoka").person_id
    stranger = StaffMember.objects.create(
        family_name="来", given_name="賓", family_kana="らい", given_kana="ひん", number="X1"
    )
    asked = {"homeroom_id": room, "staff_member_id": member, "day": scope.today}
    for actor, changed in ((there, {}), (principal, {"staff_member_id": stranger.id})):
        with pytest.raises(Http404):
            name_cover(actor=actor, **{**asked, **changed})
    with pytest.raises(CoverRefused):
        name_cover(actor=principal, **{**asked, "day": scope.today.replace(day=19)})
    assert not Cover.objects.exists()
    cover = name_cover(actor=principal, **asked)
    with pytest.raises(Http404):
        end_cover(actor=there, cover_id=cover.id)
    assert Cover.objects.filter(pk=cover.id).exists()
    end_cover(actor=principal, cover_id=cover.id)
    assert not Cover.objects.exists()
    assert AuditEntry.objects.get(action="roster.cover:end").details["staff_member"] == str(member)
