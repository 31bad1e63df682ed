"""Addresses of attendance."""

from collections.abc import Callable

from django.http import HttpResponse

from manabiya.apps.attendance import converters as _converters  # noqa: F401
from manabiya.apps.attendance import policies
from manabiya.apps.attendance.views import (
    by_period,
    class_day,
    deciding,
    decisions,
    family,
    going_home,
    homerooms,
    outbox,
    pickups,
    register,
    reports,
    settings,
    suspension_report,
)
from manabiya.kernel.access.policies import Policy
from manabiya.kernel.access.routes import Area, Route, route

PERIOD = "attendance/decisions/<uuid:period>/"


def _family(path: str, view: Callable[..., HttpResponse], policy: Policy, name: str) -> Route:
    return route(path, view, policy=policy, name=name, area=Area.FAMILY)


def _school(path: str, view: Callable[..., HttpResponse], policy: Policy, name: str) -> Route:
    return route(path, view, policy=policy, name=name, area=Area.SCHOOL)


def _board(path: str, view: Callable[..., HttpResponse], policy: Policy, name: str) -> Route:
    return route(path, view, policy=policy, name=name, area=Area.BOARD)


ROUTES = (
    _family("", family.home, policies.FAMILY_HOME, "family-home"),
    _family("offline/", outbox.offline, policies.FAMILY_HOME, "family-offline"),
    _family("outbox/token/", outbox.token, policies.FAMILY_HOME, "family-outbox-token"),
    _family("report/<uuid:student>/", reports.report, policies.REPORT_SUBMIT, "family-report"),
    _family("reports/", reports.history, policies.REPORT_VIEW, "family-reports"),
    _family("reports/<uuid:report>/", reports.detail, policies.REPORT_VIEW, "family-report-detail"),
    _family(
        "reports/<uuid:report>/change/",
        reports.change,
        policies.REPORT_SUBMIT,
        "family-report-change",
    ),
    _family(
        "reports/<uuid:report>/cancel/",
        reports.cancel,
        policies.REPORT_SUBMIT,
        "family-report-cancel",
    ),
    _school("attendance/", homerooms.homerooms, policies.MARK_VIEW, "attendance-homerooms"),
    _school("attendance/waiting/", homerooms.waiting, policies.WAITING_VIEW, "attendance-waiting"),
    _school(
        "attendance/class/<uuid:homeroom>/<iso_date:date>/",
        class_day.class_day,
        policies.CLASS_VIEW,
        "attendance-class",
    ),
    _school(
        "attendance/class/<uuid:homeroom>/<iso_date:date>/by-period/",
        by_period.by_period,
        policies.PERIOD_MARK,
        "attendance-by-period",
    ),
    _school(
        "attendance/marks/<uuid:homeroom>/<iso_date:date>/",
        homerooms.marks,
        policies.MARK_VIEW,
        "attendance-marks",
    ),
    _school(
        "attendance/going-home/", going_home.search, policies.DAY_CONFIRM, "attendance-going-home"
    ),
    _school(
        "attendance/child/<uuid:student>/<iso_date:date>/",
        going_home.child_day,
        policies.DAY_CONFIRM,
        "attendance-child-day",
    ),
    _school("attendance/pickups/", pickups.pickups, policies.PICKUP_HANDLE, "attendance-pickups"),
    _school(
        "attendance/pickups/<uuid:pickup>/",
        pickups.pickup,
        policies.PICKUP_HANDLE,
        "attendance-pickup",
    ),
    _school(
        "attendance/pickups/<uuid:pickup>/release/",
        pickups.release,
        policies.PICKUP_HANDLE,
        "attendance-pickup-release",
    ),
    _school(
        "attendance/decisions/", decisions.decisions, policies.PERIOD_VIEW, "attendance-decisions"
    ),
    _school(
        "attendance/decisions/propose/<uuid:student>/<iso_date:date>/",
        decisions.propose,
        policies.PERIOD_PROPOSE,
        "attendance-period-propose",
    ),
    _school(
        "attendance/decisions/delegation/",
        decisions.delegation,
        policies.DELEGATION_SET,
        "attendance-delegation",
    ),
    _school(
        "attendance/decisions/report/<iso_month:month>/",
        suspension_report.report,
        policies.SUSPENSION_REPORT,
        "attendance-suspension-report",
    ),
    _school(
        "attendance/decisions/report/<iso_month:month>/paper/",
        suspension_report.paper,
        policies.SUSPENSION_REPORT,
        "attendance-suspension-paper",
    ),
    _school(PERIOD, decisions.period, policies.PERIOD_VIEW, "attendance-period"),
    _school(
        f"{PERIOD}decide/", deciding.decide, policies.PERIOD_DECIDE, "attendance-period-decide"
    ),
    _school(
        f"{PERIOD}decline/", deciding.decline, policies.PERIOD_DECIDE, "attendance-period-decline"
    ),
    _school(f"{PERIOD}move/", deciding.move, policies.PERIOD_DECIDE, "attendance-period-move"),
    _school(
        f"{PERIOD}facility-days/",
        deciding.facility_days,
        policies.PERIOD_PROPOSE,
        "attendance-period-facility-days",
    ),
    _school(
        f"{PERIOD}revoke/", deciding.revoke, policies.PERIOD_DECIDE, "attendance-period-revoke"
    ),
    _school(
        f"{PERIOD}relief/", deciding.relief, policies.PERIOD_PROPOSE, "attendance-period-relief"
    ),
    _school(
        f"{PERIOD}withdraw/",
        deciding.withdraw,
        policies.PERIOD_PROPOSE,
        "attendance-period-withdraw",
    ),
    _school(
        "attendance/register/<uuid:homeroom>/<iso_month:month>/",
        register.register,
        policies.REGISTER_VIEW,
        "attendance-register",
    ),
    _school(
        "attendance/settings/", settings.settings, policies.SETTINGS_CHANGE, "attendance-settings"
    ),
    _school(
        "attendance/settings/follow-city/",
        settings.follow_city,
        policies.SETTINGS_CHANGE,
        "attendance-settings-follow-city",
    ),
    _school(
        "attendance/settings/<uuid:settings>/drop/",
        settings.drop,
        policies.SETTINGS_CHANGE,
        "attendance-settings-drop",
    ),
)
