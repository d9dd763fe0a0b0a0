"""What must be true of every page a resident can come to, in its normal and its error state (ux.md §5, points 1 to 10)."""

import re

import pytest
from django.utils.translation import gettext

from consult.demonstration.facts import SLUGS, TEAM, facts_of
from consult.languages import plain, speaking
from surveys.renderings import told_in
from tests.browser.conftest import TRAILS
from tests.browser.looking import NARROW, WIDE

pytestmark = pytest.mark.browser

every_trail = pytest.mark.parametrize("name", TRAILS)
every_journey = pytest.mark.parametrize("name", ["journey", "polish", "urdu", "easy-read", "outpatients", "welsh"])
SPOKEN = {"polish": ("pl", "ltr"), "urdu": ("ur", "rtl"), "pages-urdu": ("ur", "rtl"), "welsh": ("cy", "ltr")}
NOT_OF_A_CONSULTATION = ("/privacy/", "/cookies/", "/accessibility/", "/contact/")
SERVICE = "Have your say"
ANSWERS_TO = {"/your-response/answers/": "outpatients", "/your-response/delete/": "outpatients"}
"""Pages that are about a consultation without naming it in their address, and the one that the trail answered."""
HELPED = re.compile(r"/consultations/[^/]+/respond/.+|/consultations/[^/]+/(another-format|news)/")
"""Pages with a form of a consultation: the others name every way to take part in full, or belong to none."""


@pytest.fixture
def pages(trail):
    """`pages("urdu")`: what was seen on a trail, as (name, what was seen)."""
    return lambda name: [(seen["name"], seen) for seen in trail(name)["seen"]]


def told(pages, what):
    """What is wrong, by page: `what(seen)` says what is wrong with one, and nothing where all is well."""
    return {name: wrong for name, seen in pages if (wrong := what(seen))}


# 1 ----------------------------------------------------------------------------------------------------------------------
@every_trail
@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_point_01_axe_finds_nothing_on_any_page(pages, name, width):
    assert told(pages(name), lambda seen: seen[f"at_{width}"]["axe"]) == {}


# 2 ----------------------------------------------------------------------------------------------------------------------
@every_trail
def test_point_02_a_title_is_made_of_heading_short_name_and_organisation(pages, name):
    assert told(pages(name), lambda seen: seen["title"] != (due := title_due(seen)) and [seen["title"], due]) == {}


def title_due(seen):
    """What a page's title should be."""
    path, error = seen["path"].partition("?")[0], f"{seen['error_word']} " if seen["is_error"] else ""
    (heading,) = seen["h1s"]
    if path == "/" or path in NOT_OF_A_CONSULTATION:
        return f"{heading} – {TEAM['name']}"
    slug = path.split("/")[2] if path.startswith("/consultations/") else ANSWERS_TO.get(path, "")
    with speaking(seen["lang"]):
        return f"{error}{heading} – {short_name(slug, seen['lang']) or gettext(SERVICE)} – {TEAM['name']}"


def short_name(slug, language):
    """The short name of a consultation, as it is told in a language of its questionnaire; "" for a page that is about none."""
    if slug in SLUGS:
        name = facts_of(slug).short_name
        return told_in(facts_of(slug).questionnaire(), plain(language)).get(name, name)
    return f"Clinic {slug.replace('-', ' ')}" if slug else ""


@every_journey
def test_point_02_no_two_pages_of_the_journey_have_one_title(pages, name):
    titles = [seen["title"] for _, seen in pages(name)]

    assert sorted(titles) == sorted(set(titles))


# 3 ----------------------------------------------------------------------------------------------------------------------
@every_trail
def test_point_03_a_page_says_what_language_it_is_in_and_which_way_it_reads(pages, name):
    language, direction = SPOKEN.get(name, ("en-GB", "ltr"))

    def is_another(seen):
        said = seen["lang"], seen["dir"] or "ltr", seen["is_rtl"]
        return said != (language, direction, direction == "rtl") and said

    assert told(pages(name), is_another) == {}


# 4 ----------------------------------------------------------------------------------------------------------------------
@every_trail
def test_point_04_a_page_has_one_first_heading_and_skips_no_level(pages, name):
    assert told(pages(name), lambda seen: len(seen["h1s"]) != 1 and seen["h1s"]) == {}
    assert told(pages(name), lambda seen: seen["skips"]) == {}


@every_trail
def test_point_04_the_first_stop_of_the_tab_key_skips_to_the_main_part(pages, name):
    assert told(pages(name), lambda seen: not seen["skip_link_is_first"]) == {}
    assert told(pages(name), lambda seen: seen["skips_to_main"] is False) == {}


# 5 ----------------------------------------------------------------------------------------------------------------------
@every_trail
@pytest.mark.parametrize("size", ["at_1280", "at_320", "zoomed"])
def test_point_05_no_page_scrolls_sideways_and_wide_tables_do_so_by_keyboard(pages, name, size):
    assert told(pages(name), lambda seen: max(seen[size]["overflow"], 0)) == {}
    assert told(pages(name), lambda seen: seen[size]["scrollers"]) == {}


# 6 ----------------------------------------------------------------------------------------------------------------------
@every_trail
def test_point_06_tab_comes_to_every_control_with_a_mark_that_nothing_covers(pages, name):
    assert told(pages(name), lambda seen: seen["by_keyboard"]) == {}


# 7 ----------------------------------------------------------------------------------------------------------------------
@every_trail
@pytest.mark.parametrize("size", ["at_1280", "at_320"])
def test_point_07_everything_to_press_is_24_pixels_wide_and_high_and_buttons_and_boxes_44(pages, name, size):
    assert told(pages(name), lambda seen: seen[size]["small"]) == {}
    assert told(pages(name), lambda seen: seen[size]["low"]) == {}


# 8 ----------------------------------------------------------------------------------------------------------------------
@every_trail
def test_point_08_text_spaced_for_easier_reading_is_not_cut_off_and_overlaps_nothing(pages, name):
    assert told(pages(name), lambda seen: seen["spaced"]) == {}


# 9 ----------------------------------------------------------------------------------------------------------------------
@every_trail
def test_point_09_nothing_is_fetched_from_elsewhere_and_nothing_goes_wrong_on_the_way(trail, name):
    assert trail(name)["wrong"] == []


@pytest.mark.parametrize("name", ["pages", "journey", "own-answers"])
def test_point_09_every_cookie_is_on_the_page_about_cookies_with_when_it_goes(look, trail, name):
    window = look()
    window.go("/cookies/")
    rows = [row.inner_text().split("\t") for row in window.page.locator("main tbody tr").all()]
    listed = {cookie.partition(" ")[0]: goes for cookie, _, goes in rows}

    kept = {cookie["name"].partition("-")[0]: cookie for cookie in trail(name)["cookies"]}

    assert "csrftoken" in kept
    assert sorted(kept.keys() - listed.keys()) == []
    assert {cookie: listed[cookie] for cookie in kept if not listed[cookie].startswith("After ")} == {}
    assert "sessionid" not in kept
    assert trail("pages")["cookies"][0]["name"] == "csrftoken"


@every_trail
def test_point_09_no_page_has_a_banner_about_cookies(pages, name):
    assert told(pages(name), lambda seen: "Accept" in seen["text"] or seen["cookie_banners"]) == {}


# 10 ---------------------------------------------------------------------------------------------------------------------
@every_trail
def test_point_10_every_page_ends_with_the_same_links(pages, name):
    due = ["/privacy/", "/cookies/", "/accessibility/", "/contact/"]

    def others(seen):
        linked = [link.partition("?")[0] for link in seen["footer"]]
        return linked != due and linked

    assert told(pages(name), others) == {}


@every_trail
def test_point_10_help_is_the_last_thing_of_every_page_with_a_form(pages, name):
    forms = [(page, seen) for page, seen in pages(name) if HELPED.fullmatch(seen["path"].partition("?")[0])]

    assert told(forms, lambda seen: not seen["help_is_last"] and f"{seen['helps']} blocks of help") == {}
