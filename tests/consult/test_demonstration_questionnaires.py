"""The demonstration's questionnaires: fit to publish, in plain words, and with the routes that they are there to show."""

import json
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from PIL import Image, ImageChops

from consult.demonstration.drawings import DRAWINGS, draw
from consult.demonstration.facts import LONDON, NOTICE, SLUGS, TEAM, facts_of, questionnaire_file
from consult.stages import Facts, Stage, stage_at
from surveys.codebook import build_codebook
from surveys.definition import words
from surveys.definition_json import from_json, to_json
from surveys.drafting import problems
from surveys.journey import journey
from surveys.kinds import KINDS
from surveys.piping import filled_question
from surveys.publishing import PICTURES
from surveys.renderings import (
    RenderingState,
    as_asked,
    in_preparation,
    offered,
    pictures,
    questionnaire_as_asked,
    state_of,
    told_in,
)
from tests.builders import written

EVERY = pytest.mark.parametrize("slug", SLUGS)
APMS, OLDER_YOU, OUTPATIENTS = (facts_of(slug).questionnaire() for slug in SLUGS)
STARRED = {"apms": "a1 a1a a1b a2", "older-you": "b1 b1a b1b", "outpatients": "c1 c1a c1b c2"}
REAL_NAMES = re.compile(
    r"Wigan|Leigh|Atherton|Tyldesley|Ince|Platt|Intrahealth|Ashton|Bridgewater|Marsh Green|Claire House", re.I
)


def asked(definition, **answers):
    """The keys of the questions asked of somebody with these answers; `c3_1` stands for `c3@1`."""
    found = journey(definition, {key.replace("_", "@"): value for key, value in answers.items()})
    return " ".join(question.key for question in found.questions() if KINDS[question.kind].controls(question))


# The documents -----------------------------------------------------------------------------------------------------------


@EVERY
def test_questionnaire_is_fit_to_publish(slug):
    assert problems(facts_of(slug).questionnaire()) == ()


@EVERY
def test_questionnaire_file_is_exactly_what_an_export_of_it_would_be(slug):
    file = questionnaire_file(slug).read_text(encoding="utf-8")
    assert written(to_json(from_json(json.loads(file)))) == file


@EVERY
def test_only_what_steers_the_route_must_be_answered_and_says_what_to_do(slug):
    required = [question for question in facts_of(slug).questionnaire().questions() if question.required]
    assert " ".join(question.key for question in required) == STARRED[slug]
    assert all(question.settings["missing"]["en"].startswith(("Select", "Enter")) for question in required)


@EVERY
def test_every_question_has_a_short_label_for_reports(slug):
    for question in facts_of(slug).questionnaire().questions():
        if KINDS[question.kind].controls(question):
            assert 0 < len(words(question.short)) <= 50, question.key


@pytest.mark.parametrize(
    ("definition", "pairs"),
    [(APMS, "a1a+a1b a18+a18a"), (OLDER_YOU, "b1a+b1b"), (OUTPATIENTS, "c1a+c1b c7+c7a")],
    ids=SLUGS,
)
def test_one_question_is_asked_on_a_page_but_for_pairs_that_belong_together(definition, pairs):
    together = [
        "+".join(question.key for question in page.questions) for page in definition.pages if len(page.questions) > 1
    ]
    assert " ".join(together) == pairs


@EVERY
def test_do_not_know_and_other_come_after_every_plain_option(slug):
    for question in facts_of(slug).questionnaire().questions():
        meanings = [bool(option.meaning) for option in question.options]
        assert meanings == sorted(meanings), question.key


@EVERY
def test_no_sentence_is_longer_than_25_words(slug):
    for text in public_texts(slug):
        for sentence in re.split(r"[.?!:]\s|\n", text):
            assert len(sentence.split()) <= 25, sentence


@EVERY
def test_words_of_the_trade_and_real_names_stay_out(slug):
    jargon = re.compile(
        r"commission|pathway|stakeholder|procure|APMS|elderly|BAME|hard to reach|and/or|respondent", re.I
    )
    for text in public_texts(slug):
        assert not jargon.search(text), text
        if "census" not in text and "Wigan" not in text:
            assert not re.search(rf"\b({REAL_NAMES})\b", text, re.I), text


@EVERY
def test_equality_questions_are_asked_elsewhere(slug):
    asked_here = " ".join(words(question.text) for question in facts_of(slug).questionnaire().questions())
    assert not re.search(r"ethnic|religion|orientation|your sex\b|pregnan", asked_here)


@pytest.mark.parametrize(
    ("definition", "expected"),
    [
        (APMS, "a1 a2 a3 a4 a5 a6 a7 a8 a9 a10 a11 a12 a13 a14 a15 a16 a17 a18 a19 a20"),
        (OLDER_YOU, "b1 b2 b3 b4 b5 b6 b7 b8 b9 b10 b11 b12 b13 b14 b15 b16 b17 b18"),
        (OUTPATIENTS, "c1 c2 c3 c4 c5 c6 c7 c8 c9 c10 c11 c12 c13 c14 c15 c16 c17 c18 c19"),
    ],
    ids=SLUGS,
)
def test_every_numbered_question_is_there_in_order(definition, expected):
    assert (
        " ".join(question.key for question in definition.questions() if re.fullmatch(r"[abc]\d+", question.key))
        == expected
    )


def test_gp_contracts_are_whole_in_polish_urdu_and_easy_read_and_the_translations_need_a_native_check():
    assert offered(APMS) == ("pl", "ur", "easy_read")
    assert [state_of(APMS, rendering) for rendering in offered(APMS)] == [
        RenderingState(needs_check=True),
        RenderingState(needs_check=True),
        RenderingState(),
    ]
    assert in_preparation(APMS) == ()


def test_what_the_gp_pages_say_of_the_consultation_is_in_polish_and_urdu_too():
    facts = facts_of("apms")
    said = {
        facts.title,
        facts.short_name,
        facts.topic,
        facts.summary,
        facts.purpose,
        facts.still_open,
        facts.decided_by,
        *facts.asks,
    }

    for language in ("pl", "ur"):
        told = told_in(APMS, language)
        assert told.keys() == said
        # A translation has as many paragraphs, and is another text.
        assert {words for words in said if told[words].count("\n\n") != words.count("\n\n")} == set()
        assert said & set(told.values()) == set()


def test_patients_who_had_no_visits_are_asked_all_but_how_it_was():
    asked_all = asked(APMS, a1=1, a2=2, a4=2).split()

    assert set(asked_all) - set(asked(APMS, a1=1, a2=2, a4=1).split()) == {"a7"}
    assert asked(APMS, a1=1, a2=2).split() == asked_all


def test_easy_read_has_short_sentences():
    easy = questionnaire_as_asked(APMS, "easy_read")
    for question in easy.questions():
        for text in (question.text, question.hint, *(part.label for part in (*question.options, *question.statements))):
            for sentence in re.split(r"[.?!:]\s|\n", re.sub(r"\{a2\|([^}]*)\}", r"\1", words(text))):
                assert len(sentence.split()) <= 15, sentence


def test_easy_read_has_a_small_picture_for_each_main_question_and_every_picture_is_there():
    pictured = {key for key, _ in pictures(APMS)}

    # The name of one's organisation, one's role there, and what makes it difficult to move: words alone.
    assert {question.key for question in APMS.questions()} - pictured == {"a1a", "a1b", "a14"}
    assert [picture.file for _, picture in pictures(APMS) if not picture.alt.get("en")] == []
    sizes = {picture.file: Path(finders.find(PICTURES + picture.file)).stat().st_size for _, picture in pictures(APMS)}
    assert len(sizes) > 20
    assert {file: size for file, size in sizes.items() if size > 4_000} == {}
    assert set(sizes) <= {f"{name}.png" for name in DRAWINGS}


def test_every_drawing_is_as_its_module_draws_it():
    for name, drawing in DRAWINGS.items():
        kept = Image.open(finders.find(f"{PICTURES}{name}.png")).convert("L")
        assert ImageChops.difference(kept, draw(drawing).convert("L")).getbbox() is None, name


def test_points_of_a_scale_have_the_same_words_in_easy_read():
    """Another word for a point is another point: what both sorts of people chose is counted together."""
    for kind in ("scale", "statements"):
        for question in (question for question in APMS.questions() if question.kind == kind):
            assert as_asked(question, "easy_read").options == question.options, question.key


def test_labels_of_reports_are_in_english_alone():
    assert {language for question in APMS.questions() for language in question.short} == {"en"}


# A: the GP contracts -----------------------------------------------------------------------------------------------------

EVERYBODY_A = "a9 a11 a12 a17 a19 a20"


def test_patient_of_one_of_the_practices_is_asked_about_it_and_about_its_closing():
    expected = "a1 a2 a4 a5 a6 a7 a8 a9 a11 a12 a13 a15 a17 a19 a20"
    assert asked(APMS, a1=1, a2=2) == expected
    assert asked(APMS, a1=2, a2=6) == expected


def test_patient_of_a_practice_with_several_sites_is_asked_which():
    assert [code for code in range(1, 9) if "a3" in asked(APMS, a1=1, a2=code).split()] == [1, 4, 5, 7]


@pytest.mark.parametrize(
    ("practice", "sites"),
    [
        (1, ["Alderbeck Clinic", "Larkfield House"]),
        (4, ["Colliers Row Health Centre", "Damson House"]),
        (5, ["Inkerman House", "Plover Bridge Health Centre"]),
        (7, ["Bargewater Medical Centre", "High Furrow Surgery", "Wharf Road Surgery"]),
    ],
)
def test_only_the_sites_of_the_chosen_practice_are_offered(practice, sites):
    step = journey(APMS, {"a1": 1, "a2": practice}).step("site")
    assert [words(option.label) for option in step.questions[0].options] == [*sites, "I do not have a usual site"]


def test_patient_of_another_practice_goes_on_to_the_options():
    assert asked(APMS, a1=1, a2=8) == "a1 a2 a9 a11 a12 a15 a17 a19 a20"


@pytest.mark.parametrize("code", [3, 4, 6])
def test_staff_residents_and_others_go_straight_to_the_options(code):
    assert asked(APMS, a1=code) == f"a1 {EVERYBODY_A}"


def test_organisation_gives_its_name_and_is_asked_steps_3_and_5_only():
    assert asked(APMS, a1=5) == f"a1 a1a a1b {EVERYBODY_A}"
    sections = [words(step.page.section) for step in journey(APMS, {"a1": 5}).steps]
    assert list(dict.fromkeys(sections)) == ["You and your practice", "The options", "Fairness and this consultation"]


@pytest.mark.parametrize(("point", "is_asked"), [(1, True), (2, True), (3, False), (4, False), (5, False), (6, False)])
def test_changes_are_ranked_by_those_who_support_a_change(point, is_asked):
    assert ("a10" in asked(APMS, a1=4, a9={"change": point}).split()) is is_asked


def test_difficulties_are_asked_of_those_who_would_find_it_difficult():
    assert [point for point in range(1, 7) if "a14" in asked(APMS, a1=1, a2=6, a13=point).split()] == [4, 5]


def test_smaller_effect_is_asked_of_those_who_expect_a_bad_one():
    assert [point for point in range(1, 7) if "a16" in asked(APMS, a1=1, a2=6, a15=point).split()] == [4, 5]


def test_groups_and_why_are_asked_of_those_who_say_yes():
    assert [code for code in (1, 2, 3) if "a18 a18a" in asked(APMS, a1=4, a17=code)] == [1]


@pytest.mark.parametrize(
    ("practice", "text"),
    [
        (6, "If Marlpit Green Surgery closed, how easy would it be for you to use another practice?"),
        (2, "If Arena Family Practice closed, how easy would it be for you to use another practice?"),
    ],
)
def test_name_of_the_practice_is_repeated_in_later_questions(practice, text):
    answers = {"a1": 1, "a2": practice}
    step = journey(APMS, answers).step("if_it_closed")
    assert words(filled_question(step.questions[0], APMS, answers, language="en", step=step).text) == text


# B: Older You ------------------------------------------------------------------------------------------------------------


def test_person_who_used_services_is_asked_about_them():
    expected = "b1 b2 b3 b4 b4a b5 b6 b9 b10 b11 b12 b13 b15 b16 b18"
    assert asked(OLDER_YOU, b1=1, b4=[3, 7]) == expected


def test_which_service_was_used_most_is_asked_only_where_there_were_several():
    assert "b4a" not in asked(OLDER_YOU, b1=1, b4=[7]).split()
    step = journey(OLDER_YOU, {"b1": 1, "b4": [2, 7, 9]}).step("used_most")
    assert [words(option.label) for option in step.questions[0].options] == [
        "A hospital stay",
        "GP practice",
        "Social care",
        "I do not know",
    ]


def test_person_who_used_no_service_goes_on_to_staying_well():
    assert asked(OLDER_YOU, b1=1, b4=[11]) == "b1 b2 b3 b4 b9 b10 b11 b12 b13 b15 b16 b18"


def test_organisation_goes_on_to_the_proposals_and_what_else_there_is_to_say():
    assert asked(OLDER_YOU, b1=5) == "b1 b1a b1b b13 b15 b18"


def test_going_home_is_asked_of_those_who_stayed_in_hospital_and_what_was_missing_of_those_who_missed_it():
    assert "b7" not in asked(OLDER_YOU, b1=1, b4=[3]).split()
    assert [code for code in range(1, 6) if "b8" in asked(OLDER_YOU, b1=1, b4=[2], b7=code).split()] == [2, 3]


def test_reasons_are_asked_of_those_who_oppose_video():
    assert [code for code in range(1, 7) if "b14" in asked(OLDER_YOU, b1=5, b13={"video": code}).split()] == [4, 5]


def test_carers_are_asked_what_would_help():
    assert [code for code in (1, 2, 3) if "b17" in asked(OLDER_YOU, b1=1, b16=code).split()] == [1]


def test_experience_names_the_service_used_most_and_never_i_do_not_know():
    step_of = {code: journey(OLDER_YOU, {"b1": 1, "b4": [3, 7], "b4a": code}).step("experience") for code in (7, 11)}
    hints = {
        code: words(
            filled_question(step.questions[0], OLDER_YOU, {"b4": [3, 7], "b4a": code}, language="en", step=step).hint
        )
        for code, step in step_of.items()
    }
    assert hints == {
        7: "Answer about this service: GP practice.",
        11: "Answer about this service: the one you used most.",
    }


# C: outpatient clinics ---------------------------------------------------------------------------------------------------

EVERYBODY_C = "c11 c12 c13 c16 c17 c19"


def test_appointments_are_asked_about_once_for_each_service_and_for_two_at_most():
    seen = "c3@{0} c4@{0} c5@{0} c6@{0} c8@{0} c9@{0} c10@{0}"
    # One page is asked for each service before the next page is.
    pairs = " ".join(f"{key}@1 {key}@2" for key in ["c3", "c4", "c5", "c6", "c8", "c9", "c10"])
    assert asked(OUTPATIENTS, c1=1, c2=[1]) == f"c1 c2 {seen.format(1)} {EVERYBODY_C}"
    assert asked(OUTPATIENTS, c1=1, c2=[1, 2, 3]) == f"c1 c2 {pairs} {EVERYBODY_C}"


def test_another_service_opens_no_round_of_its_own():
    assert asked(OUTPATIENTS, c1=1, c2=[4]) == f"c1 c2 {EVERYBODY_C}"


@pytest.mark.parametrize(("code", "before"), [(4, "c1 c2"), (5, "c1 c1a c1b c2"), (6, "c1 c2")])
def test_residents_staff_and_organisations_skip_to_what_matters(code, before):
    assert asked(OUTPATIENTS, c1=code, c2=[1, 2]) == f"{before} {EVERYBODY_C}"


def test_somebody_still_waiting_is_not_asked_how_the_appointment_was():
    found = asked(OUTPATIENTS, c1=2, c2=[1, 3], c4_1=6, c4_3=2).split()
    assert [key for key in found if key.endswith("@1")] == ["c3@1", "c4@1", "c5@1", "c10@1"]
    assert [key for key in found if key.endswith("@3")] == ["c3@3", "c4@3", "c5@3", "c6@3", "c8@3", "c9@3", "c10@3"]


def test_journey_is_asked_of_those_who_went_somewhere():
    assert [code for code in range(1, 7) if "c7@2 c7a@2" in asked(OUTPATIENTS, c1=1, c2=[2], c6_2=code)] == [1, 2, 3]


def test_reasons_are_asked_of_those_who_oppose_video_or_community_clinics():
    assert "c14 c15" in asked(OUTPATIENTS, c1=6, c2=[4], c13={"video": 5, "community": 4})
    assert "c14" not in asked(OUTPATIENTS, c1=6, c2=[4], c13={"video": 6, "community": 3}).split()


def test_smaller_effect_is_asked_of_those_who_told_us_of_one():
    assert "c18" in asked(OUTPATIENTS, c1=6, c2=[4], c17="A longer journey").split()
    assert "c18" not in asked(OUTPATIENTS, c1=6, c2=[4]).split()


def test_question_of_a_round_names_the_service_it_is_about():
    route = journey(OUTPATIENTS, {"c1": 1, "c2": [1, 3]})
    texts = [
        words(filled_question(step.questions[0], OUTPATIENTS, route.answers, language="en", step=step).text)
        for step in route.steps
        if step.page.key == "referred"
    ]
    assert texts == ["Eye clinic: who first sent you there?", "Skin clinic: who first sent you there?"]


@EVERY
def test_row_of_codes_stays_small(slug):
    assert build_codebook(facts_of(slug).questionnaire()).width < 200


# The facts ---------------------------------------------------------------------------------------------------------------

DAYS = [(1, 1, 0), (3, 29, 1), (10, 25, 1), (11, 20, 23), (12, 31, 12)]
MOMENTS = [datetime(2026, month, day, hour, tzinfo=UTC) for month, day, hour in DAYS]


@pytest.mark.parametrize("now", MOMENTS, ids=str)
def test_two_consultations_are_open_and_one_is_decided_whenever_the_demonstration_is_loaded(now):
    stages = {}
    for slug in SLUGS:
        times = facts_of(slug).times(now)
        facts = Facts(times.opens_at, times.closes_at, times.opens_at, times.reported_at, times.decided_at)
        stages[slug] = stage_at(facts, now)
    assert stages == {"apms": Stage.OPEN, "older-you": Stage.DECIDED, "outpatients": Stage.OPEN}


@pytest.mark.parametrize("now", MOMENTS, ids=str)
@EVERY
def test_consultation_closes_at_11_59pm_in_london_after_six_weeks_or_more(slug, now):
    times = facts_of(slug).times(now)
    assert times.closes_at.astimezone(LONDON).strftime("%H:%M") == "23:59"
    assert times.closes_at - times.opens_at > timedelta(weeks=6)
    assert times.closes_at.date() < times.report_by < times.decision_on


@pytest.mark.parametrize("now", MOMENTS, ids=str)
def test_open_consultations_have_from_five_to_seven_weeks_left(now):
    left = [(facts_of(slug).times(now).closes_at - now) / timedelta(weeks=1) for slug in ("apms", "outpatients")]
    assert all(4.8 < weeks < 7.2 for weeks in left)


@EVERY
def test_start_page_has_what_a_resident_needs_and_fits_its_columns(slug):
    facts = facts_of(slug)
    assert len(facts.title) <= 200
    assert len(facts.short_name) <= 60
    assert len(facts.summary) <= 300
    assert len(facts.asks) == 3
    assert facts.still_open.startswith("No decision has been made yet.")
    assert facts.policy == "nhs_round5"
    assert facts.baseline == ("wigan-55plus" if slug == "older-you" else "wigan-16plus")


@EVERY
def test_demonstration_says_that_it_is_one_and_whose_figures_it_borrows(slug):
    about = next(part for part in facts_of(slug).documents if part.slug == "about-this-demonstration")
    assert about.body.startswith(NOTICE)
    assert "We use the figures for Wigan from the 2021 census" in about.body


def test_outcome_has_five_parts_of_60_to_150_words():
    lengths = {name: len(text.split()) for name, text in facts_of("older-you").outcome.items()}
    assert list(lengths) == ["asked", "said", "did", "not_done", "next"]
    assert all(60 <= length <= 150 for length in lengths.values()), lengths
    assert facts_of("apms").outcome == facts_of("outpatients").outcome == {}


@EVERY
def test_every_way_of_answering_has_a_capacity(slug):
    facts = facts_of(slug)
    options = facts.questionnaire().question(facts.answering_question).options
    assert {option.code for option in options} == set(facts.respondent_types)
    assert facts.organisation_when == {"question": facts.answering_question, "codes": [5]}
    assert (
        words(facts.questionnaire().question(facts.answering_question).option(5).label)
        == "For an organisation or group"
    )


def test_contact_details_are_those_kept_for_fiction():
    assert TEAM["phone"].startswith("01632 960")
    assert TEAM["email"].endswith("@example.org")


# Words that the tests above share ----------------------------------------------------------------------------------------


def public_texts(slug):
    """Every text that a resident reads in a questionnaire and beside it."""
    facts = facts_of(slug)
    definition = facts.questionnaire()
    yield from (definition.title, facts.summary, facts.purpose, facts.still_open, *facts.asks, *facts.outcome.values())
    yield from (part.body for part in facts.documents)
    for question in definition.questions():
        labels = [part.label for part in (*question.options, *question.statements)]
        yield from (words(text) for text in (question.text, question.hint, question.short, *labels))
