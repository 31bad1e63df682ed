"""Files made of the demo's own roster, and the steps of an import as a person takes them."""

import csv
import io
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from manabiya.apps.imports.models import ImportRun
from manabiya.apps.imports.queries import all_lines
from manabiya.kernel.jobs.testing import run_jobs
from manabiya.roster.models import Enrollment, GuardianRight
from manabiya.roster.models.dated import on_day

WIDE = (
    "宛名番号", "氏名", "フリガナ", "性別", "生年月日", "学校コード", "学年", "組", "番号",
    "保護者1氏名", "保護者1続柄", "保護者1電話", "保護者2氏名", "保護者2続柄", "保護者2電話",
)  # fmt: skip


@pytest.fixture
def scope(city):
    with city.tenant():
        yield city


def wide_rows(city, school="midorigaoka", homeroom=None):
    """Return the children of a school as a wide list holds them; call inside the tenant."""
    seats = Enrollment.objects.filter(on_day(city.today), school__slug=school)
    if homeroom:
        seats = seats.filter(homeroom__name=homeroom)
    seats = seats.select_related("student", "homeroom", "school")
    rights = {}
    for right in GuardianRight.objects.filter(on_day(city.today)).select_related("guardian"):
        rights.setdefault(right.student_id, []).append(right)
    found = []
    for seat in seats.order_by("homeroom__position", "roll_number"):
        child = seat.student
        row = dict.fromkeys(WIDE, "") | {
            "宛名番号": child.reference,
            "氏名": child.name,
            "フリガナ": child.kana,
            "性別": child.get_sex_display(),
            "生年月日": child.birth_date.isoformat(),
            "学校コード": seat.school.code,
            "学年": str(seat.grade_level),
            "組": seat.homeroom.name,
            "番号": str(seat.roll_number),
        }
        own = sorted(rights.get(child.id, ()), key=lambda right: right.call_order)
        for place, right in enumerate(own, start=1):
            row[f"保護者{place}氏名"] = right.guardian.name
            row[f"保護者{place}続柄"] = right.relationship
            row[f"保護者{place}電話"] = right.guardian.phone
        found.append(row)
    return found


def text_of(rows, headings=None):
    """Return rows as CSV text."""
    headings = headings or list(dict.fromkeys(h for row in rows for h in row))
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(headings)
    writer.writerows([[row.get(h, "") for h in headings] for row in rows])
    return out.getvalue()


class Importer:
    """Somebody who imports: takes the steps on the pages."""

    def __init__(self, city, role="board_officer", school=""):
        self.city = city
        self.client = city.client(role, school)
        self.base = (
            f"/m/shirakabano/school/{school}/imports/"
            if school
            else "/m/shirakabano/board/imports/"
        )

    def upload(self, *files):
        """Send files (name, bytes or text); return the answer."""
        sent = [
            SimpleUploadedFile(name, body.encode() if isinstance(body, str) else body)
            for name, body in files
        ]
        return self.client.post(self.base, {"files": sent})

    def columns(self, run, **changes):
        """Send the page of columns as it stands, with changes; return the answer."""
        page = self.client.get(self.address(run)).content.decode()
        fields = dict(re.findall(r'<input[^>]*name="(effective_on)"[^>]*value="([^"]*)"', page))
        fields |= {
            name: self._chosen(body)
            for name, body in re.findall(r'<select[^>]*name="(t[^"]+)">(.*?)</select>', page, re.S)
        }
        return self.client.post(f"{self.address(run)}columns/", fields | changes)

    def _chosen(self, options):
        found = re.search(r'<option value="([^"]*)" selected', options)
        return found.group(1) if found else ""

    def address(self, run):
        return f"{self.base}{run.id}/"

    def try_files(self, *files, **changes):
        """Take the steps up to the result; return the run."""
        answer = self.upload(*files)
        assert answer.status_code == 302, said(answer)
        run = self.run(answer.url)
        answer = self.columns(run, **changes)
        assert answer.status_code == 302, said(answer)
        run_jobs()
        return self.again(run)

    def run(self, url):
        with self.city.tenant():
            return ImportRun.objects.get(pk=re.search(r"imports/([0-9a-f-]{36})/", url).group(1))

    def again(self, run):
        with self.city.tenant():
            return ImportRun.objects.get(pk=run.id)

    def page(self, run, tab="problems"):
        return self.client.get(f"{self.address(run)}?tab={tab}").content.decode()

    def lines(self, run, tab):
        with self.city.tenant():
            return all_lines(run, tab)

    def apply(self, run):
        """Press the button; return the run afterwards."""
        answer = self.client.post(f"{self.address(run)}apply/", {"digest": run.digest})
        assert answer.status_code == 302, said(answer)
        run_jobs()
        return self.again(run)

    def decide(self, run, **answers):
        answer = self.client.post(
            f"{self.address(run)}decide/", {f"d:{key}": value for key, value in answers.items()}
        )
        assert answer.status_code == 302, said(answer)
        run_jobs()
        return self.again(run)


def said(answer):
    """Return the notices of a page."""
    page = answer.content.decode()
    return re.findall(r'class="(?:title|error)"[^>]*>(.*?)</', page, re.S)


@pytest.fixture
def board(city):
    return Importer(city)


@pytest.fixture
def office(city):
    return Importer(city, "office_staff", "midorigaoka")
