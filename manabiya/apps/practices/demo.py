"""The chapter of practices: what two invented schools did, and one of them recommended."""

from datetime import timedelta

from manabiya.apps.practices.models import Practice
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
        Practice.objects.create(
            id=story.key(), school_id=story.school_ids[slug], state=Practice.State.PUBLISHED,
            written_by_id=principal, written_at=published_at, published_by_id=principal,
            published_at=published_at, recommendation=recommendation if is_recommended else "",
            recommended_by_id=board if is_recommended else None,
            recommended_at=published_at if is_recommended else None, **words,
        )  # fmt: skip
        count += 1
    story.say(f"  先行事例 {count}")
