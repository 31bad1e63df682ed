"""National holidays 「国民の祝日」: the days off that follow from the named ones.

The named holidays are passed in: their days are set by law and by the yearly notice of the
observatory (春分の日, 秋分の日), and laws change.
"""

from collections.abc import Mapping
from datetime import date, timedelta

from manabiya.law.sources import Rule, example, rule
from manabiya.law.statutes import HOLIDAYS_ACT

SUNDAY = 6
ONE_DAY = timedelta(days=1)


@rule(
    Rule(
        term="振替休日",
        also=("国民の祝日", "国民の休日", "祝日"),
        summary="祝日が日曜日に当たるときは、その後の最も近い祝日でない日が休日となります。前日と翌日が祝日で"
        "ある日も休日となります。祝日そのものは一覧として渡します。",
        sources=(HOLIDAYS_ACT.article("3条", in_force=date(2007, 1, 1)),),
        words={"named": "祝日"},
        examples=(
            example(
                {
                    date(2026, 5, 3): "憲法記念日",
                    date(2026, 5, 4): "みどりの日",
                    date(2026, 5, 5): "こどもの日",
                    date(2026, 5, 6): "振替休日",
                },
                named={
                    date(2026, 5, 3): "憲法記念日",
                    date(2026, 5, 4): "みどりの日",
                    date(2026, 5, 5): "こどもの日",
                },
            ),
            example(
                {
                    date(2026, 9, 21): "敬老の日",
                    date(2026, 9, 22): "国民の休日",
                    date(2026, 9, 23): "秋分の日",
                },
                named={date(2026, 9, 21): "敬老の日", date(2026, 9, 23): "秋分の日"},
            ),
        ),
    )
)
def with_observed(named: Mapping[date, str]) -> dict[date, str]:
    """Return the named holidays with 「振替休日」 and 「国民の休日」, by date.

    国民の祝日に関する法律3条2項・3項 (as in force since 2007-01-01).
    """
    found = dict(named)
    for day in named:
        between = day + ONE_DAY
        if between not in named and between + ONE_DAY in named:
            found[between] = "国民の休日"
    for day in sorted(named):
        if day.weekday() == SUNDAY:
            later = day + ONE_DAY
            while later in named:
                later += ONE_DAY
            found[later] = "振替休日"
    return dict(sorted(found.items()))
