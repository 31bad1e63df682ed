"""The encrypted stream: nothing can be changed, cut, swapped, added, or read with another key."""

import io
import os

import pytest

from manabiya.kernel.backup import sealed
from manabiya.kernel.backup.archive import ArchiveReader, ArchiveWriter, Title
from manabiya.kernel.backup.errors import BackupRefused
from manabiya.kernel.backup.key import make_key, read_key
from manabiya.kernel.backup.sealed import SealedReader, SealedWriter

KEY = b"k" * 32
HEAD = len(sealed.MAGIC) + sealed.SALT + sealed.CHECK


@pytest.fixture(autouse=True)
def _small_chunks(monkeypatch):
    monkeypatch.setattr(sealed, "CHUNK", 100)


def written(tmp_path, content, key=KEY):
    with open(tmp_path / "sealed", "wb") as out:
        writer = SealedWriter(out, key)
        for start in range(0, len(content), 37):
            writer.write(content[start : start + 37])
        writer.finish()
    return (tmp_path / "sealed").read_bytes()


def read(content, key=KEY):
    reader = SealedReader(io.BytesIO(content), key)
    return b"".join(iter(reader.next_chunk, None))


def chunks(content):
    """Return head and chunks of a sealed file."""
    found, place = [], HEAD
    while place < len(content):
        length = int.from_bytes(content[place : place + 4], "big") & (sealed.LAST - 1)
        end = place + 4 + length + sealed.TAG
        found.append(content[place:end])
        place = end
    return content[:HEAD], found


@pytest.mark.parametrize("length", [0, 1, 99, 100, 101, 200, 1234])
def test_what_was_written_is_read(tmp_path, length):
    content = os.urandom(length)
    assert read(written(tmp_path, content)) == content


def test_content_is_not_readable_in_the_file_and_every_file_differs(tmp_path):
    content = "山田花子".encode() * 20
    first, second = written(tmp_path, content), written(tmp_path, content)
    assert "山田".encode() not in first
    assert first[HEAD:] != second[HEAD:]


def test_every_changed_byte_is_found(tmp_path):
    whole = written(tmp_path, os.urandom(250))
    for place in range(len(whole)):
        changed = bytearray(whole)
        changed[place] ^= 1
        with pytest.raises(BackupRefused):
            read(bytes(changed))


def test_every_cut_is_found(tmp_path):
    whole = written(tmp_path, os.urandom(250))
    for length in range(len(whole)):
        with pytest.raises(BackupRefused):
            read(whole[:length])


def test_cut_between_two_chunks_is_called_a_cut(tmp_path):
    head, found = chunks(written(tmp_path, os.urandom(250)))
    assert len(found) == 3
    with pytest.raises(BackupRefused, match="途中で切れて"):
        read(head + found[0] + found[1])


def test_swapped_repeated_and_added_chunks_are_found(tmp_path):
    head, (first, second, third) = chunks(written(tmp_path, os.urandom(250)))
    for order in (
        (second, first, third),
        (first, first, second, third),
        (first, third),
        (first, second, third, third),
        (first, second, third, b"x"),
    ):
        with pytest.raises(BackupRefused, match="変えられて"):
            read(head + b"".join(order))


def test_chunks_of_another_file_of_the_same_key_are_found(tmp_path):
    head, (first, _, third) = chunks(written(tmp_path, b"a" * 250))
    _, (_, foreign, _) = chunks(written(tmp_path, b"a" * 250))
    with pytest.raises(BackupRefused, match="変えられて"):
        read(head + first + foreign + third)


def test_wrong_key_is_called_a_wrong_key(tmp_path):
    with pytest.raises(BackupRefused, match="鍵がちがいます"):
        read(written(tmp_path, b"content"), b"q" * 32)


def test_another_kind_of_file_is_refused():
    with pytest.raises(BackupRefused, match="学び舎の控えではありません"):
        read(b"PGDMP" + b"\0" * 200)


def test_full_disk_is_an_error_while_writing():
    with pytest.raises(OSError, match="No space left"), open("/dev/full", "wb") as out:
        writer = SealedWriter(out, KEY)
        writer.write(os.urandom(50_000))
        writer.finish()


def test_sections_come_back_in_their_order_also_when_some_are_passed_over(tmp_path):
    with open(tmp_path / "archive", "wb") as out:
        archive = ArchiveWriter(out, KEY)
        archive.section(Title("table", "a", ("id", "名前")), [b"1\n", b"", b"2\n"])
        archive.section(Title("file", "empty"), [])
        archive.section(Title("file", "b"), [b"x" * 5000])
        archive.finish()
    with open(tmp_path / "archive", "rb") as source:
        titles = [title for title, _ in ArchiveReader(source, KEY).sections()]
    with open(tmp_path / "archive", "rb") as source:
        contents = [b"".join(blocks) for _, blocks in ArchiveReader(source, KEY).sections()]
    assert titles == [
        Title("table", "a", ("id", "名前")),
        Title("file", "empty"),
        Title("file", "b"),
    ]
    assert contents == [b"1\n2\n", b"", b"x" * 5000]


def test_new_key_is_read_back_and_only_by_its_owner(tmp_path):
    make_key(tmp_path / "key")
    assert len(read_key(tmp_path / "key")) == 32
    assert (tmp_path / "key").stat().st_mode & 0o777 == 0o600
    assert read_key(None, (tmp_path / "key").read_text()) == read_key(tmp_path / "key")
    with pytest.raises(BackupRefused, match="もうあります"):
        make_key(tmp_path / "key")


@pytest.mark.parametrize("text", ["", "abc", "zz" * 32, "00" * 31, "00" * 33])
def test_anything_but_a_whole_key_is_refused(text):
    with pytest.raises(BackupRefused, match="鍵がありません"):
        read_key(None, text)
