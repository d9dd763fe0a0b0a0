"""`manage.py recode_answers [--check]`: rebuild every response's row of codes from its document."""

from django.core.management.base import BaseCommand, CommandError

from surveys.responses import recode_responses


class Command(BaseCommand):
    help = "Rebuild each row of codes from its answers. With --check nothing is written, and a wrong row is a failure."

    def add_arguments(self, parser):
        parser.add_argument("--check", action="store_true", help="only compare")
        parser.add_argument("--quiet", action="store_true", help="print nothing when all is well")

    def handle(self, *, check, quiet, **options):
        total, wrong = 0, []
        for response, is_right in recode_responses(write=not check):
            total += 1
            if not is_right:
                wrong.append(response.reference)
        if check and wrong:
            raise CommandError(
                f"{len(wrong)} of {total} rows of codes do not match their answers, the first is {wrong[0]}."
            )
        if not quiet:
            self.stdout.write(f"{total} rows looked at, {len(wrong)} mended")
