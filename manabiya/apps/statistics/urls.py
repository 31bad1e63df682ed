"""Addresses of the statistics. ``stretch``: a period as :mod:`.periods` writes it."""

from manabiya.apps.statistics import policies
from manabiya.apps.statistics.views import city, illness, long_absence, school
from manabiya.kernel.access.policies import Policy
from manabiya.kernel.access.routes import Area, Route, View, route

ROOT = "statistics/"
STRETCH = f"{ROOT}<slug:stretch>/"


def _school(path: str, view: View, policy: Policy, name: str) -> Route:
    return route(path, view, policy=policy, name=name, area=Area.SCHOOL)


def _board(path: str, view: View, name: str) -> Route:
    return route(path, view, policy=policies.CITY_VIEW, name=name, area=Area.BOARD)


ILLNESS, LONG = f"{STRETCH}illness/", f"{STRETCH}long-absence/"
TO_ATTENDANCE, TO_ILLNESS = policies.ATTENDANCE_VIEW, policies.ILLNESS_VIEW
TO_LONG = policies.LONG_ABSENCE_VIEW

ROUTES = (
    _school(ROOT, school.home, TO_ILLNESS, "statistics"),
    _school(f"{ROOT}attendance/", school.page, TO_ATTENDANCE, "statistics-attendance"),
    _school(f"{STRETCH}file/", school.workbook, TO_ATTENDANCE, "statistics-file"),
    _school(
        f"{STRETCH}rows/<slug:quantity>/<slug:where>/", school.rows, TO_ILLNESS, "statistics-rows"
    ),
    _school(f"{ROOT}illness/", illness.page, TO_ILLNESS, "statistics-illness"),
    _school(f"{ILLNESS}file/", illness.workbook, TO_ILLNESS, "statistics-illness-file"),
    _school(f"{ILLNESS}<slug:disease>/", illness.rows, TO_ILLNESS, "statistics-illness-rows"),
    _school(f"{ROOT}long-absence/", long_absence.page, TO_LONG, "statistics-long-absence"),
    _school(f"{LONG}file/", long_absence.workbook, TO_LONG, "statistics-long-absence-file"),
    _school(
        f"{LONG}<slug:where>/<slug:cause>/",
        long_absence.rows,
        TO_LONG,
        "statistics-long-absence-rows",
    ),
    _school(
        f"{ROOT}long-absence/<uuid:student>/cause/",
        long_absence.decide,
        policies.CAUSE_DECIDE,
        "statistics-long-absence-decide",
    ),
    _board(ROOT, city.page, "statistics-city"),
    _board(f"{STRETCH}file/", city.workbook, "statistics-city-file"),
)
