"""The hub: what there is, in which order, and how it is searched (ux.md R0)."""

from datetime import UTC, datetime, timedelta
from urllib.parse import quote

import pytest
from django.test import Client

from consult.models import Postcode
from tests.consult.people import consultation
from tests.journeys.pages import page_of, words

pytestmark = pytest.mark.django_db

NOW = datetime(2027, 3, 1, 9, tzinfo=UTC)


@pytest.fixture(autouse=True)
def consultations(time_machine):
    time_machine.move_to(NOW, tick=False)
    long_ago = NOW - timedelta(days=5)
    consultation("open-late", closes=20, area="Northbridge", topic="GP practices", now=NOW)
    consultation("open-soon", closes=2, area="Southbridge", topic="Urgent care", now=NOW)
    consultation("planned", opens=3, closes=9, area="Northbridge", topic="Urgent care", now=NOW)
    consultation("closed-first", opens=-40, closes=-20, area="Northbridge", now=NOW)
    consultation("closed-last", opens=-40, closes=-10, area="Southbridge", reported_at=long_ago, now=NOW)
    consultation("decided", opens=-90, closes=-60, reported_at=long_ago, decided_at=long_ago, now=NOW)
    consultation("draft", launched=False, area="Nowhere", now=NOW)


def hub(address="/"):
    response = Client().get(address)
    assert (response.status_code, response["Cache-Control"], dict(response.cookies)) == (200, "public, max-age=60", {})
    return page_of(response)


def lists(page):
    """`{heading: [titles below it]}`."""
    found, heading = {}, None
    for element in page.body.find(".//main").iter("h2", "h3", "h4"):
        if element.find("a") is None:
            heading = found.setdefault(words(element), [])
        else:
            heading.append(words(element).removeprefix("The future of "))
    return found


def test_the_hub_lists_open_soonest_closing_first_then_planned_then_closed_newest_first():
    assert lists(hub()) == {
        "Open": ["open-soon", "open-late"],
        "Coming soon": ["planned"],
        "Closed": [],
        "Waiting for a decision": ["closed-last", "closed-first"],
        "What happened": ["decided"],
    }


def test_a_card_says_its_status_in_words_and_when_it_closes_with_the_days_left():
    cards = [words(card) for card in hub().body.find_class("consult-card__when")]

    assert cards == [
        "Open Closes at 9am on Wednesday 3 March 2027 (2 days left)",
        "Open Closes at 9am on Sunday 21 March 2027 (20 days left)",
        "Not open yet Opens at 9am on Thursday 4 March 2027",
        "Report published Closed at 9am on Friday 19 February 2027",
        "Closed Closed at 9am on Tuesday 9 February 2027",
        "Decided Closed at 9am on Thursday 31 December 2026",
    ]


@pytest.mark.parametrize(
    "query, found",
    [
        ("q=FUTURE%20soon", {"open-soon"}),
        ("q=urgent", {"open-soon", "planned"}),
        ("area=Northbridge", {"open-late", "planned", "closed-first"}),
        ("topic=Urgent+care", {"open-soon", "planned"}),
        ("state=open", {"open-soon", "open-late"}),
        ("state=waiting", {"closed-first", "closed-last"}),
        ("area=Northbridge&topic=Urgent+care&state=soon&q=planned", {"planned"}),
        ("state=draft", set()),
        ("q=%00%27%22", set()),
    ],
)
def test_the_filters_are_one_form_and_narrow_the_lists_together(query, found):
    page = hub(f"/?{query}")

    assert {title for titles in lists(page).values() for title in titles} == found
    number = f"{len(found)} consultation{'' if len(found) == 1 else 's'} found"
    (status,) = page.body.xpath("//p[@role='status']")
    assert words(status).startswith(number)
    assert list(lists(page)) == list(lists(hub()))


def test_the_form_shows_again_what_was_chosen_and_offers_only_what_there_is():
    page = hub("/?q=care&area=Southbridge&state=open")

    (form,) = page.body.forms
    assert dict(form.form_values()) == {"q": "care", "area": "Southbridge", "topic": "", "state": "open"}
    assert form.inputs["area"].value_options == ["", "Northbridge", "Southbridge"]
    assert form.inputs["topic"].value_options == ["", "GP practices", "Urgent care"]
    assert page.link("Clear the search") == "/"


def test_a_search_is_shown_as_text_and_never_as_markup():
    page = hub("/?q=%3Cscript%3Ealert(1)%3C/script%3E")

    assert "for “<script>alert(1)</script>”" in page.text
    assert not page.body.xpath("//main//script")


# By postcode --------------------------------------------------------------------------------------------------------------
NOT_KNOWN = (
    "We cannot tell which consultations are about this postcode, so we show them all. Choose your area from the list"
)


@pytest.fixture
def directory():
    """Postcodes of Northbridge and of a ward that nobody consults about."""
    for postcode, ward in (("NB1 1AA", "Northbridge"), ("NB1 2AA", "Northbridge"), ("NB11 1AA", "Eastbridge")):
        Postcode.objects.create(postcode=postcode, ward=ward)


def titles_of(page):
    return {title for titles in lists(page).values() for title in titles}


@pytest.mark.parametrize("typed", ["NB1 1AA", "nb11aa", " nb1.1aa ", "NB1 2", "NB1"])
def test_a_postcode_finds_what_is_about_its_area_and_what_is_about_no_area(directory, typed):
    consultation("everywhere", closes=5, now=NOW)

    page = hub(f"/?q={quote(typed)}")

    assert titles_of(page) == {"open-late", "planned", "closed-first", "decided", "everywhere"}
    assert NOT_KNOWN not in page.text


@pytest.mark.parametrize("typed", ["NB11 1AA", "NB11", "ZZ9 9ZZ"])
def test_a_postcode_whose_area_is_not_known_shows_everything_and_says_how_to_search(directory, typed):
    page = hub(f"/?q={quote(typed)}")

    assert titles_of(page) == titles_of(hub())
    assert NOT_KNOWN in page.text
    assert dict(page.body.forms[0].form_values())["q"] == typed


def test_a_service_without_a_directory_says_so_too_and_the_filters_still_work():
    page = hub("/?q=NB1+1AA&area=Southbridge")

    assert titles_of(page) == {"open-soon", "closed-last"}
    assert NOT_KNOWN in page.text


def test_a_word_of_a_title_that_could_be_a_postcode_is_a_word(directory):
    consultation("m25", closes=5, now=NOW)

    assert titles_of(hub("/?q=M25")) == {"m25"}
