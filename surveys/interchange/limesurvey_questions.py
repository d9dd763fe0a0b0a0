"""LimeSurvey's question types: what each of the 29 becomes here. A type that asks several things becomes several questions.

Each maker takes a question and gives the questions it becomes; they share the rules, the limits and the place of the one they
come from. To keep another type, write its maker and add it to TYPES.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from surveys.interchange.base import MOST_QUESTIONS, TOO_MANY, ImportRefused, Report
from surveys.interchange.expressions import Answer, Call, Tree, Value
from surveys.interchange.languages import added
from surveys.interchange.limesurvey_survey import Part, Question
from surveys.interchange.outline import Alias, Asked, Choice, Rule, Words, own_rule

NO_FILES = "this service takes no pictures, recordings or files from the public"
NO_SUMS = "nothing is worked out from answers here"
LANGUAGE = "people can change the language on every page here"
MOST_RANKED = 5


@dataclass
class Making:
    """A question being turned into ours. `rules` are its own; `filters` those of its parts, by their code."""

    question: Question
    languages: list[str]
    report: Report
    rules: list[Rule]
    settings: dict[str, Any] = field(default_factory=dict)
    limits: list[Rule] = field(default_factory=list)
    filters: Mapping[str, list[Rule]] = field(default_factory=dict)
    exclusive: frozenset[str] = frozenset()

    def asked(self, kind: str, name: str, text: Words, **parts: Any) -> Asked:
        """A question made of it."""
        rules = [*self.rules, *parts.pop("rules", [])]
        return Asked(
            self.question.where,
            name,
            kind,
            text or {self.languages[0]: self.question.code},
            required=parts.pop("required", self.question.mandatory),
            rules=rules,
            **parts,
        )

    def single(self, kind: str, **parts: Any) -> Asked:
        """The one question it becomes."""
        question = self.question
        aliases = {question.sgqa: Alias(), **parts.pop("aliases", {})}
        return self.asked(
            kind,
            question.code,
            question.text,
            hint=question.help,
            settings=self.settings | parts.pop("settings", {}),
            constraints=self.limits,
            aliases=aliases,
            **parts,
        )

    def own(self, words: str) -> Words:
        return added(words, self.languages)

    def introduction(self, rows: list[Part]) -> list[Asked]:
        """The words above questions that one question becomes; shown while any of them is."""
        question = self.question
        if not question.text and not question.help:
            return []
        any_row = [rule.tree for row in rows for rule in self.filters.get(row.code, []) if rule.tree]
        rules = (
            [own_rule(question.where, "filter of its rows", Call("or", tuple(any_row)))]
            if rows and len(any_row) == len(rows)
            else []
        )
        text = {
            language: "\n\n".join(filter(None, (question.text.get(language), question.help.get(language))))
            for language in self.languages
            if question.text.get(language) or question.help.get(language)
        }
        return [self.asked("information", question.code, text, required=False, rules=rules)]

    def for_row(self, kind: str, row: Part, *, code: str = "", words: Words | None = None, **parts: Any) -> Asked:
        """The question for one row."""
        code = code or row.code
        name = f"{self.question.code}_{code}"
        text = words or row.words
        aliases = {f"{self.question.sgqa}{code}": Alias()} | parts.pop("aliases", {})
        return self.asked(
            kind,
            name,
            text,
            short=beside(self.question.text, text),
            rules=[*self.filters.get(row.code, []), *parts.pop("rules", [])],
            settings=dict(self.settings),
            constraints=self.limits,
            aliases=aliases,
            **parts,
        )


def beside(first: Words, second: Words) -> Words:
    """Two texts as one line, for reports: in the first language alone, which reports are in."""
    language = next(iter(second), "en")
    lead = first.get(language, "").partition("\n")[0]
    return {language: f"{lead}: {second[language]}"} if lead and second else {}


Maker = Callable[[Making], list[Asked]]


# One question ---------------------------------------------------------------------------------------------------------------


def simple(kind: str, **settings: Any) -> Maker:
    """A type that becomes one question of a kind."""

    def make(making: Making) -> list[Asked]:
        making.settings = settings | making.settings
        return [making.single(kind)]

    return make


def information(making: Making) -> list[Asked]:
    """Words to read."""
    making.question.mandatory = False
    return [making.single("information")] if making.question.text or making.question.help else []


def number(making: Making) -> list[Asked]:
    making.settings = decimals_of(making) | making.settings
    return [making.single("number")]


def decimals_of(making: Making) -> dict[str, Any]:
    """A number has two decimals unless only whole ones are taken."""
    if making.question.attributes.get("num_value_int_only", "0") == "1":
        return {}
    making.report.change(
        making.question.where, f"number “{making.question.code}”", "a number here has two decimals at most"
    )
    return {"decimals": 2}


def fixed(*words: tuple[str, str]) -> Maker:
    """A choice between answers that LimeSurvey knows: `(code, words)`."""

    def make(making: Making) -> list[Asked]:
        return [making.single("one_choice", choices=[Choice(code, making.own(said)) for code, said in words])]

    return make


def points(most: int) -> list[tuple[str, str]]:
    return [(str(point), str(point)) for point in range(1, most + 1)]


def one_of_list(making: Making) -> list[Asked]:
    """A list of answers; "other" becomes one of them, with a question behind it."""
    question = making.question
    choices = choices_of(making, question.answers)
    if question.other:
        choices.append(Choice("-oth-", other_label(making), rules=making.filters.get("other", []), meaning="other"))
    asked = making.single("one_choice", choices=choices)
    return [asked, *other_words(making, Call("=", (Answer(question.code), Value("-oth-"))))]


def list_with_comment(making: Making) -> list[Asked]:
    asked = making.single("one_choice", choices=choices_of(making, making.question.answers))
    return [asked, comment(making, f"{making.question.code}comment", making.own("Comment"))]


def several(making: Making) -> list[Asked]:
    """Ticks; "other" becomes one of them, with a question behind it."""
    question = making.question
    choices = choices_of(making, question.rows())
    if question.other:
        choices.append(Choice("other", other_label(making), rules=making.filters.get("other", []), meaning="other"))
    aliases = {}
    for choice in choices:
        aliases[f"{question.sgqa}{choice.source}"] = Alias(ticked=choice.source)
        if choice.meaning != "other":
            aliases[f"{question.code}_{choice.source}"] = Alias(ticked=choice.source)
    asked = making.single("several_choices", choices=choices, aliases=aliases)
    return [asked, *other_words(making, Call("selected", (Answer(question.code), Value("other"))))]


def several_with_comments(making: Making) -> list[Asked]:
    found = several(making)
    for row in making.question.rows():
        ticked = Call("selected", (Answer(making.question.code), Value(row.code)))
        name = f"{making.question.code}_{row.code}comment"
        words = {
            language: f"{text}: {making.own('Comment').get(language, 'Comment')}"
            for language, text in row.words.items()
        }
        found.append(comment(making, name, words, ticked))
    return found


def ranking(making: Making) -> list[Asked]:
    """Places to rank: here five at most."""
    question = making.question
    choices = choices_of(making, question.answers or question.rows())
    most = making.settings.get("places", min(MOST_RANKED, len(choices)))
    making.settings = making.settings | {"places": max(1, most)}
    if len(choices) > MOST_RANKED:
        making.report.change(
            question.where, f"ranking “{question.code}”", f"people rank their first {MOST_RANKED} here at most"
        )
    return [making.single("ranking", choices=choices, ranks_all=True)]


def choices_of(making: Making, parts: list[Part]) -> list[Choice]:
    """Answers or subquestions as choices, each with its filter."""
    return [
        Choice(
            part.code,
            part.words,
            rules=list(making.filters.get(part.code, [])),
            exclusive=part.code in making.exclusive,
        )
        for part in parts
        if part.scale == "0"
    ]


def other_label(making: Making) -> Words:
    text = making.question.attributes.get("other_replace_text", "").strip()
    return {language: text for language in making.languages} if text else making.own("Other")


def other_words(making: Making, chosen: Tree) -> list[Asked]:
    """The question that asks what "other" is; nothing where there is no "other"."""
    question = making.question
    if not question.other:
        return []
    is_required = question.attributes.get("other_comment_mandatory", "0") == "1"
    rules = [own_rule(question.where, f"other at “{question.code}”", chosen)]
    words = making.own("Please say what")
    return [making.asked("short_text", f"{question.code}_other", words, rules=rules, required=is_required)]


def comment(making: Making, name: str, words: Words, when: Tree | None = None) -> Asked:
    """A box for a comment beside a question."""
    rules = [own_rule(making.question.where, f"comment of “{making.question.code}”", when)] if when else []
    return making.asked("short_text", name, words, rules=rules, required=False)


# Several questions ----------------------------------------------------------------------------------------------------------


def rows_of(kind: str) -> Maker:
    """A type with a box for each of its rows."""

    def make(making: Making) -> list[Asked]:
        rows = making.question.rows()
        if kind == NUMBERS:
            making.settings = decimals_of(making) | making.settings
        return [*making.introduction(rows), *(making.for_row(kind, row) for row in rows)]

    return make


NUMBERS = "number"


def array(*words: tuple[str, str]) -> Maker:
    """A type whose rows are answered on one scale: LimeSurvey's own, or the question's answers."""

    def make(making: Making) -> list[Asked]:
        rows = making.question.rows()
        return [
            *making.introduction(rows),
            *(making.for_row("one_choice", row, choices=scale_of(making, words)) for row in rows),
        ]

    return make


def scale_of(making: Making, words: tuple[tuple[str, str], ...]) -> list[Choice]:
    if words:
        return [Choice(code, making.own(said)) for code, said in words]
    return [Choice(part.code, part.words) for part in making.question.answers if part.scale == "0"]


def two_scales(making: Making) -> list[Asked]:
    """Rows that are answered on two scales: two questions for each."""
    question, found = making.question, making.introduction(making.question.rows())
    for row in question.rows():
        for scale, header in (("0", "dualscale_headerA"), ("1", "dualscale_headerB")):
            choices = [Choice(part.code, part.words) for part in question.answers if part.scale == scale]
            heading = question.attributes.get(header, "").strip()
            words = {language: f"{text}: {heading}" if heading else text for language, text in row.words.items()}
            aliases = {f"{question.sgqa}{row.code}#{scale}": Alias()}
            if choices:
                code = f"{row.code}_{scale}"
                found.append(
                    making.for_row("one_choice", row, code=code, words=words, choices=choices, aliases=aliases)
                )
    return found


def grid(kind: str) -> Maker:
    """A type with a box for each row and column."""

    def make(making: Making) -> list[Asked]:
        question = making.question
        if len(question.rows()) * len(question.rows("1")) > MOST_QUESTIONS:
            raise ImportRefused(TOO_MANY)
        found = making.introduction(question.rows())
        if kind == NUMBERS:
            making.settings = grid_limits(making) | making.settings
        for row in question.rows():
            for column in question.rows("1"):
                words = {
                    language: f"{text}: {column.words.get(language, column.code)}"
                    for language, text in row.words.items()
                }
                found.append(making.for_row(kind, row, code=f"{row.code}_{column.code}", words=words, required=False))
        return found

    return make


def grid_limits(making: Making) -> dict[str, Any]:
    """Without boxes to type in, LimeSurvey offers the numbers from 1 to 10."""
    given = making.question.attributes
    if given.get("input_boxes", "0") == "1":
        return decimals_of(making)
    return {"min": 1, "max": 10} if not {"multiflexible_min", "multiflexible_max"} & set(given) else {}


TYPES: Mapping[str, Maker] = {
    "L": one_of_list,
    "!": one_of_list,
    "O": list_with_comment,
    "5": fixed(*points(5)),
    "Y": fixed(("Y", "Yes"), ("N", "No")),
    "G": fixed(("F", "Female"), ("M", "Male")),
    "X": information,
    "S": simple("short_text"),
    "T": simple("long_text"),
    "U": simple("long_text", rows=15),
    "N": number,
    "D": simple("date"),
    "M": several,
    "P": several_with_comments,
    "R": ranking,
    "K": rows_of("number"),
    "Q": rows_of("short_text"),
    "A": array(*points(5)),
    "B": array(*points(10)),
    "C": array(("Y", "Yes"), ("U", "Uncertain"), ("N", "No")),
    "E": array(("I", "Increase"), ("S", "Same"), ("D", "Decrease")),
    "F": array(),
    "H": array(),
    "1": two_scales,
    ":": grid("number"),
    ";": grid("short_text"),
}
"""How each type is made; LOST are those that are not."""
LOST = {"*": NO_SUMS, "|": NO_FILES, "I": LANGUAGE}
SPLIT = frozenset("KQABCEFH1:;")
"""The types that become several questions."""
