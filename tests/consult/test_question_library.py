"""A team's shared questions on the pages: kept from a draft, taken into others, and never changed behind anybody's back."""

import re
from dataclasses import replace
from html import unescape

import pytest
from django.utils import timezone

from consult.library import take_questions
from consult.models import AuditEvent, Membership, Role, Team, User
from surveys import library
from surveys.definition import Option
from surveys.models import LibraryQuestion
from surveys.revising import ChangedMeanwhile
from tests.builders import choice, comment, page, question, questionnaire, scale, when
from tests.consult.building import Fields, beside, builder
from tests.consult.people import consultation, lead, signed_in, team

pytestmark = pytest.mark.django_db

TRAVEL = choice("travel", "Bus", "Car", text="How do you travel?")
COPIES = questionnaire(page("one", choice("a"), replace(TRAVEL, shown_if=when("a", 1))), page("two", comment("e")))


def kept(asked=TRAVEL, *, title="Travel", of=None):
    """A question in the library of a team."""
    return library.add(asked, owner=(of or team()).pk, title=title)


def at(somebody, path):
    """The builder at another page of the same consultation: `library/…` stands beside `build/…`."""
    somebody.here = f"/staff/{somebody.consultation.slug}/library/{path}"
    somebody.page = somebody.client.get(somebody.here)
    somebody.forms = Fields(somebody.text).found
    return somebody


def audited():
    return list(AuditEvent.objects.order_by("seq").values_list("verb", flat=True))


def said(response):
    """The words of the main part of a page."""
    main = re.search(r"<main.*?</main>", response.content.decode(), re.DOTALL)[0]
    visible = re.sub(r'<span class="nhsuk-table-responsive__heading".*?</span>', "", main)
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", visible)).split())


def copied(somebody, *, title="Travel"):
    """The question "travel" of the draft, kept in the library under a title."""
    at(somebody, "travel/").send(title=title, do="keep")
    return LibraryQuestion.objects.get(title=title)


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


# Whose words -------------------------------------------------------------------------------------------------------------


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


# The list and one of them ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("number", [1, 3])
def test_list_costs_the_same_however_long(number, django_assert_num_queries):
    for turn in range(number):
        kept(title=f"Travel {turn}")
    client = signed_in(lead())

    # The session, the person, their one-time codes, their roles, the teams, the questions.
    with django_assert_num_queries(6):
        response = client.get("/staff/library/")

    assert said(response).count("How do you travel? Choose one option 1") == number


def test_list_is_of_the_persons_teams_with_their_names_where_they_have_several():
    kept(title="Ours")
    kept(title="Theirs", of=team("Southbridge"))
    kept(title="Nobody else’s", of=team("Westbridge"))
    somebody = lead()

    alone = said(signed_in(somebody).get("/staff/library/"))
    Membership.objects.create(team=team("Southbridge"), user=somebody, role=Role.LEAD)
    Membership.objects.create(team=team("Westbridge"), user=somebody, role=Role.CLERK)
    together = said(signed_in(somebody).get("/staff/library/"))

    assert re.findall(r"(Ours|Theirs|Nobody)", alone) == ["Ours"]
    assert f"Ours {team()} How do you travel?" in together
    assert "Theirs Southbridge How do you travel?" in together
    assert "Nobody" not in together


def one(held, client, **fields):
    """What a form of the page of a shared question leads to."""
    return client.post(f"/staff/library/{held.pk}/", fields, follow=True)


def test_question_is_shown_with_its_revisions():
    held = kept(replace(TRAVEL, hint={"en": "The usual way"}))
    library.update(held, replace(TRAVEL, text={"en": "How do you get here?"}), seen=1)

    shown = said(signed_in(lead()).get(f"/staff/library/{held.pk}/"))

    assert "The question, revision 2 How do you get here? Choose one option 1 Bus 2 Car" in shown
    assert (
        "Revision 2 Where the two differ What Since this revision Before "
        "The question How do you get here? How do you travel? The hint Nothing The usual way "
        "Revision 1 As it was first kept."
    ) in shown


def test_question_is_renamed():
    held, client = kept(), signed_in(lead())

    response = one(held, client, title="How people travel", rename="1")

    held.refresh_from_db()
    assert (held.title, audited()) == ("How people travel", ["library question renamed"])
    assert "The new name was saved." in response.content.decode()


def test_question_is_not_renamed_to_a_name_that_is_taken_or_to_nothing():
    held, client = kept(), signed_in(lead())
    kept(title="Other")

    taken, nothing = one(held, client, title="Other", rename="1"), one(held, client, title=" ", rename="1")

    held.refresh_from_db()
    assert (taken.status_code, nothing.status_code, held.title, audited()) == (422, 422, "Travel", [])
    assert "The library already has a question with this name" in taken.content.decode()
    assert "Enter a name for the question" in nothing.content.decode()


def test_question_is_retired_and_offered_again():
    held, client = kept(), signed_in(lead())

    retired = said(one(held, client, retire="1"))
    again = said(one(held, client, offer="1"))

    assert "Retired Nobody is offered these any more." in retired
    assert "Retired" not in again
    assert audited() == ["library question retired", "library question offered again"]


def test_question_is_not_offered_again_under_a_name_that_was_taken_since():
    held, client = library.retire(kept()), signed_in(lead())
    kept()

    response = one(held, client, offer="1")

    held.refresh_from_db()
    assert (response.status_code, held.is_retired, audited()) == (422, True, [])
    assert "The library already has a question with this name" in response.content.decode()


def test_question_of_a_team_where_one_is_no_lead_is_not_found():
    held, somebody = kept(of=team("Southbridge")), lead()
    Membership.objects.create(team=team("Southbridge"), user=somebody, role=Role.CLERK)

    assert signed_in(somebody).get(f"/staff/library/{held.pk}/").status_code == 404
    assert one(held, signed_in(somebody), retire="1").status_code == 404


def test_lead_comes_to_the_library_from_the_list_of_consultations():
    consultation("care")

    assert 'href="/staff/library/"' in signed_in(lead()).get("/staff/").content.decode()


def test_question_with_hostile_words_is_shown_as_text():
    hostile = question(
        "x", text="<script>alert(1)</script>", options=(Option(1, {"en": "<b>"}), Option(2, {"en": "&"}))
    )
    held = kept(hostile, title="<i>Name</i>")

    for path in ("/staff/library/", f"/staff/library/{held.pk}/"):
        text = signed_in(User.objects.filter(username="lead").first() or lead()).get(path).content.decode()
        assert "<script>alert" not in text
        assert "&lt;i&gt;Name&lt;/i&gt;" in text
    assert Team.objects.count() == 1
