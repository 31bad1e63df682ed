"""How the library of second factors names us."""

from urllib.parse import urlsplit

from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser


class SecondFactorAdapter(DefaultMFAAdapter):
    """The relying party is the installation's public host, so that passkeys survive a move."""

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """Return id and name of the relying party."""
        return {"id": urlsplit(settings.PUBLIC_ADDRESS).hostname or "localhost", "name": "学び舎"}

    def _get_user_identifier(self, user: AbstractBaseUser) -> str:
        return user.get_username()
