"""THE gate: every number that leaves the service is counted, released and handed out here.

`open_results` brings a consultation's counts up to date; what it returns gives `ReleasedTable`s and nothing rawer.
True counts stay inside this module, but for the analyst's comparisons of groups, which are given only where both
groups are published.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from threading import RLock
from uuid import UUID

import numpy as np

from equality.categories import reported_characteristics
from equality.disclosure import POLICIES, CountTable, release, release_linked
from exports.lining_up import LinkedProfiles
from surveys.analysis.counts import base_of
from surveys.analysis.cumulative import CumulativeTables
from surveys.analysis.significance import compare_groups, holm
from surveys.codebook import build_codebook, column_key, every_round, item_of
from surveys.codes import BLANK, HIGHEST_OPTION_CODE, NOT_ASKED, PREFER_NOT_TO_SAY
from surveys.counted import TYPE_CODES, counted_responses
from surveys.definition import Definition, words
from surveys.kinds import KINDS
from surveys.models import RespondentType
from surveys.publishing import latest_version_id, published

INDIVIDUALS, ORGANISATIONS = 1, 2
"""Codes of the array "group": who a response speaks for. Organisations are always reported apart."""
EVERYONE = "group"
EVERY_CODE = 256
FEWEST_TO_COMPARE = 30
"""A group is compared with everyone else only from this base on (ux.md §4)."""


@dataclass(frozen=True)
class Subject:
    """What the results are of: a questionnaire, its publishing rule, and how to find a respondent's profile.

    `link_of` gives the profile link (UUID) of a submission key (UUID), or is None when the link key was destroyed.
    """

    questionnaire_id: UUID
    title: str
    policy: str
    question_set: str
    link_of: Callable[[UUID], UUID] | None


@dataclass(frozen=True)
class Comparison:
    """One group against everyone else in one answer: bases of at least 30 on both sides, shares in whole percent.

    `adjusted_p` is Holm's over the family it was made in. A difference that no chance explains is still no effect:
    people chose whether to take part.
    """

    characteristic: str
    category: str
    group_shown: str
    group_share: int
    others_share: int
    difference: int
    adjusted_p: float


class Counts:
    """One questionnaire's cumulative tables in this process: every coded column by every reported characteristic."""

    def __init__(self, questionnaire_id, question_set):
        self.lock = RLock()
        self.questionnaire_id = questionnaire_id
        self.characteristics = reported_characteristics(question_set)
        self.profiles = LinkedProfiles(questionnaire_id, question_set)
        self.tables = None
        self.version_id = None

    def refresh(self, subject, *, now):
        """Count what is new since the last time."""
        with self.lock:
            self.follow_version()
            counted = counted_responses(self.questionnaire_id).refresh(now=now)
            with counted.lock:
                self.counted = counted
                # A version that nobody has answered yet still has its columns.
                counted.columns.extend([], b"", layout=published(self.version_id).codebook.layout())
                arrays = self.bands() | {EVERYONE: self.groups()}
                if subject.link_of is not None:
                    self.profiles.refresh(counted, link_of=subject.link_of, now=now)
                    arrays |= {c.key: self.profiles.column(c.column) for c in self.characteristics}
                else:
                    arrays |= {c.key: np.zeros(len(counted.columns), np.uint8) for c in self.characteristics}
                self.tables.refresh(counted.columns, arrays=arrays, edition=(counted.edition, self.profiles.edition))

    def follow_version(self):
        """Make the tables of the newest version; codes of older versions line up with its columns."""
        newest = latest_version_id(self.questionnaire_id)
        if newest == self.version_id:
            return
        self.version_id = newest
        self.definition = published(newest).definition
        self.summaries = summaries_of(self.definition)
        layout = published(newest).codebook.layout()
        self.tables = CumulativeTables(
            [key for key, (_, width) in layout.items() if width == 1] + list(self.band_lines),
            by={EVERYONE: 3} | {c.key: EVERY_CODE for c in self.characteristics},
        )

    @cached_property
    def band_lines(self):
        """`{name of a banded column: (column key, lines)}` of summaries that count ranges of numbers."""
        return {
            band_name(s): (s.base_column, s.lines)
            for summaries in self.summaries.values()
            for s in summaries
            if any(line.low is not None for line in s.lines)
        }

    def bands(self):
        """Numbers as the code of the range they lie in, one array for each summary of ranges."""
        found = {}
        for name, (column, lines) in self.band_lines.items():
            numbers = self.counted.columns[column]
            codes = np.zeros(len(numbers), np.uint8)
            for code, line in enumerate(lines, start=1):
                codes[(numbers >= line.low) & (numbers <= line.high)] = code
            found[name] = codes
        return found

    def groups(self):
        """Who each response speaks for."""
        types = self.counted.columns.trait("respondent_type")
        return np.where(types == TYPE_CODES[RespondentType.ORGANISATION], ORGANISATIONS, INDIVIDUALS).astype(np.uint8)


def band_name(summary):
    return f"{summary.question}~{summary.part}"


def summaries_of(definition):
    """`{question key as asked: summaries}` in questionnaire order, repeated questions once for each item."""
    return {question.key: KINDS[question.kind].summaries(question) for question in every_round(definition)}


HELD = {}
HELD_LOCK = RLock()


def open_results(subject, *, now: datetime):
    """The Results of a subject, brought up to date. About a second per million responses the first time in a process."""
    key = (subject.questionnaire_id, subject.question_set)
    with HELD_LOCK:
        counts = HELD.setdefault(key, Counts(*key))
    counts.refresh(subject, now=now)
    return Results(subject, counts)


class Results:
    """Released tables of one consultation, as of when it was opened."""

    def __init__(self, subject, counts):
        self.subject = subject
        self.counts = counts
        self.policy = POLICIES[subject.policy]
        self.definition: Definition = counts.definition
        self.characteristics = counts.characteristics
        self.linked = {}

    def questions(self):
        """Every question that has tables, as asked: `[(Question, summaries)]` in questionnaire order."""
        asked = {question.key: question for question in every_round(self.definition)}
        return [(asked[key], summaries) for key, summaries in self.counts.summaries.items() if summaries]

    def heading(self, question):
        """A question's words for a table's title; a repeated question says for which item."""
        item = self.item(question.key)
        text = words(question.short or question.text)
        return f"{text} ({item})" if item else text

    def item(self, question_key):
        """The words of the item that a repeated question was asked about; "" for a plain one."""
        column = next((c for c in build_codebook(self.definition).columns if c.question == question_key), None)
        return item_of(column, self.definition) if column else ""

    def table(self, summary, *, by=None, group=INDIVIDUALS):
        """One released table: a summary's lines for everybody of a group, or by a characteristic (its key)."""
        if self.policy.is_exact and group == INDIVIDUALS:
            return self.linked_tables(summary)[by]
        return release(self.count_table(summary, by=by, group=group), self.policy)

    def linked_tables(self, summary):
        """A summary for everybody and by every characteristic, released together: `{characteristic key or None: table}`.

        True totals stand in each of these tables alike, so what one hides the others must hide. People who did not say are
        a column of their own, which makes the totals the same.
        """
        name = (summary.question, summary.part)
        if name not in self.linked:
            by = [None, *(characteristic.key for characteristic in self.characteristics)]
            tables = [self.count_table(summary, by=key) for key in by]
            overall = tables[0]
            whole = [overall, *(with_those_who_did_not_say(table, overall) for table in tables[1:])]
            self.linked[name] = dict(zip(by, release_linked(whole, self.policy), strict=True))
        return self.linked[name]

    def count_table(self, summary, *, by, group=INDIVIDUALS):
        characteristic = next((c for c in self.characteristics if c.key == by), None)
        categories = [(group, "All responses")] if characteristic is None else list(characteristic.categories)
        source = by or EVERYONE
        codes = [code for code, _ in categories]
        with self.counts.lock:
            lines = [self.line_counts(summary, place, source)[codes] for place in range(len(summary.lines))]
            base = (
                self.counts.tables.table(summary.base_column, source)[1 : HIGHEST_OPTION_CODE + 1].sum(axis=0)[codes]
                if summary.overlapping
                else None
            )
        return CountTable(
            title=self.title_of(summary, characteristic),
            question=summary.question,
            rows=tuple(words(line.label) for line in summary.lines),
            columns=tuple(label for _, label in categories),
            counts=np.array(lines),
            by=characteristic.heading if characteristic else None,
            additive_rows=not summary.overlapping,
            bases=base,
        )

    def line_counts(self, summary, place, source):
        """True counts of one line by code of `source`: over all its columns, or the band it is."""
        line, tables = summary.lines[place], self.counts.tables
        if line.low is not None:
            return tables.table(band_name(summary), source)[place + 1]
        return sum(tables.table(column, source)[line.code] for column in line.columns)

    def title_of(self, summary, characteristic=None):
        question = next(q for q in every_round(self.definition) if q.key == summary.question)
        part = words(summary.heading)
        title = f"{self.heading(question)}: {part}" if part else self.heading(question)
        return f"{title}, by {characteristic.heading.lower()}" if characteristic else title

    def base_table(self, question, *, group=INDIVIDUALS):
        """What became of everybody who was asked: answered, left blank, preferred not to say, could not be read."""
        codebook = build_codebook(self.definition)
        keys = [column_key(c.question, c.part) for c in codebook.columns if c.question == question.key]
        with self.counts.lock:
            columns = self.counts.counted.columns
            base = base_of([columns[key] for key in keys], mask=self.counts.groups() == group)
        rows = ("Answered", "Left blank", "Preferred not to say", "Could not be read", "Ticked more than one")
        numbers = (base.answered, base.blank, base.prefer_not_to_say, base.illegible, base.several_ticked)
        table = CountTable.one_way(
            numbers, title=f"{self.heading(question)}: who answered", question=question.key, rows=rows
        )
        return release(table, self.policy)

    def profile_table(self, characteristic):
        """Who answered, by one characteristic: released counts of individuals."""
        return release(self.profile_counts(characteristic), self.policy)

    def profile_counts(self, characteristic):
        codes = [code for code, _ in characteristic.categories]
        numbers = np.bincount(self.profile_codes(characteristic), minlength=EVERY_CODE)[codes]
        rows = tuple(label for _, label in characteristic.categories)
        return CountTable.one_way(numbers, title=characteristic.heading, question=characteristic.key, rows=rows)

    def profile_base_table(self, characteristic):
        """Of all individuals: who answered, preferred not to say, left it blank, or was not asked."""
        with self.counts.lock:
            people = self.counts.groups() == INDIVIDUALS
            tally = np.bincount(self.counts.profiles.column(characteristic.column)[people], minlength=EVERY_CODE)
        numbers = {
            "Answered": tally[1 : HIGHEST_OPTION_CODE + 1].sum(),
            "Preferred not to say": tally[PREFER_NOT_TO_SAY],
            "Left blank": tally[BLANK],
            "Did not reach the question": tally[NOT_ASKED],
        }
        return self.number_table(numbers, title=f"{characteristic.heading}: who answered")

    def profile_codes(self, characteristic):
        with self.counts.lock:
            return self.counts.profiles.column(characteristic.column).copy()

    def people_shown(self):
        """How many people answered, as it may be shown."""
        return self.group_total(INDIVIDUALS)

    def organisations_shown(self):
        """How many organisations answered, as it may be shown."""
        return self.group_total(ORGANISATIONS)

    def group_total(self, group):
        with self.counts.lock:
            numbers = np.bincount(self.counts.groups(), minlength=3)
        table = self.number_table(
            {"People": numbers[INDIVIDUALS], "Organisations": numbers[ORGANISATIONS]}, title="Who answered"
        )
        return table.cells[group - 1][0].shown

    def number_table(self, counts, *, title):
        """A plain one-way table of numbers of responses (`{label: number}`), released."""
        counts = counts or {"No responses yet": 0}
        table = CountTable.one_way(list(counts.values()), title=title, question="", rows=tuple(counts))
        return release(table, self.policy)

    def comparisons(self, summary, *, lines, characteristic):
        """Each group against everyone else in the share of `lines` (places in the summary), with Holm over the groups.

        Only groups, and others, of at least FEWEST_TO_COMPARE people whose numbers the released table shows.
        """
        table = self.count_table(summary, by=characteristic.key)
        shown = self.table(summary, by=characteristic.key)
        counts, bases = np.array(table.counts), np.array(table.bases)
        chosen = counts[list(lines)].sum(axis=0)
        found, tests = [], []
        for place in range(len(table.columns)):
            base, others = int(bases[place]), int(bases.sum() - bases[place])
            shares = published_shares(shown, lines, place)
            if min(base, others) >= FEWEST_TO_COMPARE and shares is not None:
                people = int(chosen[place])
                tests.append(compare_groups(people, base, int(chosen.sum()) - people, others).p)
                found.append((table.columns[place], shown.column_totals[place].shown, *shares))
        return [
            Comparison(characteristic.heading, category, base, mine, theirs, mine - theirs, adjusted)
            for (category, base, mine, theirs), adjusted in zip(found, holm(tests) if tests else (), strict=True)
        ]


def with_those_who_did_not_say(table, overall):
    """A table by groups with a last column of everybody who is in none of them, so that its totals are the overall ones."""
    totals = [row[0] for row in overall.counts]
    rows = [(*row, total - sum(row)) for row, total in zip(table.counts, totals, strict=True)]
    bases = None if table.additive_rows else (*table.bases, overall.bases[0] - sum(table.bases))
    return replace(table, columns=(*table.columns, "Did not say"), counts=rows, bases=bases)


def published_shares(table, lines, place):
    """(a group's share, everyone else's) of some lines in whole percent, from published numbers alone; None where one
    is hidden."""
    mine = [table.cells[line][place].value for line in lines]
    everyone = [table.row_totals[line].value for line in lines]
    base, total = table.column_totals[place].value, table.grand_total.value
    if None in (*mine, *everyone, base, total) or not base or total <= base:
        return None
    return share(sum(mine), base), share(max(0, sum(everyone) - sum(mine)), total - base)


def share(people, base):
    """Whole percent, halves up."""
    return (200 * people + base) // (2 * base)
