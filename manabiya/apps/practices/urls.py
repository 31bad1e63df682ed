"""Addresses of practices, at a school and at the board."""

from collections.abc import Callable

from django.http import HttpResponse

from manabiya.apps.practices.policies import (
    PRACTICE_FOLLOW,
    PRACTICE_OVERSEE,
    PRACTICE_PUBLISH,
    PRACTICE_READ,
    PRACTICE_WRITE,
)
from manabiya.apps.practices.views import following, reading, writing
from manabiya.kernel.access.policies import Policy
from manabiya.kernel.access.routes import Area, Route, route

ONE = "practices/<uuid:practice>/"
PAPER = f"{ONE}papers/<uuid:attachment>/"


def _school(path: str, view: Callable[..., HttpResponse], policy: Policy, name: str) -> Route:
    return route(path, view, policy=policy, name=name, area=Area.SCHOOL)


def _board(path: str, view: Callable[..., HttpResponse], name: str) -> Route:
    return route(path, view, policy=PRACTICE_OVERSEE, name=name, area=Area.BOARD)


ROUTES = (
    _school("practices/", reading.practices, PRACTICE_READ, "practices"),
    _school("practices/write/", writing.write, PRACTICE_WRITE, "practice-write"),
    _school(ONE, reading.practice, PRACTICE_READ, "practice"),
    _school(f"{ONE}edit/", writing.edit, PRACTICE_WRITE, "practice-edit"),
    _school(f"{ONE}publish/", writing.publish, PRACTICE_PUBLISH, "practice-publish"),
    _school(f"{ONE}withdraw/", writing.withdraw, PRACTICE_PUBLISH, "practice-withdraw"),
    _school(f"{ONE}papers/", writing.add_paper, PRACTICE_WRITE, "practice-paper-add"),
    _school(PAPER, reading.paper, PRACTICE_READ, "practice-paper"),
    _school(f"{PAPER}remove/", writing.remove_paper, PRACTICE_WRITE, "practice-paper-remove"),
    _school(f"{ONE}follow/", following.follow, PRACTICE_FOLLOW, "practice-follow"),
    _school(f"{ONE}unfollow/", following.unfollow, PRACTICE_FOLLOW, "practice-unfollow"),
    _school(f"{ONE}tried/", following.tried, PRACTICE_FOLLOW, "practice-tried"),
    _school(f"{ONE}copy/", following.copy, PRACTICE_FOLLOW, "practice-copy"),
    _board("practices/", reading.practices, "board-practices"),
    _board(ONE, reading.practice, "board-practice"),
    _board(PAPER, reading.paper, "board-practice-paper"),
    _board(f"{ONE}recommend/", following.recommend, "board-practice-recommend"),
)
