"""The process that opens a stranger's file: `python -m surveys.answer_files.reading FILE ROWS`, its wishes as JSON on the way in.

It has little memory and time, no key and no database. It writes each row as a line of JSON, `[number, cells]`, to ROWS, and what
it found as one JSON object on the way out: a Reading's fields, or `{"refused": why}`.
"""

import json
import os
import resource
import sys
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, TextIO

from surveys.answer_files.looks import Look, odd_words
from surveys.answer_files.texts import SEPARATORS, encoding_of, rows_of_text, separator_of
from surveys.answer_files.workbooks import MOST_ROWS, TOO_LARGE, Workbook, refuse_old
from surveys.interchange.archives import BROKEN, OLE, ZIP
from surveys.interchange.base import ImportRefused
from surveys.text import UNWRITABLE, clean_text

MOST_BYTES = 60_000_000
MOST_COLUMNS = 1_000
MOST_CELLS = 6_000_000
MOST_CHARACTERS = 200_000_000
LONGEST_HEADING = 500
MOST_ODD_WORDS = 8
EMPTY = "The file is empty. Choose another one."
NO_ROWS = "The file has headings and no rows below them. Choose the file with the answers."

Rows = Iterator[tuple[int, list[str]]]


def main() -> None:
    """Read the file named on the command line."""
    source, kept = map(Path, sys.argv[1:3])
    wishes = json.load(sys.stdin)
    limit_itself(wishes["megabytes"], wishes["seconds"])
    try:
        found = read(source, kept, wishes)
    except ImportRefused as refusal:
        found = {"refused": str(refusal)}
    except MemoryError:
        found = {"refused": TOO_LARGE}
    json.dump(found, sys.stdout)


def limit_itself(megabytes: int, seconds: int) -> None:
    """Let the system end this process if it takes more memory or time, and keep it from writing endlessly."""
    most = {
        resource.RLIMIT_AS: megabytes * 1_000_000,
        resource.RLIMIT_CPU: seconds,
        resource.RLIMIT_FSIZE: 2 * MOST_CHARACTERS,
        resource.RLIMIT_CORE: 0,
    }
    for what, value in most.items():
        # Not every system knows every limit; whoever began this process still ends it when its time is over.
        with suppress(ValueError, OSError):
            resource.setrlimit(what, (value, value))


def read(source: Path, kept: Path, wishes: dict[str, Any]) -> dict[str, Any]:
    """Write the rows of a file to `kept`, and say what it holds. Raises ImportRefused."""
    if source.stat().st_size > MOST_BYTES:
        raise ImportRefused(TOO_LARGE)
    about, rows = opened(source, wishes)
    try:
        with open(os.open(kept, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as stream:
            found = write_rows(
                rows, stream, today=date.fromisoformat(wishes["today"]), is_grid=about["format"] == "xlsx"
            )
    except (ImportRefused, MemoryError):
        raise
    # What a broken or hostile file raises is anything at all: every one of them means that it cannot be read.
    except Exception as error:
        raise ImportRefused(BROKEN) from error
    return about | found


def opened(source: Path, wishes: dict[str, Any]) -> tuple[dict[str, Any], Rows]:
    """What kind of file it is, told by what it holds and never by its name, and its rows. Raises ImportRefused."""
    with source.open("rb") as stream:
        start = stream.read(8)
    if not start:
        raise ImportRefused(EMPTY)
    if start == OLE:
        refuse_old(source)
    if start.startswith(ZIP):
        try:
            book = Workbook(source)
        except (ImportRefused, MemoryError):
            raise
        except Exception as error:
            raise ImportRefused(BROKEN) from error
        return {"format": "xlsx", "encoding": "", "separator": "", "warnings": book.warnings}, book.rows()
    encoding = encoding_of(source)
    separator = wishes["separator"] or separator_of(source, encoding, frozenset(wishes["known"]))
    if separator not in SEPARATORS:
        raise ImportRefused("Choose comma, semicolon or tab.")
    about: dict[str, Any] = {"format": "csv", "encoding": encoding, "separator": separator, "warnings": []}
    return about, rows_of_text(source, encoding=encoding, separator=separator)


def write_rows(rows: Rows, stream: TextIO, *, today: date, is_grid: bool) -> dict[str, Any]:
    """Write every row that holds anything below the headings. Raises ImportRefused for none, or for too much.

    In a grid a cell beside the last heading is of a column without one; in text it is more likely an answer cut in two.
    """
    filled = ((number, cells) for number, cells in rows if any(map(str.strip, cells)))
    first, given = next(filled, (0, []))
    if not given:
        raise ImportRefused(EMPTY)
    looks = [Look(clean_heading(heading)) for heading in given]
    odd: list[str] = []
    budget = Budget()
    for number, texts in filled:
        cells = [text if text.isprintable() else writable(text) for text in texts]
        if is_grid:
            looks += [Look("") for _ in range(len(cells) - len(looks))]
        budget.spend(cells, len(looks))
        for look, cell in zip(looks, cells, strict=False):
            look.add(cell.strip())
        if len(odd) < MOST_ODD_WORDS:
            odd += odd_words(cells, most=MOST_ODD_WORDS)
        stream.write(json.dumps([number, cells], ensure_ascii=False) + "\n")
    if not budget.rows:
        raise ImportRefused(NO_ROWS)
    return {
        "heading_row": first,
        "rows": budget.rows,
        "odd_words": list(dict.fromkeys(odd))[:MOST_ODD_WORDS],
        "columns": columns_of(looks, today),
    }


@dataclass
class Budget:
    """What has been read of a file."""

    rows: int = 0
    cells: int = 0
    characters: int = 0

    def spend(self, cells: list[str], columns: int) -> None:
        """Count one more row. Raises ImportRefused once too much was read."""
        self.rows += 1
        self.cells += len(cells)
        self.characters += sum(map(len, cells))
        if self.rows > MOST_ROWS or self.cells > MOST_CELLS or self.characters > MOST_CHARACTERS:
            raise ImportRefused(TOO_LARGE)
        if max(columns, len(cells)) > MOST_COLUMNS:
            raise ImportRefused(
                f"The file has more than {MOST_COLUMNS:,} columns. Take out those that are not answers."
            )


def columns_of(looks: list[Look], today: date) -> list[dict[str, Any]]:
    """What is told of each column; `is_empty` for one that has neither heading nor cells."""
    return [
        {
            "heading": heading,
            "is_empty": not look.heading and not look.filled,
            "filled": look.filled,
            "longest": look.longest,
            "examples": look.examples,
            "looks_like": look.looks_like(today),
            "few": sorted(look.seen) if len(look.seen) <= MOST_KEPT else [],
        }
        for look, heading in zip(looks, named_once([look.heading for look in looks]), strict=True)
    ]


def writable(text: str) -> str:
    """A cell without what cannot be written anywhere; its line ends as a line feed."""
    return UNWRITABLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


MOST_KEPT = 30
"""Different cells of a column of which a reading says all."""


def clean_heading(heading: str) -> str:
    """A heading as it is shown and compared: on one line."""
    return " ".join(clean_text(heading).split())[:LONGEST_HEADING]


def named_once(headings: list[str]) -> list[str]:
    """The headings, each once: a column without one, or with one that another has before it, is named after its letter."""
    taken: set[str] = set()
    named = []
    for place, heading in enumerate(headings):
        unique = heading
        if not heading or heading in taken:
            unique = f"{heading} (column {letter_of(place)})".strip()
        taken.add(unique)
        named.append(unique)
    return named


def letter_of(place: int) -> str:
    """The letters of a column, as spreadsheet programs name it: A for 0, AA for 26."""
    letters = ""
    while place >= 0:
        letters = chr(ord("A") + place % 26) + letters
        place = place // 26 - 1
    return letters


if __name__ == "__main__":
    main()
