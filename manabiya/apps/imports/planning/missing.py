"""Who is in the roster but not in the files: listed for a decision, never removed.

Nothing happens by itself. A person may say for each one that the enrollment, the right or the
post ends on a day; that is planned, shown and written with everything else.
"""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from manabiya.apps.imports.planning.plan import Leaving, Line
from manabiya.apps.imports.planning.texts import in_words
from manabiya.apps.imports.planning.work import Work
from manabiya.law.school_year import last_day
from manabiya.roster.models import Appointment, Enrollment, ExchangePlacement, GuardianRight

DAY = timedelta(days=1)
SELF = "本人"
STAYS = "stay"
ENDS = "end"
SUSPICIOUS_SHARE = 10
"""One in how many children missing from the file looks like half a file."""
EXITS: Mapping[str, str] = {
    str(exit_.value): str(exit_.label)
    for exit_ in (
        Enrollment.Exit.TRANSFER_OUT, Enrollment.Exit.GRADUATION, Enrollment.Exit.WITHDRAWAL,
    )
}  # fmt: skip
OPTIONS: Mapping[str, list[tuple[str, str]]] = {
    "student": [
        (STAYS, "在籍のまま残す"),
        *((exit_, f"この日で在籍を終える({label})") for exit_, label in EXITS.items()),
    ],
    "guardian": [(STAYS, "このまま残す"), (ENDS, "この日で権利を終える")],
    "staff": [(STAYS, "このまま残す"), (ENDS, "この日で職を終える")],
}


def missing_children(work: Work) -> None:
    """List the children of the files' schools whom no row names."""
    roster = work.roster
    here = missing = 0
    for student_id, row in roster.students.items():
        span = roster.seats_of(student_id).current
        if span is None or span.school_id not in work.file_schools:
            continue
        here += 1
        if student_id in work.matched or row.reference in work.records.mentioned:
            continue
        missing += 1
        homeroom = roster.homerooms.get(span.homeroom_id)
        where = f"{roster.schools[span.school_id].name} {homeroom.name if homeroom else ''}"
        line = Line("student", f"{row.family_name} {row.given_name}", where, None)
        line.fields.append(("識別番号", row.reference, ""))
        chosen, day = _decided(work, line, student_id, [span])
        if day is not None:
            work.plan.writes.end(Enrollment, span, day, chosen)
            _end_exchanges(work, student_id, day)
            line.fields.append(("在籍の終わり", "", f"{in_words(day)}({EXITS[chosen]})"))
        work.plan.add("missing", line)
    if missing * SUSPICIOUS_SHARE > here:
        work.plan.warnings.append(
            f"名簿にいる{here:,}名のうち{missing:,}名がファイルにいません。"
            "ファイルが途中で切れていないか確かめてください。"
        )


def _end_exchanges(work: Work, student_id: UUID, day: date) -> None:
    for placed in work.roster.exchanges_of.get(student_id, ()):
        if placed.starts_on <= day and (placed.ends_on is None or placed.ends_on > day):
            work.plan.writes.end(ExchangePlacement, placed, day)


def missing_right(work: Work, right: Any, child_name: str) -> None:
    """List a guardian of a child of the files whom the files don't name."""
    row = work.roster.guardians[right.guardian_id]
    name = f"{row.family_name} {row.given_name}"
    line = Line("guardian", name, f"{child_name} の{right.relationship}", None)
    if right.relationship != SELF:
        _chosen, day = _decided(work, line, right.id, [right])
        if day is not None:
            work.plan.writes.end(GuardianRight, right, day)
            line.fields.append(("権利の終わり", "", in_words(day)))
    work.plan.add("missing", line)


def missing_member(work: Work, row: Any, posts: list[Any], label: str) -> None:
    """List a staff member of the files' schools whom no row names; ``posts``: those held there."""
    name, school = f"{row.family_name} {row.given_name}", work.roster.schools[posts[0].school_id]
    line = Line("staff", name, school.name, None, [("職", label, "")])
    _chosen, day = _decided(work, line, row.id, posts)
    if day is not None:
        for post in posts:
            if post.ends_on is None or post.ends_on > day:
                work.plan.writes.end(Appointment, post, day)
        line.fields.append(("職の終わり", "", in_words(day)))
    work.plan.add("missing", line)


def _decided(work: Work, line: Line, row: UUID, spans: Sequence[Any]) -> tuple[str, date | None]:
    """Offer a choice about a line; return what was chosen.

    The end of an enrollment that is set already is nobody's choice here; the planned end of a
    right or a post may only come earlier. A day outside of what is possible now is no decision: the line waits for another one.
    """
    first = max(span.starts_on for span in spans)
    ends = min((span.ends_on for span in spans if span.ends_on), default=None)
    last = min(last_day(work.year), ends - DAY) if ends else last_day(work.year)
    if ends:
        line.fields.append(("登録してある終わり", in_words(ends), ""))
    if first > last or (ends and line.noun == "student"):
        return "", None
    key = f"{line.noun}:{row}"
    usual = max(first, work.day - DAY)
    line.leaving = Leaving(key, OPTIONS[line.noun], STAYS, usual, first, last)
    chosen, _, text = work.decisions.get(key, "").partition(" ")
    if chosen == STAYS or chosen not in dict(OPTIONS[line.noun]):
        return "", None
    day = date.fromisoformat(text)
    if not first <= day <= last:
        return "", None
    line.leaving.chosen, line.leaving.day = chosen, day
    work.plan.end_by_choice(line.noun, row)
    return chosen, day
