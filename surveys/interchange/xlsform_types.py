"""The types of XLSForm's questions, legacy names included: what each becomes here, and why some cannot be kept."""

import re
from dataclasses import dataclass

NO_FILES = "this service takes no pictures, recordings or files from the public"
NO_MAPS = "a place on a map cannot be asked for here"
NO_DEVICE = "this service notes when a response was sent, and nothing about people or their devices"
NO_SUMS = "nothing is worked out from answers here"
NO_LISTS = "lists of answers in other files are not read"


@dataclass(frozen=True)
class Type:
    """A row's type: its `name` in one spelling, the `list` of its choices, and whether "other" is added to them."""

    name: str
    list: str = ""
    or_other: bool = False


@dataclass(frozen=True)
class Becomes:
    """What a type becomes here; with `why` it is not quite what it was."""

    kind: str
    why: str = ""


SAME = {
    "string": "text", "int": "integer", "trigger": "acknowledge", "photo": "image", "add text prompt": "text",
    "add integer prompt": "integer", "add decimal prompt": "decimal", "add date prompt": "date", "add note prompt": "note",
    "add acknowledge prompt": "acknowledge", "q string": "text", "q int": "integer", "q decimal": "decimal",
    "location": "geopoint", "gps": "geopoint", "calculation": "calculate", "start time": "start", "end time": "end",
    "device id": "deviceid", "get today": "today", "phone number": "phonenumber", "percentage": "integer",
    "number of days in last month": "integer", "number of days in last six months": "integer",
    "number of days in last year": "integer",
}  # fmt: skip
KEPT = {
    "text": Becomes("short_text"),
    "integer": Becomes("number"),
    "decimal": Becomes("number", "a number here has two decimals at most"),
    "range": Becomes("number"),
    "date": Becomes("date"),
    "note": Becomes("information"),
    "select_one": Becomes("one_choice"),
    "select_multiple": Becomes("several_choices"),
    "rank": Becomes("ranking"),
    "datetime": Becomes("date", "a date here has no time of day"),
    "time": Becomes("short_text", "there is no question for a time of day here; it is asked in words"),
    "barcode": Becomes("short_text", "a barcode cannot be scanned here; it is typed"),
    "acknowledge": Becomes(
        "information", "people cannot be made to say that they read something here; it is only shown"
    ),
    "select_one_from_file": Becomes("short_text", f"{NO_LISTS}; it is asked in words"),
    "select_multiple_from_file": Becomes("short_text", f"{NO_LISTS}; it is asked in words"),
    "select_one_external": Becomes("short_text", f"{NO_LISTS}; it is asked in words"),
}
LOST = {
    **dict.fromkeys(("image", "audio", "video", "file", "background-audio"), NO_FILES),
    **dict.fromkeys(("geopoint", "geotrace", "geoshape", "start-geopoint"), NO_MAPS),
    **dict.fromkeys(("calculate", "hidden"), NO_SUMS),
    **dict.fromkeys(("xml-external", "csv-external", "osm"), NO_LISTS),
}
DEVICE = {
    "start", "end", "today", "deviceid", "subscriberid", "simserial", "phonenumber", "username", "email", "audit", "imei",
    "caseid", "entity",
}  # fmt: skip
NO_QUESTION = {
    "note", "calculate", "hidden", "start-geopoint", "background-audio", "xml-external", "csv-external", *DEVICE,
}  # fmt: skip
"""The types that ask nothing."""

FROM_FILE = re.compile(r"^select_(one|multiple)_(?:from_file|external)\s+(.+)$")
ONE = re.compile(r"^(?:add )?(?:select[_ ]one(?: prompt)?|select1|q select1)(?: from| using)?\s+(\S+)(.*)$")
SEVERAL = re.compile(
    r"^(?:add )?(?:select[_ ]multiple(?: prompt)?|select[_ ]all[_ ]that[_ ]apply|q select)(?: from| using)?\s+(\S+)(.*)$"
)
RANK = re.compile(r"^rank\s+(\S+)(.*)$")
FRAME = re.compile(r"^(begin|end)[ _](group|repeat|lgroup|looped group|loop over .*)$")
OTHER = re.compile(r"^\s*(?:or_other|or other|or specify other|or_specify_other|specify_other)\s*$")


def type_of(text: str) -> Type:
    """The type that a row writes in any of XLSForm's spellings."""
    plain = " ".join(text.split())
    if found := FROM_FILE.match(plain):
        return Type(f"select_{found[1]}_from_file", found[2])
    for name, pattern in (("select_one", ONE), ("select_multiple", SEVERAL), ("rank", RANK)):
        if found := pattern.match(plain):
            return Type(name, found[1], bool(OTHER.match(found[2])))
    if found := FRAME.match(plain.lower()):
        return Type(f"{found[1]} {'group' if found[2] == 'group' else 'repeat'}")
    return Type(SAME.get(plain.lower(), plain.lower()))


def why_lost(name: str) -> str:
    """Why a type is not kept; "" for one that is."""
    if name in KEPT:
        return ""
    if name in DEVICE or name.startswith("uri:"):
        return NO_DEVICE
    return LOST.get(name, "this type of question is not known here")


def asks(name: str) -> bool:
    """Whether the source counts it as a question to answer."""
    return name not in NO_QUESTION and not name.startswith("uri:")
