"""axe-core finds nothing on any page any role can open, and no page scrolls sideways.

The pages come from the registry and the golden file of roles and routes: a new route is looked at
without an edit here, and one whose address holds a new name asks for a sample below.
"""

import re
from pathlib import Path

import pytest
from django.urls import reverse

from manabiya.kernel.access.policies import Open
from manabiya.kernel.registry import registry
from tests.journeys.papers import paper_for
from tests.journeys.people import DESK, PHONE
from tests.journeys.samples import samples_in

GOLDEN = Path(__file__).parents[1] / "matrix/roles_and_routes.txt"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
CITY = {"municipality": "shirakabano", "school": "midorigaoka"}
TOWN = {"municipality": "sawanose", "school": "sawanose"}
ROLES = {
    "principal": ("校長", "緑が丘小学校", CITY),
    "vice_principal": ("教頭", "緑が丘小学校", CITY),
    "academic_affairs_head": ("教務主任", "緑が丘小学校", CITY),
    "grade_head": ("学年主任", "緑が丘小学校", CITY),
    "homeroom_teacher": ("学級担任", "緑が丘小学校", CITY),
    "assistant_homeroom_teacher": ("副担任", "緑が丘小学校", CITY),
    "subject_teacher": ("教科担任", "緑が丘小学校", CITY),
    "school_nurse": ("養護教諭", "緑が丘小学校", CITY),
    "office_staff": ("事務職員", "緑が丘小学校", CITY),
    "ict_supporter": ("ICT支援員", "緑が丘小学校", CITY),
    "board_officer": ("教育委員会 担当", "白樺野市", CITY),
    "board_administrator": ("教育委員会 管理者", "白樺野市", CITY),
    "guardian": ("保護者(きょうだい", "白樺野市", CITY),
    "small school: principal": ("校長", "沢ノ瀬小学校", TOWN),
    "small school: homeroom_teacher": ("学級担任", "沢ノ瀬小学校", TOWN),
}
NOTHING_THERE = {
    "student-photo",
    "attendance-by-period",
    "import-result",
    "board-import",
    "board-import-columns",
    "board-import-result",
    "register-correction",
    "staff-welcome",
    "board-practice-paper",
}
"""Routes whose sample has no file or row to show: a picture, an import, a class by period, a closed
month to correct, a link that still opens, a published practice with a file."""
PUBLISHED = "SELECT id FROM practices_practice WHERE state = 'published' ORDER BY title LIMIT 1"
FIRST_CHILD = """
SELECT h.id AS homeroom, e.student_id AS student, r.id AS right
FROM roster_homeroom h JOIN roster_school s ON s.id = h.school_id
JOIN roster_enrollment e ON e.homeroom_id = h.id
JOIN roster_guardianright r ON r.student_id = e.student_id
WHERE s.slug = %s AND h.school_year = 2026 ORDER BY h.position, e.roll_number, r.call_order LIMIT 1
"""


OWN = "values of one route"
PROTECTED = "SELECT student_id FROM roster_protection WHERE id = %s"


def allowed():
    """Return role → names of the routes the golden file allows, those of the tests' app left out."""
    head, *lines = [line.split("\t") for line in GOLDEN.read_text().splitlines()]
    found = {role: [] for role in head[1:]}
    for name, *cells in lines:
        for role, cell in zip(head[1:], cells, strict=True):
            if cell != "-" and not name.startswith("tiny-"):
                found[role].append(name)
    return found


ALLOWED = allowed()
OPEN = sorted(
    name for name, route in registry.routes.items()
    if isinstance(route.policy, Open)
)  # fmt: skip


def address(name, samples):
    """Return the address of a route, with the values of its own where it has some."""
    samples = {**samples, **samples.get(OWN, {}).get(name, {})}
    route = registry.routes[name]
    names = re.findall(r"<\w+:(\w+)>", route.area.value + route.path)
    unknown = set(names) - samples.keys()
    assert not unknown, f"{name}: give samples for {unknown}"
    return reverse(name, kwargs={key: samples[key] for key in names})


SHAPES = """() => {
  const shape = (node) => node.tagName + [...node.attributes].map((a) => a.name).sort() + node.className;
  const found = new Map([[document.documentElement, ""]]);
  for (const node of document.querySelectorAll("html *")) {
    found.set(node, found.get(node.parentElement) + ">" + shape(node));
  }
  return [...new Set(found.values())];
}"""


@pytest.fixture(scope="package")
def seen():
    """Return what axe-core was shown already: the width, and the shape of a part of a page."""
    return set()


@pytest.fixture
def look(axe, seen):
    """Return a function that looks at the page a person is on, at both widths: what is wrong.

    A part has the shape of its element (name, attributes, classes) and of all around it. A page
    of nothing but shapes that were clean on another role's page is not shown to axe-core again.
    """

    def findings(person):
        found = []
        for viewport in (DESK, PHONE):
            person.page.set_viewport_size(viewport)
            wide = person.page.evaluate("document.scrollingElement.scrollWidth - innerWidth")
            if wide > 0:
                found.append(f"{viewport['width']} px: {wide} px too wide")
            shapes = {(viewport["width"], shape) for shape in person.page.evaluate(SHAPES)}
            if shapes <= seen:
                continue
            wrong = violations(person.page, axe)
            found += [f"{viewport['width']} px: {text}" for text in wrong]
            if not wrong:
                seen.update(shapes)
        return found

    return findings


def violations(page, axe):
    """Return what axe-core finds wrong."""
    page.evaluate(f"window.axe || (() => {{ {axe} }})()")
    result = page.evaluate(
        "(tags) => axe.run(document, {runOnly: tags, resultTypes: ['violations']})", RULES
    )
    return [f"{v['id']} {[n['target'] for n in v['nodes']][:4]}" for v in result["violations"]]


def look_at_all(person, look, names, values):
    """Open every route; return the addresses that are pages, and what was found wrong."""
    pages, found = [], {}
    for name in names:
        where = address(name, values)
        answer = person.page.request.get(where, max_redirects=0)
        kind = answer.headers.get("content-type", "")
        if answer.status == 200 and kind.startswith("text/html"):
            person.page.goto(where)
            pages.append(where)
            if wrong := look(person):
                found[where] = wrong
        elif answer.status not in (200, 302, 405) and name not in NOTHING_THERE:
            found[where] = [f"{name}: {answer.status}"]
    return pages, found


@pytest.mark.parametrize("role", [role for role in ALLOWED if role != "monitor"])
def test_every_page_of_a_role_is_clean(house, people, look, samples, role):
    label, place, where = ROLES[role]
    values = values_for(role, house, samples, where)
    person = people(DESK).demo(label, place)
    pages, found = look_at_all(person, look, ALLOWED[role], values)
    assert found == {}, "\n".join(f"{where}: {wrong}" for where, wrong in found.items())
    assert len(pages) >= 1


@pytest.fixture(scope="package")
def samples(house):
    """Return the values of the matrix in each place."""
    return samples_in(house)


def values_for(role, house, samples, where):
    """Return the values a role may open: staff a child of the first class, guardians their own."""
    values = {**samples[where["municipality"], where["school"]], **where}
    if role.startswith("board"):
        values |= {"use": values["boards_use"], "partner": values["boards_partner"]}
        values["practice"] = house.number(PUBLISHED)
    if role != "guardian":
        values |= house.ask(FIRST_CHILD, where["school"])[0]._asdict()
        child = house.number(PROTECTED, values["protection"])
        values[OWN] = {"protection-contacts": {"student": child}}
    return values


def test_pages_before_and_around_the_login_are_clean(house, families, people, look, samples):
    family = families.take("5年1組")
    code = paper_for(people(DESK).demo("事務職員"), family).rstrip("/").split("/")[-1]
    account = house.number("SELECT account_id FROM identity_demologin ORDER BY position LIMIT 1")
    values = {**samples["shirakabano", "midorigaoka"], **CITY, "session": 1}
    values |= {"code": code, "account": account, "purpose": "add", "authenticator": 1}
    pages, found = look_at_all(people(DESK), look, OPEN, values)
    assert found == {}, "\n".join(f"{where}: {wrong}" for where, wrong in found.items())
    assert {"/login/", "/join/", f"/join/{code}/"} <= set(pages)
    inside = people(DESK).demo("教務主任")
    pages, found = look_at_all(inside, look, OPEN, values)
    assert found == {}, "\n".join(f"{where}: {wrong}" for where, wrong in found.items())
    assert {"/account/", "/account/password/", "/account/strong/"} <= set(pages)
