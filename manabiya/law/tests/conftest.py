"""Properties are about truth, never about time: no deadline, however busy the machine is."""

from hypothesis import settings

settings.register_profile("without-deadline", deadline=None)
settings.load_profile("without-deadline")
