"""`manage.py apply_retention [--dry-run]`: delete what has been kept for as long as people were told."""

from django.core.management.base import BaseCommand, CommandError

from consult import retention
from consult.management.base import now
from consult.paper import scans
from consult.response_import import files


class Command(BaseCommand):
    help = (
        "Delete drafts, arrivals, contacts, requests for formats, links to previews, scans of paper forms and files of "
        "spreadsheets whose time has come. To be run once a day."
    )

    def add_arguments(self, parser):
        parser.add_argument("--dry-run", action="store_true", help="only count what would be deleted")
        parser.add_argument("--quiet", action="store_true", help="print nothing when all is well")

    def handle(self, *, dry_run, quiet, **options):
        applied = list(retention.apply_retention(now=now(), dry_run=dry_run))
        number = len(list(files.old_folders(now()))) if dry_run else files.delete_old(now())
        applied.append(retention.Applied("files of spreadsheets", number))
        number = len(scans.left_over(now())) if dry_run else scans.sweep(now())
        applied.append(retention.Applied("files of scans", number))
        if not quiet:
            for each in applied:
                self.stdout.write(f"{each.name}: {each.number} {'to delete' if dry_run else 'deleted'}")
        if failed := [f"{each.name} ({each.fault})" for each in applied if each.fault]:
            raise CommandError(f"Not everything could be deleted: {', '.join(failed)}.")
