"""Rows of answer codes as bytes, one version's codebook at a time: their shape checked, their columns picked out.

The bytes are `Response.codes`: one fixed-width row per response, one or four bytes per column. What is held of them, and
under which ids, is in `columns`.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

Layout = Mapping[str, tuple[int, int]]
"""{column key: (offset, width)} of one version's codebook, in bytes; width 1 or 4. No byte of a row lies outside."""

Rows = Sequence[bytes] | bytes | bytearray | memoryview
"""Rows of one version: a list with one string of bytes per response, or all of them joined."""

DTYPE_OF_WIDTH: Mapping[int, np.dtype[Any]] = {1: np.dtype(np.uint8), 4: np.dtype(np.int32)}

_PICKED_AT_ONCE = 8_192  # rows of some sixty bytes then stay in the processor's cache while columns are picked out


class RowsDoNotFit(ValueError):
    """The bytes do not match the layout or the ids, so that answers would land in the wrong column or row."""


def as_matrix(rows: Rows, *, count: int, layout: Layout) -> npt.NDArray[np.uint8]:
    """The rows as an array of shape [responses x bytes].

    Raises RowsDoNotFit unless there are `count` rows and each is exactly as long as the layout says: a row of another
    length was made by another version.
    """
    if strange := {width for _, width in layout.values()} - DTYPE_OF_WIDTH.keys():
        raise RowsDoNotFit(f"columns are 1 or 4 bytes wide, not {sorted(strange)}")
    width = max((offset + width for offset, width in layout.values()), default=0)
    if not isinstance(rows, bytes | bytearray | memoryview):
        lengths = list(map(len, rows))
        if len(lengths) != count or set(lengths) - {width}:
            raise RowsDoNotFit(f"{count} rows of {width} bytes expected, not {len(lengths)} of {sorted(set(lengths))}")
        rows = b"".join(rows)
    flat = np.frombuffer(rows, np.uint8) if len(rows) else np.empty(0, np.uint8)
    if flat.size != count * width:
        raise RowsDoNotFit(f"{count} rows of {width} bytes expected, not {flat.size} bytes")
    return flat.reshape(count, width)


def picked_columns(
    matrix: npt.NDArray[np.uint8], layout: Layout
) -> Iterator[tuple[int, str, npt.NDArray[np.uint8] | npt.NDArray[np.int32]]]:
    """Yield (first row, column key, codes) for every column, some thousand rows at a time."""
    for start in range(0, len(matrix), _PICKED_AT_ONCE):
        block = matrix[start : start + _PICKED_AT_ONCE]
        for key, (offset, width) in layout.items():
            if width == 1:
                yield start, key, block[:, offset]
            else:
                yield start, key, np.ascontiguousarray(block[:, offset : offset + width]).view("<i4")[:, 0]
