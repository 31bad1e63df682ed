"""Addresses of the register."""

from manabiya.apps.register import confirm_views, policies, views, year_views
from manabiya.kernel.access.policies import Policy
from manabiya.kernel.access.routes import Area, Route, View, route

MONTH = "register/<uuid:homeroom>/<iso_month:month>/"
YEAR = "register/<uuid:homeroom>/year/"


def _school(path: str, view: View, policy: Policy, name: str) -> Route:
    return route(path, view, policy=policy, name=name, area=Area.SCHOOL)


ROUTES = (
    _school("register/", views.overview, policies.MONTH_VIEW, "register"),
    _school(
        "register/confirm/",
        confirm_views.confirm,
        policies.MONTH_CONFIRM,
        "register-confirm-months",
    ),
    _school(MONTH, views.month, policies.MONTH_VIEW, "register-month"),
    _school(f"{MONTH}file/<slug:kind>/", views.paper, policies.MONTH_VIEW, "register-file"),
    _school(YEAR, year_views.year, policies.MONTH_VIEW, "register-year"),
    _school(
        f"{YEAR}file/<slug:kind>/", year_views.paper, policies.MONTH_VIEW, "register-year-file"
    ),
    _school(f"{MONTH}check/", views.check, policies.MONTH_CHECK, "register-check"),
    _school(f"{MONTH}close/", views.close, policies.MONTH_CLOSE, "register-close"),
    _school(f"{MONTH}confirm/", views.confirm, policies.MONTH_CONFIRM, "register-confirm"),
    _school(f"{MONTH}correction/", views.ask, policies.CORRECTION_ASK, "register-correction"),
    _school(
        "register/corrections/<uuid:correction>/",
        views.decide,
        policies.CORRECTION_DECIDE,
        "register-correction-decide",
    ),
)
