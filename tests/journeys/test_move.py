"""A child moves inside the city: recorded, accepted, midnight, and everything is at the new school.

A house of its own: the school's clock is moved past midnight.
"""

import subprocess
import sys

import pytest

from tests.journeys.families import Families
from tests.journeys.house import ROOT, House
from tests.journeys.people import PHONE

NEW_SCHOOL = """
from datetime import date
from manabiya.kernel.identity.models import Account, DemoLogin, Membership
from manabiya.kernel.tenancy.models import Municipality
from manabiya.kernel.tenancy.scope import tenant
from manabiya.roster.models import *
city = Municipality.objects.get(slug="shirakabano")
def login(person, label, place, hat, landing):
    number = DemoLogin.objects.count() + 1
    account = Account.objects.create_account(login_name=f"move-{number}", password="x")
    Membership.objects.create(account=account, municipality=city, hat=hat, person_id=person.id)
    DemoLogin.objects.create(account=account, municipality=city, label=label, place=place,
                             position=number, landing=landing)
with tenant(city.id):
    old = School.objects.get(slug="midorigaoka")
    school = School.objects.create(code="B101299980024", slug="minamino", name="南野小学校",
                                   kind=old.kind, phone="0190-00-0999")
    days = CalendarDay.objects.filter(school=old)
    CalendarDay.objects.bulk_create(CalendarDay(school=school, date=d.date, label=d.label,
        grade_level=d.grade_level, is_school_day=d.is_school_day) for d in days)
    room = Homeroom.objects.create(school=school, school_year=2026, name="1年1組", position=1)
    for number, (post, label, homeroom) in enumerate((
            ("office_staff", "事務職員", None), ("homeroom_teacher", "学級担任", room))):
        member = StaffMember.objects.create(family_name="南野", given_name=label,
            family_kana="みなみの", given_kana="あ", number=f"MOVE{number}")
        Appointment.objects.create(staff_member=member, school=school, post=post,
            homeroom=homeroom, starts_on=date(2026, 4, 1))
        login(member, label, school.name, "staff", "/m/shirakabano/school/minamino/")
    guardian = Guardian.objects.get(pk=GUARDIAN)
    login(guardian, "引っ越す保護者", city.name, "guardian", "/m/shirakabano/family/")
"""
TO_MIDNIGHT = """
UPDATE tenancy_municipality SET clock_offset_seconds = clock_offset_seconds + 18 * 3600
WHERE slug = 'shirakabano'
"""


@pytest.fixture(scope="module")
def own_house(tmp_path_factory):
    house = House(tmp_path_factory.mktemp("move") / "引っ越し").start()
    yield house
    house.stop()


def tell(house, text):
    """Run a few lines in the house's own command line."""
    done = subprocess.run(
        [sys.executable, "-m", "manabiya", "shell", "-c", text],
        cwd=ROOT, env=house.environ, capture_output=True, text=True, timeout=120,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-2000:]


def test_a_move_from_the_record_to_the_day_after(own_house, people):
    family = Families(own_house).take("1年1組")
    tell(own_house, NEW_SCHOOL.replace("GUARDIAN", f'"{family.guardian}"'))
    student = f"/m/shirakabano/school/{{}}/students/{family.student}/"

    # in the morning the guardian reports; the old school's teacher sees the child
    guardian = people(PHONE, at=own_house).demo("引っ越す保護者", "白樺野市")
    guardian.sees(family.name, "緑が丘小学校 1年1組")
    guardian.open(f"/m/shirakabano/family/report/{family.student}/")
    guardian.page.get_by_text("発熱").click()
    guardian.page.get_by_role("button").filter(has_text="送る").click()
    guardian.page.wait_for_url("**/reports/**")
    old_teacher = people({"width": 1280, "height": 800}, at=own_house).demo("学級担任")
    assert old_teacher.open(student.format("midorigaoka")).status == 200
    old_teacher.open(f"{family.class_path}")
    old_teacher.page.get_by_role("button").filter(has_text="出欠を確定する").click()
    old_teacher.sees("出欠を確定しました")

    # the old school records the move; today is the last day
    old_office = people({"width": 1280, "height": 800}, at=own_house).demo("事務職員")
    old_office.open(student.format("midorigaoka"))
    old_office.follow("転学を記録する")
    old_office.page.get_by_label("転入先の学校").select_option(label="南野小学校")
    old_office.page.get_by_label("学校を去る日").fill("令和8年11月20日")
    old_office.press("転学を記録する")
    old_office.sees("転学を記録しました", family.name, "受け入れ待ち")

    # the new school finds it on 今日, accepts and seats the child
    new_office = people({"width": 1280, "height": 800}, at=own_house).demo("事務職員", "南野小学校")
    new_office.sees("受け入れを待っている人 1名")
    new_office.follow("転出入を開く")
    new_office.page.get_by_role("link", name=f"受け入れる {family.name}").click()
    new_office.page.get_by_label("学級").select_option(index=1)
    new_office.press("この学級に受け入れる")
    new_office.sees("受け入れました", "受け入れずみ", "転学の日 11月20日")

    # until midnight nothing has changed hands
    new_teacher = people({"width": 1280, "height": 800}, at=own_house).demo(
        "学級担任", "南野小学校"
    )
    assert new_teacher.open(student.format("minamino")).status == 404
    assert old_teacher.open(student.format("midorigaoka")).status == 200

    own_house.ask(TO_MIDNIGHT)
    assert old_teacher.open(student.format("midorigaoka")).status == 404
    assert old_office.open(student.format("midorigaoka")).status == 404
    assert new_teacher.open(student.format("minamino")).status == 200
    new_teacher.sees(
        family.name, family.guardian_name, "南野小学校 1年1組", "緑が丘小学校 1年1組",
        "2026年11月20日 転学", "出欠のこれまで", "病欠 発熱",
    )  # fmt: skip
    guardian.open("/m/shirakabano/family/")
    guardian.sees(family.name, "南野小学校 1年1組")
