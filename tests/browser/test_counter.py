"""The counter below a writing box says what the server will say: both count characters, and an emoji of one code point is one."""

import re

import pytest

from tests.journeys.served import in_own_process, serving

pytestmark = pytest.mark.browser

LIMIT = 4_000
FAMILY = "👩‍👩‍👧"
"""Five code points, eight units of UTF-16, and to the eye one sign."""


@pytest.fixture(scope="module")
def small_service(tmp_path_factory):
    """The address of a server with one small consultation, whose second page is a writing box."""
    folder = tmp_path_factory.mktemp("counter")
    in_own_process("prepare", folder)
    with serving(folder) as server:
        yield server.url


@pytest.fixture
def writing_box(browser, small_service):
    """A window on the page with the writing box."""
    context = browser.new_context(base_url=small_service)
    page = context.new_page()
    page.goto("/consultations/plan/respond/how-we-use-your-answers/")
    page.get_by_role("button", name="Continue", exact=True).click()
    page.get_by_label("Yes", exact=True).check()
    page.get_by_role("button", name="Continue", exact=True).click()
    page.wait_for_load_state("networkidle")
    yield page
    context.close()


def counted_in_browser(page, text):
    """How many characters the counter says were used."""
    page.fill("textarea", text)
    page.dispatch_event("textarea", "keyup")
    message = page.locator(".nhsuk-character-count__status")
    message.filter(has_text=re.compile("remaining|too many")).wait_for(timeout=5_000)
    said = message.text_content()
    number = int(re.search(r"You have ([\d,]+) characters?", said)[1].replace(",", ""))
    return LIMIT + number if "too many" in said else LIMIT - number


def counted_by_server(page):
    """How many characters the server says were used, on the page that refuses them."""
    page.get_by_role("button", name="Continue", exact=True).click()
    said = page.locator(".nhsuk-error-summary").text_content()
    return int(re.search(r"You have used ([\d,]+)", said)[1].replace(",", ""))


@pytest.mark.parametrize(
    "text",
    [
        "x" * 4_001,
        "🚌" * 4_002,
        FAMILY * 900,
        "e\u0301" * 2_100,
        "a\nb\n" * 1_001,
        f"  {'ž🚌' * 2_050} \n\n",
        "اردو" * 1_001,
    ],
    ids=["plain", "emoji", "family", "combining", "lines", "blank ends", "urdu"],
)
def test_browser_and_server_count_alike(writing_box, text):
    in_browser = counted_in_browser(writing_box, text)

    assert in_browser == len(text.strip())
    assert counted_by_server(writing_box) == in_browser


def test_emoji_that_fit_are_taken_and_the_counter_says_how_many_are_left(writing_box):
    assert counted_in_browser(writing_box, "🚌" * LIMIT) == LIMIT

    with writing_box.expect_navigation():
        writing_box.get_by_role("button", name="Continue", exact=True).click()

    assert writing_box.url.endswith("/respond/visits/")
