"""An earlier answer repeated in a later page: each person sees their own, though pages are drawn once and kept."""

import pytest

from surveys.definition import Statement
from surveys.kinds.scale import example_scale
from tests.builders import choice, page, question, questionnaire
from tests.consultations import open_consultation
from tests.journeys.visits import Visit

pytestmark = pytest.mark.django_db


def words_for(answer):
    """The second page as somebody sees it who gave this answer on the first."""
    visit = Visit("piped").given_i_have_begun()
    return visit.when_i_answer(place=answer).text


@pytest.mark.parametrize(
    "asked",
    [
        choice("next", text="What about {place}?"),
        question("next", text="What do you think?", hint={"en": "Think of {place}."}),
        question(
            "next", "statements", options=example_scale(), statements=(Statement("a", {"en": "{place} is near"}),)
        ),
        page("next", choice("one", text="Is {place} near?"), choice("two")),
    ],
    ids=["in the question", "in the hint", "in a statement", "on a page of two"],
)
def test_each_person_sees_the_words_of_their_own_answer(asked):
    open_consultation(questionnaire(choice("place", "Alderbeck", "Wharf Road"), asked), slug="piped")

    first, second = words_for(1), words_for(2)

    assert ("Alderbeck" in first, "Wharf Road" in first) == (True, False)
    assert ("Alderbeck" in second, "Wharf Road" in second) == (False, True)
