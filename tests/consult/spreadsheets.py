"""Spreadsheets of responses for tests: made of a few rows, brought in by the command, and what came of it."""

import csv
import io
import json

from django.core.management import CommandError, call_command

from surveys.models import Response
from tests.builders import choice, comment, number, page, questionnaire, several, when
from tests.consultations import open_consultation
from tests.surveys.interchange.forms import workbook

FORM = questionnaire(
    choice("used", "Yes", "No", "I do not know", text="Have you used the clinic?"),
    several("hard", "Distance", "Cost", "Other", text="What makes it hard?"),
    number("visits", min=0, max=400),
    page("reason", comment("why", text="Why?"), shown_if=when("used", 1)),
)

HEADINGS = ("used", "hard", "visits", "why")
ROWS = (("Yes", "Distance; Cost", "3", "It’s £5"), ("2", "3", "0", ""), ("", "", "12", ""))
ANSWERS = [
    {"used": 1, "hard": [1, 2], "visits": 3, "why": "It’s £5"},
    {"used": 2, "hard": [3], "visits": 0},
    {"visits": 12},
]
MIXED = (HEADINGS, ROWS[0], ("Yess", "Distance", "3", ""), ("1", "", "900", ""), ROWS[1], ("", "", "", "nothing else"))
"""Headings, and rows of which the second, third and fifth are refused."""


def clinic(definition=FORM, **fields):
    """An open consultation about a clinic, called "clinic"."""
    return open_consultation(definition, slug="clinic", **fields)


def csv_of(*rows, separator=",", encoding="utf-8"):
    """A CSV file of rows, as bytes."""
    stream = io.StringIO(newline="")
    csv.writer(stream, delimiter=separator).writerows(rows)
    return stream.getvalue().encode(encoding)


def xlsx_of(*rows):
    """An XLSX file of rows, as bytes."""
    return workbook(answers=rows)


class Brought:
    """What came of a file: `report` as written, `errors` as rows of dictionaries, `refusal` as said ("" when there was none)."""

    def __init__(self, folder, content, *, slug="clinic", mapping=None, **options):
        file, report, errors = folder / "file", folder / "report.json", folder / "errors.csv"
        for old in (report, errors):
            old.unlink(missing_ok=True)
        file.write_bytes(content)
        if mapping is not None:
            (folder / "mapping.json").write_text(json.dumps(mapping))
            options["mapping"] = folder / "mapping.json"
        self.refusal = ""
        try:
            call_command(
                "import_responses", file, consultation=slug, report=report, errors=errors, quiet=True, **options
            )
        except CommandError as refused:
            self.refusal = str(refused)
        self.report = json.loads(report.read_text()) if report.exists() else None
        self.errors = []
        if errors.exists():
            csv.field_size_limit(2_000_000)
            self.errors = list(csv.DictReader(io.StringIO(errors.read_text(encoding="utf-8-sig"), newline="")))

    @property
    def counts(self):
        """(rows, imported, refused, already there)."""
        return tuple(self.report[name] for name in ("rows", "imported", "refused", "already_there"))

    @property
    def reasons(self):
        """`{row in the file: why it was refused}`."""
        return {int(row["Row in the file"]): row["Why it was refused"] for row in self.errors}


def answers_kept():
    """The answers of every response, in the order they came in."""
    return list(Response.objects.order_by("id").values_list("answers", flat=True))
