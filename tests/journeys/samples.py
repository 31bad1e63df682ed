"""Values for the names in addresses, taken from the samples of the matrix, in the house's own data.

``python -m tests.journeys.samples`` runs on the database of a house and prints them as JSON. The
matrix keeps a note of its tiny app beside them, so that app gets its tables first.
"""

import json
import os
import subprocess
import sys

from tests.journeys.house import ROOT

PLACES = (("shirakabano", "midorigaoka"), ("sawanose", "sawanose"))


def samples_in(house):
    """Return (municipality, school) → values by name, as another process finds or makes them."""
    environ = {**house.environ, "DJANGO_SETTINGS_MODULE": "manabiya.site.settings_test"}
    done = subprocess.run(
        [sys.executable, "-m", "tests.journeys.samples"],
        cwd=ROOT,
        env=environ,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return dict(zip(PLACES, json.loads(done.stdout.splitlines()[-1]), strict=True))


def tell():
    """Print the values of each place."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "manabiya.site.settings_test")
    from manabiya.site.database import connect

    connect("samples")
    import django

    django.setup()
    from django.core.management import call_command

    from conftest import City
    from tests.matrix.samples import samples

    call_command("migrate", "tinyapp", verbosity=0)
    found = [samples(City(), *place).own for place in PLACES]
    print(json.dumps([{name: str(value) for name, value in own.items()} for own in found]))


if __name__ == "__main__":
    tell()
