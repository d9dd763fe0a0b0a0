"""Building a questionnaire by plain forms: what a lead types is in the draft, and nothing that two people write is lost."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from consult.models import AuditEvent, Consultation
from consult.services import move, publish_questionnaire
from consult.starting_points import STARTING_POINTS, start_from
from surveys.definition import Option, Question, Repeat, Statement
from tests.builders import choice, comment, number, page, questionnaire, several, statements, when
from tests.consult.building import Fields, beside, builder

pytestmark = pytest.mark.django_db

SMALL = questionnaire(page("one", choice("a")), page("two", choice("b"), comment("c")), page("three", comment("e")))


def keys(definition):
    return {page.key: "".join(question.key for question in page.questions) for page in definition.pages}


def test_question_is_added_on_a_page_of_its_own_and_then_given_its_options():
    lead = builder(questionnaire(choice("a", "Yes", "No")))

    lead.open("questions/add/?after=page_a").send(kind="one_choice", text="Which site do you use?")
    assert "needs at least 2 options" in lead.text
    lead.open("questions/question/q1/").send(
        **{"options-0-label": "Alderbeck", "options-1-label": "Wharf Road", "options-2-label": "I do not know"},
        **{"options-2-meaning": "dont_know"},
        hint="Choose the one you use most",
        short="Site",
    )

    added = lead.definition.pages[1]
    assert added.key == "p1"
    assert added.questions == (
        Question(
            "q1",
            "one_choice",
            {"en": "Which site do you use?"},
            {"en": "Choose the one you use most"},
            {"en": "Site"},
            options=(
                Option(1, {"en": "Alderbeck"}),
                Option(2, {"en": "Wharf Road"}),
                Option(3, {"en": "I do not know"}, meaning="dont_know"),
            ),
        ),
    )


def test_scale_begins_with_its_five_points_and_can_be_published_as_it_is():
    lead = builder(questionnaire(choice("a")))

    lead.open("questions/add/").send(kind="scale", text="I can get there easily")

    assert [option.label["en"] for option in lead.definition.question("q1").options] == [
        "Strongly agree", "Agree", "Neither agree nor disagree", "Disagree", "Strongly disagree", "I do not know",
    ]  # fmt: skip
    assert "to mend before" not in lead.open("questions/").text


def test_saving_a_question_as_it_is_shown_changes_nothing():
    asked = [
        choice(
            "a",
            settings={"capacity": {"1": "self"}, "largest_first": True, "missing": {"en": "Choose", "pl": "Wybierz"}},
        ),
        several("m", settings={"most": 2}),
        number("n", min=0, max=9.5, decimals=1, unit={"en": "miles"}, bands=[[0, 4], [5, None]]),
        statements("s", "x", "y"),
        Question("d", "date", {"en": "When?"}, settings={"years": [2026, 2027]}),
    ]
    lead = builder(questionnaire(*asked))
    before = lead.definition

    for question in asked:
        lead.open(f"questions/question/{question.key}/").send()
        assert "The question was saved." in lead.text

    assert lead.definition == before
    assert lead.consultation.questionnaire.revision == 0
    assert not AuditEvent.objects.filter(verb="questionnaire edited").exists()


def test_words_in_other_languages_stay_when_the_first_language_is_changed():
    asked = Question(
        "a",
        "one_choice",
        {"en": "Where?", "pl": "Gdzie?"},
        options=(Option(1, {"en": "Here", "pl": "Tu"}), Option(2, {"en": "There"})),
    )
    lead = builder(questionnaire(asked))

    lead.open("questions/question/a/").send(text="At which place?", **{"options-0-label": "Just here"})

    changed = lead.definition.question("a")
    assert changed.text == {"en": "At which place?", "pl": "Gdzie?"}
    assert changed.options[0].label == {"en": "Just here", "pl": "Tu"}


def test_options_are_put_in_order_and_taken_out_and_no_code_is_used_again():
    lead = builder(questionnaire(choice("a", "Red", "Green", "Blue")))

    lead.open("questions/question/a/").send(
        **{"options-0-place": "3", "options-2-place": "1", "options-1-removed": "on"}
    )
    assert [(o.code, o.label["en"]) for o in lead.definition.question("a").options] == [(3, "Blue"), (1, "Red")]
    lead.open("questions/question/a/").send(**{"options-2-label": "White"})

    assert [(o.code, o.label["en"]) for o in lead.definition.question("a").options] == [
        (3, "Blue"),
        (1, "Red"),
        (4, "White"),
    ]


def test_statement_is_added_with_a_key_of_its_own():
    lead = builder(questionnaire(statements("s", "x")))

    lead.open("questions/question/s/").send(**{"statements-1-label": "Staff listen"})

    assert lead.definition.question("s").statements == (
        Statement("x", {"en": "Statement x"}),
        Statement("s1", {"en": "Staff listen"}),
    )


def test_more_rows_keep_what_was_typed():
    lead = builder(questionnaire(choice("a")))

    lead.open("questions/question/a/").send(text="Half written", more="1", **{"options-2-label": "A third"})

    assert lead.forms[""]["text"] == "Half written"
    assert lead.forms[""]["options-2-label"] == "A third"
    assert lead.forms[""]["options-14-label"] == ""
    assert lead.definition.question("a").text == {"en": "What about a?"}
    assert lead.send(more=None).definition.question("a").text == {"en": "Half written"}


def test_mistake_is_said_and_nothing_typed_is_lost():
    lead = builder(questionnaire(number("n")))

    lead.open("questions/question/n/").send(text="", setting_bands="0 to 4\nmany", hint="About")

    assert lead.page.status_code == 422
    assert "Write the question" in lead.text
    assert "Write “many” like “0 to 4” or “10 or more”" in lead.text
    assert (lead.forms[""]["hint"], lead.forms[""]["setting_bands"]) == ("About", "0 to 4\nmany")


def test_why_a_question_is_asked_is_kept_for_the_team_and_is_not_in_the_document():
    lead = builder(questionnaire(choice("a")))

    lead.open("questions/question/a/").send(why="The board wants to know")

    assert lead.open("questions/question/a/").forms[""]["why"] == "The board wants to know"
    assert "board wants" not in str(lead.consultation.questionnaire.draft)


def test_page_and_question_move_with_the_focus_and_it_is_said_where_they_are():
    lead = builder(SMALL)

    lead.open("questions/").send(lead.base + "questions/page/one/move/", way="down")

    assert keys(lead.definition) == {"two": "bc", "one": "a", "three": "e"}
    assert list(keys(lead.definition)) == ["two", "one", "three"]
    assert lead.page.redirect_chain[-1][0].endswith("#down-page-one")
    assert "is now page 2 of 3" in lead.text
    lead.send(lead.base + "questions/question/c/move/", way="up")
    assert keys(lead.definition)["two"] == "cb"


def test_pages_are_put_in_the_order_of_typed_numbers():
    lead = builder(SMALL)

    lead.open("questions/order/").send(**{"place-three": "1", "place-one": "nonsense"})

    assert list(keys(lead.definition)) == ["three", "one", "two"]


def test_question_is_copied_and_taken_out_once_that_is_confirmed():
    lead = builder(SMALL)

    lead.open("questions/").send(lead.base + "questions/question/a/copy/")
    assert keys(lead.definition) == {"one": "a", "p1": "q1", "two": "bc", "three": "e"}
    lead.open("questions/question/q1/take-out/").send()

    assert keys(lead.definition) == keys(SMALL)


def test_taking_out_says_which_rules_look_at_it():
    lead = builder(questionnaire(choice("a"), page("next", comment("c", text="Tell us why"), shown_if=when("a", 1))))

    assert "Tell us why" in lead.open("questions/question/a/take-out/").text


def test_page_takes_a_heading_a_section_and_what_it_repeats_for():
    lead = builder(questionnaire(several("m"), page("next", comment("c"))))

    lead.open("questions/page/next/").send(heading="Each clinic", section="Clinics", repeat="m", most="2")

    changed = lead.definition.pages[1]
    assert (changed.heading, changed.section, changed.repeat) == (
        {"en": "Each clinic"},
        {"en": "Clinics"},
        Repeat("m", 2),
    )


def test_rule_is_built_claim_by_claim_joined_otherwise_and_taken_out():
    lead = builder(questionnaire(choice("a"), number("n"), page("next", comment("c"))))
    rule = "questions/rule/page:next"

    lead.open(f"{rule}/?about=a").send(codes=["1"])
    assert lead.definition.pages[2].shown_if == when("a", 1)
    lead.open(f"{rule}/?about=n").send(says="at_least", number="3")
    assert [part.says for part in lead.definition.pages[2].shown_if.parts] == ["is", "at_least"]
    lead.open(f"{rule}/").send(join="any")
    assert lead.definition.pages[2].shown_if.says == "any"
    lead.open(f"{rule}/").send(remove="1")
    assert lead.definition.pages[2].shown_if == when("a", 1)
    lead.open(f"{rule}/").send(clear="1")
    assert lead.definition.pages[2].shown_if is None


def test_rule_can_be_for_a_question_and_for_one_option():
    lead = builder(questionnaire(choice("a"), page("next", choice("b"), comment("c"))))

    lead.open("questions/rule/question:c/?about=a").send(codes=["2"])
    lead.open("questions/rule/question:b:2/?about=a").send(answered="on")

    assert lead.definition.question("c").shown_if == when("a", 2)
    assert lead.definition.question("b").options[1].shown_if.says == "answered"
    assert "What about a?" in lead.open("questions/").text


@pytest.mark.parametrize(
    "path",
    [
        "questions/rule/page:lost/",
        "questions/rule/question:a:99/",
        "questions/rule/nonsense/",
        "questions/question/lost/",
        "questions/page/lost/",
        "questions/page/lost/take-out/",
        "facts/lost/",
    ],
)
def test_what_is_not_there_is_not_found(path):
    assert builder(questionnaire(choice("a"))).open(path).page.status_code == 404


# Beginning --------------------------------------------------------------------------------------------------------------


def begun(**typed):
    """The consultation that the form makes, and its lead."""
    lead = builder(questionnaire(choice("a", text="What about the past?")), slug="past")
    lead.page = lead.client.get("/staff/new/")
    lead.here, lead.forms = "/staff/new/", Fields(lead.text).found
    lead.send(**typed)
    lead.consultation = Consultation.objects.exclude(slug="past").get()
    return lead


@pytest.mark.parametrize("key", STARTING_POINTS)
def test_every_starting_point_begins_a_draft_whose_questions_can_all_be_opened(key):
    lead = begun(begin=key, title="The future of Alderbeck", short_name="Alderbeck surgery")

    assert lead.page.redirect_chain[-1][0] == "/staff/alderbeck-surgery/build/"
    assert lead.definition.pages == start_from(key).definition.pages
    assert "to mend before" not in lead.open("questions/").text
    assert {lead.open(f"questions/question/{q.key}/").page.status_code for q in lead.definition.questions()} == {200}


def test_tasks_are_in_progress_while_a_starting_points_prompts_are_left():
    lead = begun(begin="gp-merger", title="Two become one", short_name="Two become one")

    states = re.findall(r"task-list__link[^>]*>([^<]+)<.*?<strong[^>]*>\s*([^<]+?)\s*<", lead.text, re.DOTALL)

    assert dict(states)["Information for people"] == "In progress"
    assert dict(states)["Questions and who is asked them"] == "In progress"
    assert [name for name, _ in states].count("Last checks, approval and publishing") == 1


def test_copy_has_the_questions_of_a_past_one_and_new_dates():
    lead = begun(begin="copy-past", title="Once more", short_name="Once more")

    assert [question.text["en"] for question in lead.definition.questions()] == ["What about the past?"]
    assert lead.consultation.opens_at > timezone.now()
    assert lead.consultation.purpose == ""


def test_blank_one_has_no_questions_and_takes_one():
    lead = begun(begin="blank", title="From nothing", short_name="From nothing")

    assert "There are no questions yet." in lead.open("questions/").text
    lead.open("questions/add/").send(kind="long_text", text="What do you think?")
    assert keys(lead.definition) == {"p1": "q1"}


def test_second_of_a_name_gets_an_address_of_its_own_and_the_service_keeps_its_own():
    assert begun(begin="blank", title="Past", short_name="Past").consultation.slug == "past-2"


def test_name_of_one_of_the_services_own_pages_is_not_an_address():
    assert begun(begin="blank", title="New", short_name="New").consultation.slug == "new-2"


# Two people ---------------------------------------------------------------------------------------------------------------


def test_second_to_save_a_question_sees_both_texts_and_chooses():
    first = builder(questionnaire(choice("a"), choice("b")))
    second = beside(first)
    first.open("questions/question/a/")
    second.open("questions/question/a/")

    first.send(text="The first one’s words")
    second.send(text="The second one’s words", hint="And a hint")

    assert second.page.status_code == 409
    assert "The first one’s words" in second.text
    assert (second.forms[""]["text"], second.forms[""]["hint"]) == ("The second one’s words", "And a hint")
    assert first.definition.question("a").text == {"en": "The first one’s words"}
    second.send()
    assert first.definition.question("a").text == {"en": "The second one’s words"}


def test_two_who_edit_different_questions_both_keep_their_words():
    first = builder(questionnaire(choice("a"), choice("b")))
    second = beside(first)
    first.open("questions/question/a/")
    second.open("questions/question/b/")

    first.send(text="Words for a")
    second.send(text="Words for b")

    assert [question.text["en"] for question in first.definition.questions()] == ["Words for a", "Words for b"]


def test_words_for_a_question_that_somebody_took_out_are_shown_to_be_copied():
    first = builder(questionnaire(choice("a"), choice("b")))
    second = beside(first)
    second.open("questions/question/a/")
    first.open("questions/question/a/take-out/").send()

    second.send(text="A long and careful sentence")

    assert "A long and careful sentence" in second.text


def test_move_is_refused_in_words_where_somebody_was_quicker():
    first = builder(SMALL)
    second = beside(first)
    second.open("questions/")
    first.open("questions/").send(first.base + "questions/page/one/move/", way="down")

    second.send(second.base + "questions/page/one/move/", way="down")

    assert "Somebody else changed the questions" in second.text
    assert list(keys(first.definition)) == ["two", "one", "three"]


def test_second_to_change_a_rule_is_told_and_changes_nothing():
    first = builder(questionnaire(choice("a"), page("next", comment("c"))))
    second = beside(first)
    first.open("questions/rule/page:next/?about=a")
    second.open("questions/rule/page:next/?about=a")

    first.send(codes=["1"])
    second.send(codes=["2"])

    assert "Somebody else changed this rule" in second.text
    assert first.definition.pages[1].shown_if == when("a", 1)


# What the consultation says of itself -------------------------------------------------------------------------------------


def test_facts_are_changed_before_opening_in_uk_time_and_recorded():
    lead = builder()

    lead.open("facts/set-up/").send(
        title="The future of the clinic",
        closes_at_day="30", closes_at_month="3", closes_at_year="2099", closes_at_time="11:59pm",
    )  # fmt: skip

    lead.consultation.refresh_from_db()
    assert lead.consultation.title == "The future of the clinic"
    assert lead.consultation.closes_at.isoformat() == "2099-03-30T22:59:00+00:00"
    event = AuditEvent.objects.get(verb="facts changed")
    assert event.detail.body == {"what": "title, closes at"}


def test_second_to_change_the_facts_sees_both_and_chooses():
    first = builder()
    second = beside(first)
    first.open("facts/information/")
    second.open("facts/information/")

    first.send(summary="The first")
    second.send(summary="The second", asks="one thing\n\nanother")

    assert second.page.status_code == 409
    assert "The first" in second.text
    assert second.send().page.status_code == 200
    second.consultation.refresh_from_db()
    assert (second.consultation.summary, second.consultation.asks) == ("The second", ["one thing", "another"])


def test_facts_cannot_be_changed_under_people_who_are_answering():
    lead = builder()
    lead.open("facts/set-up/")
    now = timezone.now()
    publish_questionnaire(lead.consultation, by="a test", now=now)
    move("launch", lead.consultation, by="a test", now=now)
    type(lead.consultation).objects.filter(pk=lead.consultation.pk).update(opens_at=now - timedelta(hours=1))

    lead.send(title="Something else")

    lead.consultation.refresh_from_db()
    assert lead.consultation.title == "A plan for the clinic"
    assert "This consultation is published." in lead.text


def test_closing_before_opening_is_refused_in_words():
    lead = builder()

    lead.open("facts/set-up/").send(closes_at_year="2020")

    assert "It must close after it opens. Choose a later time" in lead.text
