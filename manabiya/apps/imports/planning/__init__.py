"""From records to a plan: what the roster would become, who is missing, what is wrong.

Asks the database a dozen questions for the whole municipality, then plans in memory; writes
nothing. The same files against the same roster give the same plan and digest.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from uuid import UUID

from manabiya.apps.imports.planning.ahead import say_what_waits
from manabiya.apps.imports.planning.enrollments import EnrollmentRows
from manabiya.apps.imports.planning.families import Families
from manabiya.apps.imports.planning.missing import missing_children
from manabiya.apps.imports.planning.people import Finder
from manabiya.apps.imports.planning.plan import HIDDEN, NOUNS, TABS, Line, Plan
from manabiya.apps.imports.planning.roster import Roster
from manabiya.apps.imports.planning.schools import plan_schools
from manabiya.apps.imports.planning.seats import Seating
from manabiya.apps.imports.planning.staff import Staffing
from manabiya.apps.imports.planning.students import Children
from manabiya.apps.imports.planning.work import FileWords, Work
from manabiya.apps.imports.progress import Progress
from manabiya.apps.imports.values.problems import Level
from manabiya.apps.imports.values.records import Records
from manabiya.law.school_year import school_year_of

__all__ = ["HIDDEN", "NOUNS", "TABS", "FileWords", "Line", "Plan", "make_plan"]


def make_plan(
    records: Records,
    *,
    effective_on: date,
    today: date,
    school_id: UUID | None = None,
    decisions: Mapping[str, str] | None = None,
    files: Sequence[FileWords] = (),
    progress: Progress | None = None,
) -> Plan:
    """Plan what ``records`` would do to the roster from ``effective_on`` on.

    ``today``: of the school. ``school_id``: an import by a school, for its own rows only. ``decisions``: row → what a
    person chose. ``files``: how each file speaks.
    """
    progress = progress or Progress()
    progress.stage("roster", "いまの名簿を読んでいます")
    roster = Roster(effective_on, [school_year_of(effective_on)])
    plan = Plan(effective_on)
    plan.problems = list(records.problems)
    work = Work(roster, records, plan, today, school_id, decisions or {}, files, progress)
    progress.stage("compare", "名簿とくらべています", records.person_rows)
    plan_schools(work)
    finder = Finder(work)
    seating = Seating(work, finder)
    seating.prepare()
    children = Children(work, finder, seating)
    children.plan()
    EnrollmentRows(work, finder, seating, children).plan()
    missing_children(work)
    Families(work, finder, children).plan()
    Staffing(work).plan()
    say_what_waits(work)
    _hide(work, children)
    _count_problems(work)
    return plan


def _hide(work: Work, children: Children) -> None:
    """Leave out addresses and phones in the problems of protected families' rows.

    A row that could not be matched may be theirs: its secret values are left out too.
    """
    hidden = work.roster.hidden
    rows = {(s.file, s.line): child for s, child in children.of_row.items()}
    for place, problem in enumerate(work.plan.problems):
        if not problem.is_secret:
            continue
        child = rows.get((problem.file, problem.line))
        if hidden and (child is None or child in hidden):
            work.plan.problems[place] = replace(
                problem, value=HIDDEN, mend=problem.mend.split(" ")[-1]
            )


def _count_problems(work: Work) -> None:
    """Count the rows the cells of which were refused before any planning."""
    stopped = {(p.file, p.line) for p in work.records.problems if p.level is Level.STOP}
    for file, _line in stopped:
        noun = work.files[file].noun if file < len(work.files) else "student"
        work.plan.count(noun, "problems")
        work.plan.count(noun, "rows")
