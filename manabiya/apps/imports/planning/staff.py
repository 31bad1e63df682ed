"""Staff and their posts: the file is the whole of a person's 本務 (or 兼務) when it names one.

A post that is no longer in the file ends the day before the new one begins. Posts of the board
of education open everything, so no file can give or end them; nor can a school appoint.
"""

from collections import defaultdict
from datetime import date, timedelta
from typing import Any, NamedTuple
from uuid import UUID

from manabiya.apps.imports.planning.ahead import what_holds_now
from manabiya.apps.imports.planning.missing import missing_member
from manabiya.apps.imports.planning.names import keep_former_name
from manabiya.apps.imports.planning.people import cut_as_known, is_whole_name
from manabiya.apps.imports.planning.plan import Difference, Line
from manabiya.apps.imports.planning.texts import in_words
from manabiya.apps.imports.planning.work import Work
from manabiya.apps.imports.values.records import PlaceRecord, StaffRecord
from manabiya.kernel.tenancy.ids import uuid7
from manabiya.roster.models import Appointment, Post, StaffMember

DAY = timedelta(days=1)
BOARD_POSTS = (Post.BOARD_OFFICER, Post.BOARD_ADMINISTRATOR)


class Wanted(NamedTuple):
    """A post as a row wants it: looked up."""

    record: StaffRecord
    school_id: UUID
    school_name: str
    homeroom_id: UUID | None
    homeroom_name: str

    @property
    def key(self) -> tuple[Any, ...]:
        """Return what makes two posts one."""
        record = self.record
        return self.school_id, record.post, self.homeroom_id, record.grade_level

    @property
    def label(self) -> str:
        """Return the post for people."""
        post = Post(self.record.post).label
        where = " ".join(filter(None, [self.school_name, self.homeroom_name, str(post)]))
        return where if self.record.is_main else f"{where}(兼務)"


class Staffing:
    """Plans the staff of the files."""

    def __init__(self, work: Work) -> None:
        self.work = work
        self.schools: set[UUID] = set()
        self.seen: set[UUID] = set()

    def plan(self) -> None:
        """Plan every person once, with all posts of the files."""
        known = list(self.work.roster.staff_by_number) or [
            r.number for r in self.work.records.staff
        ]
        length = self.work.roster.with_zeros("0", known)
        people: dict[str, list[StaffRecord]] = defaultdict(list)
        for record in self.work.records.staff:
            self.work.plan.count("staff", "rows")
            if self.work.school_id is not None:
                self._refuse(record, "教職員は教育委員会だけが取り込めます", "教育委員会に連絡する")
                continue
            record.number = self._full_number(record, length)
            people[record.number].append(record)
        for records in people.values():
            self._person(records)
            self.work.progress.step(len(records))
        self._missing()

    def _full_number(self, record: StaffRecord, length: int) -> str:
        number = record.number
        if not number.isdigit() or number in self.work.roster.staff_by_number:
            return number
        if len(number) >= length:
            return number
        found = number.zfill(length)
        column = self.work.heading(record.source, "number", "職員番号")
        self.work.plan.note(
            record.source,
            column,
            number,
            "先頭の0が落ちているようです",
            f"{found} として取り込みます",
        )
        return found

    def _refuse(
        self,
        record: StaffRecord,
        reason: str,
        mend: str,
        key: str = "number",
        label: str = "職員番号",
    ) -> None:
        value = record.number if key == "number" else str(getattr(record, key) or "")
        value = str(Post(value).label) if key == "post" and value else value
        column = self.work.heading(record.source, key, label)
        self.work.plan.stop("staff", record.source, column, value, reason, mend)

    def _person(self, records: list[StaffRecord]) -> None:
        first = records[0]
        row = self.work.roster.staff_by_number.get(first.number)
        names = {record.name.shown for record in records}
        if len(names) > 1:
            for record in records:
                self._refuse(record, "同じ職員番号で氏名の違う行があります", "番号を確かめる")
            return
        wanted = [found for record in records if (found := self._wanted(record))]
        if first.name.whole and (row is None or not is_whole_name(first.name.whole, row)):
            reason = "どこまでが姓か分かりません"
            self._refuse(first, reason, "姓と名の間に空白を入れる", "name", "氏名")
            return
        if row is None:
            self._add(first, wanted)
        else:
            self._change(first, row, wanted)

    def _wanted(self, record: StaffRecord) -> Wanted | None:
        if not record.post:
            return None
        if record.post in BOARD_POSTS:
            reason = "教育委員会の職は、名簿の取り込みでは決められません"
            self._refuse(record, reason, "その行を消す", "post", "職")
            return None
        school = self.work.find_school("staff", record.source, record.school)
        if school is None:
            return None
        self.schools.add(school.id)
        homeroom_id, name = None, ""
        if record.homeroom:
            place = PlaceRecord(grade_level=record.grade_level, homeroom=record.homeroom)
            name, _grade = self.work.class_name(school, place)
            homeroom = self.work.roster.homeroom_by_name.get((school.id, self.work.year, name))
            if homeroom is None:
                reason = f"{school.name}に、この学級はありません"
                self._refuse(record, reason, "学級の名前を確かめる", "homeroom", "担任学級")
                return None
            homeroom_id = homeroom.id
            record.grade_level = None
        return Wanted(record, school.id, school.name, homeroom_id, name)

    def _add(self, record: StaffRecord, wanted: list[Wanted]) -> None:
        name = record.name
        member = StaffMember(
            id=uuid7(),
            number=record.number,
            family_name=name.family,
            given_name=name.given,
            family_kana=name.family_kana,
            given_kana=name.given_kana,
        )
        self.work.plan.writes.staff.append(member)
        fields: list[Difference] = []
        for found in wanted:
            self._begin(member.id, found, found.record.starts_on or self.work.day)
            fields.append(("職", "", found.label))
        where = wanted[0].school_name if wanted else ""
        self.work.plan.add("added", Line("staff", name.shown, where, record.source, fields))

    def _begin(self, member_id: UUID, wanted: Wanted, start: date) -> None:
        record = wanted.record
        self.work.plan.writes.appointments.append(
            Appointment(
                staff_member_id=member_id,
                school_id=wanted.school_id,
                post=record.post,
                is_main=record.is_main,
                homeroom_id=wanted.homeroom_id,
                grade_level=record.grade_level,
                starts_on=start,
                ends_on=record.ends_on,
            )
        )

    def _change(self, record: StaffRecord, row: Any, wanted: list[Wanted]) -> None:
        self.seen.add(row.id)
        name = cut_as_known(record.name, row)
        changes, shown = self.work.differences(
            row,
            {
                "family_name": ("姓", name.family),
                "given_name": ("名", name.given),
                "family_kana": ("姓のかな", name.family_kana),
                "given_kana": ("名のかな", name.given_kana),
            },
        )
        posts = self.work.roster.appointments_of.get(row.id, [])
        changes, shown = what_holds_now(self.work, record.source, row, changes, shown)
        if changes:
            keep_former_name(self.work, row, changes, "staff_member_id")
            self.work.plan.writes.change(StaffMember, row, **changes)
        for is_main in {found.record.is_main for found in wanted}:
            mine = [p for p in posts if p.is_main == is_main and p.post not in BOARD_POSTS]
            new = [found for found in wanted if found.record.is_main == is_main]
            shown += self._posts(row.id, mine, new)
        if not shown:
            self.work.plan.count("staff", "same")
            return
        where = wanted[0].school_name if wanted else ""
        self.work.plan.add("changed", Line("staff", name.shown, where, record.source, shown))

    def _posts(self, member_id: UUID, posts: list[Any], wanted: list[Wanted]) -> list[Difference]:
        """Plan the posts of a person of one kind (本務 or 兼務); return the words."""
        shown: list[Difference] = []
        left, kept = list(posts), []
        new: list[Wanted] = []
        for found in wanted:
            same = next((post for post in left if _key(post) == found.key), None)
            if same is None:
                new.append(found)
                continue
            left.remove(same)
            kept.append(max(same.starts_on, self.work.day))
            shown += self._extend(same, found)
        begins = [found.record.starts_on or self.work.day for found in new]
        start = min([*kept, *begins], default=self.work.day)
        for post in left:
            shown += self._end(post, new, start)
        for found in new:
            first = found.record.starts_on or self.work.day
            self._begin(member_id, found, first)
            shown.append((f"職({in_words(first)}から)", "", found.label))
        return shown

    def _extend(self, post: Any, found: Wanted) -> list[Difference]:
        ends_on = found.record.ends_on
        if ends_on is None or ends_on == post.ends_on or ends_on < post.starts_on:
            return []
        self.work.plan.writes.change(Appointment, post, ends_on=ends_on)
        old = in_words(post.ends_on) if post.ends_on else ""
        return [(f"離任日({found.label})", old, in_words(ends_on))]

    def _end(self, post: Any, new: list[Wanted], start: date) -> list[Difference]:
        """End a post the file no longer names, or turn one that begins the same day into it."""
        label = self._label(post)
        last = start - DAY if start > post.starts_on else self.work.day - DAY
        if post.ends_on is not None and post.ends_on <= last:
            return []
        if last >= post.starts_on:
            self.work.plan.writes.end(Appointment, post, last)
            return [(f"職({in_words(last)}まで)", label, "")]
        if new:
            found = new.pop(0)
            self.work.plan.writes.change(
                Appointment, post, school_id=found.school_id, post=found.record.post,
                homeroom_id=found.homeroom_id, grade_level=found.record.grade_level,
            )  # fmt: skip
            return [("職", label, found.label)]
        return []

    def _label(self, post: Any) -> str:
        school = self.work.roster.schools.get(post.school_id)
        homeroom = self.work.roster.homerooms.get(post.homeroom_id)
        parts = [school.name if school else "", homeroom.name if homeroom else ""]
        return " ".join(filter(None, [*parts, str(Post(post.post).label)]))

    def _missing(self) -> None:
        roster = self.work.roster
        for member_id, posts in roster.appointments_of.items():
            row = roster.staff[member_id]
            here = [p for p in posts if p.school_id in self.schools]
            if (
                here
                and member_id not in self.seen
                and row.number not in self.work.records.mentioned
            ):
                missing_member(self.work, row, here, "、".join(map(self._label, here)))


def _key(post: Any) -> tuple[Any, ...]:
    return post.school_id, post.post, post.homeroom_id, post.grade_level
