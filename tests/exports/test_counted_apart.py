"""Letters, emails, events and petitions in the report: apart, each with its base, and safe to publish."""

from dataclasses import replace

import pytest

from consult.models import Consultation
from exports.document import Bullets, Inset, Paragraph, Quote, Table
from exports.participation import participation_document
from exports.report import compose_report
from exports.subjects import CountedApart, Event, Letter, Petition
from tests.builders import comment, questionnaire, scale
from tests.consultations import open_consultation
from tests.exports.composed import BASELINE, CLAIMS, FACTS, FEW, blocks_of, crowd, own_words_of, texts_of
from tests.exports.respondents import close, results_now, send

pytestmark = pytest.mark.django_db
APART = "Other responses, counted apart"
PEOPLE_SAID = "What letters and emails from people said"
ORGANISATIONS_SAID = "What letters and emails from organisations said"
AT_EVENTS = "What was said at events and meetings"
PETITIONS_ASK = "What petitions ask for"
SUMMARY = "Summary"
PETITION = Petition(
    title="Keep our clinic", organiser="A group or campaign", received_on="Monday 5 April 2027", signatures=1214,
    passages=(("", "We ask the board to keep the clinic at Northbridge open."),),
)  # fmt: skip
TEA = Event(
    title="Tea and talk", held_on="Friday 2 April 2027", place="Library", people=23, organisation="The voice group",
    passages=(("how", "several people said that the bus is late."),),
)  # fmt: skip


def letters(number, **more):
    return tuple(Letter(**{"is_email": False, "is_organisation": False} | more) for _ in range(number))


def report_on(apart, *, policy="nhs_round5"):
    consultation = Consultation.objects.first() or crowd(FEW, policy=policy)
    return compose_report(results_now(consultation), replace(FACTS, apart=apart), BASELINE)


def sections_on(apart, **more):
    """The blocks of the report on these, by heading; {} where it has no such section."""
    return sections_of(report_on(apart, **more))


def sections_of(report):
    headings = [section.heading for section in report.sections]
    if APART not in headings:
        return {}
    first, last = headings.index(APART), headings.index("What we could not find out")
    return {section.heading: section.blocks for section in report.sections[first:last]}


def paragraphs(blocks):
    return [block.text for block in blocks if isinstance(block, Paragraph)]


def quotes(blocks):
    return [(block.text, block.source) for block in blocks if isinstance(block, Quote)]


# Numbers ----------------------------------------------------------------------------------------------------------------


def test_a_petition_is_one_response_with_its_signatures_apart():
    found = sections_on(CountedApart(petitions=(PETITION,)))

    (table,) = [block for block in found[APART] if isinstance(block, Table)]
    assert table.caption == "Petitions (base: 1,215 signatures)"
    assert table.rows == (("Keep our clinic", "A group or campaign", "Monday 5 April 2027", "1,215"),)
    assert paragraphs(found[APART]) == [
        "Each petition is one response. Signatures are not respondents: people who sign support one text, and did not answer "
        "the questions."
    ]
    assert found[PETITIONS_ASK] == (
        Paragraph("“Keep our clinic”, 1,215 signatures:"),
        Quote("We ask the board to keep the clinic at Northbridge open."),
    )


def test_no_other_number_of_the_report_changes_for_them():
    results = results_now(crowd(FEW))
    with_none, with_many = (
        compose_report(results, replace(FACTS, apart=apart), BASELINE)
        for apart in (CountedApart(), CountedApart(letters(40), (TEA,), (PETITION,)))
    )

    def others(report):
        return [section for section in report.sections if section.heading not in (SUMMARY, *sections_of(report))]

    def summary(report):
        return next(section.blocks for section in report.sections if section.heading == SUMMARY)

    assert others(with_none) == others(with_many)
    (told,) = [block for block in summary(with_many) if block not in summary(with_none)]
    assert tuple(block for block in summary(with_many) if block != told) == summary(with_none)
    assert told == Paragraph(
        "Beside these there were 40 letters and emails from people, 25 people at events and 1 petition with 1,215 signatures. "
        "They are counted apart, in “Other responses, counted apart”, and in no other number here."
    )


def test_letters_and_emails_from_people_are_told_with_their_base():
    found = sections_on(CountedApart(letters(12) + letters(21, is_email=True)))

    (table,) = [block for block in found[APART] if isinstance(block, Table)]
    assert table.caption == "Letters and emails from people (base: 35 letters and emails)"
    assert table.rows == (("Letters from people", "10"), ("Emails from people", "20"))


def test_an_event_is_told_with_its_heads_and_one_that_few_came_to_without():
    few = replace(TEA, title="Drop-in", people=4, organisation="", passages=(("", "they asked for more time."),))

    found = sections_on(CountedApart(events=(TEA, few)))

    (table,) = [block for block in found[APART] if isinstance(block, Table)]
    assert [row[-1] for row in table.rows] == ["25", "[c]"]
    assert [row[3] for row in table.rows] == ["The voice group", "Not named"]
    assert "Heads were counted. Somebody who came to 2 events is counted twice." in paragraphs(found[APART])
    assert found[AT_EVENTS] == (
        Paragraph("Tea and talk, Friday 2 April 2027, as noted by those who ran it."),
        Quote("several people said that the bus is late.", "About “What about how?”"),
        Paragraph("Drop-in: too few people came for the notes to be listed."),
    )


def test_that_nothing_came_is_said_and_a_rehearsal_says_nothing():
    assert paragraphs(sections_on(CountedApart())[APART]) == [
        "No letter, email, event or petition was recorded for this consultation."
    ]
    assert sections_of(compose_report(results_now(crowd(FEW, slug="other")), FACTS, BASELINE)) == {}


def test_they_are_said_to_be_no_respondents_before_any_number():
    first = sections_on(CountedApart(letters(12)))[APART][0]

    assert isinstance(first, Inset)
    assert "no other number here counts them" in first.text


@pytest.mark.parametrize("policy", ["nhs_round5", "exact"])
def test_true_numbers_that_are_released_alike_make_the_same_report(policy):
    """What is hidden cannot be read off the section, whatever lies behind it."""
    said = (("", "i would like a bus."),)
    one, another = (
        sections_on(CountedApart(letters(few, passages=said), (replace(TEA, people=few),)), policy=policy)
        for few in (2, 3)
    )

    assert one == another
    assert [row[-1] for block in one[APART] if isinstance(block, Table) for row in block.rows][-1] == "[c]"


# Organisations ----------------------------------------------------------------------------------------------------------

NAMED = (
    Letter(False, True, name="Northbridge Carers", passages=(("how", "we would like a named person."),)),
    Letter(True, True, name="northbridge carers", passages=()),
    Letter(True, True, passages=(("", "we would like a bus."),)),
)


def test_organisations_that_agreed_are_named_once_and_their_hidden_number_stands_nowhere():
    report = report_on(CountedApart(NAMED))
    found = sections_of(report)

    assert "Some letters and emails came from organisations." in paragraphs(found[APART])
    assert [block.items for block in found[APART] if isinstance(block, Bullets)] == [("northbridge carers",)]
    assert "[c]" not in str(found[APART])
    assert quotes(found[ORGANISATIONS_SAID]) == [
        ("we would like a named person.", "About “What about how?”"),
        ("we would like a bus.", "In general"),
    ]


def test_under_true_counts_too_few_organisations_are_neither_named_nor_quoted():
    found = sections_on(CountedApart(NAMED), policy="exact")

    assert [block for block in found[APART] if isinstance(block, Bullets)] == []
    assert ORGANISATIONS_SAID not in found


def test_many_organisations_are_numbered():
    found = sections_on(CountedApart(letters(11, is_organisation=True)))

    assert "About 10 letters and emails came from organisations." in paragraphs(found[APART])


# Words ------------------------------------------------------------------------------------------------------------------


def test_what_people_wrote_is_listed_with_its_question_and_what_may_name_somebody_is_held_back():
    told = (("how", "we would like a bus."), ("", "Ask Winifred Oakapple."), ("gone", "please ring 01632 960 123."))
    found = sections_on(CountedApart(letters(8) + letters(1, passages=told) + letters(8, passages=told[:1])))

    assert found[PEOPLE_SAID] == (
        Paragraph("Some of what was written is listed here. Some are held back until a person has read them."),
        Quote("we would like a bus.", "About “What about how?”"),
    )


def test_letters_of_a_campaign_are_told_once_with_their_number():
    """J2."""
    words = (
        "Please keep the clinic at Northbridge open, because the bus to the other one takes an hour and costs too much."
    )
    found = sections_on(CountedApart(letters(24, passages=(("how", words),))))

    assert found[PEOPLE_SAID] == (
        Paragraph("Some of what was written is listed here."),
        Paragraph("25 letters and emails have nearly the same words, as happens when a campaign asks people to write:"),
        Quote(words, "About “What about how?”"),
    )


def test_words_of_too_few_people_are_not_listed():
    found = sections_on(CountedApart(letters(3, passages=(("", "we would like a bus."),))))

    assert found[PEOPLE_SAID] == (Paragraph("Too few people wrote for any of their words to be listed."),)


def test_no_more_is_listed_than_the_published_number_allows():
    texts = [
        f"we would like a {what}." for what in ("bus", "bench", "shop", "lift", "park", "tram", "ramp", "train", "road")
    ]
    one_each = tuple(Letter(False, False, passages=(("", text),)) for text in texts)

    found = sections_on(CountedApart(one_each))

    assert len(quotes(found[PEOPLE_SAID])) <= 8


def test_words_of_the_comments_and_of_the_letters_name_nobody():
    """A capital at the beginning of a sentence is no name where others wrote the word small."""
    definition = questionnaire(scale("how"), comment("why"))
    consultation = open_consultation(definition, slug="words")
    for _ in range(20):
        send(consultation, {"how": 1, "why": "the buses are late"})
    told = letters(
        12, passages=(("", "The buses are late. Benches are few."), ("", "more benches, please. few have benches."))
    )
    report = compose_report(results_now(close(consultation)), replace(FACTS, apart=CountedApart(told)), BASELINE)

    assert "The buses are late. Benches are few." in [text for text, _ in quotes(sections_of(report)[PEOPLE_SAID])]


def test_a_petition_of_few_and_one_with_a_number_in_it_are_not_listed():
    few = replace(PETITION, title="Few", signatures=3)
    telling = replace(PETITION, title="Ring 01632 960 123", passages=(("", "ring 01632 960 123"),))

    found = sections_on(CountedApart(petitions=(few, telling)))

    assert paragraphs(found[PETITIONS_ASK]) == [
        "The text of “Few” is not listed here.",
        "The text of “[held back until a person has read it]” is not listed here.",
    ]
    assert "01632" not in " ".join(texts_of(report_on(CountedApart(petitions=(telling,)))))


def test_the_section_claims_nothing_that_a_consultation_cannot_show():
    report = report_on(CountedApart(letters(12) + NAMED, (TEA,), (PETITION,)))

    assert [text for text in own_words_of(report) if CLAIMS.search(text)] == []


# While it is open -------------------------------------------------------------------------------------------------------


def test_who_took_part_tells_their_numbers_apart_and_no_word_of_theirs():
    apart = CountedApart(letters(12, passages=(("", "kanarienvogel"),)), (TEA,), (PETITION,))
    facts = replace(FACTS, apart=apart)

    document = participation_document(results_now(crowd(FEW)), facts, BASELINE, by_day=[], drafts=0)

    section = next(section for section in document.sections if section.heading == APART)
    captions = [block.caption for block in section.blocks if isinstance(block, Table)]
    assert captions == [
        "Letters and emails from people (base: 10 letters and emails)",
        "Events and meetings (base: 25 people who came)",
        "Petitions (base: 1,215 signatures)",
    ]
    assert blocks_of(document, Quote) == []
    assert "kanarienvogel" not in " ".join(texts_of(document))
