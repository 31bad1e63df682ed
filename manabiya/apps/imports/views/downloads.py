"""Files to take away: the result of a dry run, and the templates."""

from urllib.parse import quote
from uuid import UUID

from django.http import Http404, HttpResponse

from manabiya.apps.imports import patterns, queries, report
from manabiya.apps.imports.columns import Kind
from manabiya.apps.imports.files import tables_of
from manabiya.apps.imports.models import ImportRun
from manabiya.apps.imports.planning import TABS
from manabiya.kernel.access.requests import Request

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
BUILDERS = {"xlsx": (patterns.workbook, XLSX), "csv": (patterns.plain, "text/csv; charset=utf-8")}


def result(request: Request, run: UUID) -> HttpResponse:
    """Give the whole result of a dry run as xlsx."""
    found = queries.run_of(request.actor, run)
    if found.state != ImportRun.State.READY:
        raise Http404
    lines = {tab: queries.all_lines(found, tab) for tab in TABS}
    names = [table["name"] for table in tables_of(found)]
    return _attached(
        report.report(lines, names), XLSX, f"取り込みの結果-{request.today:%Y%m%d}.xlsx"
    )


def template(request: Request, template: str) -> HttpResponse:
    """Give the template of a kind, ``students-xlsx`` or ``students-csv``."""
    kind, _, suffix = template.rpartition("-")
    known = {k.value: k for k in Kind}
    if kind not in known or suffix not in BUILDERS:
        raise Http404
    build, content_type = BUILDERS[suffix]
    return _attached(build(known[kind]), content_type, f"{known[kind].label}.{suffix}")


def _attached(content: bytes, content_type: str, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=content_type)
    response.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}"
    return response
