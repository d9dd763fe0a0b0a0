"""The frame of every page and the pages shown when something is wrong, rendered without a database."""

import re

import pytest
from django.template import Context
from django.template.loader import get_template
from lxml import html as lxml_html

NORTHBRIDGE = {"organisation": "Northbridge Partnership", "service_name": "Have your say"}
FAULTS = {
    "400.html": "Sorry, we could not read what was sent",
    "403.html": "You cannot see this page",
    "404.html": "Page not found",
    "500.html": "Sorry, there is a problem with the service",
    "503.html": "Sorry, the service is unavailable",
    "503_not_saved.html": "We could not save this page yet",
}
PHONE = {"500.html": "Phone 01632 960 001."}
"""How the way to a person is told where ux.md R13 has words of its own for it."""


def page(name, **context):
    """The parsed page. No context processor runs: those may read the session, and so the database."""
    return lxml_html.document_fromstring(get_template(name).template.render(Context(context)))


def title(document):
    return " ".join(document.findtext(".//title").split())


def test_a_title_names_the_page_the_consultation_and_the_organisation():
    document = page("base.html", **NORTHBRIDGE, page_title="Check your answers", short_name="Urgent care")

    assert title(document) == "Check your answers – Urgent care – Northbridge Partnership"


def test_a_title_says_error_and_preview_first_and_names_the_service_where_there_is_no_consultation():
    document = page("base.html", **NORTHBRIDGE, page_title="Sign in", has_errors=True, is_preview=True)

    assert title(document) == "Preview: Error: Sign in – Have your say – Northbridge Partnership"


@pytest.mark.parametrize("name", ["base.html", *FAULTS])
def test_every_page_has_the_skip_link_one_main_part_and_the_footer_links_even_with_no_context(name):
    document = page(name)

    assert [link.get("href") for link in document.findall(".//body//a")][:2] == ["#maincontent", "/"]
    assert [part.get("id") for part in document.findall(".//main")] == ["maincontent"]
    assert [link.get("href") for link in document.findall(".//footer//a")] == [
        "/privacy/",
        "/cookies/",
        "/accessibility/",
        "/contact/",
    ]
    assert document.get("lang") == "en-GB"


@pytest.mark.parametrize(("name", "heading"), FAULTS.items())
def test_a_fault_page_says_what_is_wrong_in_its_one_heading_and_its_title(name, heading):
    document = page(name, **NORTHBRIDGE, contact_phone="01632 960 001")

    assert [found.text_content() for found in document.findall(".//h1")] == [heading]
    assert title(document).startswith(heading)
    assert PHONE.get(name, "You can also phone 01632 960 001.") in document.find(".//main").text_content()


def test_the_fault_page_of_the_service_is_whole_without_any_context():
    text = get_template("500.html").render()

    assert "{" not in re.sub(r"href='[^']*'", "", text)
    assert "Try again later." in text
    assert "phone" not in text


@pytest.mark.parametrize("name", ["base.html", *FAULTS])
def test_no_page_carries_script_or_style_of_its_own(name):
    document = page(name, **NORTHBRIDGE, menu=[{"href": "/staff/", "text": "Staff"}])

    assert [script for script in document.iter("script") if not script.get("src") or script.text] == []
    assert document.findall(".//style") == []
    assert [
        part for part in document.iter() if any(key == "style" or key.startswith("on") for key in part.attrib)
    ] == []


def test_language_and_direction_come_from_the_page():
    document = page("base.html", language="ur", direction="rtl")

    assert (document.get("lang"), document.get("dir")) == ("ur", "rtl")


def test_languages_are_named_in_themselves_and_are_buttons_of_the_form_that_holds_what_was_typed():
    languages = [{"code": "en", "name": "English", "current": True}, {"code": "pl", "name": "Polski", "href": "?l=pl"}]

    in_form = page("base.html", languages=languages, page_form="answers").find(".//nav")
    without = page("base.html", languages=languages).find(".//nav")

    button = in_form.find(".//button")
    assert (button.text, button.get("lang"), button.get("form"), button.get("value")) == (
        "Polski",
        "pl",
        "answers",
        "pl",
    )
    assert in_form.find(".//*[@aria-current]").text == "English"
    assert without.find(".//a").get("href") == "?l=pl"
    assert page("base.html", languages=languages[:1]).find(".//nav") is None


def test_names_are_escaped_wherever_the_frame_shows_them():
    attack = "<script>alert(1)</script>"

    text = get_template("base.html").template.render(
        Context(
            {
                "organisation": attack,
                "service_name": attack,
                "short_name": attack,
                "page_title": attack,
                "menu": [{"href": "/", "text": attack}],
                "languages": [{"code": "en", "name": attack, "current": True}, {"code": attack, "name": attack}],
            }
        )
    )

    assert "<script>alert" not in text
    assert text.count("&lt;script&gt;alert") == 11
