"""`manage.py import_questionnaire FILE [--consultation SLUG --title T] [--report R.json] [--dry-run]`."""

import json
from pathlib import Path

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.core.validators import validate_slug

from consult.importing import AlreadyPublished, begin_from, consultation_with, replace_questionnaire
from consult.management.base import now, open_for_writing
from consult.models import Team
from surveys.interchange import MOST_BYTES, ImportRefused, read_questionnaire

BY = "import_questionnaire"
LONGEST_SLUG = 50


class Command(BaseCommand):
    help = (
        "Read a questionnaire from an XLSForm (.xlsx, .xls), a LimeSurvey survey (.lss, .tsv) or this service's JSON, and say "
        "what became of everything in it. With --consultation it is kept: as a new consultation's draft, or in place of a draft "
        "that was never published."
    )

    def add_arguments(self, parser):
        parser.add_argument("file", help="the file to read; what it is, is told by what it holds")
        parser.add_argument(
            "--consultation", help="the short name in its address of a new consultation, or of one to change"
        )
        parser.add_argument("--title", help="the title of a new consultation; else the questionnaire's own")
        parser.add_argument("--team", help="the team of a new consultation, where there are several")
        parser.add_argument("--report", help="a file to write the report to, as JSON")
        parser.add_argument("--dry-run", action="store_true", help="read and report, and keep nothing")
        parser.add_argument("--quiet", action="store_true", help="print nothing when all is well")

    def handle(self, *, file, consultation, title, team, report, dry_run, quiet, **options):
        try:
            imported = read_questionnaire(content_of(file), name=Path(file).name)
        except ImportRefused as refusal:
            raise CommandError(f"{file}: {refusal}") from refusal
        keeping = Keeping(consultation, title, team) if consultation else None
        if keeping and not dry_run:
            keeping.keep(imported, file=Path(file).name)
        if report:
            with open_for_writing(report) as stream:
                stream.write(json.dumps(imported.report.to_json(), ensure_ascii=False, indent=2).encode())
        if not quiet:
            self.tell(imported.report, kept=bool(keeping and not dry_run), slug=consultation)

    def tell(self, report, *, kept, slug):
        """The report as lines to read."""
        counts = report.counts
        self.stdout.write(
            f"{report.format}: {counts['questions']} questions and {counts['notes']} notes, {counts['pages']} pages here. "
            f"Rules kept: {counts['rules_kept']} of {counts['rules']}. "
            f"Limits kept: {counts['constraints_kept']} of {counts['constraints']}."
        )
        for heading, lines in (("Changed", report.changed), ("Not kept", report.not_kept)):
            if lines:
                self.stdout.write(f"{heading}:")
            for line in lines:
                self.stdout.write(f"  {line.where}: {line.what}. Why: {line.why}.")
        for warning in report.warnings:
            self.stdout.write(f"Note: {warning}")
        self.stdout.write(f"Kept as the questionnaire of {slug}." if kept else "Nothing was saved.")


class Keeping:
    """Where a questionnaire is to be kept. Raises CommandError before anything is read into it."""

    def __init__(self, slug, title, team):
        self.slug, self.title = slug, title
        self.consultation = consultation_with(slug)
        if self.consultation is None:
            self.team = team_for(team)
            self.check_names()

    def check_names(self):
        try:
            validate_slug(self.slug)
        except ValidationError as error:
            raise CommandError(
                f"{self.slug!r} cannot be part of an address. Use letters, digits and hyphens."
            ) from error
        if len(self.slug) > LONGEST_SLUG:
            raise CommandError(f"The short name has more than {LONGEST_SLUG} characters. Choose a shorter one.")
        if self.title and len(self.title) > 200:
            raise CommandError("The title has more than 200 characters. Choose a shorter one.")

    def keep(self, imported, *, file):
        at = now()
        if self.consultation is None:
            begin_from(imported, slug=self.slug, title=self.title, team=self.team, by=BY, now=at, file=file)
            return
        try:
            replace_questionnaire(self.consultation, imported, by=BY, now=at, file=file)
        except AlreadyPublished:
            raise CommandError(
                f"The questionnaire of {self.slug} was published, so a file cannot take its place. "
                "Import it into a new consultation."
            ) from None


def content_of(path):
    """What a file holds. Raises CommandError for one that is not there or too large to be a questionnaire."""
    try:
        with Path(path).open("rb") as stream:
            content = stream.read(MOST_BYTES + 1)
    except OSError as error:
        raise CommandError(f"Cannot read {path}: {error.strerror}.") from error
    return content


def team_for(name):
    """The team a new consultation belongs to: the one named, else the only one there is."""
    teams = list(Team.objects.filter(name=name) if name else Team.objects.order_by("name")[:2])
    if len(teams) == 1:
        return teams[0]
    there = ", ".join(Team.objects.order_by("name").values_list("name", flat=True)) or "none"
    wanted = f"There is no team called {name!r}" if name else "Say which team the consultation belongs to, with --team"
    raise CommandError(f"{wanted}. There are: {there}.")
