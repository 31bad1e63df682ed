"""The sheet on paper: to fill in by hand, or as answered."""

from datetime import datetime

from manabiya.apps.checklist.queries import SheetPage
from manabiya.kernel.pdf import typeset
from manabiya.law.era import format_era

PAPER = "apps/checklist/papers/sheet.typ"


def sheet_pdf(page: SheetPage, *, is_blank: bool, made_at: datetime) -> bytes:
    """Return the sheet as PDF, A4. ``is_blank``: nothing chosen, for a pen."""
    data = {
        "title": "校務DXチェックリスト",
        "year": page.year.label,
        "school": page.name,
        "due": format_era(page.round.due_on),
        "state": "確定" if page.sheet.is_confirmed else "下書き",
        "is_blank": is_blank,
        "foot": f"{page.year.questions.title} 第{page.year.questions.version}版",
        "rows": [
            {
                "number": asked.question.number,
                "text": asked.question.text,
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
