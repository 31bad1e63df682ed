"""A class of guardians or a staff room logs in at the same minute: what the password costs."""

import time

from ruler import city, crowd, machine
from ruler.figures import judged, median, percentile, say, told
from ruler.house import house, web

PEOPLE = 35
ROUNDS = 5
TRIES = 30


def main() -> None:
    """Measure and print."""
    with house() as home:
        from django.contrib.auth.hashers import check_password, make_password

        hashed = make_password(city.PASSWORD)
        costs = []
        for _ in range(TRIES):
            started = time.process_time()
            check_password(city.PASSWORD, hashed)
            costs.append((time.process_time() - started) * 1000)
        city.build(city.of_500())
        city.log_in_families()
        with web(home) as served:
            rushes = [_log_in(served.port, number) for number in range(ROUNDS)]
    entered = [sum(status == 302 for status in found.statuses) for found in rushes]
    seconds = median([found.seconds for found in rushes])
    waits = [percentile(found.latencies, 95) for found in rushes]
    say(
        told("パスワードの照合(argon2)1回のCPU", f"{median(costs):.1f} ms"),
        judged(
            "一学級35名の同時ログイン 入れた人", min(entered), "名", f"= {PEOPLE}",
            besides=f"同じアドレスから、{ROUNDS}回とも",
        ),
        told(
            "一学級35名の同時ログイン 全員が入るまで",
            f"{seconds:.2f} 秒、p95 {median(waits):.2f} 秒({machine.cores()}コア)",
        ),
    )  # fmt: skip


def _log_in(port: int, number: int) -> crowd.Rush:
    visits = [
        {
            "path": "/login/",
            "session": "",
            "fields": {"login_name": f"bench-{number * PEOPLE + i}", "password": city.PASSWORD},
        }
        for i in range(PEOPLE)
    ]
    return crowd.rush(port, visits, clients=PEOPLE)


if __name__ == "__main__":
    main()
