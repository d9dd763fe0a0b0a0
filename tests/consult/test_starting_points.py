"""What a lead can begin with: whole questionnaires in plain words that need only their prompts replaced, and copies."""

import json
import re
from dataclasses import fields, replace
from datetime import UTC, datetime

import pytest

from consult.demonstration.facts import SLUGS, facts_of, questionnaire_of
from consult.models import Consultation, Document
from consult.services import create_consultation
from consult.starting_points import (
    COPIED,
    HERE,
    STARTING_POINTS,
    Offer,
    Prompt,
    StartingPoint,
    UnknownStartingPoint,
    copy_of,
    prompts_left,
    start_from,
)
from equality.categories import QUESTION_SETS
from equality.disclosure import POLICIES
from equality.population import all_baselines
from exports.asked import organisation_codes
from surveys.definition import from_json, to_json, words
from surveys.drafting import problems
from surveys.journey import journey
from surveys.kinds import KINDS
from surveys.models import RespondentType
from surveys.publishing import publish
from surveys.readability import LONGEST_SENTENCE, PLAIN, long_sentences, reading_of
from surveys.renderings import RenderingState, parts, questionnaire_as_asked, state_of
from surveys.standards import FRIENDS_AND_FAMILY, answers_of
from tests.builders import choice, questionnaire, written
from tests.consult.people import consultation, team

OWN = ("gp-merger", "moving-site", "strategy", "patient-experience", "easy-read-short")
EVERY = pytest.mark.parametrize("key", STARTING_POINTS)
EACH_OWN = pytest.mark.parametrize("key", OWN)
IN_BRACKETS = re.compile(r"\[.*?\]")
MOST_IN_EASY_READ = 15
NOT_ASKED_HERE = re.compile(r"ethnic group\?|your religion|orientation|your sex\b|your age\b(?!,)|postcode", re.I)


def public_texts(found):
    """Every text that a resident reads of a starting point."""
    facts = found.facts
    yield from (facts["title"], facts["summary"], facts["purpose"], facts["still_open"], *facts["asks"])
    yield from (words(text) for part in parts(found.definition) for text in (part.text, *part.wordings.values()))


def asked(key, **answers):
    """The keys of the questions asked of somebody with these answers."""
    found = journey(start_from(key).definition, answers)
    return " ".join(question.key for question in found.questions() if KINDS[question.kind].controls(question))


def leaves(value):
    """Every text in a JSON value."""
    if isinstance(value, str):
        return [value]
    parts = value.values() if isinstance(value, dict) else value if isinstance(value, list | tuple) else ()
    return [text for part in parts for text in leaves(part)]


# The list ----------------------------------------------------------------------------------------------------------------


def test_starting_points_are_listed_with_their_names_and_numbers_of_questions():
    assert [(key, offer.name, offer.number_of_questions) for key, offer in STARTING_POINTS.items()] == [
        ("gp-merger", "GP practice merger", 17),
        ("moving-site", "Service moving site", 18),
        ("strategy", "Strategy or plan", 17),
        ("patient-experience", "Patient experience", 13),
        ("easy-read-short", "Easy read short form", 8),
        ("demonstration-apms", "The future of 7 GP contracts in Northbridge", 23),
        ("demonstration-older-you", "Older You: health and care for people aged 55 and over", 21),
        ("demonstration-outpatients", "Outpatient clinics for eyes, skin, muscles and joints", 31),
    ]


@EVERY
def test_starting_point_says_in_one_sentence_what_it_is_for(key):
    offer = STARTING_POINTS[key]

    assert (offer.key, offer.says.count(". "), offer.says[-1]) == (key, 0, ".")
    assert long_sentences(offer.says) == []
    assert {field.name for field in fields(Offer)} == {"key", "name", "says", "read"}


def test_unknown_starting_point_is_refused():
    with pytest.raises(UnknownStartingPoint):
        start_from("blank")


# The questionnaires ------------------------------------------------------------------------------------------------------


@EVERY
def test_questionnaire_is_fit_to_publish_but_for_its_prompts(key):
    assert problems(start_from(key).definition) == ()


@EACH_OWN
def test_questionnaire_file_is_exactly_what_an_export_of_it_would_be(key):
    file = (HERE / "questionnaires" / f"{key}.json").read_text(encoding="utf-8")

    assert written(to_json(from_json(json.loads(file)))) == file


@pytest.mark.parametrize("slug", SLUGS)
def test_demonstration_is_read_from_its_own_files(slug):
    assert start_from(f"demonstration-{slug}").definition is questionnaire_of(slug)


@EVERY
def test_words_are_plain(key):
    texts = list(public_texts(start_from(key)))

    assert [sentence for text in texts for sentence in long_sentences(text, most=LONGEST_SENTENCE)] == []
    assert reading_of("\n".join(texts)).ease >= PLAIN


@EACH_OWN
def test_words_of_the_trade_stay_out(key):
    trade = re.compile(r"commission|pathway|stakeholder|procure|elderly|BAME|hard to reach|and/or|respondent", re.I)

    assert [text for text in public_texts(start_from(key)) if trade.search(text)] == []


@EACH_OWN
def test_what_the_equality_pages_ask_is_asked_there_alone(key):
    assert [text for text in public_texts(start_from(key)) if NOT_ASKED_HERE.search(text)] == []


@EACH_OWN
def test_every_closed_question_can_be_answered_by_somebody_who_does_not_know(key):
    closed = [each for each in start_from(key).definition.questions() if KINDS[each.kind].takes.get("capacity")]
    lines = [each for each in start_from(key).definition.questions() if each.kind == "statements"]

    assert [each.key for each in (*closed, *lines) if not any(option.meaning for option in each.options)] == []


@EACH_OWN
def test_do_not_know_and_other_come_after_every_plain_answer(key):
    for each in start_from(key).definition.questions():
        meanings = [bool(option.meaning) for option in each.options]
        assert meanings == sorted(meanings), each.key


@EACH_OWN
def test_every_question_has_a_short_name_and_only_what_steers_the_route_must_be_answered(key):
    questions = [each for each in start_from(key).definition.questions() if KINDS[each.kind].controls(each)]

    assert [each.key for each in questions if not 0 < len(words(each.short)) <= 50] == []
    must = {each.key for each in questions if each.required}
    assert must <= {"answering", "organisation_name", "organisation_role", "practice"}
    assert all(each.settings["missing"]["en"].startswith(("Select", "Enter")) for each in questions if each.required)


@EVERY
def test_one_question_says_in_what_capacity_each_of_its_answers_is_given(key):
    says = [each for each in start_from(key).definition.questions() if "capacity" in each.settings]

    assert len(says) == 1
    assert set(says[0].settings["capacity"]) == {str(option.code) for option in says[0].options}
    assert set(says[0].settings["capacity"].values()) <= set(RespondentType.values)


@pytest.mark.parametrize(
    ("key", "code", "opens"),
    [
        ("gp-merger", 5, "organisation_name organisation_role"),
        ("moving-site", 5, "organisation_name organisation_role"),
        ("strategy", 4, "organisation_name organisation_role"),
        ("easy-read-short", 3, "organisation_name"),
    ],
)
def test_only_organisations_are_asked_what_they_are_called_and_only_people_where_they_live(key, code, opens):
    definition = start_from(key).definition
    codes = [option.code for option in definition.question("answering").options]

    asked_for_name = {
        each: " ".join(k for k in asked(key, answering=each).split() if "organisation" in k) for each in codes
    }
    asked_for_area = {each for each in codes if "area" in asked(key, answering=each).split()}

    assert asked_for_name == {each: opens if each == code else "" for each in codes}
    assert asked_for_area == (set() if key == "easy-read-short" else set(codes) - {code})
    assert organisation_codes(definition.question("answering")) == {code}


def test_patients_of_the_two_practices_are_asked_about_the_merger():
    everybody = "support support_why other_options effects matters fairness information heard"

    assert asked("gp-merger", answering=1, practice=2) == f"answering practice area keep {everybody}"
    assert asked("gp-merger", answering=4) == f"answering area {everybody.replace('effects ', '')}"
    effects = [
        point
        for point in range(1, 7)
        if "less_effect" in asked("gp-merger", answering=1, practice=2, effects={"journey": point})
    ]
    assert effects == [4, 5]


def test_a_difficult_journey_is_asked_about():
    assert [point for point in range(1, 7) if "easier" in asked("moving-site", new_journey=point)] == [4, 5]


def test_groups_are_asked_of_those_who_say_that_some_lose_more():
    for key in ("gp-merger", "moving-site", "strategy"):
        assert [code for code in (1, 2, 3) if "groups groups_why" in asked(key, fairness=code)] == [1]


def test_missing_support_is_asked_of_those_who_did_not_get_all_of_it():
    assert [
        code for code in range(1, 5) if "support_missing" in asked("patient-experience", support=1, support_given=code)
    ] == [2, 3]


def test_information_says_what_is_proposed_and_what_is_not_decided():
    for key in ("gp-merger", "moving-site", "strategy", "easy-read-short"):
        said = words(start_from(key).definition.question("the_plan_explained").text)
        assert "What is not decided: [Say what people can still change.]" in said, key


def test_friends_and_family_question_has_its_fixed_words():
    asked_there = start_from("patient-experience").definition.question("experience")

    assert words(asked_there.text) == "Overall, how was your experience of our service?"
    assert [words(option.label) for option in asked_there.options] == [
        "Very good", "Good", "Neither good nor poor", "Poor", "Very poor", "Don't know",
    ]  # fmt: skip
    assert answers_of(asked_there) == answers_of(FRIENDS_AND_FAMILY)


def test_short_form_is_whole_in_easy_read_and_waits_for_people_who_use_it():
    definition = start_from("easy-read-short").definition

    assert definition.variants == ("easy_read",)
    assert state_of(definition, "easy_read") == RenderingState(needs_check=True)
    assert all(len(page.questions) == 1 for page in definition.pages)


def test_easy_read_has_short_sentences_and_the_same_points_of_a_scale():
    definition = start_from("easy-read-short").definition
    easy = questionnaire_as_asked(definition, "easy_read")

    texts = [words(part.text) for part in parts(easy) if part.text]
    assert [long for text in texts for long in long_sentences(text, most=MOST_IN_EASY_READ)] == []
    assert easy.question("support").options == definition.question("support").options


# The facts ---------------------------------------------------------------------------------------------------------------


@EVERY
def test_facts_fit_a_consultation(key):
    found = start_from(key)
    facts = found.facts

    assert set(facts) == {
        "title", "short_name", "kind", "topic", "area", "summary", "purpose", "still_open", "asks", "decided_by",
        "baseline", "policy", "question_set",
    }  # fmt: skip
    assert facts["kind"] in Consultation.Kind.values
    assert facts["question_set"] in QUESTION_SETS
    assert facts["baseline"] in all_baselines()
    assert facts["policy"] in POLICIES
    assert facts["title"] == found.definition.title
    assert len(facts["asks"]) == 3
    for name in ("title", "short_name", "topic", "area", "summary", "decided_by", "kind"):
        assert 0 < len(facts[name]) <= Consultation._meta.get_field(name).max_length, name


def test_facts_of_one_use_are_not_those_of_the_next():
    start_from("gp-merger").facts["asks"].append("more")
    start_from("demonstration-apms").facts["asks"].append("more")

    assert [len(start_from(key).facts["asks"]) for key in ("gp-merger", "demonstration-apms")] == [3, 3]


@pytest.mark.django_db
@EVERY
def test_consultation_can_be_made_of_it(key):
    found = start_from(key)
    now = datetime(2027, 3, 1, tzinfo=UTC)

    made = create_consultation(
        found.definition,
        team=team(),
        by="a test",
        now=now,
        slug="made",
        opens_at=now,
        closes_at=now.replace(month=6),
        **found.facts,
    )
    made.full_clean(
        exclude=[
            "outcome",
            "decision_on",
            "report_by",
            "launched_at",
            "reported_at",
            "decided_at",
            "withdrawn_at",
            "first_closes_at",
        ]
    )

    assert publish(made.questionnaire, now=now).document == to_json(found.definition)


# Prompts -----------------------------------------------------------------------------------------------------------------


@EACH_OWN
def test_every_one_of_our_own_leaves_prompts_in_the_questionnaire_and_in_the_facts(key):
    left = prompts_left(*vars(start_from(key)).values())

    assert {prompt.is_fact for prompt in left} == {True, False}
    assert Prompt("[Name of the area]", "area", is_fact=True) in left
    said = {
        text
        for leaf in leaves([to_json(start_from(key).definition), start_from(key).facts])
        for text in IN_BRACKETS.findall(leaf)
    }
    assert said == {prompt.says for prompt in left}


@pytest.mark.parametrize("slug", SLUGS)
def test_demonstration_leaves_none(slug):
    found = start_from(f"demonstration-{slug}")

    assert prompts_left(found.definition, found.facts) == ()


def test_prompts_are_found_wherever_somebody_would_read_them():
    each = choice(
        "used",
        text="Have you used [Name of it], or [Name of the other]?",
        hint={"en": "[Hint]", "pl": "[Podpowiedź]"},
        short={"en": "Use of [Short name]"},
        settings={"missing": {"en": "[Missing]"}},
        variants={"easy_read": {"text": {"en": "Did you use [Easy name]?"}}},
    )
    definition = questionnaire(each, choice("why", "[An answer]", "No"), title="[Title]")
    definition = replace(
        definition, pages=(replace(definition.pages[0], heading={"en": "[Heading]"}), definition.pages[1])
    )

    assert prompts_left(
        definition, {"purpose": "To [Purpose]\n\nand [Purpose] again", "asks": ["[Ask]"], "kept_years": 2}
    ) == (
        Prompt("[Title]", "title", is_fact=True),
        Prompt("[Purpose]", "purpose", is_fact=True),
        Prompt("[Ask]", "asks", is_fact=True),
        Prompt("[Heading]", "page_used"),
        Prompt("[Name of it]", "used"),
        Prompt("[Name of the other]", "used"),
        Prompt("[Easy name]", "used"),
        Prompt("[Hint]", "used"),
        Prompt("[Podpowiedź]", "used"),
        Prompt("[Missing]", "used"),
        Prompt("[An answer]", "why"),
        Prompt("[Short name]", "used"),
    )


def test_somebodys_own_brackets_are_no_prompts():
    definition = questionnaire(choice("used", text="“We done [sic] it” [c] [2] [] a[0]?"))

    assert prompts_left(definition, {"purpose": "See [1]."}) == ()


# Copies ------------------------------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_copy_has_the_structure_of_a_consultation_and_nothing_of_what_it_said_or_heard():
    now = datetime(2026, 1, 1, tzinfo=UTC)
    past = consultation(
        "past", now=now, kind="survey", topic="Clinics", area="Northbridge", policy="exact", kept_years=5, asks=["one"],
        outcome={"asked": "We asked"}, closing_words="the snow", decision_on=now.date(), report_by=now.date(),
        is_illustrative=True,
    )  # fmt: skip
    Document.objects.create(consultation=past, slug="plan", title="The plan", body="What we plan")
    past.questionnaire.draft = to_json(questionnaire(choice("newer")))
    past.questionnaire.save()

    assert copy_of(past) == StartingPoint(
        questionnaire(choice("newer")),
        {
            "kind": "survey",
            "topic": "Clinics",
            "area": "Northbridge",
            "question_set": "2026-1",
            "baseline": "wigan-16plus",
            "policy": "exact",
            "kept_years": 5,
        },
    )


def test_everything_a_consultation_has_is_either_copied_or_left_behind_on_purpose():
    """A new field must be decided about here."""
    left_behind = {
        "id", "slug", "team", "title", "short_name", "questionnaire", "summary", "purpose", "still_open", "asks",
        "decided_by", "decision_on", "report_by", "outcome", "is_illustrative", "opens_at", "closes_at", "launched_at",
        "reported_at", "decided_at", "withdrawn_at", "first_closes_at", "closing_words", "withdrawal_words",
    }  # fmt: skip

    assert {field.name for field in Consultation._meta.fields} == {*COPIED, *left_behind}


@pytest.mark.parametrize("slug", SLUGS)
def test_facts_of_the_demonstration_are_its_own(slug):
    facts, source = start_from(f"demonstration-{slug}").facts, facts_of(slug)

    assert facts["asks"] == list(source.asks)
    assert {name: facts[name] for name in ("title", "summary", "baseline")} == {
        "title": source.title,
        "summary": source.summary,
        "baseline": source.baseline,
    }
