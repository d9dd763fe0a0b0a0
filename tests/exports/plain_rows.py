"""The file of responses by the plainest code there is, row by row and straight from the documents: what the export is held
against. It shares with the export only the kinds' columns and the route.
"""

import csv
import io

from django.utils import timezone

from exports.tables import NOT_ASKED_TEXT
from surveys.codebook import every_round
from surveys.journey import journey
from surveys.kinds import KINDS
from surveys.marks import is_mark
from surveys.models import Response, ResponseStatus
from surveys.publishing import published

WRITTEN = ("short_text", "long_text", "postcode", "number", "date")
BLANKS = " \t\n\u00a0\u2003\u200b\ufeff"
LIVE = ("=", "+", "-", "@", "＝", "＋", "－", "＠")


def plain_file(consultation):
    """The CSV file of a consultation's counted responses, as bytes."""
    columns = plain_columns(consultation)
    stream = io.StringIO()
    writer = csv.writer(stream)
    writer.writerow(
        ["reference", "sent on", "channel", "language", "variant", "answered as", "version", *map(guarded, columns)]
    )
    for response in Response.objects.filter(
        version__questionnaire=consultation.questionnaire_id, status=ResponseStatus.COUNTED
    ).order_by("id"):
        cells = plain_cells(response)
        missing = {key: NOT_ASKED_TEXT if kind in WRITTEN else -1 for key, kind in columns.items()}
        writer.writerow([guarded(cell) for cell in (*plain_facts(response), *(missing | cells).values())])
    return b"\xef\xbb\xbf" + stream.getvalue().encode()


def plain_columns(consultation):
    """`{column key: kind of question}`: the newest version's, then those that it dropped."""
    columns = {}
    for version in consultation.questionnaire.versions.order_by("-number"):
        for question in every_round(published(version.id).definition):
            for part in KINDS[question.kind].columns(question):
                columns.setdefault(key_of(question, part.part), question.kind)
    return columns


def plain_facts(response):
    return (
        response.reference,
        timezone.localtime(response.submitted_at).date(),
        response.channel,
        response.language,
        response.variant,
        response.respondent_type,
        response.version.number,
    )


def plain_cells(response):
    """`{column key: cell}` of one response, worked out from its document alone."""
    version = published(response.version_id)
    route = journey(version.definition, response.answers)
    asked = {question.key: question for question in route.questions()}
    cells = {}
    for whole in every_round(version.definition):
        narrowed, value = asked.get(whole.key), route.answers.get(whole.key)
        for column in KINDS[whole.kind].columns(whole):
            cells[key_of(whole, column.part)] = cell_of(whole, narrowed, column.part, value)
    return cells


def key_of(question, part):
    return f"{question.key}.{part}" if part else question.key


def cell_of(whole, narrowed, part, value):
    """One cell: `narrowed` is the question as it was asked, None where it was not."""
    is_text = whole.kind in WRITTEN
    if narrowed is None or not is_offered(narrowed, part):
        return NOT_ASKED_TEXT if is_text else -1
    if isinstance(value, dict) and whole.kind == "statements" and not is_mark(value):
        value = value.get(part)
    if value is None:
        return "" if is_text else -2
    if is_mark(value):
        return "[cannot be read]" if is_text else {"illegible": -4, "several": -5}[value["mark"]]
    return CELLS.get(whole.kind, lambda question, value, part: value)(whole, value, part)


def is_offered(question, part):
    """Whether this person was shown the option or statement that a column is of."""
    if question.kind == "several_choices":
        return any(str(option.code) == part for option in question.options)
    return question.kind != "statements" or any(line.key == part for line in question.statements)


def ticked(question, value, part):
    if any(option.meaning == "prefer_not_to_say" and option.code in value for option in question.options):
        return -3
    return 1 if int(part) in value else 0


CELLS = {
    "several_choices": ticked,
    "ranking": lambda question, value, part: value[int(part[1:]) - 1] if len(value) >= int(part[1:]) else -2,
    "postcode": lambda question, value, part: value.get("sector") or value["outward"],
}


def guarded(cell):
    """Text that a spreadsheet would run with an apostrophe before it; anything else as it is."""
    if not isinstance(cell, str):
        return cell
    is_live = cell.startswith(("\t", "\r", "\n")) or cell.lstrip(BLANKS).startswith(LIVE)
    return f"'{cell}" if is_live else cell
