"""What each page of a journey costs a telephone's connection, and which pages may be kept and compressed (threats.md E14)."""

import gzip

import pytest

from tests.journeys.served import in_own_process, serving
from tests.journeys.test_apms import PATIENT_OF_ALDERBECK
from tests.journeys.transfers import Browser

pytestmark = pytest.mark.sqlite

FIRST_VISIT = 60_000
FIRST_REQUESTS = 6
LATER_PAGE = 12_000
"""Bytes in all: the heads of the replies too."""

APMS = "/consultations/apms"
OLDER = "/consultations/older-you"
PUBLIC = (
    "/",
    "/?q=clinic",
    f"{APMS}/",
    f"{APMS}/respond/",
    f"{APMS}/respond/?language=ur",
    f"{APMS}/outcome/",
    f"{OLDER}/respond/",
    f"{OLDER}/outcome/",
    f"{OLDER}/report/",
    f"{OLDER}/equality/",
    "/privacy/",
    "/cookies/",
    "/accessibility/",
    "/contact/",
)
PERSONAL = (
    f"{APMS}/respond/how-we-use-your-answers/?language=en",
    f"{APMS}/news/",
    f"{APMS}/another-format/",
    "/your-response/",
    "/resume/",
    "/stop/",
    "/accounts/login/",
)
"""Pages with a form: each has a token against forgery."""


@pytest.fixture(scope="module")
def service(tmp_path_factory):
    """A server with the demonstration: three consultations, one of them with its report and its decision."""
    folder = tmp_path_factory.mktemp("service")
    in_own_process("demonstrate", folder)
    with serving(folder) as server:
        yield server


@pytest.fixture
def browser(service):
    """A browser that has never been here."""
    return Browser(service.url)


@pytest.fixture(scope="module")
def journey(service):
    """A patient's way from the start page, whose files they have, to the receipt: the replies of each step."""
    browser = Browser(service.url)
    (*_, start) = browser.visits(f"{APMS}/respond/")
    steps = [browser.visits(start.page.link("Start now"))]
    for answers in ({}, *PATIENT_OF_ALDERBECK, {}, {"answer": "no"}):
        page = steps[-1][-1].page
        steps.append(browser.visits(page.posts_to, page.filled_in(answers)))
    assert steps[-1][-1].path == f"{APMS}/respond/done/"
    return steps


@pytest.fixture(scope="module")
def easy_read_journey(service):
    """The same person's way in easy read, with its pictures, to the page on which the answers are checked."""
    browser = Browser(service.url)
    (*_, start) = browser.visits(f"{APMS}/respond/")
    steps = [browser.visits(start.page.link("Start with easy read words"))]
    for answers in ({}, *PATIENT_OF_ALDERBECK):
        page = steps[-1][-1].page
        steps.append(browser.visits(page.posts_to, page.filled_in(answers)))
    return steps


def sizes(replies):
    return {reply.path: reply.size for reply in replies}


def is_compressed(reply):
    return "content-encoding" in reply.headers


@pytest.mark.parametrize(
    "path", ["/", f"{APMS}/", f"{APMS}/respond/", f"{APMS}/respond/?language=ur", "/consultations/outpatients/respond/"]
)
def test_a_first_visit_takes_at_most_60_kilobytes_and_6_requests(browser, path):
    replies = browser.visits(path)

    assert {reply.status for reply in replies} == {200}
    assert len(replies) <= FIRST_REQUESTS
    assert sum(reply.size for reply in replies) <= FIRST_VISIT, sizes(replies)
    assert len(replies) == 5, "the page, 2 style sheets and 2 scripts: without them the sum means nothing"


def test_no_style_sheet_brings_a_font_along(browser):
    sheets = [reply.path for reply in browser.visits(f"{APMS}/respond/") if reply.path.endswith(".css")]

    read = [gzip.decompress(browser.asks(sheet, Accept_Encoding="gzip").body) for sheet in sheets]

    assert len(read) == 2
    assert not [sheet for sheet in read if b"@font-face" in sheet]


def test_each_later_page_of_a_journey_takes_at_most_12_kilobytes(journey):
    costs = {step[-1].path: sum(reply.size for reply in step) for step in journey}

    assert len(costs) == len(PATIENT_OF_ALDERBECK) + 4
    assert {path: size for path, size in costs.items() if size > LATER_PAGE} == {}


def test_each_page_in_easy_read_takes_at_most_12_kilobytes_with_its_pictures(easy_read_journey):
    costs = {step[-1].path: sum(reply.size for reply in step) for step in easy_read_journey}
    pictures = [reply for step in easy_read_journey for reply in step if reply.path.endswith(".png")]

    assert len(costs) == len(PATIENT_OF_ALDERBECK) + 2
    assert {path: size for path, size in costs.items() if size > LATER_PAGE} == {}
    assert len(pictures) > 15
    assert {reply.status for reply in pictures} == {200}


def test_pages_of_an_answer_are_kept_by_nobody(journey):
    replies = [reply for step in journey for reply in step]

    assert {reply.headers["cache-control"] for reply in replies} == {"no-store"}
    assert not [reply.path for reply in replies if "etag" in reply.headers]


def test_a_page_of_an_answer_is_compressed_only_where_nothing_in_it_came_with_the_request(service):
    browser = Browser(service.url)
    *_, page = browser.visits(f"{APMS}/respond/how-we-use-your-answers/")
    *_, first = browser.visits(page.page.posts_to, page.page.filled_in({}))

    with_words = browser.asks(f"{first.path}?back=3")
    refused = browser.asks(first.path, [*first.page.filled_in({"a1": "x"})])

    assert (is_compressed(page), is_compressed(first)) == (True, True)
    assert "We kept your answers to 3 questions" in with_words.page.text
    assert refused.status == 422
    assert (is_compressed(with_words), is_compressed(refused)) == (False, False)


@pytest.mark.parametrize("path", PUBLIC)
def test_E14_a_page_for_everybody_has_no_cookie_is_compressed_and_is_sent_again_only_when_it_has_changed(browser, path):
    reply = browser.asks(path)
    again = browser.asks(path, If_None_Match=reply.headers["etag"])

    assert reply.status == 200
    assert "set-cookie" not in reply.headers
    assert reply.headers["cache-control"] == "public, max-age=60"
    assert reply.headers["vary"] == "Accept-Encoding"
    assert reply.headers["content-encoding"] == "gzip"
    assert (again.status, again.body, again.headers["etag"]) == (304, b"", reply.headers["etag"].removeprefix("W/"))
    assert "set-cookie" not in again.headers


def test_a_page_for_everybody_is_sent_whole_to_whoever_cannot_read_it_compressed(browser):
    reply = browser.asks(f"{APMS}/respond/", Accept_Encoding="identity")

    assert not is_compressed(reply)
    assert reply.page.heading == browser.asks(f"{APMS}/respond/").page.heading


@pytest.mark.parametrize("path", PERSONAL)
def test_any_other_page_with_a_form_is_kept_by_nobody_and_never_compressed(browser, path):
    reply = browser.asks(path)

    assert reply.status == 200
    assert b"csrfmiddlewaretoken" in reply.body
    assert "no-store" in reply.headers["cache-control"].split(", ")
    assert not is_compressed(reply)
    assert "etag" not in reply.headers
