"""Strong sessions: a second factor proven on this device today."""

from django.http import HttpRequest

from manabiya.kernel import clock

KEY = "strong_on"


def is_strong(request: HttpRequest) -> bool:
    """Return whether a second factor was proven in this session today (real local date)."""
    return bool(request.session.get(KEY) == _today())


def mark_strong(request: HttpRequest) -> None:
    """Remember that a second factor was proven now; it holds until the end of the local day."""
    request.session[KEY] = _today()


def _today() -> str:
    return clock.real_now().astimezone(clock.SCHOOL_ZONE).date().isoformat()
