"""Catalogues of translations as tests read them, and the words in the source that they must hold. Needs no GNU gettext."""

import ast
import re
from dataclasses import dataclass, field
from pathlib import Path

from django.utils.translation.template import templatize

from tests.conftest import REPOSITORY

LANGUAGES = ("cy", "pl", "ur")
PUBLIC_TEMPLATES = (
    "*.html", "partials/*.html", "consult/public/*.html", "consult/respond/*.html", "consult/your_response/*.html",
    "surveys/**/*.html",
)  # fmt: skip
"""The templates that the public may see, below `templates/`."""
APPS = ("consult", "surveys", "equality", "exports")
MARKS = {"gettext", "gettext_lazy", "gettext_noop", "ngettext", "pgettext", "Message", "AnswerError"}
WORDS = r"u?('(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\")"
TEMPLATE_CALL = re.compile(rf"\b(?:(?:_|gettext|ngettext)\(|pgettext\({WORDS}, ){WORDS}", re.DOTALL)


@dataclass(frozen=True)
class Entry:
    """One message of a catalogue: its context and id, the plural of its id, and its words, one for each form."""

    context: str
    id: str
    plural: str = ""
    words: tuple[str, ...] = ()
    flags: frozenset[str] = field(default_factory=frozenset)

    @property
    def key(self):
        return (self.context, self.id)


def po_path(language):
    return REPOSITORY / "locale" / language / "LC_MESSAGES" / "django.po"


def entries(language):
    """`{(context, id): Entry}` of a catalogue's source, without its header and what is no longer used."""
    blocks = po_path(language).read_text(encoding="utf-8").strip().split("\n\n")
    found = [entry_of(block) for block in blocks if not block.startswith("#~")]
    return {entry.key: entry for entry in found if entry.id}


def entry_of(block):
    """One block of lines as an Entry."""
    parts: dict[str, str] = {}
    flags: set[str] = set()
    name = ""
    for line in block.splitlines():
        if line.startswith("#,"):
            flags |= {flag.strip() for flag in line[2:].split(",")}
        elif line.startswith('"'):
            parts[name] += ast.literal_eval(line)
        elif not line.startswith("#"):
            name, _, text = line.partition(" ")
            parts[name] = ast.literal_eval(text)
    words = tuple(text for name, text in parts.items() if name.startswith("msgstr"))
    return Entry(parts.get("msgctxt", ""), parts["msgid"], parts.get("msgid_plural", ""), words, frozenset(flags))


def compiled(language):
    """`{(context, id): words}` of the catalogue that the service reads, without its header."""
    raw = po_path(language).with_suffix(".mo").read_bytes()
    return {(context, id): words for (context, id), words in mo_pairs(raw) if id}


def mo_pairs(raw):
    """The pairs in a .mo file: two tables of (length, place), for ids and for words (GNU gettext manual, 10.3)."""

    def number(place):
        return int.from_bytes(raw[place : place + 4], "little")

    def text(table, index):
        length, place = number(table + 8 * index), number(table + 8 * index + 4)
        return raw[place : place + length].decode("utf-8")

    assert number(0) == 0x950412DE
    for index in range(number(8)):
        context, _, id = text(number(12), index).rpartition("\x04")
        yield (context, id.partition("\0")[0]), tuple(text(number(16), index).split("\0"))


def words_in_templates():
    """`{(context, id): path}` of what templates mark for translation."""
    folder = REPOSITORY / "templates"
    paths = sorted(folder.rglob("*.html"))
    return {key: str(path.relative_to(folder)) for path in paths for key in keys_in_template(path)}


def keys_in_template(path: Path):
    source = templatize(path.read_text(encoding="utf-8"))
    for match in TEMPLATE_CALL.finditer(source):
        yield (ast.literal_eval(match[1]) if match[1] else "", ast.literal_eval(match[2]))


def words_in_modules():
    """`{(context, id): path}` of what modules mark for translation."""
    paths = [path for app in APPS for path in sorted((REPOSITORY / app).rglob("*.py"))]
    return {key: str(path.relative_to(REPOSITORY)) for path in paths for key in keys_in_module(path)}


def keys_in_module(path: Path):
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") in MARKS:
            texts = [part.value for part in node.args if isinstance(part, ast.Constant) and isinstance(part.value, str)]
            if node.func.id == "pgettext":
                yield tuple(texts[:2])
            elif texts and node.args[0] is not None and isinstance(node.args[0], ast.Constant):
                yield ("", texts[0])
