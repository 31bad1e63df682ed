"""Builds the demo: invented municipalities told chapter by chapter, and a login per role.

The same date gives the same city. ``PASSWORD`` is no secret: the demo is served on loopback.
"""

import random
from collections.abc import Callable, Sequence
from datetime import date, datetime, time
from time import perf_counter
from uuid import UUID

from django.db import connection, transaction

from manabiya.kernel.clock import MORNING, SCHOOL_ZONE, real_now
from manabiya.kernel.identity.models import Account, DemoLogin, Hat, Membership
from manabiya.kernel.registry import registry
from manabiya.kernel.tenancy.ids import Keys
from manabiya.kernel.tenancy.models import Municipality
from manabiya.kernel.tenancy.scope import tenant
from manabiya.roster.demo.plan import CITIES, Plan
from manabiya.roster.story import Story

PASSWORD = "manabiya-demo"  # noqa: S105

STAFF_LOGINS = (
    ("homeroom_teacher", "学級担任"),
    ("vice_principal", "教頭"),
    ("principal", "校長"),
    ("school_nurse", "養護教諭"),
    ("academic_affairs_head", "教務主任"),
    ("grade_head", "学年主任"),
    ("assistant_homeroom_teacher", "副担任"),
    ("subject_teacher", "教科担任"),
    ("office_staff", "事務職員"),
    ("ict_supporter", "ICT支援員"),
)
BOARD_LOGINS = (
    ("board_officer", "教育委員会 担当"),
    ("board_administrator", "教育委員会 管理者"),
)


def is_empty() -> bool:
    """Return whether no municipality exists yet."""
    return not Municipality.objects.exists()


def build(
    *,
    built_for: date,
    city: str = "small",
    say: Callable[[str], None] = print,
    plans: Sequence[Plan] = (),
) -> None:
    """Write the whole demo in one transaction; ``say`` is told of each step.

    ``plans``: municipalities to tell instead of those of the ``city``.
    """
    with transaction.atomic():
        stories = [_tell(plan, built_for, city, say) for plan in plans or CITIES[city]]
        for story in stories:
            _logins(story)
        _several_hats(stories)


def _tell(plan: Plan, built_for: date, city: str, say: Callable[[str], None]) -> Story:
    seed = f"{plan.slug} {built_for.isoformat()} {city}"
    municipality = Municipality.objects.create(
        id=UUID(Keys(f"{seed} municipality", datetime.combine(built_for, time(), SCHOOL_ZONE))()),
        code=plan.code,
        slug=plan.slug,
        name=plan.name,
        is_demo=True,
    )
    story = Story(municipality, plan, built_for, city, random.Random(seed), say=say)  # noqa: S311
    with tenant(municipality.id):
        for chapter in sorted(registry.demo.values(), key=lambda chapter: chapter.order):
            started = perf_counter()
            say(f"{plan.name}: {chapter.key}")
            chapter.tell(story)
            connection.check_constraints()
            say(f"{plan.name}: {chapter.key} {perf_counter() - started:.1f} 秒")
    municipality.clock_offset_seconds = _offset(story)
    municipality.save(update_fields=["clock_offset_seconds"])
    return story


def _offset(story: Story) -> int:
    """Return the seconds that bring the real clock to 7:50 of the story's today."""
    morning = story.at(MORNING.hour, MORNING.minute)
    return int((morning - real_now()).total_seconds())


def _logins(story: Story) -> None:
    place, root = story.municipality.name, f"/m/{story.municipality.slug}"
    for slug in story.doors:
        for role, label in STAFF_LOGINS:
            if (role, slug) in story.people:
                words = (label, story.school_names[slug])
                login(story, (role, slug), Hat.STAFF, words, f"{root}/school/{slug}/")
    for role, label in BOARD_LOGINS:
        login(story, (role, ""), Hat.BOARD, (label, place), f"{root}/board/")
    for (role, key), _ in list(story.people.items()):
        if role == "guardian":
            login(story, (role, key), Hat.GUARDIAN, (f"保護者({key})", place), f"{root}/family/")


def login(
    story: Story, person: tuple[str, str], hat: Hat, words: tuple[str, str], landing: str
) -> Account:
    """Create account, membership and demo button of one ``person`` of the story.

    ``words``: label and place of the button.
    """
    number = DemoLogin.objects.count() + 1
    name = f"{person[0].replace('_', '-')}-{number}"
    account = Account.objects.create_account(login_name=name[:40], password=PASSWORD)
    wear(account, story, hat, story.people[person])
    DemoLogin.objects.create(
        account=account,
        municipality=story.municipality,
        label=words[0],
        place=words[1],
        position=number,
        landing=landing,
    )
    return account


def wear(account: Account, story: Story, hat: Hat, person_id: UUID) -> None:
    """Give the account a hat in the story's municipality."""
    Membership.objects.create(
        account=account, municipality=story.municipality, hat=hat, person_id=person_id
    )


def _several_hats(stories: list[Story]) -> None:
    """Let one teacher of the city also be a guardian there and a guardian in the town."""
    city = stories[0]
    teacher = Membership.objects.filter(
        municipality=city.municipality,
        hat=Hat.STAFF,
        person_id=city.people["subject_teacher", next(iter(city.school_ids))],
    ).get()
    for story in stories:
        key = next((k for k in story.people if k[0] == "guardian-of-staff"), None)
        if key is not None:
            wear(teacher.account, story, Hat.GUARDIAN, story.people[key])
