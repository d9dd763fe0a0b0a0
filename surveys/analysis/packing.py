"""Packing: several code columns become one small number, so that one histogram serves all their tables.

Combinations of codes are numbered in the order in which they turn up. Five tick boxes and a single choice have millions
of conceivable combinations but a few hundred real ones, and real ones are all that is stored. Packing is exact for any
codes; how well it packs depends on the responses. Used by `cumulative` only.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

import numpy as np
import numpy.typing as npt

from surveys.analysis.recoding import Bytes

Numbers = npt.NDArray[np.uint16]
"""The number of each respondent's combination."""

Source = Callable[[slice], Bytes]
"""Gives the one-byte codes of a range of respondents."""

Pairs = npt.NDArray[Any]
"""For each respondent, the number of the codes before times 256, plus the code: unsigned, of the narrowest type."""

_UNSEEN = np.iinfo(np.uint16).max
_CROWDED_AT = 8  # times the number of combinations a pack was planned for


class Crowded(Exception):
    """A pack has met far more combinations than it was planned for; the plan must be made anew."""


class Pack:
    """Columns counted together, and the numbers of the combinations of codes they have shown so far."""

    def __init__(self) -> None:
        self.keys: list[str] = []
        self._steps: list[_Step] = []

    @property
    def count(self) -> int:
        """How many combinations there are so far; all their numbers are below it."""
        return self._steps[-1].count if self._steps else 0

    def add(self, key: str, step: "_Step") -> None:
        self.keys.append(key)
        self._steps.append(step)

    def next_step(self) -> "_Step":
        return _Step(prefixes=self.count)

    def numbered(self, blocks: Iterable[Bytes], *, most: int) -> Numbers:
        """Number each respondent's combination, given one block of codes per column.

        Raises Crowded at many more than `most` combinations; the numbers given so far stay right.
        """
        steps = zip(self._steps, blocks, strict=True)
        first, codes = next(steps)
        numbers = first.numbered(None, codes)
        for step, codes in steps:
            numbers = step.numbered(numbers, codes)
            if step.count > most * _CROWDED_AT:
                raise Crowded
        return numbers

    def codes_of(self, key: str) -> Bytes:
        """The code of one column in each combination, in the order of their numbers."""
        place = self.keys.index(key)
        numbers: npt.NDArray[Any] = np.arange(self.count)
        for step in reversed(self._steps[place + 1 :]):
            numbers = step.prefix_of[numbers]
        return self._steps[place].code_of[numbers]


class _Step:
    """One column of a pack: numbers the pairs (number of the columns before it, code)."""

    def __init__(self, *, prefixes: int) -> None:
        self.count = 0
        self.prefix_of = np.empty(0, np.uint16)
        self.code_of = np.empty(0, np.uint8)
        self._number_of_pair = np.full(max(1, prefixes) * 256, _UNSEEN, np.uint16)

    def numbered(self, prefixes: Numbers | None, codes: Bytes) -> Numbers:
        pairs = codes if prefixes is None else _pairs(prefixes, codes)
        self._fit(pairs)
        # Every pair is inside the array; "clip" only spares numpy its slower check.
        numbers = self._number_of_pair.take(pairs, mode="clip")
        if numbers.size and numbers.max() == _UNSEEN:
            self._learn(np.unique(pairs[numbers == _UNSEEN]))
            numbers = self._number_of_pair.take(pairs, mode="clip")
        return numbers

    def _fit(self, pairs: Pairs) -> None:
        needed = int(pairs.max(initial=0)) + 1
        missing = needed - len(self._number_of_pair)
        if missing > 0:
            self._number_of_pair = np.append(self._number_of_pair, np.full(missing, _UNSEEN, np.uint16))

    def _learn(self, pairs: Pairs) -> None:
        end = self.count + len(pairs)
        if end >= _UNSEEN:
            raise Crowded
        self._number_of_pair[pairs] = np.arange(self.count, end)
        self.prefix_of = np.append(self.prefix_of, (pairs >> 8).astype(np.uint16))
        self.code_of = np.append(self.code_of, (pairs & 255).astype(np.uint8))
        self.count = end


def planned(sources: Mapping[str, Source], *, sample: slice, most: int) -> list[Pack]:
    """Put columns, in order, into packs that show at most `most` combinations each in a sample of the respondents."""
    packs: list[Pack] = []
    numbers: Numbers | None = None
    for key, source in sources.items():
        codes = source(sample)
        step = packs[-1].next_step() if packs else None
        joined = step.numbered(numbers, codes) if step else None
        if step is None or step.count > most:
            packs.append(Pack())
            step = packs[-1].next_step()
            joined = step.numbered(None, codes)
        packs[-1].add(key, step)
        numbers = joined
    return packs


def _pairs(prefixes: Numbers, codes: Bytes) -> Pairs:
    narrow = int(prefixes.max(initial=0)) < 256
    pairs: Pairs = prefixes.astype(np.uint16 if narrow else np.uint32)
    pairs <<= 8
    pairs |= codes
    return pairs
