"""What the checklist gives the house."""

from manabiya.kernel.registry import Contributions

CONTRIBUTIONS = Contributions()
