"""`manage.py keep_paper_forms [SLUG]`: draw the paper forms that are not kept yet, so that nobody waits for one."""

from django.core.management.base import BaseCommand, CommandError

from consult.management.base import now
from consult.models import Consultation
from consult.paper.links import TAKING_FORMS
from consult.paper.printed_forms import KeptForm, keep_all
from consult.services import facts_about
from consult.stages import stage_at


class Command(BaseCommand):
    help = (
        "Draw the paper forms of consultations that are open or will be, and keep them for the pages that offer them."
    )

    def add_arguments(self, parser):
        parser.add_argument("slug", nargs="?", help="one consultation; without it, all that are open or forthcoming")
        parser.add_argument("--quiet", action="store_true", help="print nothing when all is well")

    def handle(self, *, slug, quiet, **options):
        wanted = Consultation.objects.select_related("team").order_by("slug")
        if slug and not wanted.filter(slug=slug).exists():
            raise CommandError(f"There is no consultation called {slug!r}.")
        for consultation in wanted.filter(slug=slug) if slug else open_now(wanted):
            for each in keep_all(consultation):
                if isinstance(each, KeptForm):
                    self.say(f"{consultation.slug} {each.order.name}: {each.pages} pages, {each.size:,} bytes", quiet)
                else:
                    order, refusal = each
                    self.stderr.write(f"{consultation.slug} {order.name}: {refusal}")

    def say(self, line, quiet):
        if not quiet:
            self.stdout.write(line)


def open_now(consultations):
    """Those that take paper forms now, or will."""
    at = now()
    return [each for each in consultations if stage_at(facts_about(each), at) in TAKING_FORMS]
