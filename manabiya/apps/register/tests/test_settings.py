"""出席簿の決まり: marks, 男女 counts and delegation from a month on; closed months stay."""

from datetime import date

import pytest
from django.http import Http404
from hypothesis import given
from hypothesis import strategies as st

from manabiya.apps.register import queries, services
from manabiya.apps.register.document import DEFAULT_SYMBOLS, MEANINGS
from manabiya.apps.register.models import RegisterSettings
from manabiya.apps.register.rules import ABSENT, EXCUSED, clash_of
from manabiya.kernel.access.policies import Refused
from manabiya.kernel.audit.models import AuditEntry
from manabiya.kernel.registry import SettingsRefused

PAGE = "/m/shirakabano/board/settings/register/"
NOVEMBER, DECEMBER, JANUARY = date(2026, 11, 1), date(2026, 12, 1), date(2027, 1, 1)
NOT_THE_BOARD = (
    "principal", "vice_principal", "academic_affairs_head", "homeroom_teacher", "school_nurse",
    "office_staff",
)  # fmt: skip


def decide(city, month, role="board_officer", school="", sexes=False, delegates=False, **marks):
    return services.set_register(
        actor=city.actor(role, school), valid_from=month,
        symbols={**DEFAULT_SYMBOLS, **marks}, counts_by_sex=sexes,
        delegates_confirmation=delegates, now=city.now(),
    )  # fmt: skip


def marks_of(room, month):
    return queries.live_month(room.id, month, room.city.today).document["symbols"]


@pytest.mark.parametrize("role", NOT_THE_BOARD)
def test_nobody_at_school_decides_or_takes_back(scope, role):
    ahead = RegisterSettings.objects.create(valid_from=JANUARY)
    with pytest.raises(Refused):
        decide(scope, DECEMBER, role, "midorigaoka")
    with pytest.raises(Refused):
        services.drop_register_settings(
            actor=scope.actor(role, "midorigaoka"), row_id=ahead.pk, now=scope.now()
        )
    assert list(RegisterSettings.objects.values_list("pk", flat=True)) == [ahead.pk]


def test_marks_change_with_the_month_they_are_decided_for_and_not_before(room):
    row = decide(room.city, DECEMBER, absent_sick="ビ", sexes=True)
    assert marks_of(room, NOVEMBER)["absent_sick"] == "病"
    assert marks_of(room, DECEMBER)["absent_sick"] == "ビ"
    december = queries.live_month(room.id, DECEMBER, room.city.today).document
    assert ["ビ", "病欠"] in december["legend"]
    assert "male" in december["enrolled"]
    november = queries.live_month(room.id, NOVEMBER, room.city.today).document
    assert ["病", "病欠"] in november["legend"]
    assert "male" not in november["enrolled"]
    entry = AuditEntry.objects.get(action="register.settings:set")
    assert (entry.subject_id, entry.details["valid_from"]) == (row.pk, "2026-12-01")


def test_this_month_may_change_while_no_class_closed_it_once(room):
    decide(room.city, NOVEMBER, S5="弔")
    assert marks_of(room, NOVEMBER)["S5"] == "弔"
    assert marks_of(room, room.month)["S5"] == "忌"
    with pytest.raises(SettingsRefused, match="もう始まっています"):
        decide(room.city, NOVEMBER, S5="喪")
    assert RegisterSettings.objects.get().symbols["S5"] == "弔"


def test_a_month_a_class_closed_keeps_its_marks(room):
    version = room.close()
    room.month = NOVEMBER
    from manabiya.apps.register.models import RegisterVersion

    RegisterVersion.objects.create(
        homeroom_id=room.id, month=NOVEMBER, number=1, sequence=2, document="{}",
        sha256="a" * 64, previous_sha256=version.sha256, made_by_id=version.made_by_id,
        made_at=room.city.now(),
    )  # fmt: skip
    with pytest.raises(
        SettingsRefused, match="2026年11月の出席簿を締めた学級があります。2026年12月1日"
    ):
        decide(room.city, NOVEMBER)
    assert decide(room.city, DECEMBER).valid_from == DECEMBER


def test_marks_decided_later_leave_a_closed_month_as_it_was(room):
    from manabiya.apps.register.verify import verify_class

    version = room.close()
    decide(room.city, NOVEMBER, absent_sick="ビ")
    assert queries.document_of(version)["symbols"]["absent_sick"] == "病"
    assert marks_of(room, room.month)["absent_sick"] == "病"
    assert verify_class(room.id, room.city.today) == []


@pytest.mark.parametrize(
    ("day", "said"),
    [
        (date(2026, 12, 2), "月の1日を選んでください"),
        (date(2026, 10, 1), "過ぎた月からは決められません"),
    ],
)
def test_middle_of_a_month_and_months_gone_by_are_refused(scope, day, said):
    with pytest.raises(SettingsRefused, match=said):
        decide(scope, day)
    assert not RegisterSettings.objects.exists()


@pytest.mark.parametrize(
    ("marks", "said"),
    [
        ({"late": "病"}, "記号「病」が「病欠」と「遅刻」の両方"),
        ({"S1": ""}, "「出席停止\\(感染症\\)」の記号は、1字か2字"),
        ({"S1": "停 止"}, "1字か2字"),
        ({"late": "遅刻届"}, "1字か2字"),
    ],
)
def test_marks_that_can_not_be_told_apart_or_written_are_refused(scope, marks, said):
    with pytest.raises(SettingsRefused, match=said):
        decide(scope, DECEMBER, **marks)
    assert not RegisterSettings.objects.exists()


@given(st.dictionaries(st.sampled_from(list(MEANINGS)), st.sampled_from("病事停遅")))
def test_a_clash_is_two_codes_of_different_kinds_with_one_mark(marks):
    clash = clash_of(marks)
    kinds = {
        (mark, "absent" if code in ABSENT else "excused" if code in EXCUSED else code)
        for code, mark in marks.items()
    }
    assert (clash is not None) == (len(kinds) > len(set(marks.values())))


def test_confirmation_is_delegated_from_the_month_on_and_not_before(room):
    services.check_month(**room.of(room.teacher))
    services.close_month(**room.of(room.actor("vice_principal")))
    asked = room.of(room.actor("vice_principal"))
    decide(room.city, DECEMBER, delegates=True)
    with pytest.raises(services.RegisterRefused, match="校長が行います"):
        services.confirm_month(**asked)
    decide(room.city, NOVEMBER, delegates=True)
    assert services.confirm_month(**asked).kind == "confirmed"


def test_what_has_not_begun_is_taken_back_and_what_holds_is_not(scope):
    officer = scope.actor("board_officer")
    rows = [decide(scope, NOVEMBER), decide(scope, JANUARY)]
    with pytest.raises(SettingsRefused, match="もう始まっている"):
        services.drop_register_settings(actor=officer, row_id=rows[0].pk, now=scope.now())
    services.drop_register_settings(actor=officer, row_id=rows[1].pk, now=scope.now())
    assert RegisterSettings.objects.get().pk == rows[0].pk
    with pytest.raises(Http404):
        services.drop_register_settings(actor=officer, row_id=rows[1].pk, now=scope.now())


def test_officer_changes_a_mark_on_the_page(city, monkeypatch):
    monkeypatch.setattr("manabiya.kernel.clock.school_now", lambda municipality: city.now())
    client = city.client("board_officer")
    form = client.get(PAGE).context["form"]
    assert form.initial["valid_from"] == DECEMBER
    values = {name: str(form.initial[name]) for name in form.fields} | {"mark_S5": "弔"}
    values["valid_from"] = DECEMBER.isoformat()
    done = client.post(PAGE, values, follow=True).content.decode()
    assert "2026年12月1日(火)からの決まりを入れました。" in done
    assert "弔=忌引" in done
    refused = client.post(PAGE, values | {"mark_late": "病"})
    assert refused.status_code == 409
    assert "の両方になっています" in refused.content.decode()
