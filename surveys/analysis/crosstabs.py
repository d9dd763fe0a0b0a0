"""Crosstabs of code arrays: two questions, three, and tick boxes on either side, in one pass over the responses.

A table here is an array of whole numbers indexed by code, missing codes included, so that `table[option_code]` is a row and
`table[BLANK]` the people who left the question blank. `cumulative` keeps many such tables up to date; bases and
single questions are in `counts`.
"""

from collections.abc import Sequence
from math import prod
from typing import Any

import numpy as np
import numpy.typing as npt

from surveys.analysis.counts import Mask
from surveys.analysis.recoding import EVERY_BYTE, Bytes
from surveys.codes import TICKED

Table = npt.NDArray[np.int64]

BLOCK = 65_536
"""Rows worked on at once: their keys stay in the processor's second-level cache."""

_MOST_CELLS = 2**24
_SHORT_KEYS = 2**16
_TICKS_AT_ONCE = 8


class CodeOutOfRange(ValueError):
    """A code is not below the stated number of codes, so it would be counted in a neighbour's cell."""


def crosstab(
    row_codes: npt.NDArray[Any],
    column_codes: npt.NDArray[Any],
    *,
    rows: int = EVERY_BYTE,
    columns: int = EVERY_BYTE,
    mask: Mask | None = None,
) -> Table:
    """Count respondents by (row code, column code): an array of shape [rows x columns].

    `rows` and `columns` say how many codes there are from 0 up. Raises CodeOutOfRange for a code past them. About 2 to 4
    ms per million respondents.
    """
    return count_together(row_codes, column_codes, sizes=(rows, columns), mask=mask)


def count_together(*codes: npt.NDArray[Any], sizes: Sequence[int], mask: Mask | None = None) -> Table:
    """Count respondents by two, three or more code arrays at once: an array of shape `sizes`, indexed by the codes.

    Raises CodeOutOfRange for a code that is negative or not below its size, ValueError when arrays differ in length or
    the table would have over 16 million cells (regroup the codes first).
    """
    length = _common_length(codes, mask)
    cells = prod(sizes)
    if cells > _MOST_CELLS:
        raise ValueError(f"a table of {'x'.join(map(str, sizes))} cells is too large: merge codes first")
    for values, size in zip(codes, sizes, strict=True):
        check_range(values, size)
    # Short keys are worked out several times faster than whole-word ones.
    key_type = np.uint16 if cells <= _SHORT_KEYS and max(sizes) < _SHORT_KEYS else np.intp
    table = np.zeros(cells, np.int64)
    for start in range(0, length, BLOCK):
        block = slice(start, start + BLOCK)
        chosen = None if mask is None else np.flatnonzero(mask[block])
        keys: npt.NDArray[Any] = _selected(codes[0][block], chosen).astype(key_type)
        for values, size in zip(codes[1:], sizes[1:], strict=True):
            keys *= key_type(size)
            keys += _selected(values[block], chosen).astype(key_type, copy=False)
        table += np.bincount(keys, minlength=cells)
    return table.reshape(tuple(sizes))


def ticked_crosstab(
    options: Sequence[Bytes], column_codes: npt.NDArray[Any], *, columns: int = EVERY_BYTE, mask: Mask | None = None
) -> Table:
    """Count those who ticked each option by another question's code: shape [options x columns].

    A respondent counts once in the row of each option ticked, so rows overlap. Their base is row ANSWERED of a crosstab of
    `answer_states(options)` with the same codes.
    """
    parts = [np.empty((0, columns), np.int64)]
    for first in range(0, len(options), _TICKS_AT_ONCE):
        together = options[first : first + _TICKS_AT_ONCE]
        joint = crosstab(_tick_pattern(together), column_codes, rows=2 ** len(together), columns=columns, mask=mask)
        patterns = np.arange(len(joint))
        parts.append(np.array([joint[patterns >> place & 1 == 1].sum(axis=0) for place in range(len(together))]))
    return np.concatenate(parts)


def ticked_together(
    row_options: Sequence[Bytes], column_options: Sequence[Bytes], *, mask: Mask | None = None
) -> Table:
    """Count those who ticked both: shape [row options x column options], of two questions or of one with itself."""
    _common_length([*row_options, *column_options], mask)
    down = [_ticks(option, mask) for option in row_options]
    across = [_ticks(option, mask) for option in column_options]
    counts = [[np.count_nonzero(row & column) for column in across] for row in down]
    return np.array(counts, np.int64).reshape(len(down), len(across))


def check_range(codes: npt.NDArray[Any], size: int) -> None:
    """Raise CodeOutOfRange unless every code is from 0 to `size` - 1, and TypeError unless they are whole numbers."""
    if codes.dtype.kind not in "biu":
        raise TypeError(f"codes are whole numbers, not {codes.dtype}")
    if not codes.size or (codes.dtype == np.uint8 and size >= EVERY_BYTE):
        return
    lowest, highest = int(codes.min()), int(codes.max())
    if lowest < 0 or highest >= size:
        outside = lowest if lowest < 0 else highest
        raise CodeOutOfRange(
            f"code {outside} is not from 0 to {size - 1}: put numbers in bands, merge or raise the size"
        )


def _common_length(codes: Sequence[npt.NDArray[Any]], mask: Mask | None) -> int:
    lengths = {len(values) for values in codes} | ({len(mask)} if mask is not None else set())
    if len(lengths) > 1:
        raise ValueError(f"code arrays of different lengths cannot be counted together: {sorted(lengths)}")
    return lengths.pop() if lengths else 0


def _selected(block: npt.NDArray[Any], chosen: npt.NDArray[np.intp] | None) -> npt.NDArray[Any]:
    return block if chosen is None else block.take(chosen)


def _tick_pattern(options: Sequence[Bytes]) -> Bytes:
    """Each respondent's ticks as the bits of one byte, the first option lowest."""
    pattern = np.zeros(len(options[0]), np.uint8)
    for place, option in enumerate(options):
        pattern |= (option == TICKED).view(np.uint8) << np.uint8(place)
    return pattern


def _ticks(option: Bytes, mask: Mask | None) -> npt.NDArray[np.bool_]:
    ticked: npt.NDArray[np.bool_] = option == TICKED
    return ticked if mask is None else ticked & mask
