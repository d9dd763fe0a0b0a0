"""Population figures that respondents are set against: files of counts, each row with its source and licence.

Which population is right is a choice for each consultation: a whole borough says little about one practice's patients.
To add one, put `<key>.csv` in `equality/baselines/` and a line in `populations.csv`. Pure: loads without Django.
"""

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Protocol

FOLDER = Path(__file__).parent / "baselines"


class UnknownBaseline(KeyError):
    """There is no population with this key."""


class HasValues(Protocol):
    """A reported characteristic: its key and the values of its categories, in reading order."""

    @property
    def key(self) -> str: ...

    @property
    def values(self) -> Sequence[str]: ...


@dataclass(frozen=True)
class BaselineRow:
    """One figure: `people` of a category among `base`, with where it was published and how it was made."""

    characteristic: str
    value: str
    people: int
    base: str
    table: str
    year: int
    how: str
    source: str
    licence: str
    caveat: str


@dataclass(frozen=True)
class Baseline:
    """A population by name, with its rows. `name` and `caveat` are words to print."""

    key: str
    name: str
    caveat: str
    rows: tuple[BaselineRow, ...]

    def figures(self, characteristic: HasValues) -> tuple[int, ...] | None:
        """People of each category, in the characteristic's order; None when there are no figures to compare with.

        A category that lies outside the population has 0 (under 16, in a population of 16 or over). Raises ValueError
        when a figure belongs to none of the categories: part of the population would be lost without a word.
        """
        people = {row.value: row.people for row in self._rows_of(characteristic)}
        if not people:
            return None
        if lost := people.keys() - set(characteristic.values):
            raise ValueError(f"{self.key}: {characteristic.key} has no category for {', '.join(sorted(lost))}")
        return tuple(people.get(value, 0) for value in characteristic.values)

    def source_note(self, characteristic: HasValues) -> str:
        """Under a comparison: whose figures, of whom, with what to bear in mind and the licence's own line."""
        rows = self._rows_of(characteristic)
        if not rows:
            return "There is no population figure for this."
        row = rows[0]
        sentences = (
            f"Population: {self.name}.",
            f"Figures are for {row.base} in {row.year}, table {row.table} ({row.how}).",
            row.caveat,
            f"Source: {row.source}, licensed under the {row.licence}.",
        )
        return " ".join(sentence for sentence in sentences if sentence)

    def _rows_of(self, characteristic: HasValues) -> list[BaselineRow]:
        return [row for row in self.rows if row.characteristic == characteristic.key]


def find_baseline(key: str) -> Baseline:
    """The population with this key, like "wigan-16plus". Raises UnknownBaseline."""
    try:
        return all_baselines()[key]
    except KeyError:
        raise UnknownBaseline(key) from None


def baseline_choices() -> list[tuple[str, str]]:
    """`[(key, name)]` of every population, to choose from when a consultation is set up."""
    return [(baseline.key, baseline.name) for baseline in all_baselines().values()]


@cache
def all_baselines() -> dict[str, Baseline]:
    """Every population by key, read once for each process."""
    with (FOLDER / "populations.csv").open(newline="", encoding="utf-8") as file:
        return {line["key"]: Baseline(**line, rows=read_rows(line["key"])) for line in csv.DictReader(file)}


def read_rows(key: str) -> tuple[BaselineRow, ...]:
    """The rows of one population's file."""
    with (FOLDER / f"{key}.csv").open(newline="", encoding="utf-8") as file:
        return tuple(row_from(line) for line in csv.DictReader(file))


def row_from(line: Mapping[str, str]) -> BaselineRow:
    """One line of a population's file."""
    words = {name: text for name, text in line.items() if name not in ("people", "year")}
    return BaselineRow(people=int(line["people"]), year=int(line["year"]), **words)
