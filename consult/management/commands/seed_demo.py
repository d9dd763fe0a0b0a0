"""`manage.py seed_demo [--responses N] [--seed S]`: the demonstration."""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from consult.demonstration import loading, pile
from consult.demonstration.facts import all_facts
from consult.demonstration.others import load_others
from consult.management.progress import with_progress
from consult.models import Consultation, Role


class Command(BaseCommand):
    help = "Load the demonstration: three consultations with invented responses, paper forms to key, and a sign-in for each role."

    def add_arguments(self, parser):
        parser.add_argument("--responses", type=int, default=400, help="invented responses for each consultation (400)")
        parser.add_argument("--seed", type=int, default=1, help="the same seed gives the same responses (1)")
        parser.add_argument("--quiet", action="store_true", help="print nothing when all is well")

    def handle(self, *, responses, seed, quiet, **options):
        if settings.PRODUCTION:
            raise CommandError("The demonstration is never loaded in production.")
        if Consultation.objects.exists():
            raise CommandError(
                "There are consultations here already. The demonstration is only loaded into an empty database."
            )
        now = timezone.now()
        team, people = loading.load_team()
        for facts in all_facts():
            consultation = loading.load_consultation(facts, team=team, now=now)
            sending = loading.load_responses(consultation, facts, count=responses, seed=seed, now=now)
            for _ in with_progress(sending, total=responses, label=f"{facts.slug:12}", quiet=quiet):
                pass
            load_others(consultation, by=loading.person_with(Role.CLERK, team), now=now)
            if facts.slug == pile.SLUG and responses:
                pile.load_pile(consultation, now=now)
            loading.load_publication(consultation, facts, now=now)
        # Last: `make demo` takes this file for the sign that all of it is there.
        path = loading.write_credentials(people)
        if not quiet:
            self.stdout.write(f"Loaded {len(all_facts())} consultations. The sign-ins are in {path}")
