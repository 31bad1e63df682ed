"""Movers: how long a child belongs to a school 「在籍」, and the dates of 「転学」."""

from collections.abc import Iterable
from datetime import date, timedelta

from manabiya.law.era import format_era
from manabiya.law.sources import Confidence, Refused, Rule, example, rule
from manabiya.law.statutes import GUIDANCE_RECORD_NOTICE, PRODUCT


@rule(
    Rule(
        term="転学",
        also=("転学の日", "転入", "転出", "学校を去った日"),
        summary="転学の日は、転入先の学校が受け入れた日の前日です。在籍は元の学校では学校を去った日まで、"
        "転入先では受け入れた日からで、間の日はどちらの授業日数にも入りません。受け入れた日は学校を"
        "去った日より後でなければなりません。",
        sources=(
            GUIDANCE_RECORD_NOTICE.article("(学籍に関する記録)"),
            PRODUCT.article("同じ日の受入れは受け付けない", confidence=Confidence.LOW),
        ),
        words={"left_on": "学校を去った日", "accepted_on": "受け入れた日"},
        examples=(
            example(date(2026, 9, 6), left_on=date(2026, 8, 31), accepted_on=date(2026, 9, 7)),
            example(date(2026, 8, 31), left_on=date(2026, 8, 31), accepted_on=date(2026, 9, 1)),
            example(Refused("より後"), left_on=date(2026, 9, 1), accepted_on=date(2026, 9, 1)),
        ),
    )
)
def transfer_date(left_on: date, accepted_on: date) -> date:
    """Return the day of 「転学」 on the form: the day before the new school accepted the child.

    30文科初第1845号 (2019-03-29). Raises ValueError unless the child left before it was accepted
    (product default, confidence L: one day belongs to one school).
    """
    if accepted_on <= left_on:
        raise ValueError(
            f"受け入れた日は学校を去った日({format_era(left_on)})より後の日です。"
            "1日は1校の授業日数にだけ入ります"
        )
    return accepted_on - timedelta(days=1)


@rule(
    Rule(
        term="在籍中の授業日",
        also=("授業日数", "転入者の授業日数"),
        summary="授業日数は、その児童生徒が在籍した間に学年の授業があった日を数えます。転入した日も学校を"
        "去った日も含みます。",
        sources=(
            GUIDANCE_RECORD_NOTICE.article(),
            PRODUCT.article("転入・転出の日を含める", confidence=Confidence.MEDIUM),
        ),
        words={"school_days": "学年の授業日", "from_on": "在籍の始め", "until_on": "在籍の終わり"},
        examples=(
            example(
                [date(2026, 9, 1), date(2026, 9, 2)],
                school_days=(date(2026, 8, 31), date(2026, 9, 1), date(2026, 9, 2)),
                from_on=date(2026, 9, 1),
            ),
            example(
                [date(2026, 8, 31), date(2026, 9, 1)],
                school_days=(date(2026, 8, 31), date(2026, 9, 1), date(2026, 9, 2)),
                until_on=date(2026, 9, 1),
            ),
        ),
    )
)
def enrolled_school_days(
    school_days: Iterable[date], from_on: date = date.min, until_on: date = date.max
) -> list[date]:
    """Return the 授業日 of the grade while the child belonged here, both ends included (M)."""
    return sorted(day for day in school_days if from_on <= day <= until_on)
