"""Saving an edited draft: an edit is made on the newest draft, if what it touches is still as its author saw it."""

from django.db import transaction

from surveys.definition_json import from_json, to_json
from surveys.editing import Gone
from surveys.models import Questionnaire
from surveys.translating import with_earlier_words


class ChangedMeanwhile(Exception):
    """Somebody else changed what an edit touches. Carries the newest `definition`; nothing was saved."""

    def __init__(self, definition):
        super().__init__("Somebody else changed this while you were writing.")
        self.definition = definition


def draft_of(questionnaire):
    """A questionnaire's draft as a Definition."""
    return from_json(questionnaire.draft)


@transaction.atomic
def revise(questionnaire_id, edit, *, is_as_seen=None):
    """Make an edit (Definition -> Definition) on the newest draft and save it. Returns (before, after).

    `is_as_seen(definition)` says whether what the edit touches is still what its author had before them. An edit that changes
    nothing saves nothing. Raises ChangedMeanwhile, also where what is touched is gone.
    """
    questionnaire = Questionnaire.objects.select_for_update().get(pk=questionnaire_id)
    before = draft_of(questionnaire)
    try:
        if is_as_seen and not is_as_seen(before):
            raise ChangedMeanwhile(before)
        after = edit(before)
    except Gone as gone:
        raise ChangedMeanwhile(before) from gone
    if after != before:
        after = with_earlier_words(before, after)
        questionnaire.draft, questionnaire.title = to_json(after), after.title
        questionnaire.revision += 1
        questionnaire.save(update_fields=["draft", "title", "revision"])
    return before, after


def keys_ever_used(questionnaire):
    """Every key of a page or question that the draft or any published version has: none is used again for another."""
    documents = [questionnaire.draft, *questionnaire.versions.values_list("document", flat=True)]
    definitions = [from_json(document) for document in documents]
    return {key for each in definitions for page in each.pages for key in (page.key, *(q.key for q in page.questions))}


def was_published(questionnaire, key):
    """Whether any published version asks a question."""
    documents = questionnaire.versions.values_list("document", flat=True)
    return any(from_json(document).question(key) for document in documents)


def codes_ever_used(questionnaire, key):
    """The codes that options of a question have in the draft or had in any published version."""
    documents = [questionnaire.draft, *questionnaire.versions.values_list("document", flat=True)]
    questions = [from_json(document).question(key) for document in documents]
    return {option.code for question in questions if question for option in question.options}
