"""Reads of the review of paperwork: the list of a place, the city, what is left of a school."""

from manabiya.apps.paperwork.queries.city import (
    CitySums,
    Counts,
    PaperRow,
    SchoolRow,
    city_sums,
    paper_rows,
    school_rows,
)
from manabiya.apps.paperwork.queries.left import PaperLeft, paper_left, papers_left
from manabiya.apps.paperwork.queries.lists import (
    BeyondRow,
    PartnerRow,
    beyond_rows,
    overdue_uses,
    partner_rows,
)
from manabiya.apps.paperwork.queries.own import (
    Line,
    UsePage,
    answered_proposals,
    lines_of,
    offered_papers,
    open_proposals,
    own_counts,
    owners_at,
    partners_known,
    use_page,
)
from manabiya.apps.paperwork.queries.papers import PaperPage, catalog_papers, paper_page

__all__ = [
    "BeyondRow",
    "CitySums",
    "Counts",
    "Line",
    "PaperLeft",
    "PaperPage",
    "PaperRow",
    "PartnerRow",
    "SchoolRow",
    "UsePage",
    "answered_proposals",
    "beyond_rows",
    "catalog_papers",
    "city_sums",
    "lines_of",
    "offered_papers",
    "open_proposals",
    "overdue_uses",
    "own_counts",
    "owners_at",
    "paper_left",
    "paper_page",
    "paper_rows",
    "papers_left",
    "partner_rows",
    "partners_known",
    "school_rows",
    "use_page",
]
