"""The one press that confirms a class: 35 children, some reported, some tapped by the teacher."""

import time
from uuid import UUID

from ruler import city
from ruler.counted import ask, counting
from ruler.figures import judged, say, told
from ruler.house import BUILT_FOR, house, web
from ruler.timed import Visitor, form_of, wait

CLASSES = 30


def main() -> None:
    """Measure and print."""
    with house() as home:
        slug, *others = city.build((35,), *((35,),) * (CLASSES + 1))
        service = _service(slug)
        with web(home) as served:
            presses = [_press(served.port, other) for other in others[:-1]]
        whole = _whole(others[-1])
    what = "学級の1日を確定 35名"
    say(
        judged(what, len(service), "クエリ", "≤ 10", besides="確定のサービス"),
        judged(f"{what} 送信", 1, "回", "= 1", besides="押すのは1度、答えは 302"),
        told(f"{what} 要求全体", f"{whole} クエリ(入口の権限の照合とセッションを含む)"),
        wait(what, presses),
    )


def _ready(slug: str) -> tuple[str, str, UUID]:
    """Return session, address and homeroom of a class with reports and its teacher."""
    room = city.homerooms(slug)[35]
    city.report_some(room)
    session = city.staff_session("homeroom_teacher", slug, room)
    return session, f"/m/{city.SLUG}/school/{slug}/attendance/class/{room}/{BUILT_FOR}/", room


def _service(slug: str) -> list[str]:
    """Return what the service of a first confirmation asks, exceptions among the entries."""
    from manabiya.apps.attendance import rules, services
    from manabiya.kernel.access.actors import Actor
    from manabiya.kernel.clock import school_now
    from manabiya.kernel.identity.models import Hat, Membership
    from manabiya.kernel.tenancy.models import Municipality
    from manabiya.kernel.tenancy.scope import tenant
    from manabiya.roster.queries import seats_on
    from manabiya.roster.rights import rights_of

    _session, _path, room = _ready(slug)
    member = Membership.objects.get(account__login_name__startswith="bench-", hat=Hat.STAFF)
    city_now = Municipality.objects.get(slug=city.SLUG)
    with tenant(member.municipality_id):
        found = rights_of(
            hat=Hat.STAFF, person_id=member.person_id, today=BUILT_FOR, school_slug=slug
        )
        actor = Actor(
            account_id=member.account_id,
            municipality_id=member.municipality_id,
            hat=Hat.STAFF,
            person_id=member.person_id,
            today=BUILT_FOR,
            grants=found.grants,
            school_id=found.school_id,
            is_strong=True,
        )
        seats = seats_on(room, BUILT_FOR)
        entries = [
            rules.Entry(seat.student_id, rules.PRESENT, "late" if number == 7 else rules.PRESENT)
            for number, seat in enumerate(seats)
        ]
        with counting() as asked:
            services.confirm_day(
                actor=actor,
                homeroom_id=room,
                day=BUILT_FOR,
                entries=entries,
                now=school_now(city_now),
            )
    return asked.queries


def _press(port: int, slug: str) -> float:
    """Open the page as the teacher, mark one child late, confirm; return the milliseconds."""
    session, path, _room = _ready(slug)
    teacher = Visitor(port, session)
    fields = _marked(form_of(teacher.get(path)))
    started = time.perf_counter()
    status = teacher.post(path, fields)
    took = (time.perf_counter() - started) * 1000
    if status != 302 or "確定しました" not in teacher.get(path):
        raise RuntimeError(f"not confirmed: {status}")
    return took


def _marked(fields: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Return the form with the eighth child late and the button pressed."""
    kept = [(name, value) for name, value in fields if name != "r7"]
    return [*kept, ("r7", "late"), ("save", "1")]


def _whole(slug: str) -> int:
    """Return how many queries the whole request asks, from the address to the answer."""
    from ruler.counted import client

    session, path, _room = _ready(slug)
    fields = _marked(form_of(client(session).get(path).content.decode()))
    data: dict[str, list[str]] = {}
    for name, value in fields:
        data.setdefault(name, []).append(value)
    response, asked = ask(session, path, data)
    if response.status_code != 302:
        raise RuntimeError(f"not confirmed: {response.status_code}")
    return len(asked.queries)


if __name__ == "__main__":
    main()
