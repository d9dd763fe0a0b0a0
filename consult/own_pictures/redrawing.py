"""Drawing an uploaded picture anew: what is kept has its pixels, made small, and nothing else that was in the file. No Django.

A file of a stranger is opened with three decoders alone, and not before its size and the number of its pixels are known.
"""

import warnings
from io import BytesIO

from PIL import Image, ImageOps

MOST_BYTES = 5_000_000
MOST_PIXELS = 25_000_000
"""A photograph of a good telephone has about 12 million."""
SIDE = 400
"""What is kept is no wider and no taller: five times as large as a page shows it, sharp on a form at 16 mm and fair at 38 mm."""
FEW_BYTES = 20_000
"""A drawing that takes more than this as PNG is kept as JPEG."""
SORTS = ("PNG", "JPEG", "WEBP")
QUALITY = 75


class PictureRefused(ValueError):
    """The file cannot be used; the message says why and what to do."""


def redrawn(raw):
    """The picture in a file as (bytes, extension), on white, upright, SIDE at most. Raises PictureRefused.

    At most MOST_BYTES + 1 of the file need be read: more than MOST_BYTES are refused.
    """
    if len(raw) > MOST_BYTES:
        raise PictureRefused("The picture must be smaller than 5MB")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            return encoded(on_white(opened(raw)))
    except PictureRefused:
        raise
    # A broken file fails in as many ways as decoders have lines: none of them is our fault, and none may reach the page.
    except (
        OSError,
        ValueError,
        TypeError,
        SyntaxError,
        EOFError,
        OverflowError,
        IndexError,
        KeyError,
        MemoryError,
    ) as fault:
        raise PictureRefused(
            "The picture cannot be read. Save it again as PNG or JPEG and choose the new file"
        ) from fault
    except Image.DecompressionBombError as fault:
        raise PictureRefused(too_large()) from fault


def too_large():
    return f"The picture must have no more than {MOST_PIXELS // 1_000_000} million dots. Make it smaller and choose it again"


def opened(raw):
    """The picture, upright. Nothing is decoded before it is known to be of a fair size."""
    try:
        picture = Image.open(BytesIO(raw), formats=SORTS)
    except Image.UnidentifiedImageError as fault:
        raise PictureRefused("The picture must be a PNG, JPEG or WebP file") from fault
    if picture.width * picture.height > MOST_PIXELS:
        raise PictureRefused(too_large())
    if getattr(picture, "is_animated", False):
        raise PictureRefused("The picture must not move. Choose one that stands still")
    picture.draft("RGB", (2 * SIDE, 2 * SIDE))
    picture.load()
    return ImageOps.exif_transpose(picture)


def on_white(picture):
    """Its pixels on a white sheet of its size, made small: a new image, which knows nothing of the file."""
    picture = picture.convert("RGBA")
    picture.thumbnail((SIDE, SIDE), Image.Resampling.LANCZOS)
    sheet = Image.new("RGB", picture.size, "white")
    sheet.paste(picture, mask=picture.getchannel("A"))
    return sheet


def encoded(picture):
    """(bytes, extension): PNG where that is small, as for drawings, else JPEG."""
    drawing = bytes_of(picture.quantize(64), "PNG", optimize=True)
    if (
        len(drawing) <= FEW_BYTES
        and len(picture.getcolors(picture.width * picture.height)) <= MOST_COLOURS_OF_A_DRAWING
    ):
        return drawing, "png"
    return bytes_of(picture, "JPEG", quality=QUALITY, optimize=True), "jpg"


MOST_COLOURS_OF_A_DRAWING = 4_096
"""A photograph has more, made small; a drawing's edges are of few."""


def bytes_of(picture, sort, **how):
    written = BytesIO()
    picture.save(written, sort, **how)
    return written.getvalue()
