"""The registers of a city: a year recomputed from the rows, and the papers and workbooks of a month.

The demo city's former school year is whole (twelve months, every class day confirmed). What is judged
is CPU time, of this process and of PostgreSQL's, so that a busy machine does not blur it; the time on
the clock stands beside it. ``cold``: in a process that made no paper before, its modules loaded.
"""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from ruler.figures import Figure, judged, median, say, spread, told
from ruler.house import BUILT_FOR, house
from ruler.machine import Watch

SLUG, YEAR, LAST = "shirakabano", 2025, date(2026, 3, 31)
MONTH = date(2025, 10, 1)
CLASSES = 30
MADE_AT = datetime(2026, 4, 1, 9, 0, tzinfo=ZoneInfo("Asia/Tokyo"))


def build() -> None:
    """Build the whole demo city."""
    command = [sys.executable, "-m", "manabiya", "demo", "--city", "full"]
    done = subprocess.run(
        [*command, "--today", BUILT_FOR.isoformat()],
        env=os.environ,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        raise RuntimeError(f"{done.stdout[-3000:]}\n{done.stderr[-3000:]}")


def inside() -> Any:
    """Return the scope of the city."""
    from manabiya.kernel.tenancy.models import Municipality
    from manabiya.kernel.tenancy.scope import tenant

    return tenant(Municipality.objects.get(slug=SLUG).id)


def recompute() -> dict[str, int]:
    """Read and count every class's year; return what was counted."""
    from manabiya.apps.attendance.queries import read_year
    from manabiya.roster.models import School

    found = dict.fromkeys(("classes", "months", "rows", "days"), 0)
    with inside():
        for school_id in School.objects.values_list("id", flat=True):
            for months in read_year(school_id, YEAR, LAST):
                found["classes"] += 1
                found["months"] += len(months)
                for register in months:
                    total = register.total
                    found["rows"] += len(register.rows)
                    found["days"] += total.school_day_count
                    parts = total.attended_days + total.absent_days + total.excused_days
                    if parts + total.unconfirmed_days != total.school_day_count:
                        raise RuntimeError("the parts are not the whole")
    return found


def largest() -> list[Any]:
    """Return the ids of the thirty classes of that year with the most children in the month."""
    from django.db.models import Count

    from manabiya.roster.models import Enrollment

    rows = Enrollment.objects.filter(homeroom__school_year=YEAR).values("homeroom_id")
    ordered = rows.annotate(count=Count("id")).order_by("-count", "homeroom_id")
    return [row["homeroom_id"] for row in ordered[:CLASSES]]


def standing(document: dict[str, Any]) -> Any:
    """Return a paper's surroundings with 累計, as a closed month has them."""
    from manabiya.apps.register import papers

    so_far = {row["student"]: row["sums"] for row in document["rows"]}
    return papers.Standing("締め済み", 1, "ab" * 32, so_far)


def make_paper(homeroom_id: Any) -> bytes:
    """Return the PDF of a class's month, from the rows to the last byte."""
    from manabiya.apps.register import papers, queries

    document = queries.live_month(homeroom_id, MONTH, LAST).document
    return papers.month_pdf(document, standing(document), MADE_AT)


def make_book(homeroom_id: Any) -> bytes:
    """Return the workbook of a class's month."""
    from manabiya.apps.register import papers, queries
    from manabiya.kernel.exchange import to_xlsx

    document = queries.live_month(homeroom_id, MONTH, LAST).document
    return to_xlsx(papers.month_table(document))


@dataclass(frozen=True, slots=True)
class Taken:
    """Seconds of CPU and on the clock."""

    cpu: float
    clock: float


def taken(deed: Callable[[], Any]) -> Taken:
    """Do it; return how long this process took."""
    cpu, clock = time.process_time(), time.perf_counter()
    deed()
    return Taken(time.process_time() - cpu, time.perf_counter() - clock)


def files(make: Callable[[Any], bytes], *classes: Any) -> Taken:
    """Make the files of some classes; return how long it took."""

    def deed() -> None:
        for one in classes:
            if len(make(one)) < 5000:
                raise RuntimeError("not a register")

    return taken(deed)


def first_paper() -> None:
    """Print how long the first paper of this process takes."""
    import django

    os.environ["DJANGO_SETTINGS_MODULE"] = "manabiya.site.settings"
    django.setup()
    from manabiya.apps.register import papers, queries  # noqa: F401

    with inside():
        one = largest()[0]
        first = files(make_paper, one)
        print(first.cpu, first.clock)


def cold() -> Taken:
    """Return how long the first paper of a process takes."""
    command = [sys.executable, __file__, "cold"]
    done = subprocess.run(command, env=os.environ, capture_output=True, text=True, check=True)
    return Taken(*map(float, done.stdout.split()[-2:]))


def figure(what: str, runs: Sequence[Taken], goal: str, extra: float = 0.0) -> Figure:
    """Return the middle CPU time beside its goal, and the middle time on the clock."""
    cpu = [one.cpu + extra for one in runs]
    clock = round(median([one.clock for one in runs]), 1)
    besides = f"CPU時間、{spread(cpu, '秒')}、時計では {clock} 秒" if len(runs) > 1 else ""
    besides = besides or f"CPU時間、時計では {clock} 秒"
    return judged(what, round(median(cpu), 1), "秒", goal, besides=besides)


def main() -> None:
    """Measure and print."""
    with house() as home:
        build()
        watch = Watch(PostgreSQL=home.database_pid)
        found = recompute()
        years = [taken(recompute) for _ in range(3)]
        watch.stop()
        colds = [cold() for _ in range(5)]
        with inside():
            rooms = largest()
            files(make_paper, rooms[0])
            warm = [files(make_paper, room) for room in rooms[:10]]
            school = files(make_paper, *rooms)
            books = [files(make_book, room) for room in rooms[:10]]
    if found["classes"] < 900 or found["months"] != 12 * found["classes"]:
        raise RuntimeError(f"not the whole city: {found}")
    year, paper = "全市の1年の出席簿を日々の記録から数えなおす", "出席簿のPDF 1学級1か月"
    say(
        figure(year, years, "< 10", watch.cpu["PostgreSQL"] / 4),
        figure(paper, warm, "< 1"),
        figure(f"{paper} 最初の1枚", colds, "< 1"),
        figure(f"出席簿のPDF {CLASSES}学級1か月", [school], "< 10"),
        figure("出席簿のExcel 1学級1か月", books, "< 1"),
        told(
            f"{year} 数えたもの",
            f"学級 {found['classes']:,}、月 {found['months']:,}、人と月 {found['rows']:,}、"
            f"授業日 {found['days']:,}。うち PostgreSQL のCPU {watch.cpu['PostgreSQL'] / 4:.1f} 秒。"
            f"測る間によその仕事が使った割合 {watch.others:.0%}",
        ),
    )


if __name__ == "__main__":
    first_paper() if sys.argv[1:] == ["cold"] else main()
