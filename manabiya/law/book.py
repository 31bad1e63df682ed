"""The book of rules: every rule of law found by its term and written out for people.

Text is made from the rules and from running their examples, so it says what the code does.
"""

import difflib
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from types import ModuleType

from manabiya.law import (
    absence_alerts,
    attendance,
    attendance_causes,
    attendance_day,
    attendance_figures,
    bereavement,
    checklist,
    checklist_inference,
    checklist_items,
    checklist_points,
    checklist_rounds,
    closures,
    education_code,
    enrollment_span,
    era,
    exclusion,
    homeroom_size,
    input_text,
    japanese_calendar,
    kana,
    names,
    national_holidays,
    periods,
    school_age,
    school_code,
    school_year,
)
from manabiya.law.sources import STATED, StatedRule
from manabiya.law.wording import said, said_confidence, said_outcome, said_source

CHAPTERS: Mapping[ModuleType, str] = {
    school_year: "年度・学年・年齢",
    school_age: "学齢と学齢簿",
    era: "元号と日付",
    japanese_calendar: "年間行事予定と授業日",
    national_holidays: "国民の祝日",
    attendance_day: "出欠の区分",
    attendance_causes: "出席停止・忌引等の事由",
    attendance: "出欠の集計",
    attendance_figures: "出席率と長期欠席",
    absence_alerts: "続く欠席の知らせ",
    closures: "臨時休業・学級閉鎖",
    periods: "校時からの出欠",
    exclusion: "感染症による出席停止",
    bereavement: "忌引",
    enrollment_span: "転学と在籍",
    homeroom_size: "学級編制",
    kana: "ふりがなと五十音順",
    names: "氏名の文字",
    input_text: "入力の読み取り",
    school_code: "学校コード",
    education_code: "交換のための符号",
    checklist: "校務DXチェックリストの割合",
    checklist_inference: "校務DXチェックリストの学校数の推定",
    checklist_points: "校務DXチェックリストの得点と平均",
    checklist_rounds: "校務DXチェックリストの回の比較",
    checklist_items: "校務DXチェックリストの項目",
}
"""The modules that state rules, in reading order, and their titles."""
INTRODUCTION = """# 学校の記録の決まり(学び舎 law 第1巻)

学び舎が出欠、氏名、年度、学校の記録を扱う決まりの一覧です。この文書は、実際に動くプログラムから
`manabiya law docs` で作っています。例はすべてプログラムを動かした結果です。手で書き直さないでください。

- **根拠** 条文・通知とその日付です。番号と日付は一般に引かれるものによります。
- **確度** 決まりの中身がどこまで確かかです。確認済み=公表された資料で確かめたもの、一部確認=一部だけ確かめたもの、未確認=一般の知識に
  よるものです。一部確認と未確認の決まりは既定の値で、設置者が変更できます。使う前に確かめてください。
- **プログラム** 決まりを実行する部分の名前です。ほかの事業者や検査の方が確かめられます。
"""


class UnknownTerm(LookupError):
    """No rule has this term; the message is Japanese and names near terms."""


def rules() -> list[StatedRule]:
    """Return every rule in reading order."""
    places = {module.__name__: place for place, module in enumerate(CHAPTERS)}
    return sorted(STATED, key=lambda stated: places[stated.call.__module__])


def find(term: str) -> list[StatedRule]:
    """Return the rules of a term: the rule of that name first, then those it also leads to.

    Where no rule has the term, those whose terms contain it; none for an empty one.
    """
    sought = _plain(term)
    exact = [stated for stated in rules() if sought in map(_plain, _terms(stated))]
    if exact or not sought:
        return sorted(exact, key=lambda stated: _plain(stated.rule.term) != sought)
    return [stated for stated in rules() if any(sought in _plain(t) for t in _terms(stated))]


def near(term: str) -> list[str]:
    """Return up to five terms that look like ``term``, the nearest first."""
    every = list(dict.fromkeys(t for stated in rules() for t in _terms(stated)))
    close = difflib.get_close_matches(_plain(term), every, n=5, cutoff=0.3)
    sharing = [t for t in every if len(set(t) & set(_plain(term))) >= 2 and t not in close]
    return [*close, *sharing][:5]


def explain(term: str) -> str:
    """Return the rules of a term with sources and examples; raises :class:`UnknownTerm`."""
    found = find(term)
    if not found:
        others = near(term)
        hint = (
            f"近い用語: {'、'.join(others)}" if others else "用語の一覧は docs/law.md にあります。"
        )
        raise UnknownTerm(f"「{term}」という用語の決まりはありません。{hint}")
    return "\n\n".join("\n".join(_plain_text(stated)) for stated in found)


def document() -> str:
    """Return the whole book as Markdown, for docs/law.md."""
    parts = [INTRODUCTION, *_contents()]
    for module, title in CHAPTERS.items():
        parts += [f"## {title}", ""]
        for stated in _of_chapter(module):
            parts += _markdown(stated)
    return "\n".join(parts).rstrip() + "\n"


def _of_chapter(module: ModuleType) -> list[StatedRule]:
    return [stated for stated in rules() if stated.call.__module__ == module.__name__]


def _contents() -> Iterator[str]:
    yield "| 章 | 用語 |"
    yield "|---|---|"
    for module, title in CHAPTERS.items():
        yield f"| {title} | {'、'.join(stated.rule.term for stated in _of_chapter(module))} |"
    yield ""


def _terms(stated: StatedRule) -> Sequence[str]:
    return (stated.rule.term, *stated.rule.also)


def _plain(term: str) -> str:
    return unicodedata.normalize("NFKC", term).strip("「」 \u3000").upper()


def _place(stated: StatedRule) -> str:
    return f"{stated.call.__module__}.{stated.call.__qualname__}"


def _plain_text(stated: StatedRule) -> Iterator[str]:
    yield f"「{stated.rule.term}」 確度: {said_confidence(stated.rule)}"
    yield stated.rule.summary
    yield from (f"  根拠: {said_source(source)}" for source in stated.rule.sources)
    yield from (f"  例: {line}" for line in _examples(stated))
    yield f"  プログラム: {_place(stated)}"


def _markdown(stated: StatedRule) -> Iterator[str]:
    yield f"### 「{stated.rule.term}」"
    yield ""
    yield stated.rule.summary
    yield ""
    if stated.rule.also:
        yield f"- 関連する用語: {'、'.join(stated.rule.also)}"
    yield f"- 確度: {said_confidence(stated.rule)}"
    yield from (f"- 根拠: {said_source(source)}" for source in stated.rule.sources)
    yield from (f"- 例: {line}" for line in _examples(stated))
    yield f"- プログラム: `{_place(stated)}`"
    yield ""


def _examples(stated: StatedRule) -> Iterator[str]:
    names = stated.rule.names
    for shown in stated.rule.examples:
        given = "、".join(
            f"{stated.rule.words[name]} {said(value, names)}"
            for name, value in shown.arguments.items()
        )
        yield f"{given} → {said_outcome(stated, shown)}"
