"""Rows of the benchmark's own schools: as many children, families and staff as are asked for."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

YEAR = 2026
FIRST, LAST = date(YEAR, 4, 1), date(YEAR + 1, 3, 31)
FAMILY = """佐藤 さとう|鈴木 すずき|髙橋 たかはし|田中 たなか|伊藤 いとう|渡邉 わたなべ|山本 やまもと|中村 なかむら
小林 こばやし|加藤 かとう|吉田 よしだ|𠮷田 よしだ|山﨑 やまざき|長谷川 はせがわ|勅使河原 てしがわら|小笠原 おがさわら
濵田 はまだ|五十嵐 いがらし|佐々木 ささき|松本 まつもと|井上 いのうえ|木村 きむら|林 はやし|齋藤 さいとう"""
GIVEN = """陽翔 はると|湊 みなと|颯太郎 そうたろう|悠真 ゆうま|朝陽 あさひ|樹 いつき|琥太郎 こたろう|健人 けんと
心春 こはる|莉子 りこ|千紗都 ちさと|紬 つむぎ|咲良 さくら|日向子 ひなこ|小夜子 さよこ|麻里奈 まりな"""
POSTS = ("principal", "vice_principal", "school_nurse", "office_staff")


def pairs(text: str) -> list[tuple[str, str]]:
    """Return the names of a list with their kana."""
    return [
        (n.split(" ")[0], n.split(" ")[1]) for line in text.split("\n") for n in line.split("|")
    ]


FAMILIES, GIVENS = pairs(FAMILY), pairs(GIVEN)


@dataclass
class Rows:
    """Rows to be written, a list a table."""

    number: int = 0
    found: dict[type, list[Any]] = field(default_factory=dict)

    def add(self, row: Any) -> Any:
        """Keep a row for writing; return it."""
        self.found.setdefault(type(row), []).append(row)
        return row

    def person(self) -> dict[str, str]:
        """Return the fields of the next name."""
        self.number += 1
        family = FAMILIES[self.number % len(FAMILIES)]
        given = GIVENS[self.number * 7 % len(GIVENS)]
        return {
            "family_name": family[0],
            "given_name": given[0],
            "family_kana": family[1],
            "given_kana": given[1],
        }

    def write(self) -> None:
        """Write every table in one statement; keys of names are derived first."""
        for model, rows in self.found.items():
            for row in rows:
                if hasattr(row, "fill_keys"):
                    row.fill_keys()
            model.objects.bulk_create(rows, batch_size=2000)


def add_school(rows: Rows, number: int, sizes: tuple[int, ...]) -> str:
    """Add a school with classes of so many children; return its slug."""
    from manabiya.roster.models import CalendarDay, Homeroom, School

    school = rows.add(
        School(
            code=f"B1012999{number:05d}",
            slug=f"bench-{number}",
            name=f"計測第{number}小学校",
            kind=School.Kind.ELEMENTARY,
            phone="0190-00-0000",
        )
    )
    for n in range((LAST - FIRST).days + 1):
        day = FIRST + timedelta(days=n)
        if day.weekday() < 5:
            rows.add(CalendarDay(school=school, date=day, is_school_day=True, label=""))
    for post in POSTS:
        appoint(rows, post, school)
    for i, size in enumerate(sizes):
        name = f"{1 + i % 6}年{1 + i // 6}組"
        homeroom = rows.add(Homeroom(school=school, school_year=YEAR, name=name, position=i + 1))
        appoint(rows, "homeroom_teacher", school, homeroom)
        for seat in range(1, size + 1):
            _child(rows, homeroom, 1 + i % 6, seat)
    return str(school.slug)


def appoint(rows: Rows, post: str, school: Any = None, homeroom: Any = None) -> None:
    """Add a staff member who holds a post for the year."""
    from manabiya.roster.models import Appointment, StaffMember

    member = rows.add(StaffMember(**rows.person(), number=f"{rows.number:06d}"))
    rows.add(
        Appointment(
            staff_member=member,
            school=school,
            post=post,
            homeroom=homeroom,
            starts_on=FIRST,
            ends_on=LAST,
        )
    )


def _child(rows: Rows, homeroom: Any, grade: int, seat: int) -> None:
    """Add a child with its seat and a mother; every third child has a father, too."""
    from manabiya.roster.models import Enrollment, Guardian, GuardianRight, Student

    name = rows.person()
    student = rows.add(
        Student(
            **name,
            birth_date=date(YEAR - 6 - grade, 4, 2) + timedelta(days=rows.number % 365),
            sex="female" if rows.number % 2 else "male",
            reference=f"bench{rows.number:07d}",
        )
    )
    rows.add(
        Enrollment(
            student=student,
            school=homeroom.school,
            homeroom=homeroom,
            grade_level=grade,
            roll_number=seat,
            starts_on=FIRST,
        )
    )
    for order in (1, 2) if seat % 3 == 0 else (1,):
        own = rows.person() | {k: name[k] for k in ("family_name", "family_kana")}
        guardian = rows.add(Guardian(**own, phone="090-0000-0000"))
        rows.add(
            GuardianRight(
                guardian=guardian,
                student=student,
                relationship="母" if order == 1 else "父",
                call_order=order,
                starts_on=FIRST,
            )
        )
