"""Writing a language or a variant beside the standard words: what each text says, and edits of them. Pure.

An edit is a function from one document to the next, like those in `editing.py`. What a rendering is, and what it lacks, is in
`renderings.py`. Words that were written are recorded as made of today's standard words; standard words that change are kept as
long as a rendering was made of them (`Definition.earlier`), so that whoever looks at it sees what has changed.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any, TypeVar

from surveys.definition import Definition, Option, Page, Question, Statement, Text
from surveys.editing import page_with, with_pages
from surveys.renderings import SETTING_TEXTS, VARIANTS, Rendered, digest, offered, part_in_words, rendered, setting_text
from surveys.texts import with_every_text, with_variants_only, without_nothing

Worded = TypeVar("Worded", Page, Question, Option, Statement)
TWO_NAMES = ("option", "statement")
"""What is said at such a place is told by two names: `option.3`."""


class State(StrEnum):
    """How far one text of a rendering is."""

    MISSING = "Missing"
    OUT_OF_DATE = "Out of date"
    KEPT = "As the standard words"
    DONE = "Done"


@dataclass(frozen=True)
class Beside:
    """One text of a rendering: the words it is made `of`, its `own`, and `was`, what the first were when it was written.

    `was` is "" unless it is out of date and the words are known. `may_keep`: a variant may say nothing of its own here.
    """

    place: str
    of: str
    own: str
    was: str
    may_keep: bool
    state: State

    @property
    def name(self) -> str:
        """What is said there, as an author would call it."""
        return part_in_words(self.place.partition(".")[2])


# Looking ------------------------------------------------------------------------------------------------------------------


def beside(definition: Definition, rendering: str) -> Iterator[Beside]:
    """Every text of a rendering, in questionnaire order."""
    record = definition.renderings.get(rendering, {})
    for text in rendered(definition, rendering):
        state, made_of = state_of_text(text, record), record.get(text.place, "")
        was = definition.earlier.get(made_of, "") if state == State.OUT_OF_DATE else ""
        yield Beside(text.place, text.of, text.own, was, text.may_keep, state)


def beside_on(definition: Definition, rendering: str, page: Page) -> tuple[Beside, ...]:
    """The texts of a page and its questions."""
    return tuple(beside(replace(definition, pages=(page,)), rendering))


def state_of_text(text: Rendered, record: Mapping[str, str]) -> State:
    """How far one text is, by what is recorded of the whole rendering."""
    if not text.own and not (text.may_keep and text.place in record):
        return State.MISSING
    if record.get(text.place) != digest(text.of):
        return State.OUT_OF_DATE
    return State.DONE if text.own else State.KEPT


# Writing ------------------------------------------------------------------------------------------------------------------


def with_texts(
    definition: Definition, rendering: str, typed: Mapping[str, str], *, right: Collection[str] = ()
) -> Definition:
    """Texts of a rendering as they were typed, by place; those at the places `right` are right, or kept, as they are.

    What somebody changed needs a check again. Places that the rendering does not have are passed over.
    """
    texts = {text.place: text for text in beside(definition, rendering) if text.place in typed}
    record = dict(definition.renderings.get(rendering, {}))
    found = definition
    for place, text in texts.items():
        said, is_right = typed[place], place in right
        if said != text.own:
            found = with_words(found, rendering, place, said)
        if said == text.own and not is_right and text.state != State.KEPT:
            continue
        if said or (text.may_keep and is_right):
            record[place] = digest(text.of)
        else:
            record.pop(place, None)
    found = replace(found, renderings={**found.renderings, rendering: record})
    is_other = any(typed[place] != text.own for place, text in texts.items())
    return with_check_needed(found, rendering) if is_other else found


def with_told(definition: Definition, language: str, said: Mapping[str, str]) -> Definition:
    """Texts around the questions in a language: `{words in the first language: words in this one}`, "" takes them away.

    What somebody changed needs a check again.
    """
    first = definition.languages[0]
    around = {text.get(first, ""): text for text in definition.around}
    for standard, own in said.items():
        around[standard] = put(around.get(standard, {first: standard}), language, own, is_first=False)
    # A text in its own language alone says nothing to anybody.
    changed = replace(definition, around=tuple(text for text in around.values() if len(text) > 1))
    return with_check_needed(changed, language) if changed != definition else definition


def with_words(definition: Definition, rendering: str, place: str, said: str) -> Definition:
    """The questionnaire with other words at one place of a rendering; "" takes them away."""
    key, _, part = place.partition(".")
    names, first = part.split("."), definition.languages[0]
    if rendering in VARIANTS:
        variant, language = rendering, first
    else:
        length = 2 if names[0] in TWO_NAMES else 1
        variant, language = (names.pop() if len(names) > length and names[-1] in VARIANTS else ""), rendering

    def reword(worded: Worded, name: str) -> Worded:
        return with_text(worded, name, variant, language, said, is_first=language == first)

    return at_place(definition, key, names, reword)


def with_picture(definition: Definition, variant: str, place: str, *, file: str, alt: str) -> Definition:
    """A picture of a variant beside a question (`a1`), option or statement (`a1.option.3`); with "" for its file, none."""
    key, _, part = place.partition(".")
    first = definition.languages[0]

    def pictured(worded: Worded, name: str) -> Worded:
        own = dict(worded.variants.get(variant, {}))
        others = {language: words for language, words in own.get("alt", {}).items() if language != first}
        own |= {"picture": file, "alt": {first: alt, **others} if file and alt else {}}
        return replace(worded, variants=without_nothing({**worded.variants, variant: own}))

    return at_place(definition, key, part.split(".") if part else ["text"], pictured)


def at_place(definition: Definition, key: str, names: list[str], reword: Any) -> Definition:
    """The questionnaire with what stands at a place reworded: `reword(part, name of its text)`."""
    if names[0] in ("section", "heading"):
        return with_pages(definition, reword(page_with(definition, key), names[0]))
    page = definition.page_of(key)
    if page is None:
        return definition
    questions = (reworded(each, names, reword) if each.key == key else each for each in page.questions)
    return with_pages(definition, replace(page, questions=tuple(questions)))


def reworded(question: Question, names: list[str], reword: Any) -> Question:
    """A question with one of its texts, or of its options or statements, reworded."""
    if names[0] not in TWO_NAMES:
        return reword(question, names[0])
    name = "alt" if names[2:] == ["alt"] else "label"
    if names[0] == "option":
        options = (reword(each, name) if str(each.code) == names[1] else each for each in question.options)
        return replace(question, options=tuple(options))
    statements = (reword(each, name) if each.key == names[1] else each for each in question.statements)
    return replace(question, statements=tuple(statements))


def with_text(worded: Worded, name: str, variant: str, language: str, said: str, *, is_first: bool) -> Worded:
    """A part with one of its texts in other words: the standard ones, or those of a variant."""
    if variant:
        own = worded.variants.get(variant, {})
        reworded_variant = {**own, name: put(own.get(name, {}), language, said, is_first=is_first)}
        return replace(worded, variants=without_nothing({**worded.variants, variant: reworded_variant}))
    if name in SETTING_TEXTS and isinstance(worded, Question):
        text = put(setting_text(worded, name), language, said, is_first=is_first)
        changes: dict[str, Any] = {"settings": {**worded.settings, name: text}}
    else:
        changes = {name: put(getattr(worded, name), language, said, is_first=is_first)}
    return replace(worded, **changes)


def put(text: Text, language: str, said: str, *, is_first: bool) -> Text:
    """A text with words in a language, or without. The first language stands first: a text falls back to the first it has."""
    others = {other: words for other, words in text.items() if other != language}
    if not said:
        return others
    return {language: said, **others} if is_first else {**others, language: said}


# Whole renderings ---------------------------------------------------------------------------------------------------------


def with_rendering(definition: Definition, rendering: str, *, is_offered: bool) -> Definition:
    """The questionnaire with a language or variant that is to be written; `is_offered`: for people to choose."""
    record = definition.renderings.get(rendering, {})
    begun = replace(definition, renderings={**definition.renderings, rendering: record})
    return with_offer(with_check_needed(begun, rendering), rendering, is_offered=is_offered)


def with_offer(definition: Definition, rendering: str, *, is_offered: bool) -> Definition:
    """The questionnaire with a language or variant for people to choose, or one that is being prepared."""
    if is_offered == (rendering in offered(definition)):
        return definition
    name = "variants" if rendering in VARIANTS else "languages"
    held: tuple[str, ...] = getattr(definition, name)
    kept = (*held, rendering) if is_offered else tuple(each for each in held if each != rendering)
    # What is not offered stays known by its record.
    renderings = {**definition.renderings, rendering: definition.renderings.get(rendering, {})}
    return replace(definition, renderings=renderings, **{name: kept})  # type: ignore[arg-type]


def with_check_needed(definition: Definition, rendering: str) -> Definition:
    """The questionnaire with a rendering that nobody who knows it has read as it is."""
    if rendering in definition.unchecked:
        return definition
    return replace(definition, unchecked=(*definition.unchecked, rendering))


def with_check_done(definition: Definition, rendering: str) -> Definition:
    """The questionnaire with a rendering that somebody who knows it has read."""
    return replace(definition, unchecked=tuple(each for each in definition.unchecked if each != rendering))


def without_rendering(definition: Definition, rendering: str) -> Definition:
    """The questionnaire without a language or variant, and without anything that was written in it."""
    left = with_check_done(with_offer(definition, rendering, is_offered=False), rendering)
    left = replace(left, renderings={name: record for name, record in left.renderings.items() if name != rendering})
    if rendering in VARIANTS:
        held = {variant for page in left.pages for variant in page_variants(page)}
        return with_variants_only(left, held - {rendering})
    return with_every_text(left, lambda text: {name: said for name, said in text.items() if name != rendering})


def page_variants(page: Page) -> Iterator[str]:
    """The variants that something of a page has words in."""
    yield from page.variants
    for question in page.questions:
        lines: tuple[Question | Option | Statement, ...] = (question, *question.options, *question.statements)
        for line in lines:
            yield from line.variants


# What the words were ------------------------------------------------------------------------------------------------------


def with_earlier_words(before: Definition, after: Definition) -> Definition:
    """The edited questionnaire, in which the words that something was made of and that have changed since are kept."""
    said = {digest(text.of): text.of for name in before.renderings for text in rendered(before, name)}
    known = {**said, **before.earlier}
    needed = {
        made_of
        for name, record in after.renderings.items()
        for text in rendered(after, name)
        if (made_of := record.get(text.place)) and made_of != digest(text.of)
    }
    earlier = {made_of: known[made_of] for made_of in sorted(needed) if made_of in known}
    return after if earlier == after.earlier else replace(after, earlier=earlier)
