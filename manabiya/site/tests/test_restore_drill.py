"""The restore drill: a city with registers, files and an audit chain, brought to another place.

Both places are real: data folders and PostgreSQL servers of their own, and the commands as an
operator types them.
"""

import json

import psycopg
import pytest

from manabiya.kernel.backup.archive import ArchiveReader, ArchiveWriter
from manabiya.kernel.backup.key import read_key
from manabiya.site.tests.places import Place

KEEP = """
from manabiya.kernel.files import store
from manabiya.kernel.tenancy.models import Municipality
from manabiya.kernel.tenancy.scope import tenant
with tenant(Municipality.objects.get(slug="shirakabano").id):
    store.keep(b"%PDF-1.7 a document")
    store.keep(b"x" * 3_000_000)
"""


@pytest.fixture(scope="module")
def here(tmp_path_factory):
    """A small city that has been used: registers read and sealed, documents kept."""
    place = Place(tmp_path_factory.mktemp("here") / "学び舎 data")
    place.do("migrate", "--verbosity", "0")
    place.do("demo", "--city", "small", "--today", "2026-11-20")
    place.do("shell", "--no-imports", "-c", KEEP)
    place.tell()
    place.do("audit", "head")
    yield place
    place.end()


@pytest.fixture(scope="module")
def key(tmp_path_factory, here):
    file = tmp_path_factory.mktemp("key") / "key"
    here.do("backup", "--new-key", file)
    return file


@pytest.fixture(scope="module")
def taken(here, key, tmp_path_factory):
    """A backup of the city, and what the command said."""
    file = tmp_path_factory.mktemp("backups") / "city.backup"
    said = here.do("backup", file, "--key-file", key)
    return file, said


@pytest.fixture
def elsewhere(tmp_path):
    place = Place(tmp_path / "elsewhere")
    yield place
    place.end()


def heads_said(text):
    return [line for line in text.splitlines() if line.startswith("足あとの先頭")]


def rows_of_everything(place):
    tables = [
        name
        for (name,) in place.ask(
            "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1"
        )
    ]
    return {name: place.ask(f'SELECT count(*) FROM "{name}"')[0][0] for name in tables}


def test_the_city_is_the_same_at_another_place(here, key, taken, elsewhere):
    file, said = taken
    before = here.tell()
    assert len(before["registers"]) >= 10
    assert sum(rows for _, rows in before["registers"].values()) > 200
    assert len(before["files"]) == 2

    restored = elsewhere.do("restore", file, "--key-file", key)

    assert heads_said(said) == heads_said(restored) != []
    assert "異常なし" in elsewhere.do("audit", "verify")
    after = elsewhere.tell()
    assert after["registers"] == before["registers"]
    assert after["files"] == before["files"]
    for line in heads_said(said):
        _, municipality, sequence, digest = line.split()
        found = elsewhere.ask(
            "SELECT hash FROM audit_auditlink"
            f" WHERE municipality_id = '{municipality}' AND sequence = {sequence}"
        )
        assert found == [(digest,)]
    assert (elsewhere.folder / "secret-key").read_text() == (here.folder / "secret-key").read_text()
    assert (elsewhere.folder / "secret-key").stat().st_mode & 0o777 == 0o600


def test_the_wall_stands_and_work_goes_on_at_the_other_place(key, taken, elsewhere):
    elsewhere.do("restore", taken[0], "--key-file", key)
    unforced = elsewhere.ask(
        "SELECT c.relname FROM pg_policies p JOIN pg_class c ON c.relname = p.tablename"
        " WHERE NOT (c.relrowsecurity AND c.relforcerowsecurity)"
    )
    silent = elsewhere.ask(
        "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled <> 'O'"
    )
    assert (unforced, silent) == ([], [])
    assert elsewhere.do("demo", "--if-empty", "--city", "small") == ""
    with psycopg.connect(
        host=elsewhere.cluster.host, user="manabiya_web", dbname="manabiya"
    ) as connection:
        assert connection.execute("SELECT count(*) FROM roster_student").fetchone() == (0,)
        connection.execute(
            "INSERT INTO django_content_type (app_label, model) VALUES ('new', 'new')"
        )
    said = elsewhere.ask("SELECT DISTINCT action FROM audit_auditentry WHERE action ~ '^backup'")
    assert ("backup:restored",) in said


def test_backup_is_told_to_every_chain_and_remembered(here, taken):
    assert here.ask(
        "SELECT count(DISTINCT municipality_id) FROM audit_auditentry WHERE action = 'backup:taken'"
    ) == here.ask("SELECT count(*) FROM tenancy_municipality")
    sizes = [size for (size,) in here.ask("SELECT size_bytes FROM backup_backup")]
    assert taken[0].stat().st_size in sizes
    assert taken[0].stat().st_mode & 0o777 == 0o600
    assert f"{taken[0].stat().st_size:,} バイト" in taken[1]


def test_restore_over_a_living_city_is_refused(here, key, taken):
    before = rows_of_everything(here)
    done = here.run("restore", taken[0], "--key-file", key)
    assert done.returncode == 1
    assert "上書きはしません" in done.stderr
    assert rows_of_everything(here) == before


def test_documents_of_a_former_city_are_not_written_over(key, taken, elsewhere):
    (elsewhere.folder / "files").mkdir()
    (elsewhere.folder / "files" / "paper").write_text("kept")
    done = elsewhere.run("restore", taken[0], "--key-file", key)
    assert done.returncode == 1
    assert "上書きはしません" in done.stderr
    assert rows_of_everything(elsewhere) == {}
    assert (elsewhere.folder / "files" / "paper").read_text() == "kept"


def flipped(content):
    middle = len(content) // 2
    return content[:middle] + bytes([content[middle] ^ 1]) + content[middle + 1 :]


@pytest.mark.parametrize(
    ("change", "word"),
    [
        (flipped, "変えられています"),
        (lambda content: content[:-100], "途中で切れています"),
        (lambda content: b"", "学び舎の控えではありません"),
    ],
    ids=["tampered", "truncated", "empty"],
)
def test_broken_backup_is_refused_before_anything_changes(
    key, taken, elsewhere, tmp_path, change, word
):
    broken = tmp_path / "broken.backup"
    broken.write_bytes(change(taken[0].read_bytes()))
    done = elsewhere.run("restore", broken, "--key-file", key)
    assert done.returncode == 1
    assert word in done.stderr
    assert rows_of_everything(elsewhere) == {}


def test_wrong_key_and_no_key_are_refused(taken, elsewhere, tmp_path):
    elsewhere.do("backup", "--new-key", tmp_path / "other")
    wrong = elsewhere.run("restore", taken[0], "--key-file", tmp_path / "other")
    none = elsewhere.run("restore", taken[0])
    assert (wrong.returncode, none.returncode) == (1, 1)
    assert "鍵がちがいます" in wrong.stderr
    assert "鍵がありません" in none.stderr
    assert rows_of_everything(elsewhere) == {}


def test_key_from_the_environment_is_taken_and_checking_changes_nothing(key, taken, elsewhere):
    said = elsewhere.do("restore", taken[0], "--check", MANABIYA_BACKUP_KEY=key.read_text())
    assert "確かめました" in said
    assert rows_of_everything(elsewhere) == {}


@pytest.mark.parametrize(
    ("change", "word"),
    [
        (lambda names: [*names, "roster.9999_later"], "新しい版"),
        (lambda names: [name for name in names if "backup" not in name], "古い版"),
    ],
    ids=["later", "earlier"],
)
def test_backup_of_another_version_says_what_to_do(key, taken, elsewhere, tmp_path, change, word):
    other = tmp_path / "other.backup"
    with open(taken[0], "rb") as source, open(other, "wb") as out:
        secret = read_key(key)
        archive = ArchiveWriter(out, secret)
        for title, blocks in ArchiveReader(source, secret).sections():
            content = b"".join(blocks)
            if title.kind == "about":
                about = json.loads(content)
                content = json.dumps(about | {"migrations": change(about["migrations"])}).encode()
            archive.section(title, [content])
        archive.finish()
    done = elsewhere.run("restore", other, "--key-file", key)
    assert done.returncode == 1
    assert word in done.stderr
    assert "控えを取ったときの版" in done.stderr
    assert rows_of_everything(elsewhere) == {}


def test_full_disk_leaves_no_half_backup(here, key, tmp_path):
    done = here.run("backup", tmp_path / "city.backup", "--key-file", key, largest_file=100_000)
    assert done.returncode == 1
    assert "控えを書けませんでした" in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_full_disk_while_restoring_leaves_the_place_empty_and_it_can_be_tried_again(
    key, taken, elsewhere
):
    done = elsewhere.run("restore", taken[0], "--key-file", key, largest_file=1_000_000)
    assert done.returncode == 1
    assert "空のままです" in done.stderr
    assert elsewhere.ask("SELECT count(*) FROM tenancy_municipality") == [(0,)]
    assert not (elsewhere.folder / "files").exists()
    assert list(elsewhere.folder.glob("restoring-*")) == []
    assert "戻しました" in elsewhere.do("restore", taken[0], "--key-file", key)


def test_an_existing_backup_is_not_written_over(here, key, taken):
    before = taken[0].read_bytes()
    done = here.run("backup", taken[0], "--key-file", key)
    assert done.returncode == 1
    assert "上書きしません" in done.stderr
    assert taken[0].read_bytes() == before


def test_backup_role_inside_the_wall_is_refused(here, key, tmp_path):
    here.change("ALTER ROLE manabiya_backup NOBYPASSRLS")
    try:
        done = here.run("backup", tmp_path / "empty.backup", "--key-file", key)
    finally:
        here.change("ALTER ROLE manabiya_backup BYPASSRLS")
    assert done.returncode == 1
    assert "行の壁の内側" in done.stderr
    assert list(tmp_path.iterdir()) == []
