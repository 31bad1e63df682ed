"""What a school reads: the plan as it was decided last."""

from manabiya.apps.dx_plan.document import Document, read
from manabiya.apps.dx_plan.models import PlanEdition
from manabiya.apps.dx_plan.policies import PLAN_READ
from manabiya.kernel.access.actors import Actor
from manabiya.law.school_year import school_year_of


def decided_plan(viewer: Actor) -> tuple[PlanEdition, Document] | None:
    """Return the newest decided edition of the plan in force; None where nothing is decided.

    In force is the last plan that has begun, else the first to come. It is meant for every school of the municipality: the reach of a role would stop at its school.
    """
    PLAN_READ.require(viewer)
    editions = PlanEdition.objects.order_by("-plan__first_year", "-number")
    begun = editions.filter(plan__first_year__lte=school_year_of(viewer.today)).first()
    found = begun or editions.order_by("plan__first_year", "-number").first()
    return (found, read(found.document)) if found else None
