"""What staff read about changed school days."""

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from manabiya.roster.calendar.rules import CLOSED, DELAYED, INFECTION, Change

CAUSES = {"weather": "非常変災", "infection": "感染症", "other": ""}


def closure_name(change: Change) -> str:
    """Return what a closure is called (休校, 学年閉鎖, 学級閉鎖); the law judges it by no name."""
    if change.scope == "school":
        return _("休校")
    if change.cause == INFECTION:
        return _("学年閉鎖") if change.scope == "grade" else _("学級閉鎖")
    return _("学年の休業") if change.scope == "grade" else _("学級の休業")


def closure_words(change: Change) -> str:
    """Return a closure with its cause and its days."""
    words = [closure_name(change)]
    if CAUSES[change.cause]:
        words.append(f"({CAUSES[change.cause]})")
    if change.last > change.first:
        words.append(f" {days_of(change)}")
    return "".join(words)


def length_of(minutes: int) -> str:
    """Return 1時間, 2時間, 90分."""
    if minutes % 60:
        return _("%(n)d分") % {"n": minutes}
    return _("%(n)d時間") % {"n": minutes // 60}


def kind_of(change: Change) -> str:
    """Return what is changed: 休校, 始業 2時間繰下げ, 13:30に終わる."""
    if change.kind == CLOSED:
        return closure_name(change)
    if change.kind == DELAYED:
        return _("始業 %(length)s繰下げ") % {"length": length_of(change.minutes)}
    return _("%(time)sに終わる") % {"time": f"{change.ends_at:%-H:%M}"}


def scope_of(change: Change, names: Mapping[UUID, str]) -> str:
    """Return for whom: 学校全体, 2年生, 2年1組."""
    if change.homeroom_id is not None:
        return names.get(change.homeroom_id, "")
    if change.grade_level:
        return _("%(n)d年生") % {"n": change.grade_level}
    return _("学校全体")


def days_of(change: Change) -> str:
    """Return the days of a change."""
    if change.first == change.last:
        return day_of(change.first)
    return f"{day_of(change.first)}〜{day_of(change.last)}"


def day_of(day: date) -> str:
    """Return 11月20日(金)."""
    return str(date_format(day, "n月j日(D)"))
