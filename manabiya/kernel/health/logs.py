"""Log lines without people: an address becomes its route, a library's values are left out.

``RoutesForAddresses`` is for every format: addresses carry the codes of papers and links.
``JsonLine`` writes one object a line: time, level, logger, message, and of requests the route,
method, status, milliseconds and ids. Of an error it writes the kind and the places in the code,
never its text, which may quote a row.
"""

import json
import logging
import traceback
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import Any

OURS = "manabiya"
FIELDS = ("route", "method", "status", "milliseconds", "account", "municipality")
request_id: ContextVar[str] = ContextVar("request_id", default="")


def route_of(request: Any) -> str:
    """Return the name of the request's route; ``-`` when there is none."""
    match = getattr(request, "resolver_match", None)
    return (match.view_name if match else None) or "-"


class RoutesForAddresses(logging.Filter):
    """Puts the route in the place of the address in Django's lines about a request."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Change the record; let everything through."""
        request = getattr(record, "request", None)
        if request is not None and record.name.startswith("django."):
            status = getattr(record, "status_code", "")
            record.msg, record.args = "%s %s", (status, route_of(request))
        return True


class JsonLine(logging.Formatter):
    """One JSON object a line."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line."""
        is_ours = record.name.partition(".")[0] == OURS or hasattr(record, "request")
        line: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage() if is_ours else str(record.msg),
        }
        if found := request_id.get():
            line["request"] = found
        line |= {name: getattr(record, name) for name in FIELDS if hasattr(record, name)}
        if record.exc_info and record.exc_info[0] is not None:
            line["error"] = record.exc_info[0].__name__
            line["trace"] = [
                f"{frame.filename}:{frame.lineno} {frame.name}"
                for frame in traceback.extract_tb(record.exc_info[2])
            ]
        return json.dumps(line, ensure_ascii=False)


def logging_settings(*, level: str, is_json: bool) -> dict[str, Any]:
    """Return Django's LOGGING: lines for people, or JSON with a line per request."""
    formatters: dict[str, Any] = {
        "line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"},
        "json": {"()": f"{__name__}.JsonLine"},
    }
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "filters": {"routes": {"()": f"{__name__}.RoutesForAddresses"}},
        "formatters": formatters,
        "handlers": {
            "stderr": {
                "class": "logging.StreamHandler",
                "formatter": "json" if is_json else "line",
                "filters": ["routes"],
            }
        },
        "loggers": {"manabiya.request": {"level": "INFO"}} if is_json else {},
        "root": {"handlers": ["stderr"], "level": level},
    }
