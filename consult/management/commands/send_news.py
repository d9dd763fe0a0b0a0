"""`manage.py send_news`: write to everybody who asked to be told that a consultation opened or that its report is out."""

from django.core.cache import cache
from django.core.management.base import BaseCommand, CommandError

from consult.mail import HOUR, tell_opened, tell_reported
from consult.management.base import now
from consult.models import Consultation

LOCK = "sending-news"


class Command(BaseCommand):
    help = "Send the emails that people asked for. To be run every few minutes: nobody is told twice, failures are tried again."

    def add_arguments(self, parser):
        parser.add_argument("--quiet", action="store_true", help="print nothing when all is well")

    def handle(self, *, quiet, **options):
        # A run that is still waiting for a slow mail server must not be overtaken by the next one, which would write again.
        if not cache.add(LOCK, 1, HOUR):
            raise CommandError("Another run is still sending. Nothing was sent.")
        try:
            runs = [
                tell(consultation, now=now())
                for consultation in Consultation.objects.filter(contacts__isnull=False)
                .select_related("team")
                .distinct()
                for tell in (tell_opened, tell_reported)
            ]
        finally:
            cache.delete(LOCK)
        sent, failed = sum(run.sent for run in runs), sum(run.failed for run in runs)
        if failed:
            raise CommandError(f"{sent} sent, {failed} could not be sent. They are tried again the next time.")
        if not quiet:
            self.stdout.write(f"{sent} sent.")
