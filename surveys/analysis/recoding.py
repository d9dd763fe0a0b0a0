"""From answer codes to other codes: one-byte codes in four bytes, numbers in bands, options merged, and who answered at all.

Missing states pass through every function here unchanged in meaning and are never merged with one another. Counting is
not done here.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from surveys.codes import FOUR_BYTE_FLOOR, HIGHEST_OPTION_CODE, MISSING, NOT_ASKED, in_four_bytes

Codes = npt.NDArray[np.uint8] | npt.NDArray[np.int32]
"""Codes of one column, one per response: uint8 (one-byte columns) or int32 (four-byte columns)."""

Bytes = npt.NDArray[np.uint8]

EVERY_BYTE = 256
"""How many codes a one-byte column can hold, missing ones included."""

ANSWERED = 1
"""What `answer_states` says of a respondent who answered; every other state is a missing code of `surveys.codes`."""

FIRST_NUMBER = FOUR_BYTE_FLOOR + 256
"""The lowest int32 that is a number; all below it stand for missing states."""

_ANSWERED_WINS = 255
"""Stands for ANSWERED while states are compared, because it is above every missing code."""

_STATE_OF_BYTE = np.arange(256, dtype=np.uint8)
_STATE_OF_BYTE[1 : HIGHEST_OPTION_CODE + 1] = _ANSWERED_WINS
_WIDE_OF_BYTE = np.arange(256, dtype=np.int32)
_WIDE_OF_BYTE[list(MISSING)] = [in_four_bytes(code) for code in MISSING]


def answer_states(columns: Sequence[Codes]) -> Bytes:
    """Say for each respondent whether a question was answered: ANSWERED, or the missing code that tells why not.

    `columns` are all the columns of one question (its tick boxes, ranks or statements), of one length. One answered
    column makes the question answered. Otherwise the highest missing code stands, so a tick box that an earlier version
    did not have (NOT_ASKED) never hides that the question was asked.
    """
    strongest = _column_state(columns[0])
    for column in columns[1:]:
        np.maximum(strongest, _column_state(column), out=strongest)
    strongest[strongest == _ANSWERED_WINS] = ANSWERED
    return strongest


def band_codes(numbers: npt.NDArray[np.int32], edges: Sequence[int]) -> Bytes:
    """Put each number in a band, as one-byte codes 1, 2, … that count and cross-tabulate like options.

    Each edge opens the next band: edges (18, 65) make band 1 (below 18), band 2 (18 to 64) and band 3 (65 and over), so
    that no number is ever outside all bands. Raises ValueError unless edges ascend and make at most 240 bands.
    """
    if list(edges) != sorted(set(edges)) or len(edges) >= HIGHEST_OPTION_CODE:
        raise ValueError(f"bands need at most {HIGHEST_OPTION_CODE - 1} edges, each above the one before: {edges}")
    bands = np.searchsorted(np.asarray(edges, np.int64), numbers, side="right") + 1
    states = answer_states([numbers])
    return np.where(states == ANSWERED, bands, states).astype(np.uint8)


def merged_codes(codes: Codes, groups: Mapping[int, int]) -> Bytes:
    """Merge options: `groups` is {option code: code of its group}; an option not named keeps its own code.

    A four-byte column comes back in one byte, so afterwards every option must have a code from 1 to 240; raises
    ValueError naming those that have not.
    """
    present: npt.NDArray[Any]
    present, places = np.unique(codes, return_inverse=True)
    states = answer_states([present])
    wanted = [groups.get(int(code), int(code)) for code in present]
    merged = np.where(states == ANSWERED, np.array(wanted, np.int64), states)
    outside = [code for code, state in zip(wanted, states, strict=True) if state == ANSWERED and not _is_option(code)]
    if outside:
        raise ValueError(f"merged options need codes from 1 to {HIGHEST_OPTION_CODE}: {outside}")
    return merged.astype(np.uint8)[places]


def widened(codes: Bytes) -> npt.NDArray[np.int32]:
    """Give one-byte codes as four-byte ones: option codes as they are, missing states as `in_four_bytes` has them."""
    return _WIDE_OF_BYTE.take(codes)


def in_type_of(column: Codes, codes: Codes) -> Codes:
    """The codes in the width that a column has: one-byte codes are widened for a four-byte column."""
    return widened(codes) if codes.dtype == np.uint8 and column.dtype == np.int32 else codes  # type: ignore[arg-type]


def unasked(length: int, dtype: np.dtype[Any]) -> Codes:
    """A column of NOT_ASKED, in one byte or four."""
    return np.full(length, NOT_ASKED if dtype == np.uint8 else in_four_bytes(NOT_ASKED), dtype)


def _column_state(codes: Codes) -> Bytes:
    if codes.dtype == np.uint8:
        return _STATE_OF_BYTE.take(codes, mode="clip")  # no byte is outside; "clip" is numpy's quick path
    if codes.dtype != np.int32:
        raise TypeError(f"codes are uint8 or int32, not {codes.dtype}")
    # The distance above the lowest int32, which would overflow as a plain subtraction.
    above_floor = codes.view(np.uint32) ^ np.uint32(2**31)
    return np.where(above_floor < 256, above_floor, _ANSWERED_WINS).astype(np.uint8)


def _is_option(code: int) -> bool:
    return 1 <= code <= HIGHEST_OPTION_CODE
