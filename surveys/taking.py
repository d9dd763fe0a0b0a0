"""A question shared by several questionnaires: what is kept of it, what is taken, and how the two have come to differ. Pure.

A questionnaire holds a whole copy of what it took, with a note of which shared question and revision that was
(`definition.Question.library`). Nothing changes a copy but an edit that somebody asked for. Where shared questions are kept is
in `library.py`.
"""

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any, NamedTuple, TypeVar

from surveys.definition import Option, Question, Statement, Text, Wording
from surveys.kinds import KINDS
from surveys.languages import language_name
from surveys.piping import PIPE
from surveys.renderings import SETTING_TEXTS, VARIANTS, part_in_words, parts_of_question, picture_of

LONGEST_KEY = 40
Part = TypeVar("Part", Question, Option, Statement)
Line = TypeVar("Line", Option, Statement)
Name = TypeVar("Name", int, str)


class OtherKind(ValueError):
    """The two are of different kinds: an answer to the one means nothing at the other."""


class Covered(NamedTuple):
    """The languages and variants that a shared question has words in; in all others, a copy's own words stay."""

    languages: frozenset[str]
    variants: frozenset[str]


class Difference(NamedTuple):
    """One thing that two copies of a question say differently. "" where one says nothing."""

    what: str
    mine: str
    theirs: str


# What is kept and what is taken -------------------------------------------------------------------------------------------


def kept(question: Question) -> Question:
    """The question as others can take it: without routes and repeated answers, which speak of its own questionnaire."""
    plain = said_plainly(question)
    return replace(
        plain,
        options=tuple(replace(said_plainly(option), shown_if=None) for option in plain.options),
        statements=tuple(replace(said_plainly(line), shown_if=None) for line in plain.statements),
        shown_if=None,
        library={},
    )


def said_plainly(part: Part) -> Part:
    """A question, option or statement whose words repeat no earlier answer: each repeats what stands in for one."""
    changed: dict[str, Any] = {
        name: plain_text(getattr(part, name)) for name in ("text", "hint", "label") if hasattr(part, name)
    }
    wordings = {
        variant: {name: said if name == "picture" else plain_text(said) for name, said in wording.items()}
        for variant, wording in part.variants.items()
    }
    return replace(part, **changed, variants=wordings)


def plain_text(text: Text) -> Text:
    """A text that repeats no earlier answer."""
    return {language: PIPE.sub(lambda pipe: pipe[2] or "…", said) for language, said in text.items()}


def taken(shared: Question, *, key: str, library_id: str, revision: int) -> Question:
    """A copy for a questionnaire, under a key of its own, that knows where it came from."""
    return replace(shared, key=key, library={"id": library_id, "revision": revision})


def free_key(wanted: str, used: set[str] | frozenset[str]) -> str:
    """The key itself, or with the first number behind it that makes it one of its own."""
    key, number = wanted, 1
    while key in used:
        number += 1
        ending = f"_{number}"
        key = wanted[: LONGEST_KEY - len(ending)] + ending
    return key


# How two copies differ ----------------------------------------------------------------------------------------------------


def differences(mine: Question, theirs: Question) -> list[Difference]:
    """What a questionnaire's copy and the shared question say differently, in questionnaire order.

    Routes, keys and whether it must be answered belong to the questionnaire. So do languages and variants that only it has.
    """
    mine, theirs = kept(mine), replace(kept(theirs), key=mine.key)
    if mine.kind != theirs.kind:
        return [Difference("The type of question", KINDS[mine.kind].label, KINDS[theirs.kind].label)]
    covered = covered_by(theirs)
    ours, shared = ({**sayings(question, covered), **facts_of(question)} for question in (mine, theirs))
    found = [Difference(what, ours.get(what, ""), shared.get(what, "")) for what in dict.fromkeys([*ours, *shared])]
    return [each for each in found if each.mine != each.theirs]


def covered_by(question: Question) -> Covered:
    """The languages and variants that a question has words in."""
    parts: tuple[Question | Option | Statement, ...] = (question, *question.options, *question.statements)
    return Covered(frozenset(question.text), frozenset(variant for part in parts for variant in part.variants))


def sayings(question: Question, covered: Covered) -> dict[str, str]:
    """Every text of a question in these languages and variants, by what an author would call it."""
    texts = [
        (part.place.partition(".")[2], variant, text)
        for part in parts_of_question(question)
        for variant, text in (("", part.text), *part.wordings.items())
        if not variant or variant in covered.variants
    ]
    return {
        named(place, variant, language): said
        for place, variant, text in (*texts, ("short", "", question.short))
        for language, said in text.items()
        if language in covered.languages
    }


def named(place: str, variant: str, language: str) -> str:
    """What is said at a place, as an author would call it: "Answer 3, easy read"."""
    name = "the name in reports" if place == "short" else part_in_words(place)
    asides = ([VARIANTS.get(variant, variant).lower()] if variant else []) + (
        [language_name(language)] if language != "en" else []
    )
    return ", ".join([name[0].upper() + name[1:], *asides])


def facts_of(question: Question) -> dict[str, str]:
    """What a question says beside its texts, in words: settings, the order of its answers, how they count, its pictures."""
    found = {
        f"The setting “{name}”": in_words(value)
        for name, value in question.settings.items()
        if name not in SETTING_TEXTS
    }
    if question.options:
        found["The order of the answers"] = ", ".join(str(option.code) for option in question.options)
    for option in question.options:
        if option.exclusive:
            found[f"Answer {option.code} is chosen alone"] = "Yes"
        if option.meaning:
            found[f"What answer {option.code} counts as"] = option.meaning.replace("_", " ")
    pictured: tuple[Question | Option | Statement, ...] = (question, *question.options, *question.statements)
    pictures = [picture_of(part, variant) for part in pictured for variant in part.variants]
    if files := [picture.file for picture in pictures if picture]:
        found["The pictures"] = ", ".join(files)
    return found


def in_words(value: Any) -> str:
    """The value of a setting as an author reads it."""
    if isinstance(value, bool):
        return "Yes" if value else "No"
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


# Taking the shared words --------------------------------------------------------------------------------------------------


def with_library_words(mine: Question, theirs: Question) -> Question:
    """The questionnaire's copy in the shared question's words, under its own key, routes and codes. Raises OtherKind.

    Answers and statements that only the shared question has are added; those that only this copy has stay, and so do languages
    and variants that only it has.
    """
    if mine.kind != theirs.kind:
        raise OtherKind(f"{mine.key}: {mine.kind} and {theirs.kind}")
    covered = covered_by(theirs)
    texts = {
        name: over(mine.settings.get(name, {}), theirs.settings.get(name, {}), covered)
        for name in SETTING_TEXTS
        if name in mine.settings or name in theirs.settings
    }
    return replace(
        mine,
        text=over(mine.text, theirs.text, covered),
        hint=over(mine.hint, theirs.hint, covered),
        short=over(mine.short, theirs.short, covered),
        settings={**theirs.settings, **{name: text for name, text in texts.items() if text}},
        options=merged(
            {each.code: each for each in mine.options}, {each.code: each for each in theirs.options}, covered
        ),
        statements=merged(
            {each.key: each for each in mine.statements}, {each.key: each for each in theirs.statements}, covered
        ),
        variants=wordings_over(mine.variants, theirs.variants, covered),
    )


def over(mine: Text, theirs: Text, covered: Covered) -> Text:
    """The shared words in the languages that the shared question has, and this copy's in the others.

    Words that differ only in repeating an earlier answer stay. What the shared question does not say in any language goes.
    """
    plain = plain_text(mine)
    if all(plain.get(language, "") == theirs.get(language, "") for language in covered.languages):
        return mine
    if not theirs:
        return {}
    return {**theirs, **{language: said for language, said in mine.items() if language not in covered.languages}}


def merged(mine: Mapping[Name, Line], theirs: Mapping[Name, Line], covered: Covered) -> tuple[Line, ...]:
    """Options or statements, by code or key, in the shared words and order.

    Each that only this copy has stays behind the one it stood behind.
    """
    order = list(theirs)
    for before, name in zip([None, *mine], mine, strict=False):
        if name not in theirs:
            order.insert(order.index(before) + 1 if before in order else 0, name)
    return tuple(
        line_over(mine[name], theirs[name], covered)
        if name in mine and name in theirs
        else mine.get(name) or theirs[name]
        for name in order
    )


def line_over(mine: Line, theirs: Line, covered: Covered) -> Line:
    """An option or statement that both have, in the shared words."""
    changed: dict[str, Any] = {
        "label": over(mine.label, theirs.label, covered),
        "variants": wordings_over(mine.variants, theirs.variants, covered),
    }
    if isinstance(theirs, Option):
        changed["exclusive"] = theirs.exclusive
    return replace(mine, **changed)


def wordings_over(
    mine: Mapping[str, Wording], theirs: Mapping[str, Wording], covered: Covered
) -> Mapping[str, Wording]:
    """What variants say: the shared words in the variants that the shared question has, and this copy's in the others."""
    found = {variant: wording for variant, wording in mine.items() if variant not in covered.variants}
    for variant, wording in theirs.items():
        own = mine.get(variant, {})
        found[variant] = {
            name: said if name == "picture" else over(own.get(name, {}), said, covered)
            for name, said in wording.items()
        }
    return found
