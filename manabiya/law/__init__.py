"""Law: the rules of Japanese school records as plain Python.

No Django, no clock, no files, no network; frozen dataclasses in and out. Each rule carries the
article or notice, its date and the Japanese term in 「」 as a ``sources.Rule`` beside the function
that carries it out; ``book`` writes docs/law.md and ``manabiya law explain`` from them. Where a
rule is a board's to decide, or its confidence is M or L, the default is a frozen dataclass of
rules with a date, passed as ``rules=``.

Every branch is executed by the tests::

    python -m pytest manabiya/law --cov=manabiya.law --cov-branch --cov-fail-under=100
"""
