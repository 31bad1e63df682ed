"""Law is plain Python: standard library only, no clock, no files, no network."""

import ast
import sys
from pathlib import Path

import pytest

LAW = Path(__file__).parents[1]
MODULES = sorted(LAW.glob("*.py"))
NOT_HERE = {"asyncio", "http", "io", "os", "pathlib", "random", "socket", "subprocess", "time"}
CLOCKS = {"now", "today", "utcnow"}
DOORS = {"__import__", "eval", "exec", "open"}


def imported(source):
    """Return the dotted names a module imports."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield "." * node.level + (node.module or "")


def foreign(source):
    """Return what a module of law may not import."""
    for name in imported(source):
        top = name.split(".")[0]
        is_law = name == "manabiya.law" or name.startswith("manabiya.law.")
        if not is_law and (top not in sys.stdlib_module_names or top in NOT_HERE):
            yield name


@pytest.mark.parametrize(
    ("source", "names"),
    [
        ("import re\nfrom manabiya.law import era\nfrom collections.abc import Mapping", []),
        ("import django", ["django"]),
        ("def f():\n    from jaconv import h2z", ["jaconv"]),
        ("from manabiya.kernel import clock", ["manabiya.kernel"]),
        ("from manabiya.lawyers import x", ["manabiya.lawyers"]),
        ("from . import era", ["."]),
        ("import os.path, numpy.linalg", ["os.path", "numpy.linalg"]),
    ],
)
def test_foreign_imports_are_seen(source, names):
    assert list(foreign(source)) == names


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.stem)
def test_only_the_standard_library_is_imported(path):
    assert list(foreign(path.read_text(encoding="utf-8"))) == []


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.stem)
def test_no_clock_and_no_files(path):
    tree = ast.parse(path.read_text(encoding="utf-8"))
    attributes = {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    names = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
    assert not attributes & CLOCKS
    assert not names & DOORS


def test_there_are_modules_to_look_at():
    assert len(MODULES) > 30
