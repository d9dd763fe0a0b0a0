"""`manage.py report SLUG --format pdf --out F`: the consultation report."""

from consult.management.base import ConsultationCommand, now, open_for_writing
from consult.reports import write_document
from exports.formats import DOCUMENT_FORMATS


class Command(ConsultationCommand):
    help = "Write the consultation report. It is marked as interim on every page while the consultation is open."
    document = "report"

    def add_arguments(self, parser):
        super().add_arguments(parser)
        parser.add_argument("--format", choices=sorted(DOCUMENT_FORMATS), default="pdf", dest="format_name")
        parser.add_argument("--out", required=True, help="the file to write")

    def handle(self, *, slug, format_name, out, quiet, **options):
        consultation = self.find(slug)
        with open_for_writing(out) as stream:
            write_document(consultation, self.document, format_name, stream, now=now())
        self.say(f"Wrote {out}", quiet=quiet)
