"""A figure is its table first; its drawing comes only to pages with a figure."""

import json
import re
from pathlib import Path

import pytest
from django.template import Context, Template
from django.test import Client

from manabiya.kernel.ui.charts import Chart, Series, drawn, rows

KERNEL = Path(__file__).parent.parent
HOUSE = KERNEL.parents[2]


def figure(**other) -> Chart:
    plain = {
        "slug": "rates",
        "kind": "line",
        "title": "月ごとの出席率",
        "unit": "%",
        "category_name": "月",
        "categories": ("4月", "5月"),
        "series": (Series("1年", (97.25, None), links=("/rows/", None), decimals=1),),
    }
    return Chart(**{**plain, **other})


def page_of(shown: Chart) -> str:
    return Template("{% chart figure %}").render(Context({"figure": shown}))


def test_the_table_holds_every_number_its_link_and_what_is_missing():
    page = page_of(figure(missing="かくしています"))
    assert re.search(r"<caption[^>]*>月ごとの出席率\(%\)</caption>", page)
    assert '<td class="n"><a href="/rows/">97.2</a></td>' in page
    assert '<td class="n zero">かくしています</td>' in page
    assert '<th scope="row">5月</th>' in page


def test_the_drawing_gets_the_same_numbers_and_no_address():
    page = page_of(figure())
    told = json.loads(re.search(r'application/json">(.*?)</script>', page)[1])
    assert told == drawn(figure())
    assert told["series"][0]["values"] == [97.25, None]
    assert "/rows/" not in json.dumps(told)


def test_words_of_a_figure_cannot_leave_their_script():
    page = page_of(figure(categories=("</script><b>", "5月")))
    assert "</script><b>" not in page


def test_a_figure_without_values_is_only_its_table():
    page = page_of(figure(series=(Series("1年", (None, None)),)))
    assert "<table" in page
    assert "chart.js" not in page
    assert "plot" not in page


def test_an_axis_that_does_not_begin_at_zero_is_said_in_words():
    assert "縦の目盛りは 90% から" in page_of(figure(floor=90))
    assert "縦の目盛り" not in page_of(figure())


@pytest.mark.parametrize("wrong", [Series("1年", (1,)), Series("1年", (1, 2), links=("/x/",))])
def test_a_series_is_as_long_as_the_categories(wrong):
    with pytest.raises(ValueError, match="rates: 1年 has 1"):
        figure(series=(wrong,))


def test_big_numbers_have_their_thousands_apart():
    shown = figure(series=(Series("全市", (20540, 0)),))
    assert [cell.text for row in rows(shown) for cell in row.cells] == ["20,540", "0"]
    assert rows(shown)[1].cells[0].is_zero


def test_only_a_figure_loads_the_drawing(db, city):
    assert "ui/chart.js" in Client().get("/components/").content.decode()
    for address in ("", "attendance/", "students/"):
        client = city.client("principal", "midorigaoka")
        answer = client.get(f"/m/shirakabano/school/midorigaoka/{address}")
        assert answer.status_code == 200
        assert "chart.js" not in answer.content.decode()
    mentioned = [
        template.name
        for template in HOUSE.glob("manabiya/**/templates/**/*.html")
        if "chart.js" in template.read_text()
    ]
    assert mentioned == ["chart.html"]


@pytest.mark.parametrize("name", ["app", "family", "sw"])
def test_no_other_script_holds_the_chart_library(name):
    script = (KERNEL / f"static/ui/{name}.js").read_text()
    assert "zrender" not in script
    assert "data-zr" not in script
    assert len(script) < 60_000
