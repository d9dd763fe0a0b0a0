"""`manage.py carry_on_import JOB`: work on a spreadsheet of responses; the service starts it, and so may a person."""

import resource
from contextlib import suppress
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError

from consult.models import ImportJob
from consult.response_import.work import carry_on

MEGABYTES = 1_500
"""Of address space: what is used of it stays below 400 MB, a database's libraries ask for much more than they use."""
SECONDS = 1_800
"""Of the processor's time. What was brought in by then stays, and the job can be carried on."""


class Command(BaseCommand):
    help = (
        "Do what is next to be done with a spreadsheet of responses that was sent in the staff pages: read it, check its "
        "rows, or bring them in. The service does this by itself."
    )
    # Looking at every address and template first would take longer than most files.
    requires_system_checks = ()

    def add_arguments(self, parser):
        parser.add_argument("job", help="the import's own name in its address")

    def handle(self, *, job, **options):
        limit_itself()
        try:
            found = ImportJob.objects.select_related("consultation__team").get(pk=UUID(job))
        except (ValueError, ImportJob.DoesNotExist):
            raise CommandError(f"There is no import called {job!r}.") from None
        carry_on(found)


def limit_itself():
    """Let the system end this process before it takes so much that others miss it."""
    for what, value in ((resource.RLIMIT_AS, MEGABYTES * 1_000_000), (resource.RLIMIT_CPU, SECONDS)):
        # Not every system knows every limit.
        with suppress(ValueError, OSError):
            resource.setrlimit(what, (value, value))
