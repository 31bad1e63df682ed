"""A file for a day to come: what has no days of its own (names, phones) waits for that day.

Classes, rights, posts and addresses are dated and can be written ahead. A name or a phone
written today would hold today: it is left as it is, the row says so, and the same file
imported once more on that day changes it. Whom nobody knows yet is mended at once.
"""

from typing import Any

from manabiya.apps.imports.planning.plan import Difference
from manabiya.apps.imports.planning.texts import in_words
from manabiya.apps.imports.planning.work import Work
from manabiya.apps.imports.values.records import Source

NUMBERS = {"reference"}
"""By which people are found: of no day."""


def what_holds_now(
    work: Work, source: Source, row: Any, changes: dict[str, Any], shown: list[Difference]
) -> tuple[dict[str, Any], list[Difference]]:
    """Return the changes of a row without days that may be written now, with their words."""
    if work.day <= work.today or is_not_yet_known(work, row):
        return changes, shown
    pairs = list(zip(changes, shown, strict=True))
    waiting = [words[0] for column, words in pairs if column not in NUMBERS]
    if waiting:
        wait(work, source, "、".join(waiting))
    kept = [pair for pair in pairs if pair[0] in NUMBERS]
    return {column: changes[column] for column, _ in kept}, [words for _, words in kept]


def is_not_yet_known(work: Work, row: Any) -> bool:
    """Return whether somebody belongs to the house only from a day to come."""
    since = work.roster.known_since.get(row.id)
    return since is not None and since > work.today


def wait(work: Work, source: Source, labels: str) -> None:
    """Say of a row what waits for the day."""
    day = in_words(work.day)
    work.waiting += 1
    work.plan.note(
        source, labels, "", f"{labels}は、{day}より前には変えません",
        f"{day}になったら、同じファイルをもう一度取り込む",
    )  # fmt: skip


def say_what_waits(work: Work) -> None:
    """Say once for the whole import that something waits."""
    if work.waiting:
        day = in_words(work.day)
        work.plan.warnings.append(
            f"先の日({day})からの取り込みです。氏名や電話などの変更({work.waiting:,}行)は、"
            f"まだ書きません。{day}になったら、同じファイルをもう一度取り込んでください。"
        )
