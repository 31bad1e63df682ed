"""Tenancy: every row of a school belongs to one municipality, and nothing answers without one.

Three kinds of tables are declared: *tenant* (``TenantModel``, a ``municipality_id`` on the
row), *account* (``AccountModel``, credentials and memberships) and *system* (``SystemModel``:
the municipality directory, jobs, migrations). A table that declares no kind fails the suite.

The guard has three layers: the scoped manager of :mod:`.models` refuses unscoped and foreign
reads and writes; forced row-level security keyed on a transaction-local setting (:mod:`.protect`);
composite foreign keys and unique constraints that begin with ``municipality_id``.
"""
