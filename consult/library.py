"""Commands on a team's shared questions: each is one transaction, with its audit row and its edit of the draft."""

from dataclasses import replace

from django.db import transaction

from consult import audit
from consult.building import revise_draft
from surveys import editing, library, taking
from surveys.definition import Page
from surveys.editing import stamp_of
from surveys.revising import keys_ever_used


@transaction.atomic
def keep_question(consultation, key, *, title, by, now, seen):
    """Keep a question of a draft in the library of its team, and note in the draft that it is the same question.

    `seen` is the stamp of the question as it was looked at. Raises library.TitleTaken and revising.ChangedMeanwhile.
    """
    held = None

    def kept(question):
        nonlocal held
        held = library.add(question, owner=consultation.team_id, title=title)
        return linked(question, held)

    change(consultation, key, kept, what=f"kept question {key} in the library", by=by, now=now, seen=seen)
    record("question kept in the library", held, consultation.team, by=by, now=now)
    return held


@transaction.atomic
def use_library_words(consultation, key, held, *, by, now, seen):
    """Put the shared question's words over a draft's copy of it. Raises taking.OtherKind and revising.ChangedMeanwhile."""
    change(
        consultation,
        key,
        lambda question: linked(taking.with_library_words(question, library.shared(held)), held),
        what=f"took the library's words for question {key}, revision {held.revision}",
        by=by,
        now=now,
        seen=seen,
    )


@transaction.atomic
def keep_own_words(consultation, key, held, *, by, now, seen):
    """Note that a draft keeps its own words beside this revision of the shared question. Raises revising.ChangedMeanwhile."""
    change(
        consultation,
        key,
        lambda question: linked(question, held),
        what=f"kept its own words for question {key} beside the library's, revision {held.revision}",
        by=by,
        now=now,
        seen=seen,
    )


@transaction.atomic
def give_library_words(consultation, key, held, *, by, now, seen):
    """Give a shared question the words of a draft's copy, as its next revision; other copies stay as they are.

    Raises library.MeaningChanged, library.ChangedMeanwhile and revising.ChangedMeanwhile.
    """
    revision = held.revision

    def given(question):
        nonlocal held
        held = library.update(held, question, seen=revision)
        return linked(question, held)

    change(consultation, key, given, what=f"gave the library the words of question {key}", by=by, now=now, seen=seen)
    record("library question changed", held, consultation.team, by=by, now=now)
    return held


@transaction.atomic
def take_questions(consultation, held, *, page, by, now):
    """Put copies of shared questions into a draft: at the end of a page, or each on a page of its own where `page` is "".

    Returns the keys they were given, none of which was ever used. Raises revising.ChangedMeanwhile where the page is gone.
    """
    used, copies, pages = keys_ever_used(consultation.questionnaire), [], []
    for each in held:
        copy = library.copy_of(each)
        copies.append(replace(copy, key=taking.free_key(copy.key, used)))
        pages.append(editing.new_key("p", used | {copies[-1].key}))
        used |= {copies[-1].key, pages[-1]}

    def taken(definition):
        for copy, own_page in zip(copies, pages, strict=True):
            if page:
                definition = editing.with_question(definition, copy, page=page)
            else:
                definition = editing.with_page(definition, Page(own_page, (copy,), section=last_section(definition)))
        return definition

    keys = [copy.key for copy in copies]
    revise_draft(consultation, taken, what=f"took from the library: {', '.join(keys)}", by=by, now=now)
    return keys


@transaction.atomic
def rename_question(held, title, *, team, by, now):
    """Call a shared question something else. Raises library.TitleTaken."""
    before = held.title
    library.rename(held, title)
    record("library question renamed", held, team, by=by, now=now, before=before)


@transaction.atomic
def retire_question(held, *, team, by, now):
    """Offer a shared question to nobody any more."""
    library.retire(held)
    record("library question retired", held, team, by=by, now=now)


@transaction.atomic
def offer_again(held, *, team, by, now):
    """Offer a retired question again. Raises library.TitleTaken."""
    library.offer_again(held)
    record("library question offered again", held, team, by=by, now=now)


def change(consultation, key, made, *, what, by, now, seen):
    """Make a change (Question -> Question) of one question of the newest draft, if it is still as it was looked at."""
    revise_draft(
        consultation,
        lambda newest: editing.in_its_page(
            newest, key, lambda asked: tuple(made(each) if each.key == key else each for each in asked)
        ),
        what=what,
        by=by,
        now=now,
        is_as_seen=lambda newest: stamp_of(editing.question_with(newest, key)) == seen,
    )


def linked(question, held):
    """The question with a note that it is this revision of a shared one."""
    return replace(question, library={"id": str(held.pk), "revision": held.revision})


def last_section(definition):
    """A new page at the end begins in the section of the last."""
    return definition.pages[-1].section if definition.pages else {}


def record(verb, held, team, *, by, now, **detail):
    audit.record(verb, held, team=team, by=by, at=now, detail={"revision": held.revision} | detail)
