"""What a zipped workbook holds, looked at part by part before anything of it is opened as a spreadsheet. Pure.

Sizes come from the list of parts, so that nothing too large is unpacked; then each part is read once in pieces, and counted.
"""

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO

from surveys.interchange.base import ImportRefused

ZIP = b"PK\x03\x04"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

BROKEN = (
    "The spreadsheet is damaged and cannot be read. Open it in a spreadsheet program, save it again, and try once more."
)
LOCKED = "The spreadsheet is protected by a password. Save it without one, and try once more."
PROGRAMS = (
    "The spreadsheet holds programs (macros). Save it as a plain .xlsx file, which holds none, and try once more."
)
DECLARATIONS = "The spreadsheet holds declarations that no spreadsheet program writes. " + BROKEN

START, PIECE = 4_096, 1_000_000
LONGEST_TAG = 30_000
"""A tag of so many bytes holds more attributes than any file has."""
ROWS = (b"<row", b":row")
FORMULAS = (b"<f>", b"<f ", b":f>", b":f ")
"""How such a tag begins, with the prefix of a namespace or without. Words that look like one are counted too: no harm done."""
ENDLESS_TAG = re.compile(rb"<[^<>]{%d}" % LONGEST_TAG)


@dataclass(frozen=True)
class Limits:
    """How much a workbook may hold: parts, bytes unpacked, tags, rows, and bytes between two tags. `too_large` says the rest.

    With `programs` a workbook that holds some is read, and they are not.
    """

    parts: int
    unpacked: int
    tags: int
    rows: int
    run: int
    too_large: str
    programs: bool = False


@dataclass
class Found:
    """What was counted in a workbook."""

    tags: int = 0
    rows: int = 0
    formulas: int = 0
    has_programs: bool = False


def looked_through(archive: zipfile.ZipFile, limits: Limits) -> Found:
    """What a workbook holds. Raises ImportRefused for one too large, locked, with programs, or that declares entities."""
    parts = archive.infolist()
    if len(parts) > limits.parts or sum(part.file_size for part in parts) > limits.unpacked:
        raise ImportRefused(limits.too_large)
    if any(part.flag_bits & 1 for part in parts):
        raise ImportRefused(LOCKED)
    found = Found(has_programs=any("vbaproject" in part.filename.lower() for part in parts))
    if found.has_programs and not limits.programs:
        raise ImportRefused(PROGRAMS)
    for part in parts:
        count(archive, part, limits, found)
    return found


def count(archive: zipfile.ZipFile, part: zipfile.ZipInfo, limits: Limits, found: Found) -> None:
    """Add what one part holds to what was found. Raises ImportRefused."""
    with archive.open(part) as stream:
        start = stream.read(START)
        if not may_be_markup(start):
            return
        refuse_declarations(start)
        for piece in pieces(start, stream, limits):
            if any(declaration in piece for declaration in (b"<!DOCTYPE", b"<!ENTITY")):
                raise ImportRefused(DECLARATIONS)
            found.tags += piece.count(b"<")
            found.rows += sum(map(piece.count, ROWS))
            found.formulas += sum(map(piece.count, FORMULAS))
            if found.tags > limits.tags or found.rows > limits.rows or ENDLESS_TAG.search(piece):
                raise ImportRefused(limits.too_large)


def pieces(start: bytes, stream: IO[bytes], limits: Limits) -> Iterator[bytes]:
    """The rest of a part in pieces that each end before a tag begins, so that no tag lies in two. Raises ImportRefused."""
    kept = start
    while fresh := stream.read(PIECE):
        kept += fresh
        cut = max(kept.rfind(b"<"), 0)
        yield kept[:cut]
        kept = kept[cut:]
        if len(kept) > limits.run:
            raise ImportRefused(limits.too_large)
    yield kept


def refuse_declarations(start: bytes) -> None:
    """Raise ImportRefused for a part that declares entities, or is written so that tags cannot be counted."""
    plain = start.replace(b"\x00", b"").lower()
    if b"<!doctype" in plain or b"<!entity" in plain or plain != start.lower():
        raise ImportRefused(DECLARATIONS)


def may_be_markup(start: bytes) -> bool:
    """Whether a part that begins like this is a text of tags, or may still become one after many blanks."""
    plain = start.replace(b"\x00", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    return not plain or plain.startswith(b"<")
