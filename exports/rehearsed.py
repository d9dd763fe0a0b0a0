"""The results of a rehearsal: the answers of invented people, counted and released exactly as those of real ones would be.

Nothing is read from the database or written to it. Answers become rows of codes and `Columns` in memory, profiles are invented
beside them, and what comes out is a `Results` like any other: the same gate, the same rule for small numbers.
"""

from collections import Counter
from uuid import UUID

import numpy as np

from equality.categories import profile_layout
from equality.rehearsal import invented_profiles, nobodys_profile
from exports.counting import Tallies, array_of
from exports.results import Results, Subject
from surveys.analysis.columns import Columns
from surveys.codebook import build_codebook, encode
from surveys.counted import TYPE_CODES
from surveys.models import Channel, RespondentType
from surveys.responses import respondent_type

NO_QUESTIONNAIRE = UUID(int=0)
"""Stands where a subject names the questionnaire that its responses are of: these are of none."""


def rehearsed_results(definition, rehearsal, *, policy, question_set):
    """The Results of a rehearsal (`surveys.rehearsal.Rehearsal`) of a questionnaire. 0.1 seconds for 400 people."""
    received = InventedResponses(definition, rehearsal.checked)
    subject = Subject(NO_QUESTIONNAIRE, definition.title, policy, question_set, link_of=None)
    rows = encoded(definition, rehearsal.checked)
    return Results(subject, InventedTallies(definition, rows, received.types, question_set), received)


def encoded(definition, checked):
    """The answers of each person as rows of codes, joined."""
    codebook = build_codebook(definition)
    return b"".join(encode(each.journey, codebook) for each in checked)


class InventedResponses:
    """What invented people sent, with the methods of `received.StoredResponses`. All of them came online."""

    is_linked = True

    def __init__(self, definition, checked):
        self.answers = [each.answers for each in checked]
        self.types = [respondent_type(definition, answers) for answers in self.answers]

    def changes(self):
        """No version followed the first."""
        return []

    def by_channel(self, *, without=None):
        return {Channel.ONLINE: sum(kind != without for kind in self.types)}

    def by_type(self, *, without=None):
        return dict(Counter(kind for kind in self.types if kind != without))

    def by_version(self, *, without=None):
        return {1: sum(kind != without for kind in self.types)}

    def documents(self):
        return zip(self.types, self.answers, strict=True)

    def given_as(self, respondent_type):
        return [answers for kind, answers in self.documents() if kind == respondent_type]


class InventedTallies(Tallies):
    """The counts of what invented people answered. Who answers for an organisation has no profile."""

    def __init__(self, definition, rows, types, question_set):
        super().__init__(question_set)
        self.lay_out([definition])
        self.columns = Columns()
        traits = {"respondent_type": np.array([TYPE_CODES[kind] for kind in types], np.uint8)}
        self.columns.extend(range(len(types)), rows, layout=build_codebook(definition).layout(), traits=traits)
        profiles, layout = profiles_of(types, question_set), profile_layout(question_set)
        self.count({array_of(each): profiles[:, layout[each.column][0]] for each in self.characteristics})


def profiles_of(types, question_set):
    """The codes of each person's profile, [people x columns]."""
    invented = invented_profiles(question_set, len(types))
    nobody = nobodys_profile(question_set)
    rows = [nobody if kind == RespondentType.ORGANISATION else row for kind, row in zip(types, invented, strict=True)]
    return np.frombuffer(b"".join(rows), np.uint8).reshape(len(rows), -1)
