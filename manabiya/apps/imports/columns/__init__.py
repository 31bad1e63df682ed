"""From headings people really write to the fields of the roster."""

from manabiya.apps.imports.columns.fields import FIELDS, KINDS, Field, Kind, field_label
from manabiya.apps.imports.columns.matching import (
    Match,
    is_known,
    match_headings,
    missing_fields,
    signature,
)

__all__ = [
    "FIELDS",
    "KINDS",
    "Field",
    "Kind",
    "Match",
    "field_label",
    "is_known",
    "match_headings",
    "missing_fields",
    "signature",
]
