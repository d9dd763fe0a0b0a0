"""The true counts of one questionnaire, kept in this process: every coded column by every reported characteristic.

Nothing here is fit to be shown. `results.py` is the only reader, and releases what it reads.
"""

from copy import copy, deepcopy
from threading import RLock

import numpy as np

from equality.categories import reported_characteristics
from exports.asked import everything_asked
from exports.lining_up import LinkedProfiles
from surveys.analysis.cumulative import CumulativeTables
from surveys.analysis.recoding import ANSWERED, FIRST_NUMBER
from surveys.codebook import build_codebook, column_key, every_round, item_of
from surveys.codes import HIGHEST_OPTION_CODE
from surveys.counted import TYPE_CODES, counted_responses
from surveys.kinds import KINDS
from surveys.models import RespondentType
from surveys.publishing import published
from surveys.queries import version_ids

INDIVIDUALS, ORGANISATIONS = 1, 2
"""Codes of the array EVERYONE: who a response speaks for. Organisations are always counted apart."""
EVERYONE = ":everyone"
"""Names of arrays begin with a colon and those of bands and states end in a sign: no column of a questionnaire does."""
EVERY_CODE = 256


class Tallies:
    """True counts of codes under a questionnaire that has been laid out. Hold `lock` while reading.

    Whoever fills it sets `columns` (`analysis.Columns`, with the trait "respondent_type") before counting.
    """

    def __init__(self, question_set):
        self.lock = RLock()
        self.characteristics = reported_characteristics(question_set)

    def lay_out(self, definitions):
        """Make the tables anew for these versions, newest first; codes of all of them line up by column key."""
        definition = everything_asked(definitions)
        columns = build_codebook(definition).columns
        self.definition = definition
        self.asked = {question.key: question for question in every_round(definition)}
        self.summaries = {key: KINDS[question.kind].summaries(question) for key, question in self.asked.items()}
        self.items = {column.question: item_of(column, definition) for column in columns}
        self.columns_of = {key: [] for key in self.asked}
        for column in columns:
            self.columns_of[column.question].append(column)
        self.band_lines = {
            band_name(summary): (summary.base_column, summary.lines)
            for summaries in self.summaries.values()
            for summary in summaries
            if is_banded(summary)
        }
        self.tables = self.empty_tables(columns)

    def empty_tables(self, columns):
        arrays = [array_of(characteristic) for characteristic in self.characteristics]
        return CumulativeTables(
            [column.key for column in columns if column.width == 1] + [*self.band_lines, EVERYONE, *arrays],
            by={EVERYONE: 3} | dict.fromkeys(arrays, EVERY_CODE),
            states={
                state_name(key): [column_key(column.question, column.part) for column in parts]
                for key, parts in self.columns_of.items()
                if parts and not is_single_byte(parts)
            },
        )

    def count(self, profile_arrays, *, edition=None):
        """Count what `columns` and the codes of profiles (`{array_of(characteristic): codes}`) hold that is new."""
        arrays = self.bands() | {EVERYONE: self.groups()} | profile_arrays
        self.tables.refresh(self.columns, arrays=arrays, edition=edition)

    def groups(self):
        """Who each response speaks for."""
        types = self.columns.trait("respondent_type")
        is_organisation = types == TYPE_CODES[RespondentType.ORGANISATION]
        return np.where(is_organisation, np.uint8(ORGANISATIONS), np.uint8(INDIVIDUALS))

    def bands(self):
        """Numbers as the place, from 1, of the range they lie in; those in no range come after the last."""
        found = {}
        for name, (column, lines) in self.band_lines.items():
            numbers = self.columns[column]
            codes = np.where(numbers >= FIRST_NUMBER, np.uint8(len(lines) + 1), np.uint8(0))
            for place, line in enumerate(lines, start=1):
                codes[(numbers >= line.low) & (numbers <= line.high)] = place
            found[name] = codes
        return found

    # What is read

    def line(self, summary, place, source):
        """True counts of one line of a summary, by code of `source`."""
        if is_banded(summary):
            return self.tables.table(band_name(summary), source)[place + 1]
        line = summary.lines[place]
        return sum(self.tables.table(column, source)[line.code] for column in line.columns)

    def states(self, question_key, source):
        """True counts of what became of a question: [256 x codes of source], ANSWERED or the missing code."""
        parts = self.columns_of[question_key]
        if not is_single_byte(parts):
            return self.tables.table(state_name(question_key), source)
        table = self.tables.table(parts[0].key, source)
        table[ANSWERED] = table[1 : HIGHEST_OPTION_CODE + 1].sum(axis=0)
        table[ANSWERED + 1 : HIGHEST_OPTION_CODE + 1] = 0
        return table

    def profile(self, characteristic):
        """True counts of individuals by code of a characteristic, missing codes too: [256]."""
        return self.tables.table(array_of(characteristic), EVERYONE)[:, INDIVIDUALS]

    def responses(self):
        """True counts of responses by who they speak for: [3]."""
        return self.tables.table(EVERYONE, EVERYONE).sum(axis=0)


class Counts(Tallies):
    """The same of the responses that were sent, brought up to date by what is new. Read a `frozen` copy, or hold `lock`."""

    def __init__(self, questionnaire_id, question_set):
        super().__init__(question_set)
        self.questionnaire_id = questionnaire_id
        self.profiles = LinkedProfiles(questionnaire_id, question_set)
        self.counted = counted_responses(questionnaire_id)
        self.versions = None

    @property
    def columns(self):
        return self.counted.columns

    def refresh(self, subject, *, now, fresh=False):
        """Count what is new since the last time; `fresh` reads every profile again, however lately it was read."""
        with self.lock:
            self.follow_versions()
            self.counted.refresh(now=now, thorough=fresh)
            with self.counted.lock:
                for version_id in self.versions:
                    # A version that nobody has answered yet still has its columns.
                    self.columns.extend([], b"", layout=published(version_id).codebook.layout())
                profiles = self.profile_arrays(subject, now=now, fresh=fresh)
                self.count(profiles, edition=(self.counted.edition, self.profiles.edition))

    def frozen(self):
        """The counts as they are now, which later refreshes leave alone. A few milliseconds, at any size."""
        with self.lock:
            still = copy(self)
            still.tables = deepcopy(self.tables)
            return still

    def follow_versions(self):
        """Make the tables anew when a version was published."""
        versions = tuple(version_ids(self.questionnaire_id))
        if versions != self.versions:
            self.lay_out([published(version_id).definition for version_id in versions])
            self.versions = versions

    def profile_arrays(self, subject, *, now, fresh):
        """The codes of each respondent's profile; nothing but NOT_ASKED once the key that links them was destroyed."""
        groups = self.groups()
        if subject.link_of is None:
            self.profiles.forget(len(groups))
        else:
            self.profiles.refresh(
                self.counted, is_person=groups == INDIVIDUALS, link_of=subject.link_of, now=now, everything=fresh
            )
        return {array_of(c): self.profiles.column(c.column) for c in self.characteristics}


def is_banded(summary):
    """Whether a summary counts ranges of numbers."""
    return any(line.low is not None for line in summary.lines)


def is_single_byte(columns):
    """Whether one column of options says all there is of a question."""
    return len(columns) == 1 and columns[0].width == 1


def array_of(characteristic):
    return f":{characteristic.key}"


def band_name(summary):
    return f"{summary.question}~{summary.part}"


def state_name(question_key):
    return f"{question_key}?"


HELD = {}
HELD_LOCK = RLock()


def counts_of(questionnaire_id, question_set):
    """This process's Counts of a questionnaire, not yet refreshed."""
    with HELD_LOCK:
        key = (questionnaire_id, question_set)
        if key not in HELD:
            HELD[key] = Counts(*key)
        return HELD[key]
