"""How many letters, emails, people at events and signatures came beside answers to the questions: each with its base.

All of them go through the gate. A head-count or a number of signatures is no number of respondents: somebody may have signed,
come and answered, and nobody can tell.
"""

from equality.disclosure.tables import printed
from exports.comments import TELLING, turned_straight
from exports.document import Column, Inset, Paragraph, Table
from exports.wording import rule_note

NOT_RESPONDENTS = (
    "These came beside answers to the questions. They are counted apart, and no other number here counts them. "
    "Somebody who wrote, came to an event or signed a petition may have answered the questions too, or not."
)
APART = "Other responses, counted apart"
"""The heading of their section."""
NOTHING_CAME = "No letter, email, event or petition was recorded for this consultation."
CAME_TWICE = "Heads were counted. Somebody who came to 2 events is counted twice."
ONE_RESPONSE = (
    "Each petition is one response. Signatures are not respondents: people who sign support one text, and did not answer the "
    "questions."
)
HELD_TITLE = "[held back until a person has read it]"


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
    table = letters(results, apart)
    rows = tuple((label, table.cells[place][0].printed) for place, label in enumerate(table.rows))
    title = f"{table.title} (base: {table.grand_total.printed} letters and emails)"
    return Table(title, (Column("What came"), Column("Number", True)), rows, (rule_note(table.policy),))


def events_table(results, apart):
    """Each event with its head-count."""
    table = heads(results, apart)
    rows = tuple(
        (plain_line(event.title), event.held_on, plain_line(event.place), event_runner(event), cells[0].printed)
        for event, cells in zip(apart.events, table.cells, strict=True)
    )
    title = f"Events and meetings (base: {table.grand_total.printed} people who came)"
    columns = (Column("Event"), Column("Held on"), Column("Place"), Column("Who ran it"), Column("People", True))
    return Table(title, columns, rows, (rule_note(table.policy),))


def letters(results, apart):
    """The numbers of letters and of emails from people, released together."""
    numbers = {
        "Letters from people": sum(not letter.is_email for letter in from_people(apart)),
        "Emails from people": sum(letter.is_email for letter in from_people(apart)),
    }
    return results.number_table(numbers, title="Letters and emails from people")


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
        (plain_line(petition.title), petition.organiser, petition.received_on, cells[0].printed)
        for petition, cells in zip(apart.petitions, table.cells, strict=True)
    )
    title = f"Petitions (base: {table.grand_total.printed} signatures)"
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


def organisations_shown(results, apart):
    """How many letters and emails came from organisations, as it may be shown."""
    numbers = {"Organisations": len(from_organisations(apart))}
    return results.number_table(numbers, title="Organisations").grand_total.shown


def how_many_organisations(results, apart):
    """The same in a sentence. Beside a list of names a hidden number would tell: it then stands nowhere (`organisations.py`)."""
    number = organisations_shown(results, apart)
    if not number.isdecimal():
        return "Some letters and emails came from organisations."
    return f"{'' if results.policy.is_exact else 'About '}{printed(number)} letters and emails came from organisations."


def may_list(results, apart):
    """Whether the names and words of organisations may stand here: under true counts only where their number does."""
    return organisations_shown(results, apart).isdecimal() or not results.policy.is_exact
