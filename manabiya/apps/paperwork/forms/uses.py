"""A line of the list: in one row, in full, and as a common paper."""

from collections.abc import Mapping
from typing import Any, ClassVar
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from manabiya.apps.paperwork import rules
from manabiya.apps.paperwork.forms.fields import VersionedForm, choices_of, count_field
from manabiya.apps.paperwork.models import CatalogPaper, PaperUse, Partner
from manabiya.apps.paperwork.services import UseFields

AS_COMMON = _("共通の帳票のとおり")
CHOOSE = _("選んでください")
LAW_NEEDS = {"source": _("法令のときは必ず")}


class QuickForm(forms.Form):
    """A line in one row. What is left open is taken from the common paper of that name."""

    name = forms.CharField(
        label=_("帳票・業務の名前"),
        max_length=60,
        widget=forms.TextInput(attrs={"list": "common-papers", "autocomplete": "off"}),
        error_messages={"required": _("名前を書いてください。")},
    )
    kind = forms.ChoiceField(
        label=_("種類"), required=False, choices=choices_of(rules.KINDS, AS_COMMON)
    )
    with_whom = forms.ChoiceField(
        label=_("だれと"), required=False, choices=choices_of(rules.PEOPLE, AS_COMMON)
    )
    basis = forms.ChoiceField(
        label=_("なぜ残っているか"), required=False, choices=choices_of(rules.BASES, AS_COMMON)
    )
    source = forms.CharField(label=_("根拠"), required=False, max_length=100)
    volume_count = count_field()
    volume_per = forms.ChoiceField(
        label=_("量の単位"), choices=choices_of(rules.PER), required=False
    )
    use_required_attribute = False
    needed_when: ClassVar[Mapping[str, Any]] = {
        **LAW_NEEDS, "kind": "", "with_whom": "", "basis": "", "volume_per": "",
    }  # fmt: skip

    def __init__(self, *args: Any, common: list[CatalogPaper], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.common = common

    def clean(self) -> dict[str, Any]:
        """Fill what was left open from the common paper, or ask for it."""
        said = super().clean() or {}
        name = rules.plain(said.get("name", ""))
        same = [paper for paper in self.common if rules.plain(paper.name) == name]
        self.paper = next((paper for paper in same if said.get("kind") in ("", paper.kind)), None)
        for field in ("kind", "with_whom", "basis"):
            if not said.get(field):
                if self.paper is None:
                    self.add_error(field, _("共通の帳票にない名前です。選んでください。"))
                else:
                    said[field] = getattr(self.paper, field)
        return said

    @property
    def entry(self) -> UseFields:
        """Return what a valid form says."""
        said, paper = self.cleaned_data, self.paper
        return UseFields(
            name=paper.name if paper else said["name"],
            kind=said["kind"],
            with_whom=said["with_whom"],
            basis=said["basis"],
            source=said["source"] or (paper.source if paper else ""),
            replacement=paper.replacement if paper else "",
            beyond_to=paper.beyond_to if paper else "",
            beyond_note=paper.beyond_note if paper else "",
            volume_count=said["volume_count"],
            volume_per=said["volume_per"] or "month",
        )


class CatalogForm(VersionedForm):
    """A common paper with its defaults."""

    name = forms.CharField(
        label=_("帳票・業務の名前"),
        max_length=60,
        error_messages={"required": _("名前を書いてください。")},
    )
    kind = forms.ChoiceField(label=_("種類"), choices=choices_of(rules.KINDS, CHOOSE))
    with_whom = forms.ChoiceField(label=_("だれと"), choices=choices_of(rules.PEOPLE, CHOOSE))
    basis = forms.ChoiceField(label=_("なぜ残っているか"), choices=choices_of(rules.BASES, CHOOSE))
    source = forms.CharField(
        label=_("根拠"),
        required=False,
        max_length=100,
        help_text=_("例 学校教育法施行規則第25条"),
    )
    replacement = forms.ChoiceField(
        label=_("代わりの方法"),
        required=False,
        choices=choices_of(rules.REPLACEMENTS, _("まだない")),
    )
    beyond_to = forms.ChoiceField(
        label=_("市だけでは解けないとき、どこへの要望か"),
        required=False,
        choices=choices_of(rules.BEYOND, _("市で解ける")),
    )
    beyond_note = forms.CharField(label=_("どうなれば解けるか"), required=False, max_length=200)
    needed_when: ClassVar[Mapping[str, Any]] = {
        **LAW_NEEDS,
        "beyond_note": _("要望のときは必ず"),
    }

    @property
    def entry(self) -> UseFields:
        """Return what a valid form says."""
        names = ("name", "kind", "with_whom", "basis", "source", "replacement", "beyond_to",
                 "beyond_note")  # fmt: skip
        return UseFields(**{name: self.cleaned_data[name] for name in names})

    @classmethod
    def of(cls, paper: CatalogPaper) -> "CatalogForm":
        """Return the form of a common paper as it is."""
        return cls(initial={name: getattr(paper, name) for name in cls.base_fields})


class UseForm(CatalogForm):
    """A whole line: the facts, the partner, the volume, a note."""

    partner = forms.ChoiceField(label=_("相手先"), required=False)
    volume_count = count_field()
    volume_per = forms.ChoiceField(label=_("量の単位"), choices=choices_of(rules.PER))
    note = forms.CharField(label=_("覚え"), required=False, max_length=200)

    def __init__(self, *args: Any, partners: list[Partner], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = {str(partner.id): partner.name for partner in partners}
        self.fields["partner"].choices = choices_of(known, _("決めていない"))  # type: ignore[attr-defined]

    @property
    def entry(self) -> UseFields:
        """Return what a valid form says."""
        said = self.cleaned_data
        facts = super().entry
        return UseFields(
            **{**facts.facts(), "name": facts.name},
            partner_id=UUID(said["partner"]) if said["partner"] else None,
            volume_count=said["volume_count"],
            volume_per=said["volume_per"],
            note=said["note"],
        )

    @classmethod
    def of_use(cls, use: PaperUse, partners: list[Partner]) -> "UseForm":
        """Return the form of a line as it is."""
        plain = [name for name in cls.base_fields if name != "partner"]
        initial = {name: getattr(use, name) for name in plain}
        return cls(partners=partners, initial={**initial, "partner": str(use.partner_id or "")})
