"""Every tenant model × list, detail, form choice, search, export: nothing of another municipality.

Each role of the city opens every page it may, types the town's words into every search, and
sends every form with the town's ids in the place of its own. No byte of the answers may hold a
word or an id of the town, and no row of the town may change. A model or a route added later is
covered without a change here; a model without a row in the town fails until it gets one.
"""

import re
from uuid import uuid4

import pytest
from django.db import models

from manabiya.apps.attendance.models import ClassDay, MarkChange, SchoolDayCount
from manabiya.kernel.audit.models import AuditEntry, AuditLink
from manabiya.kernel.audit.sealer import FIELDS, START, link_hash
from manabiya.kernel.events.publish import publish
from manabiya.kernel.jobs.testing import run_jobs
from manabiya.kernel.tenancy.protect import tenant_models
from manabiya.roster.models import Homeroom
from tests.matrix.forms_in_page import forms_of
from tests.matrix.rare_rows import write_rare_rows
from tests.matrix.samples import foreign, samples
from tests.matrix.test_roles_and_routes import (
    GUARDED,
    ROLES,
    actor_of,
    address,
    client_of,
    lives_in,
    snapshot,
)

CITY_ROLES = [role for role, (_, slug, _) in ROLES.items() if slug == "shirakabano"]
UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
TEXTS = (models.CharField, models.TextField)
CODE_WORD = re.compile(r"^[a-z_.:-]+$")  # names of permissions and the like: no data
SHORTEST = 4


@pytest.fixture
def towns_rows(city):
    """Give every tenant model a row in the town; return model → its rows as dictionaries."""
    _live_a_morning(city)
    with city.tenant("sawanose"):
        found = {model: list(model.objects.values()) for model in tenant_models()}
    empty = [model.__name__ for model, rows in found.items() if not rows]
    assert empty == [], f"give the town a row of {empty} in this test"
    return found


def _live_a_morning(city):
    foreign(city)
    principal = city.client("principal", "sawanose", "sawanose")
    base = "/m/sawanose/school/sawanose"
    page = principal.get(f"{base}/invitations/").content.decode()
    pair = re.search(r'name="pair" value="([^"]+)"', page).group(1)
    principal.post(f"{base}/invitations/issue/", {"pair": pair})
    with city.tenant("sawanose"):
        homeroom = Homeroom.objects.order_by("position")[0]
    url = f"{base}/attendance/class/{homeroom.id}/{city.today}/"
    for choice in ("not_arrived", "late"):
        form = next(f for f in forms_of(principal.get(url).content.decode()) if "b" in f.values)
        principal.post(url, {"b": form.values["b"], "r0": choice, "save": "1"})
    with city.tenant("sawanose"):
        write_rare_rows(city)
        publish("tinyapp.happened", subject=uuid4(), date=city.today)
        entry = AuditEntry.objects.order_by("id")[0]  # the sealer waits for our own transaction
        AuditLink.objects.create(sequence=1, entry_id=entry.id, hash=link_hash(START, _all(entry)))
    run_jobs()
    with city.tenant("sawanose"):
        for model in (ClassDay, MarkChange, SchoolDayCount):
            assert model.objects.exists(), model


def _all(entry):
    return AuditEntry.objects.values(*FIELDS).get(pk=entry.pk)


def secrets_of(city, rows):
    """Return the strings that exist in the town only: ids, names, numbers, phones."""
    theirs = {str(row["id"]) for lines in rows.values() for row in lines}
    for model, lines in rows.items():
        names = [f.attname for f in model._meta.concrete_fields if isinstance(f, TEXTS)]
        free = [n for n in names if not model._meta.get_field(n).choices]
        theirs |= {row[n] for row in lines for n in free if len(str(row[n] or "")) >= SHORTEST}
    with city.tenant():
        ours = {
            str(value)
            for model in tenant_models()
            for row in model.objects.values()
            for value in row.values()
        }
    words = "\n".join(ours)
    return {word for word in theirs if word not in words and not CODE_WORD.match(word)}


def counterpart(city, rows):
    """Return a function that replaces each id of the city by one of the town's same model."""
    ours = {}
    with city.tenant():
        for model, lines in rows.items():
            ours |= {
                str(pk): str(lines[0]["id"]) for pk in model.objects.values_list("pk", flat=True)
            }
    return lambda text: UUID.sub(lambda match: ours.get(match.group(), match.group()), text)


def pages_of(city, role, client):
    """Yield address and page of everything the role may open, with its own ids."""
    _, slug, school = ROLES[role]
    actor, values = actor_of(city, role), samples(city, slug, school)
    for route in GUARDED.values():
        if lives_in(role)[route.area] and route.policy.may(actor):
            url = address(route, values.own, slug, school)
            answer = client.get(url)
            if answer.status_code == 200:
                yield url, answer.content.decode(errors="replace")


def held(secrets, answer):
    """Return the secrets an answer gives away, in body or headers."""
    text = answer.content.decode(errors="replace") + str(dict(answer.headers))
    return {word for word in secrets if word in text}


def searches(form, words):
    """Return what to ask a search form: each word in its text fields, a town's id elsewhere."""
    for word in words:
        yield {name: word for name in form.values}


@pytest.mark.parametrize("role", CITY_ROLES)
def test_nothing_of_the_town_is_on_any_page_search_or_export(city, towns_rows, role):
    client = client_of(city, role)
    secrets = secrets_of(city, towns_rows)
    assert len(secrets) > 50
    swap = counterpart(city, towns_rows)
    names = [row for model in towns_rows for row in towns_rows[model] if "family_kana" in row]
    words = {w for n in names for w in (n["family_kana"], n["family_name"], n["kana_search"])}
    opened = searched = 0
    for url, page in pages_of(city, role, client):
        opened += 1
        assert {word for word in secrets if word in page} == set(), url
        for form in forms_of(page):
            if form.method != "get":
                continue
            choices = {n: [swap(v) for v in values] for n, values in form.values.items()}
            asked = [{n: v[-1] for n, v in choices.items()}, *searches(form, sorted(words)[:6])]
            for query in asked:
                searched += 1
                answer = client.get(form.action or url, query)
                assert answer.status_code < 500, (url, query)
                typed = set(query.values())
                assert held(secrets - typed, answer) == set(), (url, query)
    assert opened > 0
    assert searched > 0 or role in {"guardian", "ict_supporter", "board_officer", "monitor"}


def _of_the_town(city):
    """Return a digest of the town's tables and its row of the directory (the clock of the city
    stands there too, and its button is one of the forms)."""
    found = {k: v for k, v in snapshot().items() if k[0] == "sawanose"}
    del found["sawanose", "tenancy_municipality"]
    return found | {"directory": vars(city.municipality("sawanose")) | {"_state": None}}


@pytest.mark.parametrize("role", CITY_ROLES)
def test_forms_sent_with_the_towns_ids_change_nothing_there_and_tell_nothing(
    city, towns_rows, role
):
    client = client_of(city, role)
    secrets = secrets_of(city, towns_rows)
    swap = counterpart(city, towns_rows)
    before = _of_the_town(city)
    pages = list(pages_of(city, role, client))
    for url, page in pages:
        for form in forms_of(page):
            if form.method != "post" or form.action.startswith(("/logout", "/language")):
                continue
            sent = {n: [swap(v) for v in values] for n, values in form.values.items()}
            answer = client.post(swap(form.action or url), sent)
            assert answer.status_code < 500, (url, form.action)
            typed = {v for values in sent.values() for v in values}
            typed |= {match for text in typed for match in UUID.findall(text)}
            assert held(secrets - typed, answer) == set(), (url, form.action)
    assert _of_the_town(city) == before


def test_the_same_search_finds_these_words_in_the_towns_own_pages(city, towns_rows):
    secrets = secrets_of(city, towns_rows)
    client = client_of(city, "small school: principal")
    found = {
        w
        for _, page in pages_of(city, "small school: principal", client)
        for w in secrets
        if w in page
    }
    with city.tenant("sawanose"):
        student = Homeroom.objects.order_by("position")[0].enrollments.all()[0].student
    assert {str(student.id), student.given_name} & found
