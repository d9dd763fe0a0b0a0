"""Questions of a team's library: kept from a draft, and taken into others."""

import re
from dataclasses import replace
from html import unescape

import pytest
from django.utils import timezone

from consult.library import take_questions
from surveys import library
from surveys.models import LibraryQuestion
from surveys.revising import ChangedMeanwhile
from tests.builders import choice, comment, page, questionnaire, scale, when
from tests.consult.building import beside, builder
from tests.consult.library import COPIES, TRAVEL, at, audited, copied, kept, one, said
from tests.consult.people import team

pytestmark = pytest.mark.django_db


# Keeping -----------------------------------------------------------------------------------------------------------------


def test_question_of_a_draft_is_kept_and_the_draft_knows_it():
    somebody = builder(COPIES)

    held = copied(somebody)

    assert "The question is in the library." in somebody.text
    assert (held.owner, held.revision) == (team().pk, 1)
    assert library.shared(held) == TRAVEL
    assert somebody.definition.question("travel") == replace(
        TRAVEL, shown_if=when("a", 1), library={"id": str(held.pk), "revision": 1}
    )
    assert audited()[-2:] == ["questionnaire edited", "question kept in the library"]


@pytest.mark.parametrize("title", ["", "   ", "x" * 201])
def test_question_is_not_kept_without_a_name_that_fits(title):
    somebody = builder(COPIES)

    at(somebody, "travel/").send(title=title, do="keep")

    assert somebody.page.status_code == 422
    assert "There is a problem" in somebody.text
    assert not LibraryQuestion.objects.exists()


def test_name_that_the_library_has_is_refused_and_nothing_is_changed():
    kept(scale("other"))
    somebody = builder(COPIES)
    before = somebody.definition

    at(somebody, "travel/").send(title="Travel", do="keep")

    assert (somebody.page.status_code, somebody.definition) == (422, before)
    assert "The library already has a question with this name" in somebody.text
    assert LibraryQuestion.objects.count() == 1


def test_question_that_somebody_else_changed_meanwhile_is_not_kept():
    somebody = builder(COPIES)
    other = beside(somebody)
    at(somebody, "travel/")
    other.open("questions/question/travel/").send(text="How do you get here?")

    somebody.send(title="Travel", do="keep")

    assert "Somebody else changed this while you were looking at it." in somebody.text
    assert "How do you get here?" in somebody.text
    assert not LibraryQuestion.objects.exists()


def test_question_that_is_not_in_the_draft_is_nowhere():
    assert at(builder(COPIES), "nothing/").page.status_code == 404


def test_titles_of_refused_forms_begin_with_error():
    held = kept()
    somebody = builder(COPIES)

    refused = [
        at(somebody, "travel/").send(title="", do="keep").page,
        at(somebody, "travel/").send(do="nothing").page,
        at(somebody, "").send(page="two").page,
        one(held, somebody.client, title="", rename="1"),
    ]

    assert [re.search(r"<title>(\w+:)? ?", page.content.decode())[1] for page in refused] == ["Error:"] * 4


# Taking ------------------------------------------------------------------------------------------------------------------


def test_questions_are_taken_to_a_page_under_keys_that_were_never_used():
    held, other = kept(), kept(scale("ease"), title="Ease")
    somebody = builder(COPIES)

    at(somebody, "").send(questions=[str(held.pk), str(other.pk)], page="two")

    taken = {"travel_2": library.copy_of(held), "ease": library.copy_of(other)}
    assert somebody.definition == replace(
        COPIES,
        pages=(
            COPIES.pages[0],
            replace(
                COPIES.pages[1], questions=(comment("e"), *(replace(q, key=key) for key, q in sorted(taken.items())))
            ),
        ),
    )
    assert "2 questions were taken." in somebody.text
    assert audited()[-1] == "questionnaire edited"


def test_questions_are_taken_to_pages_of_their_own_in_the_last_section():
    held = kept()
    somebody = builder(questionnaire(page("one", choice("p1"), section={"en": "You"})))

    at(somebody, "").send(questions=[str(held.pk)], page="")

    assert somebody.definition.pages[1:] == (page("p2", library.copy_of(held), section={"en": "You"}),)
    assert "The question was taken." in somebody.text


def test_question_can_be_taken_into_a_questionnaire_without_pages():
    held = kept()
    somebody = builder(questionnaire())

    at(somebody, "").send(questions=[str(held.pk)], page="")

    assert somebody.definition.pages == (page("p1", library.copy_of(held)),)


def test_nothing_is_taken_where_nothing_is_chosen():
    kept()
    somebody = builder(COPIES)

    at(somebody, "").send(page="two")

    assert (somebody.page.status_code, somebody.definition) == (422, COPIES)
    assert "Select the questions you want to take" in somebody.text


def test_retired_questions_and_those_of_other_teams_are_not_offered_and_cannot_be_taken():
    retired = library.retire(kept(title="Old"))
    theirs = kept(title="Theirs", of=team("Southbridge"))
    kept(title="Ours")
    somebody = at(builder(COPIES), "")

    assert ["Ours" in somebody.text, "Old" in somebody.text, "Theirs" in somebody.text] == [True, False, False]
    for held in (retired, theirs):
        at(somebody, "").send(questions=[str(held.pk)], page="two")
        assert (somebody.page.status_code, somebody.definition) == (422, COPIES)
        assert "One of the questions is not in the library any more. Select again" in somebody.text


def test_page_that_somebody_else_took_out_meanwhile_gets_nothing():
    held = kept()
    somebody = builder(COPIES)
    at(somebody, "")
    beside(somebody).open("questions/page/two/take-out/").send()

    somebody.send(questions=[str(held.pk)], page="two")

    assert [each.key for each in somebody.definition.pages] == ["one"]
    assert "That page is not in the questionnaire any more. Select another place" in somebody.text


def test_page_that_goes_in_the_last_moment_gets_nothing_too():
    held = kept()
    somebody = builder(COPIES)

    with pytest.raises(ChangedMeanwhile):
        take_questions(somebody.consultation, [held], page="gone", by="a test", now=timezone.now())

    assert somebody.definition == COPIES


def test_question_that_the_questionnaire_has_already_is_marked():
    somebody = builder(COPIES)
    copied(somebody)

    assert "Travel: How do you travel? (this questionnaire has it)" in unescape(at(somebody, "").text)


def test_empty_library_says_how_to_fill_it():
    assert "There are no questions in the library yet." in said(at(builder(COPIES), "").page)
