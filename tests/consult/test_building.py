"""Building a questionnaire by plain forms: what a lead types is in the draft, and nothing that two people write is lost."""

import pytest

from consult.models import AuditEvent
from surveys.definition import Option, Question, Repeat, Statement
from tests.builders import choice, comment, number, page, questionnaire, several, statements, when
from tests.consult.building import builder, keys

pytestmark = pytest.mark.django_db

SMALL = questionnaire(page("one", choice("a")), page("two", choice("b"), comment("c")), page("three", comment("e")))


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
