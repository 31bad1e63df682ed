"""A family is protected: what the excluded person, the other guardian and the school find then."""

from dataclasses import replace

from tests.journeys.house import until
from tests.journeys.papers import join, paper_for

HOME = "/m/shirakabano/family/"
GUARDIAN = "SELECT family_name || ' ' || given_name, phone FROM roster_guardian WHERE id = %s"
REVOKED = "SELECT count(*) FROM invitations_invitation WHERE guardian_id = %s AND revoked_at > now() - interval '5 minutes' AND used_at IS NULL"
NOWHERE = "今日入れるところがありません"
REASON = "けがをしたので病院に知らせる"


def two_guardians(house, families):
    """Return the same child with the guardian called first and with the other one."""
    first = families.take("5年1組", where=lambda family: family.others)
    person = first.others[0]
    name = house.ask(GUARDIAN, person)[0][0]
    return first, replace(first, guardian=person, guardian_name=name)


def decide(principal, family):
    """Let the principal find the child, choose the person and decide."""
    page = principal.page
    principal.open(f"{family.school_path}protection/")
    principal.follow("支援措置を決める")
    page.get_by_label("名前のはじめ").fill(family.name.split()[0])
    principal.press("さがす")
    page.get_by_role("row").filter(has_text=family.name).filter(
        has_text=family.homeroom_name
    ).get_by_role("link").click()
    principal.reads(f"支援措置を決める {family.name}")
    page.get_by_label(family.guardian_name).check()
    page.get_by_label("理由", exact=True).select_option("support_measure")
    principal.press("支援措置を決める")
    principal.sees("の支援措置を決めました。遠ざけた人は、いまから何も見られません。")


def test_protection_is_set_and_proven_and_ended_by_nobody_but_a_person(
    house, families, desk, phone
):
    clerk, principal, nurse = desk().demo("事務職員"), desk().demo("校長"), desk().demo("養護教諭")
    mothers, fathers = two_guardians(house, families)
    mother, father = phone(), phone()
    login = join(father, fathers, paper_for(clerk, fathers))
    join(mother, mothers, paper_for(clerk, mothers))
    for person in (mother, father):
        person.open(HOME)
        person.sees(mothers.name)
    open_paper = paper_for(clerk, fathers)
    ((mothers_name, mothers_phone),) = house.ask(GUARDIAN, mothers.guardian)

    decide(principal, fathers)

    assert father.open(HOME).status == 404
    father.open("/")
    father.reads(NOWHERE)
    again = phone().log_in(login, "yukimichi-no-asa")
    again.reads(NOWHERE)
    assert mothers.name not in again.page.content()
    stranger = phone()
    assert stranger.open(open_paper).status == 410
    stranger.reads("この紙は使えません")
    assert until(lambda: house.number(REVOKED, fathers.guardian) == 1)
    mother.open(HOME)
    mother.sees(mothers.name)

    address = f"{mothers.school_path}students/{mothers.student}/"
    nurse.open(address)
    nurse.sees("連絡前に管理職へ", mothers_name)
    assert mothers_phone not in nurse.page.content()
    assert nurse.open(f"{address}contacts/").status == 403
    clerk.open(address)
    assert mothers_phone not in clerk.page.content()
    clerk.follow("理由を書いて住所・電話を開く")
    clerk.page.get_by_label("開く理由").fill(REASON)
    clerk.press("住所・電話を開く")
    clerk.sees("この画面を離れると、もう出ません", mothers_phone)
    clerk.open(f"{address}contacts/")
    assert mothers_phone not in clerk.page.content()

    principal.open(f"{mothers.school_path}protection/")
    principal.sees(REASON, fathers.guardian_name)
    principal.page.get_by_role("row").filter(has_text=mothers.name).filter(
        has_text=mothers.homeroom_name
    ).get_by_role("link", name="終える").click()
    principal.sees("終えても、権利は戻りません")
    principal.page.get_by_label("終える理由").fill("家庭から取り下げの申し出")
    principal.press(f"{mothers.name}の支援措置を終える")
    principal.sees("支援措置を終えました。権利は戻っていません。", "家庭から取り下げの申し出")
    assert father.open(HOME).status == 404
    nurse.open(address)
    nurse.sees(mothers_phone)
