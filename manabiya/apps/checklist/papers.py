"""The sheet on paper: to fill in by hand, or as answered."""

from datetime import datetime
from typing import Any

from manabiya.apps.checklist.queries import SheetPage
from manabiya.apps.checklist.queries.sheets import Asked
from manabiya.kernel.pdf import typeset
from manabiya.law.era import format_era

PAPER = "apps/checklist/papers/sheet.typ"


def sheet_pdf(page: SheetPage, *, is_blank: bool, made_at: datetime) -> bytes:
    """Return the sheet as PDF, A4. ``is_blank``: nothing chosen, for a pen."""
    data = {
        "title": "校務DXチェックリスト",
        "year": page.year.label,
        "school": page.name,
        "due": "" if page.round.is_imported else format_era(page.round.due_on),
        "state": "確定" if page.sheet.is_confirmed else "下書き",
        "is_blank": is_blank,
        "foot": f"{page.year.questions.title} 第{page.year.questions.version}版",
        "rows": [
            {
                "number": asked.question.number,
                "text": asked.question.text,
                "next": _next(asked, is_blank=is_blank),
                "is_worded": bool(asked.question.wording),
                "choices": [
                    {"label": choice.label, "is_chosen": choice.is_chosen and not is_blank}
                    for choice in asked.choices
                ],
            }
            for asked in page.asked
        ],
    }
    return typeset(PAPER, data, made_at=made_at)


def _next(asked: Asked, *, is_blank: bool) -> dict[str, Any]:
    """Return what is asked next: its title (empty for nothing), its choices, or what was written."""
    if asked.follow_up is None:
        return {"title": "", "choices": [], "text": ""}
    return {
        "title": asked.follow_up.title,
        "choices": [
            {"label": choice.label, "is_chosen": choice.is_chosen and not is_blank}
            for choice in asked.follow_up.choices
        ],
        "text": "" if is_blank else asked.follow_up.text,
    }
