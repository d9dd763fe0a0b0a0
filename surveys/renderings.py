"""The renderings of a questionnaire: each language beside the first, and each variant, such as easy read. Pure.

A rendering says the same questions in other words, under the same keys and codes. The document records of which words each
text of a rendering was made (a digest of the standard words, by place), so a text that was left behind when its question
changed is found here. A place is the key of a page or question and what is said there: `a1.text`, `a1.option.3`.
"""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from surveys.definition import Definition, Option, Page, Question, Statement, Text, Wording, words

VARIANTS = {"easy_read": "Easy read"}
"""Every variant there is, by the name that documents and responses use, with its name in English."""
SETTING_TEXTS = ("missing", "unit")
"""The settings of kinds that are texts people read."""
DIGEST_LENGTH = 12

Line = TypeVar("Line", Option, Statement)


@dataclass(frozen=True)
class Part:
    """One text of a questionnaire: its standard words, and those of variants (`{variant: text}`).

    A variant must have words of its own where `needs_own`; elsewhere it may keep the standard ones.
    """

    place: str
    text: Text
    wordings: Mapping[str, Text]
    needs_own: bool = False


@dataclass(frozen=True)
class Rendered:
    """One text of a rendering: the words it is made `of`, and its own, "" when there are none; `may_keep` those it is made of."""

    place: str
    of: str
    own: str
    may_keep: bool


@dataclass(frozen=True)
class RenderingState:
    """What a rendering lacks, as places in questionnaire order. `needs_check`: nobody who knows the language has read it yet."""

    missing: tuple[str, ...] = ()
    out_of_date: tuple[str, ...] = ()
    needs_check: bool = False

    @property
    def is_whole(self) -> bool:
        """Whether it says everything that the questionnaire says now."""
        return not self.missing and not self.out_of_date


@dataclass(frozen=True)
class Picture:
    """A picture beside words: the name of its file, and what it shows in words by language."""

    file: str
    alt: Text


# What a rendering lacks ---------------------------------------------------------------------------------------------------


def offered(definition: Definition) -> tuple[str, ...]:
    """The renderings that people can choose: every language but the first, then the variants."""
    return definition.languages[1:] + definition.variants


def in_preparation(definition: Definition) -> tuple[str, ...]:
    """The renderings that the document holds words for and people cannot choose yet, in the order of the alphabet."""
    found: set[str] = set(definition.renderings)
    for part in parts(definition):
        found |= {language for text in (part.text, *part.wordings.values()) for language in text} | set(part.wordings)
    return tuple(sorted(found - {definition.languages[0], *offered(definition)}))


def renderings_of(definition: Definition) -> tuple[str, ...]:
    """Every language and variant beside the first: those that people can choose, then those in preparation."""
    return (*offered(definition), *in_preparation(definition))


def state_of(definition: Definition, rendering: str) -> RenderingState:
    """What a language or a variant lacks. Linear in the texts of the questionnaire."""
    record = definition.renderings.get(rendering, {})
    missing, out_of_date = [], []
    for text in rendered(definition, rendering):
        if not text.own and not (text.may_keep and text.place in record):
            missing.append(text.place)
        elif record.get(text.place) != digest(text.of):
            out_of_date.append(text.place)
    return RenderingState(tuple(missing), tuple(out_of_date), rendering in definition.unchecked)


def recorded(definition: Definition, rendering: str) -> Definition:
    """The definition with everything that a rendering says recorded as made of today's words: what "done" does.

    Where a variant may keep the standard words and has none of its own, this says that it keeps them.
    """
    record = {text.place: digest(text.of) for text in rendered(definition, rendering) if text.own or text.may_keep}
    return replace(definition, renderings={**definition.renderings, rendering: record})


def rendered(definition: Definition, rendering: str) -> Iterator[Rendered]:
    """Every text of a rendering, in questionnaire order; none for the first language, which all others are made of."""
    first = definition.languages[0]
    if rendering == first:
        return
    for part in parts(definition):
        standard = part.text.get(first, "")
        if rendering in VARIANTS:
            if standard:
                own = part.wordings.get(rendering, {}).get(first, "")
                yield Rendered(part.place, standard, own, may_keep=not part.needs_own)
            continue
        if standard:
            yield Rendered(part.place, standard, part.text.get(rendering, ""), may_keep=False)
        # A variant need not be translated: who chose both gets the language. What is translated of it must keep up.
        for variant, text in part.wordings.items():
            if text.get(rendering) and text.get(first):
                yield Rendered(f"{part.place}.{variant}", text[first], text[rendering], may_keep=False)


def digest(standard: str) -> str:
    """A short name for some words, by which a change of them is noticed."""
    return hashlib.sha256(standard.encode("utf-8", "surrogatepass")).hexdigest()[:DIGEST_LENGTH]


def told_in(definition: Definition, language: str) -> dict[str, str]:
    """`{words in the first language: words in another}`, for what is said around the questions and is translated.

    Whoever says something looks it up by the words that it has now: a translation of words that were changed since is not found,
    and so is never shown. Nothing for the first language itself.
    """
    first = definition.languages[0]
    texts = () if language == first else definition.around
    return {text[first]: text[language] for text in texts if text.get(first) and text.get(language)}


# The texts of a questionnaire ---------------------------------------------------------------------------------------------


def parts(definition: Definition) -> Iterator[Part]:
    """Every text that people read, in questionnaire order. Short labels are for reports, which are in the first language."""
    for page in definition.pages:
        yield from parts_of_page(page)


def parts_of_page(page: Page) -> Iterator[Part]:
    """Every text of a page: its own and its questions'."""
    for name, text in (("section", page.section), ("heading", page.heading)):
        yield Part(f"{page.key}.{name}", text, wordings(page.variants, name))
    for question in page.questions:
        yield from parts_of_question(question)


def parts_of_question(question: Question) -> Iterator[Part]:
    """Every text of a question."""
    key, variants = question.key, question.variants
    yield Part(f"{key}.text", question.text, wordings(variants, "text"), needs_own=True)
    yield Part(f"{key}.hint", question.hint, wordings(variants, "hint"))
    yield Part(f"{key}.alt", {}, wordings(variants, "alt"))
    for name in SETTING_TEXTS:
        yield Part(f"{key}.{name}", setting_text(question, name), wordings(variants, name))
    lines: list[tuple[str, Statement | Option]] = [
        *((f"{key}.statement.{line.key}", line) for line in question.statements),
        *((f"{key}.option.{option.code}", option) for option in question.options),
    ]
    for place, line in lines:
        yield Part(place, line.label, wordings(line.variants, "label"))
        yield Part(f"{place}.alt", {}, wordings(line.variants, "alt"))


def wordings(variants: Mapping[str, Wording], name: str) -> Mapping[str, Text]:
    """What each variant says in place of one text."""
    return {variant: wording[name] for variant, wording in variants.items() if wording.get(name)}


def setting_text(question: Question, name: str) -> Text:
    """A setting that is a text; empty where it is not there, or is not one."""
    value: Any = question.settings.get(name)
    is_text = isinstance(value, Mapping) and all(isinstance(word, str) for word in value.values())
    return value if is_text else {}


PART_NAMES = {
    "text": "the question",
    "hint": "the hint",
    "alt": "the picture",
    "missing": "what is said when it is left blank",
    "unit": "the unit",
    "section": "the section",
    "heading": "the heading",
}


def by_question(definition: Definition, places: tuple[str, ...]) -> dict[str, list[str]]:
    """Places in words for whoever writes the questionnaire: `{key of the page or question: ["the hint", "answer 3"]}`."""
    found: dict[str, list[str]] = {}
    for place in places:
        key, _, part = place.partition(".")
        found.setdefault(key, []).append(part_in_words(part))
    return found


def part_in_words(part: str) -> str:
    """What is said at a place of a question, as an author would call it."""
    name, *rest = part.split(".")
    if name in ("option", "statement"):
        name = f"{'answer' if name == 'option' else name} {rest.pop(0)}"
    asides = ["its picture" if aside == "alt" else VARIANTS.get(aside, aside).lower() for aside in rest]
    return ", ".join([PART_NAMES.get(name, name), *asides])


def title_of(definition: Definition, key: str) -> str:
    """The question with this key in the first language, to its first line end; of a page its heading, else its first question.

    The key where there is neither.
    """
    asked = {
        page.key: page.heading or page.questions[0].text for page in definition.pages if page.heading or page.questions
    }
    asked |= {question.key: question.text for question in definition.questions()}
    text = asked.get(key, {})
    return words(text, definition.languages[0]).partition("\n")[0] or key


# A questionnaire as it is asked -------------------------------------------------------------------------------------------


def questionnaire_as_asked(definition: Definition, variant: str) -> Definition:
    """The questionnaire in a variant's words, with the same keys, codes and conditions; itself for the standard one, ""."""
    return (
        replace(definition, pages=tuple(page_as_asked(page, variant) for page in definition.pages))
        if variant
        else definition
    )


def page_as_asked(page: Page, variant: str) -> Page:
    """The page and its questions in a variant's words."""
    own = page.variants.get(variant, {})
    return replace(
        page,
        section=over(page.section, own.get("section")),
        heading=over(page.heading, own.get("heading")),
        questions=tuple(as_asked(question, variant) for question in page.questions),
    )


def as_asked(question: Question, variant: str) -> Question:
    """The question in a variant's words where it has them, language by language; itself for the standard variant, "".

    Keys, codes, conditions, kind and settings stay, but for what is said when the question is left blank.
    """
    if not variant:
        return question
    own = question.variants.get(variant, {})
    missing = {"missing": over(setting_text(question, "missing"), own["missing"])} if own.get("missing") else {}
    return replace(
        question,
        text=over(question.text, own.get("text")),
        hint=over(question.hint, own.get("hint")),
        settings={**question.settings, **missing},
        options=tuple(line_as_asked(option, variant) for option in question.options),
        statements=tuple(line_as_asked(line, variant) for line in question.statements),
    )


def line_as_asked(line: Line, variant: str) -> Line:
    """An option or a statement in a variant's words."""
    own = line.variants.get(variant, {})
    return replace(line, label=over(line.label, own["label"])) if own.get("label") else line


def over(standard: Text, own: Text | None) -> Text:
    """A text with a variant's words in place of the standard ones, in each language in which it has them."""
    return {**standard, **{language: said for language, said in (own or {}).items() if said}}


def pictures(definition: Definition) -> Iterator[tuple[str, Picture]]:
    """Every picture of the questionnaire's variants, with the key of its question."""
    for question in definition.questions():
        pictured: tuple[Question | Option | Statement, ...] = (question, *question.options, *question.statements)
        for part in pictured:
            yield from ((question.key, picture) for variant in part.variants if (picture := picture_of(part, variant)))


def picture_of(part: Question | Option | Statement, variant: str) -> Picture | None:
    """The picture that a variant puts beside a question, an option or a statement."""
    own = part.variants.get(variant, {})
    return Picture(own["picture"], own.get("alt", {})) if own.get("picture") else None
