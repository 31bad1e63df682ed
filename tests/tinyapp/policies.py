from manabiya.kernel.access.policies import DataClass, Permission, Policy, Scope

NOTE_VIEW = Policy(
    Permission("tinyapp.note:view", "小さなメモを見る"),
    {"vice_principal": Scope.SCHOOL, "tiny_role": Scope.SCHOOL},
)
NOTE_WRITE = Policy(
    Permission("tinyapp.note:write", "小さなメモを書く", DataClass.II),
    {"vice_principal": Scope.SCHOOL},
)
