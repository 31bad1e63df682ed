"""The prefix lookup: ``family_kana_key__prefix="サト"``.

Under row-level security only leakproof operators use an index. ``LIKE`` is not leakproof,
``^@`` (starts with) is, and it uses a plain btree of a column with ``db_collation="C"``.
"""

from typing import Any

from django.db.models import CharField, Lookup, TextField


@CharField.register_lookup
@TextField.register_lookup
class Prefix(Lookup):
    lookup_name = "prefix"

    def as_sql(self, compiler: Any, connection: Any) -> Any:
        """Return ``lhs ^@ rhs``."""
        lhs, lhs_params = self.process_lhs(compiler, connection)
        rhs, rhs_params = self.process_rhs(compiler, connection)
        return f"{lhs} ^@ {rhs}", [*lhs_params, *rhs_params]
