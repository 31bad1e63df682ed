"""Other schools follow, try, copy a setting; the board recommends."""

from dataclasses import replace
from datetime import time
from uuid import uuid4

import pytest
from django.http import Http404

from manabiya.apps.attendance.models import MorningSettings
from manabiya.apps.attendance.queries import morning_settings
from manabiya.apps.practices import queries, services
from manabiya.apps.practices.models import PracticeFollow
from manabiya.apps.practices.refusals import PracticeRefused
from manabiya.apps.practices.tests.conftest import FIRST, SECOND, WORD
from manabiya.kernel.access.policies import Refused
from manabiya.roster.models import School


def follow(scope, practice, role="vice_principal", *, shows_school=False):
    return services.follow(
        actor=scope.actor(role, SECOND), practice_id=practice.id, shows_school=shows_school,
        now=scope.now(10),
    )  # fmt: skip


def page(scope, practice, role, school=""):
    return queries.practice_page(scope.actor(role, school), practice_id=practice.id)


def test_following_twice_is_once(scope, published):
    follow(scope, published)
    follow(scope, published, shows_school=True)
    [row] = PracticeFollow.objects.filter(practice=published)
    assert row.shows_school
    [line] = [
        line
        for line in queries.practice_list(scope.actor("principal", FIRST), code="").lines
        if line.practice.id == published.id
    ]
    assert (line.followed, line.tried) == (1, 0)


def test_writer_and_board_read_the_follower_s_name_and_others_only_when_it_agreed(scope, published):
    follow(scope, published)
    name = School.objects.get(slug=SECOND).name
    reader = scope.actor("principal", FIRST)
    elsewhere = uuid4()
    stranger = replace(
        reader, school_id=elsewhere,
        grants=tuple(replace(grant, school_id=elsewhere) for grant in reader.grants),
    )  # fmt: skip
    assert [line.school_name for line in page(scope, published, "principal", FIRST).follows] == [
        name
    ]
    assert [line.school_name for line in page(scope, published, "board_officer").follows] == [name]
    found = queries.practice_page(stranger, practice_id=published.id)
    assert ([line.school_name for line in found.follows], found.hidden) == ([""], 1)
    follow(scope, published, shows_school=True)
    found = queries.practice_page(stranger, practice_id=published.id)
    assert [line.school_name for line in found.follows] == [name]


def test_tried_in_a_sentence_taken_back_and_ended(scope, published):
    actor = scope.actor("vice_principal", SECOND)
    row = follow(scope, published)
    with pytest.raises(PracticeRefused, match="一言"):
        services.say_tried(actor=actor, practice_id=published.id, words=" ", now=scope.now())
    services.say_tried(
        actor=actor, practice_id=published.id, words="一週間で慣れました", now=scope.now()
    )
    seen = page(scope, published, "principal", FIRST)
    assert (seen.tried, seen.follows[0].row.tried_words) == (1, "一週間で慣れました")
    services.take_tried_back(actor=actor, practice_id=published.id, now=scope.now())
    assert page(scope, published, "principal", FIRST).tried == 0
    services.unfollow(actor=actor, practice_id=published.id, now=scope.now())
    row.refresh_from_db()
    assert row.ended_at is not None
    with pytest.raises(Http404):
        services.unfollow(actor=actor, practice_id=published.id, now=scope.now())


def test_own_and_unpublished_practices_are_not_followed(scope, draft):
    with pytest.raises(Http404):
        follow(scope, draft)
    services.publish(
        actor=scope.actor("principal", FIRST), practice_id=draft.id, version=1, now=scope.now()
    )
    with pytest.raises(PracticeRefused, match="自分の学校"):
        services.follow(
            actor=scope.actor("principal", FIRST), practice_id=draft.id, shows_school=False,
            now=scope.now(),
        )  # fmt: skip


@pytest.mark.parametrize("role", ["homeroom_teacher", "subject_teacher", "school_nurse"])
def test_who_does_not_lead_a_school_follows_nothing(scope, published, role):
    with pytest.raises(Refused):
        follow(scope, published, role)
    assert not PracticeFollow.objects.filter(practice=published).exists()


@pytest.fixture
def with_setup(scope, published):
    """Return the practice with the morning's settings; the school's 確定の目安 is 8:25."""
    school = School.objects.get(slug=FIRST)
    MorningSettings.objects.update_or_create(
        school=school, valid_from=scope.today, defaults={"confirm_by": time(8, 25)}
    )
    return services.write_practice(
        actor=scope.actor("principal", FIRST), word=replace(WORD, setup="attendance-morning"),
        now=scope.now(), practice_id=published.id, version=published.version,
    )  # fmt: skip


def test_difference_is_shown_before_and_gone_after_the_setting_was_copied(scope, with_setup):
    here = School.objects.get(slug=SECOND).id
    before = page(scope, with_setup, "principal", SECOND)
    [line] = [line for line in before.setup_lines if line.theirs == "8:25"]
    assert line.changes
    services.copy_setup(
        actor=scope.actor("principal", SECOND), practice_id=with_setup.id, now=scope.now()
    )
    assert morning_settings(here, scope.today).confirm_by == time(8, 25)
    after = page(scope, with_setup, "principal", SECOND)
    assert not any(line.changes for line in after.setup_lines)


def test_copying_needs_the_right_of_the_setting_itself(scope, with_setup):
    here = School.objects.get(slug=SECOND).id
    before = morning_settings(here, scope.today).confirm_by
    with pytest.raises(Refused):
        services.copy_setup(
            actor=scope.actor("office_staff", SECOND), practice_id=with_setup.id, now=scope.now()
        )
    assert morning_settings(here, scope.today).confirm_by == before


def test_practice_without_a_setting_copies_nothing(scope, published):
    with pytest.raises(PracticeRefused, match="写せる設定はありません"):
        services.copy_setup(
            actor=scope.actor("principal", SECOND), practice_id=published.id, now=scope.now()
        )


def recommend(scope, practice, words="すぐにできます", version=2, role="board_officer", school=""):
    return services.recommend(
        actor=scope.actor(role, school), practice_id=practice.id, words=words, version=version,
        now=scope.now(11),
    )  # fmt: skip


def test_recommended_one_stands_first_until_it_is_taken_back(scope, published):
    recommend(scope, published)
    found = queries.practices_for(scope.actor("homeroom_teacher", SECOND), "no_fax")
    assert [(row.id, row.recommendation) for row in found] == [(published.id, "すぐにできます")]
    first = queries.practice_list(scope.actor("homeroom_teacher", SECOND), code="").lines[0]
    assert first.practice.id == published.id
    services.take_recommendation_back(
        actor=scope.actor("board_officer"), practice_id=published.id, version=3, now=scope.now()
    )
    published.refresh_from_db()
    assert (published.recommendation, published.recommended_by) == ("", None)


def test_withdrawing_takes_the_recommendation_away(scope, published):
    recommend(scope, published)
    services.withdraw(
        actor=scope.actor("principal", FIRST), practice_id=published.id, version=3,
        now=scope.now(),
    )  # fmt: skip
    published.refresh_from_db()
    assert published.recommendation == ""


def test_recommending_needs_words_a_published_practice_and_the_board(scope, published):
    with pytest.raises(PracticeRefused, match="一言"):
        recommend(scope, published, words=" ")
    with pytest.raises(Refused):
        recommend(scope, published, role="principal", school=FIRST)
    services.withdraw(
        actor=scope.actor("principal", FIRST), practice_id=published.id, version=2,
        now=scope.now(),
    )  # fmt: skip
    with pytest.raises(PracticeRefused, match="公開していない"):
        recommend(scope, published, version=3)


def test_items_below_half_are_listed_with_the_own_figure_where_one_was_published(scope):
    actor = scope.actor("principal", FIRST)
    own = {item.key: item for item in queries.low_items(actor, "012041")}
    assert (own["absence_contact"].area, str(own["absence_contact"].percent)) == ("市", "35.1")
    others = {item.key: item for item in queries.low_items(actor, "999999")}
    assert "absence_contact" not in others
    assert (others["no_fax"].area, str(others["no_fax"].percent)) == ("全国", "4.1")
