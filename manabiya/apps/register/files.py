"""Papers and workbooks as answers."""

from django.http import HttpResponse
from django.utils.http import content_disposition_header

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def as_file(content: bytes, kind: str, name: str, *, inline: bool = False) -> HttpResponse:
    """Return a file with its Japanese name; ``inline``: to be looked at in the browser."""
    response = HttpResponse(content, content_type=kind)
    header = content_disposition_header(not inline, name)
    if header:
        response.headers["Content-Disposition"] = header
    return response
