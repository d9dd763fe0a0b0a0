"""The report's section on letters, emails, events and petitions: each with its base, and none of it among the answers.

Numbers of people go through the gate like all others, and words are held back as comments are. A head-count or a number of
signatures is no number of respondents: somebody may have signed, come and answered, and nobody can tell.
"""

from exports.comments import (
    MOST_LISTED,
    TELLING,
    alike,
    evenly_chosen,
    may_identify,
    ordinary_words,
    shortened,
    turned_straight,
)
from exports.document import Bullets, Column, Inset, Paragraph, Quote, Section, Table
from exports.wording import question_words, rule_note
from surveys.definition import words

NOT_RESPONDENTS = (
    "These came beside answers to the questions. They are counted apart, and no other number here counts them. "
    "Somebody who wrote, came to an event or signed a petition may have answered the questions too, or not."
)
NOTHING_CAME = "No letter, email, event or petition was recorded for this consultation."
CAME_TWICE = "Heads were counted. Somebody who came to 2 events is counted twice."
ONE_RESPONSE = (
    "Each petition is one response. Signatures are not respondents: people who sign support one text, and did not answer the "
    "questions."
)
HELD_BACK = "Some are held back until a person has read them."
HELD_TITLE = "[held back until a person has read it]"
IN_GENERAL = "In general"


def apart_sections(results, facts, common):
    """What was received and what it said. `common` are words that name nobody, as `comments.may_identify` takes them."""
    apart = facts.apart
    if apart is None:
        return
    yield Section(
        "Other responses, counted apart", (*number_blocks(results, apart), *organisation_blocks(results, apart))
    )
    common = common | ordinary_words(results, all_words(apart))
    for heading, found in (
        ("What letters and emails from people said", list(letters_blocks(results, apart, common))),
        ("What letters and emails from organisations said", list(organisation_words(results, apart, common))),
        ("What was said at events and meetings", list(events_blocks(results, apart, common))),
        ("What petitions ask for", list(petitions_blocks(results, apart))),
    ):
        if found:
            yield Section(heading, tuple(found), level=2)


def number_blocks(results, apart):
    """How much came, each sort with its own base. No words of theirs but the titles of events and petitions."""
    yield Inset(NOT_RESPONDENTS)
    if not (apart.letters or apart.events or apart.petitions):
        yield Paragraph(NOTHING_CAME)
    if from_people(apart):
        yield letters_table(results, apart)
    if from_organisations(apart):
        yield Paragraph(how_many_organisations(results, apart))
    if apart.events:
        yield events_table(results, apart)
        yield Paragraph(CAME_TWICE)
    if apart.petitions:
        yield petitions_table(results, apart)
        yield Paragraph(ONE_RESPONSE)


def from_people(apart):
    return [letter for letter in apart.letters if not letter.is_organisation]


def from_organisations(apart):
    return [letter for letter in apart.letters if letter.is_organisation]


def letters_table(results, apart):
    """Letters and emails from people."""
    numbers = {
        "Letters from people": sum(not letter.is_email for letter in from_people(apart)),
        "Emails from people": sum(letter.is_email for letter in from_people(apart)),
    }
    table = results.number_table(numbers, title="Letters and emails from people")
    rows = tuple((label, table.cells[place][0].shown) for place, label in enumerate(table.rows))
    title = f"{table.title} (base: {table.grand_total.shown} letters and emails)"
    return Table(title, (Column("What came"), Column("Number", True)), rows, (rule_note(table.policy),))


def events_table(results, apart):
    """Each event with its head-count."""
    table = heads(results, apart)
    rows = tuple(
        (plain_line(event.title), event.held_on, plain_line(event.place), event_runner(event), cells[0].shown)
        for event, cells in zip(apart.events, table.cells, strict=True)
    )
    title = f"Events and meetings (base: {table.grand_total.shown} people who came)"
    columns = (Column("Event"), Column("Held on"), Column("Place"), Column("Who ran it"), Column("People", True))
    return Table(title, columns, rows, (rule_note(table.policy),))


def event_runner(event):
    return plain_line(event.organisation) if event.organisation else "Not named"


def heads(results, apart):
    """The head-counts, released together."""
    numbers = {str(place): event.people for place, event in enumerate(apart.events)}
    return results.number_table(numbers, title="Events and meetings")


def petitions_table(results, apart):
    """Each petition with its signatures."""
    table = signatures(results, apart)
    rows = tuple(
        (plain_line(petition.title), petition.organiser, petition.received_on, cells[0].shown)
        for petition, cells in zip(apart.petitions, table.cells, strict=True)
    )
    title = f"Petitions (base: {table.grand_total.shown} signatures)"
    columns = (Column("Petition"), Column("Who organised it"), Column("Received on"), Column("Signatures", True))
    return Table(title, columns, rows, (rule_note(table.policy),))


def signatures(results, apart):
    """The numbers of signatures, released together."""
    numbers = {str(place): petition.signatures for place, petition in enumerate(apart.petitions)}
    return results.number_table(numbers, title="Petitions")


def plain_line(text):
    """A title, place or name on one line; held back where it looks as if it held a number or an address of somebody."""
    line = " ".join(turned_straight(text).split())
    return HELD_TITLE if TELLING.search(line) else line


# Organisations ----------------------------------------------------------------------------------------------------------


def organisations_shown(results, apart):
    """How many letters and emails came from organisations, as it may be shown."""
    numbers = {"Organisations": len(from_organisations(apart))}
    return results.number_table(numbers, title="Organisations").grand_total.shown


def how_many_organisations(results, apart):
    """The same in a sentence. Beside a list of names a hidden number would tell: it then stands nowhere (`organisations.py`)."""
    number = organisations_shown(results, apart)
    if not number.isdecimal():
        return "Some letters and emails came from organisations."
    return f"{'' if results.policy.is_exact else 'About '}{number} letters and emails came from organisations."


def may_list(results, apart):
    """Whether the names and words of organisations may stand here: under true counts only where their number does."""
    return organisations_shown(results, apart).isdecimal() or not results.policy.is_exact


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
    """Some passages, chosen evenly, each with the question it was about; those in nearly the same words once."""
    about = {turned_straight(words): question for question, words in reversed(passages)}
    groups = alike([turned_straight(words) for _, words in passages])
    safe = [group.text for group in groups if not may_identify(group.text, common)]
    listed = "Some of what was written is listed here." if safe else "Nothing that was written is listed yet."
    yield Paragraph(f"{listed} {HELD_BACK}" if len(safe) < len(groups) else listed)
    yield from (quoted(results, text, about[text]) for text in evenly_chosen(safe, most))


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
            yield Paragraph(f"“{plain_line(petition.title)}”, {cells[0].shown} signatures:")
            yield from (Quote(shortened(text)) for text in safe)
