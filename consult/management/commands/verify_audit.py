"""`manage.py verify_audit`: check that nobody has changed the record of decisions."""

import json
from dataclasses import asdict
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from consult import audit
from consult.models import AuditEvent, Team


class Command(BaseCommand):
    help = (
        "Check every team's chain of audit events. Prints the first bad place and exits 1, or says that all is whole."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "--anchors",
            type=Path,
            metavar="FILE",
            help="check against the chain ends kept in FILE, then add today's to it; keep FILE on another machine",
        )
        parser.add_argument("--quiet", action="store_true", help="print nothing on success")

    def handle(self, *, anchors, quiet, **options):
        refuse_bad_anchor(kept_anchors(anchors))
        for team in Team.objects.order_by("name"):
            if fault := audit.first_bad_event(team):
                raise CommandError(fault)
        ends = audit.anchors()
        if anchors:
            keep_anchors(anchors, ends)
        if not quiet:
            self.stdout.write(f"All {AuditEvent.objects.count()} events are in place.")
            for end in ends:
                self.stdout.write(f"{end.team}: event {end.seq}, {end.hash}")


def refuse_bad_anchor(kept):
    """Stop at the first kept chain end that its chain no longer runs through."""
    for anchor in kept:
        if fault := audit.broken_anchor(anchor):
            raise CommandError(fault)


def kept_anchors(path):
    """The chain ends in a file that earlier runs wrote, one JSON object a line; none when there is no file yet."""
    if path is None or not path.exists():
        return []
    try:
        return [audit.Anchor(**json.loads(line)) for line in path.read_text().splitlines()]
    except (ValueError, TypeError) as unreadable:
        raise CommandError(f"{path} is not a file of chain ends: {unreadable}") from unreadable


def keep_anchors(path, ends):
    """Add chain ends to the file, after those of earlier runs."""
    with path.open("a") as stream:
        stream.writelines(json.dumps(asdict(end)) + "\n" for end in ends)
