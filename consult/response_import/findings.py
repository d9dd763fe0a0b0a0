"""What the check of a file found, for the page that shows it before anything is brought in, and for the report."""

from collections import Counter

from consult.models import ImportJob
from consult.response_import import columns
from surveys.answer_files.texts import WINDOWS
from surveys.definition import words
from surveys.kinds import KINDS
from surveys.likeness import folded
from surveys.marks import is_mark
from surveys.models import Response

SHOWN_GOOD, SHOWN_REFUSED = 3, 20
AS_WINDOWS = (
    "The file's letters were read as Windows-1252, for they are not UTF-8. Check some words, such as {examples}."
)
OFF_ROUTE = "{number} to “{question}” will be left out: these people's other answers lead past the question."
ALREADY_HERE = (
    "{number} of the rows name responses of this very consultation: the file is an export of it. "
    "If you bring them in, they are counted twice."
)
SAME_COLUMNS = (
    "A file with the same columns was brought in before. If this one has rows of that one in it, they are counted twice. "
    "A column with the number of each form would prevent that."
)


class Findings:
    """What was found of the rows so far."""

    def __init__(self, reader):
        self.reader = reader
        self.numbers = Counter()
        self.dropped = Counter()
        self.good, self.refused = [], []
        self.references_here = 0
        self.form_numbers = []

    def add(self, outcome):
        """Count one more row, and keep the first few to show."""
        kind = "refused" if outcome.reasons else "good" if outcome.sending else "already_there"
        self.numbers[kind] += 1
        self.dropped.update(outcome.dropped if outcome.sending else ())
        if outcome.reasons and len(self.refused) < SHOWN_REFUSED:
            self.refused.append({"row": outcome.number, "reasons": outcome.reasons})
        if outcome.sending and len(self.good) < SHOWN_GOOD:
            self.good.append({"row": outcome.number, "answers": self.in_words(outcome.sending.checked.answers)})
        if outcome.sending and outcome.row.form_number:
            self.form_numbers.append(outcome.row.form_number)

    def in_words(self, answers):
        """Answers as a person checks them: `[(question, answer)]`."""
        definition = self.reader.version.definition
        told = []
        for key, value in answers.items():
            question = definition.question(key)
            said = f"[{value['mark']}]" if is_mark(value) else KINDS[question.kind].describe(question, value)
            told.append((words(question.short or question.text), str(said)))
        return told

    def counts(self):
        """The numbers that the job keeps."""
        return {kind: self.numbers[kind] for kind in ("good", "refused", "already_there")}

    def unknown(self):
        """Words that are no option, by question: `[{key, question, words: [{typed, rows, near, options}]}]`."""
        found = []
        for each in self.reader.resource.in_order:
            if typed := getattr(each, "unknown", None):
                question = each.widget.question
                found.append(
                    {
                        "key": question.key,
                        "question": words(question.short or question.text),
                        "options": [(option.code, words(option.label)) for option in question.options],
                        "words": [
                            {"typed": text, "rows": rows, "near": list(each.near[text])}
                            for text, rows in typed.most_common()
                        ],
                    }
                )
        return found

    def to_json(self):
        """What the page shows, as plain JSON values."""
        return {"good": self.good, "refused": self.refused, "unknown": self.unknown()}

    def warnings(self, job, reading, matching):
        """Sentences about the whole file."""
        matched = {*matching.columns, *matching.facts.values()}
        if reading.encoding == WINDOWS:
            examples = ", ".join(f"“{word}”" for word in reading.odd_words[:3]) or "names with accents"
            yield AS_WINDOWS.format(examples=examples)
        yield from columns.warnings_about(reading.columns, matched, job.consultation.question_set)
        for key, number in self.dropped.items():
            question = self.reader.version.definition.question(key)
            answers = "1 answer" if number == 1 else f"{number:,} answers"
            yield OFF_ROUTE.format(number=answers, question=words(question.short or question.text))
        if here := self.references_known(job, matching):
            yield ALREADY_HERE.format(number=f"{here:,}")
        if not matching.facts.get("form_number") and was_brought_in_before(job, matching):
            yield SAME_COLUMNS

    def references_known(self, job, matching):
        """How many rows name a response of this consultation by its reference."""
        if folded(matching.facts.get("form_number", "")) != "reference":
            return 0
        own = Response.objects.filter(version__questionnaire=job.consultation.questionnaire_id)
        chunks = (self.form_numbers[start : start + 500] for start in range(0, len(self.form_numbers), 500))
        return sum(own.filter(reference__in=chunk).count() for chunk in chunks)


def was_brought_in_before(job, matching):
    """Whether another file with the same columns came into the consultation."""
    others = ImportJob.objects.filter(consultation=job.consultation_id, imported__gt=0).exclude(digest=job.digest)
    return any(
        set(job.matching["columns"]) == set(earlier) for earlier in others.values_list("matching__columns", flat=True)
    )
