"""The report's section on letters, emails, events and petitions: each with its base, and none of it among the answers.

Their numbers are made in `apart_numbers.py`; their words are held back as comments are.
"""

from exports.apart_numbers import (
    APART,
    HELD_TITLE,
    from_organisations,
    from_people,
    heads,
    may_list,
    number_blocks,
    plain_line,
    signatures,
)
from exports.comments import (
    CAMPAIGN,
    MOST_LISTED,
    TELLING,
    alike,
    evenly_chosen,
    may_identify,
    ordinary_words,
    shortened,
    turned_straight,
)
from exports.document import Bullets, Paragraph, Quote, Section
from exports.wording import question_words
from surveys.definition import words

HELD_BACK = "Some are held back until a person has read them."
NOTHING_LISTED = "Nothing that was written is listed yet."
IN_GENERAL = "In general"


def apart_sections(results, facts, common):
    """What was received and what it said. `common` are words that name nobody, as `comments.may_identify` takes them."""
    apart = facts.apart
    if apart is None:
        return
    yield Section(APART, (*number_blocks(results, apart), *organisation_blocks(results, apart)))
    common = common | ordinary_words(results, all_words(apart))
    for heading, found in (
        ("What letters and emails from people said", list(letters_blocks(results, apart, common))),
        ("What letters and emails from organisations said", list(organisation_words(results, apart, common))),
        ("What was said at events and meetings", list(events_blocks(results, apart, common))),
        ("What petitions ask for", list(petitions_blocks(results, apart))),
    ):
        if found:
            yield Section(heading, tuple(found), level=2)


# Organisations ----------------------------------------------------------------------------------------------------------


def organisation_blocks(results, apart):
    """The names of organisations that agreed to be named, each once."""
    named = [plain_line(letter.name) for letter in from_organisations(apart) if letter.name]
    safe = sorted({name.casefold(): name for name in named if name != HELD_TITLE}.values(), key=str.casefold)
    if safe and may_list(results, apart):
        held = f" {HELD_BACK}" if HELD_TITLE in named else ""
        yield Paragraph(f"These organisations wrote to us and agreed to be named. Each is listed once.{held}")
        yield Bullets(tuple(safe))


def organisation_words(results, apart, common):
    """What organisations wrote, held back as people's words are."""
    passages = [passage for letter in from_organisations(apart) for passage in letter.passages]
    if passages and may_list(results, apart):
        yield from listed_passages(results, passages, common, most=MOST_LISTED)


# Words ------------------------------------------------------------------------------------------------------------------


def all_words(apart):
    """Every passage of all of them."""
    return [words for each in (*apart.letters, *apart.events, *apart.petitions) for _, words in each.passages]


def letters_blocks(results, apart, common):
    """Some of what people wrote. How many are listed must not tell more than the number published of how many wrote."""
    written = [letter.passages for letter in from_people(apart) if letter.passages]
    if not written:
        return
    number = results.number_table({"Letters": len(written)}, title="Letters").grand_total
    if not number.value:
        yield Paragraph("Too few people wrote for any of their words to be listed.")
        return
    passages = [passage for each in written for passage in each]
    most = min(MOST_LISTED, results.policy.possible(number.value)[0])
    yield from listed_passages(results, passages, common, most=most)


def listed_passages(results, passages, common, *, most):
    """Some passages, chosen evenly, each with the question it was about; those in nearly the same words once, as a campaign's."""
    about = {turned_straight(words): question for question, words in reversed(passages)}
    groups = alike([turned_straight(words) for _, words in passages])
    sent_by_many = [group for group in groups if group.number >= CAMPAIGN and not TELLING.search(group.text)]
    others = [group for group in groups if group not in sent_by_many]
    safe = [group.text for group in others if not may_identify(group.text, common)]
    listed = "Some of what was written is listed here." if safe or sent_by_many else NOTHING_LISTED
    yield Paragraph(f"{listed} {HELD_BACK}" if len(safe) < len(others) else listed)
    yield from (quoted(results, text, about[text]) for text in evenly_chosen(safe, most))
    for group in sent_by_many:
        number = results.number_table({"Senders": group.number}, title="Senders").grand_total.printed
        yield Paragraph(
            f"{number} letters and emails have nearly the same words, as happens when a campaign asks people to write:"
        )
        yield quoted(results, group.text, about[group.text])


def quoted(results, text, question):
    return Quote(shortened(text), source_of(results, question))


def source_of(results, key):
    """What a passage is about, for under it."""
    question = results.definition.question(key) if key else None
    return f"About “{words(question.short) or question_words(question, '…')}”" if question else IN_GENERAL


def events_blocks(results, apart, common):
    """The notes of each event that enough people came to, under its name."""
    if not apart.events:
        return
    for event, cells in zip(apart.events, heads(results, apart).cells, strict=True):
        title = plain_line(event.title)
        if event.passages and cells[0].value is None:
            yield Paragraph(f"{title}: too few people came for the notes to be listed.")
        elif event.passages:
            safe = [
                (key, turned_straight(said)) for key, said in event.passages
                if not may_identify(turned_straight(said), common)
            ]  # fmt: skip
            held = f" {HELD_BACK}" if len(safe) < len(event.passages) else ""
            yield Paragraph(f"{title}, {event.held_on}, as noted by those who ran it.{held}")
            yield from (quoted(results, said, key) for key, said in safe[:MOST_LISTED])


def petitions_blocks(results, apart):
    """The text of each petition that enough people signed. Its words are public, so a capital in them gives nobody away."""
    if not apart.petitions:
        return
    for petition, cells in zip(apart.petitions, signatures(results, apart).cells, strict=True):
        texts = [turned_straight(said) for _, said in petition.passages]
        safe = [text for text in texts if not TELLING.search(text)]
        if cells[0].value is None or not safe:
            yield Paragraph(f"The text of “{plain_line(petition.title)}” is not listed here.")
        else:
            yield Paragraph(f"“{plain_line(petition.title)}”, {cells[0].printed} signatures:")
            yield from (Quote(shortened(text)) for text in safe)
