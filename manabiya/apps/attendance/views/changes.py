"""What a family reads about a changed school day."""

from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from manabiya.apps.attendance.queries.days import ChangeAhead
from manabiya.roster.calendar.rules import CLOSED, DELAYED


@dataclass(frozen=True, slots=True)
class ChangeWords:
    """The line of a change, and what else is said about it; ``is_today``: it is said first."""

    title: str
    texts: tuple[str, ...]
    is_today: bool


def words_of(line: ChangeAhead) -> ChangeWords:
    """Return what is said of a change: when, what, and the words of the school."""
    texts = []
    if line.is_today and line.last > line.first:
        texts.append(_("%(day)sまでです。") % {"day": _day(line.last)})
    if line.change.kind == CLOSED and line.is_today:
        texts.append(_("連絡はいりません。"))
    if line.change.note:
        texts.append(line.change.note)
    title = _today(line) if line.is_today else _ahead(line)
    return ChangeWords(title, tuple(texts), line.is_today)


def _today(line: ChangeAhead) -> str:
    if line.change.kind == CLOSED:
        return {
            "school": _("きょうは休校です。"),
            "grade": _("きょうはお子さんの学年が休みです。"),
            "homeroom": _("きょうはお子さんの学級が休みです。"),
        }[line.change.scope]
    if line.change.kind == DELAYED:
        words = {"length": _length(line.change.minutes), "time": f"{line.starts_at:%-H:%M}"}
        return _("きょうは%(length)sおくれて始まります(%(time)s)。") % words
    return _("きょうは%(time)sに終わります。") % {"time": f"{line.change.ends_at:%-H:%M}"}


def _ahead(line: ChangeAhead) -> str:
    words = {"days": _days(line)}
    if line.change.kind == CLOSED:
        return {
            "school": _("%(days)sは休校です。"),
            "grade": _("%(days)sはお子さんの学年が休みです。"),
            "homeroom": _("%(days)sはお子さんの学級が休みです。"),
        }[line.change.scope] % words
    if line.change.kind == DELAYED:
        words |= {"length": _length(line.change.minutes), "time": f"{line.starts_at:%-H:%M}"}
        return _("%(days)sは%(length)sおくれて始まります(%(time)s)。") % words
    words["time"] = f"{line.change.ends_at:%-H:%M}"
    return _("%(days)sは%(time)sに終わります。") % words


def _length(minutes: int) -> str:
    if minutes % 60 == 0:
        return _("%(n)d時間") % {"n": minutes // 60}
    return _("%(n)d分") % {"n": minutes}


def _days(line: ChangeAhead) -> str:
    if line.first == line.last:
        return _day(line.first)
    return _("%(first)sから%(last)sまで") % {"first": _day(line.first), "last": _day(line.last)}


def _day(day: object) -> str:
    return date_format(day, _("n月j日(D)"))  # type: ignore[arg-type]
