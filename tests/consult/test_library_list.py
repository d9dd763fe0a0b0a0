"""The library's list and the page of one question: names, revisions, retiring, teams."""

import re
from dataclasses import replace

import pytest

from consult.models import Membership, Role, Team, User
from surveys import library
from surveys.definition import Option
from tests.builders import question
from tests.consult.library import TRAVEL, audited, kept, one, said
from tests.consult.people import consultation, lead, signed_in, team

pytestmark = pytest.mark.django_db


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
