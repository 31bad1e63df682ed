"""Numbers of several processes are added up, and those of a dead one are kept."""

import json
import subprocess
import sys

from manabiya.kernel.health.counters import Counters, counters_of

OTHER = """
import sys
from pathlib import Path
from manabiya.kernel.health.counters import Counters
counters = Counters(Path(sys.argv[1]))
counters.observe(route="home", method="GET", status=200, seconds=0.03)
print("ready", flush=True)
sys.stdin.read()
"""


def requests(counters):
    return counters.everything().get(("requests", "home", "GET", "200"), 0)


def test_two_processes_are_added_and_a_dead_one_is_not_forgotten(tmp_path):
    mine = Counters(tmp_path)
    mine.observe(route="home", method="GET", status=200, seconds=0.3)
    other = subprocess.Popen(
        [sys.executable, "-c", OTHER, tmp_path],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    with other:
        assert other.stdout.readline() == "ready\n"
        assert requests(mine) == 2
        assert requests(Counters(tmp_path)) == 2
        other.kill()
    assert requests(Counters(tmp_path)) == 2
    past = json.loads((tmp_path / "past.json").read_text())
    assert past['["requests", "home", "GET", "200"]'] == 1


def test_buckets_count_what_was_at_most_as_slow(tmp_path):
    counters = Counters(tmp_path)
    for seconds in (0.01, 0.05, 0.3, 60):
        counters.observe(route="home", method="GET", status=200, seconds=seconds)
    found = counters.everything()
    assert found["seconds_bucket", "home", "0.05"] == 2
    assert found["seconds_bucket", "home", "0.5"] == 3
    assert found["seconds_bucket", "home", "10.0"] == 3
    assert found["seconds_count", "home"] == 4
    assert round(found["seconds_sum", "home"], 2) == 60.36


def test_unwritable_folder_costs_numbers_and_no_answer(tmp_path):
    (tmp_path / "file").write_text("")
    counters = Counters(tmp_path / "file")
    counters.observe(route="home", method="GET", status=200, seconds=0.1)
    assert counters.everything() == {}


def test_middleware_made_twice_in_a_process_counts_into_one_file(tmp_path):
    first, again = counters_of(tmp_path / "one"), counters_of(tmp_path / "one")
    assert first is again
    first.observe(route="home", method="GET", status=200, seconds=0.01)
    again.observe(route="home", method="GET", status=200, seconds=0.01)
    assert requests(first) == 2
    assert len(list((tmp_path / "one").glob("process-*.lock"))) == 1
