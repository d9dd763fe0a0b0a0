"""Languages and variants of a questionnaire: what each lacks, what a change leaves behind, and how a variant asks."""

import json
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from surveys.codebook import build_codebook
from surveys.definition import DefinitionError, Option, Statement, from_json, is_translated, language_of, to_json, words
from surveys.drafting import problems
from surveys.journey import journey
from surveys.piping import filled_question, repeats_text
from surveys.renderings import (
    Picture,
    RenderingState,
    as_asked,
    digest,
    in_preparation,
    offered,
    part_in_words,
    parts,
    picture_of,
    questionnaire_as_asked,
    recorded,
    rendered,
    state_of,
)
from tests.builders import choice, comment, number, page, question, questionnaire, scale, when, written
from tests.surveys.strategies import answered_questionnaires, questionnaires

EASY = "easy_read"
BUS = {"picture": "bus.png", "alt": {"en": "A bus"}}
TRAVEL = question(
    "travel",
    text="How do you usually travel there?",
    hint={"en": "Choose one", "pl": "Wybierz"},
    settings={"missing": {"en": "Select how you travel", "pl": "Wybierz"}},
    options=(
        Option(1, {"en": "Bus", "pl": "Autobus"}, variants={EASY: {"label": {"en": "By bus"}, **BUS}}),
        Option(2, {"en": "On foot", "pl": "Pieszo"}, shown_if=when("used", 1)),
    ),
    variants={
        EASY: {
            "text": {"en": "How do you get there?"},
            "hint": {"en": "Pick one"},
            "missing": {"en": "Pick how you get there"},
            "picture": "road.png",
            "alt": {"en": "A road"},
        }
    },
)
PLAN = question(
    "plan",
    "statements",
    options=scale("x").options,
    statements=(
        Statement("a", {"en": "Statement a"}, variants={EASY: {"label": {"en": "A"}}}),
        Statement("b", {"en": "Statement b"}),
    ),
    variants={EASY: {"text": {"en": "What about it?"}}},
)
SURVEY = replace(
    questionnaire(
        page("first", choice("used"), section={"en": "You"}, variants={EASY: {"section": {"en": "About you"}}}),
        page("second", TRAVEL, PLAN),
        number("cost", unit={"en": "pounds"}),
    ),
    variants=(EASY,),
    unchecked=(EASY,),
)


def translated(definition, language):
    """The definition with every text in another language too, as another file might bring it: nothing recorded."""

    def put(value):
        if isinstance(value, dict):
            found = {name: put(part) for name, part in value.items()}
            return found | ({language: f"{language} {found['en']}"} if isinstance(found.get("en"), str) else {})
        return [put(part) for part in value] if isinstance(value, list) else value

    whole = from_json(put(to_json(definition)))
    return replace(whole, languages=(*definition.languages, language))


def whole(definition):
    """The definition in Polish and easy read, both recorded."""
    asked = from_json(eased(to_json(translated(definition, "pl"))))
    asked = replace(asked, variants=(EASY,))
    return recorded(recorded(asked, "pl"), EASY)


def eased(document):
    """The document with easy words for every question that has none."""
    for each in document["pages"]:
        for asked in each["questions"]:
            own = asked.setdefault("variants", {}).setdefault(EASY, {})
            own.setdefault("text", {"en": f"Easy {asked['key']}"})
    return document


# What is lacking ----------------------------------------------------------------------------------------------------------


def test_language_lacks_every_text_it_has_no_words_for_and_what_nobody_recorded_is_out_of_date():
    assert state_of(SURVEY, "pl") == RenderingState(
        missing=(
            "first.section",
            "used.text",
            "used.option.1",
            "used.option.2",
            "second.heading",
            "travel.text",
            "plan.text",
            "plan.statement.a",
            "plan.statement.b",
            *(f"plan.option.{code}" for code in range(1, 7)),
            "cost.text",
            "cost.unit",
        ),
        out_of_date=("travel.hint", "travel.missing", "travel.option.1", "travel.option.2"),
    )


def test_variant_must_have_words_for_each_question_and_may_keep_the_others_once_somebody_says_so():
    before, after = state_of(SURVEY, EASY), state_of(recorded(SURVEY, EASY), EASY)

    assert "used.option.1" in before.missing
    assert "travel.option.1" in before.out_of_date
    assert after == RenderingState(missing=("used.text", "cost.text"), needs_check=True)


def test_first_language_lacks_nothing_for_all_others_are_made_of_it():
    assert list(rendered(SURVEY, "en")) == []
    assert state_of(SURVEY, "en") == RenderingState()


def test_done_leaves_a_language_whole_and_what_it_has_no_words_for_missing():
    polish = translated(SURVEY, "pl")
    gap = replace(polish, pages=(*polish.pages, *questionnaire(comment("more")).pages))

    assert state_of(recorded(polish, "pl"), "pl").is_whole
    assert state_of(recorded(gap, "pl"), "pl") == RenderingState(missing=("more.text",))


def test_translation_of_a_variant_must_keep_up_with_the_variant():
    both = recorded(translated(SURVEY, "pl"), "pl")
    document = json.loads(json.dumps(to_json(both)))
    document["pages"][1]["questions"][0]["variants"][EASY]["alt"]["en"] = "A lane"
    document["pages"][1]["questions"][0]["options"][0]["variants"][EASY]["label"]["en"] = "With the bus"

    assert state_of(from_json(document), "pl").out_of_date == ("travel.alt.easy_read", "travel.option.1.easy_read")


def test_what_the_document_holds_words_for_and_does_not_offer_is_in_preparation():
    assert offered(SURVEY) == (EASY,)
    assert in_preparation(SURVEY) == ("pl",)
    assert in_preparation(replace(SURVEY, variants=(), languages=("en", "pl"))) == (EASY,)
    assert in_preparation(recorded(SURVEY, "ur")) == ("pl", "ur")


def test_digest_of_words_is_short_and_of_any_text():
    assert digest("Yes") == "85a39ab345d6"
    assert len(digest("\ud800")) == 12


def changed_texts(document):
    """Every place of an English text in a document: `[(path, place)]`, found by changing it."""
    found = []

    def walk(value, path):
        parts_of_it = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
        for name, part in parts_of_it:
            if name == "en" and isinstance(part, str) and "short" not in path and "variants" not in path:
                found.append((*path, name))
            elif name != "renderings":
                walk(part, (*path, name))

    walk(document, ())
    return found


@settings(max_examples=100, deadline=None)
@given(st.data())
def test_changing_an_english_text_leaves_exactly_that_place_out_of_date_in_every_rendering(data):
    definition = whole(data.draw(questionnaires()))
    document = json.loads(json.dumps(to_json(definition)))
    paths = changed_texts(document)
    path = data.draw(st.sampled_from(paths))
    place = document
    for step in path[:-1]:
        place = place[step]
    place["en"] += ", changed"
    changed = from_json(document)
    now = {part.place: part.text.get("en") for part in parts(changed)}
    moved = tuple(part.place for part in parts(definition) if part.text.get("en") != now[part.place])

    assert len(moved) == 1
    for rendering in ("pl", EASY):
        assert state_of(definition, rendering) == RenderingState()
        assert state_of(changed, rendering) == RenderingState(out_of_date=moved)
        assert state_of(recorded(changed, rendering), rendering) == RenderingState()


# Publishing ---------------------------------------------------------------------------------------------------------------


def said(definition):
    return [(problem.where, problem.says) for problem in problems(definition)]


def test_questionnaire_whole_in_all_it_offers_can_be_published():
    assert said(whole(SURVEY)) == []


def test_what_is_missing_or_out_of_date_keeps_a_questionnaire_from_being_published():
    definition = whole(questionnaire(choice("used", text="Have you used it?"), comment("why")))
    document = to_json(definition)
    asked = document["pages"][0]["questions"][0]
    asked["text"]["en"] = "Did you use it?"
    asked["options"][1]["label"] = {"en": "No"}

    assert said(from_json(document)) == [
        ("used", "“Did you use it?” is not whole in language “pl”. Missing: answer 2"),
        ("used", "“Did you use it?” was changed after it was put into language “pl”. Out of date: the question"),
        ("used", "“Did you use it?” was changed after it was put into easy read. Out of date: the question"),
    ]


def test_what_is_not_offered_yet_keeps_nothing_from_being_published():
    assert said(replace(SURVEY, variants=())) == []


def test_page_is_named_by_its_heading_or_its_first_question():
    bare = replace(questionnaire(page("one", choice("used"), section={"en": "You"})), languages=("en", "pl"))

    headed = replace(bare, pages=(replace(bare.pages[0], heading={"en": "About you"}),))

    assert said(bare)[0] == ("one", "“What about used?” is not whole in language “pl”. Missing: the section")
    assert said(headed)[0] == ("one", "“About you” is not whole in language “pl”. Missing: the section, the heading")


def test_variant_that_does_not_exist_cannot_be_offered():
    assert said(replace(questionnaire(choice("used")), variants=("shouted",))) == [
        ("", "There is no variant called “shouted”. There is easy_read")
    ]


@pytest.mark.parametrize(
    ("own", "says"),
    [
        ({"picture": "../../bus.png", "alt": {"en": "A bus"}}, "A picture must be named like “bus.png”"),
        ({"picture": "bus", "alt": {"en": "A bus"}}, "A picture must be named like “bus.png”"),
        ({"picture": "bus.png"}, "A picture of the question has no words in language “en”"),
        ({"picture": "bus.png", "alt": {"pl": "x"}}, "A picture of the question has no words in language “en”"),
        ({"text": {"en": "{later}?"}}, "The text repeats the answer to “later”, which is not asked before it"),
        ({"hint": {"en": "{later}?"}}, "The text repeats the answer to “later”, which is not asked before it"),
    ],
)
def test_mistake_in_a_variant_is_named_in_a_sentence(own, says):
    ((where, sentence),) = said(questionnaire(choice("q", variants={EASY: own}), choice("later")))

    assert (where, sentence[: len(says)]) == ("q", says)


@pytest.mark.parametrize(
    ("part", "in_words"),
    [
        ("text", "the question"),
        ("option.3", "answer 3"),
        ("option.3.alt.easy_read", "answer 3, its picture, easy read"),
        ("statement.keep.easy_read", "statement keep, easy read"),
        ("missing", "what is said when it is left blank"),
        ("statement.a.b", "statement a, b"),
    ],
)
def test_place_is_named_as_an_author_would(part, in_words):
    assert part_in_words(part) == in_words


# As asked -----------------------------------------------------------------------------------------------------------------


def test_question_is_asked_in_the_words_of_the_variant_and_in_its_own_where_it_has_none():
    asked = as_asked(TRAVEL, EASY)

    assert asked.text == {"en": "How do you get there?"}
    assert asked.hint == {"en": "Pick one", "pl": "Wybierz"}
    assert asked.settings == {"missing": {"en": "Pick how you get there", "pl": "Wybierz"}}
    assert [option.label for option in asked.options] == [
        {"en": "By bus", "pl": "Autobus"},
        {"en": "On foot", "pl": "Pieszo"},
    ]
    assert [words(line.label) for line in as_asked(PLAN, EASY).statements] == ["A", "Statement b"]


def test_standard_variant_is_the_question_itself():
    assert as_asked(TRAVEL, "") is TRAVEL
    assert questionnaire_as_asked(SURVEY, "") is SURVEY


def test_page_is_headed_in_the_words_of_the_variant():
    assert questionnaire_as_asked(SURVEY, EASY).pages[0].section == {"en": "About you"}


def test_picture_goes_with_the_variant_alone():
    assert picture_of(TRAVEL, EASY) == Picture("road.png", {"en": "A road"})
    assert picture_of(as_asked(TRAVEL, EASY).options[0], EASY) == Picture("bus.png", {"en": "A bus"})
    assert picture_of(TRAVEL, "") is None
    assert picture_of(TRAVEL.options[1], EASY) is None


def test_words_of_a_variant_repeat_an_earlier_answer_in_the_words_of_the_variant():
    easy = questionnaire_as_asked(
        questionnaire(
            question("travel", options=TRAVEL.options),
            comment("why", text="Why {travel}?", variants={EASY: {"text": {"en": "{travel}: why?"}}}),
        ),
        EASY,
    )
    route = journey(easy, {"travel": 1})
    (asked,) = route.step("page_why").questions

    assert words(filled_question(asked, easy, route.answers, language="en", step=route.step("page_why")).text) == (
        "By bus: why?"
    )


def test_page_whose_variant_repeats_what_somebody_wrote_is_known():
    definition = questionnaire(
        comment("why"), comment("more", variants={EASY: {"text": {"en": "You wrote: {why}. What else?"}}})
    )

    assert [repeats_text(each, definition) for each in definition.pages] == [False, True]


def bones(definition):
    """All of a definition but its words: what routes, codes and counts hang on."""

    def bare(value):
        if isinstance(value, dict):
            dropped = ("text", "hint", "label", "missing", "section", "heading", "variants")
            return {name: bare(part) for name, part in value.items() if name not in dropped}
        return [bare(part) for part in value] if isinstance(value, list) else value

    return bare(to_json(definition))


@settings(max_examples=100, deadline=None)
@given(answered_questionnaires())
def test_variant_never_changes_keys_codes_conditions_or_routes(asked):
    definition, answers = asked
    standard = whole(definition)
    easy = questionnaire_as_asked(standard, EASY)

    assert bones(easy) == bones(standard)
    assert build_codebook(easy) == build_codebook(standard)
    assert journey(easy, answers).answers == journey(standard, answers).answers
    assert all(words(question.text) == f"Easy {question.key}" for question in easy.questions())


# In the document ----------------------------------------------------------------------------------------------------------


@settings(max_examples=50, deadline=None)
@given(questionnaires())
def test_document_with_renderings_is_written_in_the_same_bytes_again(definition):
    once = written(to_json(replace(whole(definition), unchecked=("pl",))))

    assert written(to_json(from_json(json.loads(once)))) == once
    assert from_json(json.loads(once)) == replace(whole(definition), unchecked=("pl",))


def test_document_says_what_is_offered_what_is_unchecked_and_of_which_words_each_was_made():
    definition = recorded(
        replace(questionnaire(page("one", choice("used"))), languages=("en", "pl"), unchecked=("pl",)), EASY
    )
    document = to_json(replace(definition, variants=(EASY,)))

    assert {name: document[name] for name in ("languages", "variants", "unchecked", "renderings")} == {
        "languages": ["en", "pl"],
        "variants": [EASY],
        "unchecked": ["pl"],
        "renderings": {EASY: {"used.option.1": digest("Yes"), "used.option.2": digest("No")}},
    }


def document_with(**parts):
    """A document of one question, with something put into it."""
    return to_json(questionnaire(page("one", choice("used")))) | parts


def question_with(variants):
    """A document whose question has these variants."""
    document = document_with()
    document["pages"][0]["questions"][0]["variants"] = variants
    return document


HERE = "pages[0].questions[0].variants"
NAMED = "must be named in lower-case letters and _, such as easy_read"


@pytest.mark.parametrize(
    ("document", "where", "problem"),
    [
        (
            document_with(variants="easy_read"),
            "the questionnaire",
            '"variants" must be a list of names, such as ["easy_read"]',
        ),
        (
            document_with(unchecked=[1]),
            "the questionnaire",
            '"unchecked" must be a list of languages and variants, such as ["pl"]',
        ),
        (
            document_with(renderings={"pl": {"used.text": 5}}),
            "the questionnaire.renderings",
            "must hold a text for each place, by language or variant",
        ),
        (
            document_with(renderings={"pl": []}),
            "the questionnaire.renderings",
            "must hold a text for each place, by language or variant",
        ),
        (question_with([]), HERE, "must be an object"),
        (question_with({"Easy read": {}}), HERE, NAMED),
        (question_with({"\ud800": {}}), HERE, NAMED),
        (question_with({"a" * 21: {}}), HERE, NAMED),
        (question_with({EASY: "Short"}), f"{HERE}.easy_read", "must be an object"),
        (
            question_with({EASY: {"label": {"en": "x"}}}),
            f"{HERE}.easy_read",
            "may hold only text, hint, missing, picture, alt",
        ),
        (
            question_with({EASY: {"text": "x"}}),
            f"{HERE}.easy_read",
            '"text" must be texts by language, such as {"en": "…"}',
        ),
        (question_with({EASY: {"picture": 5}}), f"{HERE}.easy_read", '"picture" must be text'),
    ],
)
def test_mistake_in_a_rendering_is_named_with_its_place(document, where, problem):
    with pytest.raises(DefinitionError) as refusal:
        from_json(document)
    assert (refusal.value.where, refusal.value.problem) == (where, problem)


# Untranslated parts -------------------------------------------------------------------------------------------------------


def test_text_is_translated_where_it_has_words_in_the_language_or_says_nothing():
    text = {"en": "Yes", "pl": "Tak", "ur": ""}

    assert [is_translated(text, language) for language in ("en", "pl", "ur", "cy")] == [True, True, False, False]
    assert is_translated({}, "pl")
    assert [language_of(text, language) for language in ("pl", "ur")] == ["pl", "en"]


def test_text_with_an_answer_in_it_stays_marked_with_the_language_it_is_in():
    definition = questionnaire(
        choice("used"), comment("why", text="Why {used}?", hint={"en": "So {used}", "pl": "A {used}"})
    )
    step = journey(definition, {"used": 1}).step("page_why")

    asked = filled_question(step.questions[0], definition, {"used": 1}, language="pl", step=step)

    assert (asked.text, asked.hint) == ({"en": "Why Yes?"}, {"pl": "A Yes"})
