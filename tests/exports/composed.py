"""Composed documents for tests: facts to compose them with, a crowd whose true numbers can be moved, and all their words."""

import re
from dataclasses import replace

from equality.population import find_baseline
from exports.assessment import compose_assessment
from exports.document import (
    Bullets,
    Chart,
    Definitions,
    Document,
    Inset,
    Paragraph,
    Quote,
    Table,
    Unwritten,
    plain_text,
)
from exports.report import compose_report
from exports.subjects import ReportFacts
from tests.builders import choice, questionnaire, scale, several
from tests.consultations import open_consultation
from tests.exports.respondents import close, results_now, send

BASELINE = find_baseline("wigan-16plus")
FACTS = ReportFacts(
    title="The clinic",
    organisation="Northbridge Partnership",
    purpose="We have a plan.",
    still_open="No decision has been made yet.",
    decided_by="the board",
    decision_on="Friday 1 October 2027",
    opened="Monday 1 March 2027",
    closes="11:59pm on Monday 31 May 2027",
    made_on="Tuesday 1 June 2027",
    version="The clinic, version 1 (12345678)",
)

CLAIMS = re.compile(
    r"complian|comply with|representative|represents?\b(?! groups)|no impact|neutral|residents want|people want"
    r"|statistically significant|margin of error|caused by|because of their",
    re.IGNORECASE,
)
"""What no report and no assessment may ever say (domain.md §3.5, ux.md §4)."""


def report_of(consultation):
    return compose_report(results_now(consultation), FACTS, BASELINE)


def assessment_of(consultation):
    return compose_assessment(results_now(consultation), FACTS, BASELINE)


CROWD = (
    ({"how": 1, "where": 1, "what": [1]}, {"sex": "female", "age": "65_74"}),
    ({"how": 2, "where": 2, "what": [1, 2]}, {"sex": "female", "age": "65_74"}),
    ({"how": 1, "where": 1, "what": [2]}, {"sex": "male", "age": "65_74"}),
    ({"how": 4, "where": 3, "what": [3]}, {"sex": "male", "age": "65_74"}),
    ({"how": 5, "where": 4, "what": [1]}, {"sex": "male", "age": "16_24"}),
)
"""Five sorts of people. How many there are of each is what tests move."""
FEW = (45, 40, 35, 25, 3)
MOVED = (44, 41, 36, 24, 6)
"""Other true numbers of which every table is released just the same: rounded alike, and hidden alike."""


def crowd(numbers, *, slug="plan", **fields):
    """A closed consultation that so many of each sort of people answered."""
    definition = questionnaire(
        scale("how"), choice("where", "Here", "There", "Elsewhere", "Nowhere"), several("what", "Bus", "Car", "Taxi")
    )
    consultation = open_consultation(definition, slug=slug, **fields)
    for (answers, equality), number in zip(CROWD, numbers, strict=True):
        for _ in range(number):
            send(consultation, answers, equality=equality)
    return close(consultation)


# Words ------------------------------------------------------------------------------------------------------------------


def blocks_of(document: Document, kind=object):
    """Every block of one kind, in order."""
    return [block for section in document.sections for block in section.blocks if isinstance(block, kind)]


def texts_of(document):
    """Everything that can be read in a document, heading by heading."""
    yield from (document.title, document.subtitle, document.mark)
    for section in document.sections:
        yield section.heading
        for block in section.blocks:
            yield from TEXTS[type(block)](block)


def own_words_of(document):
    """The same without what people wrote themselves."""
    kept = [
        replace(section, blocks=tuple(block for block in section.blocks if not isinstance(block, Quote)))
        for section in document.sections
    ]
    return list(texts_of(replace(document, sections=tuple(kept))))


TEXTS = {
    Paragraph: lambda block: [plain_text(block.text)],
    Inset: lambda block: [block.heading, plain_text(block.text)],
    Bullets: lambda block: [plain_text(item) for item in block.items],
    Quote: lambda block: [block.text, block.source],
    Unwritten: lambda block: [block.label, block.words],
    Definitions: lambda block: [part for term, meaning in block.items for part in (term, plain_text(meaning))],
    Table: lambda block: [
        block.caption,
        *(column.heading for column in block.columns),
        *(cell for row in block.rows for cell in row),
        *block.notes,
    ],
    Chart: lambda block: [
        block.title,
        block.subtitle,
        block.alternative,
        *block.series,
        *(part for row in block.rows for part in (row.label, row.outside, *(point.shown for point in row.points))),
    ],
}


def sentences_of(document):
    """The running text of a document: paragraphs, remarks and alternatives, but no quotes, labels and cells."""
    return [
        text
        for kind in (Paragraph, Inset)
        for block in blocks_of(document, kind)
        for text in TEXTS[kind](block)
        if text
    ]
