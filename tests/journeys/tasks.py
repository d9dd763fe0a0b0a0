"""What is done to a service's database outside the test's own process. Loaded where Django was set up for that service."""

import json
import sys
from collections import Counter
from datetime import time, timedelta

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from consult import audit, keys
from consult.erasure import consultation_of, profile_link_of
from consult.models import AuditEvent, Role, Team
from consult.services import move
from consult.uk_time import uk_moment
from equality.queries import profile_at
from surveys.models import Response
from tests.consult.people import PASSWORD, SECRET, person
from tests.consult.publishing import drafted
from tests.consultations import open_consultation
from tests.journeys import arranging, drafts

FEW = 20
"""Invented responses for each consultation of the demonstration: enough that reports have tables, and small ones hidden."""


def main() -> None:
    """Do the task that the command line names, and print what it found as JSON."""
    print(json.dumps(TASKS[sys.argv[1]]()))


def prepare() -> dict:
    """A new database with the small consultation open."""
    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    open_consultation()
    return {}


def demonstrate() -> dict:
    """A new database with the demonstration and a draft. Returns the sign-ins, `{role: {username, password, totp_secret}}`."""
    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    call_command("seed_demo", responses=FEW, quiet=True)
    people = json.loads((settings.DATA_DIR / "demo-credentials.json").read_text())
    return {person["role"]: person for person in people} | add_draft()


def add_draft() -> dict:
    """Drafts beside the demonstration, with their authors, people to approve them and other leads. Returns their sign-ins."""
    team = Team.objects.get()
    people = {
        "author": person("leah", Role.LEAD, of=team),
        "second": person("amir", Role.APPROVER, of=team),
        "plain_author": person("lena", Role.LEAD, of=team),
        "plain_second": person("arlo", Role.APPROVER, of=team),
        "librarian": person("libby", Role.LEAD, of=team),
        "builder": person("bella", Role.LEAD, of=team),
        "plain_builder": person("boris", Role.LEAD, of=team),
        "batch_clerk": person("carla", Role.CLERK, of=team),
        "batch_verifier": person("vera", Role.VERIFIER, of=team),
        "caller": person("cally", Role.CLERK, of=team),
        "plain_caller": person("colin", Role.CLERK, of=team),
        "caller_by_keys": person("cass", Role.CLERK, of=team),
        "recorder": person("rosa", Role.CLERK, of=team),
        "plain_recorder": person("ravi", Role.CLERK, of=team),
        "lister": person("lou", Role.LEAD, of=team),
        "translator": person("tara", Role.LEAD, of=team),
        "reader": person("rani", Role.LEAD, of=team),
        "mover": person("mona", Role.LEAD, of=team),
        "plain_mover": person("milo", Role.LEAD, of=team),
    }
    today = timezone.localdate()
    times = {
        "opens_at": uk_moment(today + timedelta(days=10), time(9)),
        "closes_at": uk_moment(today + timedelta(days=80), time(23, 59)),
        "report_by": today + timedelta(days=120),
        "decision_on": today + timedelta(days=140),
    }
    drafted("draft", by=people["author"], of=team, **times)
    drafted("draft-plain", by=people["plain_author"], of=team, **times)
    move("launch", drafted("withdrawn", by=people["author"], of=team, **times), by="a test", now=timezone.now())
    drafted("routes", by=people["builder"], of=team, definition=drafts.with_every_route_error(), **times)
    drafted("words", by=people["builder"], of=team, definition=drafts.with_hard_words(), **times)
    return {
        name: {"username": each.username, "password": PASSWORD, "totp_secret": SECRET} for name, each in people.items()
    }


def newest_receipt() -> dict:
    """The code of the last response of a person who answered about themselves: `{receipt}`."""
    found = Response.objects.filter(version__questionnaire__consultation__slug="apms", channel="online")
    response = next(
        one
        for one in found.exclude(respondent_type="organisation").order_by("-id")
        if profile_at(profile_link_of(one, consultation_of(one)))
    )
    return {"receipt": keys.receipt_for(response.submission_key)}


def account() -> dict:
    """How many responses there are, which of the receipts read (one a line) have none, and whether the file is sound."""
    kept = {bytes(digest) for digest in Response.objects.values_list("receipt_digest", flat=True)}
    receipts = sys.stdin.read().split()
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA integrity_check")
        sound = cursor.fetchall()
    missing = [receipt for receipt in receipts if keys.receipt_digest(receipt) not in kept]
    return {"responses": len(kept), "missing": missing, "integrity": sound[0][0]}


def imported() -> dict:
    """What spreadsheets left behind: which words came in twice, the record, the files, and whether the chain is whole."""
    words = Counter(Response.objects.filter(channel="paper").values_list("answers__why", flat=True))
    events = AuditEvent.objects.filter(verb__contains="import").order_by("seq")
    return {
        "twice": [said for said, times in words.items() if times > 1],
        "events": [(event.verb, event.detail.body["file"]) for event in events],
        "folders": len(list((settings.DATA_DIR / "imports").glob("*"))),
        "chain": [audit.first_bad_event(team) for team in Team.objects.all()],
    }


TASKS = {
    "imported": imported,
    "prepare": prepare,
    "demonstrate": demonstrate,
    "account": account,
    "receipt": newest_receipt,
    "arrange": arranging.arrange,
    "close_now": arranging.close_now,
    "exported": arranging.exported,
    "recorded": arranging.recorded,
    "held": arranging.held,
}
