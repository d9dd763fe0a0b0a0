"""The codes of one questionnaire's counted responses, held as one numpy array per column, across all its versions.

`Columns` lines versions up by column key and keeps rows and ids together. It does not read the database, know what a code
means, or count: a reader fills it, the other modules of this package count what it holds.
"""

from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Any

import numpy as np
import numpy.typing as npt

from surveys.analysis.byte_rows import DTYPE_OF_WIDTH, Layout, Rows, RowsDoNotFit, as_matrix, picked_columns
from surveys.analysis.recoding import Codes, in_type_of, unasked, widened

Ids = npt.NDArray[np.int64] | Sequence[int]
Array = npt.NDArray[Any]

_NO_TRAITS: Mapping[str, Array] = MappingProxyType({})


class AlreadyHeld(ValueError):
    """Rows were added whose ids are held already, or appear twice. `ids` names them."""

    def __init__(self, ids: list[int]) -> None:
        super().__init__(f"{len(ids)} responses would be counted twice, the first is {ids[0]}")
        self.ids = ids


class NotHeld(LookupError):
    """Rows were replaced whose ids are not held. `ids` names them."""

    def __init__(self, ids: list[int]) -> None:
        super().__init__(f"{len(ids)} responses are not held, the first is {ids[0]}")
        self.ids = ids


class Columns:
    """Codes and traits of the counted responses, row by row in the order in which they were added.

    Arrays handed out are read-only and never change afterwards: later rows lie past their end, and every other change is
    made in a new array. Arrays fetched before and after a change must not be mixed, so whoever shares one `Columns`
    between threads keeps a lock around each change and around each set of fetches. A row takes as many bytes as its
    columns together: 58 MB per million responses for the reference questionnaire. Adding a million rows takes about a
    third of a second; `replace` and `remove` copy everything once.
    """

    def __init__(self) -> None:
        self._length = 0
        self._capacity = 0
        self._edition = 0
        self._highest_id = -1
        self._ids: Array = np.empty(0, np.int64)
        self._columns: dict[str, Array] = {}
        self._traits: dict[str, Array] = {}

    def __len__(self) -> int:
        return self._length

    def __contains__(self, key: object) -> bool:
        return key in self._columns

    def __iter__(self) -> Iterator[str]:
        return iter(self._columns)

    def __getitem__(self, key: str) -> Codes:
        """Codes of one column, uint8 or int32, one per response; NOT_ASKED where a version lacks the column.

        Raises KeyError for a column that no version added so far has.
        """
        return self._held(self._columns[key])

    @property
    def ids(self) -> npt.NDArray[np.int64]:
        return self._held(self._ids)

    @property
    def edition(self) -> int:
        """Changes whenever anything but added rows has changed; a running count must then start again."""
        return self._edition

    @property
    def trait_names(self) -> tuple[str, ...]:
        return tuple(self._traits)

    def trait(self, name: str) -> Array:
        """A fact about each response that is not an answer, such as its channel or the day it came."""
        return self._held(self._traits[name])

    def positions(self, ids: Ids) -> npt.NDArray[np.intp]:
        """Where each response stands in every array, or -1 if it is not held."""
        wanted = _as_ids(ids)
        if not self._length:
            return np.full(len(wanted), -1, np.intp)
        order = np.argsort(self.ids, kind="stable")
        ascending = self.ids[order]
        places = np.minimum(np.searchsorted(ascending, wanted), self._length - 1)
        return np.where(ascending[places] == wanted, order[places], -1)

    def extend(self, ids: Ids, rows: Rows, *, layout: Layout, traits: Mapping[str, Array] = _NO_TRAITS) -> None:
        """Add the responses of one version; without any, only make its columns known.

        `traits` is {name: array, one entry per row}, and has the same names every time. Raises AlreadyHeld for an id that
        is held or given twice and RowsDoNotFit when lengths disagree; nothing has then been added.
        """
        arriving = _as_ids(ids)
        matrix = as_matrix(rows, count=len(arriving), layout=layout)
        self._check_traits(traits, count=len(arriving))
        self._refuse_held(arriving)
        end = self._length + len(arriving)
        for key, (_, width) in layout.items():
            self._declare(key, DTYPE_OF_WIDTH[width])
        if len(arriving) or traits:
            self._declare_traits(traits)
        self._reserve(end)
        self._write_codes(matrix, layout)
        for name, values in traits.items():
            self._traits[name][self._length : end] = values
        self._ids[self._length : end] = arriving
        self._highest_id = max(self._highest_id, int(arriving.max(initial=-1)))
        self._length = end  # last, so that nothing half-written is ever within reach

    def replace(self, ids: Ids, rows: Rows, *, layout: Layout, traits: Mapping[str, Array] = _NO_TRAITS) -> None:
        """Put edited responses of one version in the place of the rows held for them. Raises NotHeld for unknown ids."""
        edited = Columns()
        edited.extend(ids, rows, layout=layout, traits=traits)
        if not len(edited):
            return
        self._check_traits(traits, count=len(edited))
        places = self.positions(edited.ids)
        if missing := edited.ids[places < 0].tolist():
            raise NotHeld(missing)
        for key in edited:
            self._declare(key, edited[key].dtype)
        self._declare_traits(traits)
        for key, buffer in self._columns.items():
            codes = edited[key] if key in edited else unasked(len(edited), buffer.dtype)
            self._columns[key] = self._with(buffer, places, in_type_of(buffer, codes))
        for name, buffer in self._traits.items():
            self._traits[name] = self._with(buffer, places, edited.trait(name))
        self._edition += 1

    def remove(self, ids: Ids) -> int:
        """Take out responses (withdrawn, erased) and say how many were held; ids not held are passed over."""
        places = self.positions(ids)
        kept = np.ones(self._length, bool)
        kept[places[places >= 0]] = False
        remaining = int(np.count_nonzero(kept))
        removed = self._length - remaining
        if removed:
            self._ids = self.ids[kept]
            self._columns = {key: self[key][kept] for key in self._columns}
            self._traits = {name: self.trait(name)[kept] for name in self._traits}
            self._length = self._capacity = remaining
            self._edition += 1
        return removed

    def _held(self, buffer: Array) -> Array:
        view = buffer[: self._length]
        view.flags.writeable = False
        return view

    def _refuse_held(self, arriving: npt.NDArray[np.int64]) -> None:
        if len(arriving) > 1 and not bool(np.all(arriving[1:] > arriving[:-1])):
            values, times = np.unique(arriving, return_counts=True)
            if repeated := values[times > 1].tolist():
                raise AlreadyHeld(repeated)
        # Ids mostly come in rising order, and then one comparison spares a search through a million.
        if len(arriving) and int(arriving.min()) <= self._highest_id:
            known = self.positions(arriving) >= 0
            if held := arriving[known].tolist():
                raise AlreadyHeld(held)

    def _check_traits(self, traits: Mapping[str, Array], *, count: int) -> None:
        if uneven := [name for name, values in traits.items() if len(values) != count]:
            raise RowsDoNotFit(f"{count} rows, but another number of {uneven}")
        if not self._length or not (count or traits):
            return
        if traits.keys() != self._traits.keys():
            raise RowsDoNotFit(f"traits were {sorted(self._traits)} so far, now {sorted(traits)}")
        if other := [name for name, values in traits.items() if values.dtype.kind != self._traits[name].dtype.kind]:
            raise RowsDoNotFit(f"traits of another type than before: {other}")

    def _declare(self, key: str, dtype: np.dtype[Any]) -> None:
        """Make room for a column. One that a later version gave four bytes is widened for the earlier versions too."""
        if key not in self._columns:
            self._columns[key] = unasked(self._capacity, dtype)
        elif self._columns[key].dtype == np.uint8 and dtype == np.int32:
            self._columns[key] = widened(self._columns[key])
            self._edition += 1

    def _declare_traits(self, traits: Mapping[str, Array]) -> None:
        """Make room for traits, in a type wide enough for the values held and the values coming."""
        if not self._length:
            self._traits = {name: np.empty(self._capacity, values.dtype) for name, values in traits.items()}
        for name, values in traits.items():
            dtype = np.promote_types(self._traits[name].dtype, values.dtype)
            self._traits[name] = self._traits[name].astype(dtype, copy=False)

    def _reserve(self, length: int) -> None:
        if length <= self._capacity:
            return
        self._capacity = length + length // 2 + 1_024  # memory that is not written to costs nothing yet
        self._ids = self._moved(self._ids)
        self._columns = {key: self._moved(buffer) for key, buffer in self._columns.items()}
        self._traits = {name: self._moved(buffer) for name, buffer in self._traits.items()}

    def _moved(self, buffer: Array) -> Array:
        room = np.empty(self._capacity, buffer.dtype)
        room[: self._length] = buffer[: self._length]
        return room

    def _with(self, buffer: Array, places: npt.NDArray[np.intp], values: Array) -> Array:
        changed = self._moved(buffer)
        changed[places] = values
        return changed

    def _write_codes(self, matrix: npt.NDArray[np.uint8], layout: Layout) -> None:
        end = self._length + len(matrix)
        for key in self._columns.keys() - layout.keys():
            buffer = self._columns[key]
            buffer[self._length : end] = unasked(len(matrix), buffer.dtype)
        for start, key, codes in picked_columns(matrix, layout):
            buffer = self._columns[key]
            first = self._length + start
            buffer[first : first + len(codes)] = in_type_of(buffer, codes)


def _as_ids(ids: Ids) -> npt.NDArray[np.int64]:
    given = np.asarray(ids)
    if given.size and given.dtype.kind not in "iu":
        raise TypeError(f"ids are whole numbers, not {given.dtype}")
    return given.astype(np.int64).reshape(-1)
