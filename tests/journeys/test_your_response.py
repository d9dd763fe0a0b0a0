"""With a receipt code somebody sees and takes away what they said, and nobody guesses one (ux.md R11; threats.md I2, I3)."""

import csv
import io
import logging
import re
from datetime import timedelta
from uuid import UUID

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.html import escape

from consult import keys, submission
from consult.models import Consultation, LinkKey
from equality.models import Profile
from surveys.models import Channel, Response
from surveys.publishing import latest_version_id
from tests.builders import comment, questionnaire
from tests.consultations import open_consultation
from tests.journeys.pages import words
from tests.journeys.receipts import (
    CANARY,
    CLOSES,
    NO_ANSWERS,
    OPENED,
    SENT,
    code_on,
    given_sent_answers,
    in_another_browser,
    when_i_enter,
)
from tests.journeys.test_apms import PATIENT_OF_ALDERBECK
from tests.journeys.visits import Visit, given_an_open_consultation, responses

pytestmark = pytest.mark.django_db

UNKNOWN = keys.receipt_for(UUID(int=7))


@pytest.fixture(autouse=True)
def register(settings, tmp_path):
    """The file of erasures, in a folder of this test's own."""
    settings.DATA_DIR = tmp_path
    return tmp_path / "erasures.log"


@pytest.fixture
def clock(time_machine):
    """Moves the clock. It starts when the answers are sent."""
    time_machine.move_to(SENT, tick=False)
    open_consultation(now=OPENED, closes_at=CLOSES, title="A plan for the clinic")
    return lambda at: time_machine.move_to(at, tick=False)


# Seeing -------------------------------------------------------------------------------------------------------------------


def test_receipt_page_leads_to_the_copy_and_says_how_to_delete_without_a_link_in_the_panel(clock):
    visit, code = given_sent_answers()

    assert visit.page.link("Download a copy of your answers") == reverse("your-response")
    assert visit.page.link("Delete your answers") == reverse("your-response")
    assert "You need it to see your answers again or to delete them." in visit.page.text
    assert "You can delete your answers until Friday 26 March 2027." in visit.page.text
    (panel,) = visit.page.body.find_class("nhsuk-panel")
    assert code in words(panel)
    assert list(panel.iter("a")) == []


def test_code_in_another_browser_opens_the_questions_asked_and_the_answers_given(clock):
    _, code = given_sent_answers()

    visit = in_another_browser(code)

    assert visit.page.heading == "Your answers to A plan for the clinic, sent at 2:14pm on 3 March 2027"
    assert visit.page.answers == {
        "Do you support it?": "Yes",
        "Why?": f"Near my home, {CANARY}",
        "How many visits?": "3",
    }
    assert visit.page.title == f"{visit.page.heading} – The clinic – Northbridge"


def test_a_question_left_blank_is_shown_and_one_off_the_route_is_not(clock):
    visit = Visit("plan").given_i_have_begun()
    visit.given_i_have_answered({"support": 2}, {})
    visit.when_i_send()

    opened = in_another_browser(code_on(visit.page))

    assert opened.page.answers == {"Do you support it?": "No", "How many visits?": "Not answered"}


@pytest.mark.parametrize(
    "write",
    [str.lower, lambda code: code.replace("-", ""), lambda code: f"  {code.lower().replace('-', ' ')} ",
     lambda code: code.replace("-", "").lower(), lambda code: code.replace("0", "o").replace("1", "l")],
)  # fmt: skip
def test_26_code_opens_in_any_case_and_grouping(clock, write):
    _, code = given_sent_answers()

    visit = in_another_browser(write(code))

    assert visit.page.answers["Do you support it?"] == "Yes"


def test_the_box_for_the_code_is_as_a_code_needs_it(clock):
    page = Visit("plan").when_i_go_to(reverse("your-response"))

    (box,) = page.body.xpath("//input[@name='code']")
    assert {name: box.get(name) for name in ("type", "autocomplete", "autocapitalize", "spellcheck", "value")} == {
        "type": "text",
        "autocomplete": "off",
        "autocapitalize": "characters",
        "spellcheck": "false",
        "value": "",
    }
    assert page.heading == "Enter your receipt code"


def test_answers_about_me_are_there_only_when_asked_for(clock):
    _, code = given_sent_answers()
    visit = in_another_browser(code)
    without = visit.page.answers

    visit.when_i_go_to(f"{reverse('your-answers')}?about_me=1")

    assert "What is your age?" not in without
    assert visit.page.answers == without | {"What is your age?": "65 to 74"}


def test_own_words_and_ticks_are_shown_to_the_person_who_wrote_them(clock):
    visit, code = given_sent_answers()
    response = responses("plan")[0]
    submission.save_equality(
        response.version.questionnaire.consultation,
        submission_key=response.submission_key,
        answers={
            "religion": "other",
            "veteran": ["regular", "reserve"],
            "sexual_orientation": "pnts",
            "deprivation": 1,
        },
        own_words={"religion": "My own way"},
    )

    visit = in_another_browser(code)
    visit.when_i_go_to(f"{reverse('your-answers')}?about_me=1")

    shown = {question: answer for question, answer in visit.page.answers.items() if question not in ("Why?",)}
    assert shown["What is your religion? (optional)"] == "My own way"
    assert shown["Which of the following best describes your sexual orientation?"] == "Prefer not to say"
    assert shown["Deprivation of the area lived in"] == "Most deprived fifth"


def test_somebody_who_told_nothing_about_themselves_is_told_so(clock):
    visit = Visit("plan").given_i_am_ready_to_send()
    visit.when_i_send()
    opened = in_another_browser(code_on(visit.page))

    opened.when_i_go_to(f"{reverse('your-answers')}?about_me=1")

    assert "You did not answer any questions about you." in opened.page.text


def test_answers_about_me_cannot_be_found_once_the_key_is_destroyed_and_the_page_says_so(clock):
    _, code = given_sent_answers()
    LinkKey.objects.all().delete()
    visit = in_another_browser(code)

    visit.when_i_go_to(f"{reverse('your-answers')}?about_me=1")

    assert "We cannot find your answers about you any more." in visit.page.text
    assert "What is your age?" not in visit.page.answers
    visit.when_i_go_to(reverse("your-answers-delete"))
    assert "We cannot find your answers about you any more, so we cannot delete those." in visit.page.text
    visit.when_i_continue()
    assert visit.page.heading == "We have deleted your answers"
    assert (Response.objects.count(), Profile.objects.count()) == (0, 1)


def file_rows(visit, query=""):
    """The downloaded file, row by row."""
    response = visit.client.get(reverse("your-answers-file") + query)
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert response["Content-Disposition"] == 'attachment; filename="your-answers.csv"'
    return list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"))))


def test_the_file_holds_the_same_as_the_page(clock):
    _, code = given_sent_answers()
    visit = in_another_browser(code)

    plain, whole = file_rows(visit), file_rows(visit, "?about_me=1")

    assert plain == [
        ["Section", "Question", "Your answer"],
        ["", "Do you support it?", "Yes"],
        ["", "Why?", f"Near my home, {CANARY}"],
        ["", "How many visits?", "3"],
    ]
    assert whole[:4] == plain
    assert whole[4:] == [["Questions about you", "What is your age?", "65 to 74"]]


def test_C2_no_cell_of_the_file_is_run_as_a_formula(clock):
    open_consultation(questionnaire(comment("why", text="=1+1 Why?")), slug="formulas", now=OPENED, closes_at=CLOSES)
    visit = Visit("formulas").given_i_have_begun()
    visit.given_i_have_answered({"why": '=HYPERLINK("http://example.org")'})
    visit.when_i_send()

    rows = file_rows(in_another_browser(code_on(visit.page)))

    assert rows[1] == ["", "'=1+1 Why?", '\'=HYPERLINK("http://example.org")']


def test_C1_what_was_typed_is_shown_as_text(clock):
    visit = Visit("plan").given_i_have_begun()
    visit.given_i_have_answered({"support": 1}, {"why": "<script>alert(1)</script>{{ 7 }}\n\u202eabc"}, {})
    visit.when_i_send()

    opened = in_another_browser(code_on(visit.page))

    assert opened.page.answers["Why?"] == "<script>alert(1)</script>{{ 7 }}\u202eabc"
    assert [script.get("src") for script in opened.page.body.iter("script")] != [None]


def test_paper_receipt_opens_the_answers_with_what_could_not_be_read(clock):
    consultation = Consultation.objects.get()
    receipt = submission.submit(
        consultation,
        answers={"support": {"mark": "several", "seen": [1, 2]}, "visits": "4"},
        equality={"age": "16_24"},
        channel=Channel.PAPER,
        key=UUID(int=99),
        version_id=latest_version_id(consultation.questionnaire_id),
        now=SENT,
        by="clerk",
    ).receipt

    visit = in_another_browser(receipt)
    assert visit.page.heading == "Your answers to A plan for the clinic, typed in by us at 2:14pm on 3 March 2027"
    assert visit.page.answers["How many visits?"] == "4"

    visit.when_i_go_to(reverse("your-answers-delete"))
    visit.when_i_continue()
    assert (Response.objects.count(), Profile.objects.count()) == (0, 0)


def test_every_question_kind_is_shown_in_words(clock):
    given_an_open_consultation("apms", closes_at=CLOSES)
    visit = Visit("apms").given_i_have_begun().given_i_have_answered(*PATIENT_OF_ALDERBECK)
    checked = visit.page.answers
    visit.when_i_send()

    opened = in_another_browser(code_on(visit.page))

    assert opened.page.answers == checked


# Wrong codes --------------------------------------------------------------------------------------------------------------


def reply_to(typed, client=None):
    """The whole reply to a code without the code and the token, and the statements it took."""
    client = client or Client()
    with CaptureQueriesContext(connection) as captured:
        response = client.post(reverse("your-response"), {"code": typed})
    text = re.sub(r'(name="csrfmiddlewaretoken" value)="[^"]*"', r"\1", response.content.decode())
    headers = {name: value for name, value in response.headers.items() if name != "Content-Length"}
    asked = [re.sub(r"(WHERE|VALUES|SAVEPOINT) .*|SET .*", r"\1", found["sql"]) for found in captured]
    return response.status_code, headers, text.replace(f'value="{escape(typed)}"', ""), asked


@pytest.mark.parametrize("wrong", ["4K7M-Q2XT-9HBD", "nonsense", "4K7M", "€" * 40, "x" * 90])
def test_I2_wrong_malformed_and_unknown_codes_get_the_same_reply_after_the_same_work(clock, wrong):
    given_sent_answers()
    reply_to(UNKNOWN)  # what is read once in a process

    assert reply_to(wrong) == reply_to(UNKNOWN)


def test_a_wrong_code_is_said_to_have_no_answers_beside_the_box_and_kept_as_typed(clock):
    visit = when_i_enter("4k7m q2xt 9hbd")

    visit.then_i_am_told(code=NO_ANSWERS)
    assert visit.page.form.fields["code"] == "4k7m q2xt 9hbd"


def test_an_empty_box_asks_for_the_code_and_is_no_try(clock):
    visit = Visit("plan")
    visit.when_i_go_to(reverse("your-response"))
    for _ in range(25):
        visit.when_i_answer(code=" ")

    visit.then_i_am_told(code="Enter your receipt code")


def test_a_code_in_the_address_opens_nothing(clock):
    _, code = given_sent_answers()
    visit = Visit("plan")

    visit.when_i_go_to(f"{reverse('your-response')}?code={code}")

    assert visit.page.heading == "Enter your receipt code"
    assert "answers" not in visit.client.cookies


def test_a_cookie_that_was_not_sealed_by_the_service_for_this_opens_nothing(clock):
    visit, _ = given_sent_answers()
    stranger = Visit("plan")
    for value in ("nonsense", visit.cookie("sent"), visit.cookie("route")):
        stranger.client.cookies["answers"] = value
        assert stranger.when_i_go_to(reverse("your-answers")).path == reverse("your-response")


@pytest.mark.parametrize("name", ["your-answers", "your-answers-file", "your-answers-delete", "your-answers-deleted"])
def test_without_a_code_every_page_behind_it_asks_for_one(clock, name):
    given_sent_answers()

    assert Visit("plan").when_i_go_to(reverse(name)).path == reverse("your-response")


def test_answers_close_after_an_hour_and_when_they_are_closed(clock):
    _, code = given_sent_answers()
    visit, other = in_another_browser(code), in_another_browser(code)

    visit.when_i_follow("Close my answers")
    assert visit.when_i_go_to(reverse("your-answers")).path == reverse("your-response")

    clock(SENT + timedelta(minutes=59))
    assert other.when_i_go_to(reverse("your-answers")).status == 200
    other.client.cookies["answers"]["max-age"] = ""
    clock(SENT + timedelta(minutes=61))
    assert other.when_i_go_to(reverse("your-answers")).path == reverse("your-response")


def test_I2_the_21st_try_is_refused_and_a_right_code_too_until_the_hour_is_over(clock):
    _, code = given_sent_answers()
    visit = Visit("plan")
    visit.when_i_go_to(reverse("your-response"))
    statuses = [visit.when_i_answer(code=UNKNOWN).status for _ in range(20)]
    form = visit.page

    refused = visit.when_i_answer(code=UNKNOWN)
    visit.page = form
    right = visit.when_i_answer(code=code)
    clock(SENT + timedelta(minutes=59))
    visit.page = form
    still = visit.when_i_answer(code=code)
    clock(SENT + timedelta(minutes=61))
    visit.page = form
    opened = visit.when_i_answer(code=code)

    assert statuses == [422] * 20
    assert [page.status for page in (refused, right, still)] == [429] * 3
    assert refused.heading == "Too many wrong codes"
    assert "You can try again at 3:15pm." in refused.text
    assert "You can also phone Northbridge on 01632 960 001" in refused.text
    assert (opened.path, opened.status) == (reverse("your-answers"), 200)


# What is left behind ------------------------------------------------------------------------------------------------------


def given_everything_done(code):
    """Every page and every refusal, in one browser that notes each response."""
    client = Client()
    replies = []
    for method, name, fields in (
        ("get", "your-response", {}),
        ("post", "your-response", {"code": "4K7M-Q2XT-9HBD"}),
        ("post", "your-response", {"code": code}),
        ("get", "your-answers", {"about_me": "1"}),
        ("get", "your-answers-file", {}),
        ("get", "your-answers-delete", {}),
        ("post", "your-answers-delete", {}),
        ("post", "your-answers-delete", {}),
        ("get", "your-answers-deleted", {}),
        ("get", "your-answers", {}),
        ("get", "your-response", {}),
        ("post", "your-response", {"code": code}),
    ):
        replies.append(getattr(client, method)(reverse(name), fields))
    return replies


def test_I3_no_address_title_log_or_cookie_holds_the_code_or_an_answer(clock, caplog):
    caplog.set_level(logging.DEBUG)
    logging.getLogger("django.db.backends").setLevel(logging.INFO)
    _, code = given_sent_answers()

    replies = given_everything_done(code)
    for _ in range(25):
        Client().post(reverse("your-response"), {"code": code[:-1] + "*"})

    assert [reply.status_code for reply in replies] == [200, 422, 302, 200, 200, 200, 302, 302, 200, 302, 200, 422]
    addresses = [reply.request["PATH_INFO"] for reply in replies] + [r.url for r in replies if r.status_code == 302]
    titles = re.findall(r"<title>(.*?)</title>", " ".join(r.content.decode() for r in replies), re.DOTALL)
    cookies = [morsel.value for reply in replies for morsel in reply.cookies.values()]
    written = " ".join(record.getMessage() for record in caplog.records) + caplog.text
    assert "Too Many Requests" in written
    for secret in (code, code.replace("-", ""), code.lower(), keys.receipt_digest(code).hex(), CANARY, "127.0.0.1"):
        assert not [text for text in (*addresses, *titles, *cookies, written) if secret in text]


def test_E14_nothing_of_it_is_kept_by_a_cache_and_no_link_from_the_answers_tells_where_it_came_from(clock):
    _, code = given_sent_answers()

    replies = given_everything_done(code)

    assert {reply["Cache-Control"] for reply in replies} == {"no-store"}
    named = [(reply.request["PATH_INFO"], reply["Referrer-Policy"]) for reply in replies if reply.status_code == 200]
    quiet = {reverse("your-answers"), reverse("your-answers-file")}
    assert {path for path, policy in named if policy == "no-referrer"} == quiet
    assert {policy for path, policy in named if path not in quiet} == {"same-origin"}


def test_each_page_has_a_title_of_its_own(clock):
    _, code = given_sent_answers()
    titles = [
        re.search(r"<title>(.*?)</title>", reply.content.decode())[1]
        for reply in given_everything_done(code)[:10]
        if reply.status_code in (200, 422) and "text/html" in reply["Content-Type"]
    ]

    assert titles == [
        "Enter your receipt code – Have your say – Northbridge Health and Care Partnership",
        "Error: Enter your receipt code – Have your say – Northbridge Health and Care Partnership",
        "Your answers to A plan for the clinic, sent at 2:14pm on 3 March 2027 – The clinic – Northbridge",
        "Are you sure you want to delete your answers? – The clinic – Northbridge",
        "We have deleted your answers – Have your say – Northbridge Health and Care Partnership",
    ]
