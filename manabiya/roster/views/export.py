"""The students of a school as a file."""

from django.http import HttpResponse

from manabiya.kernel.access.policies import DataClass
from manabiya.kernel.access.requests import Request
from manabiya.kernel.audit.record import record
from manabiya.kernel.exchange import Column, Table, to_csv
from manabiya.roster import queries

COLUMNS = tuple(map(Column, ("学級", "学年", "出席番号", "氏名", "かな", "性別")))


def students(request: Request) -> HttpResponse:
    """Give the students of the school as CSV (UTF-8 with BOM, CRLF, all fields quoted)."""
    lines = queries.student_lines(request.actor, today=request.today)
    rows = [(s.homeroom_name, s.grade_level, s.roll_number, s.name, s.kana, s.sex) for s in lines]
    record(
        actor=request.actor,
        action="roster.student:export",
        subject_type="school",
        subject_id=request.actor.school_id,
        subject_count=len(lines),
        data_class=DataClass.II,
    )
    content, _ = to_csv(Table("名簿", COLUMNS, rows))
    response = HttpResponse(content, content_type="text/csv")
    name = f"meibo-{request.today:%Y%m%d}.csv"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
