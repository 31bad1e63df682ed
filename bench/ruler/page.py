"""The page of figures: a table for what has a goal, a table for what is only told."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from pathlib import Path

from .figures import Figure


@dataclass
class Section:
    """One benchmark: name of the file, what it is about, when it was run, its figures."""

    name: str
    title: str
    measured_on: date
    figures: list[Figure] = field(default_factory=list)

    def keep(self, folder: Path) -> None:
        """Write the section for the page of a later run."""
        folder.mkdir(parents=True, exist_ok=True)
        held = {**asdict(self), "measured_on": self.measured_on.isoformat()}
        (folder / f"{self.name}.json").write_text(json.dumps(held, ensure_ascii=False, indent=1))

    @classmethod
    def kept(cls, file: Path) -> "Section":
        """Read a section that was kept."""
        held = json.loads(file.read_text())
        held["measured_on"] = date.fromisoformat(held["measured_on"])
        held["figures"] = [Figure(**each) for each in held["figures"]]
        return cls(**held)


def page(sections: Iterable[Section], about: Mapping[str, str]) -> str:
    """Return the whole page in Markdown."""
    found = list(sections)
    goals = [(s, f) for s in found for f in s.figures if f.goal]
    told = [(s, f) for s in found for f in s.figures if not f.goal]
    met = sum(figure.verdict == "達成" for _section, figure in goals)
    where = "、".join(f"{name} {value}" for name, value in about.items())
    lines = [
        "# 測った値",
        "",
        "`make bench` が書いたページです。手で直さず、もう一度測ってください"
        "(`make bench BENCH=class_page` のように、一つだけ測り直すこともできます)。",
        "",
        f"機械: {where}。",
        "",
        f"目標 {len(goals)} 件のうち {met} 件を達成しています。待ち時間と件数は機械とその時のほかの"
        "仕事で動くので、くり返して中央値を取っています。PostgreSQL は fsync も synchronous_commit も"
        "有効です。",
        "",
        "## 目標のあるもの",
        "",
        "| 何を | 目標 | 測った値 | 達成 |",
        "|---|---|---|---|",
        *(f"| {_cell(f.what)} | {f.goal} | {_cell(f.measured)} | {f.verdict} |" for _s, f in goals),
        "",
        "## 参考",
        "",
        "| 何を | 測った値 |",
        "|---|---|",
        *(f"| {_cell(f.what)} | {_cell(f.measured)} |" for _s, f in told),
        "",
        "## 測り方",
        "",
        *(f"- `bench/{s.name}.py`({_day(s.measured_on)}): {s.title}" for s in found),
        "",
    ]
    return "\n".join(lines)


def _day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def _cell(text: str) -> str:
    return text.replace("|", "\\|")
