"""The plan and its yearly report on paper, A4 upright."""

from dataclasses import asdict
from datetime import datetime

from manabiya.apps.dx_plan.document import CHAPTERS, Document, paragraphs
from manabiya.apps.dx_plan.queries import ReportPage
from manabiya.kernel.pdf import typeset

PLAN = "apps/dx_plan/papers/plan.typ"
REPORT = "apps/dx_plan/papers/report.typ"


def plan_pdf(document: Document, *, standing: str, made_at: datetime) -> bytes:
    """Return the plan as PDF. ``standing``: whether it is a draft or decided, in words."""
    data = asdict(document)
    chapters = {name: paragraphs(data[name]) for name in CHAPTERS}
    extra = {"span": document.span, "standing": standing}
    return typeset(PLAN, {**data, **chapters, **extra}, made_at=made_at)


def report_pdf(page: ReportPage, *, made_at: datetime) -> bytes:
    """Return the yearly report as PDF."""
    document = page.document
    data = {
        "title": document.title,
        "municipality": document.municipality,
        "year": page.year.label,
        "baseline": page.baseline_label,
        "real": page.real_label,
        "standing": f"第{page.edition.number}版の目標" if page.edition else "案の目標",
        "reached": len(page.reached),
        "measured": len(page.measured),
        "counts": [f"{word} {count}" for word, count in page.counts],
        "lines": [
            {
                "question": line.question,
                "definition": line.definition,
                "falls": line.falls,
                "baseline": str(line.baseline),
                "goal": str(line.goal) if line.goal is not None else "—",
                "real": str(line.real) if line.real is not None else "",
                "change": line.progress.signed if line.progress else "",
                "verdict": line.verdict,
                "reason": line.reason,
            }
            for line in page.lines
        ],
        "actions": [
            {
                "title": line.row.title,
                "owner": line.row.owner,
                "period": line.period,
                "state": line.row.get_state_display(),
                "reason": line.row.state_reason,
            }
            for line in page.actions
        ],
    }
    return typeset(REPORT, data, made_at=made_at)
