"""Start everything, say where it is, stop everything."""

import sys

from manabiya.kernel.database.errors import DatabaseUnavailable
from manabiya.site.launcher.house import House, Trouble

if __name__ == "__main__":
    try:
        sys.exit(House.from_environment().run())
    except (Trouble, DatabaseUnavailable) as error:
        print(f"\n{error}", file=sys.stderr)
        sys.exit(1)
