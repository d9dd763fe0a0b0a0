"""Expressions of other tools, read into one tree: XLSForm's XPath and LimeSurvey's. Nothing is ever run as code.

`parse(text, dialect)` gives a tree of `Value`, `Answer`, `Column` and `Call`; what it means to a questionnaire is in
`rules.py` and `limits.py`. Operators are calls by one name in both dialects: "or", "and", "=", "!=", "<", "<=", ">",
">=", "+", "mod" and so on.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

LONGEST = 10_000
MOST_TOKENS = 800
DEEPEST = 60
SELF = "."


class CannotHold(ValueError):
    """A rule or limit that a questionnaire here cannot hold. The message is the reason, without a full stop."""


@dataclass(frozen=True)
class Value:
    """A text, a number or a truth, written out."""

    value: str | float | bool


@dataclass(frozen=True)
class Answer:
    """The answer to the question `name`, or to the question the expression stands at (SELF).

    `may_be_absent`: the expression stays meaningful when the question was not asked (LimeSurvey's NAOK).
    """

    name: str
    may_be_absent: bool = False


@dataclass(frozen=True)
class Column:
    """A bare word in XLSForm: a column of the choices sheet, where the expression is a choice filter."""

    name: str


@dataclass(frozen=True)
class Call:
    """A function or an operator over `parts`."""

    name: str
    parts: tuple["Tree", ...]


Tree = Value | Answer | Column | Call


@dataclass(frozen=True)
class Dialect:
    """How one tool writes expressions: its tokens, its other names for operators, and what may follow an answer's name."""

    token: re.Pattern[str]
    same: dict[str, str]
    suffixes: tuple[str, ...] = ()
    bare_words_are_columns: bool = False


def token_pattern(name: str, operators: str) -> re.Pattern[str]:
    return re.compile(
        rf"""\s*(?:
        (?P<text>'[^']*'|"[^"]*"|[‘’][^‘’]*[‘’]|[“”][^“”]*[“”])
        |\$\{{\s*(?P<answer>[^}}]+?)\s*\}}
        |(?P<name>{name})
        |(?P<number>[0-9]+(?:\.[0-9]+)?|\.[0-9]+)
        |(?P<operator>{operators})
        |(?P<self>\.)
        )""",
        re.VERBOSE,
    )


XPATH = Dialect(
    token=token_pattern(
        r"[A-Za-z_À-ɏ][\wÀ-ɏ]*(?:[-.][A-Za-z0-9_]+)*(?:::?[A-Za-z_][\w-]*(?:\s\([a-z-]+\))?)?",
        r"!=|<=|>=|[=<>+\-*(),|/]",
    ),
    same={"div": "/"},
    bare_words_are_columns=True,
)
LIMESURVEY = Dialect(
    token=token_pattern(
        r"[0-9]+X[0-9]+X[0-9]+\w*(?:\#[0-9])?(?:\.\w+)?|[A-Za-z_][\w]*(?:\#[0-9])?(?:[.:]\w+)*",
        r"==|!=|<=|>=|&&|\|\||[=<>!+\-*/(),]",
    ),
    same={
        "==": "=", "eq": "=", "ne": "!=", "lt": "<", "le": "<=", "gt": ">", "ge": ">=", "&&": "and", "||": "or",
        "this": SELF, "self": SELF,
    },
    suffixes=("NAOK", "code", "codeNAOK"),
)  # fmt: skip

LEVELS = (("or",), ("and",), ("=", "!="), ("<", "<=", ">", ">="), ("+", "-"), ("*", "/", "mod"))
WORDS = {"or", "and", "div", "mod", "eq", "ne", "lt", "le", "gt", "ge"}
TRUTHS = {"true": True, "false": False}


def parse(text: str, dialect: Dialect) -> Tree:
    """The tree of an expression. Raises CannotHold when it is too long, too deep, or not one at all."""
    if len(text) > LONGEST:
        raise CannotHold(f"it is longer than {LONGEST:,} characters")
    tokens = tuple(split(text, dialect))
    if not tokens:
        raise CannotHold("it is empty")
    if len(tokens) > MOST_TOKENS:
        raise CannotHold(f"it has more than {MOST_TOKENS} parts")
    reading = Reading(tokens, dialect)
    tree = reading.level(0)
    if reading.at < len(tokens):
        raise CannotHold("it is written in a way that cannot be read here")
    return tree


def split(text: str, dialect: Dialect) -> Iterator[tuple[str, str]]:
    """The tokens of an expression, each with its sort: text, answer, name, number, operator or self."""
    at, end = 0, len(text.rstrip())
    while at < end:
        found = dialect.token.match(text, at)
        if not found or not found.lastgroup:
            raise CannotHold("it is written in a way that cannot be read here")
        at, sort = found.end(), found.lastgroup
        word = found[sort]
        if sort == "name" and word.lower() in WORDS:
            sort = "operator"
        yield sort, dialect.same.get(word.lower(), word.lower()) if sort == "operator" else word


class Reading:
    """One pass over the tokens of an expression, by falling precedence."""

    def __init__(self, tokens: tuple[tuple[str, str], ...], dialect: Dialect):
        self.tokens, self.dialect, self.at, self.depth = tokens, dialect, 0, 0

    def peek(self) -> tuple[str, str]:
        return self.tokens[self.at] if self.at < len(self.tokens) else ("end", "")

    def take(self) -> tuple[str, str]:
        token = self.peek()
        self.at += 1
        return token

    def accepts(self, *operators: str) -> bool:
        sort, word = self.peek()
        return sort == "operator" and word in operators

    def expect(self, operator: str) -> None:
        if not self.accepts(operator):
            raise CannotHold("it is written in a way that cannot be read here")
        self.at += 1

    def level(self, level: int) -> Tree:
        """An expression of operators that bind at least as tightly as `level`."""
        if level == len(LEVELS):
            return self.single()
        tree = self.level(level + 1)
        while self.accepts(*LEVELS[level]):
            _, operator = self.take()
            tree = joined(operator, tree, self.level(level + 1))
        return tree

    def single(self) -> Tree:
        """A value, an answer, a call, or an expression in brackets."""
        self.depth += 1
        if self.depth > DEEPEST:
            raise CannotHold(f"it is nested more than {DEEPEST} deep")
        try:
            return self.plain()
        finally:
            self.depth -= 1

    def plain(self) -> Tree:
        sort, word = self.take()
        if sort == "text":
            return Value(word[1:-1])
        if sort == "number":
            return Value(float(word))
        if sort == "answer":
            return Answer(word)
        if sort == "self":
            return Answer(SELF)
        if sort == "name":
            return self.named(word)
        return self.operated(sort, word)

    def operated(self, sort: str, word: str) -> Tree:
        """What an operator opens: brackets, a sign, or "not"."""
        if sort == "operator" and word == "(":
            tree = self.level(0)
            self.expect(")")
            return tree
        if sort == "operator" and word in ("-", "+"):
            part = self.single()
            if isinstance(part, Value) and isinstance(part.value, float):
                return Value(-part.value if word == "-" else part.value)
            return Call("-", (Value(0.0), part))
        if sort == "operator" and word == "!":
            return Call("not", (self.single(),))
        raise CannotHold("it is written in a way that cannot be read here")

    def named(self, word: str) -> Tree:
        """A bare word: a function with its brackets, a truth, or the name of an answer."""
        if self.accepts("("):
            self.at += 1
            return call(word, self.arguments())
        if word.lower() in TRUTHS:
            return Value(TRUTHS[word.lower()])
        if self.dialect.bare_words_are_columns:
            return Column(word)
        if self.dialect.same.get(word.split(".")[0].lower()) == SELF:
            return Answer(SELF)
        plain, _, suffix = word.rpartition(".")
        if plain and suffix in self.dialect.suffixes:
            return Answer(plain, may_be_absent=suffix.endswith("NAOK"))
        return Answer(word)

    def arguments(self) -> tuple[Tree, ...]:
        if self.accepts(")"):
            self.at += 1
            return ()
        found = [self.level(0)]
        while self.accepts(","):
            self.at += 1
            found.append(self.level(0))
        self.expect(")")
        return tuple(found)


def joined(operator: str, left: Tree, right: Tree) -> Tree:
    """Two trees with an operator between them; a row of "and" or of "or" is one call, however long."""
    if operator in ("and", "or") and isinstance(left, Call) and left.name == operator:
        return Call(operator, (*left.parts, right))
    return Call(operator, (left, right))


def call(name: str, parts: tuple[Tree, ...]) -> Tree:
    """A function by its name; true() and false() are truths."""
    if not parts and name.lower() in TRUTHS:
        return Value(TRUTHS[name.lower()])
    return Call(name, parts)


def answers_in(tree: Tree) -> Iterator[Answer]:
    """Every answer that an expression looks at."""
    if isinstance(tree, Answer):
        yield tree
    elif isinstance(tree, Call):
        for part in tree.parts:
            yield from answers_in(part)


def conjuncts(tree: Tree) -> Iterator[Tree]:
    """The parts that must all be true for the tree to be."""
    if isinstance(tree, Call) and tree.name == "and":
        for part in tree.parts:
            yield from conjuncts(part)
    else:
        yield tree


def columns_in(tree: Tree) -> Iterator[str]:
    """The names of the columns that an expression looks at."""
    if isinstance(tree, Column):
        yield tree.name
    elif isinstance(tree, Call):
        for part in tree.parts:
            yield from columns_in(part)


def filled(tree: Tree, values: dict[str, str]) -> Tree:
    """The tree with each column replaced by what it holds; a bare word that is no column stands for itself."""
    if isinstance(tree, Column):
        return Value(values.get(tree.name, tree.name))
    if isinstance(tree, Call):
        return Call(tree.name, tuple(filled(part, values) for part in tree.parts))
    return tree
