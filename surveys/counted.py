"""The counted responses of one questionnaire, kept in this process as `analysis.Columns` and brought up to date by what is new.

Reading a million rows takes two seconds; reading the thousand that came since takes a few milliseconds. Three things keep it
true: rows are read again from a mark that lags behind transactions still open (on PostgreSQL ids commit out of order), changed
rows are found by their change counter, and the number held is compared with the number in the table before anything is released.
"""

from collections import defaultdict
from datetime import UTC, datetime, timedelta
from threading import RLock

import numpy as np

from surveys import code_rows
from surveys.analysis.columns import Columns
from surveys.models import Channel, RespondentType, ResponseStatus
from surveys.publishing import published

LAG = timedelta(seconds=60)
"""Longer than any submission's transaction: rows older than this are there to stay, and none can still appear before them."""

OVERLAP = 200
"""Change numbers looked at again: more than there are transactions at one time."""

CHANNEL_CODES = {value: code for code, value in enumerate(Channel.values, start=1)}
TYPE_CODES = {value: code for code, value in enumerate(RespondentType.values, start=1)}
"""Channels and respondent types as the codes of the traits "channel" and "respondent_type".

The other traits are "sent_hour", whole hours since 1970, and "submission_key", 16 raw bytes.
"""

LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)
COMPARED_EVERY = timedelta(seconds=10)
"""How long a page that staff look at may go without comparing what is held with the table."""

NO_TRAITS = {
    "channel": np.empty(0, np.uint8),
    "respondent_type": np.empty(0, np.uint8),
    "sent_hour": np.empty(0, np.uint32),
    "submission_key": np.empty(0, code_rows.KEY),
}
"""The traits of no response at all, so that they can be asked for before the first has come."""


class NotBroughtUpToDate(RuntimeError):
    """No number can be told yet: no response has been looked for, which is not the same as there being none."""


class CountedResponses:
    """One questionnaire's responses in memory. `refresh` before use, and hold `lock` while reading.

    `edition` changes when anything but added rows has.
    """

    def __init__(self, questionnaire_id):
        self.questionnaire_id = questionnaire_id
        self.lock = RLock()
        self.empty()

    def empty(self):
        """Forget everything; the next refresh reads all again."""
        self.columns = Columns()
        self.columns.extend([], b"", layout={}, traits=NO_TRAITS)
        self.compared_at = None
        self.mark = 0
        # What was changed up to now will be read as it is; a change made meanwhile is not among these.
        self.changed_seq = code_rows.last_change(self.questionnaire_id)
        versions = code_rows.version_ids(self.questionnaire_id)
        self.applied = numbers_by_id(code_rows.changed_rows(versions, after_seq=self.changed_seq - OVERLAP))
        self.reloads = getattr(self, "reloads", 0) + 1

    @property
    def edition(self):
        """What a running count must compare: another value means that rows it has counted are no longer as they were."""
        return self.reloads, self.columns.edition

    @property
    def submission_keys(self):
        """The responses' submission keys, 16 raw bytes each, in the order of `columns`."""
        return self.columns.trait("submission_key")

    def refresh(self, *, now, thorough=True):
        """Bring the columns up to date with the table: three short queries when nothing is new, and one that compares numbers.

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

    def compare_again(self):
        """Compare what is held with the table at the next refresh: this process knows that a response was erased."""
        if self.compared_at is not None:
            self.compared_at = LONG_AGO

    def catch_up(self, *, now):
        """Find what is missing or gone: perhaps only what came while we looked, else truth before speed."""
        self.follow(now=now)
        if not self.is_whole():
            self.empty()
            self.follow(now=now)

    def follow(self, *, now):
        """Take in what was changed and what is new."""
        versions = code_rows.version_ids(self.questionnaire_id)
        self.apply_changes(versions)
        self.read_new(versions, now=now)

    def is_whole(self):
        """Whether what is held and what is in the table are the same number of responses, with the same sum of ids.

        The number alone would not do: one erased and one that comes late would make up for each other.
        """
        held = len(self.columns), int(self.columns.ids.sum(dtype=np.int64))
        return held == code_rows.number_and_sum_of_ids(self.questionnaire_id)

    def read_new(self, versions, *, now):
        """Add rows past the mark that are not held, and move the mark to the newest row that is old enough."""
        held = self.columns.ids[self.columns.ids > self.mark]
        old_enough, mark = int((now - LAG).timestamp()), self.mark
        # The oldest first: rows that come in rising order are the quickest to add.
        for version_id in reversed(versions):
            for rows in code_rows.new_rows(version_id, after=self.mark):
                self.add(version_id, rows.where(~np.isin(rows.ids, held)))
                mark = max(mark, int(rows.ids[rows.seconds < old_enough].max(initial=0)))
        self.mark = mark

    def add(self, version_id, rows):
        """Put rows of one version after those held."""
        self.columns.extend(rows.ids, rows.codes, layout=layout_of(version_id), traits=traits_of(rows))

    def apply_changes(self, versions):
        """Follow rows that were changed, and drop those no longer counted.

        Transactions that overlap may take the same change number, or commit after one with a higher number: the last few
        numbers are looked at again each time, and what was applied from them is remembered.
        """
        changes = code_rows.changed_rows(versions, after_seq=self.changed_seq - OVERLAP)
        self.apply([change for change in changes if self.applied.get(change.row[0]) != change.seq])
        self.changed_seq = max([self.changed_seq, *(change.seq for change in changes)])
        self.applied = numbers_by_id(change for change in changes if change.seq > self.changed_seq - OVERLAP)

    def apply(self, changes):
        """Follow changed rows: those no longer counted go, those held are replaced, those that count again are added."""
        if gone := [change.row[0] for change in changes if change.status != ResponseStatus.COUNTED]:
            self.columns.remove(gone)
        counted = defaultdict(list)
        for change in changes:
            if change.status == ResponseStatus.COUNTED:
                counted[change.version_id].append(change.row)
        for version_id, rows in counted.items():
            found = code_rows.by_column(rows)
            is_held = self.columns.positions(found.ids) >= 0
            self.replace(version_id, found.where(is_held))
            self.add(version_id, found.where(~is_held))

    def replace(self, version_id, rows):
        """Put rows of one version in the place of those held for the same responses."""
        self.columns.replace(rows.ids, rows.codes, layout=layout_of(version_id), traits=traits_of(rows))

    def numbers(self, trait, *, without=None):
        """`{code of a trait: number of responses}`, as they were last brought up to date. Raises NotBroughtUpToDate.

        Responses in the capacity `without` are left out.
        """
        with self.lock:
            if self.compared_at is None:
                raise NotBroughtUpToDate
            kept = self.columns.trait("respondent_type") != TYPE_CODES[without] if without else ...
            codes, numbers = np.unique(self.columns.trait(trait)[kept], return_counts=True)
        return dict(zip(codes.tolist(), numbers.tolist(), strict=True))


def numbers_by_id(changes):
    """`{response id: change number}` of changes."""
    return {change.row[0]: change.seq for change in changes}


def layout_of(version_id):
    return published(version_id).codebook.layout()


def traits_of(rows):
    """The traits of CodeRows."""
    return {
        "channel": np.array([CHANNEL_CODES[channel] for channel in rows.channels], np.uint8),
        "respondent_type": np.array([TYPE_CODES[kind] for kind in rows.respondent_types], np.uint8),
        "sent_hour": (rows.seconds // 3600).astype(np.uint32),
        "submission_key": rows.keys,
    }


HELD = {}
"""CountedResponses of this process by questionnaire id (a UUID, so that one test's ids never meet another's)."""


def counted_responses(questionnaire_id):
    """The process's CountedResponses of a questionnaire, not yet refreshed."""
    if questionnaire_id not in HELD:
        # Made twice by two threads at once, one of the two is kept for both.
        HELD.setdefault(questionnaire_id, CountedResponses(questionnaire_id))
    return HELD[questionnaire_id]
