"""The report's section on organisations: how many, who they are, what they answered and what they wrote, apart from people.

An organisation that gives its name is told that it may be published. Names are therefore listed even where the number of
organisations is too small to show; that number then stands nowhere as a hidden one, for the list would tell it. Under a
policy that rounds, knowing it gives no number of people away. Under one that publishes true counts it would, and then
nothing is listed.
"""

from equality.disclosure.tables import printed
from exports.asked import name_question
from exports.comments import (
    MOST_LISTED,
    TELLING,
    alike,
    evenly_chosen,
    lists_comments,
    may_identify,
    shortened,
    turned_straight,
)
from exports.document import Bullets, Column, Link, Paragraph, Quote, Section, Table
from exports.results import ORGANISATIONS
from exports.wording import rule_note
from surveys.models import RespondentType

HELD_BACK = "Some are held back until a person has read them."


def organisation_sections(results, common):
    """What organisations said. `common` are words that name nobody, as `comments.may_identify` takes them."""
    number = results.organisations_shown()
    if number == "0":
        yield Section("Organisations", (Paragraph("No organisation took part."),))
        return
    is_shown = number.isdecimal()
    answers = results.received.given_as(RespondentType.ORGANISATION)
    may_list = is_shown or not results.policy.is_exact
    yield Section(
        "Organisations",
        (
            Paragraph(
                (how_many(results, number, is_shown=is_shown), *(NOT_COUNTED if results.left_out else COUNTED_APART))
            ),
            *(names_blocks(results, answers, is_shown=is_shown) if may_list else ()),
            *numbers_blocks(results),
        ),
    )
    if may_list:
        yield from written_sections(results, answers, common)


NOT_COUNTED = (" No number in this report counts them.",)
COUNTED_APART = (
    " They are among the responses counted in the summary and in ",
    Link("Table 1", "#table-1"),
    ". Everywhere else in this report they are counted apart from people.",
)


def how_many(results, number, *, is_shown):
    """How many took part, as far as it may be said."""
    if not is_shown:
        return "Some organisations took part."
    return f"{'' if results.policy.is_exact else 'About '}{printed(number)} organisations took part."


# Who they are -----------------------------------------------------------------------------------------------------------


def names_blocks(results, answers, *, is_shown):
    """The names that organisations gave, and how many gave none."""
    question = name_question(results.definition)
    if question is None:
        return
    given = [name for found in answers if (name := plain_name(found.get(question.key)))]
    safe = sorted({name.casefold(): name for name in given if not TELLING.search(name)}.values(), key=str.casefold)
    if safe:
        held = f" {HELD_BACK}" if any(TELLING.search(name) for name in given) else ""
        yield Paragraph(
            f"These organisations gave their name, which the form said may be published. Each is listed once.{held}"
        )
        yield Bullets(tuple(safe))
    yield Paragraph(without_name(results, len(given), len(answers), is_shown=is_shown))


def plain_name(value):
    """A name on one line; "" where none was given."""
    return " ".join(turned_straight(value).split()) if isinstance(value, str) else ""


def without_name(results, named, everyone, *, is_shown):
    """How many gave no name. Beside the list of names, a number of those who did would tell a hidden total."""
    table = results.number_table({"Gave a name": named, "Gave none": everyone - named}, title="Names")
    none = table.cells[1][0]
    if not is_shown or none.value is None:
        return "How many gave no name cannot be shown."
    return f"{none.printed} gave no name." if none.value else "Every organisation gave a name."


# What they said ---------------------------------------------------------------------------------------------------------


def numbers_blocks(results):
    """Their answers on scales: numbers only where there are enough of them to show any."""
    tables = [
        results.table(summary, group=ORGANISATIONS)
        for _, summaries in results.questions()
        for summary in summaries
        if summary.chart == "scale"
    ]
    shown = [table for table in tables if any(cell.value for cells in table.cells for cell in cells)]
    if not shown:
        yield Paragraph("They are too few for their answers to be shown as numbers.")
    yield from map(organisation_table, shown)


def organisation_table(table):
    rows = tuple((label, table.cells[place][0].printed) for place, label in enumerate(table.rows))
    title = f"{table.title} (base: {table.grand_total.printed} organisations)"
    return Table(title, (Column("Answer"), Column("Number", True)), rows, (rule_note(table.policy),))


def written_sections(results, answers, common):
    """What they wrote to each question that asks for words, held back as people's comments are."""
    for question, summaries in results.questions():
        if summaries[0].chart == "text" and lists_comments(question):
            texts = [turned_straight(text) for found in answers if isinstance(text := found.get(question.key), str)]
            if texts:
                blocks = tuple(written_blocks(texts, common))
                yield Section(f"What organisations wrote: {results.heading(question)}", blocks, level=2)


def written_blocks(texts, common):
    """Some of the texts to one question, and whether others are held back."""
    groups = alike(texts)
    safe = [group.text for group in groups if not may_identify(group.text, common)]
    listed = "Some of what organisations wrote is listed here." if safe else "Nothing that was written is listed yet."
    yield Paragraph(f"{listed} {HELD_BACK}" if len(safe) < len(groups) else listed)
    yield from (Quote(shortened(text)) for text in evenly_chosen(safe, MOST_LISTED))
