"""Which database the process talks to; starts the embedded one when no address is given."""

import os

from django.conf import settings

WITHOUT_DATABASE = {
    "",
    "help",
    "law",
    "checklist",
    "check_templates",
    "check_translations",
    "compilemessages",
    "makemessages",
    "collectstatic",
}


def connect(command: str) -> None:
    """Make the database of the settings reachable for ``command`` (a management command's name)."""
    if command in WITHOUT_DATABASE or command.startswith("-"):
        return
    if not settings.MANABIYA_TRIAL_DATABASE or settings.DATABASES["default"]["HOST"]:
        return
    from manabiya.kernel.database.pgembed import prepare_roles, start

    cluster = start(settings.MANABIYA_DATA_DIR / "postgres")
    prepare_roles(cluster, database="manabiya")
    os.environ["MANABIYA_SOCKET_DIR"] = str(cluster.host)
    settings.DATABASES["default"]["HOST"] = str(cluster.host)
