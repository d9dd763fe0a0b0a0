"""What a lead can begin with: what each starting point is for, its facts and prompts, and copies of past consultations."""

import re
from dataclasses import fields, replace
from datetime import UTC, datetime

import pytest

from consult.demonstration.facts import SLUGS, facts_of
from consult.models import Consultation, Document
from consult.services import create_consultation
from consult.starting_points import (
    COPIED,
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
from surveys.definition_json import to_json
from surveys.journey import journey
from surveys.kinds import KINDS
from surveys.publishing import publish
from surveys.readability import long_sentences
from tests.builders import choice, questionnaire
from tests.consult.people import consultation, team

OWN = ("gp-merger", "moving-site", "strategy", "patient-experience", "easy-read-short")
EVERY = pytest.mark.parametrize("key", STARTING_POINTS)
EACH_OWN = pytest.mark.parametrize("key", OWN)
IN_BRACKETS = re.compile(r"\[.*?\]")


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


def test_starting_points_are_listed_with_their_names():
    assert [(key, offer.name) for key, offer in STARTING_POINTS.items()] == [
        ("gp-merger", "GP practice merger"),
        ("moving-site", "Service moving site"),
        ("strategy", "Strategy or plan"),
        ("patient-experience", "Patient experience"),
        ("easy-read-short", "Easy read short form"),
        ("demonstration-apms", "The future of 7 GP contracts in Northbridge"),
        ("demonstration-older-you", "Older You: health and care for people aged 55 and over"),
        ("demonstration-outpatients", "Outpatient clinics for eyes, skin, muscles and joints"),
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
