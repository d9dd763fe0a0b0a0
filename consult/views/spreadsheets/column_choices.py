"""What the page of a spreadsheet's columns shows: those that are matched in words, and a choice for each of the others."""

from functools import cached_property

from consult.response_import import jobs
from consult.response_import.columns import warnings_about
from surveys.answer_files import MatchingError, match_headings
from surveys.answer_files.headings import FORM_NUMBER, LANGUAGE, RECEIVED, VERSION
from surveys.answer_files.names import names_of_places, near_places, places_of
from surveys.publishing import published

LEFT_OUT = ""
FACT = "the row’s "
"""What the value of a choice begins with that is a fact about the row."""
FACT_WORDS = {
    FORM_NUMBER: "The number of the form (no two rows have the same)",
    RECEIVED: "The day the form was received",
    LANGUAGE: "The language of the form, like “en”",
    VERSION: "The version of the questions on the form",
}
CHECK_IT = "Its heading comes near the choice made here: check it."


class ColumnChoices:
    """The columns of a file with what is chosen for each: as `sent` (`{heading: choice}`), as was said before, or as they tell.

    With `all_open` each can be chosen anew, else only those that are matched with nothing, among what no other column is.
    """

    def __init__(self, job, reading, *, sent, all_open):
        self.job, self.all_open = job, all_open
        self.definition = published(job.version_id).definition
        self.places = places_of(self.definition)
        self.columns = [(place, column) for place, column in enumerate(reading.columns) if not column.is_empty]
        self.reading = reading
        self.chosen = sent if sent is not None else self.chosen_before()
        self.settled = set() if all_open else {heading for heading, value in self.chosen.items() if value}

    def chosen_before(self):
        """`{heading: choice}` as it was said of this file, else as its headings and earlier files tell."""
        headings = [column.heading for _, column in self.columns]
        try:
            said = self.job.matching or jobs.saved_mapping(self.job, headings)
            matching = match_headings(headings, self.definition, said=said)
        except MatchingError:
            return dict.fromkeys(headings, LEFT_OUT)
        facts = {heading: f"{FACT}{fact}" for fact, heading in matching.facts.items()}
        return {heading: matching.columns.get(heading) or facts.get(heading, LEFT_OUT) for heading in headings}

    def context(self):
        """What the page shows of the columns."""
        known = {heading for heading, value in self.chosen.items() if value}
        personal = warnings_about(self.reading.columns, known, self.job.consultation.question_set)
        return {
            "number": len(self.columns),
            "change_all": self.all_open,
            "warnings": [*self.reading.warnings, *personal],
            "matched": [
                self.matched(place, column) for place, column in self.columns if column.heading in self.settled
            ],
            "open": [
                self.choice(place, column) for place, column in self.columns if column.heading not in self.settled
            ],
        }

    def matched(self, place, column):
        """A column that is settled: its heading, what it is, and a field that says so again."""
        value = self.chosen[column.heading]
        fact = FACT_WORDS.get(value.removeprefix(FACT))
        says = fact or self.places[value].says
        return {
            "name": f"column-{place}",
            "value": value,
            "heading": column.heading,
            "says": says,
            "examples": column.examples,
        }

    def choice(self, place, column):
        """A column to decide on, as the parameters of a select."""
        chosen = self.chosen.get(column.heading, LEFT_OUT)
        near = LEFT_OUT if chosen or self.is_said else self.near(column.heading)
        said = f"{column.filled:,} filled" + (f", such as {'; '.join(column.examples)}" if column.examples else "")
        return {
            "name": f"column-{place}",
            "id": f"column-{place}",
            "label": {"text": column.heading, "size": "s"},
            "hint": {"text": f"{said}. {CHECK_IT}" if near else said},
            "items": [
                {"value": value, "text": says, "selected": value == (chosen or near)}
                for value, says in self.choices
                if value not in self.taken or value == chosen
            ],
        }

    @property
    def is_said(self):
        """Whether somebody has said what the columns are: then nothing is put to them again."""
        return bool(self.job.matching)

    @cached_property
    def taken(self):
        """What no other column can be."""
        return set() if self.all_open else set(self.chosen.values()) - {LEFT_OUT}

    @cached_property
    def choices(self):
        """Everything that a column can be: `[(value, words)]`."""
        facts = [(f"{FACT}{fact}", words) for fact, words in FACT_WORDS.items()]
        return [(LEFT_OUT, "Leave it out"), *facts, *((key, place.says) for key, place in self.places.items())]

    @cached_property
    def names(self):
        return names_of_places(self.definition)

    def near(self, heading):
        """The place whose name comes nearest to a heading that names none."""
        return next((key for key in near_places(heading, self.names) if key not in self.taken), LEFT_OUT)
