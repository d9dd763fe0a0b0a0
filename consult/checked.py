"""What the checks say of a questionnaire's draft, kept in this process for each revision: on a long form they take seconds."""

from dataclasses import dataclass
from functools import cached_property, lru_cache

from surveys.definition import Definition, from_json
from surveys.models import Questionnaire
from surveys.paths import paths
from surveys.plain_words import check_words
from surveys.routes import check_routes


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
    """The CheckedDraft of a questionnaire as it is now."""
    return kept(questionnaire.pk, questionnaire.revision)


@lru_cache(maxsize=64)
def kept(questionnaire_id, revision):
    """The same, once for each revision."""
    return CheckedDraft(from_json(Questionnaire.objects.get(pk=questionnaire_id).draft))
