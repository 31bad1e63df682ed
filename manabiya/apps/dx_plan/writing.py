"""The plan as Markdown, to be edited elsewhere."""

from collections.abc import Iterator, Sequence

from manabiya.apps.dx_plan.document import (
    ActionRow,
    Document,
    GoalRow,
    PresentTable,
    PrintedFigure,
    paragraphs,
)


def markdown(document: Document, *, standing: str) -> str:
    """Return the document as Markdown. ``standing``: whether it is a draft or decided, in words."""
    return "\n\n".join(_parts(document, standing)) + "\n"


def _parts(document: Document, standing: str) -> Iterator[str]:
    yield f"# {document.title}"
    yield f"{document.municipality}教育委員会  \n{document.span}  \n{standing}"
    if document.reason:
        yield f"改めた理由: {document.reason}"
    yield "## 1 はじめに"
    yield from paragraphs(document.introduction)
    yield "## 2 現状"
    yield from paragraphs(document.present)
    for table in document.tables:
        yield from _table(table)
    if document.figure:
        yield from _figure(document.figure)
    yield "## 3 今後の計画"
    yield from paragraphs(document.outlook)
    yield "### (1) 目標"
    yield from _goals(document)
    yield "### (2) 施策"
    for action in document.actions:
        yield _action(action)
    if document.closing:
        yield "## 4 おわりに"
        yield from paragraphs(document.closing)


def _table(table: PresentTable) -> Iterator[str]:
    yield f"### {table.title}"
    for band in table.bands:
        yield f"**{band.label}({len(band.rows)}項目)**"
        yield _rows(
            ["質問事項", "本市(%)", "全国(%)"],
            [
                [row.question + (" ※" if row.is_doubtful else ""), row.city, row.nation]
                for row in band.rows
            ],
        )
    yield "\n".join(f"- {note}" for note in table.notes)


def _figure(figure: PrintedFigure) -> Iterator[str]:
    yield f"### {figure.title}"
    yield figure.survey
    yield _rows(["学校", "割合(%)"], [list(bar) for bar in figure.bars])
    yield "\n".join(f"- {note}" for note in figure.notes)


def _goals(document: Document) -> Iterator[str]:
    for falls, words in ((False, "割合を上げる項目"), (True, "割合を下げる項目")):
        goals = [goal for goal in document.goals if goal.falls is falls]
        if goals:
            yield f"**{words}**"
            yield _rows(
                ["項目", f"基準 {document.baseline_label}(%)", *document.year_labels],
                [
                    [_said(goal), goal.baseline, *(one or "—" for one in goal.goals)]
                    for goal in goals
                ],
            )


def _said(goal: GoalRow) -> str:
    return f"{goal.question}({goal.definition})"


def _action(action: ActionRow) -> str:
    lines = [
        f"- **{action.title}**({action.state})",
        f"  - 担当: {action.owner}",
        f"  - 期間: {action.period}",
    ]
    lines += [f"  - 関わる項目: {'、'.join(action.items)}"] if action.items else []
    lines += [f"  - 見送りの理由: {action.reason}"] if action.reason else []
    lines += [f"  - {' '.join(action.notes.split())}"] if action.notes else []
    return "\n".join(lines)


def _rows(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    line = ["| " + " | ".join(heads) + " |"]
    line.append("| --- |" + " ---: |" * (len(heads) - 1))
    line += ["| " + " | ".join(cell.replace("|", "\\|") for cell in row) + " |" for row in rows]
    return "\n".join(line)
