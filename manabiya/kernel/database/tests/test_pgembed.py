"""The embedded server, really started and really killed."""

import os
import signal
import stat
import subprocess
import sys
import sysconfig
import time
from pathlib import Path

import psycopg
import pytest

from manabiya.kernel.database import pgembed
from manabiya.kernel.database.errors import DatabaseUnavailable
from manabiya.kernel.database.pgembed import (
    close,
    is_running,
    prepare_roles,
    release,
    start,
    stop_server,
)

ROOT = Path(__file__).parents[4]
USER = """
import sys
from pathlib import Path
from manabiya.kernel.database.pgembed import start
cluster = start(Path(sys.argv[1]))
print(cluster.host, flush=True)
sys.stdin.readline()
"""


def user_process(folder, python=sys.executable, **kwargs):
    return subprocess.Popen(
        [python, "-c", USER, str(folder)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
        **kwargs,
    )


def until(condition, seconds=20):
    end = time.monotonic() + seconds
    while not condition() and time.monotonic() < end:
        time.sleep(0.05)
    return condition()


def answer(cluster, statement="SELECT 1"):
    with psycopg.connect(host=cluster.host, user="postgres", dbname="postgres") as connection:
        return connection.execute(statement).fetchone()


def keeper_pid(folder):
    pid = pgembed._postmaster_pid(folder)
    return int(Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[1])


@pytest.fixture
def folder(tmp_path):
    place = tmp_path / "試し フォルダー"
    if os.geteuid() == 0:
        for parent in [tmp_path, *tmp_path.parents]:
            if parent.owner() == "root" and parent != Path("/tmp"):
                parent.chmod(parent.stat().st_mode | 0o011)
            if parent == Path("/tmp"):
                break
    yield place
    release(place)
    until(lambda: not place.exists() or not is_running(place))


def test_starts_in_a_folder_with_spaces_and_japanese_and_listens_on_no_port(folder):
    cluster = start(folder)
    assert answer(cluster, "SHOW listen_addresses") == ("",)
    assert answer(cluster, "SELECT datcollate FROM pg_database LIMIT 1")[0] in {"C", "C.UTF-8"}
    assert answer(cluster, "SHOW server_encoding") == ("UTF8",)
    assert stat.S_IMODE(os.stat(cluster.host).st_mode) == 0o700
    assert stat.S_IMODE((folder / "data").stat().st_mode) == 0o700


def test_data_survive_and_the_server_ends_with_its_last_user(folder):
    cluster = start(folder)
    answer(cluster, "SELECT 1")
    with psycopg.connect(host=cluster.host, user="postgres", dbname="postgres") as connection:
        connection.execute("CREATE TABLE kept AS SELECT 42 AS number")
    release(folder)
    assert until(lambda: not is_running(folder))
    assert answer(start(folder), "SELECT number FROM kept") == (42,)


def test_close_returns_when_the_server_is_gone_or_still_used_by_another(folder):
    start(folder)
    other = user_process(folder)
    other.stdout.readline()
    close(folder)
    assert is_running(folder)
    start(folder)
    other.kill()
    other.wait()
    close(folder)
    assert not is_running(folder)


def test_several_processes_share_one_server_and_a_killed_one_leaves_nothing(folder):
    users = [user_process(folder) for _ in range(6)]
    hosts = {user.stdout.readline().strip() for user in users}
    assert len(hosts) == 1
    pid = pgembed._postmaster_pid(folder.resolve())
    for user in users[:5]:
        user.kill()
        user.wait()
    time.sleep(0.6)
    assert is_running(folder)
    assert pgembed._postmaster_pid(folder.resolve()) == pid
    users[5].kill()
    users[5].wait()
    assert until(lambda: not is_running(folder))


def test_killed_postmaster_is_started_again_with_its_data(folder):
    cluster = start(folder)
    with psycopg.connect(host=cluster.host, user="postgres", dbname="postgres") as connection:
        connection.execute("CREATE TABLE kept AS SELECT 7 AS number")
    os.kill(pgembed._postmaster_pid(folder.resolve()), signal.SIGKILL)
    assert until(lambda: not is_running(folder))
    assert answer(start(folder), "SELECT number FROM kept") == (7,)


def test_killed_keeper_shuts_the_server_down_and_it_starts_again(folder):
    start(folder)
    os.kill(keeper_pid(folder.resolve()), signal.SIGKILL)
    assert until(lambda: not is_running(folder))
    assert answer(start(folder)) == (1,)


def test_everything_killed_at_once_recovers(folder):
    user = user_process(folder)
    user.stdout.readline()
    keeper, postmaster = keeper_pid(folder.resolve()), pgembed._postmaster_pid(folder.resolve())
    for pid in (user.pid, keeper, postmaster):
        os.kill(pid, signal.SIGKILL)
    user.wait()
    assert until(lambda: not is_running(folder))
    assert (folder / "data" / "postmaster.pid").exists()
    assert answer(start(folder)) == (1,)


def test_stale_pid_file_of_another_living_process_is_no_obstacle(folder):
    start(folder)
    release(folder)
    assert until(lambda: not is_running(folder))
    lines = [str(os.getpid()), str(folder / "data"), "1", "5432", "/tmp", "", "  1 2", "ready", ""]
    (folder / "data" / "postmaster.pid").write_text("\n".join(lines))
    assert answer(start(folder)) == (1,)


def test_other_major_version_is_refused_with_what_to_do_and_data_untouched(folder):
    start(folder)
    release(folder)
    assert until(lambda: not is_running(folder))
    (folder / "data" / "PG_VERSION").write_text("12\n")
    with pytest.raises(DatabaseUnavailable, match=r"PostgreSQL 12 .*pg_dump"):
        start(folder)
    assert (folder / "data" / "PG_VERSION").read_text() == "12\n"
    assert not is_running(folder)


def test_half_made_cluster_is_never_used(folder):
    (folder / "new-broken").mkdir(parents=True)
    (folder / "new-broken" / "PG_VERSION").write_text("18")
    assert answer(start(folder)) == (1,)
    assert not list(folder.glob("new-*"))


def test_stop_server_stops_although_it_is_used(folder):
    cluster = start(folder)
    stop_server(folder)
    assert not is_running(folder)
    with pytest.raises(psycopg.OperationalError):
        answer(cluster)
    assert answer(start(folder)) == (1,)


def test_a_file_in_the_place_of_the_folder_is_a_clear_error(tmp_path):
    (tmp_path / "file").write_text("x")
    with pytest.raises(DatabaseUnavailable, match="MANABIYA_DATA_DIR"):
        start(tmp_path / "file")


def test_roles_are_three_and_weak(folder):
    cluster = start(folder)
    prepare_roles(cluster, database="manabiya")
    prepare_roles(cluster, database="manabiya")
    rows = {}
    with psycopg.connect(host=cluster.host, user="postgres", dbname="postgres") as connection:
        for name, *flags in connection.execute(
            "SELECT rolname, rolsuper, rolbypassrls, rolcreatedb FROM pg_roles"
            " WHERE rolname LIKE 'manabiya%'"
        ):
            rows[name] = tuple(flags)
    assert rows == {
        "manabiya_owner": (False, False, False),
        "manabiya_web": (False, False, False),
        "manabiya_backup": (False, True, False),
    }


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become somebody else")
def test_starts_as_an_ordinary_account(tmp_path_factory):
    import pwd
    import tempfile

    nobody = pwd.getpwnam("nobody")
    home = Path(tempfile.mkdtemp(dir="/tmp"))
    os.chown(home, nobody.pw_uid, nobody.pw_gid)
    user = user_process(
        home / "data",
        python="/usr/bin/python3",
        user=nobody.pw_uid,
        group=nobody.pw_gid,
        extra_groups=[],
        env={
            **os.environ,
            "HOME": str(home),
            "LC_ALL": "xx_YY.UTF-8",
            "TMPDIR": str(home),
            "PYTHONPATH": os.pathsep.join([str(ROOT), sysconfig.get_path("purelib")]),
        },
    )
    assert "manabiya-" in user.stdout.readline()
    assert (home / "data" / "data").owner() == "nobody"
    user.kill()
    user.wait()
    assert until(lambda: not is_running(home / "data"))


@pytest.mark.skipif(
    os.geteuid() != 0, reason="only root can close a folder to the postgres account"
)
def test_root_in_a_closed_home_opens_no_folder(tmp_path):
    home = tmp_path / "closed"
    home.mkdir(mode=0o700)
    cluster = start(home / "pg")
    assert answer(cluster) == (1,)
    assert stat.S_IMODE(home.stat().st_mode) == 0o700
    release(home / "pg")
    assert until(lambda: not is_running(home / "pg"))
