"""What differs between a published questionnaire and its draft, and which of it may be changed while people answer. Pure.

Answers given before and after are tabulated together by question key and option code. So words may be mended and options,
questions, pages, languages and easy read added, but nothing may come to mean something else under the same key or code.

A language or a variant that people cannot choose yet changes nothing for anybody: of it, only that it can be chosen is told.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from surveys.definition import Definition, Option, Page, Question, Statement, Text, words
from surveys.kinds import KINDS
from surveys.languages import language_name
from surveys.mending import is_typing_mistake
from surveys.naming import rendering_in_a_sentence
from surveys.renderings import offered, picture_of, questionnaire_as_asked, setting_text
from surveys.texts import only_in

HARMLESS_SHAPES = ("words", "lines", "tick")
"""Settings that change what is said or shown, and not which answers fit."""


@dataclass(frozen=True)
class Change:
    """One difference. `where` is the key of a page or question; `says` tells it to staff, `before` and `after` are its words.

    `is_wording` is for words that somebody must call a typing mistake or a clarification. `refusal` says why it cannot be made
    while people answer, and what to do instead; "" where it can.
    """

    where: str
    says: str
    before: str = ""
    after: str = ""
    is_wording: bool = False
    refusal: str = ""

    @property
    def is_allowed(self) -> bool:
        return not self.refusal


NEW_QUESTION = "Add a new question instead, and take this one out, so that both are counted for what they asked."
NEW_OPTION = "Add a new option instead. People who chose this one meant what it said."
TOO_MUCH = "This is more than a typing mistake."
OPTION, STATEMENT = "words of an option", "words of a statement"
BACK = f"{TOO_MUCH} People who chose it in {{name}} meant what it said there. Put the old words back."
"""What to do about an option or a statement in a language or a variant: the words that it was chosen by are the only ones."""


def changes_between(old: Definition, new: Definition) -> tuple[Change, ...]:
    """Every difference, in the order of the new questionnaire; what was taken out comes last."""
    languages = [language for language in new.languages if language in old.languages]
    variants = [variant for variant in new.variants if variant in old.variants]
    told = [*rendering_changes(old, new)]
    old, new = (only_in(each, languages, variants) for each in (old, new))
    told += [*around_changes(old, new), *page_changes(old, new), *question_changes(old, new)]
    for variant in variants:
        told += variant_changes(old, new, variant)
    return (*told, *order_changes(old, new))


def rendering_changes(old: Definition, new: Definition) -> Iterator[Change]:
    """Languages and variants that people can choose now, or not any more."""
    for rendering in offered(new):
        if rendering not in offered(old):
            yield Change("", f"People can choose {rendering_in_a_sentence(rendering)}")
    for rendering in offered(old):
        if rendering not in offered(new):
            name = rendering_in_a_sentence(rendering)
            refusal = f"People have been able to choose it. Let people choose {name}, and mend what is wrong with it."
            yield Change("", f"People cannot choose {name} any more", refusal=refusal)


def around_changes(old: Definition, new: Definition) -> Iterator[Change]:
    """What is said around the questions in another language than the first: new, taken away, or in other words.

    It is looked up by the words of the first language, which stand with the consultation and are changed there.
    """
    first = new.languages[0]
    before, after = ({text.get(first, ""): text for text in each.around} for each in (old, new))
    for standard in dict.fromkeys((*before, *after)):
        was, now = ({**side.get(standard, {}), first: standard} for side in (before, after))
        what = "translation of what the consultation says of itself"
        yield from texts_changed("", what, was, now, new.languages)


def page_changes(old: Definition, new: Definition) -> Iterator[Change]:
    before = {page.key: page for page in old.pages}
    for page in new.pages:
        if page.key not in before:
            yield Change(page.key, "A page is new", after=name_of_page(page, new))
            continue
        yield from page_texts_changed(before[page.key], page, new.languages)
        if before[page.key].shown_if != page.shown_if:
            yield Change(page.key, "Who sees a page has changed", after=name_of_page(page, new))
        if before[page.key].repeat != page.repeat:
            refusal = f"How often a page is asked decides what its answers are about. {NEW_QUESTION}"
            yield Change(
                page.key, "What a page repeats for has changed", after=name_of_page(page, new), refusal=refusal
            )


def name_of_page(page: Page, definition: Definition) -> str:
    language = definition.languages[0]
    return words(page.heading, language) or " ".join(words(question.text, language) for question in page.questions)


def question_changes(old: Definition, new: Definition) -> Iterator[Change]:
    for question in new.questions():
        before = old.question(question.key)
        if before is None:
            yield Change(question.key, "A question is new", after=words(question.text, new.languages[0]))
        else:
            yield from changes_of_question(before, question, new.languages)
    for question in old.questions():
        if new.question(question.key) is None:
            text = words(question.text, old.languages[0])
            yield Change(question.key, "A question was taken out. Answers given to it stay counted", before=text)


def changes_of_question(before: Question, after: Question, languages: tuple[str, ...]) -> Iterator[Change]:
    """What differs between a question as it is asked and as it is drafted. `languages` are the questionnaire's."""
    key, text = after.key, words(after.text, languages[0])
    if before.kind != after.kind:
        kinds = f"{KINDS[before.kind].label} to {KINDS[after.kind].label}"
        yield Change(
            key,
            f"Its sort has changed: {kinds}",
            after=text,
            refusal=f"The answers cannot be counted together. {NEW_QUESTION}",
        )
        return
    yield from question_texts_changed(before, after, languages)
    if before.required != after.required:
        yield Change(key, "It must be answered now" if after.required else "It can be left blank now", after=text)
    if before.shown_if != after.shown_if:
        yield Change(key, "Who is asked has changed", after=text)
    yield from settings_changed(before, after, text)
    yield from option_changes(before, after, languages)
    yield from statement_changes(before, after, languages)


def settings_changed(before: Question, after: Question, text: str) -> Iterator[Change]:
    takes = KINDS[after.kind].takes
    for name in sorted({*before.settings, *after.settings}):
        if before.settings.get(name) == after.settings.get(name):
            continue
        harmless = name == "missing" or (name in takes and takes[name].shape in HARMLESS_SHAPES and name != "capacity")
        refusal = "" if harmless else f"It decides which answers fit. {NEW_QUESTION}"
        yield Change(after.key, f"Its setting “{name.replace('_', ' ')}” has changed", after=text, refusal=refusal)


def option_changes(before: Question, after: Question, languages: tuple[str, ...]) -> Iterator[Change]:
    language = languages[0]
    for option in after.options:
        was = before.option(option.code)
        if was is None:
            yield Change(after.key, "An option is new", after=words(option.label, language))
            continue
        yield from texts_changed(after.key, OPTION, was.label, option.label, languages, may_clarify=False)
        if (was.meaning, was.exclusive) != (option.meaning, option.exclusive):
            label = words(option.label, language)
            yield Change(after.key, "What an option means has changed", after=label, refusal=NEW_OPTION)
        if was.shown_if != option.shown_if:
            yield Change(after.key, "Who is offered an option has changed", after=words(option.label, language))
    for option in before.options:
        if after.option(option.code) is None:
            refusal = "People have been able to choose it. Leave it, and say in the hint what has changed."
            yield Change(after.key, "An option was taken out", before=words(option.label, language), refusal=refusal)
    if kept_codes(before.options, after) != kept_codes(after.options, before):
        refusal = (
            "Answers on paper and on the screen would not be in the same order. Put new options behind the others."
        )
        yield Change(after.key, "The order of options has changed", after=words(after.text, language), refusal=refusal)


def kept_codes(options: tuple[Option, ...], other: Question) -> list[int]:
    return [option.code for option in options if other.option(option.code)]


def statement_changes(before: Question, after: Question, languages: tuple[str, ...]) -> Iterator[Change]:
    language = languages[0]
    was = {line.key: line for line in before.statements}
    for line in after.statements:
        if line.key not in was:
            yield Change(after.key, "A statement is new", after=words(line.label, language))
            continue
        yield from texts_changed(after.key, STATEMENT, was[line.key].label, line.label, languages, may_clarify=False)
        if was[line.key].shown_if != line.shown_if:
            yield Change(after.key, "Who is shown a statement has changed", after=words(line.label, language))
    kept = {line.key for line in after.statements}
    for line in before.statements:
        if line.key not in kept:
            refusal = "People have answered it. Leave it, or take the whole question out."
            yield Change(after.key, "A statement was taken out", before=words(line.label, language), refusal=refusal)


def variant_changes(old: Definition, new: Definition, variant: str) -> Iterator[Change]:
    """What a variant that people can choose says and shows in another way, where its standard words do not change likewise."""
    name, standard = rendering_in_a_sentence(variant), set(all_texts_changed(old, new))
    for change in all_texts_changed(*(questionnaire_as_asked(each, variant) for each in (old, new))):
        if change not in standard:
            refusal = change.refusal and BACK.format(name=name)
            yield replace(change, says=f"{change.says}, in {name}", refusal=refusal)
    for question in new.questions():
        was = old.question(question.key)
        if was and pictures_of(was, variant) != pictures_of(question, variant):
            text = words(question.text, new.languages[0])
            yield Change(question.key, f"The pictures of a question have changed, in {name}", after=text)


def all_texts_changed(old: Definition, new: Definition) -> Iterator[Change]:
    """What is said in other words of pages and questions that were there before."""
    pages = {page.key: page for page in old.pages}
    for page in new.pages:
        if was := pages.get(page.key):
            yield from page_texts_changed(was, page, new.languages)
        for question in page.questions:
            if asked := old.question(question.key):
                missing = [setting_text(each, "missing") for each in (asked, question)]
                yield from question_texts_changed(asked, question, new.languages)
                yield from texts_changed(
                    question.key, "words for a question left blank", missing[0], missing[1], new.languages
                )
                yield from labels_changed(asked, question, new.languages)


def page_texts_changed(before: Page, after: Page, languages: tuple[str, ...]) -> Iterator[Change]:
    yield from texts_changed(after.key, "heading of a page", before.heading, after.heading, languages)
    yield from texts_changed(after.key, "section of a page", before.section, after.section, languages)


def question_texts_changed(before: Question, after: Question, languages: tuple[str, ...]) -> Iterator[Change]:
    yield from texts_changed(after.key, "words of a question", before.text, after.text, languages)
    yield from texts_changed(after.key, "hint of a question", before.hint, after.hint, languages)
    yield from texts_changed(after.key, "short name of a question", before.short, after.short, languages)


def labels_changed(before: Question, after: Question, languages: tuple[str, ...]) -> Iterator[Change]:
    """The words of options and statements that were there before, which may only be mended."""
    for option in after.options:
        if was := before.option(option.code):
            yield from texts_changed(after.key, OPTION, was.label, option.label, languages, may_clarify=False)
    lines = {line.key: line for line in before.statements}
    for line in after.statements:
        if line.key in lines:
            yield from texts_changed(
                after.key, STATEMENT, lines[line.key].label, line.label, languages, may_clarify=False
            )


def pictures_of(question: Question, variant: str) -> list[object]:
    """The pictures of a question, its options and its statements, and what each of them is of."""
    pictured: tuple[Question | Option | Statement, ...] = (question, *question.statements, *question.options)
    keys = (question.key, *(line.key for line in question.statements), *(option.code for option in question.options))
    return [(key, picture_of(part, variant)) for key, part in zip(keys, pictured, strict=True)]


def texts_changed(
    where: str, what: str, before: Text, after: Text, languages: tuple[str, ...], *, may_clarify: bool = True
) -> Iterator[Change]:
    """Words that differ, in any language. Those of options and statements may only be mended, not clarified.

    Which language is the first, and in what order the others come, `languages` says: a text that a database gives back has
    them in an order of its own.
    """
    first, others = languages[0], sorted({*before, *after} - {*languages})
    for language in (*languages, *others):
        was, now = before.get(language, ""), after.get(language, "")
        if was == now:
            continue
        is_new, named = not was, "" if language == first else f", in {language_name(language)}"
        otherwise = BACK.format(name=language_name(language)) if named else f"{TOO_MUCH} {NEW_OPTION}"
        refusal = "" if may_clarify or is_new or is_typing_mistake(was, now) else otherwise
        says = f"The {what} {'have' if what.startswith('words') else 'has'} changed{named}"
        yield Change(where, says, before=was, after=now, is_wording=not is_new, refusal=refusal)


def order_changes(old: Definition, new: Definition) -> Iterator[Change]:
    before = [question.key for question in old.questions() if new.question(question.key)]
    after = [question.key for question in new.questions() if old.question(question.key)]
    if before != after:
        yield Change("", "The order of questions has changed")
