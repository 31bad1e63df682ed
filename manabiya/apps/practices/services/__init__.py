"""Writes of practices."""

from manabiya.apps.practices.services.board import recommend, take_recommendation_back
from manabiya.apps.practices.services.following import (
    copy_setup,
    follow,
    say_tried,
    take_tried_back,
    unfollow,
)
from manabiya.apps.practices.services.papers import add_paper, remove_paper
from manabiya.apps.practices.services.writing import (
    PracticeWord,
    publish,
    withdraw,
    write_practice,
)

__all__ = [
    "PracticeWord",
    "add_paper",
    "copy_setup",
    "follow",
    "publish",
    "recommend",
    "remove_paper",
    "say_tried",
    "take_recommendation_back",
    "take_tried_back",
    "unfollow",
    "withdraw",
    "write_practice",
]
