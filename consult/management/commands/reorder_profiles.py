"""`manage.py reorder_profiles`: break the order in which equality profiles came."""

from django.core.management.base import BaseCommand

from equality.services import reorder_profiles


class Command(BaseCommand):
    help = "Rewrite the equality profiles in link order, so that where a row lies on the disk says nothing of when it came."

    def add_arguments(self, parser):
        parser.add_argument("--quiet", action="store_true", help="print nothing when all is well")

    def handle(self, *, quiet, **options):
        reorder_profiles()
        if not quiet:
            self.stdout.write("The profiles lie in link order")
