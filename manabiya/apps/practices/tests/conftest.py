"""Two schools and the board; a practice of the first, unpublished."""

import pytest

from manabiya.apps.practices import services
from manabiya.apps.practices.services import PracticeWord

WORD = PracticeWord(
    item="no_fax",
    title="給食センターへのFAXをやめる",
    before="毎朝、人数をFAXで送っていました。",
    after="表を共有しています。",
    steps="相手に聞く\n一か月並べて送る\nやめる日を決める",
    contact="事務 (内線 12)",
)
FIRST, SECOND = "midorigaoka", "higashikawabata"


@pytest.fixture
def scope(city):
    with city.tenant():
        yield city


@pytest.fixture
def draft(scope):
    return services.write_practice(
        actor=scope.actor("office_staff", FIRST), word=WORD, now=scope.now()
    )


@pytest.fixture
def published(scope, draft):
    return services.publish(
        actor=scope.actor("principal", FIRST), practice_id=draft.id, version=1, now=scope.now(9)
    )
