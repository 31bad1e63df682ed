"""School age 「学齢」: the board's book of children 「学齢簿」 and its dates."""

from dataclasses import dataclass
from datetime import date

from manabiya.law.era import format_era
from manabiya.law.school_year import entry_school_year, last_day
from manabiya.law.sources import Confidence, Rule, example, rule
from manabiya.law.statutes import (
    AGE_ACT,
    SCHOOL_EDUCATION_ACT,
    SCHOOL_EDUCATION_ORDER,
    SCHOOL_EDUCATION_RULES,
    SCHOOL_HEALTH_ACT,
)


@dataclass(frozen=True, slots=True)
class RegisterDates:
    """The dates of 「学齢簿」 for the children who enter school in a 「年度」.

    ``medical_examination_by`` (就学時健康診断) is of confidence M.
    """

    base_on: date
    made_by: date
    medical_examination_by: date
    notice_by: date

    def __str__(self) -> str:
        return (
            f"基準日 {format_era(self.base_on)}、作成 {format_era(self.made_by)}まで、"
            f"就学時健康診断 {format_era(self.medical_examination_by)}まで、"
            f"入学期日と学校の通知 {format_era(self.notice_by)}まで"
        )


@rule(
    Rule(
        term="学齢簿",
        also=("就学時健康診断", "入学期日の通知"),
        summary="入学の前年の10月1日現在で10月31日までに学齢簿を作り、11月30日までに就学時の健康診断を行い、"
        "翌年1月31日までに保護者へ入学期日と学校を知らせます。",
        sources=(
            SCHOOL_EDUCATION_ORDER.article("1条〜5条"),
            SCHOOL_EDUCATION_RULES.article("31条"),
            SCHOOL_HEALTH_ACT.article("11条", confidence=Confidence.MEDIUM),
        ),
        words={"entry_year": "入学する年度"},
        examples=(
            example(
                RegisterDates(
                    date(2026, 10, 1), date(2026, 10, 31), date(2026, 11, 30), date(2027, 1, 31)
                ),
                entry_year=2027,
            ),
        ),
    )
)
def register_dates(entry_year: int) -> RegisterDates:
    """Return the dates of 「学齢簿」 before a school year (学校教育法施行令1条–5条, 1953-10-31)."""
    before = entry_year - 1
    return RegisterDates(
        base_on=date(before, 10, 1),
        made_by=date(before, 10, 31),
        medical_examination_by=date(before, 11, 30),
        notice_by=date(entry_year, 1, 31),
    )


@rule(
    Rule(
        term="学齢の終わり",
        also=("就学義務",),
        summary="就学の義務は、満15歳に達した日の属する学年の3月31日に終わります。",
        sources=(SCHOOL_EDUCATION_ACT.article("17条2項"), AGE_ACT.article()),
        words={"birth_date": "生年月日"},
        examples=(
            example(date(2027, 3, 31), birth_date=date(2011, 4, 2)),
            example(date(2027, 3, 31), birth_date=date(2012, 4, 1)),
            example(date(2028, 3, 31), birth_date=date(2012, 4, 2)),
        ),
    )
)
def compulsory_until(birth_date: date) -> date:
    """Return the last day of 「学齢」: 31 March of the school year in which age 15 is reached."""
    return last_day(entry_school_year(birth_date) + 8)
