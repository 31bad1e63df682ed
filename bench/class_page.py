"""The page a class teacher opens before the bell: a class of 35 with reports of the morning."""

from ruler import city
from ruler.counted import ask
from ruler.figures import judged, say, told
from ruler.house import BUILT_FOR, house, web
from ruler.timed import Visitor, wait

FETCHES = 150


def address(slug: str, homeroom: object) -> str:
    """Return the address of a class's morning."""
    return f"/m/{city.SLUG}/school/{slug}/attendance/class/{homeroom}/{BUILT_FOR}/"


def main() -> None:
    """Measure and print."""
    with house() as home:
        slug = city.build((5, 35, 70))[0]
        rooms = city.homerooms(slug)
        reports = city.report_some(rooms[35])
        for size in (5, 70):
            city.report_some(rooms[size])
        asked, size_of = {}, {}
        for size, room in rooms.items():
            teacher = city.staff_session("homeroom_teacher", slug, room)
            page, found = ask(teacher, address(slug, room))
            if page.status_code != 200 or page.content.count(b'<li class="pupil') != size:
                raise RuntimeError(f"not the page of {size} children: {page.status_code}")
            asked[size], size_of[size] = len(found.queries), len(page.content)
        deputy = city.staff_session("vice_principal", slug)
        by_deputy = len(ask(deputy, address(slug, rooms[35]))[1].queries)
        with web(home) as served:
            teacher = city.staff_session("homeroom_teacher", slug, rooms[35])
            times = Visitor(served.port, teacher).times_ms(address(slug, rooms[35]), FETCHES)
    what = "学級の出欠ページ 35名"
    grown = asked[70] - asked[5]
    steps = "、".join(f"{size}名で {asked[size]}" for size in sorted(asked))
    say(
        judged(what, asked[35], "クエリ", "≤ 12", besides=f"連絡 {reports} 件つき"),
        judged(f"{what} 教頭", by_deputy, "クエリ", "≤ 12"),
        judged("学級の出欠ページ 5名から70名へ増えるクエリ", grown, "クエリ", "= 0", besides=steps),
        judged(f"{what} HTML", round(size_of[35] / 1024, 1), "KB", "≤ 25"),
        wait(what, times),
        told("学級の出欠ページ 70名 HTML", f"{size_of[70] / 1024:.1f} KB"),
    )


if __name__ == "__main__":
    main()
