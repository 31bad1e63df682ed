"""A row of the class page: what stands for a child, what is chosen, and the words for it."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from manabiya.apps.attendance import by_period, queries, rules
from manabiya.apps.attendance.class_fields import FieldsOnLine
from manabiya.apps.attendance.diseases import disease_label
from manabiya.apps.attendance.forms import ClassForm
from manabiya.apps.attendance.models import AbsenceReport, AttendanceMark, ExcusedPeriod
from manabiya.apps.attendance.queries.standing import PeriodOnClass, ReportOnClass
from manabiya.kernel.clock import SCHOOL_ZONE

LONG_NAME = 14
"""Longer names have a line of their own above the buttons."""
SIGNS = {
    by_period.HERE: _lazy("出"),
    by_period.AWAY: _lazy("欠"),
    by_period.LATE: _lazy("遅"),
    by_period.LEFT: _lazy("早"),
}
PARTS = ("late", "left_early", "late_left_early")
BUTTONS = (rules.ABSENT, "late", rules.NOT_ARRIVED)
OTHERS = {
    "absent_sick": ("absent", _lazy("病欠")),
    "absent_other": ("absent", _lazy("事故欠")),
    "late": ("late", _lazy("遅刻")),
    "left_early": ("part", _lazy("早退")),
    "late_left_early": ("part", _lazy("遅・早")),
    "attendance_suspension": ("excused", _lazy("停止")),
    "bereavement": ("excused", _lazy("忌引")),
    "deemed_present": ("elsewhere", _lazy("扱い")),
    "disaster": ("excused", _lazy("変災")),
    rules.NOT_ARRIVED: ("unknown", _lazy("未着")),
}
PANEL = ("absent_sick", "absent_other", "left_early", "late_left_early")


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the page: the child, what is chosen, the values of its buttons.

    ``fields``: what other apps add to the panel of the child.
    """

    row: queries.ClassRow
    chosen: str
    clash: rules.Clash | None
    is_open: bool
    fields: Sequence[FieldsOnLine] = ()

    @property
    def said(self) -> str:
        """Return what the fields of other apps say of the child, in one line."""
        return " ".join(each.fields.said for each in self.fields if each.fields.said)

    @property
    def base(self) -> str:
        """Return the hidden value: child, and the code that stands unless it is present."""
        code = self.row.standing.code
        must = "!" if self.clash else ""
        tail = "" if code == rules.PRESENT and not must else f" {must}{code}"
        return f"{self.row.seat.student_id.hex}{tail}"

    @property
    def absent_value(self) -> str:
        """Return what the button 欠席 sends: the kind that stands or was reported, else 「欠席」."""
        known = (self.chosen, self.row.standing.code, self.row.late_code)
        return next((code for code in known if code in rules.ABSENT_CODES), rules.ABSENT)

    @property
    def is_absent(self) -> bool:
        """Return whether the button 欠席 is pressed."""
        return self.chosen in rules.ABSENT_CODES

    @property
    def other(self) -> tuple[str, str, str] | None:
        """Return code, class and word of a chosen value that has no button of its own."""
        if self.chosen in (rules.PRESENT, *BUTTONS) or self.is_absent:
            return None
        css, word = OTHERS[self.chosen]
        return self.chosen, css, str(word)

    @property
    def is_pencil(self) -> bool:
        """Return whether the row shows an undecided proposal, unchanged."""
        return self.row.is_proposed and self.chosen == self.row.standing.code

    @property
    def css(self) -> str:
        """Return the classes of the row."""
        words = ["pupil", "guest"] if self.row.is_guest else ["pupil"]
        if len(self.row.seat.name) > LONG_NAME:
            words.append("long")
        if self.chosen != rules.PRESENT:
            words.append("out")
        if self.is_pencil:
            words.append("pencil")
        if self.chosen == rules.NOT_ARRIVED:
            words.append("bad")
        return " ".join(words)

    @property
    def why(self) -> str:
        """Return reason and time behind the value, in one line."""
        if self.row.mark is None and self.row.period is not None:
            return " ".join([period_words(self.row.period), self._said])
        if self.row.is_proposed:
            return self._said
        mark = self.row.mark
        if mark is None:
            return ""
        kind = AttendanceMark.Status(mark.code).label if mark.code in rules.ABSENT_CODES else ""
        reason = AbsenceReport.Reason(mark.reason).label if mark.reason else ""
        return " ".join(filter(None, (str(kind), str(reason), mark.note)))

    @property
    def _said(self) -> str:
        return "  ".join(_said_by_report(r) for r in self.row.reports if r.is_open)

    @property
    def who(self) -> str:
        """Return who said it and when."""
        standing = self.row.standing
        has_words = self.row.mark or self.row.is_proposed or self.row.period
        if standing.at is None or not has_words:
            return ""
        by = standing.by or _("保護者")
        return f"{by} {standing.at.astimezone(SCHOOL_ZONE):%-H:%M}"

    @property
    def place(self) -> str:
        """Return the other class of a child between two: 在籍 of a guest, 交流 of one's own."""
        seat = self.row.seat
        if seat.home:
            return _("在籍 %(name)s") % {"name": seat.home.name}
        return _("交流 %(name)s") % {"name": seat.visits} if seat.visits else ""

    @property
    def lessons(self) -> str:
        """Return the exceptions of the child's lessons: 「時間ごと 1欠 2遅」."""
        said = " ".join(
            f"{period}{SIGNS[status]}" for period, status in self.row.lessons.exceptions
        )
        return _("時間ごと %(said)s") % {"said": said} if said else ""

    @property
    def late_words(self) -> list[tuple[UUID, str]]:
        """Return the reports that came after the confirmation."""
        return [(r.id, _said_by_report(r)) for r in self.row.reports if not r.is_open]

    @property
    def choices(self) -> list[tuple[str, str, bool]]:
        """Return the rarer values of the panel: code, word, chosen."""
        found = [(code, str(OTHERS[code][1]), code == self.chosen) for code in PANEL]
        return [*found, (rules.PRESENT, _("なし"), False)]

    @property
    def both(self) -> tuple[tuple[str, str, str], ...]:
        """Return the two values of a clash: code, word, whose and when."""
        if self.clash is None:
            return ()
        theirs = self.clash.standing
        at = f"{theirs.at.astimezone(SCHOOL_ZONE):%-H:%M}" if theirs.at else ""
        return (
            (self.clash.mine, word_of(self.clash.mine), _("あなたの入力")),
            (theirs.code, word_of(theirs.code), f"{theirs.by or _('保護者')} {at}"),
        )


def word_of(code: str) -> str:
    """Return the word of a code on screen."""
    return _("出席") if code == rules.PRESENT else str(OTHERS[code][1])


def period_words(period: PeriodOnClass) -> str:
    """Return kind and disease of a period, and how long, or that it waits."""
    kind = str(ExcusedPeriod.Kind(period.kind).label)
    words = [kind, disease_label(period.disease)]
    if not period.is_decided:
        words.append(_("申し出(決定待ち)"))
    elif period.days.last:
        words.append(_("%(day)sまで") % {"day": f"{period.days.last:%-m/%-d}"})
    return " ".join(filter(None, words))


def _said_by_report(report: ReportOnClass) -> str:
    parts = [str(AbsenceReport.Reason(report.reason).label)]
    if report.kind != AbsenceReport.Kind.ABSENT:
        parts.insert(0, str(AbsenceReport.Kind(report.kind).label))
    if report.expected_time:
        parts.append(_("%(time)sごろ") % {"time": f"{report.expected_time:%-H:%M}"})
    if report.note:
        parts.append(report.note)
    if report.is_after_cutoff:
        parts.append(_("締切後"))
    return " ".join(parts)


def line_of(
    row: queries.ClassRow,
    form: ClassForm | None,
    clashes: tuple[rules.Clash, ...],
    opened: str | None,
    fields: Sequence[FieldsOnLine],
) -> Line:
    """Return the row with what was typed merged over what stands now."""
    student_id, now = row.seat.student_id, row.standing
    clash = next((c for c in clashes if c.student_id == student_id), None)
    chosen = now.code
    if form is not None:
        if student_id in form.unchosen:
            clash = rules.Clash(student_id, form.chosen[student_id].chosen, now)
        entry = form.chosen.get(student_id)
        if entry is not None and rules.resolve(entry.chosen, now) != entry.base:
            chosen = rules.resolve(entry.chosen, now)
    is_open = opened == str(row.index) or any(each.fields.is_open for each in fields)
    return Line(row, chosen, clash, is_open, fields)
