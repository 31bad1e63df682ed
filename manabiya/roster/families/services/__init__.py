"""Writes of families: guardians, their rights and phones, 親権."""

from manabiya.roster.families.services.authorities import HolderWord, set_authority
from manabiya.roster.families.services.guardians import (
    NewPerson,
    Phones,
    add_guardian,
    add_self,
    change_phones,
)
from manabiya.roster.families.services.refusals import FamilyRefused
from manabiya.roster.families.services.rights import RightWord, change_right, end_right

__all__ = [
    "FamilyRefused",
    "HolderWord",
    "NewPerson",
    "Phones",
    "RightWord",
    "add_guardian",
    "add_self",
    "change_phones",
    "change_right",
    "end_right",
    "set_authority",
]
