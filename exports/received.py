"""What a report reads of the responses themselves, beside the counts: how they came, in what capacity, and what was written.

`StoredResponses` reads those that were sent. Whatever else a report can be made of has the same methods (`rehearsed.py`).
"""

from surveys.queries import (
    answers_given_as,
    changes_published,
    response_pages,
    responses_by_channel,
    responses_by_type,
    responses_by_version,
)


class StoredResponses:
    """The responses of one questionnaire that were sent and are counted. `is_linked`: their equality profiles can be found."""

    def __init__(self, subject):
        self.questionnaire_id = subject.questionnaire_id
        self.is_linked = subject.link_of is not None

    def changes(self):
        """Every version after the first that says what it changed: `[(number, published_at, public note)]`, oldest first."""
        return changes_published(self.questionnaire_id)

    def by_channel(self, *, without=None):
        """`{channel: number}`; none of the respondent type `without`."""
        return responses_by_channel(self.questionnaire_id, without=without)

    def by_type(self, *, without=None):
        """`{respondent type: number}`; none of the type `without`."""
        return responses_by_type(self.questionnaire_id, without=without)

    def by_version(self, *, without=None):
        """`{version number: number}`; none of the respondent type `without`."""
        return responses_by_version(self.questionnaire_id, without=without)

    def documents(self):
        """Yield (respondent type, answers as `{question_key: value}`) of each, in the order received; flat memory."""
        for page in response_pages(self.questionnaire_id):
            yield from ((row[8], row[3]) for row in page)

    def given_as(self, respondent_type):
        """The answers of each that was given in one capacity, in the order received."""
        return answers_given_as(self.questionnaire_id, respondent_type)
