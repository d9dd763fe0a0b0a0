"""Lining equality profiles up with responses, in memory and nowhere else.

The link of a profile is worked out from a response's submission key by a function that holds the consultation's key;
it is never stored beside an answer. What leaves this module is arrays of codes in the order of the responses.
Links and keys are handled as arrays of 16 raw bytes: there may be a million, and an object for each would take seconds.
"""

from datetime import timedelta
from itertools import compress

import numpy as np

from equality.categories import profile_layout
from equality.codes import NOT_ASKED
from equality.queries import profile_codes, profiles_for

STILL_ANSWERING = timedelta(hours=26)
"""Somebody may come back to the equality questions for a day after sending: until then a profile may still grow."""
LOOK_AGAIN = timedelta(seconds=60)
FEW = 20_000
"""Fewer new links than this are looked up one by one; more, and reading all profiles once is quicker."""
LINK = np.dtype("V16")
NOBODY = np.zeros((), LINK)
"""What stands in the place of a link where a response speaks for no person."""


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
        self.links = np.zeros(0, LINK)
        self.matrix = np.zeros((0, self.width), np.uint8)
        self.length = 0
        self.looked_at = None
        self.edition += 1

    def forget(self, length):
        """Hold nobody's codes, for `length` responses: the key that linked them was destroyed."""
        if self.looked_at is not None or self.following is not None:
            self.empty(None)
        self.append(np.full(length - self.length, NOBODY))

    def column(self, key):
        """Codes of one profile column, one for each response; NOT_ASKED where there is no profile."""
        offset, _ = self.layout[key]
        return self.matrix[: self.length, offset]

    def refresh(self, counted, *, is_person, link_of, now, everything=False):
        """Follow the responses: line up new ones, and look again at those who may still be answering.

        `is_person` is true for each response that speaks for individuals; no profile is ever looked up for the others.
        `everything` looks at every profile again: about two seconds per million.
        """
        if self.following != counted.edition:
            self.empty(counted.edition)
        keys = counted.submission_keys[self.length :]
        if len(keys):
            self.append(links_of(keys, is_person[self.length :], link_of))
        if self.looked_at is None:
            self.looked_at = now
        elif everything or now - self.looked_at > LOOK_AGAIN:
            since = 0 if everything else (self.looked_at - STILL_ANSWERING).timestamp() // 3600
            self.look_again(np.flatnonzero(counted.columns.trait("sent_hour") >= since))
            self.looked_at = now

    def look_again(self, places):
        """Read again the profiles at these places, which may have grown since the last look."""
        codes = np.empty((len(places), self.width), np.uint8)
        self.read(self.links[places], into=codes)
        if not np.array_equal(self.matrix[places], codes):
            self.matrix[places] = codes
            self.edition += 1

    def append(self, links):
        """Put links and the profiles found at them after those held, growing by half as much again."""
        needed = self.length + len(links)
        if needed > len(self.links):
            self.links = self.moved(self.links, into=np.zeros(needed + needed // 2, LINK))
            self.matrix = self.moved(self.matrix, into=np.zeros((needed + needed // 2, self.width), np.uint8))
        self.links[self.length : needed] = links
        self.read(links, into=self.matrix[self.length : needed])
        self.length = needed

    def moved(self, held, *, into):
        """The larger array with what is held at its beginning. Memory that is not written to costs nothing yet."""
        into[: self.length] = held[: self.length]
        return into

    def read(self, links, *, into):
        """Put the codes of the profiles at these links into an array, [links x columns]; NOT_ASKED where there is none."""
        into[:] = NOT_ASKED
        people = np.flatnonzero(links != NOBODY)
        people = people[np.argsort(links[people])]
        ascending = links[people]
        for at, profiles in self.profiles(ascending):
            places = np.minimum(np.searchsorted(ascending, at), len(ascending) - 1)
            is_ours = ascending[places] == at
            into[people[places[is_ours]]] = self.as_rows(list(compress(profiles, is_ours.tolist())))

    def profiles(self, links):
        """Yield (links, rows of codes) of the profiles at these links (ascending), and perhaps of others too."""
        pages = profiles_for(links.tobytes()) if len(links) < FEW else profile_codes(self.questionnaire_id)
        for at, profiles in pages:
            yield np.frombuffer(at, LINK), profiles

    def as_rows(self, profiles):
        """Profiles (bytes each) as codes, [profiles x columns]. Raises ValueError for one made with another question set."""
        if strange := set(map(len, profiles)) - {self.width}:
            raise ValueError(f"profiles have {self.width} codes, not {sorted(strange)}")
        return np.frombuffer(b"".join(profiles), np.uint8).reshape(-1, self.width)


def links_of(keys, is_person, link_of):
    """The profile link of each submission key, and NOBODY for a response that speaks for no person."""
    links = np.full(len(keys), NOBODY)
    links[is_person] = np.frombuffer(link_of.many(keys[is_person].tobytes()), LINK)
    return links
