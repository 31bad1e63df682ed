"""A partner and the channel agreed with it."""

from django import forms
from django.utils.translation import gettext_lazy as _

from manabiya.apps.paperwork import rules
from manabiya.apps.paperwork.forms.fields import DayField, VersionedForm, choices_of
from manabiya.apps.paperwork.models import Partner
from manabiya.apps.paperwork.services import PartnerFields

CHOOSE = _("選んでください")


class PartnerForm(VersionedForm):
    """Name, what it is, how it accepts papers, since when that is agreed."""

    name = forms.CharField(
        label=_("相手先"), max_length=60, error_messages={"required": _("名前を書いてください。")}
    )
    sort = forms.ChoiceField(label=_("どんな相手"), choices=choices_of(rules.SORTS, CHOOSE))
    channel = forms.ChoiceField(label=_("受け渡し方法"), choices=choices_of(rules.CHANNELS, CHOOSE))
    agreed_on = DayField(label=_("合意した日"), required=False)
    note = forms.CharField(label=_("覚え"), required=False, max_length=200)

    @property
    def entry(self) -> PartnerFields:
        """Return what a valid form says."""
        said = self.cleaned_data
        return PartnerFields(
            said["name"], said["sort"], said["channel"], said["agreed_on"], said["note"]
        )

    @classmethod
    def of(cls, partner: Partner) -> "PartnerForm":
        """Return the form of a partner as it is."""
        day = partner.agreed_on
        return cls(
            initial={
                "version": partner.version,
                "name": partner.name,
                "sort": partner.sort,
                "channel": partner.channel,
                "agreed_on": f"{day:%Y/%-m/%-d}" if day else "",
                "note": partner.note,
            }
        )
