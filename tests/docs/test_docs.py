"""The documentation stays true: links, rooms, commands, variables, names and tests it speaks of."""

import ast
import re
from functools import cache
from importlib import import_module
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import get_commands

ROOT = Path(__file__).parents[2]
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")])
ROOMS = sorted(
    {
        entry.stem
        for folder in ("kernel", "apps")
        for entry in (ROOT / "manabiya" / folder).iterdir()
        if not entry.name.startswith("_") and (entry.suffix == ".py" or any(entry.glob("**/*.py")))
    }
    | {"roster"}
)
UNNAMED = {"PATH", "DJANGO_SETTINGS_MODULE"}
"""Variables of the system and of Django; everything else the code reads is explained."""
VARIABLE = re.compile(r"\b[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)*(?==)|`([A-Z][A-Z0-9]*(?:_[A-Z0-9]+)*)`")
LINK = re.compile(r"(?<!\\)\[[^\]]*\]\(([^)\s]+)\)")
CODE = re.compile(r"```(\w*)\n(.*?)```", re.DOTALL)
# In two parts each, so that this file names none of them itself.
PARTS = (("/wo", "rk/"), ("/t", "mp/"), ("pypi", r"\.org"), ("python", "hosted"), ("npm", "js"))


def text_of(page):
    return page.read_text(encoding="utf-8")


def name_of(page):
    return str(page.relative_to(ROOT))


def shell_of(page):
    return "\n".join(code for kind, code in CODE.findall(text_of(page)) if kind == "sh")


def inline_of(page):
    return re.findall(r"`([^`\n]+)`", CODE.sub("", text_of(page)))


def anchor_of(heading):
    plain = re.sub(r"[^\w\- ]", "", heading.strip().lower())
    return plain.replace(" ", "-")


def anchors_of(page):
    return {anchor_of(line) for line in re.findall(r"^#+ (.+)$", text_of(page), re.MULTILINE)}


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_every_relative_link_leads_somewhere(page):
    dead = []
    for target in LINK.findall(CODE.sub("", text_of(page))):
        if re.match(r"[a-z]+:", target):
            continue
        path, _, anchor = target.partition("#")
        found = (page.parent / path).resolve() if path else page
        if not found.exists() or (anchor and anchor not in anchors_of(found)):
            dead.append(target)
    assert dead == []


def test_every_room_and_app_has_its_page_and_no_page_is_without_a_room():
    pages = {page.stem for page in ROOT.glob("docs/subsystems/*.md")}
    assert pages == set(ROOMS), "a room has one page, docs/subsystems/<room>.md"
    index = text_of(ROOT / "docs/README.md")
    assert [room for room in ROOMS if f"(subsystems/{room}.md)" not in index] == []


def test_every_decision_stands_in_the_list_under_its_own_title():
    lines = text_of(ROOT / "docs/adr/README.md").splitlines()
    expected = []
    for page in sorted(ROOT.glob("docs/adr/0*.md")):
        title = text_of(page).splitlines()[0].removeprefix("# ")
        assert title.startswith(page.name[:4] + " ")
        for part in ("## Context", "## Decision", "## Consequences", "Status: "):
            assert part in text_of(page), page.name
        expected.append(f"- [{title}]({page.name})")
    assert [line for line in lines if line.startswith("- ")] == expected


@cache
def make_targets():
    makefile = text_of(ROOT / "Makefile")
    return set(re.findall(r"^([a-z][a-z-]*):", makefile, re.MULTILINE))


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_every_make_target_named_exists(page):
    named = set(re.findall(r"\bmake ([a-z][a-z-]*)", shell_of(page)))
    named |= {m[1] for span in inline_of(page) if (m := re.search(r"\bmake ([a-z-]+)$", span))}
    assert named - make_targets() == set()


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_every_command_named_exists(page):
    everything = "\n".join([shell_of(page), *inline_of(page)])
    named = re.findall(r"-m manabiya ([a-z][a-z_-]*)", everything)
    known = set(get_commands())
    assert [command for command in named if command.replace("-", "_") not in known] == []


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_every_file_and_test_named_exists(page):
    missing = []
    for span in inline_of(page):
        is_path = re.fullmatch(r"(manabiya|tests|frontend|docs|requirements|bench)/[\w./-]*", span)
        if is_path and not (ROOT / span).exists():
            missing.append(span)
        if re.fullmatch(r"test_\w+", span) and span not in all_tests():
            missing.append(span)
    assert missing == []


@cache
def all_tests():
    files = [*ROOT.glob("manabiya/**/test_*.py"), *ROOT.glob("tests/**/test_*.py")]
    return {name for f in files for name in re.findall(r"^def (test_\w+)", text_of(f), re.M)}


def is_environment(node):
    """Return whether the expression is ``os.environ`` or a mapping called ``environ``."""
    name = getattr(node, "attr", None) or getattr(node, "id", None)
    return name == "environ"


def constant(node):
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None


def variables_read_by(tree):
    for node in ast.walk(tree):
        if isinstance(node, ast.Subscript) and is_environment(node.value):
            yield constant(node.slice)
        elif isinstance(node, ast.Compare) and is_environment(node.comparators[0]):
            yield constant(node.left)
        elif (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and (node.func.attr == "getenv" or is_environment(node.func.value))
            and node.args
        ):
            yield constant(node.args[0])


@cache
def variables_of_the_product():
    files = [f for f in ROOT.glob("manabiya/**/*.py") if "/tests/" not in str(f)]
    found = {name for f in files for name in variables_read_by(ast.parse(text_of(f)))}
    return {name for name in found if name} - UNNAMED


def test_every_variable_the_product_reads_is_explained():
    explained = set(re.findall(r"`([A-Z][A-Z0-9_]+)`", text_of(ROOT / "README.md")))
    unexplained = variables_of_the_product() - explained
    assert unexplained == set(), "add a row to the table of README.md"


def test_every_variable_explained_is_read_by_the_product():
    table = text_of(ROOT / "README.md").split("## 設定(環境変数)")[1].split("\n## ")[0]
    first_cells = [line.split("|")[1] for line in table.splitlines() if line.startswith("| `")]
    explained = {name for cell in first_cells for name in re.findall(r"`([A-Z0-9_]+)`", cell)}
    prose = table[table.rindex("|") :]
    explained |= set(re.findall(r"`([A-Z][A-Z0-9]*_[A-Z0-9_]+)`", prose))
    assert len(explained) > 10
    assert explained - variables_of_the_product() == set()


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_every_variable_set_in_a_command_is_read_somewhere(page):
    named = set(re.findall(r"(?:^|\s|export )([A-Z][A-Z0-9_]+)=", shell_of(page)))
    named |= {m for span in inline_of(page) for m in re.findall(r"^([A-Z][A-Z0-9_]+)=", span)}
    known = variables_of_the_product() | variables_of_the_tests() | UNNAMED
    assert named - known == set()


@cache
def variables_of_the_tests():
    files = [*ROOT.glob("tests/**/*.py"), *ROOT.glob("bench/**/*.py"), ROOT / "conftest.py"]
    return {name for f in files for name in variables_read_by(ast.parse(text_of(f))) if name}


def glossary_rows():
    for line in text_of(ROOT / "docs/glossary.md").splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if len(cells) == 3 and line.startswith("|") and "---" not in line and cells[2] != "場所":
            yield cells


GLOSSARY = list(glossary_rows())


def resolve(dotted):
    """Import the longest module of a dotted name, then follow its attributes."""
    parts = dotted.split(".")
    for cut in range(len(parts), 0, -1):
        try:
            found = import_module(".".join(parts[:cut]))
        except ModuleNotFoundError:
            continue
        for name in parts[cut:]:
            found = getattr(found, name)
        return found
    raise ModuleNotFoundError(dotted)


@pytest.mark.parametrize(("term", "identifier", "place"), GLOSSARY, ids=[r[0] for r in GLOSSARY])
def test_every_term_of_the_glossary_exists_or_is_planned(term, identifier, place):
    assert re.fullmatch(r"`\w+`( `\w+`)*", identifier), term
    if place != "予定":
        resolve("manabiya." + re.fullmatch(r"`([\w.]+)`", place)[1])


def test_every_term_and_place_of_the_glossary_stands_there_once():
    terms = [row[0] for row in GLOSSARY]
    places = [row[2] for row in GLOSSARY if row[2] != "予定"]
    assert len(terms) == len(set(terms))
    assert len(places) == len(set(places))


def test_every_noun_the_house_stores_has_a_row_in_the_glossary():
    named = {row[2].strip("`").rsplit(".", 1)[-1] for row in GLOSSARY}
    named |= {row[2].strip("`").split(".models.")[-1].split(".")[0] for row in GLOSSARY}
    stored = {
        model.__name__ for model in apps.get_models() if model.__module__.startswith("manabiya.")
    }
    assert stored - named == set(), "add a row to docs/glossary.md"


def test_demo_logins_of_the_readme_are_those_of_the_demo(city):
    from manabiya.kernel.identity.models import DemoLogin
    from manabiya.site.demo import PASSWORD

    page = text_of(ROOT / "README.md")
    table = page.split("| ボタン | 見るところ |")[1].split("\n\n")[0]
    buttons = re.findall(r"^\| ([^|-]+?) \|", table, re.MULTILINE)
    labels = {str(row) for row in DemoLogin.objects.all()}
    assert len(buttons) == 5
    assert [button for button in buttons if button not in labels] == []
    assert f"`{PASSWORD}`" in page


def test_readme_opens_with_the_two_commands():
    first = text_of(ROOT / "README.md").split("```")[1]
    assert [line.split("#")[0].split() for line in first.splitlines()[1:] if line] == [
        ["make", "run"],
        ["make", "test"],
    ]


def test_licence_is_apache_2_0_everywhere():
    licence = text_of(ROOT / "LICENSE")
    assert "Apache License\n                           Version 2.0, January 2004" in licence
    assert licence.rstrip().endswith("limitations under the License.")
    assert 'license = "Apache-2.0"' in text_of(ROOT / "pyproject.toml")
    assert '"license": "Apache-2.0"' in text_of(ROOT / "frontend/package.json")
    assert "  license: Apache-2.0\n" in text_of(ROOT / "publiccode.yml")


MANDATORY = (
    "publiccodeYmlVersion", "name", "url", "platforms", "categories", "developmentStatus",
    "softwareType", "description", "legal", "maintenance", "localisation",
)  # fmt: skip


def test_publiccode_has_every_mandatory_key_and_texts_of_the_right_length():
    page = text_of(ROOT / "publiccode.yml")
    top = re.findall(r"^(\w+):", page, re.MULTILINE)
    assert [key for key in MANDATORY if key not in top] == []
    assert 'publiccodeYmlVersion: "0.4"' in page
    version = re.search(r'^version = "(.+)"$', text_of(ROOT / "pyproject.toml"), re.M)[1]
    assert f'softwareVersion: "{version}"' in page
    for short in re.findall(r"^ +shortDescription: (.+)$", page, re.MULTILINE):
        assert len(short) <= 150
    longs = re.findall(r"longDescription: >\n((?:      .+\n)+)", page)
    assert len(longs) == 2
    for long in longs:
        assert 150 <= len(" ".join(long.split())) <= 10_000
    for path in re.findall(r"^ +- (docs/\S+\.png)$", page, re.MULTILINE):
        assert (ROOT / path).exists()


def test_nothing_names_a_registry_or_a_place_of_one_machine():
    wrong = re.compile("|".join(map("".join, PARTS)))
    pages = [*PAGES, ROOT / "publiccode.yml"]
    assert [name_of(page) for page in pages if wrong.search(text_of(page))] == []
