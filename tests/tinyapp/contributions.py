from manabiya.kernel.access.routes import Area, route
from manabiya.kernel.registry import Contributions, MenuEntry, Role, Subscription
from tests.tinyapp import views
from tests.tinyapp.effects import leave_effect
from tests.tinyapp.policies import NOTE_VIEW, NOTE_WRITE

CONTRIBUTIONS = Contributions(
    permissions=(NOTE_VIEW.permission, NOTE_WRITE.permission),
    roles=(Role("tiny_role", "小さな係"),),
    routes=(
        route("tiny/", views.notes, policy=NOTE_VIEW, name="tiny-notes", area=Area.SCHOOL),
        route(
            "tiny/<uuid:note>/", views.note, policy=NOTE_VIEW, name="tiny-note", area=Area.SCHOOL
        ),
        route(
            "tiny/write/<uuid:student>/",
            views.write,
            policy=NOTE_WRITE,
            name="tiny-write",
            area=Area.SCHOOL,
        ),
    ),
    subscriptions=(Subscription("tinyapp.effect", "tinyapp.happened", leave_effect),),
    menu=(MenuEntry("tiny", "小さなメモ", "tiny-notes", Area.SCHOOL, NOTE_VIEW, 999),),
)
