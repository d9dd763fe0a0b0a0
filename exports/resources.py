"""Import-export resources: each row of a spreadsheet of answers becomes raw answers by question, or is refused with reasons.

The column, row and error model is django-import-export's; rows come one by one and are never held as a dataset. What a cell means
is its kind's business; whether answers may be taken, and keeping them, is the business of whoever uses this.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from import_export import fields, resources, widgets

from exports.cells import unguarded
from surveys.answer_files.headings import FORM_NUMBER, LANGUAGE, RECEIVED, VERSION, Matching
from surveys.answer_files.names import places_of
from surveys.codebook import every_round
from surveys.definition import Definition, Question
from surveys.kinds import KINDS
from surveys.kinds.cells import CellError, OptionWords, given_cell, quoted
from surveys.kinds.date import boxes_in

LONGEST_FORM_NUMBER = 60
MOST_REMEMBERED, LONGEST_REMEMBERED = 2_000, 100
"""How many different cells of a question are remembered with their answer, and how long those may be."""
MOST_UNKNOWN = 50
"""Different words of one question that are kept for somebody to say what they mean."""


@dataclass
class SheetRow:
    """One row read: raw answers by question key (`{key: raw}`), and what the row says of itself."""

    number: int
    answers: dict = field(default_factory=dict)
    form_number: str = ""
    received: date | None = None
    language: str = ""
    version: str = ""

    def __str__(self):
        return f"row {self.number}"


@dataclass(frozen=True)
class Expected:
    """What rows may say of themselves: a language of the questionnaire, the version the file is read as, a day of receipt."""

    languages: Sequence[str]
    version: int
    first_day: date
    last_day: date


class AnswerWidget(widgets.Widget):
    """Reads the cells of one question as its kind does."""

    def __init__(self, question: Question, known: OptionWords):
        super().__init__()
        self.question, self.known = question, known
        self.kind = KINDS[question.kind]
        self.read = {}

    def clean(self, value, row=None, **kwargs):
        """The raw answer in cells (`{part: text}`). Raises AnswerError.

        The same cells mean the same in every row, and most columns hold few different ones.
        """
        cells = tuple(value.values())
        found = self.read.get(cells, self)
        if found is self:
            found = self.kind.read_cells(self.question, value, self.known)
            if len(self.read) < MOST_REMEMBERED and sum(map(len, cells)) <= LONGEST_REMEMBERED:
                self.read[cells] = found
        return found


class AnswerField(fields.Field):
    """One question, in one column or in one for each of its parts (`{part: heading}`).

    `unknown` counts words that are no option, `near` are the codes of options that come near them.
    """

    def __init__(self, question: Question, columns: Mapping[str, str], known: OptionWords):
        super().__init__(
            attribute=question.key, column_name=next(iter(columns.values())), widget=AnswerWidget(question, known)
        )
        self.columns = columns
        self.unknown: Counter[str] = Counter()
        self.near: dict[str, tuple[int, ...]] = {}

    def clean(self, row, **kwargs):
        """The raw answer of a row. Raises AnswerError."""
        try:
            return self.widget.clean({part: row[heading] for part, heading in self.columns.items()}, row=row)
        except CellError as error:
            if error.typed and (error.typed in self.unknown or len(self.unknown) < MOST_UNKNOWN):
                self.unknown[error.typed] += 1
                self.near[error.typed] = tuple(option.code for option in error.near)
            raise

    def save(self, instance, row, is_m2m=False, **kwargs):
        """Put the answer, where there is one, into the row read."""
        answer = self.clean(row)
        if answer is not None:
            instance.answers[self.attribute] = answer


class FactField(fields.Field):
    """Something that a row says of itself: `read` makes it of the cell's text, raising ValueError in words."""

    def __init__(self, attribute, heading, read):
        super().__init__(attribute=attribute, column_name=heading)
        self.read = read

    def clean(self, row, **kwargs):
        """The fact of a row. Raises ValueError."""
        return self.read(row[self.column_name].strip())


class ResponseResource(resources.Resource):
    """Rows of a file whose columns are matched, for one version of a questionnaire. With `guarded`, cells may have the apostrophe
    that our own CSV files put before what a spreadsheet would run."""

    class Meta:
        force_init_instance = True
        skip_diff = True
        use_transactions = False

    def __init__(self, definition: Definition, matching: Matching, expected: Expected, *, guarded: bool):
        super().__init__()
        self.expected, self.guarded = expected, guarded
        self.headings = {**answer_columns(definition, matching)}
        self.form_numbers: dict[str, int] = {}
        asked = {question.key: question for question in every_round(definition)}
        for key, columns in self.headings.items():
            known = OptionWords(asked[key], matching.meant.get(key), by_code=matching.by_code)
            self.fields[key] = AnswerField(asked[key], columns, known)
        readers = {
            FORM_NUMBER: self.form_number,
            RECEIVED: self.day_received,
            LANGUAGE: self.language,
            VERSION: self.version,
        }
        for fact, heading in matching.facts.items():
            self.fields[f"the row's {fact}"] = FactField(fact, heading, readers[fact])
        self.in_order = tuple(self.fields.values())

    def read_row(self, number: int, headings: Sequence[str], cells: Sequence[str]):
        """The outcome of one row as import-export has it, with what could be read of it as its `instance`, a SheetRow."""
        texts = [unguarded(cell) for cell in cells] if self.guarded else cells
        padded = [*texts, *[""] * (len(headings) - len(texts))]
        row = dict(zip(headings, padded, strict=False))
        self.row = SheetRow(number)
        has_more = any(padded[len(headings) :])
        result = self.import_row(row, None, row_number=number, has_more=has_more, width=len(headings))
        # Of a row that is refused, the cells that can be read still tell what else is wrong.
        result.instance = self.row
        return result

    def get_import_fields(self):
        """Every field, in the order of the questionnaire."""
        return self.in_order

    def before_import_row(self, row, *, row_number, has_more, width, **kwargs):
        """Refuse a row with more cells than there are headings: an answer was cut in two."""
        if has_more:
            raise ValidationError(
                f"The row has more cells than the file has headings ({width}). "
                "Perhaps an answer holds what parts the cells, and has no quotation marks around it"
            )

    def init_instance(self, row=None):
        """The row being read, empty."""
        return self.row

    def save_instance(self, instance, is_create, row, **kwargs):
        """Keep nothing: whoever reads rows decides what becomes of them."""

    # What rows say of themselves

    def form_number(self, text):
        """The number on the paper form, which no other row has. Raises ValueError."""
        if not text:
            raise ValueError("The row has no form number")
        if len(text) > LONGEST_FORM_NUMBER:
            raise ValueError(f"A form number has {LONGEST_FORM_NUMBER} characters at most")
        first = self.form_numbers.setdefault(text, self.row.number)
        if first != self.row.number:
            raise ValueError(f"Form number {quoted(text)} is on row {first} too")
        return text

    def day_received(self, text):
        """The day a form came in. Raises ValueError for one outside the days of the consultation."""
        written = given_cell(text)
        if written is None:
            return None
        boxes = boxes_in(text)
        try:
            day = date(int(boxes["year"]), int(boxes["month"]), int(boxes["day"]))
        except ValueError:
            raise ValueError(f"“{quoted(text)}” is not a day. Write it like 27/3/2027, the day first") from None
        if not self.expected.first_day <= day <= self.expected.last_day:
            allowed = f"{self.expected.first_day:%-d %B %Y} to {self.expected.last_day:%-d %B %Y}"
            raise ValueError(f"The form was received on {day:%-d %B %Y}. Forms received from {allowed} are taken")
        return day

    def language(self, text):
        """The language of the form. Raises ValueError."""
        if text and text not in self.expected.languages:
            raise ValueError(f"The questionnaire is not in the language “{quoted(text)}”")
        return text

    def version(self, text):
        """The version of the questions on the form. Raises ValueError for another than the file is read as."""
        if text and text.removesuffix(".0") != str(self.expected.version):
            raise ValueError(
                f"The row answers version {quoted(text)} of the questions. The file is read as version {self.expected.version}"
            )
        return text

    # What is told of refusals

    def reasons(self, result) -> dict[str, list[str]]:
        """Why a row is refused, `{heading: [sentence]}` with "" for the row as a whole; empty where it is not."""
        if result.errors:
            # A fault of the program, not of the file.
            raise result.errors[0].error
        error = result.validation_error
        if error is None:
            return {}
        if not hasattr(error, "error_dict"):
            return {"": list(error.messages)}
        return {self.heading_of(key): messages for key, messages in error.message_dict.items()}

    def heading_of(self, key) -> str:
        """The heading that a question's problem is told under."""
        if key == NON_FIELD_ERRORS:
            return ""
        found = next((each for each in self.in_order if each.attribute == key), None)
        return found.column_name if found else key


def answer_columns(definition: Definition, matching: Matching) -> dict[str, dict[str, str]]:
    """`{question key: {part: heading}}` of the columns that are of questions."""
    places = places_of(definition)
    found: dict[str, dict[str, str]] = {}
    for heading, key in matching.columns.items():
        found.setdefault(places[key].question, {})[places[key].part] = heading
    return found
