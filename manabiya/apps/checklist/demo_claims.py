"""What schools of the demo say themselves, and what its board decided: invented, never a real share."""

from datetime import date, timedelta
from random import Random
from uuid import UUID

from manabiya.apps.checklist.models import ChecklistAnswer, Outreach, SchoolEvidence
from manabiya.apps.checklist.queries.behind import BehindLine, behind_items
from manabiya.apps.checklist.queries.city import item_lines
from manabiya.apps.checklist.queries.outreach import board_people
from manabiya.apps.checklist.queries.years import years
from manabiya.law.school_year import school_year_of
from manabiya.roster.story import Story

Kind = SchoolEvidence.Kind
FIRST, SECOND = "midorigaoka", "higashikawabata"
TOLD = (
    (
        FIRST,
        "school_fees_by_bank",
        Kind.FIGURE,
        {
            "numerator": 412,
            "denominator": 420,
            "first_day": date(2026, 4, 1),
            "last_day": date(2026, 9, 30),
            "source": "口座振替の結果の一覧(教材費、4月から9月)",
        },
    ),
    (
        FIRST,
        "paperless_meetings",
        Kind.WORDS,
        {
            "words": "資料は会議の前の日までに共有の場所に置き、当日は各自の画面で見ています。",
            "link": "共有フォルダー「職員会議」",
        },
    ),
    (
        SECOND,
        "guardian_surveys",
        Kind.SERVICE,
        {"service": "前から使っている連絡アプリ", "since": date(2024, 4, 8), "percent": 90},
    ),
)
ABSENCES = "absence_contact"
ELSEWHERE = ("前から使っている連絡アプリ", "市の共有クラウド")
NOTES = ("10月に訪ねた。研修のあとで始める。", "機器の入れ替えを待っている。", "")


def tell_claims(story: Story) -> None:
    """Write a few pieces of evidence, other services of some schools, and the board's outreach."""
    rows = [
        _evidence(story, slug, item, kind, **fields)
        for slug, item, kind, fields in TOLD
        if slug in story.school_ids
    ]
    rows += [_elsewhere(story, slug) for slug in _others(story)]
    SchoolEvidence.objects.bulk_create(rows)
    count = _outreach(story)
    story.say(f"  学校が付けた根拠 {len(rows)} 働きかけ {count}")


def _others(story: Story) -> list[str]:
    """Return some schools that are told nowhere else and take absences with another service.

    Those that say in the newest closed round that they do it at least half.
    """
    answers = ChecklistAnswer.objects.filter(
        sheet__round__school_year=school_year_of(story.today) - 1,
        item=ABSENCES,
        value__in=("fully", "half_or_more"),
    )
    doing = {str(pk) for pk in answers.values_list("sheet__school_id", flat=True)}
    others = sorted(set(story.school_ids) - {FIRST, SECOND})
    return [slug for slug in others if str(story.school_ids[slug]) in doing][3::7]


def _elsewhere(story: Story, slug: str) -> SchoolEvidence:
    chance = Random(f"{story.municipality.slug} {slug} elsewhere")  # noqa: S311
    return _evidence(
        story, slug, ABSENCES, Kind.SERVICE, service=chance.choice(ELSEWHERE),
        since=date(2025, 4, 7), percent=chance.choice((60, 80, 95, None)),
    )  # fmt: skip


def _evidence(story: Story, slug: str, item: str, kind: str, **fields: object) -> SchoolEvidence:
    return SchoolEvidence(
        id=story.key(), school_id=story.school_ids[slug], item=item, kind=kind,
        attached_by=story.people.get(("principal", slug)) or next(iter(story.people.values())),
        attached_at=story.at(16, 0, story.today - timedelta(days=20)), **fields,
    )  # fmt: skip


def _outreach(story: Story) -> int:
    """Name somebody of the board for two of three schools that are behind, in the story's words."""
    every = years()
    closed = next((one for one in every if one.round and one.is_final), None)
    people = board_people(story.today)
    if closed is None or not people:
        return 0
    places = [
        (item.line.question.key, line)
        for item in behind_items(item_lines(closed, None), every)
        for line in item.schools
    ]
    rows = [
        _decided(story, key, line, place, people[place % len(people)][0])
        for place, (key, line) in enumerate(places)
        if place % 3
    ]
    return len(Outreach.objects.bulk_create(rows))


def _decided(story: Story, key: str, line: BehindLine, place: int, owner: UUID) -> Outreach:
    ahead = timedelta(days=-7 if place % 11 == 1 else 28)
    return Outreach(
        id=story.key(), school_id=line.school_id, item=key, owner_id=owner,
        due_on=story.today + ahead, note=NOTES[place % len(NOTES)], set_by=owner,
        set_at=story.at(10, 0, story.today - timedelta(days=14)),
    )  # fmt: skip
