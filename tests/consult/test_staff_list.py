"""The staff's list of consultations, and the home page of each."""

import re
from datetime import UTC, date, datetime, timedelta
from html import unescape

import pytest
import time_machine
from django.urls import reverse

from consult.models import Role
from consult.stages import Stage
from consult.views.staff import STAGES
from tests.consult.people import consultation, lead, person, signed_in, team

NOW = datetime(2027, 3, 1, 9, 0, tzinfo=UTC)

PAGES = (
    "languages", "paper", "keying", "phone", "others", "formats", "participation", "flags", "results", "download",
    "assessment", "closing", "withdraw",
)  # fmt: skip

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def clock():
    """The first of March 2027, 9am."""
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


def words(response):
    """The text of a page's main part, with spaces run together."""
    main = re.search(r"<main.*?</main>", response.content.decode(), re.DOTALL)[0]
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", main)).split())


def links(response):
    """The addresses that the main part links to."""
    main = re.search(r"<main.*?</main>", response.content.decode(), re.DOTALL)[0]
    return re.findall(r'href="([^"]*)"', main)


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_costs_five_queries_however_long(number, django_assert_num_queries):
    for turn in range(number):
        consultation(f"care-{turn}", now=NOW)
    client = signed_in(lead())

    # The session, the person, their one-time codes, their roles, the consultations.
    with django_assert_num_queries(5):
        response = client.get("/staff/")

    assert len(re.findall(r'<tr class="nhsuk-table__row', response.content.decode())) == number


def test_the_list_shows_own_teams_consultations_the_last_to_close_first():
    for slug, closes, owner in (("early", 1, team()), ("late", 9, team()), ("other", 5, team("Southbridge"))):
        consultation(slug, closes=closes, of=owner, now=NOW)
    client = signed_in(lead())

    assert [link for link in links(client.get("/staff/")) if link.count("/") == 3] == [
        "/staff/new/",
        "/staff/library/",
        "/staff/late/",
        "/staff/early/",
    ]


def test_a_row_says_stage_dates_and_what_can_be_done():
    consultation("care", now=NOW)
    client = signed_in(person("keyer", Role.CLERK))

    response = client.get("/staff/")

    assert words(response) == (
        "Consultations Your teams’ consultations, the last to close first Consultation Stage Dates What to do now "
        "Consultation The future of care Northbridge engagement "
        "Stage Open "
        "Dates Opened 9am on Monday 22 February 2027 Closes 9am on Monday 8 March 2027 "
        "What to do now Paper forms in batches : care Key a single form : care"
    )
    # What else can be done stands on the consultation's own page.
    assert links(response) == [
        "/staff/care/",
        reverse("batches", args=["care"]),
        reverse("staff-keying", args=["care"]),
    ]


@pytest.mark.parametrize(
    "fields, main",
    [
        ({"launched": False}, ["build-tasks", "staff-publish"]),
        ({"opens": 1, "closes": 9}, ["staff-paper", "build-tasks"]),
        ({}, ["staff-participation", "batches"]),
        ({"opens": -9, "closes": -2}, ["batches", "staff-results"]),
        ({"opens": -9, "closes": -2, "reported_at": NOW}, ["staff-results", "staff-download"]),
        ({"opens": -9, "closes": -2, "reported_at": NOW, "decided_at": NOW}, ["staff-download", "staff-results"]),
    ],
)
def test_a_row_of_the_list_links_to_the_consultation_and_two_things_to_do_at_its_stage(fields, main):
    consultation("care", now=NOW, **fields)

    found = [link for link in links(signed_in(lead()).get("/staff/")) if "/staff/care/" in link]

    assert found == ["/staff/care/", *(reverse(page, args=["care"]) for page in main)]


def test_an_empty_list_says_so():
    assert words(signed_in(lead()).get("/staff/")) == (
        "Consultations Start a consultation Question library Your teams have no consultations yet."
    )
    assert words(signed_in(person("keyer", Role.CLERK)).get("/staff/")) == (
        "Consultations Your teams have no consultations yet."
    )


@pytest.mark.parametrize(
    "fields, stage, late",
    [
        ({"launched": False}, "Draft", ""),
        ({"opens": 1, "closes": 9}, "Forthcoming", ""),
        ({"report_by": date(2027, 1, 1)}, "Open", ""),
        ({"opens": -9, "closes": -2, "report_by": date(2027, 3, 1)}, "Closed", ""),
        (
            {"opens": -9, "closes": -2, "report_by": date(2027, 2, 28)},
            "Closed",
            "The report is late. It was promised for Sunday 28 February 2027.",
        ),
        (
            {"opens": -9, "closes": -2, "decision_on": date(2027, 2, 28)},
            "Closed",
            "The decision is late. It was promised for Sunday 28 February 2027.",
        ),
        ({"opens": -9, "closes": -2, "reported_at": NOW, "report_by": date(2027, 1, 1)}, "Reported", ""),
        (
            {"opens": -9, "closes": -2, "reported_at": NOW, "decided_at": NOW, "decision_on": date(2027, 1, 1)},
            "Decided",
            "",
        ),
        ({"withdrawn_at": NOW}, "Withdrawn", ""),
    ],
)
def test_the_stage_and_what_is_late_are_said_in_words(fields, stage, late):
    consultation("care", now=NOW, **fields)

    said = words(signed_in(lead()).get("/staff/"))

    assert f"Stage {stage} Dates" in said
    assert ("is late" in said, late in said) == (bool(late), True)


def test_every_stage_has_a_word():
    assert set(STAGES) == set(Stage)


def test_the_home_page_links_to_what_the_person_may_do():
    consultation("care", now=NOW)
    offered = {
        str(role): [link for link in links(signed_in(person(f"a-{role}", role)).get("/staff/care/"))] for role in Role
    }
    languages, paper, keying, phone, others, formats, participation, flags, results, download, *more = (
        reverse(f"staff-{name}", args=["care"]) for name in PAGES
    )
    assessment, closing, withdraw = more

    batches, spreadsheets = reverse("batches", args=["care"]), reverse("staff-import", args=["care"])
    assert offered == {
        "lead": [
            "/consultations/care/",
            "/staff/care/build/",
            languages,
            paper,
            batches,
            keying,
            phone,
            others,
            spreadsheets,
            formats,
            participation,
            flags,
            results,
            download,
            assessment,
            closing,
            withdraw,
        ],
        "approver": ["/consultations/care/", participation, results, download],
        "clerk": ["/consultations/care/", paper, batches, keying, phone, others, formats],
        "verifier": ["/consultations/care/", paper, batches, keying, phone],
        "coder": ["/consultations/care/"],
        "equality": ["/consultations/care/", participation, results, download, assessment],
        "admin": ["/consultations/care/", participation],
    }


@pytest.mark.parametrize(
    "fields, offered",
    [
        ({"launched": False}, ["build", "languages", "publish", "assessment"]),
        ({"opens": 1, "closes": 2}, ["public", "build", "languages", "paper", "formats", "assessment", "withdraw"]),
        (
            {"closes": -1},
            [
                "public",
                # What nobody has written of it is told first, with a link.
                "assessment",
                "build",
                "languages",
                "paper",
                "batches",
                "keying",
                "phone",
                "others",
                "spreadsheets",
                "formats",
                "participation",
                "flags",
                "results",
                "download",
                "assessment",
                "closing",
            ],
        ),
        (
            {"closes": -1, "reported_at": NOW},
            [
                "public",
                # What nobody has written of it is told first, with a link.
                "assessment",
                "build",
                "languages",
                "batches",
                "others",
                "formats",
                "participation",
                "flags",
                "results",
                "download",
                "assessment",
            ],
        ),
        (
            {"withdrawn_at": NOW},
            ["languages", "batches", "others", "formats", "participation", "flags", "results", "download"],
        ),
        (
            {"withdrawn_at": NOW, "withdrawal_words": "the plan was dropped"},
            ["public", "languages", "batches", "others", "formats", "participation", "flags", "results", "download"],
        ),
    ],
)
def test_what_can_be_done_depends_on_the_stage(fields, offered):
    consultation("care", now=NOW, **fields)
    pages = {reverse(f"staff-{name}", args=["care"]): name for name in (*PAGES, "publish")}
    pages |= {"/staff/care/build/": "build", "/staff/care/batches/": "batches"}
    pages |= {"/staff/care/spreadsheets/": "spreadsheets"}

    found = links(signed_in(lead()).get("/staff/care/"))

    assert [(pages | {"/consultations/care/": "public"})[link] for link in found] == offered


def test_titles_say_page_consultation_and_organisation():
    consultation("care", now=NOW)
    client = signed_in(lead())

    titles = [
        re.search(r"<title>(.*?)</title>", client.get(page).content.decode())[1] for page in ("/staff/", "/staff/care/")
    ]

    assert titles == [
        "Consultations – Have your say – Northbridge Health and Care Partnership",
        "The future of care – care – Northbridge Health and Care Partnership",
    ]


def test_every_staff_page_says_when_somebody_is_signed_out():
    page = signed_in(lead()).get("/staff/").content.decode()

    assert "we sign you out when nothing happens for 30 minutes, and after 12 hours" in page


def test_signing_out_is_a_button_that_posts():
    page = signed_in(lead()).get("/staff/").content.decode()

    assert '<form method="post" action="/accounts/logout/">' in page


def test_a_title_with_markup_in_it_is_shown_as_it_was_typed():
    consultation("care", title="<script>alert(1)</script>", now=NOW)

    assert "<script>alert" not in signed_in(lead()).get("/staff/").content.decode()


def test_the_list_is_read_the_next_day_too(clock):
    consultation("care", closes=1, now=NOW)
    clock.shift(timedelta(days=2))

    assert "Stage Closed" in words(signed_in(lead()).get("/staff/"))
