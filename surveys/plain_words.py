"""The words check: what in a questionnaire's English is hard to read, leading or out of reach, said to its author. Pure.

Errors keep somebody out and block publishing: a link that says nothing, a picture without words, an instruction that only eyes
can follow. Warnings need a reason to stay. Each finding names the text it is about and quotes the words. Every text that people
read is checked, in the standard words and in those of variants; easy read has shorter sentences.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from surveys.definition import Definition, Option, Question, Statement
from surveys.jargon import jargon_in
from surveys.kinds import KINDS
from surveys.paths import paths
from surveys.piping import PIPE
from surveys.question_wording import (
    and_or,
    asks_an_opinion,
    leading_words,
    lets_people_not_know,
    two_judgements,
    two_questions,
)
from surveys.readability import LONGEST_SENTENCE, PLAIN, long_sentences, reading_of
from surveys.renderings import VARIANTS, parts, picture_of
from surveys.walking import sound

ENGLISH = "en"
SENTENCE_LIMITS = {"easy_read": 15}
"""The most words of a sentence in a variant; elsewhere it is LONGEST_SENTENCE."""
FEWEST_TO_SCORE = 40
"""A score of fewer words than these says little."""
MOST_QUESTIONS = 25
LONGEST_QUOTE = 160

EMPTY_LINK = re.compile(
    r"\b(?:click|tap|press|touch)\s+(?:here|this link|the link)\b|\bread more\b|\b(?:find out|more info(?:rmation)?) here\b"
    r"|\[\s*(?:here|this|more|link)\s*\]\s*\(|<a\b[^>]*>\s*(?:here|this|more|link)\s*</a>",
    re.I,
)
COLOURS = "red|green|amber|yellow|blue|orange|grey|gray|purple|pink|black|white"
THINGS = "(?:box|boxes|circle|cell|button|dot|row|column|link|section|answer|word)(?:s)?|text"
EYES_ONLY = re.compile(
    rf"\b(?:the|a|any|each|every)\s+(?:{COLOURS})\s+(?:{THINGS})\b"
    rf"|\b(?:marked|shown|shaded|highlighted|printed|written|coloured)\s+in\s+(?:{COLOURS})\b"
    r"|\b(?:the|this|each)\s+(?:table|grid|matrix)\s+(?:below|above|opposite)\b"
    r"|\b(?:in|using|complete|fill in)\s+(?:the|this)\s+(?:grid|matrix|table)\b"
    r"|\b(?:on|to)\s+the\s+(?:left|right)(?:-hand)?\s+(?:side|column|of\s+(?:the\s+)?(?:page|screen))\b",
    re.I,
)
"""Instructions that only somebody who sees the page, and its colours, can follow."""
SHOUTED = re.compile(r"\b(?:NOT|MUST|ALL|ONLY|PLEASE|NEVER|ALWAYS|ANY|EACH|ONE|AND|OR|NO|YES)\b")
CAPITALS = re.compile(rf"\b[A-Z]{{2,}}(?:[\s,]+[A-Z]{{2,}})+\b|\b[A-Z]{{7,}}\b|{SHOUTED.pattern}")
PASSIVE_START = re.compile(
    r"^(?:it\s+(?:is|has been|was)\s+(?:proposed|suggested|felt|considered|intended|expected|recommended|agreed|noted|hoped|"
    r"planned|envisaged)\b|consideration\b|your\s+(?:views|comments|answers|responses)\s+(?:are|is)\s+(?:sought|invited|welcomed))",
    re.I,
)


@dataclass(frozen=True)
class Finding:
    """One thing to mend. `where` is a page's or question's key, "" for the whole questionnaire; `part` which text of it, as in
    `renderings` (`hint`, `option.3`, `text.easy_read`). `level` is "error" or "warning", `code` the sort, `quote` the words.
    """

    where: str
    part: str
    level: str
    code: str
    says: str
    quote: str = ""


@dataclass(frozen=True)
class Passage:
    """One English text that people read. `asks`: it is the text of a question that can be answered."""

    where: str
    part: str
    text: str
    variant: str
    asks: bool

    @property
    def is_line(self) -> bool:
        """Whether it is an answer or a statement, and no sentence of the page."""
        return self.part.startswith(("option.", "statement."))

    def finding(self, level: str, code: str, says: str, quote: str = "") -> Finding:
        return Finding(self.where, self.part, level, code, says, shortened(quote))


def check_words(definition: Definition, *, longest_path: int | None = None) -> tuple[Finding, ...]:
    """Every finding, of the whole questionnaire first and then in its order.

    `longest_path` is the most questions that anybody is asked, where the caller has already found the paths.
    """
    definition = sound(definition)
    passages = list(passages_of(definition))
    found = [*whole_findings(definition, passages), *length_findings(definition, longest_path)]
    for passage in passages:
        found.extend(passage_findings(passage))
    for question in definition.questions():
        found.extend(question_findings(question))
    order = {where: place for place, where in enumerate(dict.fromkeys(["", *(passage.where for passage in passages)]))}
    return tuple(sorted(dict.fromkeys(found), key=lambda finding: order.get(finding.where, len(order))))


def passages_of(definition: Definition) -> Iterator[Passage]:
    """Every English text, with what it repeats of earlier answers in general words."""
    answerable = {q.key for q in definition.questions() if KINDS[q.kind].controls(q)}
    for part in parts(definition):
        where, _, name = part.place.partition(".")
        wordings = {"": part.text, **part.wordings}
        for variant, text in wordings.items():
            said = PIPE.sub(lambda match: match[2] or "it", text.get(ENGLISH, ""))
            if said.strip():
                called = f"{name}.{variant}" if variant else name
                yield Passage(where, called, said, variant, name == "text" and where in answerable)


# Of one text --------------------------------------------------------------------------------------------------------------


def passage_findings(passage: Passage) -> Iterator[Finding]:
    yield from reading_findings(passage)
    yield from wording_findings(passage)
    yield from access_findings(passage)


def reading_findings(passage: Passage) -> Iterator[Finding]:
    """Long sentences, hard words and capitals."""
    most = SENTENCE_LIMITS.get(passage.variant, LONGEST_SENTENCE)
    for sentence in long_sentences(passage.text, most=most):
        kept = f" in {VARIANTS[passage.variant].lower()}" if passage.variant in VARIANTS else ""
        says = f"This sentence has more than {most} words, the most{kept}. Make two of it"
        yield passage.finding("warning", "long_sentence", says, sentence)
    reading = reading_of(passage.text)
    if reading.words >= FEWEST_TO_SCORE and reading.ease < PLAIN:
        says = f"This text is hard to read: {reading.ease:.0f}, and plain English is {PLAIN:.0f} or more. "
        yield passage.finding("warning", "hard_to_read", says + "Use shorter sentences and shorter words", passage.text)
    for word, plain in jargon_in(passage.text):
        says = f"People outside the service may not know “{word}”. Say “{plain}”, or explain it"
        yield passage.finding("warning", "jargon", says, word)
    for match in CAPITALS.finditer(passage.text):
        if is_shouted(match[0]):
            says = "Words in capitals are hard to read, and a screen reader may spell them out. Use small letters"
            yield passage.finding("warning", "capitals", says, match[0])


def is_shouted(words: str) -> bool:
    """Whether capitals are words and not the short name of an organisation: "NHS", "BSL", "UK GDPR"."""
    each = re.findall(r"[A-Z]+", words)
    return bool(SHOUTED.search(words)) or max(map(len, each)) >= 5


def wording_findings(passage: Passage) -> Iterator[Finding]:
    """Two questions in one, leading words, and a start that hides who does what."""
    for quote in doubled(passage):
        says = "This asks two things at once, and one answer cannot tell which is meant. Ask about one, or make two questions"
        yield passage.finding("warning", "two_questions", says, quote)
    for quote, balanced in leading_words(passage.text) if passage.asks else ():
        advice = f"Ask “{balanced}”" if balanced else "Leave out words that say what to answer"
        yield passage.finding("warning", "leading", f"These words push towards one answer. {advice}", quote)
    if match := PASSIVE_START.search(passage.text):
        says = "Say who does it: start with “We”, “You” or a name"
        yield passage.finding("warning", "passive_start", says, match[0])


def doubled(passage: Passage) -> list[str]:
    """What makes two questions of one: in a question or a statement by its shape, elsewhere only "and/or"."""
    if passage.asks:
        return [*two_questions(passage.text), *two_judgements(passage.text)]
    if passage.part.startswith("statement."):
        return [*and_or(passage.text), *two_judgements(f"It is so: {passage.text}")]
    return list(and_or(passage.text))


def access_findings(passage: Passage) -> Iterator[Finding]:
    """Words that do not work without seeing or pointing."""
    for match in EMPTY_LINK.finditer(passage.text):
        says = "A link must say where it leads, as a screen reader may read it alone. Name the page it opens"
        yield passage.finding("error", "empty_link", says, match[0])
    for match in () if passage.is_line else EYES_ONLY.finditer(passage.text):
        says = "Somebody who cannot see the page, or its colours, cannot follow this. Say it in words, without place or colour"
        yield passage.finding("error", "eyes_only", says, match[0])


# Of one question, and of the whole ----------------------------------------------------------------------------------------


def question_findings(question: Question) -> Iterator[Finding]:
    """Pictures without words, and opinions asked of people who cannot say that they have none."""
    lines: list[tuple[str, Question | Option | Statement]] = [
        ("", question),
        *((f"statement.{line.key}.", line) for line in question.statements),
        *((f"option.{option.code}.", option) for option in question.options),
    ]
    for name, line in lines:
        for variant in line.variants:
            picture = picture_of(line, variant)
            if picture and not picture.alt.get(ENGLISH, "").strip():
                says = "This picture has no words for people who cannot see it. Write what it shows"
                yield Finding(question.key, f"{name}alt.{variant}", "error", "no_alt_text", says, picture.file)
    labels = [option.label.get(ENGLISH, "") for option in question.options]
    says_so = any(option.meaning == "dont_know" for option in question.options) or lets_people_not_know(labels)
    if is_closed(question) and not says_so and asks_an_opinion(question.text.get(ENGLISH, ""), labels):
        says = "Somebody with no opinion cannot say so. Add the answer “I do not know”"
        yield Finding(question.key, "text", "warning", "no_dont_know", says, shortened(question.text.get(ENGLISH, "")))


def is_closed(question: Question) -> bool:
    """Whether people choose one of some answers, for the question or for each statement. Ranking is not."""
    controls = KINDS[question.kind].controls(question)
    single = len(controls) == 1 or bool(question.statements)
    return bool(controls) and single and all(control.shape == "radios" for control in controls)


def whole_findings(definition: Definition, passages: Sequence[Passage]) -> Iterator[Finding]:
    """How hard all words together are to read, in the standard words and in each variant."""
    for variant in ("", *VARIANTS):
        reading = reading_of("\n".join(passage.text for passage in passages if passage.variant == variant))
        if reading.words >= FEWEST_TO_SCORE and reading.ease < PLAIN:
            what = VARIANTS[variant] if variant else "The whole questionnaire"
            says = f"{what} is hard to read: {reading.ease:.0f}, and plain English is {PLAIN:.0f} or more. "
            yield Finding("", variant, "warning", "hard_to_read", says + "Use shorter sentences and shorter words")


def length_findings(definition: Definition, longest_path: int | None) -> Iterator[Finding]:
    longest = paths(definition).longest if longest_path is None else longest_path
    if longest > MOST_QUESTIONS:
        says = f"Some people are asked {longest} questions. Many give up after {MOST_QUESTIONS}. Leave out what you will not use"
        yield Finding("", "", "warning", "too_many_questions", says)


def shortened(quote: str) -> str:
    """A quotation on one line, cut at a word where it is long."""
    line = " ".join(quote.split())
    return line if len(line) <= LONGEST_QUOTE else f"{line[:LONGEST_QUOTE].rsplit(' ', 1)[0]}…"
