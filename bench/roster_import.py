"""A whole city's roster from files: 22,000 children, 33,000 guardians, 2,000 staff.

The files are made deterministically (invented names), tried and applied by the real command into
a durable PostgreSQL, then imported once more: nothing may change the second time.
"""

import csv
import io
import random
import subprocess
import sys
import time
from datetime import date, timedelta
from pathlib import Path

from ruler.figures import judged, say, told
from ruler.house import analyze, house
from ruler.machine import Watch

STUDENTS, GUARDIANS, STAFF = 22_000, 33_000, 2_000
ELEMENTARY, JUNIOR_HIGH = 52, 25
YEAR = 2026
SLUG = "bench-city"
GOAL_SECONDS = 60


def school_code(kind: str, number: int) -> str:
    """Return a right code of an invented school."""
    from manabiya.law.school_code import check_digit

    first = f"{kind}012{9_100_000 + number:07d}"
    return f"{first}{check_digit(first)}"


def schools() -> list[tuple[str, str, int]]:
    """Return code, name and number of grades of each school."""
    found = [(school_code("B1", n), f"計測{n}小学校", 6) for n in range(1, ELEMENTARY + 1)]
    return found + [(school_code("C1", n), f"計測{n}中学校", 3) for n in range(1, JUNIOR_HIGH + 1)]


def children(chance: random.Random) -> list[dict[str, str]]:
    """Return the rows of the children, seated in classes of up to 35."""
    from manabiya.roster.demo.names import FAMILIES, child

    rows: list[dict[str, str]] = []
    places = [
        (code, grade, size) for code, _name, size in schools() for grade in range(1, size + 1)
    ]
    share = STUDENTS // len(places) + 1
    for code, grade, size in places:
        base = 0 if size == 6 else 6
        for n in range(min(share, STUDENTS - len(rows))):
            person = child(chance, is_girl=n % 2 == 0, family=chance.choice(FAMILIES))
            born = date(YEAR - 6 - base - grade, 4, 2) + timedelta(days=chance.randrange(365))
            rows.append(
                {
                    "宛名番号": f"{len(rows) + 1:012d}",
                    "氏名": f"{person.family_name} {person.given_name}",
                    "フリガナ": f"{person.family_kana} {person.given_kana}",
                    "性別": "女" if n % 2 == 0 else "男",
                    "生年月日": born.strftime("%Y/%m/%d"),
                    "郵便番号": "099-0001",
                    "住所": f"計測市緑町{chance.randrange(1, 400)}番地{chance.randrange(1, 30)}",
                    "学校コード": code,
                    "学年": str(grade),
                    "組": str(n // 35 + 1),
                    "出席番号": str(n % 35 + 1),
                }
            )
    return rows


def guardians(chance: random.Random, rows: list[dict[str, str]]) -> list[dict[str, str]]:
    """Return a row for each guardian and child: one for every child, a second for half of them."""
    from manabiya.roster.demo.names import adult

    found = []
    for number in range(GUARDIANS):
        place = number if number < STUDENTS else (number - STUDENTS) * 2
        student = rows[place]
        is_mother = number < STUDENTS
        family = student["氏名"].split(" ")[0], student["フリガナ"].split(" ")[0]
        person = adult(chance, is_woman=is_mother, family=family)
        found.append(
            {
                "児童生徒の識別番号": student["宛名番号"],
                "識別番号": f"9{number + 1:011d}",
                "氏名": f"{person.family_name} {person.given_name}",
                "ふりがな": f"{person.family_kana} {person.given_kana}",
                "続柄": "母" if is_mother else "父",
                "電話": f"090-{number // 10_000:04d}-{number % 10_000:04d}",
                "住所": student["住所"],
                "電話の順": "1" if is_mother else "2",
            }
        )
    return found


def staff(chance: random.Random) -> list[dict[str, str]]:
    """Return the rows of the staff, spread over the schools."""
    from manabiya.roster.demo.names import adult

    posts = ("校長", "教頭", "教務主任", "養護教諭", "事務職員")
    places = schools()
    found = []
    for number in range(STAFF):
        code, _name, _grades = places[number % len(places)]
        turn = number // len(places)
        person = adult(chance, is_woman=number % 2 == 0)
        found.append(
            {
                "職員番号": f"{number + 1:06d}",
                "氏名": f"{person.family_name} {person.given_name}",
                "ふりがな": f"{person.family_kana} {person.given_kana}",
                "学校コード": code,
                "職": posts[turn] if turn < len(posts) else "教科担任",
                "本務・兼務": "本務",
                "着任日": "令和8年4月1日",
            }
        )
    return found


def write(path: Path, rows: list[dict[str, str]]) -> None:
    """Write rows as the city's systems do: CSV with BOM."""
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, list(rows[0]), lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(rows)
    path.write_bytes(out.getvalue().encode("utf-8-sig"))


def files(folder: Path) -> list[Path]:
    """Write the four files; the same ones every time."""
    chance = random.Random(20260401)
    places = [{"学校コード": code, "学校名": name} for code, name, _ in schools()]
    pupils = children(chance)
    tables = {
        "学校": places,
        "児童生徒": pupils,
        "保護者": guardians(chance, pupils),
        "教職員": staff(chance),
    }
    for name, rows in tables.items():
        write(folder / f"{name}.csv", rows)
    return [folder / f"{name}.csv" for name in tables]


def run(paths: list[Path]) -> tuple[float, list[str]]:
    """Run the command as an operator does; return seconds and what it said."""
    command = [sys.executable, "-m", "manabiya", "import", "roster", *map(str, paths)]
    started = time.perf_counter()
    done = subprocess.run(
        [*command, "--municipality", SLUG, "--from", f"{YEAR}-04-01", "--apply"],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    if done.returncode != 0:
        raise RuntimeError(f"{done.stdout[-3000:]}\n{done.stderr[-3000:]}")
    return time.perf_counter() - started, done.stdout.splitlines()


def counted() -> dict[str, int]:
    """Return how many rows the city has now."""
    from manabiya.kernel.tenancy.models import Municipality
    from manabiya.kernel.tenancy.scope import tenant
    from manabiya.roster.models import Enrollment, Guardian, GuardianRight, StaffMember, Student

    with tenant(Municipality.objects.get(slug=SLUG).id):
        return {
            model.__name__: model.objects.count()
            for model in (Student, Guardian, StaffMember, Enrollment, GuardianRight)
        }


def main() -> None:
    """Measure and print."""
    with house() as home:
        from manabiya.kernel.tenancy.models import Municipality

        Municipality.objects.create(code="019997", slug=SLUG, name="計測市")
        paths = files(home.folder)
        watch = Watch(PostgreSQL=home.database_pid)
        first, lines = run(paths)
        watch.stop()
        found = counted()
        analyze()
        second, again = run(paths)
        if counted() != found or "変わるものはありません" not in again[-1]:
            raise RuntimeError(f"the second import changed something: {again[-3:]}")
    if (found["Student"], found["Guardian"], found["StaffMember"]) != (STUDENTS, GUARDIANS, STAFF):
        raise RuntimeError(f"not the whole city: {found}")
    rows = f"在籍 {found['Enrollment']:,}、権利 {found['GuardianRight']:,}"
    what = "市の名簿の取り込み 試し+反映"
    say(
        judged(what, round(first, 1), "秒", f"< {GOAL_SECONDS}", besides=rows),
        told(
            f"{what} CPU",
            f"取り込み {watch.cpu['送る側']:.1f} 秒、PostgreSQL {watch.cpu['PostgreSQL']:.1f} 秒。"
            f"測る間によその仕事が使った割合 {watch.others:.0%}",
        ),
        told("同じファイルをもう一度 試し+反映", f"{second:.1f} 秒、変わった行 0"),
    )
    for line in lines:
        print(f"  {line}")


if __name__ == "__main__":
    main()
