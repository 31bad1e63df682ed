"""The green bar holds seven words at most; what is of the roster stands below one of them."""

import pytest

SCHOOL = "/m/shirakabano/school/midorigaoka/"
BOARD = "/m/shirakabano/board/"
MOST = 7


@pytest.mark.parametrize("role", ["board_officer", "board_administrator"])
def test_bar_of_the_board(city, role):
    client = city.client(role)
    words = [item.label for item in client.get(BOARD).context["nav"]]
    assert "名簿" in words
    assert len(words) <= MOST
    for address, tab in (
        ("transfers/", "転出入"),
        ("transfers/record/", "転出入"),
        ("transfers/arrival/", "転出入"),
        ("transfers/departure/", "転出入"),
        ("staff/coming/", "これからの職"),
        ("protection/", "支援措置"),
        ("imports/", "名簿の取り込み"),
    ):
        page = client.get(f"{BOARD}{address}").context
        assert [item.label for item in page["nav"] if item.is_current] == ["名簿"]
        assert [item.label for item in page["tabs"]] == [
            "転出入", "これからの職", "教職員のログイン", "支援措置", "名簿の取り込み",
        ]  # fmt: skip
        assert [item.label for item in page["tabs"] if item.is_current] == [tab], address


@pytest.mark.parametrize("role", ["principal", "vice_principal", "office_staff", "school_nurse"])
def test_bar_of_a_school(city, role):
    page = city.client(role, "midorigaoka").get(SCHOOL)
    assert len(page.context["nav"]) <= MOST
