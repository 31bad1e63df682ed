"""Reads of the roster: the front door for every other app. One query a call, plain values out."""

from manabiya.roster.calendar.days import SchoolDays
from manabiya.roster.enrolling.queries import WaitingChild, waiting_children
from manabiya.roster.families.queries import CallLine, call_list
from manabiya.roster.protection.masks import (
    AddressLine,
    Recipient,
    addresses_of,
    audience_of,
    audiences_of,
    excluded_guardian_ids,
    excluded_pairs,
    protected_among,
)
from manabiya.roster.queries.calendar import (
    calendars_of,
    calendars_on,
    classes_of_grades,
    one_day,
    school_days,
)
from manabiya.roster.queries.changes import (
    changes_json,
    changes_of_day,
    closures_of_seat,
    read_changes,
)
from manabiya.roster.queries.families import (
    Child,
    GuardianLine,
    InvitedPeople,
    birth_date_of,
    children_of,
    guardian_pairs,
    guardians_of,
    guardians_of_homeroom,
    may_reach_student,
    people_of,
    student_in_homeroom,
    student_in_school,
)
from manabiya.roster.queries.fetchers import Fetchers, fetchers_of
from manabiya.roster.queries.grade_heads import headed_grades
from manabiya.roster.queries.moving import MovingChild, moving_children
from manabiya.roster.queries.names import names_of
from manabiya.roster.queries.officers import ClassOfficers, OfficerSpan, class_officers
from manabiya.roster.queries.schools import (
    EnrolledCount,
    HomeroomCard,
    HomeroomDay,
    SchoolCard,
    SchoolHead,
    enrolled_counts,
    homeroom_card,
    homeroom_day,
    homeroom_ids_for,
    homerooms_at,
    school_of,
    schools_of_municipality,
)
from manabiya.roster.queries.seats import (
    Home,
    Seat,
    seats_between,
    seats_of_classes,
    seats_on,
    seats_with_guests,
)
from manabiya.roster.queries.student_seats import StudentSeat, student_seats
from manabiya.roster.queries.students import StudentLine, student_lines

__all__ = [
    "AddressLine",
    "CallLine",
    "Child",
    "ClassOfficers",
    "EnrolledCount",
    "Fetchers",
    "GuardianLine",
    "Home",
    "HomeroomCard",
    "HomeroomDay",
    "InvitedPeople",
    "MovingChild",
    "OfficerSpan",
    "Recipient",
    "SchoolCard",
    "SchoolDays",
    "SchoolHead",
    "Seat",
    "StudentLine",
    "StudentSeat",
    "WaitingChild",
    "addresses_of",
    "audience_of",
    "audiences_of",
    "birth_date_of",
    "calendars_of",
    "calendars_on",
    "call_list",
    "changes_json",
    "changes_of_day",
    "children_of",
    "class_officers",
    "classes_of_grades",
    "closures_of_seat",
    "enrolled_counts",
    "excluded_guardian_ids",
    "excluded_pairs",
    "fetchers_of",
    "guardian_pairs",
    "guardians_of",
    "guardians_of_homeroom",
    "headed_grades",
    "homeroom_card",
    "homeroom_day",
    "homeroom_ids_for",
    "homerooms_at",
    "may_reach_student",
    "moving_children",
    "names_of",
    "one_day",
    "people_of",
    "protected_among",
    "read_changes",
    "school_days",
    "school_of",
    "schools_of_municipality",
    "seats_between",
    "seats_of_classes",
    "seats_on",
    "seats_with_guests",
    "student_in_homeroom",
    "student_in_school",
    "student_lines",
    "student_seats",
    "waiting_children",
]
