"""From a paper's Typst file and its data to a PDF."""

import json
from collections.abc import Mapping
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

import typst

from manabiya.kernel.pdf.letters import font_folders

ROOT = Path(__file__).resolve().parents[2]


class PaperFailed(RuntimeError):
    """Typst refused a paper: a mistake in its file, never in its data."""


@lru_cache(maxsize=1)
def _fonts() -> typst.Fonts:
    return typst.Fonts(
        include_system_fonts=False, font_paths=[str(folder) for folder in font_folders()]
    )


def typeset(
    paper: str, data: Mapping[str, Any], *, made_at: datetime, tagged: bool = False
) -> bytes:
    """Return the PDF of ``paper`` (``apps/class_lists/papers/labels.typ``) with ``data`` in it.

    ``made_at`` is written into the file, so that the same data give the same bytes. ``tagged``:
    readable by a screen reader, ten times as large; for the one paper of one family. Files
    outside the package can't be read by a paper. Raises :class:`PaperFailed`.
    """
    try:
        pdf: bytes = typst.compile(
            str(ROOT / paper),
            root=str(ROOT),
            font_paths=_fonts(),
            sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
            format="pdf",
            timestamp=int(made_at.timestamp()),
            pdf_tags=tagged,
        )
    except (typst.TypstError, RuntimeError) as error:
        raise PaperFailed(f"{paper}: {error}") from error
    return pdf
