"""What to look at in how forms were keyed: pages that may be missing, and forms that may be invented. Pure.

A flag is for a person to look into. Nothing is left out because of one (threats.md F22, T12).
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median

FEWEST = 10
"""Forms of one person below which nothing is said of their pace or sameness."""
SECONDS_A_FORM = 10
"""A middle time per form below which nobody can have read the paper: a form of thirty answers takes half a minute and more."""
SAME_SHARE = 0.3
"""The share of one person's forms with the same answers, from which on it is said."""


LOOK = "Hold some against the paper."


@dataclass(frozen=True)
class Keyed:
    """One form as keyed: by whom, in how many seconds, and what stands for all its answers."""

    by: str
    seconds: float
    answers: str


def flags(forms: Iterable[Keyed]) -> list[str]:
    """A sentence for each person whose forms somebody should hold against the paper."""
    found = []
    by_person: dict[str, list[Keyed]] = {}
    for form in forms:
        by_person.setdefault(form.by, []).append(form)
    for person, own in sorted(by_person.items()):
        if len(own) < FEWEST:
            continue
        middle = median(form.seconds for form in own)
        if middle < SECONDS_A_FORM:
            found.append(f"{person} keyed {len(own)} forms, half of them in {middle:.0f} seconds or less. {LOOK}")
        ((_, most),) = Counter(form.answers for form in own).most_common(1)
        if most > 1 and most / len(own) >= SAME_SHARE:
            found.append(f"{most} of the {len(own)} forms that {person} keyed have the same answers. {LOOK}")
    return found


def blank_pages(pages: Sequence[tuple[str, Sequence[str]]], typed: Mapping[str, str]) -> list[str]:
    """The names of paper pages on which nothing was written, where something was on another: is the page, or its back, missing?

    `pages` are `(name, names of its boxes)` in paper order. A page counts as blank when every box is blank or not keyed.
    """
    blank = [name for name, boxes in pages if boxes and all(typed.get(box, "").strip() in ("", ".") for box in boxes)]
    return blank if len(blank) < sum(bool(boxes) for _, boxes in pages) else []
