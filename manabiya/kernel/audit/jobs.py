"""Periodic work of the audit: sealing every few seconds, the head outside every day."""

from manabiya.kernel.audit.heads import keep_heads
from manabiya.kernel.audit.sealer import seal_all
from manabiya.kernel.jobs import periodic


@periodic("*/5 * * * * *", name="audit.seal")
def seal() -> None:
    """Chain what is ready."""
    seal_all()


@periodic("17 3 * * *", name="audit.heads")
def heads() -> None:
    """Write the heads outside the database."""
    seal_all()
    keep_heads()
