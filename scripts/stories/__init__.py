"""What the camera is shown: one function a story, in the order of a day."""

from stories.board import board, checklist, languages
from stories.entry import entry, joining, second_factor
from stories.family import broken, family
from stories.school import morning, principal, school, teacher

STORIES = (
    entry,
    second_factor,
    family,
    languages,
    joining,
    school,
    principal,
    board,
    checklist,
    teacher,
    morning,
)

__all__ = ["STORIES", "broken"]
