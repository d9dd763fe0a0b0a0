"""`manage.py export_responses SLUG --format csv|xlsx --out F`: one row per response, never equality."""

from consult import audit
from consult.management.base import ConsultationCommand, now, open_for_writing
from exports.formats import TABLE_FORMATS
from exports.formats.base import RowBook
from exports.tables import codebook_rows, response_rows

ROW_FORMATS = sorted(set(TABLE_FORMATS) - {"json"})


class Command(ConsultationCommand):
    help = (
        "Write one row per response, with its codebook. Equality answers are never among them. The export is recorded."
    )

    def add_arguments(self, parser):
        super().add_arguments(parser)
        parser.add_argument("--format", choices=ROW_FORMATS, default="csv", dest="format_name")
        parser.add_argument("--out", required=True, help="the file to write")

    def handle(self, *, slug, format_name, out, quiet, **options):
        consultation = self.find(slug)
        at = now()
        audit.record("responses exported", consultation, team=consultation.team, by="export_responses", at=at)
        book = RowBook(
            response_rows(consultation.questionnaire_id, title=consultation.title),
            codebook_rows(consultation.questionnaire_id, title=consultation.title),
        )
        with open_for_writing(out) as stream:
            TABLE_FORMATS[format_name].write(book, stream)
        self.say(f"Wrote {out}", quiet=quiet)
