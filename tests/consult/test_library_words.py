"""Where a draft and the library word a question differently: whose words count is somebody's choice."""

from dataclasses import replace

import pytest

from surveys import library
from surveys.models import LibraryQuestion
from tests.builders import comment, questionnaire, when
from tests.consult.building import beside, builder
from tests.consult.library import COPIES, TRAVEL, at, audited, copied, kept, said
from tests.consult.people import lead, team

pytestmark = pytest.mark.django_db


@pytest.fixture
def behind():
    """A lead whose draft holds revision 1, with words of its own, of a question whose library words are revision 2."""
    somebody = builder(COPIES)
    held = copied(somebody)
    library.update(held, replace(TRAVEL, text={"en": "How do you get here?"}), seen=1)
    somebody.open("questions/question/travel/").send(hint="The usual way")
    return somebody


def link(somebody):
    """Which revision the copy says it is."""
    return somebody.definition.question("travel").library["revision"]


def test_difference_is_shown_and_nothing_changes_by_itself(behind):
    before = behind.definition

    shown = said(at(behind, "travel/").page)

    assert "You have seen revision 1. The library has revision 2 now." in shown
    assert (
        "Where the two differ What Yours The library’s "
        "The question How do you travel? How do you get here? The hint The usual way Nothing"
    ) in shown
    assert (behind.definition, link(behind)) == (before, 1)


def test_library_words_are_used_and_who_is_asked_stays(behind):
    at(behind, "travel/").send(do="theirs")

    assert behind.definition.question("travel") == replace(
        TRAVEL,
        text={"en": "How do you get here?"},
        shown_if=when("a", 1),
        library=behind.definition.question("travel").library,
    )
    assert link(behind) == 2
    assert "The words are the same in both." in said(at(behind, "travel/").page)


def test_own_words_are_kept_and_the_revision_counts_as_seen(behind):
    before = behind.definition.question("travel")

    at(behind, "travel/").send(do="ours")

    assert behind.definition.question("travel") == replace(before, library=before.library | {"revision": 2})
    assert "The library has not changed since." in said(at(behind, "travel/").page)


def test_own_words_are_given_to_the_library_and_other_questionnaires_keep_theirs(behind):
    held = LibraryQuestion.objects.get()
    other = builder(questionnaire(library.copy_of(held)), somebody=lead("other"), slug="other")
    before = other.definition

    at(behind, "travel/").send(do="give")

    held.refresh_from_db()
    assert (held.revision, link(behind)) == (3, 3)
    assert library.shared(held) == replace(TRAVEL, hint={"en": "The usual way"})
    assert other.definition == before
    assert audited()[-2:] == ["questionnaire edited", "library question changed"]


@pytest.mark.parametrize("do", ["theirs", "ours", "give"])
def test_nothing_is_done_where_the_library_changed_since_it_was_looked_at(behind, do):
    at(behind, "travel/")
    held = LibraryQuestion.objects.get()
    library.update(held, replace(TRAVEL, text={"en": "Do you come by bus?"}), seen=2)
    before = behind.definition

    behind.send(do=do)

    held.refresh_from_db()
    assert (behind.definition, held.revision) == (before, 3)
    assert "Somebody else changed this while you were looking at it." in behind.text
    assert "Do you come by bus?" in behind.text


@pytest.mark.parametrize("do", ["theirs", "ours", "give"])
def test_nothing_is_done_where_the_draft_changed_since_it_was_looked_at(behind, do):
    at(behind, "travel/")
    beside(behind).open("questions/question/travel/").send(hint="Any way")
    before = behind.definition

    behind.send(do=do)

    assert (behind.definition, LibraryQuestion.objects.get().revision) == (before, 2)
    assert "Any way" in behind.text


def test_words_with_another_meaning_are_not_given_to_the_library(behind):
    options = {"options-1-meaning": "other"}
    behind.open("questions/question/travel/").send(**options)

    at(behind, "travel/").send(do="give")

    assert behind.page.status_code == 422
    assert "Answer 2 does not count as the same thing in both. Keep this one in the library as" in behind.text
    assert LibraryQuestion.objects.get().revision == 2


def test_question_of_another_type_is_not_given_the_others_words(behind):
    held = LibraryQuestion.objects.get()
    document = library.question_to_json(comment("travel"))
    LibraryQuestion.objects.update(document=document)
    before = behind.definition

    shown = said(at(behind, "travel/").page)
    behind.send(do="theirs")

    assert "They are different types of question, so neither can have the other’s words." in shown
    assert (behind.page.status_code, behind.definition) == (422, before)
    assert str(held.pk) in behind.text


def test_copy_can_be_kept_as_another_question(behind):
    at(behind, "travel/").send("", do="keep", title="Another")

    another = LibraryQuestion.objects.get(title="Another")
    assert behind.definition.question("travel").library == {"id": str(another.pk), "revision": 1}


def test_press_that_says_nothing_does_nothing(behind):
    before = behind.definition

    at(behind, "travel/").send(do="delete")

    assert (behind.page.status_code, behind.definition) == (422, before)
    assert "Choose what to do with the question" in behind.text


def test_copy_of_another_teams_question_is_a_question_of_ones_own():
    theirs = kept(of=team("Southbridge"))
    somebody = builder(questionnaire(replace(library.copy_of(theirs), key="travel")))

    shown = said(at(somebody, "travel/").page)
    somebody.send(do="theirs", title="")

    assert shown.count("Keep this question in the library") == 1
    assert str(theirs.pk) not in somebody.text
    assert somebody.page.status_code == 422


def test_copy_of_a_retired_question_says_so(behind):
    library.retire(LibraryQuestion.objects.get())

    assert "“Travel” in the question library , which is retired" in said(at(behind, "travel/").page)


def test_question_page_leads_to_the_library(behind):
    assert "Compare it with the library" in behind.open("questions/question/travel/").text
    assert "Keep this question in the library" in behind.open("questions/question/a/").text
    assert f'href="/staff/{behind.consultation.slug}/library/"' in behind.open("questions/").text
