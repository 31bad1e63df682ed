"""A draft beside the demo's decided plan, whose years lie after it."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from manabiya.apps.dx_plan import services
from manabiya.apps.dx_plan.models import DxPlan, PlanItem
from manabiya.apps.dx_plan.services import ActionWord

FIRST, LAST, BASELINE = 2030, 2032, 2025
WORD = ActionWord(
    title="欠席の連絡を画面で受ける",
    owner="学校教育課",
    from_on=date(2030, 4, 1),
    until_on=date(2031, 3, 31),
    items=("absence_contact",),
    notes="招待の紙を配る",
)


@dataclass(frozen=True)
class Desk:
    """The city and its board; call inside ``city.tenant()``."""

    city: Any

    def actor(self, role="board_officer", school="midorigaoka"):
        return self.city.actor(role, "" if role.startswith("board") else school)

    @property
    def now(self):
        return self.city.now()

    def told(self):
        return DxPlan.objects.get(first_year=2025)

    def goals(self, plan, item="absence_contact", goals=None, version=0):
        given = {year: Decimal(text) for year, text in (goals or {LAST: "100.0"}).items()}
        return services.set_goals(
            actor=self.actor(), plan_id=plan.id, item=item, goals=given, version=version
        )

    def action(self, plan, word=WORD):
        return services.write_action(actor=self.actor(), plan_id=plan.id, word=word)

    def decide(self, plan):
        plan.refresh_from_db()
        return services.decide_plan(
            actor=self.actor("board_administrator"),
            plan_id=plan.id,
            version=plan.version,
            now=self.now,
        )

    def item(self, plan, item="absence_contact"):
        return PlanItem.objects.get(plan=plan, item=item)


@pytest.fixture
def desk(city):
    with city.tenant():
        yield Desk(city)


@pytest.fixture
def draft(desk):
    return services.open_plan(
        actor=desk.actor(),
        title="次の計画",
        first_year=FIRST,
        last_year=LAST,
        baseline_year=BASELINE,
    )
