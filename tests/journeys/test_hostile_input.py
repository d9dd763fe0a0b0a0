"""What people paste and attackers send, through the web form: kept as written, or refused with what to do (threats.md §3 B)."""

import random
from dataclasses import replace

import pytest
from django.urls import reverse

from surveys.drafts import open_draft
from surveys.kinds import KINDS
from tests.builders import coded, page, question, questionnaire
from tests.consultations import open_consultation
from tests.journeys.visits import Visit, responses

pytestmark = pytest.mark.django_db

LIMIT = 4_000
ODDITIES = [
    "",
    "1",
    "-1",
    "9" * 400,
    "\x00",
    "é\u202e",
    "1e999",
    "nan",
    "١",
    "{}",
    "[]",
    "2027-02-30",
    "WN7 1AB",
    "<b>",
]


@pytest.fixture
def visit():
    """Somebody at a writing box, in the middle of a visit."""
    open_consultation()
    return Visit("plan").given_i_have_begun().given_i_have_answered({"support": 1})


def written(visit):
    """What the writing box shows."""
    return dict(visit.page.form.form_values())["why"].removeprefix("\n")


def post_bytes(visit, body, content_type="application/x-www-form-urlencoded"):
    """Send bytes as they are to the page shown, with this browser's token first."""
    token = f"csrfmiddlewaretoken={visit.token()}&".encode()
    response = visit.client.generic("POST", visit.page.path, token + body, content_type)
    return visit.when_i_go_to(response.url) if response.status_code == 302 else visit.shows(response)


@pytest.mark.parametrize(
    ("body", "kept"),
    [
        (b"why=a%00b", "ab"),
        (b"why=a%0Bb%1Bc%EF%BF%BEd", "abcd"),
        (b"why=a%ED%A0%80b", "a\N{REPLACEMENT CHARACTER}\N{REPLACEMENT CHARACTER}\N{REPLACEMENT CHARACTER}b"),
        (b"why=a%FFb", "a\N{REPLACEMENT CHARACTER}b"),
        (b"why=a%0D%0Ab%0Dc", "a\nb\nc"),
    ],
)
def test_B1_B2_B3_characters_that_break_databases_and_files_are_cleaned_away(visit, body, kept):
    post_bytes(visit, body)

    visit.then_i_am_asked("visits")
    assert open_draft(visit.cookie("draft")).answers["why"] == kept
    visit.given_i_have_answered({}, {})
    assert responses("plan")[0].answers["why"] == kept


@pytest.mark.parametrize(
    "words",
    [
        "Diolch yn fawr 😀 شکریہ 谢谢 Ċ “quoted”",
        "right\u202eto left\u202c",
        "Z\u0351\u0352a\u0351l\u0352g\u0351o",
        "<script>alert(1)</script>",
        '"><img src=x onerror=alert(1)>',
        "<svg onload=alert(1)>",
        "{{ 7*7 }} {% debug %} ${7*7} %(name)s {0} 100%",
        "'; DROP TABLE surveys_response; --",
        "=1+1",
        "javascript:alert(1)",
        "@@token@@ @@body@@",
    ],
)
def test_B4_B5_B14_words_are_kept_as_written_and_shown_as_words(visit, words):
    visit.when_i_answer(why=words)
    visit.when_i_go_back()
    assert written(visit) == words

    visit.given_i_have_answered({}, {})

    shown = visit.page.body.xpath("//main//dd/bdi[1]")
    assert words in [element.text_content() for element in shown]
    assert visit.page.body.xpath("//main//script | //main//img | //main//*[@onload or @onerror]") == []
    visit.when_i_send()
    assert responses("plan")[0].answers["why"] == words


def test_5000_characters_in_a_box_for_4000_are_all_kept_on_the_page_and_the_number_is_said(visit):
    words = "A worry. " * 555 + "12345"

    visit.when_i_answer(why=words)

    assert len(words) == 5_000
    visit.then_i_am_told(why="Your answer must be 4,000 characters or less. You have used 5,000")
    assert written(visit) == words


def test_a_line_break_counts_as_one_character_as_it_does_in_the_browser(visit):
    words = "x\r\n" * (LIMIT // 2 - 1) + "xx"

    visit.when_i_answer(why=words)

    visit.then_i_am_asked("visits")
    assert len(open_draft(visit.cookie("draft")).answers["why"]) == LIMIT


@pytest.mark.parametrize("size", [1_000_000, 3_000_000])
def test_B6_a_huge_answer_is_refused_with_the_limit_and_earlier_answers_are_kept(visit, size):
    visit.when_i_answer(why="x" * size)

    visit.then_i_am_told(why=f"Your answer must be 4,000 characters or less. You have used {size:,}")
    assert len(written(visit)) == size
    assert open_draft(visit.cookie("draft")).answers == {"support": 1}


def test_B6_a_body_beyond_what_the_server_reads_is_refused_with_a_page_and_earlier_answers_are_kept(visit, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 100_000

    visit.when_i_answer(why="x" * 200_000)

    assert (visit.page.status, visit.page.heading) == (400, "Sorry, we could not read what was sent")
    assert "We saved your answers up to the last page you finished." in visit.page.text
    assert open_draft(visit.cookie("draft")).answers == {"support": 1}


def test_B7_a_page_of_over_a_thousand_fields_works():
    asked = [question(f"list{number}", "several_choices", options=coded(*range(1, 241))) for number in range(5)]
    open_consultation(questionnaire(page("lists", *asked)), slug="lists")
    visit = Visit("lists").given_i_have_begun()

    visit.when_i_answer({each.key: range_of(each) for each in asked})

    visit.then_i_am_on("respond-page", step="check")
    assert sum(len(answer) for answer in open_draft(visit.cookie("draft")).answers.values()) == 1_200


def range_of(several):
    """Every option of a question, ticked."""
    return [option.code for option in several.options]


def test_B7_more_fields_than_any_page_has_are_refused_with_a_page(visit):
    post_bytes(visit, b"&".join(b"f%d=1" % number for number in range(6_000)))

    assert (visit.page.status, visit.page.heading) == (400, "Sorry, we could not read what was sent")


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        (b"--x\r\nContent-Disposition: form-data; nam", "multipart/form-data; boundary=x"),
        (b"why=x", "multipart/form-data"),
        (b'{"why": "x"}', "application/json"),
        (b"\x00\xff", "application/octet-stream"),
    ],
)
def test_B18_what_no_browser_sends_is_refused_and_the_next_page_works(visit, body, content_type):
    post_bytes(visit, body, content_type)

    assert visit.page.status in (400, 403)
    visit.when_i_open("respond-page", step="why")
    visit.then_i_am_asked("why")
    assert open_draft(visit.cookie("draft")).answers == {"support": 1}


def test_B18_a_form_in_another_character_set_is_refused_with_a_page(visit):
    post_bytes(visit, b"why=+ADw-script+AD4-", "application/x-www-form-urlencoded; charset=utf-7")

    assert (visit.page.status, visit.page.heading) == (400, "Sorry, we could not read what was sent")


@pytest.mark.parametrize(
    "step", ["%00", "why%00", "..%2f..%2fetc", "why/../check", "WHY", "why@99999999999999999999", "x" * 3_000]
)
def test_an_address_that_is_no_page_is_not_found_or_leads_to_the_first_gap(visit, step):
    response = visit.client.get(f"/consultations/plan/respond/{step}/", follow=True)

    assert response.status_code in (200, 404)


@pytest.mark.parametrize("token", ["x", "", "\u00e9", "a" * 5_000, "..", '"'])
def test_a_made_up_cookie_opens_nothing(token):
    open_consultation()
    visit = Visit("plan")
    for name in ("draft", "sent", "route"):
        visit.client.cookies[f"{name}-plan"] = token

    for name, parts in (("respond-page", {"step": "why"}), ("respond-done", {}), ("about-you-page", {"page": "age"})):
        visit.when_i_open(name, **parts)
        assert visit.page.path in (reverse("respond-privacy", args=["plan"]), reverse("respond", args=["plan"]))


def test_every_kind_of_question_survives_whatever_is_posted_for_it():
    asked = [replace(kind.examples()[0].question, key=f"q{name}", required=False) for name, kind in KINDS.items()]
    open_consultation(questionnaire(*asked), slug="kinds")
    fuzz = random.Random(7)
    visit = Visit("kinds").given_i_have_begun()

    for _ in range(150):
        visit.when_i_answer({name: fuzz.choices(ODDITIES, k=fuzz.randint(0, 3)) for name in visit.page.controls})

        assert visit.page.status in (200, 422), visit.page.path
        if visit.page.path.endswith("/check/"):
            visit.when_i_send()
            assert visit.page.status in (200, 422)
            visit = Visit("kinds").given_i_have_begun()
