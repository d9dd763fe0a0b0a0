"""What every format of questionnaire shares: the report of what was read, the refusal, and what a format must be able to do."""

from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from surveys.definition import Definition
from surveys.text import clean_text

MOST_QUESTIONS = 3_000
TOO_MANY = (
    f"The file asks more than {MOST_QUESTIONS:,} questions, or offers far too many answers. Split it into several."
)
LONGEST_QUOTE = 300
"""The most characters of a file's own words that one line of a report repeats."""


class ImportRefused(ValueError):
    """The file cannot be read at all. The message says why, and what to do, in plain words."""


@dataclass(frozen=True)
class Line:
    """One thing that a report tells: `where` it stands in the file, `what` it is, and `why` it was changed or not kept."""

    where: str
    what: str
    why: str


@dataclass
class Report:
    """What was found in a file and what became of it.

    `counts` are of the source: `questions` the answerable ones as it counts them, `rules` its skip rules, `languages` as it names
    them; only `pages`, `rules_kept` and `constraints_kept` are of the document that was made. Formats add counts of their own.
    """

    format: str
    counts: dict[str, Any] = field(default_factory=dict)
    changed: list[Line] = field(default_factory=list)
    not_kept: list[Line] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    told: set[tuple[bool, Line]] = field(default_factory=set, repr=False)

    def change(self, where: str, what: str, why: str) -> None:
        """Something is in the document, though not as the file has it."""
        self.add(self.changed, where, what, why)

    def lose(self, where: str, what: str, why: str) -> None:
        """Something is not in the document."""
        self.add(self.not_kept, where, what, why)

    def warn(self, sentence: str) -> None:
        """Something about the whole file that a reader should know; said once."""
        if sentence not in self.warnings:
            self.warnings.append(clean_text(sentence))

    def to_json(self) -> dict[str, Any]:
        """The report as plain JSON values."""
        return {
            "format": self.format,
            "counts": dict(self.counts),
            "changed": [asdict(line) for line in self.changed],
            "not_kept": [asdict(line) for line in self.not_kept],
            "warnings": list(self.warnings),
        }

    def add(self, lines: list[Line], where: str, what: str, why: str) -> None:
        """Tell one thing, once."""
        line = Line(clean_text(where), quoted(what), clean_text(why))
        if (lines is self.changed, line) not in self.told:
            self.told.add((lines is self.changed, line))
            lines.append(line)


def quoted(words: str) -> str:
    """Words of a file as a report repeats them: on one line, and not endlessly."""
    line = " ".join(clean_text(words).split())
    return line if len(line) <= LONGEST_QUOTE else f"{line[:LONGEST_QUOTE]}…"


@dataclass(frozen=True)
class Imported:
    """A questionnaire that was read from a file, and the report of the reading."""

    definition: Definition
    report: Report


class Format(ABC):
    """A format that questionnaires can be read from. `name` is what a report calls it."""

    name: str
    label: str

    @abstractmethod
    def recognises(self, content: bytes) -> bool:
        """Whether the content looks like this format. Cheap, and raises nothing."""

    @abstractmethod
    def read(self, content: bytes, *, title: str) -> Imported:
        """The questionnaire the content holds; `title` is for one that names none. Raises ImportRefused."""


BASIC_COUNTS: Mapping[str, Any] = {
    "questions": 0,
    "notes": 0,
    "pages": 0,
    "options": 0,
    "rules": 0,
    "rules_kept": 0,
    "constraints": 0,
    "constraints_kept": 0,
    "required": 0,
}


def tally(found: Counter[str], *, languages: list[str], pages: int) -> dict[str, Any]:
    """The counts of a report from what a reader counted, the common ones always there."""
    return {**BASIC_COUNTS, **found, "languages": languages, "pages": pages}
