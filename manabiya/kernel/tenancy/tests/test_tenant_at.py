"""The municipality of an address: found and opened in one question."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from manabiya.kernel.tenancy import scope
from manabiya.kernel.tenancy.models import Municipality, tenant_at

pytestmark = pytest.mark.django_db(transaction=True)
SETTING = "SELECT current_setting('app.municipality_id', true)"


@pytest.fixture
def municipality():
    return Municipality.objects.create(code="012345", slug="teststadt", name="試し市")


def setting():
    with connection.cursor() as cursor:
        cursor.execute(SETTING)
        return cursor.fetchone()[0] or None


def test_the_address_opens_its_municipality_in_one_question(municipality):
    with CaptureQueriesContext(connection) as captured, tenant_at("teststadt") as found:
        assert (found.id, found.name) == (municipality.id, "試し市")
        assert scope.current() == municipality.id
        assert len([q for q in captured.captured_queries if "SELECT" in q["sql"]]) == 1
        assert setting() == str(municipality.id)
    assert scope.current_or_none() is None
    assert setting() is None


def test_an_unknown_address_opens_none(municipality):
    with tenant_at("nirgendwo") as found:
        assert found is None
        assert scope.current_or_none() is None
        assert setting() is None


def test_inside_another_it_gives_the_outer_one_back(municipality):
    other = Municipality.objects.create(code="012346", slug="andernorts", name="よその市")
    with scope.tenant(other.id):
        with tenant_at("teststadt"):
            assert setting() == str(municipality.id)
        assert setting() == str(other.id)
        assert scope.current() == other.id


def test_an_error_takes_the_setting_back(municipality):
    with pytest.raises(ValueError, match="stop"), tenant_at("teststadt"):
        raise ValueError("stop")
    assert scope.current_or_none() is None
    assert setting() is None
