"""Find a child by the beginning of its name, however it is typed."""

import pytest

from manabiya.roster.models import Enrollment, Student
from manabiya.roster.protection.search import find_children
from manabiya.roster.queries.students import student_lines

BASE = "/m/shirakabano/school/midorigaoka/"


@pytest.fixture
def children(city):
    """Name four children of 1年1組 by hand; return their ids by a word."""
    names = {
        "plain": ("勅使河原", "しょう子", "てしがわら", "しょうこ"),
        "old": ("喜屋武", "京太", "キヤン", "キヨウタ"),
        "dots": (
            "デ・ラ・クルス",
            "アレハンドロ 健太郎",
            "で・ら・くるす",
            "あれはんどろ けんたろう",
        ),
        "called": ("グエン", "ティ ミン アイン", "ぐえん", "てぃ みん あいん"),
    }
    with city.tenant():
        seats = Enrollment.objects.filter(homeroom_id=city.homeroom_id("1年1組"))
        found = {}
        for seat, (word, name) in zip(seats.order_by("roll_number"), names.items(), strict=False):
            child = Student.objects.get(pk=seat.student_id)
            child.family_name, child.given_name, child.family_kana, child.given_kana = name
            if word == "called":
                child.preferred_family_name, child.preferred_given_name = "𠮷村", "真理"
                child.preferred_family_kana, child.preferred_given_kana = "よしむら", "まり"
                child.preferred_used_in = [Student.NameUse.SCREEN]
            child.save()
            found[word] = child.id
    return found


TYPED = [
    ("plain", "てし"),
    ("plain", "テシガワラ"),
    ("plain", "ﾃｼｶﾞﾜﾗ"),
    ("plain", "ﾃｼｶﾞﾜﾗ ｼｮｳ"),
    ("plain", " てしがわら しょうこ "),
    ("plain", "てしがわら\u3000しょうこ"),
    ("plain", "てしがわらしようこ"),
    ("plain", "テシガワラシヨウコ"),
    ("plain", "勅使"),
    ("plain", "勅使河原 しょう"),
    ("old", "きやんきょうた"),
    ("old", "ｷｬﾝｷｮｳﾀ"),
    ("dots", "で・ら・くるす"),
    ("dots", "デラクルス"),
    ("dots", "ﾃﾞ･ﾗ･ｸﾙｽ"),
    ("dots", "デ・ラ・クルスアレハンドロ健太郎"),
    ("called", "よしむら まり"),
    ("called", "𠮷村"),
    ("called", "𠮷村真理"),
    ("called", "ぐえん てぃ"),
    ("called", "グエンティ"),
]


@pytest.mark.parametrize(("word", "typed"), TYPED)
def test_child_is_found_however_its_name_is_typed(city, children, word, typed):
    with city.tenant():
        viewer = city.actor("vice_principal", "midorigaoka")
        lines = {line.student_id for line in student_lines(viewer, today=city.today, typed=typed)}
        found = {child.student_id for child in find_children(viewer, typed)}
        assert lines & set(children.values()) == {children[word]}
        assert found & set(children.values()) == {children[word]}
        assert len(lines) < 10


@pytest.mark.parametrize("typed", ["がわら", "てしがわらあ", "村", "てしか"])
def test_other_beginnings_find_none_of_them(city, children, typed):
    with city.tenant():
        viewer = city.actor("vice_principal", "midorigaoka")
        found = {line.student_id for line in student_lines(viewer, today=city.today, typed=typed)}
    assert not found & set(children.values())


@pytest.mark.parametrize("typed", ["・", "-", "%", "_", "\\", "\u3000・"])
def test_signs_alone_find_nobody(city, children, typed):
    with city.tenant():
        viewer = city.actor("vice_principal", "midorigaoka")
        assert student_lines(viewer, today=city.today, typed=typed) == []
        assert find_children(viewer, typed) == []


def test_spaces_alone_list_everybody(city, children):
    with city.tenant():
        viewer = city.actor("vice_principal", "midorigaoka")
        every = student_lines(viewer, today=city.today)
        assert student_lines(viewer, today=city.today, typed=" \u3000") == every
        assert len(every) > 300
