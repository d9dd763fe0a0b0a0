"""Taking a response by phone: the privacy words first, the whole questions, the same way in, and the receipt code read out."""

import re
from html import unescape

import pytest
from django.urls import reverse

from consult import keys
from consult.demonstration.facts import questionnaire_of
from consult.models import AuditDetail, AuditEvent, Consultation, LinkKey
from consult.reports import link_function
from equality.queries import profile_at
from surveys.models import Channel, Response
from surveys.script import Script, scripts_of
from tests.builders import choice, comment, page, question, questionnaire, when
from tests.consult.keying_pages import CLOSED, consultation, errors, hidden, only_response

CALL = questionnaire(
    page("plan", question("plan_words", "information", text="The plan\n\nWe may move the clinic."), choice("support")),
    page("why_page", comment("why", hint={"en": "Do not name anybody."}), shown_if=when("support", 2)),
)
TYPED = {"support": "2", "why": "Too far"}


def address(name="staff-phone"):
    return reverse(name, args=["care"])


def words(response):
    """The text of a page's main part, with spaces run together."""
    main = re.search(r"<main.*?</main>", response.content.decode(), re.DOTALL)[0]
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", main)).split())


def begin(client, **more):
    """The questions, after the words were read."""
    return client.post(address(), {"is_read": "on"} | more, follow=True)


def press(client, shown, typed, button="save"):
    return client.post(address("staff-phone-questions"), hidden(shown) | typed | {"form-press": button})


def take(client, typed=TYPED, shown=None):
    """A whole call: saved, and saved again where the page asks to look again."""
    shown = shown or begin(client)
    answer = press(client, shown, typed)
    return press(client, answer, typed) if answer.status_code == 422 else answer


# The words first --------------------------------------------------------------------------------------------------------


def test_the_questions_are_shown_only_once_the_privacy_words_were_read(clerk):
    consultation(CALL)

    shown = clerk.get(address())
    unread = clerk.post(address(), {})

    assert "We keep your answers for 2 years. Then we delete them. With your receipt code you can see" in words(shown)
    assert (unread.status_code, errors(unread)) == (
        422,
        [("is_read", "Confirm that you read these words to the caller")],
    )
    assert clerk.get(address("staff-phone-questions"))["Location"] == address()
    assert clerk.post(address("staff-phone-questions"), TYPED | {"form-press": "save"})["Location"] == address()
    assert Response.objects.count() == 0
    assert "What about support?" in words(begin(clerk))


def test_the_words_are_read_in_the_language_of_the_call_and_the_response_is_in_it(clerk):
    definition = questionnaire_of("apms")
    consultation(definition)

    told = words(clerk.get(address() + "?language=pl"))
    shown = begin(clerk, language="pl")
    take(clerk, {"a1": "1"}, shown)

    assert "We use your answers" not in told
    assert definition.question("a1").text["pl"] in words(shown)
    assert only_response().language == "pl"


@pytest.mark.parametrize(
    "times, says",
    [
        ({"reported_at": CLOSED["closes_at"]}, "The report of this consultation has been published"),
        ({"withdrawn_at": CLOSED["closes_at"]}, "This consultation was withdrawn"),
    ],
)
def test_nobody_can_answer_by_phone_any_more_and_the_page_says_why(clerk, times, says):
    consultation(CALL, **CLOSED | times)

    assert says in words(clerk.get(address()))
    assert clerk.post(address(), {"is_read": "on"}).status_code == 200


# The questions ----------------------------------------------------------------------------------------------------------


def test_each_question_is_read_out_whole_with_what_comes_before_it_and_whom_it_is_for(clerk):
    consultation(CALL)

    shown = words(begin(clerk))

    assert (
        "The plan We may move the clinic. 1 What about support? 1 Yes 2 No "
        "Only answer question 2 if you ticked “No” at question 1." in shown
    )
    assert "2 What about why? Do not name anybody." in shown
    assert "You do not have to answer. Your answers will not change the care you get." in shown
    assert "What is your ethnic group?" in shown


def test_a_script_says_what_is_read_before_each_question_and_whom_it_is_for():
    found = scripts_of(CALL, "en")

    assert found["support"] == Script(before=("Page plan", "The plan", "We may move the clinic."))
    assert str(found["why"].above) == "Only answer question 2 if you ticked “No” at question 1"
    assert found["why"].hint == "Do not name anybody."


def test_parts_about_one_answer_each_are_said_to_be_opened(clerk):
    consultation()
    with_parts = words(begin(clerk))
    consultation(CALL, slug="plain")
    clerk.post(reverse("staff-phone", args=["plain"]), {"is_read": "on"})
    without = words(clerk.get(reverse("staff-phone-questions", args=["plain"])))

    says = "Parts that are closed are about one answer each. Open those that the caller chose."
    assert (says in with_parts, says in without) == (True, False)


def test_checking_says_what_the_route_skips_and_saves_nothing(clerk):
    consultation(CALL)

    checked = press(clerk, begin(clerk), {"support": "1", "why": "Too far"}, button="check")

    assert checked.status_code == 200
    assert "The route says to skip question 2. What you typed will not be counted" in words(checked)
    assert Response.objects.count() == 0


def test_a_wrong_code_is_named_and_what_was_typed_stays(clerk):
    consultation(CALL)

    wrong = press(clerk, begin(clerk), TYPED | {"support": "7"})

    assert wrong.status_code == 422
    assert errors(wrong) == [("key-support", "7 is not a code for question 1. Use 1, 2, or . / *")]
    assert "Too far" in words(wrong)


# Saved ------------------------------------------------------------------------------------------------------------------


def test_a_call_goes_through_the_one_way_in_and_its_receipt_is_read_out(clerk):
    consultation(CALL)

    saved = take(clerk)

    response = only_response()
    assert (saved.status_code, saved["Location"]) == (302, address("staff-phone-done"))
    assert (response.channel, response.answers) == (Channel.PHONE, {"support": 2, "why": "Too far"})
    done = words(clerk.get(address("staff-phone-done")))
    assert f"The receipt code is {keys.receipt_for(response.submission_key)}" in done
    assert "You need it to see your answers again or to delete them." in done
    event = AuditEvent.objects.get(actor="clerk")
    assert (event.verb, AuditDetail.objects.get(event=event).body) == (
        "response keyed",
        {"channel": "phone", "form number": ""},
    )


def test_sent_twice_a_call_is_one_response_with_one_code(clerk):
    consultation(CALL)
    shown = begin(clerk)
    take(clerk, shown=shown)
    first = words(clerk.get(address("staff-phone-done")))

    take(clerk, shown=shown)

    assert (Response.objects.count(), words(clerk.get(address("staff-phone-done")))) == (1, first)
    assert clerk.get(address("staff-phone-questions"))["Location"] == address()


def test_two_calls_on_two_pages_are_two_responses(clerk):
    consultation(CALL)
    first, second = begin(clerk), begin(clerk)

    take(clerk, {"support": "1"}, first)
    code = words(clerk.get(address("staff-phone-done")))
    take(clerk, TYPED, second)

    assert [response.answers["support"] for response in Response.objects.order_by("pk")] == [1, 2]
    assert code != words(clerk.get(address("staff-phone-done")))


def test_what_the_caller_says_of_themselves_is_kept_apart(clerk):
    ours = consultation(CALL)

    take(clerk, TYPED | {"equality-sex": "1"})

    response = only_response()
    assert "equality-sex" not in response.answers
    assert profile_at(link_function(ours)(response.submission_key)) is not None


def test_no_code_and_no_submission_key_can_be_read_in_the_session(clerk):
    consultation(CALL)
    take(clerk)

    kept = str(dict(clerk.session))

    response = only_response()
    assert "phone" in kept
    assert str(response.submission_key) not in kept
    assert keys.receipt_for(response.submission_key) not in kept


def test_a_call_cannot_be_saved_once_the_consultation_is_over_and_its_words_stay(clerk):
    consultation(CALL)
    shown = begin(clerk)
    Consultation.objects.update(withdrawn_at=CLOSED["closes_at"])

    refused = take(clerk, shown=shown)

    assert refused.status_code == 422
    assert "This consultation was withdrawn, so no forms can be added." in words(refused)
    assert "Too far" in words(refused)


def test_answers_about_the_caller_are_refused_once_their_key_was_destroyed(clerk):
    consultation(CALL)
    shown = begin(clerk)
    LinkKey.objects.all().delete()

    refused = take(clerk, TYPED | {"equality-sex": "1"}, shown)

    assert refused.status_code == 422
    assert "Answers about people can no longer be kept. Clear these boxes and save again" in words(refused)
