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
        self.edition = 0
        self.empty(None)

    def empty(self, following):
        """Drop everything, and follow another edition of the responses."""
        self.following = following
        self.matrix = np.zeros((0, self.width), np.uint8)
        self.length = 0
        self.looked_at = None
        self.edition += 1

    def forget(self, length):
        """Hold nobody's codes, for `length` responses: the key that linked them was destroyed."""
        if self.looked_at is not None or self.following is not None:
            self.empty(None)
        self.append(np.full((length - self.length, self.width), NOT_ASKED, np.uint8))

    def column(self, key):
        """Codes of one profile column, one for each response; NOT_ASKED where there is no profile."""
        offset, _ = self.layout[key]
        return self.matrix[: self.length, offset]

    def refresh(self, counted, *, is_person, link_of, now, everything=False):
        """Follow the responses: line up new ones, and look again at those who may still be answering.

        `is_person` is true for each response that speaks for individuals; no profile is ever looked up for the others.
        `everything` looks at every profile again: about four seconds per million.
        """
        if self.following != counted.edition:
            self.empty(counted.edition)
        keys = counted.submission_keys
        if len(keys) > self.length:
            self.append(self.found(keys, range(self.length, len(keys)), is_person, link_of))
        if self.looked_at is None:
            self.looked_at = now
        elif everything or now - self.looked_at > LOOK_AGAIN:
            since = 0 if everything else (self.looked_at - STILL_ANSWERING).timestamp() // 3600
            self.look_again(np.flatnonzero(counted.columns.trait("sent_hour") >= since), keys, is_person, link_of)
            self.looked_at = now

    def look_again(self, places, keys, is_person, link_of):
        """Read again the profiles at these places, which may have grown since the last look."""
        rows = self.found(keys, places, is_person, link_of)
        if not np.array_equal(self.matrix[places], rows):
            self.matrix[places] = rows
            self.edition += 1

    def append(self, rows):
        """Put rows after those held, growing by doubling."""
        needed = self.length + len(rows)
        if needed > len(self.matrix):
            grown = np.full((max(needed, 2 * len(self.matrix)), self.width), NOT_ASKED, np.uint8)
            grown[: self.length] = self.matrix[: self.length]
            self.matrix = grown
        self.matrix[self.length : needed] = rows
        self.length = needed

    def found(self, keys, places, is_person, link_of):
        """The rows of codes of the responses at these places; a row of NOT_ASKED where there is no profile."""
        links = [link_of(keys[place]) if is_person[place] else None for place in places]
        wanted = [link for link in links if link is not None]
        profiles = dict(profiles_for(wanted) if len(wanted) < FEW else profile_codes(self.questionnaire_id))
        rows = np.full((len(links), self.width), NOT_ASKED, np.uint8)
        for row, link in enumerate(links):
            codes = profiles.get(link)
            if codes is not None:
                rows[row] = np.frombuffer(codes, np.uint8)
        return rows
