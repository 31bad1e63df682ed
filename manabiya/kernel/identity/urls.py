"""Addresses of login and of the own account."""

from manabiya.kernel.access.policies import AUTHENTICATED, PUBLIC
from manabiya.kernel.access.routes import route
from manabiya.kernel.identity.views import account, entry

ROUTES = (
    route("", entry.home, policy=AUTHENTICATED, name="home"),
    route("health/", entry.health, policy=PUBLIC, name="health"),
    route("login/", entry.log_in, policy=PUBLIC, name="login"),
    route("login/passkey/", entry.passkey, policy=PUBLIC, name="login-passkey"),
    route("login/demo/<uuid:account>/", entry.demo_login, policy=PUBLIC, name="demo-login"),
    route("logout/", entry.log_out, policy=PUBLIC, name="logout"),
    route("account/", account.security, policy=AUTHENTICATED, name="account-security"),
    route("account/strong/", account.strong_session, policy=AUTHENTICATED, name="strong-session"),
    route(
        "account/passkey/<slug:purpose>/",
        account.passkey_challenge,
        policy=AUTHENTICATED,
        name="passkey-challenge",
    ),
    route("account/passkeys/", account.add_passkey, policy=AUTHENTICATED, name="passkey-add"),
    route(
        "account/passkeys/<int:authenticator>/remove/",
        account.remove_passkey,
        policy=AUTHENTICATED,
        name="passkey-remove",
    ),
    route("account/password/", account.password, policy=AUTHENTICATED, name="account-password"),
    route(
        "account/sessions/<int:session>/end/",
        account.end_session,
        policy=AUTHENTICATED,
        name="session-end",
    ),
)
