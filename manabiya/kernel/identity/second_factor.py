"""Second factors of an account: TOTP, passkeys, recovery codes (allauth's authenticators)."""

from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal import auth as totp
from allauth.mfa.webauthn.internal import auth as webauthn
from django.core.exceptions import ValidationError

from manabiya.kernel.identity.models import Account


class NotProven(Exception):
    """The code or passkey did not fit; the message says what to do."""


def authenticators_of(account: Account) -> list[Authenticator]:
    """Return TOTP and passkeys of the account, oldest first."""
    kinds = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]
    return list(Authenticator.objects.filter(user=account, type__in=kinds).order_by("created_at"))


def prove_by_code(account: Account, code: str) -> None:
    """Accept a TOTP code or a recovery code; raise :class:`NotProven` otherwise."""
    code = code.strip().replace(" ", "").replace("-", "")
    for authenticator in Authenticator.objects.filter(user=account):
        if authenticator.type != Authenticator.Type.WEBAUTHN and authenticator.wrap().validate_code(
            code
        ):
            return
    raise NotProven("数字が合いません。認証アプリに出ている、いまの6けたを入れてください。")


def prove_by_passkey(account: Account, credential: dict[str, Any]) -> None:
    """Accept a passkey's answer to the challenge of this session."""
    try:
        answer: Any = webauthn.parse_authentication_response(credential)
        webauthn.complete_authentication(account, answer)
    except (ValidationError, ValueError, KeyError, TypeError) as error:
        raise NotProven("パスキーを確かめられませんでした。もう一度お試しください。") from error


def account_of_passkey(credential: dict[str, Any]) -> Account:
    """Return the account a passkey says it belongs to; prove it afterwards."""
    try:
        account: Any = webauthn.extract_user_from_response(credential)
    except (ValidationError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise NotProven("このパスキーは登録されていません。") from error
    return account


def add_totp(account: Account, secret: str, code: str) -> list[str]:
    """Activate TOTP after a first right code; return the recovery codes, shown once."""
    if not totp.validate_totp_code(secret, code.strip().replace(" ", "")):
        raise NotProven("数字が合いません。認証アプリに出ている、いまの6けたを入れてください。")
    if not Authenticator.objects.filter(user=account, type=Authenticator.Type.TOTP).exists():
        totp.TOTP.activate(account, secret)
    return _recovery_codes(account)


def add_passkey(account: Account, name: str, credential: dict[str, Any]) -> list[str]:
    """Keep a new passkey of this device; return the recovery codes, shown once."""
    try:
        answer: Any = webauthn.parse_registration_response(credential)
        webauthn.complete_registration(answer)
    except (ValidationError, ValueError, KeyError, TypeError) as error:
        raise NotProven("パスキーを登録できませんでした。もう一度お試しください。") from error
    webauthn.WebAuthn.add(account, name, credential)
    return _recovery_codes(account)


def _recovery_codes(account: Account) -> list[str]:
    codes: list[str] = RecoveryCodes.activate(account).generate_codes()
    return codes
