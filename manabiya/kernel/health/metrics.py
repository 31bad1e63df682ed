"""The installation in numbers, as Prometheus text (version 0.0.4)."""

from collections.abc import Iterable, Iterator

from django.db import DatabaseError, InterfaceError, connection

from manabiya.kernel.health.checks import worker_silence
from manabiya.kernel.health.counters import BUCKETS, Counters

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"
Sample = tuple[str, dict[str, str], float]
STATES = ("todo", "doing", "failed")


def metrics(counters: Counters) -> str:
    """Return everything that is measured."""
    return "".join([*_requests(counters), *_house()])


def _requests(counters: Counters) -> Iterator[str]:
    numbers = counters.everything()
    routes = sorted({key[1] for key in numbers if key[0] == "seconds_count"})
    yield _family(
        "manabiya_requests_total",
        "counter",
        "Answered requests by route, method and status.",
        [
            ("", {"route": key[1], "method": key[2], "status": key[3]}, value)
            for key, value in sorted(numbers.items())
            if key[0] == "requests"
        ],
    )
    samples: list[Sample] = []
    for route in routes:
        for limit in BUCKETS:
            value = numbers.get(("seconds_bucket", route, str(limit)), 0)
            samples.append(("_bucket", {"route": route, "le": str(limit)}, value))
        count = numbers["seconds_count", route]
        samples.append(("_bucket", {"route": route, "le": "+Inf"}, count))
        samples.append(("_sum", {"route": route}, numbers["seconds_sum", route]))
        samples.append(("_count", {"route": route}, count))
    yield _family(
        "manabiya_request_seconds", "histogram", "Seconds of a request by route.", samples
    )


def _house() -> Iterator[str]:
    """Yield what the database knows; only that it is gone, when it is."""
    try:
        jobs = _jobs()
        silence = worker_silence()
        backup = _last_backup()
    except (DatabaseError, InterfaceError):
        connection.close()
        yield _gauge("manabiya_database_up", "Whether the database answers.", 0)
        return
    yield _gauge("manabiya_database_up", "Whether the database answers.", 1)
    yield _family(
        "manabiya_jobs",
        "gauge",
        "Jobs by state.",
        [("", {"state": state}, jobs.get(state, 0)) for state in STATES],
    )
    if silence is not None:
        yield _gauge(
            "manabiya_worker_silence_seconds", "Seconds since a worker's last sign.", silence
        )
    if backup is not None:
        yield _gauge(
            "manabiya_last_backup_timestamp_seconds", "When the last backup was taken.", backup[0]
        )
        yield _gauge("manabiya_last_backup_bytes", "Size of the last backup.", backup[1])


def _jobs() -> dict[str, int]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT status::text, count(*) FROM procrastinate_jobs GROUP BY 1")
        return dict(cursor.fetchall())


def _last_backup() -> tuple[float, int] | None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT extract(epoch FROM taken_at), size_bytes FROM backup_backup"
            " ORDER BY taken_at DESC LIMIT 1"
        )
        row = cursor.fetchone()
    return (float(row[0]), row[1]) if row else None


def _gauge(name: str, words: str, value: float) -> str:
    return _family(name, "gauge", words, [("", {}, value)])


def _family(name: str, kind: str, words: str, samples: Iterable[Sample]) -> str:
    lines = [f"# HELP {name} {words}", f"# TYPE {name} {kind}"]
    for suffix, labels, value in samples:
        inside = ",".join(f'{label}="{_escaped(text)}"' for label, text in labels.items())
        lines.append(f"{name}{suffix}{f'{{{inside}}}' if inside else ''} {value:.12g}")
    return "\n".join(lines) + "\n"


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
