"""The jobs of the jobs room itself: taking up what a killed worker left."""

from manabiya.kernel.jobs.rescue import rescue_stalled

__all__ = ["rescue_stalled"]
