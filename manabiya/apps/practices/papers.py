"""Which files may be attached: known by what they hold, not by what they are called."""

from dataclasses import dataclass
from pathlib import PurePath

from django.utils.translation import gettext as _

from manabiya.apps.practices.refusals import PracticeRefused

LIMIT = 5 * 1024 * 1024
"""Bytes of one file."""
MOST = 5
"""Files of one practice."""
ZIP = b"PK\x03\x04"
OFFICE = "application/vnd.openxmlformats-officedocument"
CONTENT_TYPES = {
    "pdf": "application/pdf",
    "png": "image/png",
    "jpg": "image/jpeg",
    "xlsx": f"{OFFICE}.spreadsheetml.sheet",
    "docx": f"{OFFICE}.wordprocessingml.document",
    "pptx": f"{OFFICE}.presentationml.presentation",
}
BEGINNINGS = {
    "pdf": b"%PDF-", "png": b"\x89PNG\r\n\x1a\n", "jpg": b"\xff\xd8\xff",
    "xlsx": ZIP, "docx": ZIP, "pptx": ZIP,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as it was sent."""

    name: str
    content: bytes


def kind_of(upload: Upload) -> str:
    """Return the kind of a file (``pdf``); raises :class:`PracticeRefused` for one that can't be attached."""
    name, content = PurePath(upload.name).name, upload.content
    said = {"name": name}
    if not content:
        raise PracticeRefused(_("「%(name)s」は空です。ファイルを確かめてください。") % said)
    if len(content) > LIMIT:
        raise PracticeRefused(
            _("「%(name)s」は5MBを超えています。小さくして、選びなおしてください。") % said
        )
    kind = PurePath(name).suffix.lower().removeprefix(".").replace("jpeg", "jpg")
    if kind not in BEGINNINGS:
        raise PracticeRefused(
            _(
                "「%(name)s」は添付できません。PDF、Word、Excel、PowerPoint、PNG、JPEG を選んでください。"
            )
            % said
        )
    if not content.startswith(BEGINNINGS[kind]):
        raise PracticeRefused(
            _(
                "「%(name)s」の中身が、名前の終わりと合いません。元のソフトで保存しなおしてください。"
            )
            % said
        )
    return kind
