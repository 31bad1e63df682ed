"""The screens of all staff rooms: how many polls a second are answered, with news and without.

77 schools, a screen each, that ask every fifteen seconds: 5.1 polls a second are what is needed.
First without news (304), then with (200: the whole board is built), as fast as eight connections
can; in between the CPU a poll costs.
"""

import http.client
import time
from concurrent.futures import ThreadPoolExecutor
from itertools import cycle, islice

from ruler import city
from ruler.figures import judged, percentile, say, told
from ruler.house import BUILT_FOR, house, web
from ruler.machine import cpu_seconds

SCHOOLS, CLIENTS, EVERY = 77, 8, 15
CLASSES = (33,) * 9
POLLS = 1540
NEEDED = SCHOOLS / EVERY
ADDRESS = f"/m/{city.SLUG}/wall/board/"


def pair_all() -> list[str]:
    """Pair a screen of every school; confirm half of the classes with some marks; return tokens."""
    from datetime import datetime, timedelta

    from manabiya.apps.attendance.models import AttendanceMark, ClassDay
    from manabiya.apps.monitor.models import MonitorDevice
    from manabiya.apps.monitor.tokens import hash_of, new_token
    from manabiya.kernel.clock import SCHOOL_ZONE, real_now
    from manabiya.kernel.tenancy.scope import tenant
    from manabiya.roster.models import Enrollment, Homeroom, School, StaffMember

    at = datetime.combine(BUILT_FOR, datetime.min.time(), SCHOOL_ZONE) + timedelta(hours=8)
    with tenant(city.municipality_id()):
        staff = StaffMember.objects.order_by("number")[0]
        tokens = {school.id: new_token() for school in School.objects.all()}
        MonitorDevice.objects.bulk_create(
            MonitorDevice(
                school_id=school_id, name="職員室", token_hash=hash_of(token), created_by=staff,
                created_at=real_now(), paired_at=real_now(), last_seen_at=real_now(),
            )
            for school_id, token in tokens.items()
        )  # fmt: skip
        rooms = list(Homeroom.objects.order_by("school_id", "position").values_list("id"))[::2]
        ids = [room for (room,) in rooms]
        ClassDay.objects.bulk_create(
            ClassDay(homeroom_id=room, date=BUILT_FOR, confirmed_at=at, confirmed_by=staff)
            for room in ids
        )
        seats = Enrollment.objects.filter(homeroom_id__in=ids, roll_number__in=(3, 17))
        AttendanceMark.objects.bulk_create(
            AttendanceMark(
                student_id=seat.student_id, homeroom_id=seat.homeroom_id, date=BUILT_FOR,
                status="absent_sick", source="teacher", decided_by=staff, decided_at=at,
            )
            for seat in seats
        )  # fmt: skip
    return list(tokens.values())


def ask(line: http.client.HTTPConnection, token: str, tag: str) -> tuple[int, str, float]:
    """Poll once; return status, tag and seconds."""
    started = time.perf_counter()
    line.request(
        "GET",
        ADDRESS,
        headers={
            "Host": f"localhost:{line.port}",
            "Cookie": f"manabiya-wall={token}",
            "If-None-Match": tag,
        },
    )
    answer = line.getresponse()
    answer.read()
    return answer.status, answer.headers["ETag"], time.perf_counter() - started


def poll(port: int, asked: list[tuple[str, str]], wanted: int) -> tuple[float, list[float]]:
    """Send all polls over ``CLIENTS`` connections; return the seconds and the waits in ms."""

    def client(place: int) -> list[float]:
        line = http.client.HTTPConnection("127.0.0.1", port)
        found = [ask(line, token, tag) for token, tag in asked[place::CLIENTS]]
        wrong = {status for status, _tag, _seconds in found} - {wanted}
        if wrong:
            raise RuntimeError(f"answered {wrong}, not {wanted}")
        return [seconds * 1000 for _status, _tag, seconds in found]

    started = time.perf_counter()
    with ThreadPoolExecutor(CLIENTS) as pool:
        waits = [wait for part in pool.map(client, range(CLIENTS)) for wait in part]
    return time.perf_counter() - started, waits


def main() -> None:
    """Measure and print."""
    with house() as home:
        city.build(*[CLASSES] * SCHOOLS)
        tokens = pair_all()
        with web(home) as served:
            line = http.client.HTTPConnection("127.0.0.1", served.port)
            screens = [(token, ask(line, token, "")[1]) for token in tokens]
            trees = (served.pid, home.database_pid)
            figures = []
            for what, wanted, share in (("知らせなし(304)", 304, 1), ("全部(200)", 200, 4)):
                some = list(islice(cycle(screens), POLLS // share))
                asked = some if wanted == 304 else [(token, "") for token, _tag in some]
                before = sum(map(cpu_seconds, trees))
                seconds, waits = poll(served.port, asked, wanted)
                cpu = (sum(map(cpu_seconds, trees)) - before) * 1000 / len(asked)
                name = f"職員室の画面 {what}"
                wait = f"p95 {percentile(waits, 95):.1f} ms、{len(asked)} 回"
                figures += [
                    judged(name, round(len(asked) / seconds, 1), "回/秒", f"≥ {NEEDED:.1f}",
                           besides=wait),
                    told(f"{name} 1回のCPU", f"web と PostgreSQL で {cpu:.1f} ms、77校の15秒ごとでは"
                         f"1コアの {cpu * NEEDED / 10:.1f} %"),
                ]  # fmt: skip
    say(*figures)


if __name__ == "__main__":
    main()
