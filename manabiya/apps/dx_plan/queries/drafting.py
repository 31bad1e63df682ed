"""The draft as a document: chapters, tables of the present state, goals and actions."""

from collections.abc import Sequence

from manabiya.apps.checklist.queries.figures import (
    ItemLine,
    PlanRow,
    YearFigures,
    plan_figure_of,
    plan_rows,
    shipped_set,
    year_figures,
    year_label,
)
from manabiya.apps.dx_plan.document import (
    ActionRow,
    Document,
    GoalRow,
    PresentTable,
    PrintedFigure,
    TableBand,
    TableRow,
)
from manabiya.apps.dx_plan.models import DxPlan, PlanAction
from manabiya.apps.dx_plan.queries.lines import GoalLine, goal_lines
from manabiya.kernel.access.actors import Actor
from manabiya.kernel.tenancy.models import Municipality
from manabiya.law.checklist import band
from manabiya.law.checklist_sets import QuestionSet
from manabiya.law.era import format_era

PRINTED = "r5"
"""The round whose table a plan printed."""
BANDS = {"80以上": "80%以上", "50以上80未満": "50%以上80%未満", "50未満": "50%未満"}
ROUNDED = "本市の割合は、確定した学校の回答から数え、小数第1位までに四捨五入しました。"
AS_PRINTED = "割合は印刷のとおりで、計算し直していません。"
GOOD_NO = "FAX、紙、押印の問いは「ない・使用していない」と回答した割合です。"


def draft_document(viewer: Actor, plan: DxPlan) -> Document:
    """Return what the plan says now (about ten queries)."""
    baseline = year_figures(viewer, plan.baseline_year).get(plan.baseline_year)
    city = Municipality.objects.get(pk=plan.municipality_id)
    lines = goal_lines(plan, baseline)
    return Document(
        municipality=city.name,
        title=plan.title,
        edition=plan.edition,
        reason=plan.reason,
        years=tuple(plan.years),
        year_labels=tuple(year_label(year) for year in plan.years),
        baseline_label=year_label(plan.baseline_year),
        introduction=plan.introduction,
        present=plan.present,
        tables=tuple(_tables(plan, city, baseline)),
        outlook=plan.outlook,
        goals=tuple(_goal(line) for line in lines if line.goals),
        actions=tuple(_actions(plan, {line.question.key: line.question.label for line in lines})),
        closing=plan.closing,
        figure=_figure(city) if plan.shows_printed_table else None,
    )


def _tables(
    plan: DxPlan, city: Municipality, baseline: YearFigures | None
) -> Sequence[PresentTable]:
    """Return the baseline's table and the printed one; once where they are the same."""
    printed = shipped_set(PRINTED)
    is_own = city.code == printed.city_code
    is_same = is_own and plan.baseline_year == printed.school_year
    found = []
    if baseline and not (is_same and plan.shows_printed_table):
        found.append(_own(baseline, city.name))
    if plan.shows_printed_table:
        found.append(_printed(printed, plan_rows(printed), is_own=is_own))
    return found


def _own(baseline: YearFigures, name: str) -> PresentTable:
    shown = [line for line in baseline.lines if line.percent is not None]
    bands = tuple(
        TableBand(words, tuple(_own_row(ln) for ln in shown if band(ln.percent) == key))  # type: ignore[arg-type]
        for key, words in BANDS.items()
    )
    year = baseline.year
    nation = year_label(year.questions.school_year)
    source = ROUNDED if any(line.counted for line in shown) else AS_PRINTED
    notes = [source, f"全国は{nation}の公表値です。", GOOD_NO, *_doubts(shown)]
    return PresentTable(
        f"{year.label} 校務DXチェックリスト", name, tuple(b for b in bands if b.rows), tuple(notes)
    )


def _own_row(line: ItemLine) -> TableRow:
    nation = str(line.nation.percent) if line.nation else "—"
    text = line.question.text + line.question.printed_note
    return TableRow(text, str(line.percent), nation, bool(line.doubt))


def _doubts(lines: Sequence[ItemLine]) -> list[str]:
    if not any(line.doubt for line in lines):
        return []
    return ["※ 全国の割合の定義に疑いがあり、本市とくらべられません。"]


def _printed(printed: QuestionSet, rows: Sequence[PlanRow], *, is_own: bool) -> PresentTable:
    high = tuple(_printed_row(row) for row in rows if float(row.city_percent) >= 80)
    low = tuple(_printed_row(row) for row in rows if float(row.city_percent) < 50)
    title = f"{year_label(printed.school_year)} 校務DX化チェックリスト"
    whose = (
        []
        if is_own
        else [f"参考です。「本市」は{printed.city_name}です。この自治体の割合ではありません。"]
    )
    doubts = (
        ["※ 全国の割合の定義に疑いがあります。"] if any(r.is_doubtful for r in high + low) else []
    )
    return PresentTable(
        title if is_own else f"参考 {printed.city_name}校務DX計画の表({title})",
        printed.city_name,
        (TableBand("80%以上", high), TableBand("50%未満", low)),
        (*whose, AS_PRINTED, GOOD_NO, *doubts),
    )


def _figure(city: Municipality) -> PrintedFigure | None:
    """Return the printed figure; of another city it says whose it is."""
    found = plan_figure_of(PRINTED)
    if found is None:
        return None
    printed = shipped_set(PRINTED)
    is_own = city.code == printed.city_code
    whose = [] if is_own else [f"参考です。{printed.city_name}の学校の割合です。"]
    return PrintedFigure(
        found.title if is_own else f"参考 {found.title}",
        found.survey,
        tuple((name, str(percent)) for name, percent in found.percents),
        (*whose, f"出典: {found.source}", found.note),
    )


def _printed_row(row: PlanRow) -> TableRow:
    doubtful = row.definition_doubtful == "true"
    return TableRow(row.question, row.city_percent, row.national_percent, doubtful)


def _goal(line: GoalLine) -> GoalRow:
    figure = line.baseline
    return GoalRow(
        item=line.question.key,
        question=line.question.text,
        label=line.name,
        definition=figure.said_definition if figure else "",
        definition_key=figure.definition.value if figure and figure.definition else "",
        falls=line.falls,
        baseline=str(figure.percent) if figure else "",
        schools=line.schools,
        goals=tuple("" if goal is None else str(goal) for goal in line.by_year),
    )


def _actions(plan: DxPlan, labels: dict[str, str]) -> list[ActionRow]:
    rows = PlanAction.objects.filter(plan=plan).order_by("from_on", "id")
    return [
        ActionRow(
            id=str(row.id),
            title=row.title,
            owner=row.owner,
            period=period(row),
            items=tuple(labels.get(item, item) for item in row.items),
            state=row.get_state_display(),
            reason=row.state_reason,
            notes=row.notes,
        )
        for row in rows
    ]


def period(action: PlanAction) -> str:
    """Return from when until when (「令和7年4月から令和8年3月まで」)."""
    first, last = (
        format_era(day).rsplit("月", 1)[0] + "月" for day in (action.from_on, action.until_on)
    )
    return first if first == last else f"{first}から{last}まで"
