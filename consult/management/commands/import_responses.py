"""`manage.py import_responses FILE --consultation SLUG`: bring a spreadsheet of responses in, all of its rows or none."""

import json
import shutil
from pathlib import Path

from django.core.management.base import CommandError

from consult.management.base import ConsultationCommand, now, open_for_writing
from consult.management.progress import bar
from consult.models import ImportJob
from consult.response_import import files, jobs
from consult.response_import.work import carry_on
from consult.submission import STAFF_CHANNELS, ConsultationClosed
from surveys.answer_files import ImportRefused, Matching, MatchingError

BY = "import_responses"
PIECE = 1_000_000
State = ImportJob.State


class Command(ConsultationCommand):
    help = (
        "Read responses from a spreadsheet (.csv or .xlsx), whose columns are headed with question keys or words and whose cells "
        "hold option codes or words, and bring them in: all of them, or none. The same file again adds nothing."
    )
    requires_system_checks = ()

    def add_arguments(self, parser):
        parser.add_argument("file", help="the spreadsheet; what it is, is told by what it holds")
        parser.add_argument("--consultation", required=True, help="the short name in the consultation’s address")
        parser.add_argument(
            "--channel", choices=sorted(map(str, STAFF_CHANNELS)), default="paper", help="how the answers reached you"
        )
        parser.add_argument("--mapping", help="a JSON file that says which column is of which question")
        parser.add_argument("--dry-run", action="store_true", help="check and report, and bring nothing in")
        parser.add_argument("--good-rows-only", action="store_true", help="bring good rows in where others are refused")
        parser.add_argument("--errors", help="a CSV file to write each refused row to, and why")
        parser.add_argument("--report", help="a file to write the report to, as JSON")
        parser.add_argument("--quiet", action="store_true", help="print nothing when all is well")

    def handle(
        self, *, file, consultation, channel, mapping, dry_run, good_rows_only, errors, report, quiet, **options
    ):
        self.quiet = quiet
        found = self.find(consultation)
        said = mapping_in(mapping)
        job = begun(found, file, channel=channel)
        try:
            self.check(job, said)
            self.write_files(job, errors=errors, report=report)
            refusal = why_not(job, good_rows_only)
            if not dry_run and not refusal and job.good:
                self.bring_in(job, good_rows_only=good_rows_only)
                self.write_files(job, errors=errors, report=report)
        finally:
            tidy(job)
        if refusal:
            raise CommandError(f"{file}: {refusal}{f' See {errors}.' if errors else ' Say --errors FILE to see why.'}")
        self.tell(job, dry_run=dry_run)

    def check(self, job, said):
        """Read the file, match its columns and check its rows. Raises CommandError for a file that cannot be."""
        self.go_on(job, "Reading")
        refuse_refused(job)
        try:
            jobs.match(job, said, now=now())
        except MatchingError as error:
            raise CommandError(f"{error}.") from error
        self.go_on(job, "Checking")

    def bring_in(self, job, *, good_rows_only):
        """Bring the rows in. Raises CommandError where the consultation closed meanwhile."""
        jobs.bring_in(job, good_rows_only=good_rows_only, by=BY, now=now())
        self.go_on(job, "Bringing in")
        refuse_refused(job)

    def go_on(self, job, label):
        """Do the job's next stage, with a progress bar on a terminal."""
        with bar(label, quiet=self.quiet) as report:
            carry_on(job, report=report)

    def write_files(self, job, *, errors, report):
        """The refused rows and the report, where they were asked for. Raises CommandError."""
        if errors:
            with open_for_writing(errors) as stream, files.path_of(job, files.REFUSED).open("rb") as kept:
                shutil.copyfileobj(kept, stream)
        if report:
            with open_for_writing(report) as stream:
                stream.write(json.dumps(report_of(job), ensure_ascii=False, indent=2).encode())

    def tell(self, job, *, dry_run):
        """What became of the file, as lines to read."""
        for warning in job.warnings:
            self.say(f"Note: {warning}", quiet=self.quiet)
        told = f"{job.good:,} could be brought in" if dry_run else f"{job.imported:,} brought in"
        self.say(
            f"{job.rows:,} rows: {told}, {job.refused:,} refused, {job.already_there:,} already there.",
            quiet=self.quiet,
        )


def mapping_in(path):
    """What a mapping file says; nothing where there is none. Raises CommandError."""
    if path is None:
        return {}
    try:
        said = json.loads(Path(path).read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise CommandError(f"Cannot read {path}: {error.strerror}.") from error
    except ValueError as error:
        raise CommandError(f"{path} is not JSON.") from error
    if not isinstance(said, dict):
        raise CommandError(f'{path} must say {{"columns": {{"Heading": "question"}}}}.')
    return said


def begun(consultation, file, *, channel):
    """The job of a file. Raises CommandError."""
    try:
        with Path(file).open("rb") as stream:
            chunks = iter(lambda: stream.read(PIECE), b"")
            return jobs.begin(consultation, chunks, channel=channel, by=BY, now=now())
    except OSError as error:
        raise CommandError(f"Cannot read {file}: {error.strerror}.") from error
    except ImportRefused as refusal:
        raise CommandError(f"{file}: {refusal}") from refusal
    except ConsultationClosed as closed:
        raise CommandError(f"The consultation is {closed.stage}, and takes no responses.") from closed


def refuse_refused(job):
    """Raise CommandError for a job that ended without its file."""
    if job.state == State.REFUSED:
        raise CommandError(job.refusal)


def why_not(job, good_rows_only):
    """Why nothing is brought in, as a sentence; "" when something is, or all is there."""
    if not job.refused or good_rows_only:
        return ""
    rows = "1 row is" if job.refused == 1 else f"{job.refused:,} rows are"
    return f"{rows} refused of {job.rows:,}, so nothing was brought in."


def tidy(job):
    """Leave nothing behind of a file that is not brought in."""
    if job.state not in (State.DONE, State.WRITING):
        jobs.drop(job)
    elif job.state == State.DONE:
        files.forget(job)


def report_of(job):
    """What became of a file, as other programs read it: `columns` are of which question, `facts` of which fact about the row."""
    columns = {heading: job.matching["columns"][heading] for heading in job.matching["order"]}
    return {
        "rows": job.rows,
        "imported": job.imported,
        "refused": job.refused,
        "already_there": job.already_there,
        "columns": {heading: key.partition(".")[0] for heading, key in columns.items() if key},
        "ignored_columns": [heading for heading, key in columns.items() if not key],
        "warnings": job.warnings,
        "good": job.good,
        "facts": {heading: fact for fact, heading in Matching.from_json(job.matching).facts.items()},
    }
