"""The words of the service's own public pages, measured with the counter of plain English."""

import re

from django.template.base import Lexer, TokenType
from django.utils.text import smart_split

from surveys.readability import PLAIN, long_sentences, reading_of
from tests.catalogues import PUBLIC_TEMPLATES, words_in_modules
from tests.conftest import REPOSITORY

BREAKS = ("else", "elif", "plural", "endif", "endfor", "endblock")
BLOCK_TAG = re.compile(
    r"</?(?:p|h\d|li|ul|dl|dt|dd|div|td|th|tr|table|caption|legend|title|summary|button|label|nav|option)\b[^>]*>"
)
"""Elements that end a sentence as a full stop does."""
FEWEST_WORDS = 40
"""A score of fewer words than these says little."""


def public_words():
    """`{template: its words}` of every page that the public may see."""
    folder = REPOSITORY / "templates"
    paths = sorted({path for pattern in PUBLIC_TEMPLATES for path in folder.glob(pattern)})
    return {str(path.relative_to(folder)): words_of_template(path.read_text(encoding="utf-8")) for path in paths}


def words_of_template(source):
    """What a template says: a variable counts as one word, and what stands in different branches as different sentences."""
    parts = []
    for token in Lexer(re.sub(r"\{#.*?#\}", "", source)).tokenize():
        if token.token_type == TokenType.TEXT:
            parts.append(token.contents)
        elif token.token_type == TokenType.VAR:
            parts.append("it")
        elif token.token_type == TokenType.BLOCK:
            parts.append(words_of_tag(token.contents))
    text = re.sub(r"<[^>]*>", "", BLOCK_TAG.sub("\0", "".join(parts)))
    # Line ends of the file are not line ends of the page.
    return " ".join(text.split()).replace("\0", "\n")


def words_of_tag(contents):
    name, *rest = smart_split(contents)
    if name in BREAKS:
        return "\0"
    if name == "translate":
        return rest[0].strip("\"'")
    texts = re.findall(r"_\(\"([^\"]*)\"\)|[tT]ext=\"([^\"]*)\"", contents)
    return "".join(f"\0{first or second}\0" for first, second in texts)


def ids_in_words():
    """Every sentence that modules say to the public, with a word where something is put in."""
    return [re.sub(r"%?\{\w*\}", "it", id) for _, id in words_in_modules()]


def test_words_are_found_in_markup_tags_and_branches():
    source = '<p>{% translate "Keep it." %} {% if a %}Phone <b>{{ n }}</b> now.{% else %}Wait{% endif %}</p>'
    source += '{% nhs "button" text=_("Go") %}'

    assert [part for part in words_of_template(source).split("\n") if part.strip()] == [
        "Keep it. Phone it now.", "Wait", "Go",
    ]  # fmt: skip


def test_no_public_sentence_is_longer_than_twenty_five_words():
    too_long = {name: found for name, text in public_words().items() if (found := long_sentences(text))}

    assert too_long == {}
    assert [found for id in ids_in_words() for found in long_sentences(id)] == []


def test_public_words_are_plain_english():
    hard = {
        name: round(reading.ease)
        for name, text in public_words().items()
        if (reading := reading_of(text)).words >= FEWEST_WORDS and reading.ease < PLAIN
    }

    assert hard == {}
    assert reading_of("\n".join([*public_words().values(), *ids_in_words()])).ease >= PLAIN
