"""Questionnaires in and out: one file for each format, told apart by what a file holds and never by its name. Pure.

`read_questionnaire(content, name=…)` gives the questionnaire and the report of what became of everything in the file.
`write_questionnaire(definition, format)` gives the bytes of a file. To add a format: write its file, and add a line to READERS.
"""

from collections.abc import Callable, Mapping
from pathlib import PurePath

from surveys.definition import Definition
from surveys.interchange.base import Format, Imported, ImportRefused, Line, Report
from surveys.interchange.json import OurJson, write_json
from surveys.interchange.limesurvey import LimeSurvey, LimeSurveyTable
from surveys.interchange.xlsform import XlsForm
from surveys.interchange.xlsform_write import write_xlsform
from surveys.text import clean_text

READERS: tuple[Format, ...] = (XlsForm(), LimeSurvey(), LimeSurveyTable(), OurJson())
WRITERS: Mapping[str, Callable[[Definition], bytes]] = {"json": write_json, "xlsform": write_xlsform}
EXTENSIONS = {"json": ".json", "xlsform": ".xlsx"}

MOST_BYTES = 10_000_000
UNKNOWN = (
    "The file is none that questionnaires can be read from. Choose an XLSForm spreadsheet (.xlsx or .xls), "
    "a LimeSurvey survey (.lss or .tsv), or a questionnaire exported from this service (.json)."
)


def read_questionnaire(content: bytes, *, name: str) -> Imported:
    """The questionnaire in a file, and the report of the reading. `name` is the file's, for one that has no title.

    Raises ImportRefused, saying why and what to do, for what is too large, locked, hostile or of no format known here.
    """
    if len(content) > MOST_BYTES:
        raise ImportRefused(
            "The file is too large for a questionnaire: 10 MB is the most. Check that it is the right one."
        )
    if not content.strip():
        raise ImportRefused("The file is empty. Choose another one.")
    title = clean_text(PurePath(name).stem) or "Questionnaire"
    for reader in READERS:
        if reader.recognises(content):
            return reader.read(content, title=title)
    raise ImportRefused(UNKNOWN)


def write_questionnaire(definition: Definition, format: str) -> bytes:
    """A questionnaire as a file of one of WRITERS."""
    return WRITERS[format](definition)


__all__ = [
    "EXTENSIONS", "READERS", "WRITERS", "ImportRefused", "Imported", "Line", "Report", "read_questionnaire",
    "write_questionnaire",
]  # fmt: skip
