"""The shared questions of a team: kept, given new words as numbered revisions, and retired. Nothing here changes a questionnaire.

How a questionnaire takes one, and how its copy and the shared question differ, is in `taking.py`. Who did what is in the audit
log of whoever calls.
"""

from uuid import UUID

from django.db import IntegrityError, transaction

from surveys.definition_json import question_from, question_to_json
from surveys.models import LibraryQuestion, LibraryRevision
from surveys.source import Source
from surveys.taking import kept, taken


class TitleTaken(ValueError):
    """The owner already has a shared question with this title."""


class MeaningChanged(ValueError):
    """What was given would make old answers mean something else: it is another question. `says` tells how."""

    def __init__(self, says):
        super().__init__(says)
        self.says = says


class ChangedMeanwhile(ValueError):
    """Somebody gave the shared question new words since the revision that was looked at."""


def questions_of(*owners, with_retired=False):
    """The shared questions of these owners (team ids), by title."""
    found = LibraryQuestion.objects.filter(owner__in=owners).order_by("title", "id")
    return found if with_retired else found.filter(is_retired=False)


def shared(library_question):
    """The shared question as it is now, as a Question."""
    return question_from(Source(library_question.document, "the shared question"))


@transaction.atomic
def add(question, *, owner, title):
    """Keep a question for others to take, as revision 1. `owner` is a team's id. Raises TitleTaken."""
    library_question = LibraryQuestion(owner=owner, title=title, document=question_to_json(kept(question)), revision=1)
    save_titled(library_question)
    keep_revision(library_question)
    return library_question


@transaction.atomic
def update(library_question, question, *, seen):
    """Give a shared question the words of another copy of it, as its next revision; nothing where they are the same.

    `seen` is the revision that was looked at. Raises ChangedMeanwhile and MeaningChanged.
    """
    library_question = LibraryQuestion.objects.select_for_update().get(pk=library_question.pk)
    if library_question.revision != seen:
        raise ChangedMeanwhile(library_question.title)
    before = shared(library_question)
    refuse_other_meaning(before, question)
    document = question_to_json(kept(question)) | {"key": before.key}
    if document != library_question.document:
        library_question.document = document
        library_question.revision += 1
        library_question.save(update_fields=["document", "revision"])
        keep_revision(library_question)
    return library_question


def rename(library_question, title):
    """Call a shared question something else; its words stay. Raises TitleTaken."""
    library_question.title = title
    save_titled(library_question)
    return library_question


def retire(library_question):
    """Offer a shared question to nobody any more. Copies that were taken stay as they are."""
    library_question.is_retired = True
    library_question.save(update_fields=["is_retired"])
    return library_question


def offer_again(library_question):
    """Offer a retired question again. Raises TitleTaken."""
    library_question.is_retired = False
    save_titled(library_question)
    return library_question


def source_of(question, *, owner):
    """The shared question that a questionnaire's question was taken from, retired or not.

    None for one's own, and for one that says it was taken from another owner or from nowhere, as an imported one may.
    """
    try:
        library_id = UUID(question.library["id"])
    except (KeyError, ValueError):
        return None
    return LibraryQuestion.objects.filter(owner=owner, id=library_id).first()


def copy_of(library_question):
    """The shared question as a questionnaire takes it now."""
    original = shared(library_question)
    return taken(original, key=original.key, library_id=str(library_question.pk), revision=library_question.revision)


def save_titled(library_question):
    """Save, where no other shared question of the owner has the title. Raises TitleTaken."""
    try:
        with transaction.atomic():
            library_question.save()
    except IntegrityError:
        raise TitleTaken(library_question.title) from None


def keep_revision(library_question):
    LibraryRevision.objects.create(
        question=library_question, number=library_question.revision, document=library_question.document
    )


def refuse_other_meaning(before, after):
    """Raise MeaningChanged where a code would stand for another sort of answer than it does in copies taken before."""
    if before.kind != after.kind:
        raise MeaningChanged("They are different types of question")
    for option in after.options:
        earlier = before.option(option.code)
        if earlier and earlier.meaning != option.meaning:
            raise MeaningChanged(f"Answer {option.code} does not count as the same thing in both")
