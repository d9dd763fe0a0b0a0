"""The shared questions of a team: kept with their revisions, never changed behind anybody's back, and no other team's."""

import uuid
from dataclasses import replace

import pytest
from django.db import connection

from surveys import library
from surveys.definition import Option
from surveys.definition_json import question_from, to_json
from surveys.models import LibraryQuestion
from surveys.publishing import save_questionnaire
from surveys.source import Source
from surveys.taking import kept
from tests.builders import choice, comment, options, question, questionnaire, when

pytestmark = pytest.mark.django_db

OURS, THEIRS = 1, 2
USED = choice("used", text="Have you used it?", shown_if=when("a1", 1))


def again(text):
    """The question in other words."""
    return replace(USED, text={"en": text})


def revisions(held):
    """Every revision that is kept: `[(number, words)]`."""
    return [
        (revision.number, question_from(Source(revision.document, "")).text["en"])
        for revision in held.revisions.order_by("number")
    ]


def test_kept_question_is_revision_1_without_its_routes():
    held = library.add(USED, owner=OURS, title="Use")

    assert (held.owner, held.title, held.revision, held.is_retired) == (OURS, "Use", 1, False)
    assert library.shared(held) == kept(USED)
    assert revisions(held) == [(1, "Have you used it?")]


def test_new_words_are_the_next_revision_and_the_old_ones_are_kept():
    held = library.add(USED, owner=OURS, title="Use")

    after = library.update(held, replace(again("Did you use it?"), key="b7"), seen=1)

    assert (after.revision, library.shared(after)) == (2, kept(again("Did you use it?")))
    assert revisions(held) == [(1, "Have you used it?"), (2, "Did you use it?")]


def test_the_same_words_are_no_new_revision():
    held = library.add(USED, owner=OURS, title="Use")

    assert library.update(held, USED, seen=1).revision == 1
    assert revisions(held) == [(1, "Have you used it?")]


def test_words_that_were_changed_meanwhile_are_not_written_over():
    held = library.add(USED, owner=OURS, title="Use")
    library.update(held, again("Did you use it?"), seen=1)

    with pytest.raises(library.ChangedMeanwhile):
        library.update(held, again("Do you use it?"), seen=1)

    assert revisions(held) == [(1, "Have you used it?"), (2, "Did you use it?")]


@pytest.mark.parametrize(
    ("other", "says"),
    [
        (comment("used"), "They are different types of question"),
        (
            question("used", options=options("Yes", dont_know="No")),
            "Answer 2 does not count as the same thing in both",
        ),
    ],
)
def test_another_meaning_is_refused(other, says):
    held = library.add(USED, owner=OURS, title="Use")

    with pytest.raises(library.MeaningChanged) as refusal:
        library.update(held, other, seen=1)

    assert refusal.value.says == says
    assert revisions(held) == [(1, "Have you used it?")]


def test_an_answer_may_be_added():
    held = library.add(USED, owner=OURS, title="Use")

    after = library.update(held, replace(USED, options=(*USED.options, Option(3, {"en": "Once"}))), seen=1)

    assert [option.code for option in library.shared(after).options] == [1, 2, 3]


def test_title_is_used_once_by_each_owner():
    library.add(USED, owner=OURS, title="Use")
    other = library.add(USED, owner=OURS, title="Other")

    with pytest.raises(library.TitleTaken):
        library.add(USED, owner=OURS, title="Use")
    with pytest.raises(library.TitleTaken):
        library.rename(other, "Use")

    assert library.add(USED, owner=THEIRS, title="Use").owner == THEIRS
    assert sorted(held.title for held in library.questions_of(OURS)) == ["Other", "Use"]


def test_renaming_keeps_the_words_and_the_revision():
    held = library.rename(library.add(USED, owner=OURS, title="Use"), "Using it")

    assert list(LibraryQuestion.objects.values_list("title", "revision")) == [("Using it", 1)]
    assert revisions(held) == [(1, "Have you used it?")]


def test_retired_question_is_not_offered_and_frees_its_title():
    held = library.retire(library.add(USED, owner=OURS, title="Use"))
    again_held = library.add(USED, owner=OURS, title="Use")

    assert list(library.questions_of(OURS)) == [again_held]
    assert set(library.questions_of(OURS, with_retired=True)) == {held, again_held}


def test_retired_question_can_be_offered_again_where_its_title_is_free():
    held = library.retire(library.add(USED, owner=OURS, title="Use"))
    other = library.retire(library.add(USED, owner=OURS, title="Use"))

    library.offer_again(held)
    with pytest.raises(library.TitleTaken):
        library.offer_again(other)

    assert list(library.questions_of(OURS)) == [held]


def test_questions_of_some_owners_are_theirs_alone_in_the_order_of_their_titles():
    for owner, title in ((OURS, "Use"), (THEIRS, "Age"), (3, "Not theirs"), (OURS, "Area")):
        library.add(USED, owner=owner, title=title)

    assert [held.title for held in library.questions_of(OURS, THEIRS)] == ["Age", "Area", "Use"]


def test_copy_finds_the_question_it_was_taken_from_also_when_that_is_retired():
    held = library.add(USED, owner=OURS, title="Use")
    copy = library.copy_of(held)
    library.retire(held)

    assert copy == replace(kept(USED), library={"id": str(held.pk), "revision": 1})
    assert library.source_of(copy, owner=OURS) == held


@pytest.mark.parametrize("link", [{}, {"id": "not an id", "revision": 1}, {"id": str(uuid.uuid4()), "revision": 1}])
def test_question_that_was_taken_from_nowhere_has_no_source(link):
    assert library.source_of(replace(USED, library=link), owner=OURS) is None


def test_question_of_another_owner_is_no_source():
    copy = library.copy_of(library.add(USED, owner=THEIRS, title="Use"))

    assert library.source_of(copy, owner=OURS) is None


def test_questionnaire_that_took_a_question_is_as_it_was_after_the_question_changed():
    held = library.add(USED, owner=OURS, title="Use")
    draft = save_questionnaire(questionnaire(library.copy_of(held)))
    before = to_json(questionnaire(library.copy_of(held)))

    library.update(held, again("Did you use it?"), seen=1)
    library.retire(held)
    draft.refresh_from_db()

    assert (draft.draft, draft.revision) == (before, 0)


def test_library_points_at_no_team():
    relations = connection.introspection.get_relations(connection.cursor(), "surveys_libraryquestion")

    assert relations == {}
