"""Every text of a questionnaire changed by one function, and what a questionnaire says in some of its languages. Pure."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from typing import Any, TypeVar

from surveys.definition import Definition, Option, Page, Question, Statement, Text, Wording
from surveys.renderings import SETTING_TEXTS, setting_text

Change = Callable[[Text], Text]
Line = TypeVar("Line", Option, Statement)


def only_in(definition: Definition, languages: Collection[str], variants: Collection[str] | None = None) -> Definition:
    """The questionnaire with words in these languages and variants alone; None keeps every variant."""
    kept = with_every_text(definition, lambda text: only_words_in(text, languages))
    return kept if variants is None else with_variants_only(kept, variants)


def question_only_in(question: Question, language: str) -> Question:
    """What a question says in one language, in its standard words."""
    said = question_with_every_text(question, lambda text: only_words_in(text, (language,)))
    return question_with_variants_only(said, ())


def page_only_in(page: Page, language: str) -> Page:
    """What a page says itself in one language, in its standard words; its questions stay as they are."""
    section, heading = (only_words_in(text, (language,)) for text in (page.section, page.heading))
    return replace(page, section=section, heading=heading, variants={})


def only_words_in(text: Text, languages: Collection[str]) -> Text:
    return {language: words for language, words in text.items() if language in languages}


# Every text ---------------------------------------------------------------------------------------------------------------


def with_every_text(definition: Definition, change: Change) -> Definition:
    """The questionnaire with each of its texts changed, those of variants and short names, and those around the questions too."""
    around = tuple(text for text in map(change, definition.around) if text)
    pages = tuple(page_with_every_text(page, change) for page in definition.pages)
    return replace(definition, around=around, pages=pages)


def page_with_every_text(page: Page, change: Change) -> Page:
    return replace(
        page,
        section=change(page.section),
        heading=change(page.heading),
        questions=tuple(question_with_every_text(question, change) for question in page.questions),
        variants=wordings_with_every_text(page.variants, change),
    )


def question_with_every_text(question: Question, change: Change) -> Question:
    settings: dict[str, Any] = {**question.settings}
    settings |= {name: change(text) for name in SETTING_TEXTS if (text := setting_text(question, name))}
    return replace(
        question,
        text=change(question.text),
        hint=change(question.hint),
        short=change(question.short),
        settings={name: value for name, value in settings.items() if name not in SETTING_TEXTS or value},
        options=tuple(line_with_every_text(option, change) for option in question.options),
        statements=tuple(line_with_every_text(line, change) for line in question.statements),
        variants=wordings_with_every_text(question.variants, change),
    )


def line_with_every_text(line: Line, change: Change) -> Line:
    return replace(line, label=change(line.label), variants=wordings_with_every_text(line.variants, change))


def wordings_with_every_text(variants: Mapping[str, Wording], change: Change) -> dict[str, Wording]:
    """The texts of variants changed; those that say nothing then are left out, and pictures stay."""
    changed = {
        variant: {name: said if name == "picture" else change(said) for name, said in wording.items()}
        for variant, wording in variants.items()
    }
    return without_nothing(changed)


def without_nothing(variants: Mapping[str, Wording]) -> dict[str, Wording]:
    """Variants without what says nothing."""
    said = {variant: {name: part for name, part in own.items() if part} for variant, own in variants.items()}
    return {variant: own for variant, own in said.items() if own}


# Variants -----------------------------------------------------------------------------------------------------------------


def with_variants_only(definition: Definition, variants: Collection[str]) -> Definition:
    """The questionnaire without what it says in other variants than these."""
    pages = (
        replace(
            page,
            variants=among(page.variants, variants),
            questions=tuple(question_with_variants_only(question, variants) for question in page.questions),
        )
        for page in definition.pages
    )
    return replace(definition, pages=tuple(pages))


def question_with_variants_only(question: Question, variants: Collection[str]) -> Question:
    return replace(
        question,
        variants=among(question.variants, variants),
        options=tuple(replace(option, variants=among(option.variants, variants)) for option in question.options),
        statements=tuple(replace(line, variants=among(line.variants, variants)) for line in question.statements),
    )


def among(held: Mapping[str, Wording], variants: Collection[str]) -> dict[str, Wording]:
    return {variant: wording for variant, wording in held.items() if variant in variants}
