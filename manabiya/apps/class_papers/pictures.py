"""From an uploaded picture to the small one that is kept: upright, cropped, without camera data."""

import io

from django.utils.translation import gettext as _
from PIL import Image, ImageOps, UnidentifiedImageError

LARGEST = 15 * 1024 * 1024
MOST_PIXELS = 60_000_000
SIZE = (360, 480)


class PictureRefused(Exception):
    """The file is no picture we can use; the message says what to do."""


def portrait(content: bytes) -> bytes:
    """Return a JPEG of 360 × 480 (3:4, cropped from the middle) without any metadata.

    Raises :class:`PictureRefused` for what is no picture, too large, or a bomb of pixels.
    """
    if len(content) > LARGEST:
        raise PictureRefused(
            _("15MBより大きい写真は入れられません。小さくして選びなおしてください。")
        )
    try:
        with Image.open(io.BytesIO(content), formats=("JPEG", "PNG", "WEBP")) as picture:
            if picture.width * picture.height > MOST_PIXELS:
                raise PictureRefused(_("写真の画素が多すぎます。小さくして選びなおしてください。"))
            upright = ImageOps.exif_transpose(picture).convert("RGB")
    except (UnidentifiedImageError, OSError, ValueError, Image.DecompressionBombError) as error:
        raise PictureRefused(
            _("写真として開けません。JPEGかPNGのファイルを選びなおしてください。")
        ) from error
    out = io.BytesIO()
    ImageOps.fit(upright, SIZE, Image.Resampling.LANCZOS).save(out, "JPEG", quality=82)
    return out.getvalue()
