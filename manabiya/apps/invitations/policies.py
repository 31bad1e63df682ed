"""Who may issue papers."""

from manabiya.kernel.access.policies import DataClass, Permission, Policy, Scope

ISSUE = Policy(
    Permission("invitations.invitation:issue", "保護者の招待を出す", DataClass.II),
    {
        "principal": Scope.SCHOOL,
        "vice_principal": Scope.SCHOOL,
        "office_staff": Scope.SCHOOL,
        "homeroom_teacher": Scope.HOMEROOM,
    },
)
