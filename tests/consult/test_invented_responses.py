"""Invented responses: believable, on their route, fit to be taken, and the same for the same seed."""

from collections import Counter
from dataclasses import replace
from random import Random

import pytest

from consult.demonstration.comments import comments, unusual_comments
from consult.demonstration.facts import SLUGS, facts_of
from consult.demonstration.invented import VOICE, invented_responses, steering_keys
from consult.demonstration.opinions import OPINIONS
from consult.demonstration.people import AGES, invent_person
from equality.categories import decode, encode
from surveys.journey import journey
from surveys.kinds import KINDS
from surveys.marks import is_mark
from surveys.validation import check

EVERY = pytest.mark.parametrize("slug", SLUGS)
COUNT = 400
QUESTION_SET = "2026-1"


@pytest.fixture(scope="module")
def crowd():
    """`{slug: its responses}`, the number that `seed_demo` makes."""
    return {
        slug: list(invented_responses(facts_of(slug).questionnaire(), slug=slug, count=COUNT, random=Random(2027)))
        for slug in SLUGS
    }


@EVERY
def test_every_question_has_an_opinion_and_every_opinion_a_question(slug):
    assert set(OPINIONS[slug]) == {question.key for question in facts_of(slug).questionnaire().questions()}


@EVERY
def test_every_response_is_taken_whole(slug, crowd):
    definition = facts_of(slug).questionnaire()
    for response in crowd[slug]:
        on_paper = response.channel == "paper"
        checked = check(definition, response.answers, marks=on_paper, required=True)
        assert checked.problems == {}
        assert checked.dropped == ()
        assert checked.answers == response.answers


@EVERY
def test_same_seed_gives_the_same_responses_and_another_seed_others(slug, crowd):
    definition = facts_of(slug).questionnaire()
    again, others = (
        list(invented_responses(definition, slug=slug, count=COUNT, random=Random(seed))) for seed in (2027, 2028)
    )
    assert again == crowd[slug]
    assert others != crowd[slug]


def test_questionnaire_that_gains_a_language_is_given_the_same_answers_and_some_are_in_it(crowd):
    one = replace(facts_of("apms").questionnaire(), languages=("en",))
    before = list(invented_responses(one, slug="apms", count=COUNT, random=Random(2027)))

    assert [replace(response, language="en") for response in crowd["apms"]] == before
    assert {response.language for response in crowd["apms"]} == {"en", "pl", "ur"}


@EVERY
@pytest.mark.parametrize("count", [0, 1, 3, 17])
def test_any_number_of_responses_can_be_made(slug, count):
    definition = facts_of(slug).questionnaire()
    assert len(list(invented_responses(definition, slug=slug, count=count, random=Random(1)))) == count


@EVERY
def test_every_page_is_reached_by_somebody_and_nearly_every_option_chosen(slug, crowd):
    definition = facts_of(slug).questionnaire()
    reached = {step.page.key for response in crowd[slug] for step in journey(definition, response.answers).steps}
    assert reached == {page.key for page in definition.pages}


@EVERY
def test_responses_mix_channels_and_capacities(slug, crowd):
    channels = Counter(response.channel for response in crowd[slug])
    types = Counter(response.respondent_type for response in crowd[slug])
    assert set(channels) == {"online", "paper"}
    assert 0.08 < channels["paper"] / COUNT < 0.22
    assert 0.01 < types["organisation"] / COUNT < 0.07
    assert types["self"] > types["someone_else"] > 0
    assert types["staff"] > 0


@EVERY
def test_organisations_are_asked_no_equality_questions_and_some_people_skip_them(slug, crowd):
    organisations = [response for response in crowd[slug] if response.respondent_type == "organisation"]
    people = [response for response in crowd[slug] if response.respondent_type != "organisation"]
    assert all(response.equality == {} for response in organisations)
    assert 0.07 < sum(response.equality == {} for response in people) / len(people) < 0.18


@EVERY
def test_equality_answers_are_those_of_the_question_bank_and_lie_on_its_route(slug, crowd):
    for response in crowd[slug]:
        answers = {key: value for key, value in response.equality.items() if key != "postcode"}
        assert decode(encode(answers, QUESTION_SET), QUESTION_SET) == answers


@EVERY
def test_some_decline_some_leave_blank_and_the_three_states_are_all_there(slug, crowd):
    values = Counter(str(value) for response in crowd[slug] for value in response.equality.values())
    assert values["pnts"] > 20
    assert values[""] > 20
    assert any(0 < len(response.equality) < 6 for response in crowd[slug])


@EVERY
def test_marks_come_from_paper_and_only_from_paper(slug, crowd):
    marked = {response.channel for response in crowd[slug] if any(map(holds_mark, response.answers.values()))}
    assert marked == {"paper"}


@EVERY
def test_paper_forms_have_unreadable_answers_boxes_ticked_twice_and_blanks(slug, crowd):
    marks = Counter(
        value["mark"] for response in crowd[slug] for value in each_value(response.answers) if is_mark(value)
    )
    assert marks["illegible"] > 0
    assert marks["several"] > 0


@EVERY
def test_responses_come_in_order_with_a_rush_at_both_ends(slug, crowd):
    offsets = [response.submitted_offset for response in crowd[slug]]
    assert offsets == sorted(offsets)
    assert 0 <= offsets[0] <= offsets[-1] <= 1
    first, middle, last = (
        sum(low <= offset < high for offset in offsets) for low, high in ((0, 0.2), (0.4, 0.6), (0.8, 1))
    )
    assert first > 1.5 * middle
    assert last > 1.5 * middle


@EVERY
def test_campaign_is_25_people_with_nearly_one_text_within_a_few_days(slug, crowd):
    opening = comments()["campaigns"][slug]["text"][0].rstrip(".").lower()
    sent = [response for response in crowd[slug] if opening in str(response.answers.get(VOICE[slug], "")).lower()]
    texts = {response.answers[VOICE[slug]] for response in sent}
    assert len(sent) == 25
    assert 3 < len(texts) < 25
    assert sent[-1].submitted_offset - sent[0].submitted_offset < 0.3


@EVERY
def test_comments_that_break_careless_software_are_among_them(slug, crowd):
    written = [value for response in crowd[slug] for value in response.answers.values() if isinstance(value, str)]
    assert set(unusual_comments()) <= set(written)
    assert any(len(text) >= 2_900 for text in written)
    for start in ("=", "+44", "@", "-"):
        assert any(text.startswith(start) for text in written)
    for character in ('"', ",", "\n", "🙏", "ں", "Dwi'n", "ę", "<b>", "£"):
        assert any(character in text for text in written)


@EVERY
def test_comments_are_seldom_alike_outside_the_campaign(slug, crowd):
    opening = comments()["campaigns"][slug]["text"][0].rstrip(".").lower()
    texts = [
        value
        for response in crowd[slug]
        for value in response.answers.values()
        if isinstance(value, str) and len(value) > 60 and opening not in value.lower()
    ]
    assert len(texts) > 150
    assert len(set(texts)) / len(texts) > 0.9


@EVERY
def test_one_response_is_nearly_empty(slug, crowd):
    definition = facts_of(slug).questionnaire()
    required = {question.key for question in definition.questions() if question.required}
    assert any(set(response.answers) <= required for response in crowd[slug])


def test_older_people_are_over_represented_and_the_youngest_nearly_absent():
    random = Random(5)
    ages = Counter(invent_person(random).age for _ in range(4_000))
    shares = {age: ages[age] / 4_000 for age in AGES}
    assert shares["16_24"] < 0.02
    assert shares["65_74"] > 0.2
    assert shares["55_64"] + shares["65_74"] + shares["75_84"] > 0.55


def test_some_ethnic_groups_are_nearly_absent():
    random = Random(5)
    groups = Counter(invent_person(random).ethnic_group for _ in range(4_000))
    assert groups["w_brit"] > 3_500
    assert groups["a_bangladeshi"] == groups["w_roma"] == 0
    assert groups["b_caribbean"] < 12


@pytest.mark.parametrize("seed", ["1 apms", 2, 3, 4])
def test_people_oppose_closing_more_the_harder_it_is_for_them_to_go_elsewhere(seed):
    """The demonstration must have a difference between groups to find: no car, and the practice of the far estate."""
    responses = people_asked("apms", seed)
    ease = mean_by(responses, "a13", lambda answers: answers.get("a5") in (1, 3, 4, 5))
    closing = mean_by(responses, "a9.close", lambda answers: answers.get("a2") in (1, 6))
    assert ease[True] > ease[False] + 0.2
    assert closing[True] > closing[False] + 0.2


@pytest.mark.parametrize("seed", ["1 older-you", 2, 3, 4])
def test_outcome_page_says_what_the_invented_answers_say(seed):
    """The outcome page of Older You is written in advance: its claims must hold of the numbers beside it."""
    responses = people_asked("older-you", seed)
    answered = [value for response in responses if isinstance(value := response.answers.get("b13"), dict)]
    points = {
        line: Counter(value[line] for value in answered if isinstance(value.get(line), int))
        for line in ("team", "coordinator", "home", "local", "video")
    }
    support = {line: (counts[1] + counts[2]) / (counts[4] + counts[5]) for line, counts in points.items()}
    assert min(support[line] for line in ("team", "coordinator", "home", "local")) > 1.5
    assert 0.4 < support["video"] < 1.5
    assert commonest(responses, "b9") == "Getting help early, before a crisis"
    assert commonest(responses, "b14") == "I would rather see someone in person"


@EVERY
def test_every_answer_is_counted_under_its_own_code(slug, crowd):
    definition = facts_of(slug).questionnaire()
    for response in crowd[slug][:60]:
        route = journey(definition, response.answers)
        for question in route.questions():
            value = route.answers.get(question.key)
            if value is not None and not is_mark(value):
                assert KINDS[question.kind].codes(question, value)


@EVERY
def test_steering_questions_are_those_that_open_or_close_a_page_or_an_option(slug):
    expected = {
        "apms": "a1 a13 a15 a17 a2 a4 a9",
        "older-you": "b1 b13 b16 b4 b7",
        "outpatients": "c1 c13 c17 c2 c4 c6",
    }
    assert " ".join(sorted(steering_keys(facts_of(slug).questionnaire()))) == expected[slug]


# Words that the tests above share ----------------------------------------------------------------------------------------


def each_value(answers):
    """Every value, and every part of a group of statements."""
    for value in answers.values():
        yield value
        if isinstance(value, dict) and not is_mark(value):
            yield from value.values()


def holds_mark(value):
    return is_mark(value) or (isinstance(value, dict) and any(map(is_mark, value.values())))


def people_asked(slug, seed):
    return list(invented_responses(facts_of(slug).questionnaire(), slug=slug, count=COUNT, random=Random(seed)))


def commonest(responses, key):
    """The label of the option that most people ticked or ranked."""
    values = [value for response in responses if isinstance(value := response.answers.get(key), list)]
    code, _ = Counter(code for value in values for code in value).most_common(1)[0]
    return facts_of("older-you").questionnaire().question(key).option(code).label["en"]


def mean_by(responses, key, group):
    """The mean code (1 to 5) of an answer or a statement, by whether `group(answers)` holds."""
    question, _, line = key.partition(".")
    codes = {True: [], False: []}
    for response in responses:
        value = response.answers.get(question)
        value = value.get(line) if line and isinstance(value, dict) else value
        if isinstance(value, int) and value <= 5:
            codes[group(response.answers)].append(value)
    return {name: sum(values) / len(values) for name, values in codes.items()}
