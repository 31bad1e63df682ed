"""Settings of the tests: a data folder of their own, the embedded database, fast hashing."""

import os
import tempfile

if "MANABIYA_DATA_DIR" not in os.environ:
    os.environ["MANABIYA_DATA_DIR"] = tempfile.mkdtemp(prefix="manabiya-test-")
os.environ.setdefault("SECRET_KEY", "only-for-tests-" * 4)

from manabiya.site.settings import *  # noqa: F403
from manabiya.site.settings import DATABASES, INSTALLED_APPS, STORAGES

DATABASES["default"] |= {"CONN_MAX_AGE": 0, "CONN_HEALTH_CHECKS": False}
INSTALLED_APPS.append("tests.tinyapp")
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
WHITENOISE_AUTOREFRESH = True
WHITENOISE_USE_FINDERS = True
