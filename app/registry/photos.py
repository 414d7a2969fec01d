"""Photos of staff: what is handed in is looked at, turned upright, cut to a portrait and written anew.

Nothing of the file as it came is kept: no place, no camera, no bytes that are no picture.
"""

import io

from app.core.errors import Invalid
from app.core.files import EMPTY, NOT_TAKEN, TOO_LARGE, kind_of
from app.core.words import N_

WIDTH, HEIGHT = 450, 600
LEAST = 150  # pixels of the shorter side
MOST_BYTES = 10 * 1024 * 1024
MOST_PIXELS = 50_000_000
TOO_SMALL = N_("照片「%(name)s」太小：短边至少 %(least)s 像素。")
TOO_MANY_PIXELS = N_("照片「%(name)s」的像素太多，请缩小后再上传。")


def portrait(content: bytes, name: str) -> bytes:
    """The picture as a JPEG of 450 × 600. Raises Invalid for what is no picture, too large or too small."""
    from PIL import Image, ImageOps

    _look(content, name)
    try:
        with Image.open(io.BytesIO(content), formats=("JPEG", "PNG")) as picture:
            if picture.width * picture.height > MOST_PIXELS:
                raise Invalid(TOO_MANY_PIXELS, {"name": name}, "photo")
            if min(picture.size) < LEAST:
                raise Invalid(TOO_SMALL, {"name": name, "least": LEAST}, "photo")
            upright = ImageOps.exif_transpose(picture).convert("RGBA")
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as wrong:
        raise Invalid(NOT_TAKEN, {"name": name, "kinds": "jpg、png"}, "photo") from wrong
    white = Image.new("RGBA", upright.size, "white")
    whole = Image.alpha_composite(white, upright).convert("RGB")
    file = io.BytesIO()
    ImageOps.fit(whole, (WIDTH, HEIGHT), centering=(0.5, 0.35)).save(file, "JPEG", quality=85, optimize=True)
    return file.getvalue()


def _look(content: bytes, name: str) -> None:
    if not content:
        raise Invalid(EMPTY, {"name": name}, "photo")
    if len(content) > MOST_BYTES:
        raise Invalid(TOO_LARGE, {"name": name, "most": MOST_BYTES // 1024 // 1024}, "photo")
    if kind_of(content) not in ("jpg", "png"):
        raise Invalid(NOT_TAKEN, {"name": name, "kinds": "jpg、png"}, "photo")
