"""What the identity room gives the house."""

from manabiya.kernel.identity.urls import ROUTES
from manabiya.kernel.registry import Contributions

CONTRIBUTIONS = Contributions(
    routes=ROUTES,
    family_texts=(
        "forms.py",
        "views/entry.py",
    ),
)
