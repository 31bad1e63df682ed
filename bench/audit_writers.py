"""What the audit costs those who write: 16 at once, with entry and sealer and without.

The representative service is ``submit_report``: each writer takes guardians' reports for one
child after another, with a connection of its own. With the audit every service writes its entry
and the sealer chains them every second meanwhile (the product: every five); without, the very
same service runs with the entry left out. Both take turns, first one first, then the other; each
pair of turns gives one loss.
"""

import multiprocessing as mp
import os
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from ruler import city, machine
from ruler.figures import judged, median, say, spread, told
from ruler.house import BUILT_FOR, house

WRITERS = 16
PAIRS = int(os.environ.get("BENCH_PAIRS", "12"))
SECONDS = float(os.environ.get("BENCH_SECONDS", "3"))
SEAL_EVERY = 1.0
STOP, WITHOUT, WITH = 0, 1, 2

Pair = tuple[UUID, UUID]


@dataclass(frozen=True, slots=True)
class Turn:
    """One turn: services a second, and CPU of writers, PostgreSQL and sealer for each."""

    rate: float
    cpu_ms: float


class Turns:
    """What the parent tells the writers: which turn it is; and what each has done in it."""

    def __init__(self) -> None:
        self.mode = mp.Value("i", WITHOUT, lock=False)
        self.until = mp.Value("d", 0.0, lock=False)
        self.done = mp.Array("q", WRITERS + 1, lock=False)
        self.start = mp.Barrier(WRITERS + 2)
        self.end = mp.Barrier(WRITERS + 2)

    def run(self, mode: int) -> "Turn":
        """Let everybody work for a while; return the services a second and what each cost."""
        self.mode.value = mode
        watch = machine.Watch()
        self.until.value = time.monotonic() + SECONDS
        self.start.wait()
        self.end.wait()
        watch.stop()
        done = sum(self.done[:WRITERS])
        return Turn(done / watch.seconds, watch.cpu["送る側"] * 1000 / done)

    def stop(self) -> None:
        """Let everybody go home."""
        self.mode.value = STOP
        self.start.wait()

    def work(self, number: int, act: Callable[[int], int]) -> None:
        """Be a writer (or the sealer): ``act`` until the turn is over, turn after turn."""
        while True:
            self.start.wait()
            if self.mode.value == STOP:
                return
            self.done[number] = 0
            while time.monotonic() < self.until.value:
                self.done[number] += act(self.mode.value)
            self.end.wait()


def writer(number: int, turns: Turns, pairs: list[Pair]) -> None:
    """Submit reports for the own children, each day of the next weeks, again and again."""
    from django.db import connection

    from manabiya.apps.attendance.services import reports
    from manabiya.kernel.audit.record import record
    from manabiya.kernel.audit.service import note_entry

    def leave_out(**_entry: Any) -> None:
        note_entry()

    left = _services(pairs)

    def act(mode: int) -> int:
        reports.record = record if mode == WITH else leave_out
        next(left)()
        return 1

    turns.work(number, act)
    connection.close()


def sealer(turns: Turns) -> None:
    """Chain what is ready, as the periodic job does."""
    from django.db import connection

    from manabiya.kernel.audit.sealer import seal_all

    def act(mode: int) -> int:
        sealed = seal_all() if mode == WITH else 0
        time.sleep(max(0.0, min(SEAL_EVERY, turns.until.value - time.monotonic())))
        return sealed

    turns.work(WRITERS, act)
    connection.close()


def _services(pairs: list[Pair]) -> Any:
    """Yield calls of the service that each write one new report."""
    from manabiya.apps.attendance.services.reports import Word, submit_report
    from manabiya.kernel.clock import school_now
    from manabiya.kernel.tenancy.models import Municipality
    from manabiya.kernel.tenancy.scope import tenant

    found = Municipality.objects.get(slug=city.SLUG)
    now = school_now(found)
    word = Word("absent", "fever")
    for child, guardian, day in _matters(found.id, pairs):

        def call(child: UUID = child, guardian: Any = guardian, day: Any = day) -> None:
            with tenant(found.id):
                submit_report(
                    actor=guardian, student_id=child, day=day, word=word, key=uuid4().hex, now=now
                )

        yield call


def _matters(city_id: UUID, pairs: list[Pair]) -> Any:
    """Yield child, guardian and a school day; cancelled and begun anew when all are used."""
    from manabiya.apps.attendance.models import AbsenceReport
    from manabiya.kernel.access.actors import Actor, Grant
    from manabiya.kernel.identity.models import Hat
    from manabiya.kernel.tenancy.scope import tenant

    days = [BUILT_FOR + timedelta(days=n) for n in range(15)]
    days = [day for day in days if day.weekday() < 5]
    children = [child for _guardian, child in pairs]
    while True:
        with tenant(city_id):
            AbsenceReport.objects.filter(student_id__in=children).update(status="cancelled")
        for day in days:
            for guardian, child in pairs:
                grant = Grant("guardian", student_ids=frozenset([child]))
                yield (
                    child,
                    Actor(uuid4(), city_id, Hat.GUARDIAN, guardian, BUILT_FOR, (grant,)),
                    day,
                )


def main() -> None:
    """Measure and print."""
    with house():
        from django.db import connections

        from manabiya.kernel.tenancy.scope import tenant

        city.build(city.of_500(), city.of_500())
        with tenant(city.municipality_id()):
            pairs = city.first_guardians()
        connections.close_all()
        turns = Turns()
        context = mp.get_context("fork")
        people = [
            context.Process(target=writer, args=(n, turns, pairs[n::WRITERS]))
            for n in range(WRITERS)
        ]
        people.append(context.Process(target=sealer, args=(turns,)))
        for one in people:
            one.start()
        pairs_of_turns = _measure(turns)
        for one in people:
            one.join()
        _report(pairs_of_turns, _chained())


def _measure(turns: Turns) -> list[tuple[Turn, Turn]]:
    """Return each pair of turns (without, with), after a pair that warms up."""
    found = []
    for number in range(PAIRS + 1):
        order = (WITHOUT, WITH) if number % 2 else (WITH, WITHOUT)
        pair = {mode: turns.run(mode) for mode in order}
        found.append((pair[WITHOUT], pair[WITH]))
    turns.stop()
    return found[1:]


def _chained() -> tuple[int, int, int]:
    """Return entries, links and findings: the chain of what was written meanwhile must hold."""
    from manabiya.kernel.audit.models import AuditEntry, AuditLink
    from manabiya.kernel.audit.sealer import seal
    from manabiya.kernel.audit.verify import verify
    from manabiya.kernel.tenancy.scope import tenant

    city_id = city.municipality_id()
    seal(city_id)
    with tenant(city_id):
        counts = AuditEntry.objects.count(), AuditLink.objects.count()
    return *counts, len(verify(city_id, []))


def _report(pairs: list[tuple[Turn, Turn]], chained: tuple[int, int, int]) -> None:
    entries, links, findings = chained
    losses = [round((1 - audited.rate / bare.rate) * 100, 1) for bare, audited in pairs]
    bare, audited = (
        f"{median([turn.rate for turn in side]):.0f} 件/秒、"
        f"1件のCPU {median([turn.cpu_ms for turn in side]):.2f} ms"
        for side in zip(*pairs, strict=True)
    )
    rows = f"書かれた記録 {entries:,} 件、鎖の輪 {links:,} 個"
    print(f"{machine.cores()}コアで {WRITERS} 人が同時に書きます。{PAIRS} 組、1回 {SECONDS:g} 秒")
    say(
        judged("監査による遅れ 同時16", median(losses), "%", "≤ 5", besides=spread(losses, "%")),
        told("監査なしの書き込み 同時16", bare),
        told("監査と封印ありの書き込み 同時16", audited),
        judged("監査の鎖の異常", findings, "件", "= 0", besides=rows),
    )


if __name__ == "__main__":
    main()
