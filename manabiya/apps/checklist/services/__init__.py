"""Writes of the checklist: question sets, figures, rounds, answers."""

from manabiya.apps.checklist.services.claims import (
    OwnFigure,
    attach_figure,
    attach_words,
    declare_service,
    remove_evidence,
)
from manabiya.apps.checklist.services.importing import import_figures, import_set
from manabiya.apps.checklist.services.outreach import set_outreach
from manabiya.apps.checklist.services.refusals import (
    ChecklistRefused,
    ImportRefused,
    SheetMoved,
)
from manabiya.apps.checklist.services.rounds import close_round, open_round, remind_schools
from manabiya.apps.checklist.services.school_answers import import_answers
from manabiya.apps.checklist.services.sets import install_set, revise_set
from manabiya.apps.checklist.services.sheets import confirm_sheet, reopen_sheet, save_sheet

__all__ = [
    "ChecklistRefused",
    "ImportRefused",
    "OwnFigure",
    "SheetMoved",
    "attach_figure",
    "attach_words",
    "close_round",
    "confirm_sheet",
    "declare_service",
    "import_answers",
    "import_figures",
    "import_set",
    "install_set",
    "open_round",
    "remind_schools",
    "remove_evidence",
    "reopen_sheet",
    "revise_set",
    "save_sheet",
    "set_outreach",
]
