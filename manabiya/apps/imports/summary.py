"""What a plan comes to: for its entry in the log, and in words when it is no longer the same."""

from collections.abc import Mapping

from manabiya.apps.imports import files
from manabiya.apps.imports.models import ImportRun, PlanPage
from manabiya.apps.imports.planning import TABS, Plan

SHOWN_DIFFERENCES = 20


def first_and_last(plan: Plan) -> dict[str, str]:
    """Return first and last id of the new children, guardians and seats."""
    ids = sorted(
        str(row.id)
        for rows in (plan.writes.students, plan.writes.guardians, plan.writes.enrollments)
        for row in rows
    )
    return {"first": ids[0], "last": ids[-1]} if ids else {}


def ended(plan: Plan) -> dict[str, dict[str, list[str]]]:
    """Return whose end a person chose: children, rights, staff by id."""
    found = {noun: [str(row) for row in rows] for noun, rows in plan.ended.items()}
    return {"ended": found} if found else {}


def differences(run: ImportRun, plan: Plan) -> list[str]:
    """Return in words what the plan of now shows that the kept one does not, and the reverse."""
    before = {
        _words(line)
        for page in PlanPage.objects.filter(run=run)
        for line in files.unpacked(page.lines)
    }
    after = {_words(line) for tab in TABS for line in plan.tab_lines(tab)}
    found = [f"なくなった: {words}" for words in sorted(before - after)]
    found += [f"新しい: {words}" for words in sorted(after - before)]
    return found[:SHOWN_DIFFERENCES]


def _words(line: Mapping[str, object]) -> str:
    if "reason" in line:
        return f"{line['line']}行 {line['column']} {line['reason']}"
    fields = line["fields"]
    assert isinstance(fields, list)
    changes = "、".join(f"{label} {old} → {new}" for label, old, new in fields)
    return f"{line['who']} {line['where']} {changes}".strip()
