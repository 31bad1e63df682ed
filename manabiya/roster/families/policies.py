"""Who changes guardians and their rights, and who sees and sets 親権."""

from manabiya.kernel.access.policies import DataClass, Permission, Policy, Scope

MANAGERS = {"principal": Scope.SCHOOL, "vice_principal": Scope.SCHOOL}

FAMILY_CHANGE = Policy(
    Permission("roster.family:change", "保護者と、できることを変える", DataClass.II),
    {**MANAGERS, "office_staff": Scope.SCHOOL},
)
AUTHORITY_SET = Policy(
    Permission("roster.authority:set", "親権を見て、登録する", DataClass.II), dict(MANAGERS)
)

ALL = (FAMILY_CHANGE, AUTHORITY_SET)
