"""Whole jobs in a real browser on the real product: launcher, PostgreSQL, web and worker."""
