"""Furigana: texts of やさしい日本語 hold 漢字《かんじ》; pages show them as ruby.

In text it becomes ``<ruby>漢字<rt>かんじ</rt></ruby>``; in attributes, titles, options and typed
text the reading is left out, since no markup can stand there.
"""

import re

MARKED = re.compile(r"([\u3400-\u9fff\uf900-\ufaff々〆ヶ]+)《([ぁ-ゖァ-ヺー]+)》")
TAG = re.compile(r"(<!--.*?-->|<[^>]*>)", re.DOTALL)
NO_MARKUP = ("title", "option", "textarea", "script", "style")


def as_ruby(text: str) -> str:
    """Return ``text`` with ruby in the place of 《…》."""
    return MARKED.sub(r"<ruby>\1<rt>\2</rt></ruby>", text)


def without_readings(text: str) -> str:
    """Return ``text`` without 《…》."""
    return MARKED.sub(r"\1", text)


def in_page(page: str) -> str:
    """Return an HTML page with ruby in its text and no reading marks anywhere else.

    A text with ruby becomes one ``<span>``, so that a flex or grid box keeps it together.
    """
    if "《" not in page:
        return page
    out, inside = [], ""
    for part in TAG.split(page):
        if part.startswith("<"):
            name = re.match(r"</?([a-zA-Z]+)", part)
            word = name.group(1).lower() if name else ""
            if word in NO_MARKUP:
                inside = "" if part.startswith("</") else word
            out.append(without_readings(part))
        else:
            out.append(without_readings(part) if inside else _together(part))
    return "".join(out)


def _together(text: str) -> str:
    found = as_ruby(text)
    return found if found == text else f"<span>{found}</span>"
