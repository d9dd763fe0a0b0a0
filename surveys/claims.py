"""Rules as an author builds them: claims about earlier answers, joined by all, any or none. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from surveys.definition import Condition, Definition, Option, Question, Text
from surveys.kinds import KINDS

JOINS = ("all", "any", "none")
CHOSEN = ("is", "includes")
"""What is said of options; the other comparisons are with one number."""


@dataclass(frozen=True)
class Subject:
    """What a claim can be about: a question asked earlier, or one statement of it. `key` is "q1" or "q1.s2"."""

    key: str
    question: Question
    statement: str
    label: Text

    @property
    def claims(self) -> tuple[str, ...]:
        """What can be said of its answer."""
        return ("answered", "is") if self.statement else KINDS[self.question.kind].claims

    @property
    def options(self) -> tuple[Option, ...]:
        """The options that a claim can name; none where an answer is not one of options."""
        return self.question.options if set(self.claims) & set(CHOSEN) else ()

    @property
    def chosen_claim(self) -> str:
        """How it is said of this answer that an option was chosen."""
        return next((claim for claim in self.claims if claim in CHOSEN), "")


def subjects_before(definition: Definition, page: str) -> Iterator[Subject]:
    """Everything that a rule on a page, or on something of it, can be about: what is asked on pages before it."""
    for earlier in definition.pages:
        if earlier.key == page:
            return
        for question in earlier.questions:
            if not KINDS[question.kind].controls(question):
                continue
            yield Subject(question.key, question, "", question.text)
            for line in question.statements:
                yield Subject(f"{question.key}.{line.key}", question, line.key, line.label)


def parts_of(rule: Condition | None) -> tuple[str, tuple[Condition, ...]]:
    """A rule as how its claims are joined, and the claims. `together` is the inverse."""
    if rule is None:
        return "all", ()
    if rule.says in ("all", "any"):
        return rule.says, rule.parts
    if rule.says == "not":
        inner = rule.parts[0]
        return "none", inner.parts if inner.says == "any" else (inner,)
    return "all", (rule,)


def together(join: str, claims: Sequence[Condition]) -> Condition | None:
    """The rule that these claims make; None where there are none."""
    if not claims:
        return None
    if join == "none":
        return Condition("not", parts=(claims[0] if len(claims) == 1 else Condition("any", parts=tuple(claims)),))
    return claims[0] if len(claims) == 1 else Condition(join, parts=tuple(claims))


def claim(subject: Subject, says: str, *, codes: Sequence[int] = (), number: float | None = None) -> Condition:
    """A claim about a subject. Raises ValueError with what to do where it says nothing."""
    about = subject.question.key
    if says == "answered":
        return Condition("answered", about, subject.statement)
    if says in CHOSEN:
        if not codes:
            raise ValueError("Tick at least 1 answer")
        return Condition(says, about, subject.statement, values=tuple(codes))
    if number is None:
        raise ValueError("Enter the number to compare with")
    return Condition(says, about, subject.statement, values=(number,))
