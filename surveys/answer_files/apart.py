"""Having a stranger's file read in a process of its own, and going through the rows that it leaves behind.

The process is given nothing of ours but the code: no environment that could hold a key, and no way to the database.
"""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any

from surveys.interchange.base import ImportRefused

TOP = Path(__file__).resolve().parents[2]
MEGABYTES = 600
"""Of address space, of which a Python with a workbook of 20,000 rows and 60 columns uses a third."""
SECONDS = 120
POLL_SECONDS = 2
TOO_MUCH = (
    "The file takes too much memory or time to be read. Split it into several files, or save the sheet of answers alone in "
    "a new file."
)


@dataclass(frozen=True)
class ColumnRead:
    """A column of a file: its heading, how many cells are filled, the longest, examples, what of a person it looks like to hold,
    and all its different cells where they are few. `is_empty`: it has neither heading nor cells."""

    heading: str
    is_empty: bool
    filled: int
    longest: int
    examples: tuple[str, ...]
    looks_like: tuple[str, ...]
    few: tuple[str, ...]


@dataclass(frozen=True)
class Reading:
    """What a file was found to hold: "csv" or "xlsx"; `encoding` and `separator` of text; the row of its headings, and rows.

    `odd_words` are some with letters beyond ASCII, for a person to see whether they were read right.
    """

    format: str
    encoding: str
    separator: str
    heading_row: int
    rows: int
    columns: tuple[ColumnRead, ...]
    odd_words: tuple[str, ...]
    warnings: tuple[str, ...]

    @property
    def headings(self) -> list[str]:
        """The heading of each column, each once."""
        return [column.heading for column in self.columns]

    def to_json(self) -> dict[str, Any]:
        """The reading as plain JSON values."""
        return asdict(self)

    @classmethod
    def from_json(cls, plain: dict[str, Any]) -> "Reading":
        """The inverse of `to_json`."""
        columns = tuple(ColumnRead(**with_tuples(column)) for column in plain["columns"])
        return cls(**with_tuples(plain) | {"columns": columns})


def with_tuples(plain: dict[str, Any]) -> dict[str, Any]:
    """JSON values with their lists as tuples."""
    return {name: tuple(value) if isinstance(value, list) else value for name, value in plain.items()}


def read_apart(
    source: Path,
    kept: Path,
    *,
    known: Iterable[str],
    today: date,
    separator: str = "",
    beat: Callable[[], None] = lambda: None,
) -> Reading:
    """Have a file read, its rows left in `kept`. `known` are headings, folded; `separator` "" is found out. Raises ImportRefused.

    `beat` is called every few seconds.
    """
    wishes = {
        "known": sorted(known), "separator": separator, "today": today.isoformat(), "megabytes": MEGABYTES, "seconds": SECONDS,
    }  # fmt: skip
    found = outcome(source, kept, json.dumps(wishes), beat)
    if "refused" in found:
        raise ImportRefused(found["refused"])
    return Reading.from_json(found)


def outcome(source: Path, kept: Path, wishes: str, beat: Callable[[], None]) -> dict[str, Any]:
    """What the process says of the file. Raises ImportRefused where it said nothing."""
    command = [sys.executable, "-m", "surveys.answer_files.reading", str(source.resolve()), str(kept.resolve())]
    pipe = subprocess.PIPE
    with subprocess.Popen(  # noqa: S603 -- our own module, on a path that we chose
        command,
        cwd=TOP,
        env=environment(),
        stdin=pipe,
        stdout=pipe,
        stderr=subprocess.DEVNULL,
        text=True,
        encoding="utf-8",
    ) as process:
        try:
            said = ended(process, wishes, beat)
        finally:
            process.kill()
    if process.returncode != 0:
        raise ImportRefused(TOO_MUCH)
    found: dict[str, Any] = json.loads(said)
    return found


def ended(process: subprocess.Popen[str], wishes: str, beat: Callable[[], None]) -> str:
    """What the process wrote until it ended. Raises ImportRefused when its time is over."""
    sent: str | None = wishes
    for _ in range(2 * SECONDS // POLL_SECONDS):
        try:
            return process.communicate(sent, timeout=POLL_SECONDS)[0]
        except subprocess.TimeoutExpired:
            sent = None
            beat()
    raise ImportRefused(TOO_MUCH)


def environment() -> dict[str, str]:
    """What the process knows of this one. Numerical libraries, which it hardly uses, would take memory for threads."""
    kept = {name: os.environ[name] for name in ("PATH", "LANG", "LC_ALL", "SYSTEMROOT") if name in os.environ}
    return kept | {"PYTHONPATH": str(TOP), "PYTHONUTF8": "1", "OPENBLAS_NUM_THREADS": "1", "OPENPYXL_LXML": "False"}


def rows_kept(kept: Path) -> Iterator[tuple[int, list[str]]]:
    """The rows that were read of a file: their numbers in it, and their cells. One at a time, whatever their number."""
    with kept.open(encoding="utf-8") as stream:
        for line in stream:
            number, cells = json.loads(line)
            yield number, cells
