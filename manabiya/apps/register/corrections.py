"""What a correction changed: the marks of the new document, and the list under the table."""

from collections.abc import Mapping
from typing import Any

from manabiya.apps.register.document import Document


def corrected(before: Document, after: Document, why: Mapping[str, Any]) -> Document:
    """Return ``after`` with the corrections of ``before`` and its own: cells old → new, and why.

    ``why``: reason, asked_by, approved_by, on. A correction that changed no cell (a name, a seat)
    is one line without a child.
    """
    version = len({line["version"] for line in before["corrections"]}) + 2
    lines = [
        {**change, **why, "version": version}
        for change in _changes(before, after) or [{"student": "", "number": 0, "date": ""}]
    ]
    return {**after, "corrections": [*before["corrections"], *lines]}


def _changes(before: Document, after: Document) -> list[dict[str, Any]]:
    old_rows = {row["student"]: row for row in before["rows"]}
    days = [day["date"] for day in after["days"]]
    found = []
    for row in after["rows"]:
        old = old_rows.get(row["student"])
        for n, day in enumerate(days):
            if old is not None and old["cells"][n] != row["cells"][n]:
                found.append(
                    {
                        "student": row["student"],
                        "number": row["number"],
                        "date": day,
                        "old": old["cells"][n],
                        "new": row["cells"][n],
                    }
                )
    return found


def old_codes(document: Document) -> dict[tuple[str, str], str]:
    """Return by student and date the code that first stood where a cell was corrected."""
    found: dict[tuple[str, str], str] = {}
    for line in document["corrections"]:
        if line["student"]:
            found.setdefault((line["student"], line["date"]), line["old"])
    return found
