"""How easy English words are to read: a counter of our own, for libraries of this kind fetch word lists when they run. Pure.

Sentences and words are counted as they stand. Syllables are estimated by rule (`syllables`): a rule is wrong about single words
in both directions and right on average, so a score means something for a page, not for a line.

Flesch (1948): reading ease = 206.835 - 1.015 x words per sentence - 84.6 x syllables per word; 65 and more is plain English.
Kincaid and others (1975): school grade = 0.39 x words per sentence + 11.8 x syllables per word - 15.59.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

PLAIN = 65.0
"""The least reading ease of public words (ux.md §2)."""
LONGEST_SENTENCE = 25
"""The most words of a public sentence (ux.md §2)."""

# A full stop in a number, an address or an abbreviation ends no sentence: only one with a space, or nothing, behind it does.
SENTENCE_END = re.compile(r"(?<=[.!?])[”’\"')\]]*\s+|\n+")
WORD = re.compile(r"[A-Za-z0-9](?:[\w'’.,:@/-]*[A-Za-z0-9])?")
VOWELS = re.compile(r"[aeiouy]+")
SILENT_END = re.compile(
    r"(?:[b-df-hjkmnp-qstv-xz]e|(?<![bct])re|[aeiouy]le"  # care, while; but centre, table and people keep theirs
    r"|[bdfkmnp-rtvw]es|[aeiouy]les"  # makes; but places, pages and tables keep theirs
    r"|[b-cf-hj-np-sv-xz]ed)$"  # asked; but wanted and needed keep theirs
)
SILENT_INSIDE = re.compile(r"(?<=[aeiou][^aeiouy])e(?=(?:ful|less|ly|ment|where|one|thing|times|body)s?$)")
"""The e of the first part in a word made of two: someone, careful, statement."""
SAID_APART = re.compile(
    r"[eoy]ing$|[^cgst]ia|[^gq]ua[lt]|[bdfkmprvz]io|eo$"  # saying, material, usual, audio and various, video
    r"|idea|area|creat|theatre|scien|quiet|ciet|diet|dien|client|erien|riet"
)
"""Vowels that stand together and are two syllables."""


@dataclass(frozen=True)
class Reading:
    """What was counted in a text."""

    sentences: int
    words: int
    syllables: int
    longest: int

    @property
    def ease(self) -> float:
        """Flesch's reading ease: 100 is very easy, under 30 very hard; 100 where there are no words."""
        if not self.words:
            return 100.0
        return 206.835 - 1.015 * self.words / self.sentences - 84.6 * self.syllables / self.words

    @property
    def grade(self) -> float:
        """The American school grade that Kincaid's formula gives; 0 where there are no words."""
        if not self.words:
            return 0.0
        return 0.39 * self.words / self.sentences + 11.8 * self.syllables / self.words - 15.59


def reading_of(text: str) -> Reading:
    """The counts of a text. A line break ends a sentence, as headings and list items end without a full stop."""
    counts = [[syllables(word) for word in words_of(sentence)] for sentence in sentences_of(text)]
    return Reading(
        sentences=len(counts),
        words=sum(map(len, counts)),
        syllables=sum(map(sum, counts)),
        longest=max(map(len, counts), default=0),
    )


def long_sentences(text: str, *, most: int = LONGEST_SENTENCE) -> list[str]:
    """The sentences with more words than `most`, as they stand in the text."""
    return [sentence for sentence in sentences_of(text) if len(words_of(sentence)) > most]


def sentences_of(text: str) -> list[str]:
    """The sentences of a text, each with at least one word."""
    parts: Iterable[str] = SENTENCE_END.split(text)
    return [" ".join(part.split()) for part in parts if WORD.search(part)]


def words_of(sentence: str) -> list[str]:
    """The words of a sentence: numbers, addresses and words with a hyphen or apostrophe count as one."""
    return WORD.findall(sentence)


def syllables(word: str) -> int:
    """About how many syllables a word has, at least 1.

    One for each group of vowels, less those of silent endings (SILENT_END, SILENT_INSIDE), plus one where vowels that stand
    together are said apart (SAID_APART). A number counts as one: it is read at a glance.
    """
    letters = re.sub(r"[^a-z]", "", re.sub(r"['’]s$", "", word.lower()))
    said = SILENT_END.sub(lambda ending: ending[0].replace("e", ""), SILENT_INSIDE.sub("", letters))
    return max(len(VOWELS.findall(said)) + len(SAID_APART.findall(letters)), 1)
