"""Who may note and see what is seen of the children in the morning (class Ⅱ)."""

from manabiya.kernel.access.policies import DataClass, Permission, Policy, Scope

NOTERS = {
    "homeroom_teacher": Scope.HOMEROOM,
    "assistant_homeroom_teacher": Scope.HOMEROOM,
    "cover": Scope.HOMEROOM,
    "school_nurse": Scope.SCHOOL,
    "vice_principal": Scope.SCHOOL,
    "principal": Scope.SCHOOL,
}

OBSERVATION_NOTE = Policy(
    Permission("observation.observation:note", "健康観察を記録する", DataClass.II), NOTERS
)
OBSERVATION_VIEW = Policy(
    Permission("observation.observation:view", "健康観察を見る", DataClass.II), NOTERS
)

ALL = (OBSERVATION_NOTE, OBSERVATION_VIEW)
