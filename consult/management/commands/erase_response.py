"""`manage.py erase_response --code CODE --reason "..."`: delete the answers of somebody who asks for it by phone."""

from django.core.management.base import BaseCommand, CommandError

from consult import erasure, keys
from consult.management.base import now
from consult.wording import long_date


class Command(BaseCommand):
    help = (
        "Delete the response with a receipt code, and its equality answers. The code and the answers are not recorded."
    )

    def add_arguments(self, parser):
        parser.add_argument("--code", required=True, help="the receipt code, in any case and grouping")
        parser.add_argument("--reason", required=True, help="why, and how you know who asks, for the record")
        parser.add_argument("--quiet", action="store_true", help="print nothing when all is well")

    def handle(self, *, code, reason, quiet, **options):
        if not reason.strip():
            raise CommandError("Say why, with --reason.")
        receipt, at = keys.read_receipt(code), now()
        try:
            erased = receipt and erasure.erase(keys.receipt_digest(receipt), by="erase_response", now=at, reason=reason)
        except erasure.TooLate as refusal:
            raise CommandError(
                f"It is too late to delete these answers. The last day was {long_date(refusal.last_day)}."
            ) from refusal
        if not erased:
            raise CommandError("We have no answers for this code.")
        if not quiet:
            self.stdout.write("The answers are deleted.")
