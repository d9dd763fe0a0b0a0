"""What has been published before, so that subtracting one release from another gives nobody away.

An entry keeps protected values only, never true counts. Questions are compared place by place under the same row and
column labels: two exact totals of 418 and 412 reveal a group of six; two rounded ones do not. Prefer one final
publication: sums over several places of several releases are not examined here.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field

from .base import Policy
from .tables import ReleasedTable

TOTAL = ""
"""Stands for the label of a margin."""


@dataclass(frozen=True)
class PublishedValue:
    """One place of a released table: labels (empty for a total) and the published number, None when hidden."""

    row: str
    column: str
    value: int | None


@dataclass(frozen=True)
class LedgerEntry:
    """A released table as the world has it. `fingerprint` is the SHA-256 of everything else in the entry."""

    question: str
    by: str | None
    policy: str
    values: tuple[PublishedValue, ...]
    fingerprint: str = field(init=False)

    def __post_init__(self) -> None:
        content = [self.question, self.by, self.policy, [asdict(value) for value in self.values]]
        digest = hashlib.sha256(json.dumps(content, ensure_ascii=True).encode()).hexdigest()
        object.__setattr__(self, "fingerprint", digest)

    def as_json(self) -> dict[str, object]:
        """For storing; `from_json` reads it back."""
        return asdict(self)

    @classmethod
    def from_json(cls, stored: Mapping) -> "LedgerEntry":
        """The entry that was stored. Raises ValueError when its fingerprint does not match its content."""
        values = tuple(PublishedValue(**value) for value in stored["values"])
        entry = cls(stored["question"], stored["by"], stored["policy"], values)
        if entry.fingerprint != stored["fingerprint"]:
            raise ValueError(f"the ledger entry for {entry.question} was changed after it was written")
        return entry


@dataclass(frozen=True)
class UnsafeDifference:
    """A place where a new release and an earlier one together would say too much, and why in words."""

    row: str
    column: str
    previous: int | None
    new: int | None
    why: str


@dataclass(frozen=True)
class Ledger:
    """Every release so far. Immutable: `with_release` gives a longer one."""

    entries: tuple[LedgerEntry, ...] = ()

    def with_release(self, table: ReleasedTable) -> "Ledger":
        entry = entry_for(table)
        return self if entry in self.entries else Ledger((*self.entries, entry))

    def unsafe_differences(self, table: ReleasedTable, policy: Policy) -> tuple[UnsafeDifference, ...]:
        """Why `table` must not be published beside what was published before; empty when it may be."""
        new = entry_for(table)
        earlier = (entry for entry in self.entries if (entry.question, entry.by) == (new.question, new.by))
        return tuple(difference for entry in earlier for difference in _differences(entry, new, policy))


def difference_is_safe(previous: int | None, new: int | None, policy: Policy) -> bool:
    """Whether two published numbers for one place leave the size of the change open, or show that it is not small.

    None stands for a hidden number. Under a policy that publishes true counts a place must stay hidden once it was.
    """
    if policy.is_exact and (previous is None) != (new is None):
        return False
    if previous == new:
        return True
    earlier, later = policy.possible(previous), policy.possible(new)
    lowest = max(later[0] - earlier[1], earlier[0] - later[1], 0)
    highest = max(later[1] - earlier[0], earlier[1] - later[0])
    return lowest > policy.threshold or highest - lowest + 1 >= policy.fewest_possibilities


def entry_for(table: ReleasedTable) -> LedgerEntry:
    """The ledger entry of a released table."""
    rows = [*zip(table.rows, table.cells, table.row_totals, strict=True)]
    cells = [
        PublishedValue(row, column, cell.value)
        for row, values, _ in rows
        for column, cell in zip(table.columns, values, strict=True)
    ]
    totals = [PublishedValue(row, TOTAL, total.value) for row, _, total in rows]
    bases = [
        PublishedValue(TOTAL, column, total.value)
        for column, total in zip(table.columns, table.column_totals, strict=True)
    ]
    everyone = PublishedValue(TOTAL, TOTAL, table.grand_total.value)
    return LedgerEntry(table.question, table.by, table.policy, (*cells, *totals, *bases, everyone))


def _differences(previous: LedgerEntry, new: LedgerEntry, policy: Policy) -> Iterable[UnsafeDifference]:
    earlier = {(value.row, value.column): value.value for value in previous.values}
    for place in new.values:
        if (place.row, place.column) not in earlier:
            continue
        before = earlier[place.row, place.column]
        if previous.policy != new.policy and before != place.value:
            why = f"published before under another policy, {previous.policy}"
        elif not difference_is_safe(before, place.value, policy):
            why = "the difference from what was published before is a small number of people"
        else:
            continue
        yield UnsafeDifference(place.row, place.column, before, place.value, why)
