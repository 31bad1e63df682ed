"""Wording: values of examples and sources as a board officer reads them."""

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from enum import Enum
from types import MappingProxyType

from manabiya.law.era import format_era
from manabiya.law.sources import Confidence, Example, Refused, Rule, Source, StatedRule

NO_NAMES: Mapping[object, str] = MappingProxyType({})


def said(value: object, names: Mapping[object, str] = NO_NAMES) -> str:
    """Return a value in Japanese; ``names`` gives words for texts and truth values."""
    if value is None or isinstance(value, str | bool | date):
        return names.get(value) or _simple(value)
    if isinstance(value, Mapping):
        return _joined(f"{said(k, names)}={said(v, names)}" for k, v in value.items())
    if isinstance(value, list | tuple):
        return _joined(_inner(item, names) for item in value)
    return _other(value)


def said_outcome(stated: StatedRule, shown: Example) -> str:
    """Run an example and return what it gives, a number with its unit."""
    found = stated.outcome(shown)
    is_number = isinstance(found, int | Decimal) and not isinstance(found, bool)
    return said(found, stated.rule.names) + (stated.rule.unit if is_number else "")


def said_source(source: Source) -> str:
    """Return a source with number, date and, unless it is sure, its confidence."""
    when = format_era(source.date)
    if source.act.endswith("の年"):
        when = when.partition("年")[0] + "年"
    number = f"{source.number}、" if source.number else ""
    sure = "" if source.confidence is Confidence.HIGH else f" 確度: {source.confidence.label}"
    return f"{source.article}({number}{when}{source.act.removesuffix('の年')}){sure}"


def said_confidence(rule: Rule) -> str:
    """Return how sure a rule is, and whether parts of it are less so."""
    best, worst = rule.confidence
    return best.label if best is worst else f"{best.label}({worst.label}の部分を含む)"


def _simple(value: str | bool | date | None) -> str:
    if isinstance(value, date):
        return format_era(value)
    if isinstance(value, bool):
        return "はい" if value else "いいえ"
    return "なし" if value is None else value or "(空)"


def _inner(item: object, names: Mapping[object, str]) -> str:
    if isinstance(item, tuple):
        return " ".join(said(part, names) for part in item)
    return said(item, names)


def _joined(parts: Iterable[str]) -> str:
    return "、".join(parts) or "なし"


def _other(value: object) -> str:
    if isinstance(value, Refused):
        return f"受け付けない(理由: {value.reason})"
    return str(getattr(value, "label", value) if isinstance(value, Enum) else value)
