"""Log in as the excluded person, ask for everything, and find nothing in any byte.

Every address of the URL table × every id of the family × GET and POST, redirects followed:
status, headers, HTML, JSON, tables and PDF are read, and what is found is compared with what
random ids and an account that was never registered get. The same questions asked by the other
guardian and by the school find the same words: the net holds.
"""

from datetime import timedelta

import pytest
from django.core import mail

from manabiya.apps.attendance.models import AbsenceReport
from manabiya.kernel.exchange.tables import Column, Encoding, Table, to_csv, to_xlsx
from manabiya.kernel.identity import strength
from manabiya.kernel.identity.models import Hat
from manabiya.kernel.jobs.testing import run_jobs
from manabiya.kernel.registry import registry
from manabiya.roster.models import GuardianRight, Protection, StaffMember, Student
from tests.matrix import protected_family as pf
from tests.matrix.bytes_of_answers import held, texts_of_bytes, texts_of_mail
from tests.matrix.crawl import Address, Crawler, Known, questions

HOME = "/m/shirakabano/family/"


@pytest.fixture
def family(city):
    return pf.build(city)


@pytest.fixture
def unregistered(city):
    """Return the browser of somebody with a login, a second device and nothing else."""
    login = pf.account(city, "sonohoka-nobody-73")
    pf.log_in(login)
    return pf.log_in(login)


def crawl(browser, family, *, nobody=None, known=None):
    """Ask everything; return the crawler, and the answers by which a real id can be told.

    Each group of questions is also asked about somebody nobody knows, and by ``nobody``.
    """
    known = known or Known.of(family)
    crawler = Crawler(browser, family.secrets())
    stranger = Crawler(nobody, family.secrets()) if nobody else None
    twins, told = {}, []
    for real, twin in questions(known):
        answer = crawler.ask(real)
        if real.group not in twins:
            first, second = crawler.ask(twin), crawler.ask(twin)
            others = [first, *([stranger.ask(real)] if stranger else [])]
            twins[real.group] = first, first != second
            wobbles = first != second
        else:
            others, wobbles = [twins[real.group][0]], twins[real.group][1]
        told += [
            (real.method, real.url, answer.status, other.status)
            for other in others
            if not answer.looks_like(other, wobbles=wobbles)
        ]
    return crawler, told


def test_excluded_person_finds_nothing_and_cannot_tell_the_family_from_nobody(
    city, family, unregistered
):
    crawler, told = crawl(pf.log_in(family.father_account), family, nobody=unregistered)
    assert crawler.found == {}
    assert told == []
    assert crawler.count > len(registry.routes) * 2


def test_excluded_person_with_another_child_sees_that_child_and_nothing_else(city, family):
    """The other child is of another family; the right for it holds."""
    with city.tenant():
        other = (
            Student.objects.filter(enrollments__ends_on=None)
            .exclude(pk__in=[family.child, family.sibling])
            .exclude(pk__in=Protection.objects.values("student"))
            .order_by("reference")[0]
        )
        GuardianRight.objects.create(
            guardian_id=family.father, student=other, relationship="父", starts_on=city.today
        )
        name = other.name
    browser = pf.log_in(family.father_account)
    assert name in browser.get(HOME).content.decode()
    crawler, told = crawl(browser, family)
    assert crawler.found == {}
    assert told == []


def test_the_same_questions_of_the_other_guardian_find_the_children(city, family):
    known = Known.of(family)
    known.ids = [str(family.child), str(family.sibling)]
    crawler, _ = crawl(pf.log_in(family.mother_account), family, known=known)
    found = crawler.all_found()
    assert {"澪音", "朔弥", "椋鳥台小学校", "銀杏原中学校", "夕凪学級", pf.MOTHERS_NOTE} <= found
    assert str(family.sibling) in found
    assert not {pf.PHONE, pf.LIVES_NOW} & found


def test_the_same_questions_of_the_principal_find_phone_and_address(city, family):
    with city.tenant():
        member = StaffMember.objects.get(family_name="校長", given_name=pf.NEW)
    browser = pf.log_in(pf.account(city, "kocho-74", Hat.STAFF, member.id))
    session = browser.session
    session[strength.KEY] = strength._today()
    session.save()
    known = Known.of(family)
    known.ids = [str(family.child)]
    known.by_name["school"] = [pf.NEW]
    crawler, _ = crawl(browser, family, known=known)
    opened = crawler.found[
        "post", f"/m/shirakabano/school/{pf.NEW}/students/{family.child}/contacts/"
    ]
    assert {pf.PHONE, pf.HOME_PHONE, pf.LIVES_NOW, "綾乃"} <= opened
    elsewhere = {
        word
        for (_, url), words in crawler.found.items()
        if "/contacts/" not in url
        for word in words
    }
    assert not {pf.PHONE, pf.HOME_PHONE, pf.LIVES, pf.LIVES_NOW} & elsewhere
    assert "澪音" in elsewhere


def test_session_that_was_open_ends_at_the_next_click_and_the_home_says_nothing_of_why(
    city, family, unregistered
):
    browser = family.open_session
    assert browser.get(HOME).status_code == 404
    assert browser.get(f"{HOME}reports/").status_code == 404
    pages = [client.get("/").content.decode() for client in (browser, unregistered)]
    assert "今日入れるところがありません" in pages[0]
    assert len(pages[0]) == len(pages[1])


def test_report_kept_on_the_phone_is_not_taken_any_more(city, family):
    browser = family.open_session
    with city.tenant():
        before = AbsenceReport.objects.count()
    for key in (pf.KEPT_KEY, "written-without-a-signal"):
        sent = {"kind": "absent", "date": str(city.today), "reason": "fever", "key": key}
        answer = browser.post(f"{HOME}report/{family.child}/", sent)
        assert answer.status_code == 404
        assert held(family.secrets() - {str(family.child)}, [answer.content.decode()]) == set()
    with city.tenant():
        assert AbsenceReport.objects.count() == before


def test_no_mail_reaches_the_excluded_person_and_none_holds_a_word(city, family):
    """The other guardian reports, the worker works: whatever is sent goes elsewhere."""
    mother = pf.log_in(family.mother_account)
    day = city.today + timedelta(days=3)
    sent = {"kind": "absent", "date": str(day), "reason": "fever", "key": "mothers-report-1"}
    assert mother.post(f"{HOME}report/{family.child}/", sent).status_code == 302
    assert run_jobs() > 0
    for message in mail.outbox:
        assert pf.FATHER_MAIL not in message.recipients()
        assert held(family.secrets(), texts_of_mail(message)) == set()


def test_a_word_is_found_in_every_kind_of_file(city, family):
    table = Table("名簿", [Column("氏名")], [["蓮沼 澪音"]])
    csv, _ = to_csv(table, Encoding.CP932)
    pdf = _paper("蓮沼 澪音")
    other = ["蓮沼 澪音".encode(code) for code in ("utf-16", "iso-2022-jp")]
    escaped = [b'{"n": "\\u6faa\\u97f3"}', b"<p>&#x6faa;&#x97f3;</p>"]
    for content in (to_xlsx(table), csv, to_csv(table)[0], pdf, *other, *escaped):
        assert "澪音" in held(family.secrets(), texts_of_bytes(content)), content[:20]
    message = mail.EmailMessage("お知らせ", "ようす", "school@example.test", [pf.FATHER_MAIL])
    message.attach("tayori.pdf", pdf, "application/pdf")
    assert "澪音" in held(family.secrets(), texts_of_mail(message))
    assert (
        held(family.secrets(), texts_of_bytes(to_xlsx(Table("名簿", [Column("氏名")], []))))
        == set()
    )


def _paper(words):
    """Return a PDF with words in it, set as every paper is."""
    import typst

    from manabiya.kernel.pdf.letters import font_folders

    source = f'#set text(font: "BIZ UDPGothic")\n{words}'.encode()
    return typst.compile(source, font_paths=[str(folder) for folder in font_folders()])


def test_name_in_an_address_without_a_value_fails_the_test(family):
    with pytest.raises(AssertionError, match=r"give samples for \{'unheard_of'\}"):
        Known.of(family).usual(
            Address("m/<slug:municipality>/x/<uuid:unheard_of>/", ("municipality", "unheard_of"))
        )
