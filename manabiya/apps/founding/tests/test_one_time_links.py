"""A link is open until it is used, revoked or expired; its code leads to its municipality only."""

from datetime import timedelta
from uuid import uuid4

import pytest

from manabiya.apps.founding.models import StaffInvitation, StaffInvitationAddress
from manabiya.apps.invitations.models import Invitation, InvitationAddress
from manabiya.kernel.clock import real_now
from manabiya.kernel.identity.one_time_links import (
    OneTimeLink,
    address_of,
    keyed_hash,
    open_link,
    revoke_open,
)
from manabiya.kernel.tenancy.scope import tenant

NOW = real_now()
HOUR = timedelta(hours=1)


@pytest.mark.parametrize(
    ("row", "is_open"),
    [
        ({}, True),
        ({"expires_at": NOW}, False),
        ({"used_at": NOW - HOUR}, False),
        ({"revoked_at": NOW - HOUR}, False),
    ],
)
@pytest.mark.parametrize("kind", [StaffInvitation, Invitation])
def test_open_until_used_revoked_or_expired(kind, row, is_open):
    assert issubclass(kind, OneTimeLink)
    assert kind(**{"expires_at": NOW + HOUR, **row}).is_open(NOW) is is_open


def written(city, slug, code, **row):
    with city.tenant(slug):
        person = city.membership("principal", "midorigaoka").person_id
        link = StaffInvitation.objects.create(
            staff_member_id=person, hat="staff", code_hash=keyed_hash(code), issued_at=NOW,
            **{"expires_at": NOW + HOUR, **row},
        )  # fmt: skip
        address_of(StaffInvitationAddress, link)
        return link


def opened(code, addresses=StaffInvitationAddress, links=StaffInvitation):
    return open_link(addresses, links, keyed_hash(code), NOW)


def test_a_code_leads_to_its_link_and_municipality(city):
    link = written(city, "shirakabano", "abc")
    assert opened("abc") == (city.municipality().id, link)
    assert opened("abd") is None
    assert opened("abc", InvitationAddress, Invitation) is None


@pytest.mark.parametrize("row", [{"expires_at": NOW}, {"used_at": NOW}, {"revoked_at": NOW}])
def test_a_link_that_is_not_open_is_not_found(city, row):
    written(city, "shirakabano", "abc", **row)
    assert opened("abc") is None


def test_using_and_revoking_close_it_and_leave_used_ones_as_they_are(city):
    link, other = written(city, "shirakabano", "abc"), written(city, "shirakabano", "xyz")
    account = uuid4()
    with tenant(city.municipality().id):
        link.use(account, NOW)
        assert revoke_open(StaffInvitation.objects.filter(pk__in=[link.pk, other.pk]), NOW) == 1
        link.refresh_from_db()
        assert (link.used_by, link.used_at, link.revoked_at) == (account, NOW, None)
    assert opened("abc") is opened("xyz") is None
