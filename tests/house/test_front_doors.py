"""An app opens another app only by its front doors: ``services``, ``queries``, ``events``.

Read from the code itself, so an app added later is held without an edit here.
"""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
APPS = ROOT / "manabiya" / "apps"
DOORS = {"services", "queries", "events"}


def imports(tree):
    """Yield every module a file imports, with the names taken from it."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def behind_the_door(app, text):
    """Return the imports of a file of ``app`` that reach into another app past its front doors."""
    wrong = []
    for name in imports(ast.parse(text)):
        parts = name.split(".")
        is_elsewhere = parts[:2] == ["manabiya", "apps"] and len(parts) > 2 and parts[2] != app
        if is_elsewhere and not DOORS & set(parts[3:4]):
            wrong.append(name)
    return wrong


def files():
    for app in sorted(p for p in APPS.iterdir() if (p / "apps.py").exists()):
        for file in sorted(app.rglob("*.py")):
            if not {"tests", "migrations"} & set(file.parts):
                yield app.name, file


def test_every_app_keeps_to_the_front_doors():
    found = {str(f.relative_to(ROOT)): behind_the_door(app, f.read_text()) for app, f in files()}
    assert len(found) > 20
    assert {name: wrong for name, wrong in found.items() if wrong} == {}


@pytest.mark.parametrize(
    "line",
    [
        "from manabiya.apps.attendance.models import ClassDay",
        "from manabiya.apps.attendance import models",
        "import manabiya.apps.attendance.views.city",
        "def f():\n    from manabiya.apps.attendance.forms import ReportForm",
    ],
)
def test_a_reach_past_the_door_is_found(line):
    assert behind_the_door("lunch", line)


@pytest.mark.parametrize(
    "line",
    [
        "from manabiya.apps.attendance.queries import family_home",
        "from manabiya.apps.attendance import services",
        "from manabiya.apps.lunch.models import Menu",
        "from manabiya.roster.queries import seats_on",
    ],
)
def test_front_doors_and_own_rooms_are_open(line):
    assert behind_the_door("lunch", line) == []
