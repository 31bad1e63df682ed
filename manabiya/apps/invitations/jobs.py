"""What invitations do when something happened elsewhere."""

from uuid import UUID

from manabiya.apps.invitations.services import revoke_papers
from manabiya.kernel.clock import real_now


def excluded(keys: dict[str, str]) -> None:
    """Handle an event: a guardian was excluded from a child."""
    revoke_papers(
        student_id=UUID(keys["student"]), guardian_id=UUID(keys["guardian"]), now=real_now()
    )
