"""What the checks say of a questionnaire's draft, kept in this process for each draft: on a long form they take seconds.

Kept by what the draft says and not by its revision, so that whoever holds a row hears of that row and no other.
"""

import hashlib
import json
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

from surveys.definition import Definition
from surveys.definition_json import from_json
from surveys.paths import paths
from surveys.plain_words import check_words
from surveys.routes import check_routes


@dataclass(frozen=True)
class Drafted:
    """A draft's document, by its digest."""

    digest: str
    document: dict = field(compare=False, repr=False)


@dataclass
class CheckedDraft:
    """A draft with what its checks say, each made when it is first asked for."""

    definition: Definition

    @cached_property
    def routes(self):
        """What is wrong with the routes (`surveys.routes.RouteReport`)."""
        return check_routes(self.definition)

    @cached_property
    def paths(self):
        """Every way through (`surveys.paths.Paths`)."""
        return paths(self.definition)

    @cached_property
    def findings(self):
        """What is found in the words (`surveys.plain_words.Finding`)."""
        return check_words(self.definition, longest_path=self.paths.longest)


def checked_draft(questionnaire):
    """The CheckedDraft of a questionnaire as it is in the row given. A millisecond or two once it was checked."""
    return kept(drafted(questionnaire))


def drafted(questionnaire):
    """The draft in a questionnaire's row."""
    written = json.dumps(questionnaire.draft).encode()
    return Drafted(hashlib.sha256(written).hexdigest(), questionnaire.draft)


@lru_cache(maxsize=64)
def kept(draft):
    """The CheckedDraft of a draft, once for each."""
    return CheckedDraft(from_json(draft.document))
