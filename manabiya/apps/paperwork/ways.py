"""What the review of paperwork helps with: an end to paper, seals and FAX, line by line."""

from collections.abc import Collection

from manabiya.apps.paperwork.policies import CITY_VIEW, USE_VIEW
from manabiya.kernel.access.actors import Actor
from manabiya.kernel.registry import Way

TITLES = {
    "no_fax": "FAXを使う業務を書き出し、やめる日を決める",
    "no_seal_documents": "押印の要る書類を書き出し、やめる日を決める",
    "no_paper_documents": "紙で出す書類を書き出し、やめる日を決める",
}


def ways(*, viewer: Actor, items: Collection[str]) -> list[Way]:
    """Return the page of the list, of the school or of the city, for those who may see it."""
    policy, route = (
        (CITY_VIEW, "board-paperwork-city")
        if viewer.school_id is None
        else (USE_VIEW, "paperwork-list")
    )
    if not policy.may(viewer):
        return []
    return [Way(item, title, route) for item, title in TITLES.items() if item in items]
