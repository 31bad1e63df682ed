"""The page 「時間ごと」: children by periods, one tap for an exception; the day that follows."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBadRequest
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from manabiya.apps.attendance import by_period as rules
from manabiya.apps.attendance import queries, services
from manabiya.apps.attendance.forms import FormBroken
from manabiya.apps.attendance.forms.by_period import PeriodForm, base_text, read_period_form
from manabiya.apps.attendance.rules import PRESENT
from manabiya.apps.attendance.views.class_lines import OTHERS, SIGNS
from manabiya.kernel.access.addresses import here
from manabiya.kernel.access.requests import Request

Typed = Mapping[tuple[UUID, int], str]


@dataclass(frozen=True, slots=True)
class PeriodCell:
    """One lesson of one child on the page."""

    period: int
    chosen: str
    is_clash: bool

    @property
    def options(self) -> list[tuple[str, str, bool]]:
        """Return value, sign and whether it is chosen, in the order of taps."""
        return [(value, str(sign), value == self.chosen) for value, sign in SIGNS.items()]


@dataclass(frozen=True, slots=True)
class PeriodLine:
    """A row of the page."""

    row: queries.PeriodRow
    cells: tuple[PeriodCell, ...]

    @property
    def base(self) -> str:
        """Return the hidden value of the child."""
        return base_text(self.row.seat.student_id, self.row.lessons)

    @property
    def day(self) -> str:
        """Return the word of the day the taken periods give; empty for 出席."""
        code = self.row.lessons.code
        if code in ("absent_sick", "absent_other"):
            return _("欠席")
        return "" if code == PRESENT else str(OTHERS[code][1])


def by_period(request: Request, homeroom: UUID, date: date) -> HttpResponse:
    """Show a class by period; on POST save it."""
    if request.method != "POST":
        return _page(request, homeroom, date)
    try:
        form = read_period_form(request.POST)
    except FormBroken:
        return HttpResponseBadRequest()
    try:
        done = services.mark_periods(
            actor=request.actor,
            homeroom_id=homeroom,
            day=date,
            cells=form.cells,
            periods=form.periods,
            now=request.now,
        )
    except services.PeriodClash as clash:
        return _page(request, homeroom, date, form=form, clash=clash, refused=str(clash))
    except services.AttendanceRefused as refusal:
        return _page(request, homeroom, date, form=form, refused=str(refusal))
    messages.success(request, _said(done), extra_tags="done")
    return redirect(here(request, "attendance-by-period", homeroom=homeroom, date=date))


def _said(done: services.Taken) -> str:
    words = []
    if done.periods:
        taken = _("、").join(str(period) for period in done.periods)
        words.append(_("%(periods)s時間目を確かめました。") % {"periods": taken})
    if done.changed:
        words.append(_("%(count)dか所を記録しました。") % {"count": done.changed})
    return "".join(words) or _("変わったところはありません。")


def _page(
    request: Request,
    homeroom: UUID,
    day: date,
    *,
    form: PeriodForm | None = None,
    clash: services.PeriodClash | None = None,
    refused: str = "",
) -> HttpResponse:
    page = queries.period_page(request.actor, homeroom_id=homeroom, day=day, today=request.today)
    typed = form.changed() if form else {}
    clashing = {(c.student_id, c.period): c for c in clash.clashes} if clash else {}
    lines = [_line(row, typed, clashing) for row in page.rows]
    context = {
        "page": page,
        "lines": lines,
        "periods": [
            (period, period in page.taken, bool(form and period in form.periods))
            for period in rules.PERIODS
        ],
        "refused": refused,
        "clashes": [
            (line.row.seat.name, c.period, str(SIGNS[c.mine]), str(SIGNS[c.standing]))
            for line in lines
            for c in clashing.values()
            if c.student_id == line.row.seat.student_id
        ],
    }
    status = 409 if refused else 200
    return render(request, "attendance/by_period.html", context, status=status)


def _line(
    row: queries.PeriodRow, typed: Typed, clashing: Mapping[tuple[UUID, int], object]
) -> PeriodLine:
    student_id, marks = row.seat.student_id, row.lessons.marks or {}
    cells = tuple(
        PeriodCell(
            period,
            typed.get((student_id, period), marks.get(period, rules.HERE)),
            (student_id, period) in clashing,
        )
        for period in rules.PERIODS
    )
    return PeriodLine(row, cells)
