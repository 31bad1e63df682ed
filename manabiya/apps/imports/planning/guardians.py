"""Guardians themselves: found, added, changed.

A guardian is found by number, by name with phone, or among the child's own guardians; never by
name alone. Two children of the files share a guardian under the same terms.
"""

from typing import Any
from uuid import UUID

from manabiya.apps.imports.planning.addresses import plan_address
from manabiya.apps.imports.planning.ahead import what_holds_now
from manabiya.apps.imports.planning.names import keep_former_name
from manabiya.apps.imports.planning.people import Finder, cut_as_known, is_whole_name
from manabiya.apps.imports.planning.plan import Difference
from manabiya.apps.imports.planning.roster import digits
from manabiya.apps.imports.planning.students import Children
from manabiya.apps.imports.planning.work import NEW, SKIP, Work
from manabiya.apps.imports.values.records import GuardianRecord, Name
from manabiya.kernel.tenancy.ids import uuid7
from manabiya.roster.models import Guardian

PHONES = {"phone": "電話", "phone_home": "自宅の電話", "phone_work": "勤め先の電話"}


class Guardians:
    """Finds and plans the guardians of the files. ``seen``: whom the files name, by child."""

    def __init__(
        self, work: Work, finder: Finder, children: Children, seen: dict[UUID, set[UUID]]
    ) -> None:
        self.work = work
        self.finder = finder
        self.children = children
        self.seen = seen
        self.new_by_reference: dict[str, Guardian] = {}
        self.new_by_phone: dict[tuple[str, str, str], Guardian] = {}
        self.first: dict[UUID, GuardianRecord] = {}

    def name(self, record: GuardianRecord, child: UUID) -> Name | None:
        """Return the name in two parts; the child's 姓 tells where one without a space ends."""
        name = record.name
        if not name.whole:
            return name
        family = self.children.names.get(child, "").split(" ")[0]
        for row in self._own(child):
            if is_whole_name(name.whole, row):
                return Name(row.family_name, row.given_name, name.family_kana, name.given_kana)
        column = self.work.heading(record.source, "name", "保護者氏名")
        if family and name.whole.startswith(family) and len(name.whole) > len(family):
            self.work.plan.note(
                record.source, column, name.whole, "姓と名の間に空白がありません",
                f"児童生徒と同じ「{family}」を姓として取り込みます",
            )  # fmt: skip
            given = name.whole[len(family) :]
            return Name(family, given, name.family_kana, name.given_kana)
        self.work.plan.stop(
            "guardian", record.source, column, name.whole,
            "どこまでが姓か分かりません", "姓と名の間に空白を入れる",
        )  # fmt: skip
        return None

    def _own(self, child: UUID) -> list[Any]:
        """Return the guardians a child has in the roster."""
        roster = self.work.roster
        return [roster.guardians[r.guardian_id] for r in roster.rights_of.get(child, ())]

    def find(self, record: GuardianRecord, name: Name, child: UUID, part: str) -> Any:
        """Return the guardian (of roster or files), None for a new one, False to go no further."""
        roster = self.work.roster
        known = roster.guardian_by_reference.get(record.reference) or self.new_by_reference.get(
            record.reference
        )
        if record.reference and known is not None:
            return known
        numbers = [digits(p) for p in (record.phone, record.phone_home, record.phone_work) if p]
        for number in numbers:
            key = (name.family, name.given, number)
            known = roster.guardian_by_phone.get(key) or self.new_by_phone.get(key)
            if known is not None and not (record.reference and known.reference):
                return known
        for row in self._own(child):
            same = (row.family_name, row.given_name) == (name.family, name.given)
            if same and not (record.reference and row.reference):
                return row
        return self._in_same_place(record, name, child, numbers, part)

    def _in_same_place(
        self, record: GuardianRecord, name: Name, child: UUID, numbers: list[str], part: str
    ) -> Any:
        """Ask whether somebody of the same 続柄 is the same person under another name."""
        roster = self.work.roster
        rights = roster.rights_of.get(child, ())
        rows = [
            roster.guardians[right.guardian_id]
            for right in rights
            if right.relationship == record.relationship
        ]
        rows = [row for row in rows if not (record.reference and row.reference)]
        reached = [row for row in rows if numbers and digits(row.phone) in numbers]
        if reached or not rows:
            return reached[0] if reached else None
        options = [
            (str(r.id), f"{r.family_name} {r.given_name}と同じ人(氏名が変わった)") for r in rows
        ]
        options += [(NEW, "別の人として加える"), (SKIP, "この保護者は取り込まない")]
        answer = self.work.ask(
            record.source, self.work.heading(record.source, "name", "保護者氏名"), name.shown,
            f"名簿には、同じ続柄({record.relationship})で別の名前の保護者がいます", options, part,
        )  # fmt: skip
        if answer in ("", SKIP):
            self.work.plan.count("guardian", "problems")
            self.seen[child] |= {row.id for row in rows}
            return False
        return None if answer == NEW else roster.guardians[UUID(answer)]

    def person(
        self, record: GuardianRecord, name: Name, found: Any
    ) -> tuple[UUID, list[Difference]]:
        """Plan the guardian's own row; return its id and the words of what changes."""
        if found is None:
            return self._add(record, name)
        if found.id in self.first:
            self._compare(record, self.first[found.id])
            return found.id, []
        if not self._within(found.id):
            return found.id, []
        self.first[found.id] = record
        name = cut_as_known(name, found)
        hide = found.id in self.work.roster.hidden
        changes, shown = self.work.differences(
            found,
            {
                "family_name": ("姓", name.family),
                "given_name": ("名", name.given),
                "family_kana": ("姓のかな", name.family_kana),
                "given_kana": ("名のかな", name.given_kana),
                "reference": ("識別番号", record.reference),
                "kind": ("立場", record.position),
                "facility_name": ("施設の名前", record.facility_name),
            },
        )
        phones = {
            column: (label, getattr(record, column))
            for column, label in PHONES.items()
            if digits(getattr(record, column)) != digits(getattr(found, column))
        }
        more, more_shown = self.work.differences(found, phones, hide=hide)
        changes, shown = what_holds_now(
            self.work, record.source, found, changes | more, shown + more_shown
        )
        keep_former_name(self.work, found, changes, "guardian_id")
        if changes:
            self.work.plan.writes.change(Guardian, found, **changes)
        shown += plan_address(
            self.work, record.postal_code, record.address, guardian_id=found.id, is_new=False
        )
        return found.id, shown

    def _compare(self, record: GuardianRecord, first: GuardianRecord) -> None:
        """Say so when two rows name one guardian with different phones; the first one holds."""
        for column, label in PHONES.items():
            one, other = digits(getattr(first, column)), digits(getattr(record, column))
            if one and other and one != other:
                where = f"{first.source.line}行"
                if first.source.file != record.source.file:
                    where = "ほかのファイル"
                self.work.plan.note(
                    record.source, label, "", f"{where}と、同じ保護者の{label}が違います",
                    "はじめの行の番号を取り込みます",
                )  # fmt: skip

    def _within(self, guardian_id: UUID) -> bool:
        """Return whether the guardian's own data may be changed by this import."""
        if self.work.school_id is None:
            return True
        rights = self.work.roster.children_of.get(guardian_id, ())
        return any(self.finder.is_within(right.student_id) for right in rights)

    def _add(self, record: GuardianRecord, name: Name) -> tuple[UUID, list[Difference]]:
        guardian = Guardian(
            id=uuid7(),
            family_name=name.family,
            given_name=name.given,
            family_kana=name.family_kana,
            given_kana=name.given_kana,
            reference=record.reference,
            kind=record.position or Guardian.Kind.PERSON,
            facility_name=record.facility_name,
            phone=record.phone,
            phone_home=record.phone_home,
            phone_work=record.phone_work,
        )
        self.work.plan.writes.guardians.append(guardian)
        self.first[guardian.id] = record
        if record.reference:
            self.new_by_reference[record.reference] = guardian
        for phone in (record.phone, record.phone_home, record.phone_work):
            if phone:
                self.new_by_phone[name.family, name.given, digits(phone)] = guardian
        plan_address(
            self.work, record.postal_code, record.address, guardian_id=guardian.id, is_new=True
        )
        return guardian.id, []
