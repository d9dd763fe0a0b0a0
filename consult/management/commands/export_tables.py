"""`manage.py export_tables SLUG --format csv|xlsx|json --out F`: every released table."""

from consult.management.base import ConsultationCommand, now, open_for_writing
from consult.reports import released_tables
from equality.disclosure import POLICIES
from exports.formats import TABLE_FORMATS


class Command(ConsultationCommand):
    help = "Write every released table of a consultation."

    def add_arguments(self, parser):
        super().add_arguments(parser)
        parser.add_argument("--format", choices=sorted(TABLE_FORMATS), required=True, dest="format_name")
        parser.add_argument("--out", required=True, help="the file to write")
        parser.add_argument(
            "--policy", choices=sorted(POLICIES), help="a small-number rule other than the consultation’s own"
        )

    def handle(self, *, slug, format_name, out, policy, quiet, **options):
        consultation = self.find(slug)
        book = released_tables(consultation, now=now(), policy=policy)
        with open_for_writing(out) as stream:
            TABLE_FORMATS[format_name].write(book, stream)
        self.say(f"Wrote {len(book.tables)} tables to {out}", quiet=quiet)
