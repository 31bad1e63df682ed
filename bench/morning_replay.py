"""A whole city's morning: 2,200 reports and every class confirmed, 45 minutes pressed into three.

77 schools of nine classes. Guardians report between 7:40 and 8:25, most of them shortly before the
cut-off; teachers open their class from 8:05 on, look at it and confirm; a screen in every staff
room polls each fifteen seconds of the real clock. Everybody comes at the second of the plan, so a
queue before the house is part of every wait. Worker and sealer run beside it, all on this machine.
Afterwards the rows are held against what people were shown: receipts, confirmed classes, the sums
of every school, the chain of the audit.
"""

import json
import random
import subprocess
import sys
import time
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from ruler import ROOT, city
from ruler.figures import Figure, judged, percentile, plain, say, told
from ruler.house import BUILT_FOR, analyze, house, web, worker
from ruler.machine import Watch

SCHOOLS, CLASSES = 77, (33,) * 9
REPORTS = 2200
SECONDS, MINUTES = 180, 45
EVERY = 15
REASONS = ("fever", "cold", "stomach_ache", "clinic", "family")
SETTLE = 120


@dataclass(frozen=True, slots=True)
class Classroom:
    """A class: its teacher's session, where it is confirmed."""

    id: UUID
    session: str
    path: str


def classrooms() -> list[Classroom]:
    """Give every class teacher a strong session; rows only, as a login leaves them."""
    from manabiya.kernel.identity import strength
    from manabiya.kernel.identity.models import Account, Hat, Membership
    from manabiya.kernel.tenancy.scope import tenant
    from manabiya.roster.models import Appointment

    with tenant(city.municipality_id()):
        posts = Appointment.objects.filter(post="homeroom_teacher").order_by("homeroom__position")
        held = list(posts.values_list("staff_member_id", "homeroom_id", "school__slug"))
        accounts = [
            Account(login_name=f"bench-teacher-{n}", password="!") for n in range(len(held))
        ]
        Account.objects.bulk_create(accounts)
        Membership.objects.bulk_create(
            Membership(
                account=a, municipality_id=city.municipality_id(), hat=Hat.STAFF, person_id=p
            )
            for a, (p, _room, _school) in zip(accounts, held, strict=True)
        )
    keys = city.sessions(accounts, **{strength.KEY: strength._today()})
    return [
        Classroom(room, key, f"/m/{city.SLUG}/school/{slug}/attendance/class/{room}/{BUILT_FOR}/")
        for key, (_person, room, slug) in zip(keys, held, strict=True)
    ]


def screens() -> list[dict[str, Any]]:
    """Pair a screen of every school; return what polls."""
    from manabiya.apps.monitor.models import MonitorDevice
    from manabiya.apps.monitor.tokens import hash_of, new_token
    from manabiya.kernel.clock import real_now
    from manabiya.kernel.tenancy.scope import tenant
    from manabiya.roster.models import School, StaffMember

    now = real_now()
    with tenant(city.municipality_id()):
        staff = StaffMember.objects.order_by("number")[0]
        tokens = {school_id: new_token() for (school_id,) in School.objects.values_list("id")}
        MonitorDevice.objects.bulk_create(
            MonitorDevice(
                school_id=school_id, name="職員室", token_hash=hash_of(token), created_by=staff,
                created_at=now, paired_at=now, last_seen_at=now,
            )
            for school_id, token in tokens.items()
        )  # fmt: skip
    chance = random.Random(3)
    return [
        {"path": f"/m/{city.SLUG}/wall/board/", "token": token, "every": EVERY,
         "at": chance.uniform(0, EVERY)}
        for token in tokens.values()
    ]  # fmt: skip


def pressed(minutes: float) -> float:
    """Return the second of the replay at which a minute of the morning comes."""
    return min(max(minutes, 0.0), MINUTES) * SECONDS / MINUTES


def families(chance: random.Random) -> list[dict[str, Any]]:
    """Return the guardians: most of them ten minutes before the cut-off of 8:15, some late."""
    found = city.log_in_families()[:REPORTS]
    return [
        {"kind": "report", "path": family.path, "session": family.session,
         "at": pressed(chance.triangular(0, MINUTES, 25)), "think": chance.uniform(1, 3),
         "fields": {"kind": "absent", "date": BUILT_FOR.isoformat(),
                    "reason": chance.choice(REASONS)}}
        for family in found
    ]  # fmt: skip


def teachers(rooms: list[Classroom], chance: random.Random) -> list[dict[str, Any]]:
    """Return the class teachers: from 8:05 on, most after 8:20; every fourth marks a late child."""
    return [
        {"kind": "confirm", "path": room.path, "session": room.session,
         "at": pressed(chance.triangular(25, MINUTES, 41)), "think": chance.uniform(1, 4),
         "fields": {"save": "1"} | ({"r7": "late"} if number % 4 == 0 else {}),
            "again": {"save": "1"}}
        for number, room in enumerate(rooms)
    ]  # fmt: skip


def replay(port: int, plan: dict[str, Any], **trees: int) -> tuple[dict[str, Any], Watch]:
    """Let the generator play the plan in a process of its own; watch ``trees`` meanwhile."""
    generator = subprocess.Popen(
        [sys.executable, "-m", "ruler.replay"],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT / "bench",
    )  # fmt: skip
    with generator:
        assert generator.stdin is not None
        assert generator.stdout is not None
        generator.stdin.write(json.dumps({"port": port, "seconds": SECONDS, **plan}) + "\n")
        generator.stdin.flush()
        if generator.stdout.readline() != "ready\n":
            raise RuntimeError("the replay did not begin")
        watch = Watch(**trees)
        generator.stdin.write("go\n")
        generator.stdin.flush()
        found = json.loads(generator.stdout.readline())
        watch.stop()
    return found["kinds"], watch


def is_settled() -> bool:
    """Return whether the sums of every school are those of its rows."""
    from manabiya.apps.attendance.jobs import counted
    from manabiya.apps.attendance.models import SchoolDayCount
    from manabiya.kernel.tenancy.scope import tenant
    from manabiya.roster.models import School

    with tenant(city.municipality_id()):
        kept: dict[UUID, dict[tuple[str, str], int]] = {}
        rows = SchoolDayCount.objects.filter(date=BUILT_FOR)
        for school_id, *key, count in rows.values_list("school_id", "kind", "detail", "count"):
            kept.setdefault(school_id, {})[key[0], key[1]] = count
        schools = [school_id for (school_id,) in School.objects.values_list("id")]
        return all(
            school_id in kept and kept[school_id] == counted(school_id, BUILT_FOR)
            for school_id in schools
        )


def settled_after() -> float:
    """Return the seconds until the sums were right; raises after two minutes."""
    started = time.perf_counter()
    while not is_settled():
        if time.perf_counter() - started > SETTLE:
            raise RuntimeError("the sums of the schools never came right")
        time.sleep(0.2)
    return time.perf_counter() - started


@dataclass(frozen=True, slots=True)
class Kept:
    """What the database holds after the morning."""

    receipts: int
    confirmed: int
    unread: int
    late_words: int
    deeds: int


def kept(receipts: list[UUID], rooms: list[Classroom]) -> Kept:
    """Count the stored reports among ``receipts``, the confirmed classes, reports nobody sees."""
    from manabiya.apps.attendance.models import AbsenceReport, ClassDay
    from manabiya.kernel.audit.models import AuditEntry
    from manabiya.kernel.tenancy.scope import tenant

    with tenant(city.municipality_id()):
        reports = AbsenceReport.objects.filter(date=BUILT_FOR)
        ids = [room.id for room in rooms]
        days = ClassDay.objects.filter(
            homeroom_id__in=ids, date=BUILT_FOR, confirmed_at__isnull=False
        )
        is_open = reports.filter(status__in=("submitted", "changed"))
        deeds = AuditEntry.objects.filter(action__in=("attendance.report:submit",
                                                      "attendance.day:confirm"))  # fmt: skip
        return Kept(
            reports.filter(id__in=receipts).count(),
            days.count(),
            is_open.filter(student__enrollments__homeroom_id__in=list(
                days.values_list("homeroom_id", flat=True))).count(),
            reports.filter(status="conflict").count(),
            deeds.count(),
        )  # fmt: skip


def p95(kinds: dict[str, Any], kind: str) -> Figure:
    """Return the wait of a kind of request."""
    waits = [wait * 1000 for wait in kinds[kind]["waits"]]
    words = {
        "report page": "連絡の画面を開く", "report": "連絡を送る", "confirm page": "学級を開く",
        "confirm": "学級を確定する", "poll": "職員室の画面",
    }  # fmt: skip
    return told(
        f"全市の朝 {words[kind]} 待ち時間",
        f"中央値 {percentile(waits, 50):.0f} ms、p95 {percentile(waits, 95):.0f} ms、"
        f"最長 {max(waits):.0f} ms({len(waits):,}回)",
    )


def main() -> None:
    """Measure and print."""
    chance = random.Random(1)
    with house() as home:
        city.build(*[CLASSES] * SCHOOLS)
        rooms = classrooms()
        people = [*families(chance), *teachers(rooms, chance)]
        plan = {"visits": people, "screens": screens()}
        analyze()
        with web(home) as served, worker() as jobs:
            trees = {"web": served.pid, "PostgreSQL": home.database_pid, "裏の仕事": jobs}
            kinds, watch = replay(served.port, plan, **trees)
            settled = settled_after()
        sent = zip(kinds["report"]["statuses"], kinds["report"]["locations"], strict=True)
        receipts = [UUID(w.rstrip("/").rsplit("/", 1)[1]) for s, w in sent if s == 302]
        found = kept(receipts, rooms)
    report(kinds, watch, receipts, len(rooms), found, settled)


def report(
    kinds: dict[str, Any], watch: Watch, receipts: list[UUID], rooms: int, found: Kept,
    settled: float,
) -> None:  # fmt: skip
    """Print the figures."""
    again = kinds.get("confirm again", {"statuses": []})["statuses"]
    confirms = (kinds["confirm"]["statuses"] + again).count(302)
    broken = sum(s >= 500 for kind in kinds.values() for s in kind["statuses"])
    share = "、".join(
        f"{name} {cpu / watch.seconds:.0%}" for name, cpu in sorted(watch.cpu.items())
    )
    asked = sum(len(kind["statuses"]) for kind in kinds.values())
    print(
        f"{MINUTES}分を{watch.seconds:.0f}秒に縮めました。要求 {plain(asked)} 回、よその仕事 {watch.others:.0%}。"
    )
    say(
        judged("全市の朝 受け付けた連絡", len(receipts), "件", f"= {REPORTS}"),
        judged("全市の朝 受け付けたのに残っていない連絡", len(receipts) - found.receipts, "件", "= 0"),
        judged("全市の朝 確定した学級", found.confirmed, "学級", f"= {rooms}",
               besides=f"ほかの人と重なって選びなおし {plain(len(again))} 回"),
        judged("全市の朝 確定した学級に残る未処理の連絡", found.unread, "件", "= 0",
               besides=f"確定のあとに届いた連絡 {plain(found.late_words)} 件は確認待ち"),
        judged("全市の朝 壊れた答え(5xx)", broken, "回", "= 0"),
        *(p95(kinds, kind) for kind in ("report page", "report", "confirm page", "confirm", "poll")),
        told("全市の朝 学校ごとの数がそろうまで", f"最後の確定から {settled:.1f} 秒"),
        told("全市の朝 1コアに対する割合", share),
        judged("全市の朝 記録のない書き込み", len(receipts) + confirms - found.deeds, "件", "= 0",
               besides=f"監査の記録 {plain(found.deeds)} 件"),
    )  # fmt: skip


if __name__ == "__main__":
    main()
