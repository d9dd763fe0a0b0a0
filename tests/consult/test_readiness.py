"""What pre-flight is told of a consultation: each thing that it looks at, found where it is kept."""

from dataclasses import replace

import pytest

from consult import checked
from consult.models import Document, Role
from consult.readiness import plan_of
from surveys.definition import Condition
from surveys.definition_json import to_json
from surveys.models import Channel, Response
from surveys.publishing import publish
from surveys.routes import check_routes
from tests.builders import choice, page, questionnaire, when
from tests.consult.people import person, team
from tests.consult.publishing import NOW, drafted, leah

pytestmark = pytest.mark.django_db
EASY = {"easy_read": {"text": {"en": "Is it good?"}, "picture": "lorry.png", "alt": {}}}


def all_of(*conditions):
    return Condition("all", parts=conditions)


def plan(consultation, **more):
    return plan_of(consultation, now=NOW, **more)


def test_a_whole_draft_has_nothing_wrong():
    leah()
    consultation = drafted()
    found = plan(consultation, approved_by="amir")

    assert found == replace(
        found,
        opens_at=consultation.opens_at,
        closes_at=consultation.closes_at,
        phone="01632 960 001",
        email="a@example.org",
        post="1 Market Place",
        can_answer_format_requests=True,
        still_open="No decision has been made.",
        route_errors=(),
        accessibility_errors=(),
        rendering_errors=(),
        placeholders=(),
        pilot_responses=0,
        has_easy_read=False,
        languages=("en",),
        question_set="2026-1",
        baseline="wigan-16plus",
        revision=0,
        approved_by="amir",
    )


def test_routes_are_walked_once_however_often_pre_flight_and_the_check_look(monkeypatch):
    walked = []
    monkeypatch.setattr(
        checked, "check_routes", lambda definition: walked.append(definition) or check_routes(definition)
    )
    consultation = drafted(definition=questionnaire(choice("a", text="Walked once?")))

    assert plan(consultation) == plan(consultation)
    assert checked.checked_draft(consultation.questionnaire).routes.problems == ()
    assert len(walked) == 1

    consultation.questionnaire.draft = to_json(questionnaire(choice("a", text="Walked again?")))
    plan(consultation)
    assert len(walked) == 2


def test_a_questionnaire_without_pages_or_with_an_empty_page_has_errors():
    assert plan(drafted("none", definition=questionnaire())).route_errors == ("The questionnaire has no pages.",)
    assert plan(drafted("blank", definition=questionnaire(page("a")))).route_errors == ("“a”: The page asks nothing.",)


@pytest.mark.parametrize(
    "second, error",
    [
        (
            choice("q2", shown_if=when("gone", 1)),
            "“What about q2?”: The rule of this question asks about a question that was removed (gone). "
            "Choose another, or delete the rule.",
        ),
        (
            choice("q2", shown_if=when("q1", 9)),
            "The rule of this question asks about an answer that was removed from “What about q1?” (9).",
        ),
        (choice("q2", shown_if=all_of(when("q1", 1), when("q1", 2))), "Nobody can reach this question"),
    ],
)
def test_an_error_of_the_routes_is_told_once_and_in_words(second, error):
    found = plan(drafted(definition=questionnaire(choice("q1"), second))).route_errors

    assert len(found) == 1
    assert error in found[0]


def test_a_picture_without_words_is_an_accessibility_error_and_not_one_of_routes():
    pictured = choice("q1", text="Is it good?", variants=EASY)
    found = plan(drafted(definition=replace(questionnaire(pictured), variants=("easy_read",))))

    assert found.accessibility_errors == (
        "“Is it good?”: A picture of the question has no words in English.",
        "“Is it good?”: There is no picture “lorry.png” in the folder “pictures/”.",
    )
    assert found.route_errors == ()
    assert found.has_easy_read


def test_words_that_keep_people_out_are_errors_and_words_that_are_hard_are_warnings():
    unclear = choice("q1", text="Click here. Is it safe and clean?")
    leading = choice("q2", text="Do you agree that the clinic should stay?")
    found = plan(drafted(definition=questionnaire(unclear, leading)))

    assert len(found.accessibility_errors) == 1
    assert found.accessibility_errors[0].startswith(
        "“Click here. Is it safe and clean?”: A link must say where it leads"
    )
    assert found.accessibility_errors[0].endswith("The words: “Click here”.")
    assert {warning.split(":")[0] for warning in found.readability_warnings} == {
        "“Click here. Is it safe and clean?”",
        "“Do you agree that the clinic should stay?”",
    }
    assert found.route_errors == ()


def test_a_language_that_is_not_whole_is_an_error_of_its_own_kind():
    found = plan(drafted(definition=replace(questionnaire(choice("q1")), languages=("en", "pl"))))

    assert found.languages == ("en", "pl")
    assert (len(found.rendering_errors), found.route_errors) == (1, ())
    assert "Polish" in found.rendering_errors[0]


@pytest.mark.parametrize(
    "address, placeholder",
    [
        ("FREEPOST XXXX-XXXX", "XXXX"),
        ("Freepost RTXX-0000", "0000"),
        ("Freepost [number]", "[number]"),
        ("Freepost TBC", "TBC"),
        ("Freepost to be confirmed", "to be confirmed"),
        ("Freepost placeholder", "placeholder"),
    ],
)
def test_a_placeholder_in_the_address_or_in_a_freepost_line_is_found(address, placeholder):
    consultation = drafted()
    Document.objects.create(
        consultation=consultation, slug="how", title="How to answer", body=f"Write to:\n{address}\nThanks"
    )
    consultation.team.postal_address = f"The team\n{address}"

    assert plan(consultation).placeholders == (
        f"The team’s postal address says “{placeholder}”.",
        f"“How to answer” says “{placeholder}”.",
    )


def test_what_a_starting_point_left_to_be_written_keeps_it_from_being_published():
    consultation = drafted()
    consultation.purpose = "[Name of the practice] wants to move."
    document = consultation.questionnaire.draft
    document["pages"][0]["questions"][0]["text"]["en"] = "Do you use [Name of the site]?"

    assert plan(consultation).placeholders == (
        "Replace “[Name of the practice]” in “What is this about?”.",
        "Replace “[Name of the site]” in “Do you use [Name of the site]?”.",
    )


def test_a_prompt_states_nothing_of_what_is_not_decided():
    consultation = drafted()
    stated = plan(consultation).still_open
    consultation.still_open = "[Say what people can still change.]"

    assert (stated != "", plan(consultation).still_open) == (True, "")


def test_a_real_freepost_address_is_no_placeholder_nor_are_brackets_elsewhere():
    consultation = drafted()
    Document.objects.create(
        consultation=consultation, slug="how", title="How", body="Some [words].\nFreepost RTAB-CDEF-GHIJ"
    )

    assert plan(consultation).placeholders == ()


def test_answers_from_before_it_opens_are_counted():
    consultation = drafted()
    version = publish(consultation.questionnaire, now=NOW)
    Response.objects.create(
        reference="R1", receipt_digest=b"1", submission_key="00000000-0000-4000-8000-000000000001", version=version,
        answers={}, codes=b"", channel=Channel.ONLINE, submitted_at=NOW,
    )  # fmt: skip

    assert plan(consultation).pilot_responses == 1


def test_a_population_or_a_question_set_that_is_not_there_is_none():
    found = plan(drafted(baseline="atlantis", question_set="1066-1"))

    assert (found.baseline, found.question_set) == ("", "")


@pytest.mark.parametrize(
    "role, can", [(Role.LEAD, True), (Role.CLERK, True), (Role.APPROVER, False), (Role.CODER, False)]
)
def test_somebody_in_the_team_must_be_able_to_answer_requests_for_formats(role, can):
    person("somebody", role)
    person("elsewhere", Role.CLERK, of=team("Southbridge"))

    assert plan(drafted()).can_answer_format_requests is can
