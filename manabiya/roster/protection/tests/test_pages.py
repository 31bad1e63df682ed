"""The pages of protection: who sees what, what is logged, what is shown once."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from manabiya.kernel.audit.models import AuditEntry
from manabiya.roster.models import AddressOpening, Guardian, GuardianRight, Protection, Student
from manabiya.roster.protection import services

BASE = "/m/shirakabano/school/midorigaoka/"
BOARD = "/m/shirakabano/board/"
PHONE = "090-0000-8881"


def names(*ids):
    return [row.name for model in (Student, Guardian) for row in model.objects.filter(pk__in=ids)]


def asked(family, **changed):
    """Return what the form of the family's child sends."""
    return {
        "students": [str(family.child), str(family.sibling)],
        "guardians": [str(family.kept_out)],
        "names": "",
        "basis": "support_measure",
        "note": "",
        "starts_on": "2026-11-20",
        "review_on": "2027-05-19",
        **changed,
    }


@pytest.fixture
def boss(scope):
    return scope.client("principal", "midorigaoka")


def test_principal_finds_the_child_sees_siblings_ticked_and_decides(scope, family, boss):
    child = Student.objects.get(pk=family.child)
    page = boss.get(f"{BASE}protection/choose/", {"q": child.family_kana}).content.decode()
    address = f"{BASE}protection/set/{family.child}/"
    assert address in page
    page = boss.get(address).content.decode()
    for student in (family.child, family.sibling):
        box = re.search(rf'<input[^>]*value="{student}"[^>]*>', page).group()
        assert "checked" in box
    for guardian in (family.mother, family.kept_out):
        box = re.search(rf'<input[^>]*value="{guardian}"[^>]*>', page).group()
        assert "checked" not in box
    assert "東川端中学校" in page
    answer = boss.post(address, asked(family), follow=True)
    assert "2名の支援措置を決めました。" in answer.content.decode()
    assert Protection.objects.filter(ended_on=None).count() == 2
    listed = answer.content.decode()
    for name in names(family.child, family.kept_out):
        assert name in listed
    assert names(family.sibling)[0] not in listed, "the sibling stands in its own school's list"


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"guardians": []}, "遠ざける人を、一人以上選ぶか書いてください。"),
        ({"starts_on": "2026-11-21"}, "決めるとすぐに効きます。"),
        ({"review_on": ""}, "日を入れてください。"),
        ({"review_on": "2026-11-20"}, "見直す日は、明日から1年以内の日にしてください。"),
        ({"basis": ""}, "理由を選んでください。"),
        ({"students": []}, "守る子ども"),
        ({"guardians": ["01a210d3-bb15-7f87-9944-ca9b3ba2b3d5"]}, "この家庭の人を選んでください。"),
    ],
)
def test_form_says_what_is_wrong_and_keeps_what_was_typed(scope, family, boss, changed, words):
    answer = boss.post(
        f"{BASE}protection/set/{family.child}/", asked(family, note="覚えの言葉", **changed)
    )
    page = answer.content.decode()
    assert answer.status_code == 422
    assert words in page
    assert "覚えの言葉" in page
    assert Protection.objects.count() == 0


def test_child_of_the_page_cannot_be_left_out(scope, family, boss):
    answer = boss.post(
        f"{BASE}protection/set/{family.child}/", asked(family, students=[str(family.sibling)])
    )
    assert "この画面の子どもは外せません。" in answer.content.decode()
    assert Protection.objects.count() == 0


def test_person_without_registration_is_written_with_who_it_is(scope, family, boss):
    boss.post(
        f"{BASE}protection/set/{family.child}/",
        asked(family, guardians=[], names="山田 太郎、父の兄\n\n 佐藤 花子 \n"),
    )
    page = boss.get(f"{BASE}protection/").content.decode()
    assert "佐藤 花子、山田 太郎(父の兄)" in page


def test_nothing_typed_lists_nobody(scope, boss):
    page = boss.get(f"{BASE}protection/choose/", {"q": " "}).content.decode()
    assert "protection/set/" not in page


def test_search_of_a_school_finds_its_own_children_only_and_the_boards_all(scope, family, boss):
    sibling = Student.objects.get(pk=family.sibling)
    query = {"q": sibling.reference}
    assert str(sibling.id) not in boss.get(f"{BASE}protection/choose/", query).content.decode()
    board = scope.client("board_officer")
    assert str(sibling.id) in board.get(f"{BOARD}protection/choose/", query).content.decode()
    assert boss.get(f"{BASE}protection/set/{sibling.id}/").status_code == 404


def test_board_sets_reviews_and_ends_under_its_own_addresses(scope, family):
    board = scope.client("board_administrator")
    answer = board.post(f"{BOARD}protection/set/{family.child}/", asked(family))
    assert answer.url == f"{BOARD}protection/"
    protection = Protection.objects.get(student_id=family.child)
    answer = board.post(f"{BOARD}protection/{protection.id}/review/", {"review_on": "2026-12-01"})
    assert answer.url == f"{BOARD}protection/"
    page = board.get(f"{BOARD}protection/{protection.id}/end/").content.decode()
    assert "終えても、権利は戻りません" in page
    refused = board.post(f"{BOARD}protection/{protection.id}/end/", {"reason": "短い"})
    assert refused.status_code == 422
    board.post(f"{BOARD}protection/{protection.id}/end/", {"reason": "申し出が取り下げられた"})
    page = board.get(f"{BOARD}protection/").content.decode()
    assert "申し出が取り下げられた" in page
    assert Protection.objects.filter(ended_on=None).count() == 1


def test_reading_the_list_is_logged_as_class_one(scope, protect, boss):
    protect()
    boss.get(f"{BASE}protection/")
    scope.client("board_officer").get(f"{BOARD}protection/")
    for action in ("read:protection", "read:board-protection"):
        assert AuditEntry.objects.get(action=action).data_class == 1


@pytest.fixture
def phone(family):
    Guardian.objects.filter(pk=family.mother).update(phone=PHONE)
    return PHONE


def test_opened_once_with_a_reason_and_gone_when_loaded_again(scope, family, protect, phone, boss):
    protect()
    address = f"{BASE}students/{family.child}/contacts/"
    assert phone not in boss.get(address).content.decode()
    refused = boss.post(address, {"reason": "電話"})
    assert refused.status_code == 422
    assert phone not in refused.content.decode()
    opened = boss.post(address, {"reason": "けがで病院から電話が要る"})
    assert opened.status_code == 200
    assert phone in opened.content.decode()
    assert opened.headers["Cache-Control"] == "no-store"
    assert phone not in boss.get(address).content.decode()
    assert AddressOpening.objects.count() == 1
    page = boss.get(f"{BASE}protection/").content.decode()
    assert "けがで病院から電話が要る" in page


def test_without_a_second_factor_today_nothing_opens(scope, family, protect, phone):
    protect()
    client = scope.client("office_staff", "midorigaoka", is_strong=False)
    answer = client.post(
        f"{BASE}students/{family.child}/contacts/", {"reason": "けがで病院から電話が要る"}
    )
    assert answer.status_code == 302
    assert answer.url.startswith("/account/strong/")
    assert AddressOpening.objects.count() == 0


@pytest.mark.parametrize(
    "role",
    ["homeroom_teacher", "school_nurse", "academic_affairs_head", "grade_head", "subject_teacher",
     "assistant_homeroom_teacher", "ict_supporter", "board_officer", "board_administrator"],
)  # fmt: skip
def test_no_other_role_opens_them_or_reads_a_byte(scope, family, protect, phone, role):
    protect()
    client = scope.client(role, "" if role.startswith("board") else "midorigaoka")
    for url in (f"{BASE}students/{family.child}/contacts/", f"{BASE}students/{family.child}/"):
        for answer in (client.get(url), client.post(url, {"reason": "けがで病院から電話が要る"})):
            assert answer.status_code in (200, 403, 404)
            assert phone not in answer.content.decode()
            assert answer.status_code != 200 or "contacts" not in url
    assert AddressOpening.objects.count() == 0


@pytest.mark.parametrize("role", ["principal", "office_staff", "school_nurse"])
def test_page_of_the_child_says_to_ask_a_manager_first(scope, family, protect, phone, role):
    client = scope.client(role, "midorigaoka")
    url = f"{BASE}students/{family.child}/"
    before = client.get(url).content.decode()
    assert phone in before
    assert "連絡前に管理職へ" not in before
    protect()
    page = client.get(url).content.decode()
    assert "連絡前に管理職へ" in page
    assert phone not in page
    assert ("/contacts/" in page) is (role != "school_nurse")


@pytest.mark.parametrize(
    ("days", "words", "is_red"),
    [
        (40, None, False),
        (30, "見直す日が30日以内の支援措置 1名", False),
        (-1, "見直す日を過ぎた支援措置 1名", True),
    ],
)
def test_managers_today_warns_with_a_count_and_a_link(scope, protect, boss, days, words, is_red):
    protect()
    Protection.objects.update(review_on=scope.today + timedelta(days=days))
    page = boss.get(BASE).content.decode()
    block = page[page.index('id="protection"') :] if 'id="protection"' in page else ""
    assert (words is None) is (block == "")
    if words:
        assert words in block
        assert f'href="{BASE}protection/"' in block
        assert ('class="alarm"' in block.split("</section>")[0]) is is_red


def test_teachers_today_says_nothing_of_it(scope, protect):
    protect()
    Protection.objects.update(review_on=scope.today)
    page = scope.client("homeroom_teacher", "midorigaoka").get(BASE).content.decode()
    assert "支援措置" not in page


def test_excluded_person_who_also_works_for_the_city_is_pointed_out(scope, family, boss, protect):
    from manabiya.kernel.identity.models import Membership

    teacher = scope.membership("subject_teacher", "midorigaoka")
    Membership.objects.create(
        account=teacher.account, municipality_id=teacher.municipality_id, hat="guardian",
        person_id=family.kept_out,
    )  # fmt: skip
    protect()
    page = boss.get(f"{BASE}protection/").content.decode()
    assert "市の教職員として入れる人がいます" in page


def test_list_asks_as_many_questions_for_one_as_for_many(scope, family, boss, protect, word):
    def count():
        with CaptureQueriesContext(connection) as found:
            assert boss.get(f"{BASE}protection/").status_code == 200
        return len([q for q in found if "SAVEPOINT" not in q["sql"]])

    def opens(student_id):
        services.open_address(
            actor=principal, student_id=student_id, reason="問い合わせのため", now=scope.now()
        )

    principal = scope.actor("principal", "midorigaoka")
    protect(student_ids=[family.child], outsiders=[services.Outsider("山田 太郎")])
    opens(family.child)
    one = count()
    assert one <= 18, "nine for the page; session, hat, municipality and log ask the others"
    rights = GuardianRight.objects.filter(
        student__enrollments__school__slug="midorigaoka", call_order=1
    ).exclude(student_id=family.child)
    for right in rights.order_by("id")[:12]:
        services.set_protection(
            actor=principal, student_ids=[right.student_id], word=word(), now=scope.now(),
            guardian_ids=[right.guardian_id], outsiders=[services.Outsider("山田 太郎")],
        )  # fmt: skip
        opens(right.student_id)
    assert count() == one
