"""What the lists can show of themselves: how much of FAX, seal and paper has really ended."""

from collections.abc import Collection
from datetime import date
from uuid import UUID

from manabiya.apps.paperwork.queries.left import papers_left
from manabiya.kernel.registry.evidence import Compute, Evidence, Share


def ended(kind: str) -> Compute:
    """Return the share of a kind's lines that ended before the period began, of all listed.

    A school without a line of the kind has no share: that nothing is listed is no proof.
    """

    def compute(school_ids: Collection[UUID], first: date, last: date) -> dict[UUID, Share]:
        return {
            school_id: Share(left.denominator - (left.numerator or 0), left.denominator)
            for school_id, left in papers_left(school_ids, kind, first, last).items()
            if left.denominator
        }

    return compute


def _evidence(key: str, item: str, kind: str, word: str) -> Evidence:
    return Evidence(
        key,
        item,
        f"やめた{word}の業務",
        f"期間の前にやめた{word}の業務",
        f"書き出した{word}の業務",
        ended(kind),
    )


EVIDENCE = (
    _evidence("paperwork-fax-ended", "no_fax", "fax", "FAX"),
    _evidence("paperwork-seals-ended", "no_seal_documents", "seal", "押印・署名"),
)
"""Beside the questions 「FAXを使っていない」 and 「押印・署名の要る書類がない」."""
