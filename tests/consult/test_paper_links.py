"""The links to paper forms on the consultation's page."""

import pytest
from django.test import Client

from consult.paper import printed_forms
from consult.paper.links import links
from consult.stages import Stage
from tests.consult.paper_questionnaires import EASY, POLISH
from tests.consultations import open_consultation

pytestmark = pytest.mark.django_db


def links_of(page):
    return [line.strip() for line in page.content.decode().splitlines() if "/paper/" in line]


def test_consultation_page_offers_each_form_in_its_own_language_beside_the_web_form():
    made = open_consultation(EASY)
    list(printed_forms.keep_all(made))

    found = links_of(Client().get(made.get_absolute_url()))

    assert [line.partition(" (PDF")[0].rpartition(">")[2] for line in found] == [
        "Paper form to print",
        "Large print form to print",
        "Easy read form to print",
        "Formularz papierowy do druku",
        "Formularz dużym drukiem do druku",
    ]
    assert 'lang="pl" dir="ltr" hreflang="pl"' in found[3]
    polish = links_of(Client().get(f"{made.get_absolute_url()}?language=pl"))
    assert ['lang="pl"' in line for line in polish] == [True, True, False, False, False]


@pytest.mark.parametrize(
    "language, folded",
    [("en", ["pl", "pl"]), ("pl", ["en-GB", "en-GB"]), ("cy", [])],
    ids=["English", "Polish", "Welsh"],
)
def test_forms_in_other_languages_than_the_page_are_folded_away_where_it_has_its_own(language, folded):
    made = open_consultation(POLISH)
    newest, _ = printed_forms.published_orders(made)

    found = links(made, newest, Stage.OPEN, language=language)

    assert [form["language"] for form in found if form["is_other"]] == folded


def test_link_says_pages_and_size_once_the_form_was_drawn():
    made = open_consultation(POLISH)
    newest, (order, *_) = printed_forms.published_orders(made)
    before = links(made, newest, Stage.OPEN)[0]["words"]
    kept = printed_forms.form_to_give_out(made, newest, order)

    assert before == "Paper form to print (PDF)"
    assert links(made, newest, Stage.OPEN)[0]["words"] == (
        f"Paper form to print (PDF, {kept.pages} pages, {round(kept.size / 1_000)}KB)"
    )
