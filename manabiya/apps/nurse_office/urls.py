"""Addresses of the nurse's office."""

from manabiya.apps.nurse_office.policies import BOARD_VIEW, BOOK_VIEW
from manabiya.apps.nurse_office.views import board, book
from manabiya.kernel.access.policies import Policy
from manabiya.kernel.access.routes import Area, Route, View, route


def _school(path: str, view: View, policy: Policy, name: str) -> Route:
    return route(path, view, policy=policy, name=name, area=Area.SCHOOL)


ROUTES = (
    _school("health/", board.board, BOARD_VIEW, "nurse-board"),
    _school("health-book/", book.home, BOOK_VIEW, "health-book-home"),
    _school("health-book/<uuid:homeroom>/<iso_month:month>/", book.book, BOOK_VIEW, "health-book"),
    _school(
        "health-book/<uuid:homeroom>/<iso_month:month>/paper/",
        book.paper,
        BOOK_VIEW,
        "health-book-paper",
    ),
)
