"""The checks of templates and translations find what they are for; languages switch."""

import pytest
from django.test import Client

from manabiya.kernel.ui.furigana import in_page
from manabiya.kernel.ui.lint import findings
from manabiya.kernel.ui.translations import missing


@pytest.mark.parametrize(
    ("template", "words"),
    [
        ('<p style="color:red">x</p>', "style 属性"),
        ("<style>p{}</style>", "<style>"),
        ("<script>alert(1)</script>", "<script>"),
        ('<p onclick="x()">x</p>', "on… 属性"),
        ('<p hx-on:click="x()">x</p>', "eval"),
        ('<p hx-trigger="click[ctrlKey]">x</p>', "eval"),
        ("<p hx-vals='js:{a:1}'>x</p>", "eval"),
        ("{{ x|safe }}", "|safe"),
        ("<table><tr></tr></table>", "caption"),
        ('<form method="post"></form>', "csrf_token"),
        ('<img src="x">', "alt"),
        ("<button>x</button>", "type"),
    ],
)
def test_lint_finds(template, words):
    assert any(words in found for found in findings(template))


def test_lint_is_silent_about_a_good_template():
    assert (
        list(
            findings(
                '<form method="post">{% csrf_token %}<button type="submit">x</button></form>'
                '<script type="module" src="x.js"></script><img src="x" alt="">'
                "<table><caption>x</caption></table>"
            )
        )
        == []
    )


def test_translation_check_finds_missing_texts_and_other_placeholders(tmp_path):
    folder = tmp_path / "app" / "templates" / "app"
    folder.mkdir(parents=True)
    for name in ("base", "phone", "plain"):
        (folder.parent / "ui").mkdir(exist_ok=True)
        (folder.parent / "ui" / f"{name}.html").write_text("")
    (folder.parent / "identity").mkdir()
    for name in ("login", "home"):
        (folder.parent / "identity" / f"{name}.html").write_text("")
    (folder / "x.html").write_text(
        '{% extends "ui/phone.html" %}{% translate "欠席" %}'
        "{% blocktranslate %}{{ name }}さん{% endblocktranslate %}"
    )
    po = tmp_path / "locale" / "en" / "LC_MESSAGES"
    po.mkdir(parents=True)
    (po / "django.po").write_text('msgid "%(name)sさん"\nmsgstr "you"\n')
    found = {(m.language, m.text, m.reason) for m in missing(tmp_path)}
    assert ("en", "欠席", "訳がありません") in found
    assert ("en", "%(name)sさん", "差しこみの名前がちがいます") in found
    assert ("ja_Simple", "欠席", "訳がありません") in found


def test_readings_become_ruby_in_text_only():
    page = '<title>連絡《れんらく》</title><p title="連絡《れんらく》">連絡《れんらく》です</p>'
    assert in_page(page) == (
        '<title>連絡</title><p title="連絡"><span><ruby>連絡<rt>れんらく</rt></ruby>です</span></p>'
    )


def test_what_a_person_typed_with_marks_stays_harmless():
    assert "<script" not in in_page("<p>&lt;script&gt;漢字《かんじ》</p>")


def test_language_is_chosen_and_kept(city):
    client = Client()
    assert "ログインする" in client.get("/login/").content.decode()
    for language, words in (("en", "Log in"), ("ja-simple", "<ruby>")):
        assert client.post("/language/", {"language": language, "next": "/login/"}).url == "/login/"
        page = client.get("/login/").content.decode()
        assert words in page
        assert "《" not in page


def test_unknown_language_and_foreign_address_are_ignored(db):
    client = Client()
    answer = client.post("/language/", {"language": "xx", "next": "https://example.org/"})
    assert answer.url == "/"
    assert list(answer.cookies) == []
