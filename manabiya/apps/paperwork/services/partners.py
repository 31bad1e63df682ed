"""Partners: the city's are kept by the board, a school's by the school."""

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from manabiya.apps.paperwork import rules
from manabiya.apps.paperwork.models import Partner
from manabiya.apps.paperwork.policies import PARTNER_KEEP
from manabiya.apps.paperwork.services.fields import PartnerFields
from manabiya.apps.paperwork.services.places import named_once, place_of, recorded
from manabiya.apps.paperwork.services.refusals import PaperworkRefused
from manabiya.kernel.access.actors import Actor
from manabiya.kernel.audit.service import service


@service
def keep_partner(
    *, actor: Actor, partner_id: UUID | None, version: int, entry: PartnerFields, now: datetime
) -> Partner:
    """Write a partner of the actor's place, a new one without ``partner_id``.

    Whoever writes the day of an agreement stands for it. Raises ``Refused``, ``Http404``,
    :class:`PaperworkRefused`.
    """
    PARTNER_KEEP.require(actor)
    school_id = place_of(actor)
    _check(entry, now)
    values = {
        "name": rules.tidy(entry.name),
        "sort": entry.sort,
        "channel": entry.channel,
        "note": rules.tidy(entry.note),
    }
    if partner_id is None:
        partner = Partner(school_id=school_id)
    else:
        rows = Partner.objects.filter(school_id=school_id).select_for_update(no_key=True)
        partner = PARTNER_KEEP.get(actor, rows, pk=partner_id)
        if partner.version != version:
            raise PaperworkRefused(
                _("ほかの人が先に書き直しました。いまの内容を見て、もう一度お試しください。")
            )
        partner.version += 1
    is_new_word = (partner.channel, partner.agreed_on) != (entry.channel, entry.agreed_on)
    for name, value in values.items():
        setattr(partner, name, value)
    if is_new_word:
        partner.agreed_on = entry.agreed_on
        partner.agreed_by_id = actor.person_id if entry.agreed_on else None
    with named_once():
        partner.save()
    recorded(actor, "paperwork.partner:keep", "partner", partner.id)
    return partner


def _check(entry: PartnerFields, now: datetime) -> None:
    if not rules.tidy(entry.name):
        raise PaperworkRefused(_("相手先の名前を書いてください。"))
    if entry.sort not in rules.SORTS or entry.channel not in rules.CHANNELS:
        raise PaperworkRefused(_("どんな相手かと、受け渡し方法を選んでください。"))
    if entry.agreed_on is not None and entry.agreed_on > now.date():
        raise PaperworkRefused(_("合意した日は今日までの日にしてください。"))
