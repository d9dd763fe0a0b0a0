"""With a receipt code somebody sees and takes away what they said, in words and as a file (ux.md R11)."""

import csv
import io
from uuid import UUID

import pytest
from django.urls import reverse

from consult import submission
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
    OPENED,
    SENT,
    code_on,
    given_sent_answers,
    in_another_browser,
)
from tests.journeys.test_apms import PATIENT_OF_ALDERBECK
from tests.journeys.visits import Visit, given_an_open_consultation, responses

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("register")]


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
