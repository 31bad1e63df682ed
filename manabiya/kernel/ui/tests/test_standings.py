"""The marks above the entries of a further language are read, counted, and refused when malformed."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from manabiya.kernel.ui.standings import LanguageStanding, faults, standing

HEAD = 'msgid ""\nmsgstr ""\n"Language: pt\\n"\n\n'


def catalogue(root, *entries):
    folder = root / "app" / "locale" / "pt" / "LC_MESSAGES"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "django.po").write_text(HEAD + "\n".join(entries))
    return root


def entry(text, translation="x", *above):
    return "".join(f"{line}\n" for line in above) + f'msgid "{text}"\nmsgstr "{translation}"\n'


def reasons(root):
    return [(fault.text, fault.reason) for fault in faults(root, "pt")]


def test_standing_counts_what_families_read_only(tmp_path):
    root = catalogue(
        tmp_path,
        entry("欠席", "Falta", "# 確認済 市の通訳 佐藤 2026-11-20"),
        entry("%(day)sまで", "Até %(day)s", "# 未確認", "#, python-format"),
        entry("遅刻", "", "# 未確認"),
        entry("教職員だけの文", "x", "# 未確認"),
    )
    assert reasons(root) == []
    texts = {"欠席", "%(day)sまで", "遅刻", "早退"}
    assert standing(root, "pt", texts) == LanguageStanding(4, checked=1, unchecked=1, missing=2)


def test_a_language_is_checked_when_every_text_is(tmp_path):
    root = catalogue(tmp_path, entry("欠席", "Falta", "# 確認済 佐藤 2026-11-20"))
    assert standing(root, "pt", {"欠席"}).is_checked
    assert not standing(root, "pt", {"欠席", "遅刻"}).is_checked
    assert not standing(root, "pt", set()).is_checked


@pytest.mark.parametrize(
    ("above", "reason"),
    [
        ((), "確認の印がありません"),
        (("#, python-format",), "確認の印がありません"),
        (("# 未確認", ""), "確認の印がありません"),
        (("# あとで", "# みかくにん"), "確認の印が読めません"),
        (("# 未確認", "# 覚え書き"), "確認の印が読めません"),
        (("# 確認済",), "確認の印が読めません"),
        (("# 確認済 2026-11-20",), "確認の印が読めません"),
        (("# 確認済 佐藤",), "確認の印が読めません"),
        (("# 確認済 佐藤 2026-02-30",), "確認の印が読めません"),
        (("# 未確認", "# 確認済 佐藤 2026-11-20"), "確認の印が二つあります"),
        (("# 未確認", "#, fuzzy"), "fuzzy の訳は使われません"),
    ],
)
def test_a_mark_that_is_not_there_or_malformed_is_refused_and_counts_as_unchecked(
    tmp_path, above, reason
):
    root = catalogue(tmp_path, entry("欠席", "Falta", *above))
    assert reasons(root) == [("欠席", reason)]
    assert standing(root, "pt", {"欠席"}) == LanguageStanding(1, 0, 1, 0)


def test_other_placeholders_are_refused(tmp_path):
    root = catalogue(tmp_path, entry("%(day)sまで", "Até %(days)s", "# 未確認"))
    assert reasons(root) == [("%(day)sまで", "差しこみの名前がちがいます")]


def check(monkeypatch, root):
    """Run the command on the catalogues below ``root``; the texts are those of the house."""
    module = "manabiya.kernel.ui.management.commands.check_translations"
    monkeypatch.setattr(f"{module}.faults", lambda _root, language: faults(root, language))
    monkeypatch.setattr(
        f"{module}.standing", lambda _root, language, texts: standing(root, language, {"欠席"})
    )
    said = StringIO()
    try:
        call_command("check_translations", stdout=said)
    except CommandError as error:
        return said.getvalue(), str(error)
    return said.getvalue(), ""


def test_check_translations_prints_the_standing_and_refuses_a_missing_mark(tmp_path, monkeypatch):
    good = catalogue(tmp_path / "good", entry("欠席", "Falta", "# 未確認"))
    said, error = check(monkeypatch, good)
    assert "Português: 1の文のうち、確認済 0、未確認 1、訳なし 0" in said
    assert error == ""
    said, error = check(monkeypatch, catalogue(tmp_path / "bad", entry("欠席", "Falta")))
    assert "pt\t確認の印がありません\t欠席" in said
    assert "確認の印がありません" in error
