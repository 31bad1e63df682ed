"""Settings of jobs (procrastinate); imported by :mod:`.settings`."""

PROCRASTINATE_ON_APP_READY = "manabiya.kernel.jobs.procrastinate.on_app_ready"
PROCRASTINATE_AUTODISCOVER_MODULE_NAME = "jobs_nowhere"
