"""LimeSurvey's files as rows: the XML of a survey structure (.lss) and its tab-separated text (.tsv) become the same tables."""

import csv
import io
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

import defusedxml
from defusedxml.ElementTree import iterparse

from surveys.interchange.base import ImportRefused

Fields = dict[str, str]
Tables = dict[str, list[Fields]]

MOST_BYTES = 10_000_000
MOST_ELEMENTS = 400_000
DEEPEST = 12
LONGEST_FIELD = 100_000
BROKEN = (
    "The LimeSurvey file is damaged and cannot be read. Export the survey structure (.lss) again, and try once more."
)
TOO_LARGE = (
    "The file is too large for a questionnaire. Export the survey structure without its answers, and try once more."
)


# .lss ---------------------------------------------------------------------------------------------------------------------


def tables_of_xml(content: bytes) -> Tables:
    """`{table: rows}` of a survey structure; the languages under "languages". Raises ImportRefused."""
    if len(content) > MOST_BYTES:
        raise ImportRefused(TOO_LARGE)
    try:
        return dict(read_tables(content))
    except defusedxml.DefusedXmlException as error:
        raise ImportRefused(
            "The file declares entities, which no survey export does, and was not opened. Export the survey again."
        ) from error
    except (SyntaxError, ValueError, LookupError) as error:
        if isinstance(error, ImportRefused):
            raise
        raise ImportRefused(BROKEN) from error


def read_tables(content: bytes) -> Tables:
    """Every table of the document, read as it comes and thrown away as it goes."""
    tables: Tables = defaultdict(list)
    path: list[str] = []
    row: Fields = {}
    seen = 0
    for event, element in iterparse(io.BytesIO(content), events=("start", "end"), forbid_dtd=True):
        if event == "start":
            path.append(element.tag)
            seen += 1
            if seen > MOST_ELEMENTS or len(path) > DEEPEST:
                raise ImportRefused(TOO_LARGE)
            continue
        path.pop()
        # document / table / rows / row / field
        if len(path) == 4 and path[2:] == ["rows", "row"]:
            row[element.tag] = element.text or ""
        elif path[2:] == ["rows"] and element.tag == "row":
            tables[path[1]].append(row)
            row = {}
        elif path[1:] == ["languages"] or len(path) == 1:
            tables[path[-1] if len(path) == 2 else "document"].append({element.tag: element.text or ""})
        element.clear()
    return tables


# .tsv ---------------------------------------------------------------------------------------------------------------------


@dataclass
class Cursor:
    """Where a row of the text stands: the group and question above it, and the next numbers to give."""

    group: str = "0"
    question: str = "0"
    order: int = 0
    groups: dict[str, str] = field(default_factory=dict)
    questions: dict[str, str] = field(default_factory=dict)


STANDARD = {
    "id", "related_id", "class", "type/scale", "name", "relevance", "text", "help", "language", "validation",
    "mandatory", "other",
    "default", "same_default",
}  # fmt: skip


def decoded(content: bytes) -> str:
    """The text of a tab-separated file in any of the encodings that LimeSurvey and spreadsheets write."""
    for encoding in ("utf-16", "utf-8-sig") if content[:2] in (b"\xff\xfe", b"\xfe\xff") else ("utf-8-sig", "cp1252"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    return ""


def tables_of_text(content: bytes) -> Tables:
    """The same tables from tab-separated text. Raises ImportRefused."""
    if len(content) > MOST_BYTES:
        raise ImportRefused(TOO_LARGE)
    tables: Tables = defaultdict(list)
    cursor = Cursor()
    try:
        for number, row in enumerate(
            csv.DictReader(io.StringIO(decoded(content)), delimiter="\t", restval=""), start=2
        ):
            if number > MOST_ELEMENTS // 10:
                raise ImportRefused(TOO_LARGE)
            cells = {
                name.strip().lower(): text or ""
                for name, text in row.items()
                if isinstance(name, str) and isinstance(text, str)
            }
            add_row(tables, cells, cursor, number)
    except csv.Error as error:
        raise ImportRefused(BROKEN.replace(".lss", ".tsv")) from error
    return tables


def add_row(tables: Tables, cells: Fields, cursor: Cursor, number: int) -> None:
    """Add one line of the text to the table it belongs to."""
    adding = ADDING.get(cells.get("class", "").strip().upper())
    if adding:
        cursor.order += 1
        adding(tables, cells, cursor)
    elif any(cells.values()):
        tables["unread"].append({"where": f"line {number}", "what": " ".join(text for text in cells.values() if text)})


def add_setting(tables: Tables, cells: Fields, cursor: Cursor) -> None:
    tables["settings"].append({"name": cells.get("name", ""), "value": cells.get("text", "")})


def add_language_setting(tables: Tables, cells: Fields, cursor: Cursor) -> None:
    language = cells.get("language", "")
    rows = tables["surveys_languagesettings"]
    row = next((each for each in rows if each["surveyls_language"] == language), None)
    if row is None:
        row = {"surveyls_language": language}
        rows.append(row)
    row[cells.get("name", "")] = cells.get("text", "")


def add_group(tables: Tables, cells: Fields, cursor: Cursor) -> None:
    known = cells.get("type/scale") or cells.get("id") or cells.get("name", "")
    languages = {row["language"] for row in tables["groups"] if row["gid"] == cursor.groups.get(known)}
    if known not in cursor.groups or cells.get("language", "") in languages:
        cursor.groups[known] = str(cursor.order)
    cursor.group = cursor.groups[known]
    tables["groups"].append(
        {
            "gid": cursor.group, "group_name": cells.get("name", ""), "description": cells.get("text", ""),
            "language": cells.get("language", ""), "grelevance": cells.get("relevance", ""), "group_order": cursor.group,
            "randomization_group": cells.get("random_group", ""),
        }
    )  # fmt: skip


def add_question(tables: Tables, cells: Fields, cursor: Cursor) -> None:
    name = cells.get("name", "")
    languages = {row["language"] for row in tables["questions"] if row["qid"] == cursor.questions.get(name)}
    if name not in cursor.questions or cells.get("language", "") in languages:
        cursor.questions[name] = str(cursor.order)
        for attribute, value in cells.items():
            if attribute and attribute not in STANDARD and value:
                tables["question_attributes"].append({"qid": str(cursor.order), "attribute": attribute, "value": value})
        if cells.get("default"):
            tables["defaultvalues"].append({"qid": str(cursor.order), "defaultvalue": cells["default"]})
    cursor.question = cursor.questions[name]
    tables["questions"].append(element(cells, cursor) | {"qid": cursor.question, "type": cells.get("type/scale", "")})


def add_subquestion(tables: Tables, cells: Fields, cursor: Cursor) -> None:
    scale, name = cells.get("type/scale", "") or "0", cells.get("name", "")
    row = element(cells, cursor) | {"parent_qid": cursor.question, "scale_id": scale}
    tables["subquestions"].append(row | {"qid": f"{cursor.question}.{scale}.{name}"})


def add_answer(tables: Tables, cells: Fields, cursor: Cursor) -> None:
    tables["answers"].append(
        {
            "qid": cursor.question, "code": cells.get("name", ""), "answer": cells.get("text", ""),
            "sortorder": str(cursor.order),
            "language": cells.get("language", ""), "scale_id": cells.get("type/scale", "") or "0",
        }
    )  # fmt: skip


def element(cells: Fields, cursor: Cursor) -> Fields:
    """What questions and subquestions have in common."""
    return {
        "gid": cursor.group, "title": cells.get("name", ""), "question": cells.get("text", ""), "help": cells.get("help", ""),
        "preg": cells.get("validation", ""), "other": cells.get("other", ""), "mandatory": cells.get("mandatory", ""),
        "relevance": cells.get("relevance", ""), "language": cells.get("language", ""), "question_order": str(cursor.order),
    }  # fmt: skip


ADDING = {
    "S": add_setting,
    "SL": add_language_setting,
    "G": add_group,
    "Q": add_question,
    "SQ": add_subquestion,
    "A": add_answer,
}


def language_names(tables: Tables) -> Iterator[str]:
    """The codes of a survey's languages, its base language first."""
    for row in tables.get("surveys", []):
        yield from (row.get("language", ""), *row.get("additional_languages", "").split())
    settings = {row["name"]: row["value"] for row in tables.get("settings", [])}
    yield from (settings.get("language", ""), *settings.get("additional_languages", "").split())
    for row in tables.get("languages", []):
        yield from row.values()
    yield from (row["language"] for row in tables.get("groups", []) if "language" in row)
