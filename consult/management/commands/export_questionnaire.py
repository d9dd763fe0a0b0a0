"""`manage.py export_questionnaire SLUG --format F --out O [--language L]`: the questionnaire, its codebook or paper form."""

from pathlib import Path

from django.core.management.base import CommandError

from consult.management.base import ConsultationCommand, open_for_writing
from consult.paper import printed_forms
from consult.paper.equality_questions import paper_equality
from equality.categories import QUESTION_SETS
from exports.formats import DOCUMENT_FORMATS, TABLE_FORMATS
from exports.paper.codebook import paper_codebook
from exports.paper.facts import DRAFT
from exports.questionnaire import compose_questionnaire
from surveys.definition_json import from_json
from surveys.interchange import WRITERS, write_questionnaire
from surveys.publishing import latest_version_id, published

CODEBOOK = "codebook"
PAPER = {"paper": "standard", "paper-large": "large-print", "paper-easy-read": "easy-read"}
"""The edition of the paper form that each format is."""
ROWS = {"csv": TABLE_FORMATS["csv"], "xlsx": TABLE_FORMATS["xlsx"]}
"""The formats of a codebook for spreadsheets."""


class Command(ConsultationCommand):
    help = (
        "Write a consultation's questionnaire. As it is being edited: as JSON, which imports again to the last byte, as an "
        "XLSForm spreadsheet, or as a codebook (a name that ends in .pdf or .html is one to read, in .csv or .xlsx one for a "
        "spreadsheet). As it was published last: as a paper form; before that, the form is a marked draft."
    )

    def add_arguments(self, parser):
        super().add_arguments(parser)
        parser.add_argument("--format", choices=[*WRITERS, CODEBOOK, *PAPER], required=True, dest="format_name")
        parser.add_argument("--out", required=True, help="the file to write")
        parser.add_argument(
            "--language", help="the language of a codebook or a paper form, such as en; the others hold every language"
        )

    def handle(self, *, slug, format_name, out, language, quiet, **options):
        consultation = self.find(slug)
        definition = from_json(consultation.questionnaire.draft)
        if language and language not in definition.languages:
            there = ", ".join(definition.languages)
            raise CommandError(f"The questionnaire is not in the language {language!r}. It is in: {there}.")
        content = content_of(consultation, definition, format_name, out, language or definition.languages[0])
        with open_for_writing(out) as stream:
            content(stream)
        self.say(f"Wrote {out}", quiet=quiet)


def content_of(consultation, definition, format_name, out, language):
    """A function that writes what was asked for to a binary stream. Raises CommandError for what cannot be written."""
    if format_name in PAPER:
        written = paper_form(consultation, definition, printed_forms.Order(PAPER[format_name], language))
        return lambda stream: stream.write(written)
    if format_name == CODEBOOK:
        return codebook(consultation, definition, out, language)
    written = write_questionnaire(definition, format_name)
    return lambda stream: stream.write(written)


def paper_form(consultation, draft, order):
    """The bytes of a paper form: of the newest version, else of the draft. Raises CommandError with what to do."""
    version_id = latest_version_id(consultation.questionnaire_id)
    newest = published(version_id) if version_id else None
    definition, number = (newest.definition, newest.number) if newest else (draft, DRAFT)
    if order not in printed_forms.orders(definition):
        there = ", ".join(each.name for each in printed_forms.orders(definition))
        raise CommandError(f"There is no paper form {order.name}. There are: {there}.")
    try:
        return printed_forms.draw(consultation, definition, order, version=number).written
    except printed_forms.REFUSALS as refusal:
        raise CommandError(str(refusal)) from refusal


def codebook(consultation, definition, out, language):
    """A function that writes the codebook in the format that the file's name asks for."""
    about_person = paper_equality(consultation.question_set) if consultation.question_set in QUESTION_SETS else None
    name = Path(out).suffix.lower().removeprefix(".")
    if name in ROWS:
        rows = paper_codebook(definition, title=consultation.title, equality=about_person, language=language)
        return lambda stream: ROWS[name].write(rows, stream)
    if name not in DOCUMENT_FORMATS:
        endings = " or ".join(f".{each}" for each in sorted([*DOCUMENT_FORMATS, *ROWS]))
        raise CommandError(f"A codebook is written as {endings}.")
    document = compose_questionnaire(definition, language, equality=about_person)
    return lambda stream: DOCUMENT_FORMATS[name].write(document, stream)
