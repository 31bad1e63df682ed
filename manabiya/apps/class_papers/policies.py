"""Who may print the papers of a class, see its photos and keep new ones."""

from manabiya.kernel.access.policies import DataClass, Permission, Policy, Scope

AT_SCHOOL = (
    "principal",
    "vice_principal",
    "academic_affairs_head",
    "grade_head",
    "homeroom_teacher",
    "assistant_homeroom_teacher",
    "subject_teacher",
    "school_nurse",
    "office_staff",
)

LIST_PRINT = Policy(
    Permission("class_papers.list:print", "学級の名簿と名札を作る"),
    {**{role: Scope.SCHOOL for role in AT_SCHOOL}, "cover": Scope.HOMEROOM},
)
PHOTO_VIEW = Policy(
    Permission("class_papers.photo:view", "写真名簿を見る", DataClass.II),
    {**{role: Scope.SCHOOL for role in AT_SCHOOL}, "cover": Scope.HOMEROOM},
)
PHOTO_KEEP = Policy(
    Permission("class_papers.photo:keep", "写真を入れる", DataClass.II),
    {
        "principal": Scope.SCHOOL,
        "vice_principal": Scope.SCHOOL,
        "office_staff": Scope.SCHOOL,
        "homeroom_teacher": Scope.HOMEROOM,
        "assistant_homeroom_teacher": Scope.HOMEROOM,
    },
)

ALL = (LIST_PRINT, PHOTO_VIEW, PHOTO_KEEP)
