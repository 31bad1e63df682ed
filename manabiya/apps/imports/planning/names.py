"""The names people had: a changed name leaves the one of before, with the days it held."""

from datetime import date, timedelta
from typing import Any

from manabiya.apps.imports.planning.work import Work
from manabiya.roster.models import FormerName

DAY = timedelta(days=1)


def keep_former_name(work: Work, row: Any, changes: dict[str, Any], person: str) -> None:
    """Keep the name a person had until the day before (a mere mend of the kana keeps none).

    ``person``: the column of the history that names it. A name that began on the very day, and
    that of somebody who comes only then, is mended, not kept.
    """
    if not {"family_name", "given_name"} & set(changes):
        return
    last = work.day - DAY
    before = work.roster.last_former_name.get(row.id)
    if before is not None and before >= last:
        return
    unknown: date = getattr(row, "birth_date", last)
    since = work.roster.known_since.get(row.id, unknown)
    if since > last:
        return
    begins = before + DAY if before else since
    work.plan.writes.former_names.append(
        FormerName(
            **{person: row.id},
            family_name=row.family_name,
            given_name=row.given_name,
            family_kana=row.family_kana,
            given_kana=row.given_kana,
            starts_on=min(begins, last),
            ends_on=last,
        )
    )
