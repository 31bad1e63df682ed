"""Settings of an installation; everything that differs between places is an environment variable."""

import contextlib
import os
import secrets
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from manabiya.kernel.database.urls import database_settings
from manabiya.kernel.health.logs import logging_settings

BASE_DIR = Path(__file__).resolve().parents[2]
MANABIYA_DATA_DIR = Path(os.environ.get("MANABIYA_DATA_DIR", BASE_DIR / ".data")).resolve()


def _secret_key() -> str:
    """Return the signing key: SECRET_KEY, else one made once and kept in the data folder (0600)."""
    if key := os.environ.get("SECRET_KEY"):
        return key
    file = MANABIYA_DATA_DIR / "secret-key"
    if not file.exists():
        MANABIYA_DATA_DIR.mkdir(parents=True, exist_ok=True)
        made = file.with_suffix(f".{os.getpid()}")
        made.touch(mode=0o600)
        made.write_text(secrets.token_urlsafe(50))
        with contextlib.suppress(FileExistsError):
            os.link(made, file)
        made.unlink()
    return file.read_text()


SECRET_KEY = _secret_key()
DEBUG = False
PUBLIC_ADDRESS = os.environ.get(
    "PUBLIC_ADDRESS", f"http://localhost:{os.environ.get('PORT', '8000')}"
)
ALLOWED_HOSTS = [  # loopback always: the launcher asks there whether the pages are up
    *filter(None, os.environ.get("ALLOWED_HOSTS", "").split(",")),
    urlsplit(PUBLIC_ADDRESS).hostname or "localhost",
    *("localhost", "127.0.0.1", "[::1]"),
]
IS_HTTPS = PUBLIC_ADDRESS.startswith("https://")
LOOPBACK = {"127.0.0.1", "::1", "localhost"}
IS_LOOPBACK = {os.environ.get("HOST", "127.0.0.1"), urlsplit(PUBLIC_ADDRESS).hostname} <= LOOPBACK

_database = database_settings(os.environ, MANABIYA_DATA_DIR)
MANABIYA_TRIAL_DATABASE = _database.embedded
MANABIYA_DATABASE_OWNER = _database.owner
MANABIYA_DATABASE_BACKUP = _database.backup
MANABIYA_DATABASE_ROLES = {
    "web": _database.web["USER"],
    "owner": _database.owner["USER"],
    "backup": _database.backup["USER"],
}
DATABASES: dict[str, dict[str, Any]] = {
    "default": {
        **_database.web,
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
    }
}
DATABASES["default"].setdefault("OPTIONS", {})
DATABASES["default"]["OPTIONS"] |= {
    "connect_timeout": 5,
    # The server keeps the plans of statements it has seen (from the fifth time on): planning was
    # more than half of its work. Behind a pooler that shares connections set DATABASE_PREPARE=0.
    "server_side_binding": True,
    "prepare_threshold": 5 if os.environ.get("DATABASE_PREPARE", "1") == "1" else None,
}
if _socket := os.environ.get("MANABIYA_SOCKET_DIR"):
    DATABASES["default"]["HOST"] = _socket
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"


def _apps() -> list[str]:
    """Return every capability lying in ``manabiya/apps``."""
    folder = BASE_DIR / "manabiya" / "apps"
    return [f"manabiya.apps.{p.name}" for p in sorted(folder.iterdir()) if (p / "apps.py").exists()]


INSTALLED_APPS = [
    "manabiya.kernel.tenancy",
    "manabiya.kernel.identity",
    "manabiya.kernel.access",
    "manabiya.kernel.audit",
    "manabiya.kernel.backup",
    "manabiya.kernel.jobs",
    "manabiya.kernel.events",
    "manabiya.kernel.ui",
    "manabiya.roster",
    *_apps(),
    "manabiya.site",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.contrib.postgres",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "django_htmx",
    "template_partials",
    "procrastinate.contrib.django",
]

MIDDLEWARE = [
    "manabiya.kernel.health.middleware.watch",
    "manabiya.site.middleware.proxies",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "manabiya.site.middleware.content_security_policy",
    "manabiya.kernel.ui.middleware.LanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "manabiya.site.middleware.transaction_of_request",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "manabiya.site.middleware.refusals",
    "manabiya.site.middleware.hat_of_request",
    "manabiya.kernel.ui.middleware.family_language",
]

ROOT_URLCONF = "manabiya.site.urls"
WSGI_APPLICATION = "manabiya.site.wsgi.application"
TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.messages.context_processors.messages",
                "manabiya.kernel.ui.context.page",
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "template_partials.templatetags.partials",
                "manabiya.kernel.ui.templatetags.ui",
            ],
        },
    }
]
STATIC_URL = "/static/"
STATIC_ROOT = MANABIYA_DATA_DIR / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
    "house": {
        "BACKEND": "manabiya.kernel.files.store.DurableStorage",
        "OPTIONS": {
            "location": MANABIYA_DATA_DIR / "files",
            "file_permissions_mode": 0o600,
            "directory_permissions_mode": 0o700,
        },
    },
}
WHITENOISE_KEEP_ONLY_HASHED_FILES = True

LANGUAGE_CODE = "ja"
LANGUAGES = [("ja", "日本語"), ("ja-simple", "やさしい日本語"), ("en", "English")]
FURTHER_LANGUAGES = [("pt", "Português")]  # for guardians, where the board turned them on
TIME_ZONE = "Asia/Tokyo"
USE_I18N = True
USE_TZ = True

AUTH_USER_MODEL = "identity.Account"
AUTHENTICATION_BACKENDS = ["django.contrib.auth.backends.ModelBackend"]
LOGIN_URL = "login"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "/login/"
SESSION_COOKIE_NAME = "manabiya"
SESSION_COOKIE_AGE = 60 * 60 * 24 * 90
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = IS_HTTPS
SECURE_HSTS_SECONDS = 60 * 60 * 24 * 365 if IS_HTTPS else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if IS_HTTPS else None
TRUSTED_PROXIES = [
    part.strip() for part in os.environ.get("TRUSTED_PROXIES", "").split(",") if part.strip()
] or (["127.0.0.1", "::1"] if IS_HTTPS else [])
SECURE_REFERRER_POLICY = "same-origin"
CSRF_TRUSTED_ORIGINS = [PUBLIC_ADDRESS] if IS_HTTPS else []
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "manabiya.kernel.ui.errors.csrf_failure"
CSRF_COOKIE_AGE = 60 * 60 * 24 * 90
X_FRAME_OPTIONS = "DENY"
SILENCED_SYSTEM_CHECKS = ["models.E034"]

CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "shared_cache",
    }
}

EMAIL_HOST = os.environ.get("EMAIL_HOST", "localhost")
EMAIL_PORT = int(os.environ.get("EMAIL_PORT", "25"))
OPERATOR_MAIL = os.environ.get("OPERATOR_MAIL", "")

LOGGING = logging_settings(
    level=os.environ.get("LOG_LEVEL", "WARNING"), is_json=os.environ.get("LOG_FORMAT") == "json"
)
METRICS_TOKEN = os.environ.get("METRICS_TOKEN", "")

IS_DEMO_ALLOWED = IS_LOOPBACK

from manabiya.site.settings_identity import *  # noqa: E402, F403
from manabiya.site.settings_jobs import *  # noqa: E402, F403
