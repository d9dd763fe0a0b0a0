"""`manage.py export_questionnaire SLUG --format json|xlsform|codebook --out F [--language L]`: the questionnaire as a file."""

from pathlib import Path

from django.core.management.base import CommandError

from consult.management.base import ConsultationCommand, open_for_writing
from exports.formats import DOCUMENT_FORMATS
from exports.questionnaire import compose_questionnaire
from surveys.definition import from_json
from surveys.interchange import WRITERS, write_questionnaire

CODEBOOK = "codebook"


class Command(ConsultationCommand):
    help = (
        "Write a consultation's questionnaire as it is being edited: as JSON, which imports again to the last byte, "
        "as an XLSForm spreadsheet, or as a codebook to read and print (a name that ends in .html or .pdf says which)."
    )

    def add_arguments(self, parser):
        super().add_arguments(parser)
        parser.add_argument("--format", choices=[*WRITERS, CODEBOOK], required=True, dest="format_name")
        parser.add_argument("--out", required=True, help="the file to write")
        parser.add_argument("--language", help="the language of a codebook, such as en; the others hold every language")

    def handle(self, *, slug, format_name, out, language, quiet, **options):
        definition = from_json(self.find(slug).questionnaire.draft)
        if language and language not in definition.languages:
            there = ", ".join(definition.languages)
            raise CommandError(f"The questionnaire is not in the language {language!r}. It is in: {there}.")
        with open_for_writing(out) as stream:
            if format_name == CODEBOOK:
                document = compose_questionnaire(definition, language or definition.languages[0])
                document_format(out).write(document, stream)
            else:
                stream.write(write_questionnaire(definition, format_name))
        self.say(f"Wrote {out}", quiet=quiet)


def document_format(out):
    """The format that a file's name asks for. Raises CommandError for one that is not written."""
    name = Path(out).suffix.lower().removeprefix(".")
    if name not in DOCUMENT_FORMATS:
        raise CommandError(f"A codebook is written as {' or '.join(f'.{each}' for each in sorted(DOCUMENT_FORMATS))}.")
    return DOCUMENT_FORMATS[name]
