"""`manage.py demo_code lead`: the one-time code of a demonstration sign-in, for a machine without an authenticator app."""

import json

from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError


class Command(BaseCommand):
    help = "Print the one-time code that a demonstration sign-in needs now. Refuses in production."

    def add_arguments(self, parser):
        parser.add_argument("role", help="lead, approver, clerk, verifier, coder, equality or admin")

    def handle(self, *, role, **options):
        if settings.PRODUCTION:
            raise CommandError("There are no demonstration sign-ins in production.")
        path = settings.DATA_DIR / "demo-credentials.json"
        people = json.loads(path.read_text()) if path.exists() else []
        secret = next((person["totp_secret"] for person in people if person["role"] == role), None)
        if secret is None:
            raise CommandError(
                f"There is no demonstration sign-in for {role!r}. Load the demonstration with: make demo"
            )
        counter = next(yield_hotp_counters_from_time())
        self.stdout.write(format_hotp_value(hotp_value(secret, counter)))
