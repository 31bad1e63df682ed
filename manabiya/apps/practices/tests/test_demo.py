"""The demo's practices have life in them: another school does likewise and has tried it."""

from manabiya.apps.practices.models import PracticeFollow


def test_another_school_follows_and_has_tried_it(city):
    with city.tenant():
        [follow] = PracticeFollow.objects.all()
        assert (follow.school.slug, follow.practice.school.slug) == (
            "midorigaoka",
            "higashikawabata",
        )
        assert follow.tried_words
        assert follow.followed_at < follow.tried_at
    page = city.client("homeroom_teacher", "higashikawabata").get(
        f"/m/shirakabano/school/higashikawabata/practices/{follow.practice_id}/"
    )
    assert follow.tried_words in page.content.decode()
