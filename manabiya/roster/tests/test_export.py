"""The students of a school as a file: the whole school, nothing of another, logged."""

import csv
import io

import pytest

from manabiya.kernel.audit.models import AuditEntry
from manabiya.roster.models import Enrollment, Student

URL = "/m/shirakabano/school/midorigaoka/students/export/"


def rows_of(answer):
    return list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"), newline="")))


def test_office_exports_every_student_of_the_school(city):
    answer = city.client("office_staff", "midorigaoka").get(URL)
    rows = rows_of(answer)
    with city.tenant():
        count = Enrollment.objects.filter(school__slug="midorigaoka").count()
        entry = AuditEntry.objects.get(action="roster.student:export")
    assert rows[0] == ["学級", "学年", "出席番号", "氏名", "かな", "性別"]
    assert len(rows) == count + 1
    assert entry.subject_count == count


def test_no_cell_becomes_a_formula(city):
    with city.tenant():
        Student.objects.filter(
            pk=Enrollment.objects.filter(school__slug="midorigaoka")[0].student_id
        ).update(family_name='=HYPERLINK("x")')
    rows = rows_of(city.client("office_staff", "midorigaoka").get(URL))
    assert any(row[3].startswith("'=HYPERLINK") for row in rows)


@pytest.mark.parametrize("role", ["homeroom_teacher", "school_nurse", "subject_teacher"])
def test_others_export_nothing(city, role):
    answer = city.client(role, "midorigaoka").get(URL)
    assert answer.status_code == 403
    with city.tenant():
        assert not AuditEntry.objects.filter(action="roster.student:export").exists()
