"""The chapter of paperwork: what the schools of the demo still print, stamp and fax. Invented."""

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random
from typing import Any
from uuid import UUID

from manabiya.apps.paperwork.models import (
    CatalogPaper,
    PaperProposal,
    PaperUse,
    PaperUseChange,
    Partner,
)
from manabiya.kernel.tenancy.bulk import Row, pour
from manabiya.law.school_year import last_day, school_year_of
from manabiya.roster.models import Appointment, Post
from manabiya.roster.models.dated import on_day
from manabiya.roster.story import Story

FACTS = ("name", "kind", "with_whom", "basis", "source", "replacement", "beyond_to", "beyond_note")
PAPERS: tuple[tuple[tuple[str, ...], int], ...] = (
    (("欠席届", "paper", "guardians", "habit", "", "product", "", ""), 40),
    (("出張命令簿", "seal", "inside", "city_rule", "学校職員服務規程(例)", "product", "", ""), 25),
    (("休暇届", "seal", "inside", "city_rule", "学校職員服務規程(例)", "product", "", ""), 30),
    (("給食の数の変更届", "fax", "partner", "partner", "", "mail", "", ""), 12),
    (("職員会議の資料", "paper", "inside", "habit", "", "product", "", ""), 60),
    (("学級だより", "paper", "guardians", "habit", "", "product", "", ""), 80),
    (("保護者の面談日程の調査", "paper", "guardians", "habit", "", "product", "", ""), 10),
    (("校外学習の参加承諾書", "seal", "guardians", "habit", "", "web", "", ""), 6),
    (("教材の注文書", "fax", "partner", "partner", "", "mail", "", ""), 8),
    (("児童生徒の転出の連絡", "phone", "school", "habit", "", "product", "", ""), 2),
    (("健康診断の結果の通知", "paper", "guardians", "habit", "", "product", "", ""), 5),
    (("教育委員会への月例の報告", "fax", "board", "habit", "", "share", "", ""), 3),
    (("卒業証書の受領印", "seal", "guardians", "habit", "", "", "", ""), 1),
    (("就学援助の申請書", "seal", "guardians", "city_rule", "就学援助要綱(例)", "web", "", ""), 2),
    (("出版社への教科書の受領書", "seal", "partner", "partner", "", "", "state",
      "国の様式に、電子の受領を認める旨を加えてほしい。"), 1),
    (("警察・児童相談所への連絡票", "fax", "partner", "partner", "", "share", "prefecture",
      "都道府県の機関で、ファイルの受け渡しの方法をそろえてほしい。"), 1),
)  # fmt: skip
PARTNERS = (
    ("北の杜学校給食センター", "lunch_center", "fax", False),
    ("白樺教材社", "firm", "mail", True),
    ("市役所 こども課", "office", "share", True),
    ("中央児童相談所", "office", "fax", False),
    ("丸太写真館", "firm", "post", False),
)
OUTSIDE = {
    "給食の数の変更届": "北の杜学校給食センター",
    "教材の注文書": "白樺教材社",
    "警察・児童相談所への連絡票": "中央児童相談所",
    "給食センターとの日々の連絡": "北の杜学校給食センター",
}
"""Paper → the partner it goes to; most schools have written it down."""
BOARD_PAPERS = (
    ("学校への通知文", "paper", "school", "habit", 20),
    ("学校訪問の旅費の書類", "seal", "inside", "city_rule", 10),
    ("給食センターとの日々の連絡", "fax", "partner", "machine", 20),
    ("臨時職員の出勤簿", "seal", "inside", "habit", 1),
)
PROPOSED = (
    ("欠席届", "digital", "欠席連絡は学び舎で受けられます。", 14, ("open", "declined", "accepted")),
    ("校外学習の参加承諾書", "digital", "保護者は画面から承諾できます。押印は要りません。", 40,
     ("accepted", "open", "accepted", "declined")),
    ("職員会議の資料", "abolish", "資料は画面で見られます。印刷は要りません。", 75,
     ("declined", "accepted", "accepted")),
)  # fmt: skip
"""Paper, proposal, reason, days ago; the schools' answers in turn."""
WORDS = {
    "欠席届": "家庭に端末のない児童がいるため、紙も残したいです。",
    "校外学習の参加承諾書": "来年度の校外学習から始めます。今年度は配り終えています。",
    "職員会議の資料": "会議室の電波が届かないため、工事のあとで決めます。",
}
WHY_KEPT = "相手先と話がつくまで、いまのままにします。"
USE = ("id", "school_id", "catalog_paper_id", *FACTS, "volume_count", "listed_on", "decision",
       "decision_reason", "owner_id", "due_on", "done_on", "partner_id")  # fmt: skip
PROPOSAL = ("id", "school_id", "catalog_paper_id", "decision", "reason", "due_on",
            "proposed_by_id", "proposed_at", "answer", "words", "answered_by_id",
            "answered_at")  # fmt: skip
CHANGE = ("id", "use_id", "deed", "decision", "reason", "day", "changed_by_id", "changed_at")


def tell(story: Story) -> None:
    """Write catalogue, partners, the list of every school and the board (inside ``tenant()``)."""
    chance = Random(f"{story.municipality.slug} {story.built_for} paperwork")  # noqa: S311
    papers = [(story.key(), *facts) for facts, _volume in PAPERS]
    pour(CatalogPaper, ("id", *FACTS), papers)
    posts = Appointment.objects.filter(on_day(story.today)).order_by("id")
    board = posts.filter(post__in=(Post.BOARD_OFFICER, Post.BOARD_ADMINISTRATOR)).first()
    deputies = dict(
        posts.filter(post=Post.VICE_PRINCIPAL).values_list("school_id", "staff_member_id")
    )
    writer = board.staff_member_id if board else next(iter(deputies.values()))
    agreed = story.today - timedelta(days=60)
    partners = [
        (story.key(), name, sort, channel, agreed if is_agreed else None,
         writer if is_agreed else None)
        for name, sort, channel, is_agreed in PARTNERS
    ]  # fmt: skip
    pour(Partner, ("id", "name", "sort", "channel", "agreed_on", "agreed_by_id"), partners)
    known = {name: key for key, name, *_rest in partners}
    rows = [
        row
        for school_id, person in deputies.items()
        for row in _school(story, chance, school_id, person, papers, known)
    ]
    rows += _board(story, writer, known)
    proposals = list(_proposals(story, papers, rows, deputies, writer))
    agreed_to = {(row[1], row[2]): row for row in proposals if row[8] == "accepted"}
    rows = [_decided(row, agreed_to.get((row[1], row[2]))) for row in rows]
    pour(PaperUse, USE, rows)
    pour(PaperUseChange, CHANGE, list(_changes(story, rows, deputies, writer, agreed_to)))
    pour(PaperProposal, PROPOSAL, proposals)
    story.say(f"  業務・帳票 {len(rows)}")


def _school(
    story: Story,
    chance: Random,
    school_id: UUID,
    person: UUID,
    papers: list[tuple[Any, ...]],
    partners: dict[str, str],
) -> Iterator[Row]:
    this = school_year_of(story.today)
    listed = last_day(this - 1) - timedelta(days=chance.randrange(30, 200))
    ahead = chance.random()
    for (key, *facts), (_facts, volume) in zip(papers, PAPERS, strict=True):
        if chance.random() < 0.12:
            continue
        decision, reason, due, done = _fate(story, chance, facts[3], ahead, this)
        count = max(1, round(volume * (0.6 + chance.random())))
        partner = partners.get(OUTSIDE.get(facts[0], "")) if chance.random() < 0.85 else None
        yield (
            story.key(), school_id, key, *facts, count, listed, decision, reason,
            person if decision else None, due, done, partner,
        )  # fmt: skip


def _fate(
    story: Story, chance: Random, basis: str, ahead: float, this: int
) -> tuple[str, str, date | None, date | None]:
    """Return decision, reason, due day and day of the end of one line."""
    luck = chance.random() * 0.7 + ahead * 0.3
    if basis == "partner" and luck < 0.35:
        return ("keep", WHY_KEPT, None, None)
    if luck < 0.4:
        return ("", "", None, None)
    decision = chance.choice(("digital", "digital", "abolish"))
    if luck > 0.72:
        end = story.today - timedelta(days=chance.randrange(5, 420))
        return (decision, "", end + timedelta(days=20), end)
    if luck > 0.66:
        return (decision, "", story.today - timedelta(days=chance.randrange(10, 90)), None)
    return (decision, "", last_day(this + chance.choice((0, 0, 1, 2))), None)


def _board(story: Story, writer: UUID, partners: dict[str, str]) -> list[Row]:
    this, listed = school_year_of(story.today), story.today - timedelta(days=150)
    fates: tuple[tuple[str, date | None, date | None], ...] = (
        ("digital", last_day(this), None),
        ("", None, None),
        ("digital", story.today - timedelta(days=20), None),
        ("digital", listed + timedelta(days=90), listed + timedelta(days=80)),
    )
    return [
        (
            story.key(), None, None, name, kind, whom, basis,
            "旅費規程(例)" if basis == "city_rule" else "", "product", "", "", volume, listed,
            decision, "", writer if decision else None, due, done,
            partners.get(OUTSIDE.get(name, "")),
        )
        for (name, kind, whom, basis, volume), (decision, due, done) in zip(
            BOARD_PAPERS, fates, strict=True
        )
    ]  # fmt: skip


def _changes(
    story: Story,
    rows: list[Row],
    deputies: dict[UUID | None, UUID],
    writer: UUID,
    agreed_to: dict[tuple[Any, Any], Row],
) -> Iterator[Row]:
    for row in rows:
        said = dict(zip(USE, row, strict=True))
        person = deputies.get(said["school_id"], writer)
        listed, done = said["listed_on"], said["done_on"]
        yield (story.key(), said["id"], "added", "", "", None, person, story.at(15, 30, listed))
        if said["decision"]:
            proposal = agreed_to.get((said["school_id"], said["catalog_paper_id"]))
            decided = min(listed + timedelta(days=20), done or story.today)
            yield (story.key(), said["id"], "decided", said["decision"], said["decision_reason"],
                   said["due_on"], person,
                   proposal[-1] if proposal else story.at(16, 10, decided))  # fmt: skip
        if done:
            yield (story.key(), said["id"], "done", said["decision"], "", done, person,
                   story.at(16, 40, done))  # fmt: skip


def _proposals(
    story: Story,
    papers: list[tuple[Any, ...]],
    rows: list[Row],
    deputies: dict[UUID | None, UUID],
    writer: UUID,
) -> Iterator[Row]:
    """Give what the board proposed to the schools that hadn't ended a paper, and their answers.

    A school that doesn't list the paper says that it is not used there.
    """
    ended = {(row[1], row[2]): row[-2] is not None for row in rows}
    keys = {name: key for key, name, *_rest in papers}
    due = last_day(school_year_of(story.today))
    for paper, decision, reason, ago, answers in PROPOSED:
        at = story.at(10, 0, story.today - timedelta(days=ago))
        for number, (school_id, person) in enumerate(deputies.items()):
            if ended.get((school_id, keys[paper])):
                continue
            answer = answers[number % len(answers)]
            if answer == "accepted" and (school_id, keys[paper]) not in ended:
                answer = "unused"
            answered = (None, None) if answer == "open" else (person, at + timedelta(days=3))
            yield (story.key(), school_id, keys[paper], decision, reason, due, writer, at, answer,
                   WORDS[paper] if answer == "declined" else "", *answered)  # fmt: skip


def _decided(row: Row, proposal: Row | None) -> Row:
    """Return a line as its school decided it by accepting a proposal."""
    if proposal is None:
        return row
    said = dict(zip(USE, row, strict=True))
    said |= {
        "decision": proposal[3],
        "decision_reason": proposal[4],
        "due_on": proposal[5],
        "owner_id": proposal[10],
    }
    return tuple(said.values())
