"""Summaries: which tables a question's answers are reported in, as pure descriptions over code columns.

A kind describes its tables with these shapes; counting is in `analysis/`, and showing goes through `exports/results.py`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from surveys.definition import Text


@dataclass(frozen=True)
class Line:
    """One row of a table: the responses that have `code` in any of `columns`, or a number from `low` to `high` there."""

    label: Text
    columns: tuple[str, ...]
    code: int | None = None
    low: int | None = None
    high: int | None = None
    aside: bool = False
    """Counted and shown, but not part of the scale: "I do not know"."""


@dataclass(frozen=True)
class Summary:
    """One table of one question.

    `part` tells a question's tables apart; `heading` names it where the question's own words do not. `base_column` is the
    column whose answered codes are the base. `overlapping`: a person can be in several lines, so percentages pass 100.
    `chart` is "bars" or "scale"; `largest_first` when the order of the lines means nothing.
    """

    question: str
    lines: tuple[Line, ...]
    base_column: str
    part: str = ""
    heading: Text = field(default_factory=dict)
    chart: str = "bars"
    overlapping: bool = False
    largest_first: bool = False
    notes: tuple[str, ...] = ()
    settings: Mapping[str, int] = field(default_factory=dict)
