"""Files are kept once, by municipality, closed to other accounts."""

import stat

import pytest
from django.core.files.storage import storages

from manabiya.kernel.files import FileMissing, keep, read
from manabiya.kernel.files.store import ALIAS
from manabiya.kernel.tenancy.scope import NoTenant


def test_a_file_is_read_back_and_kept_once(city):
    with city.tenant():
        digest = keep(b"content")
        assert keep(b"content") == digest
        assert read(digest) == b"content"


def test_another_municipality_does_not_find_it(city):
    with city.tenant():
        digest = keep(b"of the city")
    with city.tenant("sawanose"), pytest.raises(FileMissing):
        read(digest)


def test_outside_a_municipality_nothing_is_kept_or_read():
    with pytest.raises(NoTenant):
        keep(b"x")


def test_files_and_folders_are_closed_to_others(city):
    with city.tenant():
        digest = keep(b"closed")
    store = storages[ALIAS]
    place = store.path(f"{city.municipality().id}/{digest[:2]}/{digest}")
    import pathlib

    path = pathlib.Path(place)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
