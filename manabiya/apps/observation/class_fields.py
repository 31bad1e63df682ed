"""What the class page shows and saves of 健康観察 for each child."""

from collections.abc import Collection, Mapping
from datetime import date, datetime
from uuid import UUID

from django.utils.translation import gettext as _

from manabiya.apps.observation import queries, rules, services
from manabiya.apps.observation.forms import Typed, base_text, read_typed
from manabiya.kernel.access.actors import Actor
from manabiya.kernel.clock import SCHOOL_ZONE
from manabiya.kernel.registry import ChildFields, FieldsRefused, PostedClass


def read(
    *,
    actor: Actor,
    homeroom_id: UUID,
    day: date,
    student_ids: Collection[UUID],
    posted: PostedClass | None,
) -> Mapping[UUID, ChildFields]:
    """Return what is noted of each child, with what was typed over it (one query).

    Empty for a viewer who may not note for the class.
    """
    if not queries.may_note(actor, homeroom_id):
        return {}
    standing = queries.observations_of(actor, student_ids=student_ids, day=day)
    try:
        typed = read_typed(posted) if posted else {}
    except FieldsRefused:
        typed = {}
    return {i: _child(i, standing.get(i), typed.get(i)) for i in student_ids}


def save(*, actor: Actor, homeroom_id: UUID, day: date, posted: PostedClass, now: datetime) -> str:
    """Note what was typed; see :class:`manabiya.kernel.registry.class_fields.SaveFields`."""
    typed = read_typed(posted)
    if any(child.entry is None for child in typed.values()):
        raise FieldsRefused(_("健康観察に、読めないところがあります。下で直してください。"))
    entries = [child.entry for child in typed.values() if child.entry and child.is_changed]
    if not entries:
        return ""
    try:
        noted = services.note_symptoms(
            actor=actor, homeroom_id=homeroom_id, day=day, entries=entries, now=now
        )
    except services.ObservationRefused as refusal:
        raise FieldsRefused(str(refusal)) from refusal
    return _("%(count)d名の健康観察を記録しました。") % {"count": noted.changed}


def _child(student_id: UUID, stands: queries.Observed | None, typed: Typed | None) -> ChildFields:
    now = stands.health if stands else rules.GOOD
    if typed is None:
        return _shown(student_id, now, now)
    if typed.entry is None:
        heat, note = typed.temperature, typed.note
        return _shown(student_id, typed.base, rules.Health(typed.symptoms, None, note),
                      heat=heat, error=typed.error, is_open=True)  # fmt: skip
    entry = typed.entry
    if rules.merge([entry], {student_id: now}).clashes:
        mine = rules.Health(_met(entry, now), entry.chosen.temperature, entry.chosen.note)
        return _shown(student_id, now, mine, theirs=_theirs(stands), is_open=True)
    return _shown(student_id, entry.base, entry.chosen, is_open=typed.is_changed)


def _met(entry: rules.Entry, now: rules.Health) -> tuple[str, ...]:
    """Return the symptoms of both sides of a clash: ticks always meet."""
    ticks = rules.Entry(
        entry.student_id,
        rules.Health(entry.base.symptoms),
        rules.Health(entry.chosen.symptoms),
    )
    met = rules.merge([ticks], {entry.student_id: rules.Health(now.symptoms)})
    return met.values[entry.student_id].symptoms


def _theirs(stands: queries.Observed | None) -> str:
    if stands is None:
        return _("ほかの人が記録を消しました。")
    at = stands.at.astimezone(SCHOOL_ZONE)
    return _("ほかの人の記録: %(said)s(%(name)s %(time)s)") % {
        "said": said_of(stands.health),
        "name": stands.by,
        "time": f"{at:%-H:%M}",
    }


def _shown(
    student_id: UUID,
    base: rules.Health,
    value: rules.Health,
    *,
    heat: str | None = None,
    error: str = "",
    theirs: str = "",
    is_open: bool = False,
) -> ChildFields:
    known = "" if value.temperature is None else str(value.temperature)
    return ChildFields(
        said=said_of(value),
        is_open=is_open,
        context={
            "base": base_text(student_id, base),
            "ticks": [(s, queries.symptom_label(s), s in value.symptoms) for s in rules.SYMPTOMS],
            "temperature": known if heat is None else heat,
            "note": value.note,
            "error": error,
            "theirs": theirs,
        },
    )


def said_of(value: rules.Health) -> str:
    """Return what is noted in one line: 「頭痛 咳 37.5℃ 朝から」."""
    words = [queries.symptom_label(symptom) for symptom in value.symptoms]
    if value.temperature is not None:
        words.append(f"{value.temperature}℃")
    return " ".join(filter(None, [*words, value.note]))
