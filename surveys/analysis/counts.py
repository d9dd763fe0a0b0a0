"""Counts for one question, each with its base: who was asked, who answered, and why the others did not.

Everything here is a whole number of people (or, for a number question, a figure of the numbers given). Two questions at
a time are in `crosstabs`; percentages come after disclosure control and so are nowhere in this package.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from surveys.analysis.recoding import EVERY_BYTE, FIRST_NUMBER, Bytes, Codes, answer_states, band_codes
from surveys.codes import (
    BLANK,
    FOUR_BYTE_FLOOR,
    HIGHEST_OPTION_CODE,
    ILLEGIBLE,
    MISSING,
    NOT_ASKED,
    NOT_TICKED,
    PREFER_NOT_TO_SAY,
    SEVERAL_TICKED,
    TICKED,
)

Mask = npt.NDArray[np.bool_]
"""True for each response to be counted; the same length as the codes."""


class UnknownCodes(ValueError):
    """Responses hold codes that the question does not have, so its counts would not add up. `codes` names them."""

    def __init__(self, codes: set[int]) -> None:
        super().__init__(f"codes that are no option of this question: {sorted(codes)}")
        self.codes = codes


@dataclass(frozen=True, kw_only=True)
class Base:
    """How many people were asked, and what became of them: `asked` is the sum of the other five.

    Somebody who was not asked, because of their route or of an earlier version, is in none of them.
    """

    asked: int
    answered: int
    blank: int
    prefer_not_to_say: int
    illegible: int
    several_ticked: int


@dataclass(frozen=True, kw_only=True)
class Counts:
    """People by option: {option code: people}, in the order of the options, zeros included. They sum to `base.answered`."""

    base: Base
    counts: Mapping[int, int]


@dataclass(frozen=True, kw_only=True)
class TickedCounts:
    """People by option ticked, where several may be: they sum to more than the base when people tick several.

    `offered` is {option code: those of `base.answered` whose version had the option}; it is below the base for an option
    that came with a later version, and then is the fair base for that option.
    """

    base: Base
    counts: Mapping[int, int]
    offered: Mapping[int, int]


@dataclass(frozen=True, kw_only=True)
class RankCounts:
    """People by the place they gave an option: {option code: (first, second, …)}."""

    base: Base
    placed: Mapping[int, tuple[int, ...]]

    def in_top(self, places: int) -> dict[int, int]:
        """{option code: people who placed it among their first `places`}."""
        return {code: sum(counts[:places]) for code, counts in self.placed.items()}


@dataclass(frozen=True, kw_only=True)
class NumberSummary:
    """What the numbers given were. All but base and total are None when nobody answered.

    Quartiles interpolate between neighbours (R's type 7). Least and greatest are single people's answers, hence
    disclosive: publish the median, or bands.
    """

    base: Base
    total: int
    least: int | None
    lower_quartile: float | None
    median: float | None
    upper_quartile: float | None
    greatest: int | None

    @property
    def mean(self) -> float | None:
        return self.total / self.base.answered if self.base.answered else None


def base_of(columns: Sequence[Codes], *, mask: Mask | None = None) -> Base:
    """The base of a question made of these columns, as `answer_states` sees each respondent.

    Raises UnknownCodes when someone holds a reserved code that stands for nothing.
    """
    options, missing = _tallies(answer_states([_selected(column, mask) for column in columns]))
    return _base(options, missing)


def single_counts(codes: Codes, option_codes: Sequence[int], *, mask: Mask | None = None) -> Counts:
    """Count a choice of one option: single choice, yes or no, one statement of a grid, a scale.

    Raises UnknownCodes when someone holds an option code that is not among `option_codes`.
    """
    tally, missing = _tallies(_selected(codes, mask))
    if unknown := tally.keys() - set(option_codes):
        raise UnknownCodes(unknown)
    return Counts(base=_base(tally, missing), counts={code: tally.get(code, 0) for code in option_codes})


def ticked_counts(options: Mapping[int, Bytes], *, mask: Mask | None = None) -> TickedCounts:
    """Count a choice of several options: `options` is {option code: codes of its tick-box column}.

    The base is the people who answered the question at all, whichever boxes their version had.
    """
    counts, offered = {}, {}
    for code, column in options.items():
        tally, _ = _tallies(_selected(column, mask))
        if unknown := tally.keys() - {TICKED, NOT_TICKED}:
            raise UnknownCodes(unknown)
        counts[code] = tally.get(TICKED, 0)
        offered[code] = sum(tally.values())
    return TickedCounts(base=base_of(list(options.values()), mask=mask), counts=counts, offered=offered)


def rank_counts(places: Sequence[Codes], option_codes: Sequence[int], *, mask: Mask | None = None) -> RankCounts:
    """Count a ranking: `places` holds the column of the first place, of the second, and so on.

    Someone who ranked fewer options than there are places has answered. Raises UnknownCodes as `single_counts` does.
    """
    tallies = [_tallies(_selected(column, mask))[0] for column in places]
    if unknown := {code for tally in tallies for code in tally} - set(option_codes):
        raise UnknownCodes(unknown)
    placed = {code: tuple(tally.get(code, 0) for tally in tallies) for code in option_codes}
    return RankCounts(base=base_of(places, mask=mask), placed=placed)


def number_summary(numbers: npt.NDArray[np.int32], *, mask: Mask | None = None) -> NumberSummary:
    """Summarise a number (or a date as its day number) over those who gave one."""
    selected = _selected(numbers, mask)
    base = base_of([selected])
    given = selected[selected >= FIRST_NUMBER]
    if not given.size:
        return NumberSummary(
            base=base, total=0, least=None, lower_quartile=None, median=None, upper_quartile=None, greatest=None
        )
    lower_quartile, median, upper_quartile = np.quantile(given, (0.25, 0.5, 0.75)).tolist()
    return NumberSummary(
        base=base,
        total=int(given.sum(dtype=np.int64)),
        least=int(given.min()),
        lower_quartile=lower_quartile,
        median=median,
        upper_quartile=upper_quartile,
        greatest=int(given.max()),
    )


def band_counts(numbers: npt.NDArray[np.int32], edges: Sequence[int], *, mask: Mask | None = None) -> Counts:
    """Count numbers by band, {1: below the first edge, 2: from it to below the next, …}; see `band_codes`."""
    bands = band_codes(_selected(numbers, mask), edges)
    return single_counts(bands, range(1, len(edges) + 2))


def _selected(codes: npt.NDArray[Any], mask: Mask | None) -> npt.NDArray[Any]:
    if mask is None:
        return codes
    if mask.dtype != np.bool_ or mask.shape != codes.shape:
        raise ValueError(f"a mask is one true or false for each of the {len(codes)} responses")
    return codes[mask]


def _tallies(codes: Codes) -> tuple[dict[int, int], dict[int, int]]:
    """People by option code, and people by missing code, for the codes that occur."""
    if codes.dtype == np.uint8:
        people = np.bincount(codes, minlength=EVERY_BYTE).tolist()
        present = {code: count for code, count in enumerate(people) if count}
        options = {code: count for code, count in present.items() if 1 <= code <= HIGHEST_OPTION_CODE}
        return options, {code: count for code, count in present.items() if code not in options}
    values, times = np.unique(codes, return_counts=True)
    pairs = list(zip(values.tolist(), times.tolist(), strict=True))
    missing = {value - FOUR_BYTE_FLOOR: count for value, count in pairs if value < FIRST_NUMBER}
    return {value: count for value, count in pairs if value >= FIRST_NUMBER}, missing


def _base(options: Mapping[int, int], missing: Mapping[int, int]) -> Base:
    if unknown := missing.keys() - set(MISSING):
        raise UnknownCodes(unknown)
    answered = sum(options.values())
    return Base(
        asked=answered + sum(missing.values()) - missing.get(NOT_ASKED, 0),
        answered=answered,
        blank=missing.get(BLANK, 0),
        prefer_not_to_say=missing.get(PREFER_NOT_TO_SAY, 0),
        illegible=missing.get(ILLEGIBLE, 0),
        several_ticked=missing.get(SEVERAL_TICKED, 0),
    )
