"""The process that opens a stranger's scan: `python -m consult.paper.scan_reading`, the file on the way in. Pure.

It has little memory and time, no key and no database. On the way out is one line of JSON, `{kind, width, height, pages}` or
`{"refused": why}`, and after it the scan as it is to be kept: drawn anew from what the file shows. Nothing else of the file comes
through: no place where a picture was taken, no script, no attachment, nothing behind the picture's end.
"""

import json
import resource
import sys
import warnings
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import asdict, dataclass
from io import BytesIO
from typing import Any, Final

import pikepdf
from PIL import Image, ImageOps

MOST_BYTES: Final = 10_000_000
MOST_PIXELS: Final = 40_000_000
"""Of one picture: an A4 page at 600 dots to the inch has 35 million."""
LONGEST_SIDE: Final = 3_510
"""Pixels kept of a picture: an A4 page at 300 dots to the inch. Of one at 600 every other is left out, which is quick."""
MOST_PAGES: Final = 60
MEGABYTES: Final = 800
"""Of address space: the largest picture takes half of it."""
SECONDS: Final = 30

PNG, JPEG, PDF = "png", "jpeg", "pdf"
SIGNATURES: Final = {b"\x89PNG\r\n\x1a\n": PNG, b"\xff\xd8\xff": JPEG, b"%PDF-": PDF}
HOW_SAVED: Final[dict[str, dict[str, int]]] = {JPEG: {"quality": 85}, PNG: {"compress_level": 3}}
SMOOTH: Final = ("L", "LA", "RGB", "RGBA", "CMYK")
"""Modes of pictures that can be made smaller as they are."""
KEPT_OF_PAGE: Final = {"/Type", "/Parent", "/MediaBox", "/CropBox", "/Rotate", "/Resources", "/Contents"}
"""What a page shows. Links, forms and scripts hang on other names."""
LEFT_OUT: Final = ("/AA", "/A", "/JS", "/Metadata", "/PieceInfo", "/AF", "/EF", "/OPI")

OTHER: Final = "The scan must be a PDF, PNG or JPEG file"
BROKEN: Final = "The scan cannot be opened. It may be damaged. Scan the form again"
TOO_LARGE: Final = "The scan must be smaller than 10MB. Scan the form again at 200 or 300 dots per inch"
TOO_MANY_PIXELS: Final = "The scan has too many pixels. Scan the form again at 200 or 300 dots per inch"
EMPTY: Final = "The scan is empty. Choose another file"
LOCKED: Final = "The scan is protected by a password. Save it again without one"
TOO_MANY_PAGES: Final = f"The scan must have {MOST_PAGES} pages or fewer. Scan each form by itself"


class ScanRefused(Exception):
    """The file cannot be kept as a scan; the message says what to do."""


@dataclass(frozen=True)
class Drawn:
    """A scan drawn anew: "png", "jpeg" or "pdf", its size in pixels (0 for a PDF), its pages, and what is to be kept."""

    kind: str
    width: int
    height: int
    pages: int
    content: bytes

    def to_bytes(self) -> bytes:
        """As it leaves the process."""
        told = {name: value for name, value in asdict(self).items() if name != "content"}
        return json.dumps(told).encode() + b"\n" + self.content

    @classmethod
    def from_bytes(cls, said: bytes) -> "Drawn":
        """The inverse of `to_bytes`. Raises ScanRefused where the process refused."""
        head, _, content = said.partition(b"\n")
        told = json.loads(head)
        if "refused" in told:
            raise ScanRefused(told["refused"])
        return cls(**told, content=content)


def main() -> None:
    """Read the file on the way in, and write what is to be kept of it."""
    limit_itself()
    content = sys.stdin.buffer.read(MOST_BYTES + 1)
    try:
        said = redrawn(content).to_bytes()
    except ScanRefused as refusal:
        said = json.dumps({"refused": str(refusal)}).encode() + b"\n"
    sys.stdout.buffer.write(said)


def limit_itself() -> None:
    """Let the system end this process if it takes more memory or time."""
    most = {
        resource.RLIMIT_AS: MEGABYTES * 1_000_000,
        resource.RLIMIT_CPU: SECONDS,
        resource.RLIMIT_FSIZE: 0,
        resource.RLIMIT_CORE: 0,
    }
    for what, value in most.items():
        # Not every system knows every limit; whoever began this process still ends it when its time is over.
        with suppress(ValueError, OSError):
            resource.setrlimit(what, (value, value))


def kind_of(content: bytes) -> str:
    """What a file is by how it begins, never by its name. Raises ScanRefused."""
    if not content:
        raise ScanRefused(EMPTY)
    if len(content) > MOST_BYTES:
        raise ScanRefused(TOO_LARGE)
    kind = next((kind for signature, kind in SIGNATURES.items() if content.startswith(signature)), None)
    if kind is None:
        raise ScanRefused(OTHER)
    return kind


def redrawn(content: bytes) -> Drawn:
    """The scan drawn anew from what a file shows. Raises ScanRefused."""
    kind = kind_of(content)
    try:
        return pages_redrawn(content) if kind == PDF else picture_redrawn(content, kind)
    except ScanRefused:
        raise
    except pikepdf.PasswordError as error:
        raise ScanRefused(LOCKED) from error
    except (MemoryError, Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise ScanRefused(TOO_MANY_PIXELS) from error
    # What a broken or hostile file raises is anything at all: every one of them means that it cannot be opened.
    except Exception as error:
        raise ScanRefused(BROKEN) from error


def picture_redrawn(content: bytes, kind: str) -> Drawn:
    """A picture's first frame, the right way up, in greys or colours, without whatever else the file told. Raises anything."""
    with warnings.catch_warnings():
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        picture = Image.open(BytesIO(content), formats=[kind.upper()])
        if picture.width * picture.height > MOST_PIXELS:
            raise ScanRefused(TOO_MANY_PIXELS)
        # Of a large JPEG fewer pixels are decoded at once.
        picture.draft(None, (LONGEST_SIDE, LONGEST_SIDE))
        picture.load()
    # Made smaller before all else: what follows takes time by the pixel. Only some modes can be.
    drawn = picture if picture.mode in SMOOTH else plain(picture)
    drawn.thumbnail((LONGEST_SIDE, LONGEST_SIDE), reducing_gap=1.0)
    drawn = plain(ImageOps.exif_transpose(drawn))
    # A profile or a comment would be written again.
    drawn.info = {}
    stream = BytesIO()
    drawn.save(stream, kind.upper(), **HOW_SAVED[kind])
    return Drawn(kind, drawn.width, drawn.height, 1, stream.getvalue())


def plain(picture: Image.Image) -> Image.Image:
    """A picture in greys or in colours; what can be seen through is white, as paper is."""
    if picture.mode in ("L", "RGB"):
        return picture
    if picture.mode.startswith("I"):
        # Sixteen bits a pixel: cut to eight, where a conversion would call all but the darkest white.
        return picture.point(lambda value: value / 256).convert("L")
    if picture.mode == "1":
        return picture.convert("L")
    if picture.has_transparency_data:
        seen = picture.convert("RGBA")
        paper = Image.new("RGB", seen.size, "white")
        paper.paste(seen, mask=seen.getchannel("A"))
        return paper
    return picture.convert("RGB")


def pages_redrawn(content: bytes) -> Drawn:
    """A PDF of the pages alone, each with what it shows and nothing that acts. Raises anything."""
    with pikepdf.open(BytesIO(content)) as source, pikepdf.new() as fresh:
        if source.is_encrypted:
            raise ScanRefused(LOCKED)
        pages = len(source.pages)
        if pages > MOST_PAGES:
            raise ScanRefused(TOO_MANY_PAGES)
        if not pages:
            raise ScanRefused(BROKEN)
        fresh.pages.extend(source.pages)
        for page in fresh.pages:
            drop(page.obj, set(page.obj.keys()) - KEPT_OF_PAGE)
        for each in fresh.objects:
            if isinstance(each, (pikepdf.Dictionary, pikepdf.Stream)):
                drop(each, LEFT_OUT)
        stream = BytesIO()
        fresh.save(stream)
    return Drawn(PDF, 0, 0, pages, stream.getvalue())


def drop(held: Any, names: Iterable[str]) -> None:
    """Take names out of something that a PDF holds."""
    for name in names:
        if name in held:
            del held[name]


if __name__ == "__main__":
    main()
