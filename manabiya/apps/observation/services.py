"""Write what was seen of a class in the morning: one call for the whole class."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from manabiya.apps.observation import rules
from manabiya.apps.observation.models import HealthObservation, ObservationChange
from manabiya.apps.observation.policies import OBSERVATION_NOTE
from manabiya.kernel.access.actors import Actor
from manabiya.kernel.access.policies import DataClass
from manabiya.kernel.audit.record import record
from manabiya.kernel.audit.service import service
from manabiya.roster.models import CalendarDay, Enrollment, ExchangePlacement, Homeroom
from manabiya.roster.models.dated import on_day
from manabiya.roster.queries import closures_of_seat


class ObservationRefused(Exception):
    """The deed can't be done now; the message says why and what to do."""


class ObservationClash(ObservationRefused):
    """Two people changed temperature or note of a child to different values; nothing was written."""

    def __init__(self, clashes: Sequence[rules.Clash]) -> None:
        super().__init__(
            _("ほかの人も同じ人の体温かメモを変えていました。どちらにするか選んでください。")
        )
        self.clashes = tuple(clashes)


@dataclass(frozen=True, slots=True)
class Noted:
    """How many children have something noted otherwise than before."""

    changed: int


@service
def note_symptoms(
    *,
    actor: Actor,
    homeroom_id: UUID,
    day: date,
    entries: Sequence[rules.Entry],
    now: datetime,
) -> Noted:
    """Note what was seen of the children of a class on ``day``, as one form says it.

    ``entries`` carry what the form was opened with, so that two people's forms meet
    (:func:`.rules.merge`); children without an entry keep what stands. At most three writes,
    however many children. Raises ``Http404``, ``Refused``, :class:`ObservationRefused`,
    :class:`ObservationClash`.
    """
    OBSERVATION_NOTE.require(actor)
    homeroom = _locked(actor, homeroom_id, day)
    _check(homeroom, day, actor.today, entries)
    homes = _homes(homeroom, [entry.student_id for entry in entries], day)
    rows = {row.student_id: row for row in _rows([e.student_id for e in entries], day)}
    standing = {student_id: health_of(row) for student_id, row in rows.items()}
    merged = rules.merge(entries, standing)
    if merged.clashes:
        raise ObservationClash(merged.clashes)
    changes = {
        student_id: (standing.get(student_id, rules.GOOD), value)
        for student_id, value in merged.values.items()
        if value != standing.get(student_id, rules.GOOD)
    }
    place = _Place(homeroom.id, day, actor.person_id, now, homes)
    _write(place, changes, rows)
    record(
        actor=actor,
        action="observation.observation:note",
        subject_type="homeroom",
        subject_id=homeroom.id,
        subject_count=len(changes),
        data_class=DataClass.II,
        details={"date": day.isoformat(), "changed": [str(i) for i in changes]},
    )
    return Noted(len(changes))


def health_of(row: HealthObservation) -> rules.Health:
    """Return the value of a row."""
    return rules.health(row.symptoms, row.temperature, row.note)


def _locked(actor: Actor, homeroom_id: UUID, day: date) -> Homeroom:
    """Return the class with its children and whether it has school, held until the end."""
    seated = Enrollment.objects.filter(on_day(day), homeroom_id=OuterRef("id"))
    guests = ExchangePlacement.objects.filter(
        on_day(day), on_day(actor.today), homeroom_id=OuterRef("id")
    )
    open_days = CalendarDay.objects.filter(
        school_id=OuterRef("school_id"), date=day, is_school_day=True
    )
    here = seated.filter(~Exists(closures_of_seat(day)))
    rows = Homeroom.objects.select_for_update(no_key=True, of=("self",)).annotate(
        children=ArraySubquery(seated.order_by().values("student_id")),
        guests=ArraySubquery(guests.order_by().values("student_id")),
        has_school=Exists(open_days) & Exists(here),
    )
    return OBSERVATION_NOTE.get(actor, rows, pk=homeroom_id)


def _check(homeroom: Homeroom, day: date, today: date, entries: Sequence[rules.Entry]) -> None:
    if day > today:
        raise ObservationRefused(
            _("これからの日は記録できません。その日になってから記録してください。")
        )
    found: Collection[UUID] = {*homeroom.children, *homeroom.guests}  # type: ignore[attr-defined]
    if not homeroom.has_school:  # type: ignore[attr-defined]
        raise ObservationRefused(_("この日は授業日ではありません。記録するものはありません。"))
    if any(entry.student_id not in found for entry in entries):
        raise ObservationRefused(
            _(
                "この学級にいない人が入っています。何も保存していません。画面を開きなおしてください。"
            )
        )


def _homes(homeroom: Homeroom, student_ids: Collection[UUID], day: date) -> dict[UUID, UUID]:
    """Return the 在籍学級 of the guests among the children, held too: its teacher notes them as well."""
    guests = set(homeroom.guests) & set(student_ids)  # type: ignore[attr-defined]
    if not guests:
        return {}
    seats = dict(
        Enrollment.objects.filter(on_day(day), student_id__in=guests).values_list(
            "student_id", "homeroom_id"
        )
    )
    held = Homeroom.objects.select_for_update(no_key=True).filter(pk__in=seats.values())
    list(held.order_by("pk").values_list("pk"))
    return seats


def _rows(student_ids: Collection[UUID], day: date) -> list[HealthObservation]:
    return list(HealthObservation.objects.filter(date=day, student_id__in=student_ids))


@dataclass(frozen=True, slots=True)
class _Place:
    """Where, when and by whom something is noted; ``homes``: the 在籍学級 of guests (交流学級)."""

    homeroom_id: UUID
    day: date
    person_id: UUID
    now: datetime
    homes: Mapping[UUID, UUID]

    def of(self, student_id: UUID) -> UUID:
        """Return the class a child's row belongs to: always the 在籍学級."""
        return self.homes.get(student_id, self.homeroom_id)


Changes = Mapping[UUID, tuple[rules.Health, rules.Health]]


def _write(place: _Place, changes: Changes, rows: Mapping[UUID, HealthObservation]) -> None:
    """Write rows and history: one statement for what is said, for what is not any more, for both."""
    said = [
        _row(place, student_id, new)
        for student_id, (_old, new) in changes.items()
        if not new.is_good
    ]
    gone = [rows[student_id].id for student_id, (_old, new) in changes.items() if new.is_good]
    if said:
        HealthObservation.objects.bulk_create(
            said,
            update_conflicts=True,
            unique_fields=["municipality", "student", "date"],
            update_fields=["homeroom", "symptoms", "temperature", "note", "noted_by", "noted_at"],
        )
    if gone:
        HealthObservation.objects.filter(pk__in=gone).delete()
    if changes:
        ObservationChange.objects.bulk_create(
            [_change(place, student_id, old, new) for student_id, (old, new) in changes.items()]
        )


def _row(place: _Place, student_id: UUID, value: rules.Health) -> HealthObservation:
    return HealthObservation(
        student_id=student_id,
        date=place.day,
        homeroom_id=place.of(student_id),
        symptoms=list(value.symptoms),
        temperature=value.temperature,
        note=value.note,
        noted_by_id=place.person_id,
        noted_at=place.now,
    )


def _change(
    place: _Place, student_id: UUID, old: rules.Health, new: rules.Health
) -> ObservationChange:
    return ObservationChange(
        student_id=student_id,
        date=place.day,
        homeroom_id=place.of(student_id),
        old=old.as_json(),
        new=new.as_json(),
        changed_by_id=place.person_id,
        changed_at=place.now,
    )
