"""``manabiya law``: what a board officer reads on the command line."""

import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import call_command

from manabiya.law import book


def test_explaining_a_term_prints_rules_sources_and_examples(capsys):
    call_command("law", "explain", "出席停止")
    said = capsys.readouterr().out
    assert "「出席停止の期間」" in said
    assert "根拠: 学校保健安全法19条(昭和33年法律第56号、昭和33年4月10日公布)" in said
    assert "発症日 令和8年1月10日、解熱・軽快等の日 令和8年1月14日 → 令和8年1月17日" in said


def test_an_unknown_term_names_near_ones_and_ends_with_1(capsys):
    with pytest.raises(SystemExit) as ended:
        call_command("law", "explain", "出席定止")
    printed = capsys.readouterr()
    assert ended.value.code == 1
    assert printed.out == ""
    assert "「出席定止」という用語の決まりはありません。近い用語: 出席停止" in printed.err


def test_the_document_is_written_where_asked(tmp_path, capsys):
    path = tmp_path / "docs" / "law.md"
    call_command("law", "docs", output=path)
    assert path.read_text(encoding="utf-8") == book.document()
    assert f"{len(book.rules())}の決まり" in capsys.readouterr().out


def test_the_command_line_needs_no_database(tmp_path):
    root = Path(__file__).parents[3]
    command = [sys.executable, "-m", "manabiya", "law", "explain", "学級閉鎖"]
    surroundings = {"MANABIYA_DATA_DIR": str(tmp_path), "PYTHONIOENCODING": "utf-8"}
    done = subprocess.run(command, cwd=root, env=surroundings, capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout.decode().startswith("「学級閉鎖」")
    assert not (tmp_path / "postgres").exists()
