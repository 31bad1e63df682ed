"""The list of a school of 500: every child on one page."""

from ruler import city
from ruler.counted import ask
from ruler.figures import judged, say, told
from ruler.house import house, web
from ruler.timed import Visitor, wait

FETCHES = 60


def main() -> None:
    """Measure and print."""
    with house() as home:
        slug = city.build(city.of_500())[0]
        path = f"/m/{city.SLUG}/school/{slug}/students/"
        asked = {}
        for post in ("homeroom_teacher", "vice_principal"):
            session = city.staff_session(post, slug)
            page, found = ask(session, path)
            asked[post] = len(found.queries)
        rows = page.content.count(b"<tr") - 1
        if page.status_code != 200 or rows < 500:
            raise RuntimeError(f"not the list of 500: {page.status_code}, {rows} rows")
        with web(home) as served:
            times = Visitor(served.port, session).times_ms(path, FETCHES)
    what = "児童の一覧 500名"
    say(
        judged(what, asked["homeroom_teacher"], "クエリ", "≤ 10", besides="学級担任"),
        judged(f"{what} 教頭", asked["vice_principal"], "クエリ", "≤ 10"),
        wait(what, times),
        told(f"{what} HTML", f"{len(page.content) / 1024:.0f} KB"),
    )


if __name__ == "__main__":
    main()
