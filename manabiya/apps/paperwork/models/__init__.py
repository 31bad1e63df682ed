"""The nouns of the review of paperwork."""

from manabiya.apps.paperwork.models.catalog import CatalogPaper
from manabiya.apps.paperwork.models.partners import Partner
from manabiya.apps.paperwork.models.proposals import PaperProposal
from manabiya.apps.paperwork.models.uses import PaperUse, PaperUseChange

__all__ = ["CatalogPaper", "PaperProposal", "PaperUse", "PaperUseChange", "Partner"]
