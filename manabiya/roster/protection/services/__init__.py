"""Writes of protection: set, look again, end; open an address once."""

from manabiya.roster.protection.services.ending import end_protection, review_protection
from manabiya.roster.protection.services.excluding import Outsider
from manabiya.roster.protection.services.opening import OpenedContacts, open_address
from manabiya.roster.protection.services.refusals import ProtectionRefused
from manabiya.roster.protection.services.setting import ProtectionWord, set_protection

__all__ = [
    "OpenedContacts",
    "Outsider",
    "ProtectionRefused",
    "ProtectionWord",
    "end_protection",
    "open_address",
    "review_protection",
    "set_protection",
]
