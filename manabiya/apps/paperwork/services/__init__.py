"""Writes of the review of paperwork."""

from manabiya.apps.paperwork.services.catalog import keep_catalog_paper, retire_catalog_paper
from manabiya.apps.paperwork.services.decisions import decide_use, finish_use, reopen_use
from manabiya.apps.paperwork.services.fields import Decision, PartnerFields, UseFields
from manabiya.apps.paperwork.services.importing import import_uses
from manabiya.apps.paperwork.services.partners import keep_partner
from manabiya.apps.paperwork.services.proposals import (
    answer_proposal,
    propose_to_schools,
    withdraw_proposals,
)
from manabiya.apps.paperwork.services.refusals import PaperworkRefused
from manabiya.apps.paperwork.services.uses import (
    add_from_catalog,
    add_use,
    edit_use,
    remove_use,
)

__all__ = [
    "Decision",
    "PaperworkRefused",
    "PartnerFields",
    "UseFields",
    "add_from_catalog",
    "add_use",
    "answer_proposal",
    "decide_use",
    "edit_use",
    "finish_use",
    "import_uses",
    "keep_catalog_paper",
    "keep_partner",
    "propose_to_schools",
    "remove_use",
    "reopen_use",
    "retire_catalog_paper",
    "withdraw_proposals",
]
