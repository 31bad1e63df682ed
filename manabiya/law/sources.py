"""Sources: what a rule stands on, in a form a machine reads and a person checks.

A :class:`Rule` is stated beside the function that carries it out, by the decorator :func:`rule`:
the Japanese term 「」, a summary, its articles or notices with their dates, and examples. The
examples are calls of that very function; tests run them and the book prints what they give, so
text and code cannot differ. ``law.book`` collects the rules.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from typing import TypeVar


class Confidence(Enum):
    """How sure a rule is: read in published material, partly, or general knowledge only."""

    HIGH = "H"
    MEDIUM = "M"
    LOW = "L"

    @property
    def label(self) -> str:
        """Return the Japanese word for it."""
        return {"H": "確認済み", "M": "一部確認", "L": "未確認"}[self.value]


@dataclass(frozen=True, slots=True)
class Source:
    """An article or notice: ``act`` (公布, 施行, 通知 …) happened on ``date``."""

    article: str
    date: date
    confidence: Confidence = Confidence.HIGH
    number: str = ""
    act: str = "公布"


@dataclass(frozen=True, slots=True)
class Statute:
    """A law, order, notice or standard as a whole; :meth:`article` names a part of it."""

    title: str
    number: str
    issued_on: date
    act: str = "公布"

    def article(
        self,
        where: str = "",
        *,
        in_force: date | None = None,
        confidence: Confidence = Confidence.HIGH,
    ) -> Source:
        """Return a part as a source; ``in_force``: the day its present form came into force."""
        return Source(
            article=f"{self.title}{where}",
            date=in_force or self.issued_on,
            confidence=confidence,
            number=self.number,
            act="施行" if in_force else self.act,
        )


@dataclass(frozen=True, slots=True)
class Refused:
    """The result of an example that must raise ValueError; the message holds ``reason``."""

    reason: str


@dataclass(frozen=True, slots=True)
class Example:
    """A call by keyword ``arguments`` and what it must give."""

    result: object
    arguments: Mapping[str, object]


def example(result: object, /, **arguments: object) -> Example:
    """Return an example: the result first, then the arguments by name."""
    return Example(result, arguments)


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule as people read it. ``words``: parameter → Japanese; ``names``: value → Japanese.

    ``also``: further terms that lead here; ``unit``: of a number that results. Raises ValueError without a source or an example, and
    when an example uses a parameter that has no Japanese word.
    """

    term: str
    summary: str
    sources: Sequence[Source]
    examples: Sequence[Example]
    words: Mapping[str, str]
    also: Sequence[str] = ()
    unit: str = ""
    names: Mapping[object, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        used = {name for shown in self.examples for name in shown.arguments}
        if not self.sources or not self.examples or not used <= set(self.words):
            raise ValueError(f"「{self.term}」には根拠、例、引数の日本語名が要ります")

    @property
    def confidence(self) -> tuple[Confidence, Confidence]:
        """Return the confidence of the surest and of the weakest source."""
        order = list(Confidence)
        places = [order.index(source.confidence) for source in self.sources]
        return order[min(places)], order[max(places)]


@dataclass(frozen=True, slots=True)
class StatedRule:
    """A rule and the function or class that carries it out."""

    rule: Rule
    call: Callable[..., object]

    def outcome(self, shown: Example) -> object:
        """Run an example: what the call returns, or :class:`Refused` with its reason."""
        try:
            return self.call(**shown.arguments)
        except ValueError as error:
            return Refused(str(error))

    def holds(self, shown: Example) -> bool:
        """Tell whether an example gives what it says."""
        found = self.outcome(shown)
        if isinstance(found, Refused) and isinstance(shown.result, Refused):
            return shown.result.reason in found.reason
        return found == shown.result


Carrier = TypeVar("Carrier", bound=Callable[..., object])
STATED: list[StatedRule] = []
"""Every rule in the order it was stated; filled while the modules of law are imported."""


def rule(stated: Rule) -> Callable[[Carrier], Carrier]:
    """State a rule beside the function or class that carries it out (a decorator)."""

    def state(call: Carrier) -> Carrier:
        STATED.append(StatedRule(stated, call))
        return call

    return state
