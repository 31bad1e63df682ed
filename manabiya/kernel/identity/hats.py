"""The hats of an account, each with the places it may be worn today."""

from dataclasses import dataclass

from manabiya.kernel import clock
from manabiya.kernel.identity.models import Account, Hat, Membership
from manabiya.kernel.tenancy.scope import tenant


@dataclass(frozen=True, slots=True)
class HatPlace:
    """A hat and where it leads: 「2年3組 担任」, 「白樺野市 緑が丘小学校」."""

    label: str
    place: str
    name: str
    url: str


def hats_of(account: Account) -> list[HatPlace]:
    """Return where the account may go today; hats without a right today are left out."""
    found: list[HatPlace] = []
    memberships = (
        Membership.objects.filter(account=account, revoked_at=None)
        .select_related("municipality")
        .order_by("created_at")
    )
    for membership in memberships:
        found += _places(membership)
    return found


def _places(membership: Membership) -> list[HatPlace]:
    from manabiya.kernel.registry import registry

    if registry.rights_source is None:
        return []
    municipality = membership.municipality
    with tenant(municipality.id):
        rights = registry.rights_source(
            hat=Hat(membership.hat),
            person_id=membership.person_id,
            today=clock.school_now(municipality).date(),
            school_slug=None,
        )
    if rights is None or not rights.grants:
        return []
    base = f"/m/{municipality.slug}"
    if membership.hat == Hat.STAFF:
        schools: dict[str, HatPlace] = {}
        for grant in rights.grants:
            place = f"{municipality.name} {grant.school_name}"
            url = f"{base}/school/{grant.school_slug}/"
            schools.setdefault(grant.school_slug, HatPlace(grant.label, place, rights.name, url))
        return list(schools.values())
    folder = "board" if membership.hat == Hat.BOARD else "family"
    label = rights.grants[0].label
    return [HatPlace(label, municipality.name, rights.name, f"{base}/{folder}/")]
