"""The paper in wrong hands, too late, or twice."""

import re
from datetime import timedelta

import pytest

from tests.journeys.papers import join, paper_for

SECRET = "yukimichi-no-asa"
REFUSED = "この紙は使えません"


@pytest.fixture
def clerk(desk):
    return desk().demo("事務職員")


def hats(house, guardian):
    """Return the accounts that wear a guardian's hat."""
    rows = house.ask(
        "SELECT account_id FROM identity_membership WHERE hat = 'guardian' AND person_id = %s"
        " AND revoked_at IS NULL",
        guardian,
    )
    return [row.account_id for row in rows]


def try_birth_date(person, text):
    person.page.get_by_label("お子さんの生年月日").fill(text)
    person.press("つぎへ")


def test_birth_date_of_another_child_opens_nothing_and_five_close_the_paper(
    house, families, clerk, phone
):
    family, other = families.take("4年1組"), families.take("4年1組")
    assert family.birth_date != other.birth_date
    address = paper_for(clerk, family)
    stranger = phone()
    stranger.open(address)
    for _ in range(5):
        try_birth_date(stranger, other.born)
        stranger.sees("お子さんの生年月日とちがいます。入力は残っています。")
        assert stranger.page.get_by_label("お子さんの生年月日").input_value() == other.born
    try_birth_date(stranger, family.born)
    stranger.sees("まちがいが続いたため、この紙は使えなくなりました。")
    late = phone()
    late.open(address)
    try_birth_date(late, family.born)
    late.sees("まちがいが続いたため、この紙は使えなくなりました。")
    assert hats(house, family.guardian) == []


def test_expired_paper_is_refused(house, families, clerk, phone):
    family = families.take("4年1組")
    address = paper_for(clerk, family)
    house.ask(
        "UPDATE invitations_invitation SET expires_at = expires_at - %s WHERE guardian_id = %s",
        timedelta(days=30, seconds=1),
        family.guardian,
    )
    guardian = phone()
    assert guardian.open(address).status == 410
    guardian.reads(REFUSED)
    clerk.open(f"{family.school_path}invitations/?class={family.homeroom}")
    row = clerk.page.get_by_role("row").filter(has_text=family.guardian_name)
    assert "期限切れ" in row.inner_text()
    assert hats(house, family.guardian) == []


def test_paper_issued_again_revokes_the_old_one(house, families, clerk, phone):
    family = families.take("4年1組")
    old, new = paper_for(clerk, family), paper_for(clerk, family)
    assert old != new
    guardian = phone()
    assert guardian.open(old).status == 410
    guardian.reads(REFUSED)
    join(guardian, family, new)
    assert len(hats(house, family.guardian)) == 1


def test_used_paper_gives_no_second_account(house, families, clerk, phone):
    family = families.take("4年1組", where=lambda family: family.others)
    address = paper_for(clerk, family)
    name = join(phone(), family, address)
    assert re.fullmatch(r"[a-z]+-[a-z]+-\d{2}", name)
    owners = hats(house, family.guardian)
    assert len(owners) == 1
    second = phone()
    assert second.open(address).status == 410
    second.reads(REFUSED)
    assert hats(house, family.guardian) == owners
    assert [hats(house, other) for other in family.others] == [[]] * len(family.others)


def test_paper_opened_by_two_is_bound_to_the_first(house, families, clerk, phone):
    """The other parent has read the same paper at the same time: it is no paper of theirs."""
    family = families.take("4年2組", where=lambda family: family.others)
    address = paper_for(clerk, family)
    mother, father = phone(), phone()
    for person in (mother, father):
        person.open(address)
        try_birth_date(person, family.born)
        person.page.get_by_role("textbox", name="パスワード").fill(SECRET)
    mother.press("パスワードにする")
    mother.reads("登録できました")
    father.press("パスワードにする")
    father.sees("この紙はもう使われました。学校に新しい紙を頼んでください。")
    assert len(hats(house, family.guardian)) == 1
    assert [hats(house, other) for other in family.others] == [[]] * len(family.others)


def test_paper_of_another_guardian_is_not_added_to_a_login(house, families, clerk, phone):
    """Somebody who is inside as one guardian can't put on the hat named on another's paper."""
    mine, theirs = families.take("4年2組"), families.take("4年2組")
    guardian = phone()
    join(guardian, mine, paper_for(clerk, mine))
    guardian.open(paper_for(clerk, theirs))
    try_birth_date(guardian, theirs.born)
    guardian.press("この画面に足す")
    guardian.sees("この紙は、ほかの保護者の方のものです。")
    assert hats(house, theirs.guardian) == []
    guardian.open("/m/shirakabano/family/")
    guardian.sees(mine.name)
    assert theirs.name not in guardian.page.locator("main").inner_text()


def test_lost_login_comes_back_with_a_paper_after_an_identity_check(house, families, clerk, phone):
    family = families.take("4年2組")
    first = phone()
    name = join(first, family, paper_for(clerk, family))
    address = paper_for(clerk, family, ends_login=True)
    assert first.open("/m/shirakabano/family/").status == 404
    assert hats(house, family.guardian) == []
    new = phone()
    join(new, family, address)
    new.follow("ホームへ")
    new.sees(family.name)
    assert len(hats(house, family.guardian)) == 1
    assert name
