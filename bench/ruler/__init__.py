"""What the benchmarks measure with; no benchmark itself.

Every ``bench/*.py`` is a program: it starts what it needs, prints its figures (:mod:`.figures`),
ends what it started and exits 0, also when a goal is missed. ``python -m bench.ruler`` runs them
all and writes ``docs/figures.md``.
"""

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))
