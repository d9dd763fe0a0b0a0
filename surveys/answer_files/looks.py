"""What the columns of a file look like: examples of their cells, and signs that they say who somebody is. Pure.

Signs are only that: a person decides. Names are told by headings and by the shape of cells; no list of names is kept.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date

from surveys.likeness import folded

EXAMPLES = 3
LONGEST_EXAMPLE = 60
MOST_SEEN = 300
"""Different cells of a column that are looked at for its shape, and remembered so that most cells cost nothing."""
LONGEST_SEEN = 200
FEW = 10
"""With fewer different cells, a column's shape says nothing."""

NAMES, EMAILS, NHS_NUMBERS, BIRTH_DATES = "names", "e-mail addresses", "NHS numbers", "birth dates"
TELEPHONES, ADDRESSES = "telephone numbers", "addresses"
SAID_BY_HEADINGS = (
    (NAMES, re.compile(r"^((first|last|middle|full|given|family|your|contact|patient|respondent|person)('?s)? )*"
                       r"(names?|fore ?names?|sur ?names?|first ?name|last ?name|full ?name)( and surname)?$")),
    (EMAILS, re.compile(r"\be ?mail\b")),
    (NHS_NUMBERS, re.compile(r"\bnhs ?(number|no|num|id)\b")),
    (BIRTH_DATES, re.compile(r"\b(d\.?o\.?b|date of birth|birth ?dates?|birthday|born)\b")),
    (TELEPHONES, re.compile(r"\b(tele)?phone( number| no)?$|\bmobile( number| no| phone)?$")),
    (ADDRESSES, re.compile(r"^((home|postal|your|street) )?address( line)?( [0-9])?$|^(ip|ip address)$")),
)  # fmt: skip
"""What headings say of a column, folded and with blanks between their words."""
EMAIL = re.compile(r"[\w.+-]+@[\w-]+\.\w")
NHS_NUMBER = re.compile(r"(?<!\d)(\d{3})[ -]?(\d{3})[ -]?(\d{4})(?!\d)")
TITLES = {"mr", "mrs", "miss", "ms", "mx", "dr"}
WITHIN_NAMES = re.compile(r"[.'’-]")
FULL_DATE = re.compile(r"^(?:(\d{4})-\d{2}-\d{2}|\d{1,2}[./-]\d{1,2}[./-](\d{4}))$")
YEARS_AGO, SPREAD = 10, 20
"""Birth dates lie mostly further back than any event asked about, and far apart."""
BETWEEN_WORDS = re.compile(r"[\s_./-]+|(?<=[a-z])(?=[A-Z])")


@dataclass
class Look:
    """One column as it is read: how many cells are filled, examples, and how many hold a sign of somebody."""

    heading: str
    filled: int = 0
    longest: int = 0
    examples: list[str] = field(default_factory=list)
    signs: dict[str, int] = field(default_factory=dict)
    seen: set[str] = field(default_factory=set)

    def add(self, text: str) -> None:
        """Look at one more cell."""
        if not text:
            return
        self.filled += 1
        if text in self.seen:
            return
        if len(self.seen) < MOST_SEEN and len(text) <= LONGEST_SEEN:
            self.seen.add(text)
        self.longest = max(self.longest, len(text))
        if len(self.examples) < EXAMPLES:
            self.examples.append(shortened(text))
        if "@" in text and EMAIL.search(text):
            self.signs[EMAILS] = self.signs.get(EMAILS, 0) + 1
        if sum(map(str.isdigit, text)) >= 10 and any(map(is_nhs_number, NHS_NUMBER.finditer(text))):
            self.signs[NHS_NUMBERS] = self.signs.get(NHS_NUMBERS, 0) + 1

    def looks_like(self, today: date) -> list[str]:
        """What the column seems to hold of a person, as plural words."""
        heading = folded(BETWEEN_WORDS.sub(" ", self.heading))
        found = [what for what, pattern in SAID_BY_HEADINGS if pattern.search(heading)]
        found += self.signs
        if self.is_mostly(is_like_a_name):
            found.append(NAMES)
        if self.is_of_births(today):
            found.append(BIRTH_DATES)
        return list(dict.fromkeys(found))

    def is_mostly(self, holds: Callable[[str], object]) -> bool:
        """Whether most of enough different cells are so."""
        return len(self.seen) >= FEW and sum(bool(holds(text)) for text in self.seen) >= 0.7 * len(self.seen)

    def is_of_births(self, today: date) -> bool:
        years = sorted(int(found[1] or found[2]) for text in self.seen if (found := FULL_DATE.match(text)))
        if len(years) < FEW or len(years) < 0.7 * len(self.seen):
            return False
        return years[len(years) // 2] < today.year - YEARS_AGO and years[-1] - years[0] >= SPREAD


def is_like_a_name(text: str) -> bool:
    """Whether a cell is written like somebody's name: two or three words with capitals, or a title before some."""
    words = WITHIN_NAMES.sub("", text).split()
    if words and words[0].casefold() in TITLES:
        return 2 <= len(words) <= 4
    return 2 <= len(words) <= 3 and all(word.isalpha() and word[0].isupper() for word in words)


def is_nhs_number(found: re.Match[str]) -> bool:
    """Whether ten digits are an NHS number: their check digit fits (NHS Data Dictionary, modulus 11)."""
    *digits, check = map(int, "".join(found.groups()))
    rest = 11 - sum(digit * weight for digit, weight in zip(digits, range(10, 1, -1), strict=True)) % 11
    return rest % 11 == check and rest != 10


def shortened(text: str) -> str:
    """A cell as a page shows it for an example."""
    line = " ".join(text.split())
    return line if len(line) <= LONGEST_EXAMPLE else f"{line[:LONGEST_EXAMPLE]}…"


def odd_words(texts: Iterable[str], *, most: int) -> list[str]:
    """Words with letters beyond ASCII, for a person to see whether they were read right."""
    found: dict[str, None] = {}
    for text in texts:
        if not text.isascii():
            found |= dict.fromkeys(word for word in text.split() if not word.isascii())
        if len(found) >= most:
            break
    return [shortened(word) for word in found][:most]
