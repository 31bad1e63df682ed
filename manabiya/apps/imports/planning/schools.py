"""Schools: by code, added or changed, never removed."""

from manabiya.apps.imports.planning.ahead import what_holds_now
from manabiya.apps.imports.planning.plan import Line
from manabiya.apps.imports.planning.work import Work, plain_school
from manabiya.apps.imports.values.records import SchoolRecord
from manabiya.law import school_code
from manabiya.roster.models import School

KIND_OF_CODE = {
    "B1": "elementary_school",
    "C1": "junior_high_school",
    "C2": "compulsory_education_school",
}


def plan_schools(work: Work) -> None:
    """Plan every school of the files; later parts find the new ones."""
    seen: dict[str, int] = {}
    for record in work.records.schools:
        work.plan.count("school", "rows")
        column = work.heading(record.source, "code", "学校コード")
        if work.school_id is not None:
            work.plan.stop(
                "school", record.source, column, record.code,
                "学校は教育委員会だけが取り込めます", "教育委員会に連絡する",
            )  # fmt: skip
        elif record.code in seen:
            work.plan.stop(
                "school", record.source, column, record.code,
                f"{seen[record.code]}行と同じ学校です", "どちらか一方を消す",
            )  # fmt: skip
        elif record.code in work.roster.school_by_code:
            _change(work, record, work.roster.school_by_code[record.code])
        elif _is_good(work, record, column):
            _add(work, record)
        seen.setdefault(record.code, record.source.line)
    _missing(work, set(seen))


def _is_good(work: Work, record: SchoolRecord, column: str) -> bool:
    try:
        school_code.parse(record.code)
    except ValueError as error:
        reason, mend = str(error).split("。")[0], "コードを確かめる"
        if school_code.FIRST_TWELVE.fullmatch(record.code[:12]) and len(record.code) == 13:
            digit = school_code.check_digit(record.code[:12])
            if "検査数字" in reason:
                reason = f"検査数字が合いません(末尾は {digit})"
        work.plan.stop("school", record.source, column, record.code, reason, mend)
        return False
    if not (record.kind or record.code[:2] in KIND_OF_CODE):
        work.plan.stop(
            "school", record.source, column, record.code,
            "小学校・中学校・義務教育学校ではありません", "対象の学校だけにする",
        )  # fmt: skip
        return False
    return True


def _add(work: Work, record: SchoolRecord) -> None:
    school = School(
        code=record.code,
        slug=record.code.lower(),
        name=record.name,
        kind=record.kind or KIND_OF_CODE[record.code[:2]],
        phone=record.phone,
        address=record.address,
        is_evening=bool(record.is_evening),
        main_school=work.roster.school_by_code.get(record.main_school)
        or work.school_names.get(plain_school(record.main_school)),
    )
    work.plan.writes.schools.append(school)
    work.roster.schools[school.id] = work.roster.school_by_code[school.code] = school
    work.school_names[plain_school(school.name)] = school
    fields = [("学校コード", "", school.code), ("種別", "", str(school.get_kind_display()))]
    work.plan.add("added", Line("school", school.name, "", record.source, fields))


def _change(work: Work, record: SchoolRecord, school: School) -> None:
    changes, shown = work.differences(
        school,
        {
            "name": ("学校名", record.name),
            "phone": ("電話", record.phone),
            "address": ("所在地", record.address),
            "is_evening": ("夜間", record.is_evening),
        },
    )
    changes, shown = what_holds_now(work, record.source, school, changes, shown)
    if not changes:
        work.plan.count("school", "same")
        return
    work.plan.writes.change(School, school, **changes)
    work.plan.add("changed", Line("school", school.name, "", record.source, shown))
    work.school_names[plain_school(record.name)] = school


def _missing(work: Work, seen: set[str]) -> None:
    if work.school_id is not None or not work.records.schools:
        return
    for school in work.roster.schools.values():
        if school.code not in seen:
            fields = [("学校コード", school.code, "")]
            work.plan.add("missing", Line("school", school.name, "", None, fields))
