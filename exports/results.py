"""THE gate: every number that leaves the service is released and handed out here.

`open_results` brings a consultation's counts up to date; what it returns gives `ReleasedTable`s and nothing rawer.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from typing import Protocol
from uuid import UUID

import numpy as np

from equality.disclosure import POLICIES, CountTable, release, release_linked
from exports.asked import only_organisations, organisation_codes
from exports.counting import EVERYONE, INDIVIDUALS, ORGANISATIONS, array_of, counts_of, is_banded
from exports.received import StoredResponses
from surveys.analysis.recoding import ANSWERED
from surveys.codes import BLANK, HIGHEST_OPTION_CODE, ILLEGIBLE, NOT_ASKED, PREFER_NOT_TO_SAY, SEVERAL_TICKED
from surveys.definition import Definition, words
from surveys.models import Channel, RespondentType

NOT_SAID = "Did not say"
"""The column of people in none of a characteristic's groups, in tables of true numbers: with it, every total is the same."""
OUTSIDE = "Outside these ranges"

WHAT_BECAME = {
    ANSWERED: "Answered",
    BLANK: "Left blank",
    PREFER_NOT_TO_SAY: "Preferred not to say",
    ILLEGIBLE: "Could not be read",
    SEVERAL_TICKED: "Ticked more than one",
}
"""What became of a question that somebody was asked, as the rows of its base table."""


class Links(Protocol):
    """What finds the profiles of responses."""

    def many(self, submission_keys: bytes, /) -> bytes: ...


@dataclass(frozen=True)
class Subject:
    """What the results are of: a questionnaire, its publishing rule, and how to find a respondent's profile.

    `link_of.many` gives the profile links of submission keys, 16 raw bytes each, joined; `link_of` is None when the link key was
    destroyed.
    """

    questionnaire_id: UUID
    title: str
    policy: str
    question_set: str
    link_of: Links | None


def open_results(subject, *, now: datetime, fresh=False):
    """The Results of a subject, brought up to date. About a second per million responses the first time in a process.

    `fresh` is for reports and files: every profile is read again, and the numbers stay as they are while responses come
    in, so that all tables of one report are of the same people.
    """
    counts = counts_of(subject.questionnaire_id, subject.question_set)
    counts.refresh(subject, now=now, fresh=fresh)
    return Results(subject, counts.frozen() if fresh else counts, StoredResponses(subject))


class Results:
    """Released tables of one consultation. `received` are the responses that were counted (`received.py`)."""

    def __init__(self, subject, counts, received):
        self.subject = subject
        self.counts = counts
        self.received = received
        self.policy = POLICIES[subject.policy]
        self.definition: Definition = counts.definition
        self.is_linked = received.is_linked
        self.characteristics = counts.characteristics if self.is_linked else ()
        self.linked = {}

    def questions(self):
        """Every question that has tables, as asked: `[(Question, summaries)]` in questionnaire order."""
        return [(self.counts.asked[key], summaries) for key, summaries in self.counts.summaries.items() if summaries]

    def questions_of_people(self):
        """The same without those that only organisations are asked: what they answer is counted apart."""
        only = only_organisations(self.definition)
        return [
            (question, summaries)
            for question, summaries in self.questions()
            # A version that asked everybody leaves answers of people, whatever a later one asks.
            if question.key.partition("@")[0] not in only or any(self.base_counts(question, INDIVIDUALS).values())
        ]

    def heading(self, question):
        """A question's words for a table's title; a repeated question says for which item."""
        item = self.item(question.key)
        text = words(question.short or question.text)
        return f"{text} ({item})" if item else text

    def item(self, question_key):
        """The words of the item that a repeated question was asked about; "" for a plain one."""
        return self.counts.items.get(question_key, "")

    def title_of(self, summary, characteristic=None):
        """The title of a summary's table, and of the table by a characteristic."""
        part = words(summary.heading)
        heading = self.heading(self.counts.asked[summary.question])
        title = f"{heading}: {part}" if part else heading
        return f"{title}, by {characteristic.heading.lower()}" if characteristic else title

    # Answers

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
            keys = [characteristic.key for characteristic in self.characteristics]
            overall = self.count_table(summary)
            whole = [with_those_who_did_not_say(self.count_table(summary, by=key), overall) for key in keys]
            released = release_linked([overall, *whole], self.policy)
            self.linked[name] = dict(zip([None, *keys], released, strict=True))
        return self.linked[name]

    def count_table(self, summary, *, by=None, group=INDIVIDUALS):
        """True counts of a summary. Never shown: `table` releases them."""
        characteristic = next((c for c in self.characteristics if c.key == by), None)
        categories = characteristic.categories if characteristic else [(group, "All responses")]
        source, codes = array_of(characteristic) if characteristic else EVERYONE, [code for code, _ in categories]
        with self.counts.lock:
            lines = self.lines(summary, source)[:, codes]
            bases = self.counts.states(summary.question, source)[ANSWERED, codes]
            kept = self.lines_of(summary, group, number=len(lines))
        labels = [*(words(line.label) for line in summary.lines), OUTSIDE]
        return CountTable(
            title=self.title_of(summary, characteristic),
            question=summary.question,
            rows=tuple(labels[place] for place in kept),
            columns=tuple(label for _, label in categories),
            counts=lines[kept],
            by=characteristic.heading if characteristic else None,
            additive_rows=not summary.overlapping,
            bases=bases if summary.overlapping else None,
        )

    def lines(self, summary, source):
        """True counts by line and code of `source`; numbers in no range of their own come last, where there are any."""
        lines = [self.counts.line(summary, place, source) for place in range(len(summary.lines))]
        if is_banded(summary) and self.counts.line(summary, len(lines), EVERYONE)[INDIVIDUALS:].any():
            lines.append(self.counts.line(summary, len(lines), source))
        return np.array(lines)

    def lines_of(self, summary, group, *, number):
        """Which lines a group's table has: people's has none for the answer "for an organisation"."""
        apart = organisation_codes(self.counts.asked[summary.question]) if group == INDIVIDUALS else ()
        return [
            place
            for place in range(number)
            if place >= len(summary.lines)
            or summary.lines[place].code not in apart
            or self.counts.line(summary, place, EVERYONE)[INDIVIDUALS]
        ]

    def base_table(self, question, *, group=INDIVIDUALS):
        """What became of everybody who was asked: answered, left blank, preferred not to say, could not be read."""
        return self.number_table(self.base_counts(question, group), title=f"{self.heading(question)}: who answered")

    def base_counts(self, question, group):
        with self.counts.lock:
            states = self.counts.states(question.key, EVERYONE)[:, group]
        return {label: int(states[code]) for code, label in WHAT_BECAME.items()}

    def asked_and_answered(self, question, *, group=INDIVIDUALS):
        """(how many were asked, how many answered), each as it may be shown by itself."""
        counts = self.base_counts(question, group)
        numbers = {"Asked": sum(counts.values()), "Answered": counts["Answered"]}
        return tuple(self.number_table({label: number}, title=label).grand_total for label, number in numbers.items())

    # People

    def profile_table(self, characteristic):
        """Who answered, by one characteristic: released counts of individuals."""
        with self.counts.lock:
            tally = self.counts.profile(characteristic)
        counts = [tally[code] for code, _ in characteristic.categories]
        rows = tuple(label for _, label in characteristic.categories)
        table = CountTable.one_way(counts, title=characteristic.heading, question=characteristic.key, rows=rows)
        return release(table, self.policy)

    def profile_base_table(self, characteristic):
        """Of all individuals: who answered, preferred not to say, left it blank, or did not come to the question.

        Those who skipped all these questions, who stopped before this one and whose paper form left them out have one code.
        """
        with self.counts.lock:
            tally = self.counts.profile(characteristic)
        numbers = {
            "Answered": tally[1 : HIGHEST_OPTION_CODE + 1].sum(),
            "Preferred not to say": tally[PREFER_NOT_TO_SAY],
            "Left blank": tally[BLANK],
            "Did not come to it": tally[NOT_ASKED],
        }
        return self.number_table(numbers, title=f"{characteristic.heading}: who answered")

    def people_shown(self):
        """How many people answered, as it may be shown."""
        return self.who_answered[INDIVIDUALS]

    def organisations_shown(self):
        """How many organisations answered, as it may be shown."""
        return self.who_answered[ORGANISATIONS]

    @cached_property
    def who_answered(self):
        with self.counts.lock:
            numbers = self.counts.responses()
        groups = {INDIVIDUALS: "People", ORGANISATIONS: "Organisations"}
        return {
            group: self.number_table({label: numbers[group]}, title=label).grand_total.shown
            for group, label in groups.items()
        }

    @property
    def left_out(self):
        """The respondent type that no total counts, or None.

        Where true counts are published, all responses less the people who answered are the number of organisations.
        """
        is_telling = self.policy.is_exact and not self.organisations_shown().isdecimal()
        return RespondentType.ORGANISATION if is_telling else None

    @property
    def counted_as(self):
        """What totals are of, in words."""
        return "responses from people" if self.left_out else "responses"

    def channel_table(self):
        """How responses came, of those channels that any came by."""
        counts = self.received.by_channel(without=self.left_out)
        return self.number_table(labelled(counts, Channel), title="How people took part")

    def capacity_table(self, *, group=None):
        """In what capacity people answered: all who did, or INDIVIDUALS alone."""
        left_out = RespondentType.ORGANISATION if group == INDIVIDUALS else self.left_out
        counts = self.received.by_type(without=left_out)
        return self.number_table(labelled(counts, RespondentType), title="In what capacity people answered")

    def version_table(self):
        """How many answered each version of the questions that says what it changed, and those before: rows in order."""
        numbers = self.received.by_version(without=self.left_out)
        changed = [number for number, _, _ in self.received.changes()]
        begins = [1, *changed]
        counts = {
            str(first): sum(many for number, many in numbers.items() if first <= number < following)
            for first, following in zip(begins, [*changed, max([1, *numbers, *changed]) + 1], strict=True)
        }
        return self.number_table(counts, title="How many answered before and after each change")

    def number_table(self, counts, *, title):
        """A plain one-way table of numbers of responses (`{label: number}`), released."""
        table = CountTable.one_way(list(counts.values()), title=title, question="", rows=tuple(counts))
        return release(table, self.policy)


def with_those_who_did_not_say(table, overall):
    """A table by groups with a last column of everybody who is in none of them, so that its totals are the overall ones."""
    totals = [row[0] for row in overall.counts]
    rows = [(*row, total - sum(row)) for row, total in zip(table.counts, totals, strict=True)]
    bases = None if table.additive_rows else (*table.bases, overall.bases[0] - sum(table.bases))
    return replace(table, columns=(*table.columns, NOT_SAID), counts=rows, bases=bases)


def labelled(counts, choices):
    """`{label: number}` of counts by value, in the order of the choices."""
    return {str(choice.label): counts[choice] for choice in choices if choice in counts} or {"None": 0}
