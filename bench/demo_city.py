"""The whole demo city from nothing: 77 schools, two school years, every class day confirmed."""

import os
import subprocess
import sys
import time

from ruler.figures import judged, say, told
from ruler.house import BUILT_FOR, house
from ruler.machine import Watch

GOAL_SECONDS = 90
SLUG = "shirakabano"
TABLES = {
    "School": "学校",
    "Student": "児童生徒",
    "Guardian": "保護者",
    "StaffMember": "教職員",
    "Homeroom": "学級",
    "ClassDay": "確定した学級の日",
    "AttendanceMark": "しるし",
    "SchoolDayCount": "日ごとの数",
}


def build() -> float:
    """Run the command ``make run`` runs; return its seconds."""
    command = [sys.executable, "-m", "manabiya", "demo", "--city", "full"]
    started = time.perf_counter()
    done = subprocess.run(
        [*command, "--today", BUILT_FOR.isoformat()],
        env=os.environ,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        raise RuntimeError(f"{done.stdout[-3000:]}\n{done.stderr[-3000:]}")
    return time.perf_counter() - started


def counted() -> dict[str, int]:
    """Return how many rows of each table the city has."""
    from manabiya.kernel.tenancy.models import Municipality
    from manabiya.kernel.tenancy.protect import tenant_models
    from manabiya.kernel.tenancy.scope import tenant

    with tenant(Municipality.objects.get(slug=SLUG).id):
        return {model.__name__: model.objects.count() for model in tenant_models()}


def megabytes() -> float:
    """Return the size of the database."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_database_size(current_database()) / 1e6")
        return float(cursor.fetchone()[0])


def main() -> None:
    """Measure and print."""
    with house() as home:
        watch = Watch(PostgreSQL=home.database_pid)
        seconds = build()
        watch.stop()
        rows, size = counted(), megabytes()
    if rows["School"] != 77 or rows["ClassDay"] < 300_000:
        raise RuntimeError(f"not the whole city: {rows}")
    what = "全市の試し用データを空から作る"
    say(
        judged(what, round(seconds, 1), "秒", f"< {GOAL_SECONDS}"),
        told(
            f"{what} CPU",
            f"作る側 {watch.cpu['送る側']:.1f} 秒、PostgreSQL {watch.cpu['PostgreSQL']:.1f} 秒。"
            f"測る間によその仕事が使った割合 {watch.others:.0%}",
        ),
        told(f"{what} 行", "、".join(f"{word} {rows[name]:,}" for name, word in TABLES.items())),
        told(f"{what} 大きさ", f"{size:.0f} MB"),
    )


if __name__ == "__main__":
    main()
