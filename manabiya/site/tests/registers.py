"""What a place shows its schools: run inside it, to compare two places with each other.

``tell`` prints one JSON object: the attendance registers of every class as its vice-principal
sees them, the kept files, and the rows of the audit chains.
"""

import hashlib
import json
import re

from django.conf import settings
from django.test import Client

MONTHS = ("2026-10", "2026-11")


def tell():
    """Print it."""
    from manabiya.kernel.audit.models import AuditLink
    from manabiya.kernel.tenancy.models import Municipality
    from manabiya.kernel.tenancy.scope import tenant

    settings.ALLOWED_HOSTS.append("testserver")
    settings.STORAGES["staticfiles"] = {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
    }
    found = {"registers": {}, "links": {}, "files": files()}
    for municipality in Municipality.objects.order_by("slug"):
        with tenant(municipality.id):
            rows = AuditLink.objects.order_by("sequence").values_list("sequence", "hash")
            found["links"][municipality.slug] = list(rows)
        found["registers"] |= registers(municipality)
    print(json.dumps(found))


def registers(municipality):
    """Return the digest of each class's register of the months, by address."""
    from manabiya.kernel.identity import strength
    from manabiya.kernel.identity.models import DemoLogin
    from manabiya.kernel.tenancy.scope import tenant
    from manabiya.roster.models import Homeroom

    found = {}
    for login in DemoLogin.objects.filter(municipality=municipality, label__contains="教頭"):
        school = re.search("/school/([^/]+)/", login.landing)[1]
        client = Client()
        client.force_login(login.account)
        session = client.session
        session[strength.KEY] = strength._today()
        session.save()
        with tenant(municipality.id):
            classes = list(Homeroom.objects.filter(school__slug=school, school_year=2026))
        for homeroom in classes:
            for month in MONTHS:
                address = f"{login.landing}attendance/register/{homeroom.id}/{month}/"
                found[address] = table_of(client.get(address))
    return found


def table_of(answer):
    """Return the digest of the page's table, and how many rows it has."""
    page = answer.content.decode()
    table = re.search(r"<table.*</table>", page, re.S)
    assert answer.status_code == 200, (answer.status_code, page[:300])
    assert table
    return [hashlib.sha256(table[0].encode()).hexdigest(), table[0].count("<tr")]


def files():
    """Return the digest of each kept file."""
    folder = settings.MANABIYA_DATA_DIR / "files"
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
