"""Backup and restore of the whole demo city: seconds, sizes, and that it is the same afterwards.

The restore fills a second PostgreSQL in another folder, both of them durable.
"""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from ruler.figures import judged, say, told
from ruler.house import BUILT_FOR, DURABLE, house
from ruler.machine import Watch

GOAL_SECONDS = 600
FILES, FILE_BYTES = 200, 500_000


def run(*arguments: str, **environ: str) -> tuple[float, str]:
    """Run a command of the product; return its seconds and what it printed."""
    started = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-m", "manabiya", *arguments],
        env=os.environ | environ,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        raise RuntimeError(f"{done.stdout[-3000:]}\n{done.stderr[-3000:]}")
    return time.perf_counter() - started, done.stdout


def keep_files() -> None:
    """Keep some documents that can't be made smaller."""
    from manabiya.kernel.files import store
    from manabiya.kernel.tenancy.models import Municipality
    from manabiya.kernel.tenancy.scope import tenant

    with tenant(Municipality.objects.get(slug="shirakabano").id):
        for _ in range(FILES):
            store.keep(os.urandom(FILE_BYTES))


def database_megabytes() -> float:
    """Return the size of the database."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_database_size(current_database()) / 1e6")
        return float(cursor.fetchone()[0])


def restore(file: Path, key: Path, folder: Path) -> float:
    """Restore into a PostgreSQL of its own; return the seconds of the command."""
    from manabiya.kernel.database.pgembed import close, prepare_roles, start

    cluster = start(folder / "postgres", settings=DURABLE)
    try:
        prepare_roles(cluster, database="manabiya")
        place = {"MANABIYA_DATA_DIR": str(folder), "MANABIYA_SOCKET_DIR": str(cluster.host)}
        seconds, said = run("restore", str(file), "--key-file", str(key), **place)
        if "戻しました" not in said:
            raise RuntimeError(said)
        _, verified = run("audit", "verify", **place)
        if "異常なし" not in verified:
            raise RuntimeError(verified)
        return seconds
    finally:
        close(folder / "postgres")


def main() -> None:
    """Measure and print."""
    other = Path(
        tempfile.mkdtemp(prefix="manabiya-bench-", dir=os.environ.get("TMPDIR", "/var/tmp"))
    )
    other.chmod(0o755)
    try:
        with house() as home:
            run("demo", "--city", "full", "--today", BUILT_FOR.isoformat())
            keep_files()
            file, key, size = home.folder / "city.backup", home.folder / "key", database_megabytes()
            run("backup", "--new-key", str(key))
            watch = Watch(PostgreSQL=home.database_pid)
            taken, said = run("backup", str(file), "--key-file", str(key))
            watch.stop()
            written = file.stat().st_size / 1e6
            restored = restore(file, key, other)
    finally:
        shutil.rmtree(other, ignore_errors=True)
    say(
        judged("全市の控えを取り、読みなおす", round(taken, 1), "秒", f"< {GOAL_SECONDS}"),
        judged("全市の控えを別の所に戻し、確かめる", round(restored, 1), "秒", f"< {GOAL_SECONDS}"),
        told(
            "全市の控え 大きさ",
            f"データベース {size:.0f} MB とファイル {FILES * FILE_BYTES / 1e6:.0f} MB → {written:.0f} MB",
        ),
        told("全市の控え 中身", said.splitlines()[1]),
        told(
            "全市の控え CPU",
            f"取る側 {watch.cpu['送る側']:.1f} 秒、PostgreSQL {watch.cpu['PostgreSQL']:.1f} 秒。"
            f"測る間によその仕事が使った割合 {watch.others:.0%}",
        ),
    )


if __name__ == "__main__":
    main()
