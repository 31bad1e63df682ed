"""*LanguageSwitch* (ことばの切りかえ): a board turned a further language of families on or off.

Written once, never changed: the last one of a language holds, all of them are its history.
"""

from typing import ClassVar

from django.db import models

from manabiya.kernel.access.policies import Reach
from manabiya.kernel.tenancy.models import TenantForeignKey, TenantModel


class LanguageSwitch(TenantModel):
    """One turn of the switch: ``language`` is a code of ``FURTHER_LANGUAGES``."""

    append_only: ClassVar[bool] = True
    reach: ClassVar[Reach] = Reach()

    language = models.CharField(max_length=10)
    is_on = models.BooleanField()
    set_by = TenantForeignKey("roster.StaffMember", models.PROTECT, related_name="+")
    set_at = models.DateTimeField()

    class Meta(TenantModel.Meta):
        indexes: ClassVar[list[models.Index]] = [
            models.Index(
                fields=["municipality", "language", "set_at"], name="language_switch_newest"
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)
