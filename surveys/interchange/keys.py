"""Keys and codes: what a file's own names and codes become, since keys here are lower-case words and codes whole numbers."""

import re
import unicodedata
from collections.abc import Sequence

from surveys.codes import HIGHEST_OPTION_CODE
from surveys.drafting import KEY, RESERVED_PAGE_KEYS
from surveys.interchange.base import Report
from surveys.interchange.outline import Choice

LONGEST_KEY = 40
TAKEN = frozenset({"continue", "item", "csrfmiddlewaretoken", *RESERVED_PAGE_KEYS})
"""Words that pages of the service use themselves."""


class Keys:
    """The keys given so far. Each name gets one of its own."""

    def __init__(self) -> None:
        self.given: set[str] = set(TAKEN)

    def new(self, name: str) -> str:
        """A key for a name: the name itself where it can be one."""
        wanted = plain_key(name)
        key, times = wanted, 1
        while key in self.given:
            times += 1
            tail = f"_{times}"
            key = wanted[: LONGEST_KEY - len(tail)] + tail
        self.given.add(key)
        return key


def plain_key(name: str) -> str:
    """A name in lower-case letters, digits and _, starting with a letter."""
    if KEY.match(name):
        return name
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    plain = re.sub(r"[^a-z0-9]+", "_", plain).strip("_")
    return (plain if plain[:1].isalpha() else f"q_{plain}".rstrip("_"))[:LONGEST_KEY]


def give_codes(where: str, name: str, choices: Sequence[Choice], report: Report) -> list[Choice]:
    """The choices that fit, each with its code: the file's own where all are whole numbers from 1, else 1, 2, 3 in order."""
    fitting = list(choices[:HIGHEST_OPTION_CODE])
    if len(choices) > len(fitting):
        report.lose(
            where,
            f"answers {HIGHEST_OPTION_CODE + 1} to {len(choices)} of “{name}”",
            f"a question here has {HIGHEST_OPTION_CODE} answers at most",
        )
    sources = [choice.source for choice in fitting]
    if all(is_code(source) for source in sources) and len({int(source) for source in sources}) == len(sources):
        for choice in fitting:
            choice.code = int(choice.source)
        return fitting
    taken = {choice.code for choice in fitting if choice.code}
    free = (code for code in range(1, HIGHEST_OPTION_CODE + 1) if code not in taken)
    for choice in fitting:
        choice.code = choice.code or next(free)
    if changed := [f"{choice.source} → {choice.code}" for choice in fitting if choice.source != str(choice.code)]:
        report.change(where, f"codes of the answers to “{name}”: {', '.join(changed)}", "codes here are whole numbers")
    return fitting


def is_code(source: str) -> bool:
    """Whether a code of a file is one that an option here can have."""
    return source.isascii() and source.isdigit() and source[0] != "0" and int(source[:4]) <= HIGHEST_OPTION_CODE
