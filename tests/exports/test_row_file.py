"""The CSV file of responses, byte for byte as the plainest code writes it, whatever is in them and however they are paged."""

import os
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from io import BytesIO
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from exports import tables
from exports.formats import TABLE_FORMATS
from exports.tables import response_rows
from surveys.codebook import encode
from surveys.definition_json import to_json
from surveys.journey import journey
from surveys.models import Channel, RespondentType, Response, ResponseStatus
from surveys.publishing import latest_version_id, publish, published
from surveys.queries import response_columns
from tests.builders import (
    choice,
    comment,
    for_each,
    number,
    options,
    page,
    question,
    questionnaire,
    ranking,
    scale,
    several,
    statements,
    when,
)
from tests.consultations import open_consultation
from tests.exports.plain_rows import plain_file

pytestmark = pytest.mark.django_db

WORDS = (
    "plain", "two words", "a, comma", 'a "quote"', '"', ",", "two\nlines", "\n\nfirst lines empty", "tab\tinside", "\ttab first",
    "=1+1", "+44 1632 960001", "-3", "@x", "  =1+1", "\u200b=1+1", "\ufeff@x", "＝1+1", "\u2003-1", "' apostrophe", "1e5", "0012",
    "😀 👍🏽 🏳️‍🌈", "میں ہفتے میں 3 بار، کلینک", "Ŵ ŷ Łódź ’ £", "\u202eright to left\u202c", "a\u2028b", "نہیں\n=2",
    '{"why": "in words"}', "\\", "\\n", "\\u0041", "%s", "[not asked]", "x" * 5_000, "é" * 20,
)  # fmt: skip
ILLEGIBLE, SEVERAL = {"mark": "illegible"}, {"mark": "several", "seen": [1, 2]}
SENT = (
    datetime(2027, 1, 31, 23, 59, 59, 999_999, UTC),
    datetime(2027, 3, 28, 0, 59, 59, tzinfo=UTC),
    datetime(2027, 6, 30, 22, 59, 59, 5, UTC),
    datetime(2027, 6, 30, 23, 0, tzinfo=UTC),
    datetime(2027, 10, 31, 0, 30, tzinfo=UTC),
)
"""Moments at which the day here and the day in the database are easily mistaken for one another."""

FIRST = questionnaire(
    question("used", options=options("Yes", "No", prefer_not_to_say="Prefer not to say")),
    several("colours"),
    page("each", choice("waited", "Short", "Long"), comment("said"), repeat=for_each("colours", most=3)),
    page("plan", statements("plan"), shown_if=when("used", 1)),
    ranking("best"),
    number("visits", min=-400, max=400),
    question("seen", "date", settings={"years": [2027]}),
    question("where", "postcode"),
    comment("why"),
    scale("easy"),
)
SECOND = questionnaire(
    comment("first"),
    question("used", options=options("Yes", "No", prefer_not_to_say="Prefer not to say")),
    question("colours", "several_choices", options=options("Red", "Green", "Blue", prefer_not_to_say="Not saying")),
    page("each", choice("waited", "Short", "Long"), comment("said"), repeat=for_each("colours", most=3)),
    page("plan", statements("plan", "c", "b", "a")),
    number("visits", min=-400, max=400, decimals=2),
    comment("why"),
    question("role", "short_text"),
)
THIRD = replace(SECOND, pages=SECOND.pages[1:-1])


@pytest.fixture
def plan():
    """A consultation whose questionnaire has been published in its first version."""
    return open_consultation(FIRST)


def publish_next(plan, definition):
    plan.questionnaire.draft = to_json(definition)
    plan.questionnaire.save()
    publish(plan.questionnaire, now=timezone.now())


def put(plan, answers, *, sent_at=SENT[0], **more):
    """Keep a response to the newest version as it is, as one from an older program might be: nothing is cleaned."""
    version = published(latest_version_id(plan.questionnaire_id))
    key = uuid4()
    return Response.objects.create(
        reference=key.hex[:10].upper(),
        receipt_digest=os.urandom(32),
        submission_key=key,
        version_id=version.id,
        answers=answers,
        codes=encode(journey(version.definition, answers), version.codebook),
        submitted_at=sent_at,
        **{"channel": Channel.ONLINE} | more,
    )


def put_awkward_responses(plan):
    """Responses to the newest version with every missing state, mark and number, and all of WORDS."""
    put(plan, {})
    put(plan, {"used": 3, "colours": [1, 3], "waited@1": 2, "said@3": "=1", "visits": -3, "seen": "2027-03"})
    put(plan, {"used": 1, "plan": {"a": 2, "b": ILLEGIBLE}, "best": [4, 1], "visits": 0, "seen": "2027-03-27"})
    put(plan, {"used": SEVERAL, "colours": ILLEGIBLE, "visits": ILLEGIBLE, "why": ILLEGIBLE}, channel=Channel.PAPER)
    put(plan, {"used": 1, "plan": SEVERAL, "best": ILLEGIBLE, "seen": SEVERAL, "where": ILLEGIBLE, "easy": 6})
    put(plan, {"where": {"outward": "WN7", "sector": "WN7 1", "area": {"ward": "-1"}}, "why": "=x"}, language="ur")
    put(plan, {"where": {"outward": "NE35"}, "why": "x"}, status=ResponseStatus.WITHDRAWN)
    for place, text in enumerate(WORDS):
        put(
            plan,
            {"why": text, "colours": [2], "said@2": WORDS[-place], "role": text, "first": text, "visits": place},
            sent_at=SENT[place % len(SENT)],
            variant=("", "easy-read", "=x, y")[place % 3],
            respondent_type=RespondentType.values[place % len(RespondentType)],
        )


def csv_file(plan):
    stream = BytesIO()
    TABLE_FORMATS["csv"].write(response_rows(plan.questionnaire_id, title="Answers"), stream)
    return stream.getvalue()


def test_file_of_one_version_is_as_the_plainest_code_writes_it(plan):
    put_awkward_responses(plan)

    assert csv_file(plan).decode().splitlines() == plain_file(plan).decode().splitlines()
    assert csv_file(plan) == plain_file(plan)


@pytest.mark.parametrize("size", [1, 7, 2_000])
def test_file_of_several_versions_is_the_same_however_it_is_paged(plan, monkeypatch, size):
    put_awkward_responses(plan)
    publish_next(plan, SECOND)
    put_awkward_responses(plan)
    put(plan, {"colours": [4], "visits": 2.5})
    put(plan, {"colours": [1], "visits": -0.25, "plan": {"c": 1}})
    publish_next(plan, THIRD)
    put(plan, {"why": "last, but not least", "visits": 3.0})
    # Each page then holds rows of three versions.
    mix_versions(plan)
    monkeypatch.setattr(tables, "response_columns", partial(response_columns, size=size))

    assert csv_file(plan) == plain_file(plan)


def mix_versions(plan):
    """Give every third response to the newest version, with the codes that it then has."""
    version = published(latest_version_id(plan.questionnaire_id))
    for response in Response.objects.filter(status=ResponseStatus.COUNTED).order_by("id")[::3]:
        response.version_id = version.id
        response.codes = encode(journey(version.definition, response.answers), version.codebook)
        response.save()


def test_file_without_responses_has_its_headings(plan):
    assert csv_file(plan) == plain_file(plan)


def test_file_of_a_questionnaire_that_nobody_writes_in():
    plan = open_consultation(questionnaire(choice("one"), several("two")))
    put(plan, {"one": 1, "two": [1, 2]})
    put(plan, {"one": 2})

    assert csv_file(plan) == plain_file(plan)


@pytest.mark.sqlite
def test_half_a_character_from_an_old_database_is_left_out(plan):
    put(plan, {"why": "half \ud83d of one", "visits": 1})
    put(plan, {"why": "NUL \x00 too\r\nand a line", "visits": 2})

    lines = csv_file(plan).decode()

    assert "half  of one" in lines
    assert '"NUL  too\nand a line"' in lines


def test_responses_are_paged_by_key_and_no_day_or_answer_is_made_an_object_of(plan):
    put_awkward_responses(plan)
    ids = list(Response.objects.filter(status=ResponseStatus.COUNTED).order_by("id").values_list("id", flat=True))

    with CaptureQueriesContext(connection) as asked:
        pages = list(response_columns(plan.questionnaire_id, size=10))

    assert [id_ for page in pages for id_ in page.ids] == ids
    assert {len(page.ids) for page in pages[:-1]} == {10}
    assert len(asked) == 1 + len(pages) + 1  # the versions, each page, and the page that is empty
    assert not any("OFFSET" in query["sql"] for query in asked.captured_queries)
    assert {type(cell) for page in pages for cell in (*page.version_ids, *page.documents, *page.sent_hours)} == {str}
