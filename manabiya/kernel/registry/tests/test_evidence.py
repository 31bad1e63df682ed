"""A share is a part of something: nought of nothing is unknown, not nought."""

import pytest

from manabiya.kernel.registry import Contributions, Evidence, Registry, RegistryError, Share


@pytest.mark.parametrize(("numerator", "denominator"), [(0, 0), (2, 1), (-1, 1), (1, -1)])
def test_what_is_no_part_is_refused(numerator, denominator):
    with pytest.raises(ValueError, match="no share"):
        Share(numerator, denominator)


def test_evidence_has_one_name():
    given = Contributions(evidence=(Evidence("a", "b", "c", "d", "e", lambda *_: {}),))
    found = Registry()
    found.add(given)
    assert found.evidence["a"].item == "b"
    with pytest.raises(RegistryError, match="registered twice"):
        found.add(given)
