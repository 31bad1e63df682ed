"""Run every benchmark (or those named) and write ``docs/figures.md``.

``python -m bench.ruler [name …]``: with names only these are run; the page takes the others from
their last run. Exits 0 when every benchmark ran to its end, also when a goal was missed; a
benchmark that broke is 1.
"""

import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from . import ROOT, figures, machine
from .page import Section, page

BENCHES = ROOT / "bench"
KEPT = ROOT / ".stamps" / "bench"


def chosen(names: list[str]) -> list[Path]:
    """Return the benchmarks to run, in the order of their names."""
    found = sorted(BENCHES.glob("*.py"))
    return [file for file in found if not names or file.stem in names]


def run(file: Path) -> tuple[Section, int]:
    """Run one benchmark, show its lines as they come, keep the figures; return the exit code."""
    print(f"== {file.relative_to(ROOT)}", flush=True)
    section = Section(file.stem, _title(file), datetime.now().astimezone().date())
    environ = os.environ | {"PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1"}
    with subprocess.Popen(
        [sys.executable, str(file)], stdout=subprocess.PIPE, text=True, cwd=ROOT, env=environ
    ) as process:
        for line in _lines(process):
            print(line, flush=True)
            found = figures.read(line)
            if found is not None:
                section.figures.append(found)
    return section, process.returncode


def _title(file: Path) -> str:
    """Return the first line of the benchmark's docstring."""
    return file.read_text().split('"""')[1].strip().splitlines()[0].rstrip(".")


def _was_run(file: Path) -> bool:
    return (KEPT / f"{file.stem}.json").exists()


def _lines(process: "subprocess.Popen[str]") -> Iterator[str]:
    for line in process.stdout or ():
        yield line.rstrip("\n")


def main(names: list[str]) -> int:
    """Run, write the page, say what was missed."""
    files = chosen(names)
    if not files:
        print(f"そのような計測はありません: {' '.join(names)}", file=sys.stderr)
        return 1
    ran = [run(file) for file in files]
    broken = [section.name for section, code in ran if code != 0]
    sections = [section for section, _code in ran]
    missed = [f.what for section in sections for f in section.figures if f.verdict == "未達"]
    for section in sections:
        if section.name not in broken:
            section.keep(KEPT)
    kept = [Section.kept(KEPT / f"{file.stem}.json") for file in chosen([]) if _was_run(file)]
    (ROOT / "docs" / "figures.md").write_text(page(kept, machine.about()))
    print("== docs/figures.md に書きました")
    print(f"未達 {len(missed)} 件" + (f": {'、'.join(missed)}" if missed else ""))
    if broken:
        print(f"終わらなかった計測: {'、'.join(broken)}", file=sys.stderr)
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
