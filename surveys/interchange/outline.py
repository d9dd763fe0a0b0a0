"""A questionnaire as another tool's file puts it, before it becomes a document of ours: the same shapes for every format.

A reader of a format makes `Section`s of `Asked` questions; `assembly.py` makes pages of them. Names and codes are still the
file's own, rules are still expressions, and every piece knows where it stands in the file.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from surveys.interchange.expressions import CannotHold, Dialect, Tree, parse
from surveys.interchange.logic import Held

Words = dict[str, str]


@dataclass(eq=False)
class Rule:
    """A rule as the file writes it. `tree` is None where it could not be read, for `reason`.

    `is_of_source`: counted among the file's rules; those that a reader makes itself are not. `held` is what became of it.
    """

    where: str
    text: str
    tree: Tree | None
    reason: str = ""
    is_of_source: bool = True
    held: Held | None = None
    is_settled: bool = False


def rule(where: str, text: str, dialect: Dialect) -> Rule:
    """A rule from its text."""
    try:
        return Rule(where, text, parse(text, dialect))
    except CannotHold as reason:
        return Rule(where, text, None, str(reason))


def own_rule(where: str, text: str, tree: Tree) -> Rule:
    """A rule that a reader makes of what the file says in another way; `text` is what it says."""
    return Rule(where, text, tree, is_of_source=False)


@dataclass
class Choice:
    """An answer that can be chosen. `source` is the file's code; `code` one of ours where it is already known."""

    source: str
    label: Words
    rules: list[Rule] = field(default_factory=list)
    exclusive: bool = False
    meaning: str = ""
    variants: Mapping[str, Any] = field(default_factory=dict)
    code: int = 0


@dataclass
class Row:
    """A line of a group of statements."""

    source: str
    label: Words
    rules: list[Rule] = field(default_factory=list)
    variants: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Alias:
    """Another name by which rules ask about a question: that one option was ticked, or what was said of one statement."""

    ticked: str = ""
    value: str = "Y"
    statement: str = ""


@dataclass
class Asked:
    """A question as the file puts it, with the kind it becomes here.

    `constraints` say what an answer must be like. `aliases` are further names of its answer in rules. `is_known_by_name`: its
    name is the file's own. `ranks_all`: that people there rank every option, so that asking for one of them means
    nothing.
    """

    where: str
    name: str
    kind: str
    text: Words
    hint: Words = field(default_factory=dict)
    short: Words = field(default_factory=dict)
    required: bool = False
    settings: dict[str, Any] = field(default_factory=dict)
    choices: list[Choice] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    rules: list[Rule] = field(default_factory=list)
    constraints: list[Rule] = field(default_factory=list)
    aliases: dict[str, Alias] = field(default_factory=dict)
    variants: Mapping[str, Any] = field(default_factory=dict)
    is_known_by_name: bool = True
    ranks_all: bool = False


@dataclass
class Section:
    """Questions that the file puts together under a heading. `is_apart`: each on a page of its own.

    `repeats_for` is the name of the question whose ticked answers it is asked for, `most_repeats` times at most (0: no limit).
    `new_pages` are the names of questions that begin a page.
    """

    where: str
    name: str
    heading: Words = field(default_factory=dict)
    caption: Words = field(default_factory=dict)
    rules: list[Rule] = field(default_factory=list)
    asked: list[Asked] = field(default_factory=list)
    is_apart: bool = False
    repeats_for: str = ""
    most_repeats: int = 0
    variants: Mapping[str, Any] = field(default_factory=dict)
    new_pages: set[str] = field(default_factory=set)


@dataclass
class Outline:
    """A whole file: its title, its languages (ours; the first is the one every text has), and its sections.

    `lost` are the names of what is not brought in, with the reason, for rules that ask about them. `items` are names that stand
    for the item of a repeated page in texts.
    """

    title: str
    languages: list[str]
    sections: list[Section] = field(default_factory=list)
    lost: dict[str, str] = field(default_factory=dict)
    items: set[str] = field(default_factory=set)
