"""Changes to a questionnaire that people are answering: which may be made, and what to do instead of the others."""

from dataclasses import replace

import pytest

from surveys import editing
from surveys.changes import BACK, changes_between
from surveys.definition import Option
from surveys.mending import is_typing_mistake
from surveys.translating import beside, with_offer, with_picture, with_rendering, with_texts
from tests.builders import choice, comment, for_each, number, page, questionnaire, scale, several, statements, when

LIVE = questionnaire(
    page("one", choice("a", "Red", "Green")),
    page("two", statements("s", "x", "y"), comment("c", text="What do you think of the plan?")),
    page("three", number("n", min=0), several("m")),
)


def changed(key, **fields):
    return editing.with_question_changed(LIVE, key, **fields)


def relabelled(label):
    red, green = LIVE.question("a").options
    return changed("a", options=(replace(red, label={"en": label}), green))


RED, GREEN = LIVE.question("a").options
ALLOWED = [
    (relabelled("Redd"), "The words of an option have changed"),
    (
        changed("c", text={"en": "What do you think of this plan for the clinic?"}),
        "The words of a question have changed",
    ),
    (changed("a", hint={"en": "Choose one"}), "The hint of a question has changed"),
    (changed("a", options=(RED, GREEN, Option(3, {"en": "Blue"}))), "An option is new"),
    (changed("c", required=True), "It must be answered now"),
    (changed("c", shown_if=when("a", 1)), "Who is asked has changed"),
    (changed("n", settings=LIVE.question("n").settings | {"unit": {"en": "miles"}}), "Its setting “unit” has changed"),
    (editing.with_question(LIVE, choice("new"), page="one"), "A question is new"),
    (editing.without_question(LIVE, "c"), "A question was taken out. Answers given to it stay counted"),
    (editing.with_question_moved(LIVE, "c", by=-1), "The order of questions has changed"),
    (editing.with_page_changed(LIVE, "two", heading={"en": "Something else"}), "The heading of a page has changed"),
    (editing.with_rule(LIVE, "page:two", when("a", 1)), "Who sees a page has changed"),
    (editing.with_rule(LIVE, "question:m:1", when("a", 1)), "Who is offered an option has changed"),
]
REFUSED = [
    (relabelled("Yellow"), "The words of an option have changed"),
    (changed("a", options=(RED,)), "An option was taken out"),
    (changed("a", options=(GREEN, RED)), "The order of options has changed"),
    (changed("a", options=(RED, replace(GREEN, meaning="dont_know"))), "What an option means has changed"),
    (changed("a", kind="several_choices"), "Its sort has changed: Choose one option to Choose several options"),
    (changed("n", settings=LIVE.question("n").settings | {"min": 5}), "Its setting “min” has changed"),
    (changed("s", statements=LIVE.question("s").statements[:1]), "A statement was taken out"),
    (editing.with_page_changed(LIVE, "three", repeat=for_each("m", most=2)), "What a page repeats for has changed"),
]  # fmt: skip


@pytest.mark.parametrize(("draft", "says"), ALLOWED)
def test_change_that_leaves_every_meaning_may_be_made_and_is_named(draft, says):
    assert [(change.says, change.is_allowed) for change in changes_between(LIVE, draft)] == [(says, True)]


@pytest.mark.parametrize(("draft", "says"), REFUSED)
def test_change_of_meaning_is_refused_with_the_way_forward(draft, says):
    (change,) = changes_between(LIVE, draft)

    assert change.says == says
    assert change.refusal


def test_no_difference_is_no_change():
    assert changes_between(LIVE, LIVE) == ()


@pytest.mark.parametrize(
    ("before", "after", "is_mistake"),
    [
        ("Strongly agree", "Strongly agre", True),
        ("How easy would it bee?", "How easy would it be?", True),
        ("You cannt go", "You can’t go", True),
        ("I agre", "I agree", True),
        ("Support", "Oppose", False),
        ("I agree", "I disagree", False),
        ("Up to 5 miles", "Up to 6 miles", False),
        ("You can", "You cannot", False),
        ("I do know", "I do not know", False),
        ("The surgery on Wharf Road stays open", "The surgery on Wharf Street stays open", True),
        ("Yes", "No", False),
    ],
)
def test_typing_mistake_is_little_and_turns_nothing(before, after, is_mistake):
    assert is_typing_mistake(before, after) == is_mistake


def test_scale_that_loses_a_point_is_refused():
    form = questionnaire(scale("how"))
    draft = editing.with_question_changed(form, "how", options=form.question("how").options[1:])

    assert [change.is_allowed for change in changes_between(form, draft)] == [False]


# Languages and easy read --------------------------------------------------------------------------------------------------


def whole(definition, rendering, **texts):
    """The questionnaire with a rendering that people can choose: each text with the rendering's name before it, but for these."""
    begun = with_rendering(definition, rendering, is_offered=True)
    said = {text.place: f"{rendering} {text.of}" for text in beside(begun, rendering)}
    return with_texts(begun, rendering, said | {place.replace("__", "."): words for place, words in texts.items()})


POLISH, EASY = whole(LIVE, "pl"), whole(LIVE, "easy_read")


def told(old, new):
    return [(change.says, change.before, change.after, change.refusal) for change in changes_between(old, new)]


@pytest.mark.parametrize(("draft", "name"), [(POLISH, "Polish"), (EASY, "easy read")])
def test_new_language_is_one_change_and_changes_no_meaning(draft, name):
    assert told(LIVE, draft) == [(f"People can choose {name}", "", "", "")]
    assert told(LIVE, with_offer(draft, draft.unchecked[0], is_offered=False)) == []


@pytest.mark.parametrize(("live", "name"), [(POLISH, "Polish"), (EASY, "easy read")])
def test_language_that_people_could_choose_is_not_taken_away(live, name):
    draft = with_offer(live, live.unchecked[0], is_offered=False)

    assert told(live, draft) == [
        (
            f"People cannot choose {name} any more",
            "",
            "",
            f"People have been able to choose it. Let people choose {name}, and mend what is wrong with it.",
        )
    ]


@pytest.mark.parametrize(("live", "rendering", "name"), [(POLISH, "pl", "Polish"), (EASY, "easy_read", "easy read")])
def test_words_of_a_language_are_mended_and_those_of_options_keep_what_they_were_chosen_by(live, rendering, name):
    draft = with_texts(
        live, rendering, {"c.text": "Something clearer", "a.option.1": "Blue", "a.option.2": f"{rendering} Gren"}
    )

    assert told(live, draft) == [
        (f"The words of an option have changed, in {name}", f"{rendering} Red", "Blue", BACK.format(name=name)),
        (f"The words of an option have changed, in {name}", f"{rendering} Green", f"{rendering} Gren", ""),
        (
            f"The words of a question have changed, in {name}",
            f"{rendering} What do you think of the plan?",
            "Something clearer",
            "",
        ),
    ]
    assert {change.is_wording for change in changes_between(live, draft)} == {True}


def test_option_of_easy_read_that_gets_words_of_its_own_is_judged_by_those_it_had():
    live = whole(LIVE, "easy_read", a__option__1="")

    assert [
        change.is_allowed for change in changes_between(live, with_texts(live, "easy_read", {"a.option.1": "Yellow"}))
    ] == [False]


def test_standard_words_that_easy_read_keeps_are_told_once():
    live = whole(LIVE, "easy_read", a__option__1="")
    draft = editing.with_question_changed(
        live, "a", options=(replace(live.question("a").options[0], label={"en": "Redd"}), live.question("a").options[1])
    )

    assert told(live, draft) == [("The words of an option have changed", "Red", "Redd", "")]


def test_picture_beside_an_option_is_told():
    draft = with_picture(EASY, "easy_read", "a.option.1", file="red.png", alt="Something red")

    assert told(EASY, draft) == [("The pictures of a question have changed, in easy read", "", "What about a?", "")]


def in_welsh_first(welsh, english, *, backwards=False):
    """A question of a questionnaire written in Welsh, with English beside it; its texts as another database gives them back."""
    text = {"en": english, "cy": welsh} if backwards else {"cy": welsh, "en": english}
    option = Option(1, {"en": "Yes", "cy": "Ydw"} if backwards else {"cy": "Ydw", "en": "Yes"})
    asked = replace(choice("a"), text=text, options=(option,))
    return replace(questionnaire(asked), languages=("cy", "en"))


@pytest.mark.parametrize("backwards", [False, True])
def test_the_first_language_is_the_questionnaires_own_whatever_order_a_database_gives(backwards):
    before = in_welsh_first("Sut ydych chi’n teithio?", "How do you travel?", backwards=backwards)
    after = in_welsh_first("Sut rydych chi’n teithio yma?", "How do you travel here?", backwards=not backwards)

    assert [(change.says, change.before) for change in changes_between(before, after)] == [
        ("The words of a question have changed", "Sut ydych chi’n teithio?"),
        ("The words of a question have changed, in English", "How do you travel?"),
    ]


def test_what_to_do_about_an_option_is_said_for_the_first_language_and_for_the_others_apart():
    before = in_welsh_first("Sut?", "How?")
    (asked,) = before.questions()
    other = replace(asked, options=(Option(1, {"en": "Never", "cy": "Byth"}),))
    after = replace(before, pages=(replace(before.pages[0], questions=(other,)),))

    first, second = changes_between(before, after)

    assert (first.after, first.refusal) == (
        "Byth", "This is more than a typing mistake. Add a new option instead. People who chose this one meant what it said."
    )  # fmt: skip
    assert (second.after, second.refusal) == ("Never", BACK.format(name="English"))
