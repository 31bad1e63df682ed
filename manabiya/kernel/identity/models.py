"""Accounts and the hats they wear.

*Account*: credentials of one person, without name or school. *Membership*: the person wears a
hat (staff, guardian, board) in a municipality; ``person_id`` is the key of the tenant row
(staff member or guardian) that says who that is there. One account may hold several.
*Throttle*: attempts counted in the database, so that limits hold with several processes.
"""

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models

from manabiya.kernel.tenancy.ids import uuid7
from manabiya.kernel.tenancy.models import AccountModel, Municipality


class Hat(models.TextChoices):
    """In which quality a person acts."""

    STAFF = "staff", "教職員"
    BOARD = "board", "教育委員会"
    GUARDIAN = "guardian", "保護者"


class AccountManager(BaseUserManager["Account"]):
    """Creates accounts; signing up by oneself does not exist."""

    def create_account(self, *, login_name: str, password: str | None = None) -> "Account":
        """Create an account; without a password it can't log in until one or a passkey is set."""
        account = self.model(login_name=login_name.lower())
        account.set_password(password)
        account.save()
        return account

    def get_by_natural_key(self, username: str | None) -> "Account":
        """Find an account by its login name, upper or lower case."""
        return self.get(login_name=(username or "").lower())


class Account(AccountModel, AbstractBaseUser):
    """Login credentials of one person; no name, no school, no superuser."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    login_name = models.CharField("ログイン名", max_length=40, unique=True)
    email = models.EmailField("メールアドレス", blank=True)
    is_active = models.BooleanField("使える", default=True)
    created_at = models.DateTimeField(auto_now_add=True)
    language = models.CharField(max_length=10, default="ja")

    USERNAME_FIELD = "login_name"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []
    objects = AccountManager()

    def __str__(self) -> str:
        return str(self.id)


class Membership(AccountModel):
    """An account wears a hat in a municipality."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="memberships")
    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="+")
    hat = models.CharField(max_length=10, choices=Hat.choices)
    person_id = models.UUIDField()
    created_at = models.DateTimeField(auto_now_add=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["municipality", "hat", "person_id", "account"], name="membership_once"
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)


class Throttle(AccountModel):
    """Attempts in one window of time, counted in one atomic statement."""

    key = models.CharField(max_length=120, primary_key=True)
    count = models.PositiveIntegerField(default=0)
    window_ends_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.key


class DemoLogin(AccountModel):
    """A button of the demo's login page: one press logs in as this account, strongly.

    ``label`` names the role, ``place`` the school or municipality it stands under; ``landing`` is
    the address opened afterwards. Exists only for demo municipalities.
    """

    account = models.OneToOneField(Account, on_delete=models.CASCADE, primary_key=True)
    municipality = models.ForeignKey(Municipality, on_delete=models.CASCADE, related_name="+")
    label = models.CharField(max_length=60)
    place = models.CharField(max_length=60, default="")
    position = models.PositiveSmallIntegerField(default=0)
    landing = models.CharField(max_length=200)

    def __str__(self) -> str:
        return f"{self.label} {self.place}"
