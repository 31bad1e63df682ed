"""The application's database role must be weak: a strong one walks through the wall unseen.

Asked on every new connection (one query; connections live long), so web, worker and commands
refuse to work in the name of a superuser, of a role with BYPASSRLS, or of the tables' owner.
"""

from typing import Any

from django.conf import settings
from django.db.backends.base.base import BaseDatabaseWrapper

from manabiya.kernel.tenancy.errors import RoleTooStrong

STRENGTHS = """
SELECT r.rolsuper, r.rolbypassrls,
       EXISTS (SELECT 1 FROM pg_tables t WHERE t.schemaname = 'public' AND t.tableowner = r.rolname)
       OR (r.rolname <> %(owner)s AND EXISTS (SELECT 1 FROM pg_roles o WHERE o.rolname = %(owner)s
           AND pg_has_role(r.rolname, o.oid, 'MEMBER')))
FROM pg_roles r WHERE r.rolname = current_user
"""
WORDS = ("SUPERUSER です", "BYPASSRLS を持っています", "表の持ち主か、その仲間です")


def refuse_strong_role(sender: object, connection: BaseDatabaseWrapper, **kwargs: Any) -> None:
    """Raise :class:`RoleTooStrong` when the connection's role is more than an application's.

    The owner's own connections (migrate, flush) are let through, if there is a separate owner.
    """
    roles = settings.MANABIYA_DATABASE_ROLES
    if roles["owner"] != roles["web"] and connection.settings_dict["USER"] == roles["owner"]:
        return
    with connection.cursor() as cursor:
        cursor.execute(STRENGTHS, {"owner": roles["owner"]})
        row = cursor.fetchone()
    reasons = [word for strength, word in zip(row, WORDS, strict=True) if strength]
    if reasons:
        connection.close()
        raise RoleTooStrong(
            f"DATABASE_URL の役割 {roles['web']} は強すぎます({'、'.join(reasons)})。"
            "自治体の区切りが効かなくなるので、始めません。"
            "ふつうの役割を DATABASE_URL に、表の持ち主を DATABASE_OWNER_URL に指定してください。"
        )
