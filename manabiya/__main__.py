"""The command line: ``manabiya <command>`` (every Django command, with ``-`` or ``_``)."""

import os
import sys


def main() -> int:
    """Run a command; the embedded database is started first where a command needs one."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "manabiya.site.settings")
    from manabiya.site.database import connect

    arguments = sys.argv[:]
    if len(arguments) > 1:
        arguments[1] = arguments[1].replace("-", "_") if arguments[1][:1] != "-" else arguments[1]
    from django.core.management import execute_from_command_line

    from manabiya.kernel.database.errors import DatabaseUnavailable
    from manabiya.kernel.tenancy.errors import RoleTooStrong

    try:
        connect(arguments[1] if len(arguments) > 1 else "")
        execute_from_command_line(arguments)
    except (DatabaseUnavailable, RoleTooStrong) as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
