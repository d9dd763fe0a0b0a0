"""Languages and variants of a questionnaire: what each lacks, what a change leaves behind, and how a variant asks."""

import json
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from surveys.codebook import build_codebook
from surveys.definition import Definition, words
from surveys.definition_json import from_json, to_json
from surveys.journey import journey
from surveys.piping import filled_question, repeats_text
from surveys.renderings import (
    Picture,
    RenderingState,
    as_asked,
    digest,
    in_preparation,
    offered,
    parts,
    picture_of,
    questionnaire_as_asked,
    recorded,
    rendered,
    state_of,
    told_in,
)
from surveys.source import DefinitionError
from tests.builders import comment, question, questionnaire
from tests.surveys.rendered import EASY, PLAN, SURVEY, TRAVEL, translated, whole
from tests.surveys.strategies import answered_questionnaires, questionnaires


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


# Around the questions ------------------------------------------------------------------------------------------------------


def test_words_around_the_questions_are_found_by_their_words_in_the_first_language():
    around = ({"en": "The plan", "pl": "Plan"}, {"en": "Soon", "ur": "جلد"}, {"pl": "Samo"}, {"en": "Empty", "pl": ""})
    asked = Definition("Plan", (), languages=("en", "pl", "ur"), around=around)

    assert told_in(asked, "pl") == {"The plan": "Plan"}
    assert told_in(asked, "ur") == {"Soon": "جلد"}
    assert told_in(asked, "en") == {}
    assert from_json(to_json(asked)) == asked


@pytest.mark.parametrize("around", [{"en": "x"}, "x", ["x"], [{"en": 1}], [["en"]]])
def test_words_around_the_questions_that_are_no_list_of_texts_are_refused(around):
    with pytest.raises(DefinitionError, match=r"around|text"):
        from_json({"format": "consult-questionnaire", "version": 1, "title": "Plan", "pages": [], "around": around})
