"""Jobs: work after the answer, on procrastinate in the same PostgreSQL.

``@job`` makes a function a job that runs inside ``tenant()``; ``defer`` enqueues it in the
running transaction, so it is rolled back with it. Arguments are ids and dates, never names. A
periodic rescue takes up the jobs of a killed worker, a limited number of times.
"""

from manabiya.kernel.jobs.work import BadArgument, Job, defer, defer_once, job, periodic

__all__ = ["BadArgument", "Job", "defer", "defer_once", "job", "periodic"]
