"""Class lists, labels and photos: the whole class, every letter, one page where one is enough."""

import io
import re
from collections import Counter

import pypdfium2
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from PIL import Image
from python_calamine import CalamineWorkbook

from manabiya.apps.class_papers.models import StudentPhoto
from manabiya.kernel.audit.models import AuditEntry
from manabiya.roster.models import Enrollment, Homeroom, Student

BASE = "/m/shirakabano/school/midorigaoka"
AT_SCHOOL = [
    "principal",
    "vice_principal",
    "academic_affairs_head",
    "grade_head",
    "homeroom_teacher",
    "assistant_homeroom_teacher",
    "subject_teacher",
    "school_nurse",
    "office_staff",
]


@pytest.fixture
def homeroom(city):
    with city.tenant():
        return Homeroom.objects.get(school__slug="midorigaoka", name="2年1組")


@pytest.fixture
def children(city, homeroom):
    with city.tenant():
        rows = Enrollment.objects.filter(homeroom=homeroom).select_related("student")
        return list(rows.order_by("roll_number"))


def picture(size=(600, 800), kind="JPEG"):
    out = io.BytesIO()
    Image.new("RGB", size, (90, 140, 110)).save(out, kind, exif=_where()) if kind == "JPEG" else (
        Image.new("RGB", size).save(out, kind)
    )
    return out.getvalue()


def _where():
    exif = Image.Exif()
    exif[0x010F] = "CameraMaker"
    return exif


def uploaded(name, content):
    file = io.BytesIO(content)
    file.name = name
    return file


def text_of(content):
    document = pypdfium2.PdfDocument(content)
    return len(document), "\n".join(p.get_textpage().get_text_bounded() for p in document)


def squeezed(text):
    return re.sub(r"\s", "", text)


def test_class_list_holds_every_child_on_one_page(city, homeroom, children):
    answer = city.client("homeroom_teacher", "midorigaoka").get(
        f"{BASE}/papers/{homeroom.id}/list/pdf/"
    )
    assert answer["Content-Type"] == "application/pdf"
    pages, text = text_of(answer.content)
    assert pages == 1
    for row in children:
        assert squeezed(row.student.name) in squeezed(text)
        assert squeezed(row.student.kana) in squeezed(text)
    assert f"在籍{len(children)}名" in squeezed(text)
    assert "1/1頁" in squeezed(text)
    assert "以下余白" in squeezed(text)


LONG_NAMES = (
    ("オリヴェイラ", "グスタヴォ エンリケ マリア フェルナンダ"),
    ("デ・ラ・クルス", "アレハンドロ 健太郎"),
    ("長曽我部", "小夜子"),
)


@pytest.fixture
def forty(city, homeroom, children):
    """Let the class have forty children, most of a long name."""
    with city.tenant():
        for number in range(len(children) + 1, 41):
            student = Student.objects.create(
                family_name="長谷川", given_name="真理", family_kana="はせがわ", given_kana="まり",
                birth_date="2018-05-05", sex="female", reference=f"x{number}",
            )  # fmt: skip
            Enrollment.objects.create(
                student=student, school_id=homeroom.school_id, homeroom=homeroom, grade_level=2,
                roll_number=number, starts_on="2026-04-01",
            )  # fmt: skip
        seats = Enrollment.objects.filter(homeroom=homeroom).order_by("roll_number")
        for number, seat in enumerate(seats):
            family, given = LONG_NAMES[number % len(LONG_NAMES)]
            Student.objects.filter(pk=seat.student_id).update(family_name=family, given_name=given)
        return Counter(LONG_NAMES[n % len(LONG_NAMES)] for n in range(40))


def lines_of(text):
    """Return the lines of a paper without their spaces."""
    return [squeezed(line) for line in text.splitlines()]


def test_forty_long_names_stay_on_one_page_and_each_on_its_line(city, homeroom, forty):
    answer = city.client("office_staff", "midorigaoka").get(
        f"{BASE}/papers/{homeroom.id}/list/pdf/"
    )
    pages, text = text_of(answer.content)
    assert pages == 1
    for (family, given), count in forty.items():
        whole = [line for line in lines_of(text) if squeezed(family + given) in line]
        assert len(whole) == count
    assert "以下余白" not in text


@pytest.mark.parametrize("sheet", ["10", "24", "44"])
def test_long_names_on_labels_break_between_their_words_only(city, homeroom, forty, sheet):
    answer = city.client("office_staff", "midorigaoka").get(
        f"{BASE}/papers/{homeroom.id}/labels/{sheet}/"
    )
    lines = lines_of(text_of(answer.content)[1])
    for (family, given), count in forty.items():
        for word in (family, *given.split(" ")):
            assert sum(word in line for line in lines) == count, word


def test_photo_roster_of_forty_is_one_page(city, homeroom, forty):
    answer = city.client("office_staff", "midorigaoka").get(f"{BASE}/photos/{homeroom.id}/paper/")
    pages, text = text_of(answer.content)
    assert pages == 1
    assert sum("健太郎" in line for line in lines_of(text)) == forty[LONG_NAMES[1]]


def test_class_list_as_xlsx_and_csv(city, homeroom, children):
    client = city.client("office_staff", "midorigaoka")
    book = client.get(f"{BASE}/papers/{homeroom.id}/list/xlsx/").content
    rows = CalamineWorkbook.from_filelike(io.BytesIO(book)).get_sheet_by_index(0).to_python()
    assert [row[3] for row in rows[1:]] == [child.student.name for child in children]
    text = client.get(f"{BASE}/papers/{homeroom.id}/list/csv/").content.decode("utf-8-sig")
    assert text.count("\r\n") == len(children) + 1


def test_cp932_shows_first_which_letters_it_cannot_hold(city, homeroom, children):
    with city.tenant():
        everybody = [child.student_id for child in children]
        Student.objects.filter(pk__in=everybody).update(family_name="田中", given_kana="あい")
        for child, family in zip(children, ("𠮷田", "葛\U000e0100城", "髙﨑"), strict=False):
            Student.objects.filter(pk=child.student_id).update(family_name=family)
    client = city.client("office_staff", "midorigaoka")
    url = f"{BASE}/papers/{homeroom.id}/list/cp932/"
    page = client.get(url).content.decode()
    rows = dict(re.findall(r'<th scope="row" class="bigletter">(.+?)</th><td>(.+?)</td>', page))
    assert rows == {
        "𠮷": f"𠮷田 {children[0].student.given_name}",
        "葛\U000e0100": f"葛\U000e0100城 {children[1].student.given_name}",
    }
    text = client.get(f"{url}?accepted=1").content.decode("cp932")
    assert f"〓田 {children[0].student.given_name}" in text
    assert f"髙﨑 {children[2].student.given_name}" in text
    whole = client.get(f"{BASE}/papers/{homeroom.id}/list/csv/").content.decode("utf-8-sig")
    assert "葛\U000e0100城" in whole


def test_paper_says_whose_name_it_cannot_draw(city, homeroom, children):
    client = city.client("office_staff", "midorigaoka")
    url = f"{BASE}/papers/{homeroom.id}/list/pdf/"
    assert "書けない字" not in text_of(client.get(url).content)[1]
    with city.tenant():
        Student.objects.filter(pk=children[4].student_id).update(family_name="\ue123田")
    assert "正しく書けない字がある人:5番" in squeezed(text_of(client.get(url).content)[1])


@pytest.mark.parametrize("name", ["1/2年", "1年[A]", "'ひまわり'", "ことば:きこえ*", "学級" * 20])
def test_any_name_of_a_class_is_a_workbook(city, homeroom, children, name):
    with city.tenant():
        Homeroom.objects.filter(pk=homeroom.pk).update(name=name[:30])
    answer = city.client("office_staff", "midorigaoka").get(
        f"{BASE}/papers/{homeroom.id}/list/xlsx/"
    )
    rows = CalamineWorkbook.from_filelike(io.BytesIO(answer.content)).get_sheet_by_index(0)
    assert len(rows.to_python()) == len(children) + 1


@pytest.mark.parametrize(("sheet", "a_page"), [("10", 10), ("24", 24), ("44", 44)])
def test_labels_one_for_each_child(city, homeroom, children, sheet, a_page):
    answer = city.client("homeroom_teacher", "midorigaoka").get(
        f"{BASE}/papers/{homeroom.id}/labels/{sheet}/"
    )
    pages, text = text_of(answer.content)
    assert pages == -(-len(children) // a_page)
    for row in children:
        assert squeezed(row.student.name) in squeezed(text)


def test_unknown_paper_is_not_there(city, homeroom):
    client = city.client("homeroom_teacher", "midorigaoka")
    for part in ("list/docx", "labels/99"):
        assert client.get(f"{BASE}/papers/{homeroom.id}/{part}/").status_code == 404


def test_preferred_name_stands_on_the_list(city, homeroom, children):
    with city.tenant():
        student = children[3].student
        student.preferred_family_name, student.preferred_given_name = "山本", "レイ"
        student.preferred_family_kana, student.preferred_given_kana = "やまもと", "れい"
        student.preferred_used_in = [Student.NameUse.SCREEN]
        student.save()
    _, text = text_of(
        city.client("homeroom_teacher", "midorigaoka")
        .get(f"{BASE}/papers/{homeroom.id}/list/pdf/")
        .content
    )
    assert "山本レイ" in squeezed(text)
    assert squeezed(student.name) not in squeezed(text)


def test_photos_are_taken_by_the_number_in_their_name(city, homeroom, children):
    client = city.client("vice_principal", "midorigaoka")
    url = f"{BASE}/photos/{homeroom.id}/"
    files = [uploaded("2-1-03.jpg", picture()), uploaded("誰か.jpg", picture())]
    answer = client.post(url, {"photos": files})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "誰か.jpg" in page
    assert "出席番号がわかりません" in page
    with city.tenant():
        photo = StudentPhoto.objects.get()
        entry = AuditEntry.objects.get(action="class_papers.photo:keep")
    assert photo.student_id == children[2].student_id == entry.subject_id
    shown = client.get(f"{BASE}/photos/of/{photo.student_id}/")
    with Image.open(io.BytesIO(shown.content)) as kept:
        assert kept.size == (360, 480)
        assert len(kept.getexif()) == 0


def test_newest_photo_is_shown_and_the_paper_holds_it(city, homeroom, children):
    client = city.client("vice_principal", "midorigaoka")
    url = f"{BASE}/photos/{homeroom.id}/"
    for size in ((600, 800), (300, 900)):
        assert client.post(url, {"photos": [uploaded("1.png", picture(size, "PNG"))]}).url == url
    with city.tenant():
        assert StudentPhoto.objects.count() == 2
    page = client.get(url).content.decode()
    assert page.count("<img") == 1
    pages, text = text_of(client.get(f"{url}paper/").content)
    assert pages == 1
    assert squeezed(children[-1].student.name) in squeezed(text)
    student = client.get(f"{BASE}/students/{children[0].student_id}/").content.decode()
    assert f"/photos/of/{children[0].student_id}/" in student


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"no picture", "写真として開けません"),
        (b"<svg xmlns='x'/>", "写真として開けません"),
        (b"\x89PNG\r\n\x1a\n" + b"0" * 50, "写真として開けません"),
    ],
)
def test_what_is_no_picture_is_told_and_not_kept(city, homeroom, content, words):
    answer = city.client("vice_principal", "midorigaoka").post(
        f"{BASE}/photos/{homeroom.id}/", {"photos": [uploaded("1.jpg", content)]}
    )
    assert answer.status_code == 422
    assert words in answer.content.decode()
    with city.tenant():
        assert not StudentPhoto.objects.exists()


@pytest.mark.parametrize("role", ["subject_teacher", "school_nurse", "grade_head"])
def test_who_may_not_keep_photos_changes_nothing(city, homeroom, role):
    answer = city.client(role, "midorigaoka").post(
        f"{BASE}/photos/{homeroom.id}/", {"photos": [uploaded("1.jpg", picture())]}
    )
    assert answer.status_code == 403
    with city.tenant():
        assert not StudentPhoto.objects.exists()


def test_teacher_cannot_keep_photos_of_another_class(city, homeroom):
    teacher = city.client("homeroom_teacher", "midorigaoka")  # of 1年1組
    answer = teacher.post(
        f"{BASE}/photos/{homeroom.id}/", {"photos": [uploaded("1.jpg", picture())]}
    )
    assert answer.status_code == 404
    with city.tenant():
        assert not StudentPhoto.objects.exists()


@pytest.mark.parametrize("role", AT_SCHOOL)
def test_everybody_at_school_prints_lists(city, homeroom, role):
    client = city.client(role, "midorigaoka")
    assert client.get(f"{BASE}/papers/").status_code == 200
    assert client.get(f"{BASE}/papers/{homeroom.id}/list/pdf/").status_code == 200


def test_papers_of_another_school_are_not_there(city, homeroom):
    client = city.client("vice_principal", "higashikawabata")
    there = "/m/shirakabano/school/higashikawabata"
    for part in (f"papers/{homeroom.id}/list/pdf", f"photos/{homeroom.id}"):
        assert client.get(f"{there}/{part}/").status_code == 404


def asked(client, path):
    """Return how many questions a page of the school asks."""
    with CaptureQueriesContext(connection) as captured:
        assert client.get(f"{BASE}/{path}").status_code == 200
    return len(captured.captured_queries)


@pytest.mark.parametrize(
    ("part", "most"),
    [
        ("papers/", 16),
        ("photos/{}/", 23),
        ("photos/{}/paper/", 17),
        ("papers/{}/list/pdf/", 15),
        ("papers/{}/list/xlsx/", 15),
        ("papers/{}/list/cp932/", 15),
        ("papers/{}/labels/24/", 15),
    ],
)
def test_papers_ask_the_same_for_one_child_and_for_forty_with_photos(
    city, homeroom, children, forty, part, most
):
    client = city.client("vice_principal", "midorigaoka")
    path = part.format(homeroom.id)
    url = f"{BASE}/photos/{homeroom.id}/"
    photos = [uploaded(f"{n}.png", picture((90, 120), "PNG")) for n in range(1, 41)]
    client.post(url, {"photos": photos[:20]})
    client.post(url, {"photos": photos[20:]})
    with city.tenant():
        assert StudentPhoto.objects.count() == 40
    asked(client, path)
    many = asked(client, path)
    with city.tenant():
        seats = Enrollment.objects.filter(homeroom=homeroom, roll_number__gt=1)
        assert seats.count() == 39
        seats.delete()
    assert asked(client, path) == many
    assert many <= most


def test_overview_asks_the_same_for_few_classes_and_for_many(city, homeroom):
    client = city.client("vice_principal", "midorigaoka")
    asked(client, "papers/")
    few = asked(client, "papers/")
    with city.tenant():
        for number in range(30):
            Homeroom.objects.create(
                school_id=homeroom.school_id, school_year=2026, name=f"増{number}組",
                position=50 + number,
            )  # fmt: skip
    assert asked(client, "papers/") == few
