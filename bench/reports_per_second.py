"""The morning peak: how many absence reports a second are taken, durably, on this machine.

Every report is a guardian's real POST with a CSRF token to the real form, through granian, to a
PostgreSQL that answers after the disk has it. The worker and the sealer of the audit run beside
it. Accepted receipts are counted against the stored rows.

A rush during which other work took more than a tenth of the machine says little about ours: it is
repeated, up to eleven rushes in all. Five calm ones are judged; without five, all of them are.
"""

from uuid import UUID

from ruler import city, crowd, machine
from ruler.figures import judged, median, plain, say, spread, told
from ruler.house import BUILT_FOR, house, web, worker

WANTED, MOST = 5, 11
REPORTS = 300
SCHOOLS = 7
CALM = 0.1
CLIENTS = 16
FIELDS = {
    "kind": "absent",
    "date": BUILT_FOR.isoformat(),
    "reason": "fever",
    "note": "38.2度です。",
}


def stored(ids: list[UUID]) -> tuple[int, int]:
    """Return how many of ``ids`` are stored, and how many reports of the day there are."""
    from manabiya.apps.attendance.models import AbsenceReport
    from manabiya.kernel.tenancy.scope import tenant

    with tenant(city.municipality_id()):
        reports = AbsenceReport.objects.filter(date=BUILT_FOR)
        return reports.filter(id__in=ids).count(), reports.count()


def receipts(found: crowd.Rush) -> list[UUID]:
    """Return the ids of the reports whose receipts the guardians were shown."""
    return [UUID(where.rstrip("/").rsplit("/", 1)[1]) for where in found.accepted("/reports/")]


def calm(rushes: list[crowd.Rush]) -> list[crowd.Rush]:
    """Return the rushes the machine was left to us."""
    return [found for found in rushes if found.watch.others <= CALM]


def main() -> None:
    """Measure and print."""
    with house() as home:
        city.build(*[city.of_500()] * SCHOOLS)
        families = city.log_in_families()
        before = stored([])[1]
        rushes = []
        with web(home) as served, worker() as jobs:
            trees = {"web": served.pid, "PostgreSQL": home.database_pid, "裏の仕事": jobs}
            for number in range(MOST):
                part = families[number * REPORTS : (number + 1) * REPORTS]
                visits = [{"path": f.path, "session": f.session, "fields": FIELDS} for f in part]
                rushes.append(crowd.rush(served.port, visits, clients=CLIENTS, **trees))
                if len(calm(rushes)) == WANTED:
                    break
        ids = [i for found in rushes for i in receipts(found)]
        kept, after = stored(ids)
    quiet = calm(rushes)
    if len(quiet) < len(rushes):
        print(f"{len(rushes)}回のうち{len(rushes) - len(quiet)}回は、よその仕事と重なりました。")
    report(quiet if len(quiet) == WANTED else rushes, len(ids), kept, after - before)


def report(rushes: list[crowd.Rush], accepted: int, kept: int, new: int) -> None:
    """Print the figures."""
    rates = [len(receipts(found)) / found.seconds for found in rushes]
    late = [found.p95_ms() for found in rushes]
    others = median([found.watch.others for found in rushes])
    print(
        f"{machine.cores()}コアを、送る側・web・PostgreSQL・裏の仕事で分けて使います。"
        f"同時 {CLIENTS} 接続、1回 {REPORTS} 件。"
    )
    how = f"{spread(rates, '件/秒')}、よその仕事が使った割合 {others:.0%}"
    cpu = {
        name: median([found.watch.cpu[name] for found in rushes]) * 1000 / REPORTS
        for name in rushes[0].watch.cpu
    }
    lost = accepted - kept
    rows = f"受付 {plain(accepted)} 件、新しい行 {plain(new)} 件"
    say(
        judged("欠席連絡の受付", median(rates), "件/秒", "≥ 100", besides=how),
        judged("欠席連絡の待ち p95", median(late), "ms", "< 200", besides=spread(late, "ms")),
        judged("受け付けたのに残っていない連絡", lost, "件", "= 0", besides=rows),
        told("欠席連絡1件のCPU", "、".join(f"{name} {ms:.1f} ms" for name, ms in cpu.items())),
    )


if __name__ == "__main__":
    main()
