"""The rounds of the demo city, and its people with sheets."""

from dataclasses import dataclass
from typing import Any

import pytest

from manabiya.apps.checklist.models import AnswerSheet, ChecklistRound

SCHOOL, OTHER = "midorigaoka", "higashikawabata"


@dataclass(frozen=True)
class Desk:
    """The city with its open round; call inside ``city.tenant()``."""

    city: Any

    @property
    def now(self):
        return self.city.now()

    def actor(self, role, school=SCHOOL):
        return self.city.actor(role, "" if role.startswith("board") else school)

    def round(self, year=2026):
        return ChecklistRound.objects.get(school_year=year)

    def sheet(self, school=SCHOOL, year=2026):
        rows = AnswerSheet.objects.filter(round__school_year=year)
        return rows.get(school__slug=school) if school else rows.get(school=None)

    def questions(self, respondent="school"):
        found = self.round().question_set.questions().questions
        return [q for q in found if q.respondent == respondent]

    def every_answer(self, respondent="school"):
        return {q.key: q.scale[0].value for q in self.questions(respondent) if q.scale}


@pytest.fixture
def desk(city):
    with city.tenant():
        yield Desk(city)
