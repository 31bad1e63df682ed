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
BOARD_PAPERS = (
    ("学校への通知文", "paper", "school", "habit", 20),
    ("学校訪問の旅費の書類", "seal", "inside", "city_rule", 10),
    ("給食センターとの日々の連絡", "fax", "partner", "machine", 20),
    ("臨時職員の出勤簿", "seal", "inside", "habit", 1),
)
WHY_KEPT = "相手先と話がつくまで、いまのままにします。"
USE = ("id", "school_id", "catalog_paper_id", *FACTS, "volume_count", "listed_on", "decision",
       "decision_reason", "owner_id", "due_on", "done_on")  # fmt: skip
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
    rows = [
        row
        for school_id, person in deputies.items()
        for row in _school(story, chance, school_id, person, papers)
    ]
    rows += _board(story, writer)
    pour(PaperUse, USE, rows)
    pour(PaperUseChange, CHANGE, list(_changes(story, rows, deputies, writer)))
    _propose(story, papers[0], rows, deputies, writer)
    story.say(f"  業務・帳票 {len(rows)}")


def _school(
    story: Story, chance: Random, school_id: UUID, person: UUID, papers: list[tuple[Any, ...]]
) -> Iterator[Row]:
    this = school_year_of(story.today)
    listed = last_day(this - 1) - timedelta(days=chance.randrange(30, 200))
    ahead = chance.random()
    for (key, *facts), (_facts, volume) in zip(papers, PAPERS, strict=True):
        if chance.random() < 0.12:
            continue
        decision, reason, due, done = _fate(story, chance, facts[3], ahead, this)
        count = max(1, round(volume * (0.6 + chance.random())))
        yield (
            story.key(), school_id, key, *facts, count, listed, decision, reason,
            person if decision else None, due, done,
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


def _board(story: Story, writer: UUID) -> list[Row]:
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
        )
        for (name, kind, whom, basis, volume), (decision, due, done) in zip(
            BOARD_PAPERS, fates, strict=True
        )
    ]  # fmt: skip


def _changes(
    story: Story, rows: list[Row], deputies: dict[UUID | None, UUID], writer: UUID
) -> Iterator[Row]:
    for row in rows:
        said = dict(zip(USE, row, strict=True))
        person = deputies.get(said["school_id"], writer)
        listed, done = said["listed_on"], said["done_on"]
        yield (story.key(), said["id"], "added", "", "", None, person, story.at(15, 30, listed))
        if said["decision"]:
            decided = min(listed + timedelta(days=20), done or story.today)
            yield (story.key(), said["id"], "decided", said["decision"], said["decision_reason"],
                   said["due_on"], person, story.at(16, 10, decided))  # fmt: skip
        if done:
            yield (story.key(), said["id"], "done", said["decision"], "", done, person,
                   story.at(16, 40, done))  # fmt: skip


def _propose(
    story: Story,
    paper: tuple[Any, ...],
    rows: list[Row],
    deputies: dict[UUID | None, UUID],
    writer: UUID,
) -> None:
    """Propose the end of 欠席届 on paper to the schools that have not ended it; a third answered."""
    ended = {row[1] for row in rows if row[2] == paper[0] and row[-1] is not None}
    due = last_day(school_year_of(story.today))
    at = story.at(10, 0, story.today - timedelta(days=14))
    columns = ("id", "school_id", "catalog_paper_id", "decision", "reason", "due_on",
               "proposed_by_id", "proposed_at", "answer", "words", "answered_by_id",
               "answered_at")  # fmt: skip
    made = []
    for number, (school_id, person) in enumerate(deputies.items()):
        if school_id in ended:
            continue
        answer = "declined" if number % 3 == 2 else "open"
        words = "家庭に端末のない児童がいるため、紙も残したいです。" if answer == "declined" else ""
        answered = (person, at + timedelta(days=3)) if answer == "declined" else (None, None)
        made.append((story.key(), school_id, paper[0], "digital",
                     "欠席連絡は学び舎で受けられます。", due, writer, at, answer, words,
                     *answered))  # fmt: skip
    pour(PaperProposal, columns, made)
