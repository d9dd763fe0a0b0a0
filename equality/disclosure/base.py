"""What every disclosure policy is, and the first marking of numbers that are too telling to publish.

A policy decides which places of a table are hidden and how the others are written. It never sees a screen or a file.
To add one, write a module with a `Policy` and put it in the registry of this package.
"""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from enum import Enum
from types import MappingProxyType

from .network import Bounds
from .tables import CountTable, Place

MINIMUM_BASE_OF_A_GROUP = 10
"""Groups with fewer people are not reported in an equality breakdown (as in the GP Patient Survey)."""
SAME_ANSWER_BASE = 20
"""A group smaller than this in which everyone gave one answer would tell each member's answer (our choice of number).

An answer that fewer people than this gave, all of one group, would tell the group of each of them.
"""


class Reason(Enum):
    """Why a number is hidden."""

    SMALL = "between 1 and the threshold"
    BASE = "in a group of too few people"
    SAME_ANSWER = "in a small group where everyone answered alike"
    RARE_ANSWER = "in an answer that too few people gave to say which groups they are in, zeros included"
    SAME_GROUP = "in an answer that few people gave, all of one group"
    COMPANION = "would give another hidden number away"
    SHARED = "hidden in another table of the same question"
    WITHHELD = "in a row or table that is withheld whole, zeros included"


Pattern = Mapping[Place, Reason]
"""The hidden places of a table with its margins."""


NOTHING: Pattern = MappingProxyType({})


class Policy(ABC):
    """A rule for publishing counts. `threshold` is the largest count that is hidden for being small."""

    key: str
    label: str
    threshold: int
    minimum_base: int = MINIMUM_BASE_OF_A_GROUP
    is_exact: bool = False
    """Whether published numbers are true counts."""

    @abstractmethod
    def hide(self, table: CountTable, *, also: Pattern = NOTHING) -> Pattern:
        """The places of `table` to hide, so that no hidden number can be worked out from the others.

        `also` are places that must be hidden whatever they hold, because another table hides the same number.
        """

    @abstractmethod
    def published(self, count: int) -> int:
        """The number written for a count that is not hidden."""

    @abstractmethod
    def possible(self, published: int | None) -> Bounds:
        """The true counts that a published number, or None for a hidden one, may stand for."""

    @property
    @abstractmethod
    def note(self) -> str:
        """One or two plain sentences for under every table."""

    @property
    @abstractmethod
    def fewest_possibilities(self) -> int:
        """How many different counts must remain possible for a hidden number, or for a difference of two releases."""

    def is_small(self, count: int) -> bool:
        return 1 <= count <= self.threshold


def telling_places(table: CountTable, policy: Policy) -> dict[Place, Reason]:
    """Places to hide before any companions: small numbers, and what would tell the answer or the group of few people.

    A zero stays a zero unless it says something of few people: beside a hidden total, 0 women says that all were men.
    """
    counts = table.with_margins()
    pattern: dict[Place, Reason] = {}
    for j in range(len(counts[0])):
        pattern |= _places_of_small_group(table, counts, j, policy)
        pattern |= _places_of_same_answer(table, counts, j)
    for i in range(len(table.rows)):
        pattern |= _places_of_few_who_answered(table, counts, i, policy)
    if table.has_total_column:
        # An answer that nobody gave is no secret of any one group.
        pattern = {place: reason for place, reason in pattern.items() if counts[place[0]][-1]}
    small = ((i, j) for i, row in enumerate(counts) for j, count in enumerate(row) if policy.is_small(count))
    return dict.fromkeys(small, Reason.SMALL) | pattern


def _places_of_small_group(
    table: CountTable, counts: tuple[tuple[int, ...], ...], j: int, policy: Policy
) -> Mapping[Place, Reason]:
    is_group = table.by is not None and j < len(table.columns)
    if not is_group or not 0 < counts[-1][j] < policy.minimum_base:
        return {}
    return dict.fromkeys(((i, j) for i in range(len(counts))), Reason.BASE)


def _places_of_same_answer(table: CountTable, counts: tuple[tuple[int, ...], ...], j: int) -> Mapping[Place, Reason]:
    base = counts[-1][j]
    answers = [row[j] for row in counts[:-1]]
    if not 0 < base < SAME_ANSWER_BASE or base not in answers or len(answers) == 1:
        return {}
    hidden = range(len(answers)) if table.additive_rows else [i for i, count in enumerate(answers) if count == base]
    return dict.fromkeys(((i, j) for i in hidden), Reason.SAME_ANSWER)


def _places_of_few_who_answered(
    table: CountTable, counts: tuple[tuple[int, ...], ...], i: int, policy: Policy
) -> Mapping[Place, Reason]:
    *groups, total = counts[i]
    places = [(i, j) for j, base in enumerate(counts[-1][:-1]) if base]
    if table.by is None or len(places) < 2:
        return {}  # Where everybody is of one group, its base says so already.
    if policy.is_small(total):
        return dict.fromkeys(places, Reason.RARE_ANSWER)
    if 0 < total < SAME_ANSWER_BASE and total in groups:
        return dict.fromkeys(places, Reason.SAME_GROUP)
    return {}


def is_total(place: Place, table: CountTable) -> bool:
    """Whether a place is a sum of others. Bases of rows that overlap are sums of nothing but each other."""
    i, j = place
    return j == len(table.columns) or (table.additive_rows and i == len(table.rows))
