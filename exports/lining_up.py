"""Lining equality profiles up with responses, in memory and nowhere else.

The link of a profile is worked out from a response's submission key by a function that holds the consultation's key;
it is never stored beside an answer. What leaves this module is arrays of codes in the order of the responses.
"""

from datetime import timedelta

import numpy as np

from equality.categories import profile_layout
from equality.codes import NOT_ASKED
from equality.queries import profile_codes, profiles_for

STILL_ANSWERING = timedelta(hours=26)
"""Somebody may come back to the equality questions for a day after sending: until then a profile may still grow."""
LOOK_AGAIN = timedelta(seconds=60)
FEW = 20_000
"""Fewer new links than this are looked up one by one; more, and reading all profiles once is quicker."""


class LinkedProfiles:
    """The codes of each respondent's equality profile, one array per column, in the order of `CountedResponses`.

    `edition` changes when codes handed out before have changed.
    """

    def __init__(self, questionnaire_id, question_set):
        self.questionnaire_id = questionnaire_id
        self.layout = profile_layout(question_set)
        self.width = max(offset + width for offset, width in self.layout.values())
        self.editions = 0
        self.empty(None)

    def empty(self, following):
        """Forget everything, and follow another edition of the responses."""
        self.following = following
        self.matrix = np.zeros((0, self.width), np.uint8)
        self.length = 0
        self.looked_at = None
        self.editions += 1

    @property
    def edition(self):
        return self.editions

    def column(self, key):
        """Codes of one profile column, one for each response; NOT_ASKED where there is no profile."""
        offset, _ = self.layout[key]
        return self.matrix[: self.length, offset]

    def refresh(self, counted, *, link_of, now):
        """Follow the responses: line up new ones, and look again at those who may still be answering."""
        if self.following != counted.edition:
            self.empty(counted.edition)
        keys = counted.submission_keys
        if len(keys) > self.length:
            self.append(self.found([link_of(key) for key in keys[self.length :]]))
        if self.looked_at is None:
            self.looked_at = now
        elif now - self.looked_at > LOOK_AGAIN:
            self.look_again(counted, link_of=link_of, now=now)

    def look_again(self, counted, *, link_of, now):
        """Read again the profiles that may have grown since the last look."""
        since = (self.looked_at - STILL_ANSWERING).timestamp() // 3600
        places = np.flatnonzero(counted.columns.trait("sent_hour")[: self.length] >= since)
        rows = self.found([link_of(counted.submission_keys[place]) for place in places])
        if not np.array_equal(self.matrix[places], rows):
            self.matrix[places] = rows
            self.editions += 1
        self.looked_at = now

    def append(self, rows):
        """Put rows after those held, growing by doubling."""
        needed = self.length + len(rows)
        if needed > len(self.matrix):
            grown = np.full((max(needed, 2 * len(self.matrix)), self.width), NOT_ASKED, np.uint8)
            grown[: self.length] = self.matrix[: self.length]
            self.matrix = grown
        self.matrix[self.length : needed] = rows
        self.length = needed

    def found(self, links):
        """The rows of codes at these links, in order; a row of NOT_ASKED where there is no profile."""
        rows = np.full((len(links), self.width), NOT_ASKED, np.uint8)
        profiles = dict(profiles_for(links) if len(links) < FEW else profile_codes(self.questionnaire_id))
        for place, link in enumerate(links):
            codes = profiles.get(link)
            if codes is not None:
                rows[place] = np.frombuffer(codes, np.uint8)
        return rows
