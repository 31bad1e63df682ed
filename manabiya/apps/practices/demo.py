"""The chapter of practices: what two invented schools did, one recommended, and who does likewise."""

from datetime import timedelta

from manabiya.apps.practices.models import Practice, PracticeFollow
from manabiya.roster.models import Appointment, Post
from manabiya.roster.models.dated import on_day
from manabiya.roster.story import Story

LONG_AGO = timedelta(days=40)
TOLD = (
    (
        "midorigaoka",
        {
            "item": "absence_contact",
            "title": "朝の電話を、職員室で取らなくてよい学校に",
            "before": "毎朝、欠席の電話が20本ほど続き、教頭と事務が電話のそばを離れられませんでした。"
            "伝言のメモが担任に届くのは、朝の会のあとでした。",
            "after": "連絡のほとんどが電話の画面から届き、担任は教室で見られます。電話は、使い方の分からない"
            "家庭と、急ぎの相談だけになりました。",
            "steps": "学級懇談会で、保護者の招待の紙を手渡す\nその場でQRコードを読み、練習の連絡を一度送る\n"
            "二週間は、電話でも受ける\n三週目に、まだ使っていない家庭へ担任が声をかける\n"
            "学校だよりに、締切の時刻と、急ぐときの電話番号をのせる",
            "contact": "教頭 (内線 11)",
            "setup": "attendance-morning",
        },
        "招待の紙を懇談会で手渡すところが、どの学校でもすぐまねできます。",
    ),
    (
        "higashikawabata",
        {
            "item": "paperless_meetings",
            "title": "職員会議の資料を、刷らずに始める",
            "before": "会議の前日に、40人分の資料を刷って綴じていました。差し替えのたびに刷りなおしました。",
            "after": "資料は前日までに共有の場所に置き、会議では各自の画面で見ます。月に2,000枚ほど減りました。",
            "steps": "会議の資料を置く場所を一つに決める\n名前の付け方を「日付_議題」にそろえる\n"
            "最初の月だけ、目次を一枚刷る\n紙がほしい人は自分で刷る、と決める",
            "contact": "教務主任 (内線 23)",
            "setup": "",
        },
        "",
    ),
)


TRIED = (
    "目次を刷るのを最初の二回だけにしたら、あとは困りませんでした。",
    "",
    "資料を置く場所を決めるまでに、話し合いが二度いりました。",
)
"""What the schools that do likewise tell, in turn; empty: they have just begun."""
MOST_FOLLOWERS = 5


def tell(story: Story) -> None:
    """Write the practices of the schools that are told (inside ``tenant()``)."""
    count = 0
    board = story.people.get(("board_officer", ""))
    for slug, words, recommendation in TOLD:
        principal = story.people.get(("principal", slug))
        if principal is None:
            continue
        published_at = story.at(16, 20, story.today - LONG_AGO)
        is_recommended = bool(recommendation and board)
        practice = Practice.objects.create(
            id=story.key(), school_id=story.school_ids[slug], state=Practice.State.PUBLISHED,
            written_by_id=principal, written_at=published_at, published_by_id=principal,
            published_at=published_at, recommendation=recommendation if is_recommended else "",
            recommended_by_id=board if is_recommended else None,
            recommended_at=published_at if is_recommended else None, **words,
        )  # fmt: skip
        if slug != "midorigaoka":
            _follow(story, practice)
        count += 1
    story.say(f"  先行事例 {count}")


def _follow(story: Story, practice: Practice) -> None:
    """Let other schools do likewise: the first has tried it, the next has begun."""
    heads = Appointment.objects.filter(on_day(story.today), post=Post.PRINCIPAL)
    others = heads.exclude(school_id=practice.school_id).order_by("school__slug", "id")
    begun = {row.school_id: row.staff_member_id for row in others if row.school_id}
    told = story.people.get(("principal", "midorigaoka"))
    first = [item for item in begun.items() if item[1] == told]
    chosen = [*first, *(item for item in begun.items() if item[1] != told)][:MOST_FOLLOWERS]
    PracticeFollow.objects.bulk_create(
        PracticeFollow(
            id=story.key(),
            practice=practice,
            school_id=school_id,
            shows_school=number % 2 == 0,
            followed_by_id=person,
            followed_at=story.at(16, 0, story.today - timedelta(days=30 - number)),
            tried_words=TRIED[number % len(TRIED)],
            tried_at=story.at(16, 30, story.today - timedelta(days=9))
            if TRIED[number % len(TRIED)]
            else None,
        )
        for number, (school_id, person) in enumerate(chosen)
    )
