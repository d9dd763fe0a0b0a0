"""The counted responses of one questionnaire, kept in this process as `analysis.Columns` and brought up to date by what is new.

Reading a million rows takes a second or two; reading the thousand that came since takes a millisecond. Three things keep it
true: rows are read again from a mark that lags behind transactions still open (on PostgreSQL ids commit out of order), changed
rows are found by their change counter, and the number held is compared with the number in the table before anything is released.
"""

from datetime import timedelta
from itertools import groupby
from threading import RLock

import numpy as np

from surveys import queries
from surveys.analysis.columns import Columns
from surveys.models import RespondentType, ResponseStatus
from surveys.publishing import published

LAG = timedelta(seconds=60)
"""Longer than any submission's transaction: rows older than this are there to stay, and none can still appear before them."""

OVERLAP = 200
"""Change numbers looked at again: more than there are transactions at one time."""

TYPE_CODES = {value: code for code, value in enumerate(RespondentType.values, start=1)}
"""Respondent types as the codes of the trait "respondent_type". The other trait, "sent_hour", is hours since 1970."""

COMPARED_EVERY = timedelta(seconds=10)
"""How long a page that staff look at may go without comparing what is held with the table."""

NO_TRAITS = {"respondent_type": np.empty(0, np.uint8), "sent_hour": np.empty(0, np.uint32)}
"""The traits of no response at all, so that they can be asked for before the first has come."""


class CountedResponses:
    """One questionnaire's responses in memory. `refresh` before use, and hold `lock` while reading.

    `submission_keys` lie in the order of `columns`; `edition` changes when anything but added rows has.
    """

    def __init__(self, questionnaire_id):
        self.questionnaire_id = questionnaire_id
        self.lock = RLock()
        self.empty()

    def empty(self):
        """Forget everything; the next refresh reads all again."""
        self.columns = Columns()
        self.columns.extend([], b"", layout={}, traits=NO_TRAITS)
        self.submission_keys = []
        self.compared_at = None
        self.mark = 0
        # What was changed up to now will be read as it is; a change made meanwhile is not among these.
        self.changed_seq = queries.last_change(self.questionnaire_id)
        latest = queries.changed_code_rows(self.questionnaire_id, after_seq=self.changed_seq - OVERLAP)
        self.applied = {response_id: seq for seq, response_id, *_ in latest}
        self.reloads = getattr(self, "reloads", 0) + 1

    @property
    def edition(self):
        """What a running count must compare: another value means that rows it has counted are no longer as they were."""
        return self.reloads, self.columns.edition

    def refresh(self, *, now, thorough=True):
        """Bring the columns up to date with the table: two short queries when nothing is new, and one that compares numbers.

        Comparing takes a tenth of a second per million responses. Unless `thorough`, as everything published is, it is done
        when it was not in the last COMPARED_EVERY.
        """
        with self.lock:
            self.follow(now=now)
            if thorough or self.compared_at is None or now - self.compared_at > COMPARED_EVERY:
                if not self.is_whole():
                    self.catch_up(now=now)
                self.compared_at = now
        return self

    def catch_up(self, *, now):
        """Find what is missing or gone: perhaps only what came while we looked, else truth before speed."""
        self.follow(now=now)
        if not self.is_whole():
            self.empty()
            self.follow(now=now)

    def follow(self, *, now):
        """Take in what was changed and what is new."""
        self.apply_changes()
        self.read_new(now=now)

    def is_whole(self):
        """Whether what is held and what is in the table are the same number of responses, with the same sum of ids.

        The number alone would not do: one erased and one that comes late would make up for each other.
        """
        held = len(self.columns), int(self.columns.ids.sum(dtype=np.int64))
        return held == queries.number_and_sum_of_ids(self.questionnaire_id)

    def read_new(self, *, now):
        """Add rows past the mark that are not held, and move the mark to the newest row that is old enough."""
        held = set(self.columns.ids[self.columns.ids > self.mark].tolist())
        rows = queries.new_code_rows(self.questionnaire_id, after=self.mark)
        chunk = []
        for row in rows:
            if row[0] not in held:
                chunk.append(row)
            if row[-1] < now - LAG:
                self.mark = max(self.mark, row[0])
            if len(chunk) == queries.CHUNK:
                self.add(chunk)
                chunk = []
        self.add(chunk)

    def add(self, rows):
        """Put rows of any versions into the columns, each version's together, and their keys in the same order."""
        for version_id, together in groupby(sorted(rows, key=lambda row: str(row[1])), key=lambda row: row[1]):
            batch = list(together)
            self.columns.extend(
                np.fromiter((row[0] for row in batch), np.int64, len(batch)),
                [bytes(row[2]) for row in batch],
                layout=published(version_id).codebook.layout(),
                traits=traits_of([(row[5], row[6]) for row in batch]),
            )
            self.submission_keys.extend(row[3] for row in batch)

    def apply_changes(self):
        """Follow rows that were changed, and drop those no longer counted.

        Transactions that overlap may take the same change number, or commit after one with a higher number: the last few
        numbers are looked at again each time, and what was applied from them is remembered.
        """
        changes = queries.changed_code_rows(self.questionnaire_id, after_seq=self.changed_seq - OVERLAP)
        for seq, response_id, *changed in changes:
            if self.applied.get(response_id) != seq:
                self.apply(response_id, *changed)
                self.applied[response_id] = seq
            self.changed_seq = max(self.changed_seq, seq)
        self.applied = {held: seq for held, seq in self.applied.items() if seq > self.changed_seq - OVERLAP}

    def apply(self, response_id, version_id, codes, status, respondent_type, submitted_at):
        """Follow one changed row. One that is not held, because it is new or counts again, is read or missed elsewhere."""
        place = int(self.columns.positions([response_id])[0])
        if place < 0:
            return
        if status == ResponseStatus.COUNTED:
            layout = published(version_id).codebook.layout()
            traits = traits_of([(respondent_type, submitted_at)])
            self.columns.replace([response_id], [bytes(codes)], layout=layout, traits=traits)
        else:
            self.columns.remove([response_id])
            del self.submission_keys[place]


def traits_of(pairs):
    """The traits of rows, from (respondent type, time of sending) of each."""
    return {
        "respondent_type": np.array([TYPE_CODES[kind] for kind, _ in pairs], np.uint8),
        "sent_hour": np.array([at.timestamp() // 3600 for _, at in pairs], np.uint32),
    }


HELD = {}
"""CountedResponses of this process by questionnaire id (a UUID, so that one test's ids never meet another's)."""


def counted_responses(questionnaire_id):
    """The process's CountedResponses of a questionnaire, not yet refreshed."""
    if questionnaire_id not in HELD:
        # Made twice by two threads at once, one of the two is kept for both.
        HELD.setdefault(questionnaire_id, CountedResponses(questionnaire_id))
    return HELD[questionnaire_id]
