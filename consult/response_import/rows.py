"""Rows of a file as responses to be: read, checked like any other response, and told apart from those that are there already."""

from dataclasses import dataclass, field
from datetime import datetime, time

from django.utils import timezone

from consult import keys, submission
from consult.submission import NothingToSend, Sending
from exports.resources import Expected, ResponseResource, SheetRow
from surveys.models import Response
from surveys.publishing import published
from surveys.validation import AnswersRejected

NO_ANSWERS = "The row has no answer to any question that is asked"
OTHER_ANSWERS = (
    "A form with this number was brought in before, with other answers. "
    "Give each form a number of its own, or leave this row out"
)


@dataclass
class Outcome:
    """What becomes of a row: `sending` where it is new and good, `reasons` (`{heading: [sentence]}`) where it is refused.

    With neither it is there already. `row` is what was read of it; `dropped` are keys of answers that its own route does not ask
    for.
    """

    number: int
    cells: list
    row: SheetRow
    reasons: dict = field(default_factory=dict)
    sending: Sending | None = None
    dropped: tuple = ()


class RowReader:
    """Reads and checks the rows of one job's file, by the version that it is read as."""

    def __init__(self, job, matching, reading):
        self.job, self.consultation = job, job.consultation
        self.version = published(job.version_id)
        self.matching, self.headings = matching, reading.headings
        self.first_day = timezone.localdate(self.consultation.opens_at)
        self.last_day = min(timezone.localdate(self.consultation.closes_at), timezone.localdate())
        expected = Expected(self.version.definition.languages, self.version.number, self.first_day, self.last_day)
        self.resource = ResponseResource(self.version.definition, matching, expected, guarded=reading.format == "csv")

    def outcomes(self, rows, *, now):
        """The Outcome of each row (number, cells), in order. Two queries, and one for each full postcode."""
        outcomes = [self.outcome(number, cells, now=now) for number, cells in rows]
        self.set_those_there_apart(outcomes)
        return outcomes

    def outcome(self, number, cells, *, now):
        """What becomes of one row as far as it alone can tell."""
        result = self.resource.read_row(number, self.headings, cells)
        row, reasons = result.instance, self.resource.reasons(result)
        try:
            checked = submission.checked_answers(self.job.version_id, row.answers, channel=self.job.channel)
        except AnswersRejected as rejected:
            problems = rejected.problems.items()
            reasons |= {self.resource.heading_of(key): list(map(str, messages)) for key, messages in problems}
        except NothingToSend:
            reasons = reasons or {"": [NO_ANSWERS]}
        if reasons:
            return Outcome(number, cells, row, reasons)
        language = row.language or self.version.definition.languages[0]
        sending = Sending(self.key_of(row), checked, self.time_of(row, now), language)
        return Outcome(number, cells, row, {}, sending, checked.dropped)

    def key_of(self, row):
        """The submission key of a row: by its form number in whatever file, else by its place in this one."""
        own_name = f"form {row.form_number}" if row.form_number else f"file {self.job.digest} row {row.number}"
        return keys.imported_row_key(f"{self.consultation.questionnaire_id} {own_name}")

    def time_of(self, row, now):
        """When a row counts as sent: at noon of the day its form was received, within the opening times; else now."""
        if row.received is None:
            return now
        noon = datetime.combine(row.received, time(12), tzinfo=timezone.get_default_timezone())
        return min(max(noon, self.consultation.opens_at), self.consultation.closes_at, now)

    def set_those_there_apart(self, outcomes):
        """Take the sending from rows that are there already; refuse those that say something else than is there."""
        new = {outcome.sending.key: outcome for outcome in outcomes if outcome.sending}
        there = Response.objects.filter(submission_key__in=list(new)).values_list("submission_key", "answers")
        for key, answers in there:
            outcome = new[key]
            if outcome.row.form_number and answers != outcome.sending.checked.answers:
                outcome.reasons = {self.matching.facts["form_number"]: [OTHER_ANSWERS]}
            outcome.sending = None
