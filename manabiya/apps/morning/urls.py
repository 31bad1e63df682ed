"""Addresses of the staff room."""

from manabiya.apps.morning.policies import (
    ABSENCE_WATCH,
    BACKUP_MAKE,
    CASE_HANDLE,
    LUNCH_VIEW,
    PHONE_OPEN,
)
from manabiya.apps.morning.views import absences, backup, cases, lunch, phone, staff_room
from manabiya.kernel.access.policies import Policy
from manabiya.kernel.access.routes import Area, Route, View, route


def _school(path: str, view: View, policy: Policy, name: str) -> Route:
    return route(f"attendance/{path}", view, policy=policy, name=name, area=Area.SCHOOL)


ROUTES = (
    _school("staff-room/", staff_room.staff_room, CASE_HANDLE, "morning-staff-room"),
    _school("staff-room/<uuid:student>/", cases.case, CASE_HANDLE, "morning-case"),
    _school("staff-room/<uuid:student>/call/", cases.call, CASE_HANDLE, "morning-case-call"),
    _school("staff-room/<uuid:student>/take/", cases.take, CASE_HANDLE, "morning-case-take"),
    _school("staff-room/<uuid:student>/tell/", cases.tell, CASE_HANDLE, "morning-case-tell"),
    _school("staff-room/<uuid:student>/end/", cases.end, CASE_HANDLE, "morning-case-end"),
    _school("phone/", phone.search, PHONE_OPEN, "morning-phone"),
    _school("phone/<uuid:student>/", phone.report, PHONE_OPEN, "morning-phone-report"),
    _school("lunch/", lunch.lunch, LUNCH_VIEW, "morning-lunch"),
    _school("backup/", backup.backup, BACKUP_MAKE, "morning-backup"),
    _school("backup/paper/", backup.paper, BACKUP_MAKE, "morning-backup-paper"),
    _school("long-absence/", absences.alerts, ABSENCE_WATCH, "morning-absences"),
    _school(
        "long-absence/<uuid:student>/dismiss/",
        absences.dismiss,
        ABSENCE_WATCH,
        "morning-absence-dismiss",
    ),
)
