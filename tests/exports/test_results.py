"""Every number that leaves is the number of people: the running counts against counting one response at a time."""

from datetime import timedelta
from itertools import count

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from consult.models import LinkKey
from consult.reports import subject_of
from consult.services import publish_questionnaire
from consult.submission import save_equality
from equality.disclosure import ReleasedTable
from exports.counting import ORGANISATIONS
from surveys.definition import Option
from surveys.definition_json import to_json
from surveys.models import Response
from surveys.responses import rebuilt_codes, withdraw_response
from tests.builders import (
    choice,
    comment,
    for_each,
    number,
    options,
    page,
    question,
    questionnaire,
    ranking,
    scale,
    several,
    statements,
    when,
    when_any,
)
from tests.consultations import open_consultation
from tests.exports.respondents import (
    asked_questions,
    counted,
    demonstrated,
    let_through,
    plain_base,
    plainly_counted,
    results_now,
    send,
)

SLUGS = ("apms", "older-you", "outpatients")
NUMBERS = count(1)


def people_only(tables):
    """Without the tables of organisations by characteristic, which are never made."""
    return {key: rows for key, rows in tables.items() if key[2] is None or key[3] == "people"}


@pytest.mark.django_db
@pytest.mark.parametrize("slug", SLUGS)
def test_every_table_of_the_demonstration_holds_what_counting_its_documents_one_by_one_gives(slug, monkeypatch):
    let_through(monkeypatch)
    consultation = demonstrated(slug, count=90)

    assert counted(consultation) == people_only(plainly_counted(consultation, results_now(consultation)))


@pytest.mark.django_db
@pytest.mark.parametrize("slug", SLUGS)
def test_every_base_of_the_demonstration_says_what_became_of_everybody_asked(slug, monkeypatch):
    let_through(monkeypatch)
    consultation = demonstrated(slug, count=60)
    results = results_now(consultation)

    for question_, _ in results.questions():
        for group, name in ((1, "people"), (ORGANISATIONS, "organisations")):
            table = results.base_table(question_, group=group)
            found = {label: cells[0] for label, cells in zip(table.rows, table.counts, strict=True) if cells[0]}
            assert (question_.key, name, found) == (
                question_.key,
                name,
                plain_base(consultation, question_.key, name),
            )


def everything():
    """A questionnaire with every kind that is counted, filtered options, a repeated page, and keys that equality uses too."""
    yes_no = options("Yes", "No", prefer_not_to_say="Prefer not to say")
    services = options("Eyes", "Skin", "Joints", none="None of these")
    only_if_yes = Option(4, {"en": "Only for yes"}, shown_if=when("age", 1))
    return questionnaire(
        question("age", options=yes_no, required=True),
        scale("group", shown_if=when("age", 1)),
        question("colours", "several_choices", options=(only_if_yes, *options("Red", "Green"))),
        question("hidden", "several_choices", options=(only_if_yes, Option(5, {"en": "No"}, shown_if=when("age", 2)))),
        statements("changes", "a", "b"),
        ranking("matters"),
        number("visits", min=0, max=50, bands=[[0, 0], [1, 5], [6, 20]]),
        question("when", "date", settings={"years": [2026, 2027]}),
        question("seen", "several_choices", options=services),
        page("each", scale("how"), comment("why"), repeat=for_each("seen", most=2), shown_if=when_any("seen", 1, 2, 3)),
        question("where", "postcode"),
    )


ANSWERS = st.fixed_dictionaries(
    {"age": st.sampled_from([1, 2, 3])},
    optional={
        "group": st.integers(1, 6),
        "colours": st.lists(st.sampled_from([1, 2, 4]), min_size=1),
        "hidden": st.sampled_from([[4], [5]]),
        "changes": st.fixed_dictionaries({}, optional={"a": st.integers(1, 6), "b": st.integers(1, 6)}),
        "matters": st.permutations([1, 2, 3, 4]).map(lambda codes: list(codes[:2])),
        "visits": st.integers(0, 50),
        "when": st.sampled_from(["2026-03-01", "2027-05", "2019"]),
        "seen": st.sampled_from([[1], [1, 3], [1, 2, 3], [4]]),
        "how@1": st.integers(1, 6),
        "how@3": st.integers(1, 6),
        "why@1": st.just("Because"),
        "where": st.sampled_from(["NB1 4AA", "WN7"]),
    },
)
EQUALITY = st.fixed_dictionaries(
    {},
    optional={
        "age": st.sampled_from(["16_24", "65_74", "pnts", ""]),
        "sex": st.sampled_from(["female", "male", "pnts"]),
        "disability": st.sampled_from(["no", "pnts"]),
    },
)
PEOPLE = st.lists(st.tuples(ANSWERS, EQUALITY), max_size=12)


def in_order(answers):
    """Answers without those to options that this person is not offered: a form could not have sent them."""
    kept = dict(answers)
    offered = {1: {4}, 2: {5}, 3: set()}[kept["age"]]
    if not set(kept.get("hidden", ())) & offered:
        kept.pop("hidden", None)
    if 4 in kept.get("colours", ()) and kept["age"] != 1:
        kept["colours"] = [code for code in kept["colours"] if code != 4] or [1]
    return kept


@pytest.mark.django_db
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(people=PEOPLE)
def test_any_answers_to_any_kind_of_question_are_counted_as_by_hand(people, monkeypatch):
    let_through(monkeypatch)
    consultation = open_consultation(everything(), slug=f"plan-{next(NUMBERS)}")
    for answers, equality in people:
        send(consultation, in_order(answers), equality=equality)

    assert counted(consultation) == plainly_counted(consultation, results_now(consultation))


@pytest.mark.django_db
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    people=PEOPLE.filter(bool),
    steps=st.lists(st.sampled_from(["withdraw", "recode", "erase", "look", "late"]), max_size=8),
)
def test_keeping_up_with_whatever_happens_gives_what_counting_from_the_beginning_gives(people, steps, monkeypatch):
    let_through(monkeypatch)
    consultation = open_consultation(everything(), slug=f"plan-{next(NUMBERS)}")
    now, held_back = timezone.now(), []
    for answers, equality in people:
        response = send(consultation, in_order(answers), equality=equality, now=now - timedelta(minutes=5))
        if "late" in steps and not held_back:
            # As on PostgreSQL, where a transaction that began first may commit last.
            held_back.append(response)
            Response.objects.filter(pk=response.pk).delete()
        counted(consultation, now=now)

    for number_, step in enumerate(steps):
        happens(step, consultation, held_back)
        # A page that staff look at may be a few seconds behind; a report never is.
        now += timedelta(seconds=number_ + 11 * (number_ % 2))
        assert counted(consultation, now=now, fresh=number_ % 2 == 0) == plainly_counted(
            consultation, results_now(consultation)
        )


def happens(step, consultation, held_back):
    """One thing that can happen to responses which have been counted."""
    there = Response.objects.filter(version__questionnaire=consultation.questionnaire_id, status="counted").order_by(
        "id"
    )
    if step == "late" and held_back:
        held_back.pop().save(force_insert=True)
    elif not there:
        return
    elif step == "withdraw":
        withdraw_response(there.first())
    elif step == "erase":
        there.last().delete()
    elif step == "recode":
        change(there.last(), {"age": 2})


def change(response, answers):
    """Edit a counted response as a correction does: its document, its codes, and the change counter."""
    last = max(Response.objects.exclude(changed_seq=None).values_list("changed_seq", flat=True), default=0)
    response.answers, response.changed_seq = answers, last + 1
    response.codes = rebuilt_codes(response)
    response.save()


@pytest.mark.django_db
def test_questions_keyed_like_characteristics_are_not_mistaken_for_them(monkeypatch):
    let_through(monkeypatch)
    consultation = open_consultation(questionnaire(choice("age", "Old", "Young"), choice("group"), choice("sex")))
    send(consultation, {"age": 2, "group": 1, "sex": 2}, equality={"age": "65_74", "sex": "female"})

    tables = counted(consultation)

    assert tables["age", "", None, "people"] == {"Young": {"All responses": 1}}
    assert tables["age", "", "age", "people"] == {"Young": {"65 to 74": 1}}
    assert tables["group", "", "sex", "people"] == {"Yes": {"Female": 1}}


@pytest.mark.django_db
def test_two_versions_are_counted_together_and_what_the_second_left_out_is_still_reported(monkeypatch):
    let_through(monkeypatch)
    consultation = open_consultation(
        questionnaire(several("seen", "Eyes", "Skin"), choice("old"), number("visits", bands=[[0, None]]))
    )
    send(consultation, {"seen": [1, 2], "old": 1, "visits": 3})
    counted(consultation)
    reworded = questionnaire(
        question("seen", "several_choices", options=(Option(3, {"en": "Ears"}), Option(2, {"en": "Your skin"}))),
        number("visits", bands=[[0, 2], [3, None]]),
        choice("new"),
    )
    consultation.questionnaire.draft = to_json(reworded)
    consultation.questionnaire.save()
    publish_questionnaire(consultation, by="a test", now=timezone.now())
    send(consultation, {"seen": [3, 2], "visits": 1, "new": 2})

    tables = counted(consultation)
    results = results_now(consultation)

    assert {key[0]: rows for key, rows in tables.items() if key[2] is None} == {
        "seen": {
            "Ears": {"All responses": 1},
            "Your skin": {"All responses": 2},
            "Eyes": {"All responses": 1},
        },
        "visits": {"0 to 2": {"All responses": 1}, "3 or more": {"All responses": 1}},
        "new": {"No": {"All responses": 1}},
        "old": {"Yes": {"All responses": 1}},
    }
    assert results.table(summary_of(results, "seen")).bases == (2,)


def summary_of(results, key, place=0):
    return dict((question_.key, summaries) for question_, summaries in results.questions())[key][place]


@pytest.mark.django_db
def test_organisations_are_counted_apart_and_no_profile_is_ever_looked_up_for_one(monkeypatch):
    let_through(monkeypatch)
    answering = question(
        "who", options=options("For me", "For a group"), settings={"capacity": {"1": "self", "2": "organisation"}}
    )
    consultation = open_consultation(questionnaire(answering, choice("support")))
    send(consultation, {"who": 1, "support": 1}, equality={"sex": "female"})
    send(consultation, {"who": 2, "support": 2}, equality={"sex": "male"})

    tables = counted(consultation)
    results = results_now(consultation)

    assert tables["support", "", None, "people"] == {"Yes": {"All responses": 1}}
    assert tables["support", "", None, "organisations"] == {"No": {"All responses": 1}}
    assert tables["support", "", "sex", "people"] == {"Yes": {"Female": 1}}
    sex = next(c for c in results.characteristics if c.key == "sex")
    assert results.profile_table(sex).counts == ((1,), (0,))


@pytest.mark.django_db
def test_profile_that_grows_after_sending_is_seen_within_a_minute_and_at_once_by_a_report(monkeypatch):
    let_through(monkeypatch)
    consultation = open_consultation()
    now = timezone.now()
    response = send(consultation, {"support": 2, "visits": 1}, now=now)
    counted(consultation, now=now)
    save_equality(consultation, submission_key=response.submission_key, answers={"sex": "female"})
    by_sex = ("support", "", "sex", "people")

    soon = counted(consultation, now=now + timedelta(seconds=30))
    for_a_report = counted(consultation, now=now + timedelta(seconds=31), fresh=True)
    later = counted(consultation, now=now + timedelta(seconds=92))

    assert by_sex not in soon
    assert for_a_report[by_sex] == later[by_sex] == {"No": {"Female": 1}}


@pytest.mark.django_db
def test_profile_that_grew_long_after_the_last_look_is_seen(monkeypatch):
    let_through(monkeypatch)
    consultation = open_consultation()
    now = timezone.now()
    response = send(consultation, {"support": 2, "visits": 1}, now=now)
    counted(consultation, now=now + timedelta(minutes=1))
    save_equality(consultation, submission_key=response.submission_key, answers={"sex": "male"})

    tables = counted(consultation, now=now + timedelta(days=20))

    assert tables["support", "", "sex", "people"] == {"No": {"Male": 1}}


@pytest.mark.django_db
def test_results_of_a_report_stand_still_while_responses_come_in(monkeypatch):
    let_through(monkeypatch)
    consultation = open_consultation()
    send(consultation, {"support": 2, "visits": 1})
    report, page_ = results_now(consultation, fresh=True), results_now(consultation)
    send(consultation, {"support": 2, "visits": 1})
    results_now(consultation)

    tables = [results.table(summary_of(results, "support")) for results in (report, page_)]

    assert [table.counts for table in tables] == [((0,), (1,)), ((0,), (2,))]


@pytest.mark.django_db
def test_only_the_gate_makes_tables_and_all_that_it_hands_out_are_released():
    consultation = demonstrated("apms", count=40)
    results = results_now(consultation)
    characteristic = results.characteristics[0]
    handed_out = [
        results.channel_table(),
        results.capacity_table(),
        results.profile_table(characteristic),
        results.profile_base_table(characteristic),
        *results.asked_and_answered(asked_questions(consultation)[0]),
        *(results.base_table(question_) for question_, _ in results.questions()),
        *(
            results.table(summary, by=characteristic.key)
            for _, summaries in results.questions()
            for summary in summaries
        ),
    ]

    kinds = {type(thing).__name__ for thing in handed_out}

    assert kinds == {"ReleasedTable", "ReleasedCell"}


@pytest.mark.django_db
def test_tables_of_true_numbers_have_one_total_with_those_who_did_not_say():
    consultation = open_consultation(policy="exact")
    for place in range(60):
        sex = {"sex": ("female", "male")[place % 2]} if place < 40 else None
        send(consultation, {"support": 2, "visits": place % 2}, equality=sex)
    results = results_now(consultation)
    summary = summary_of(results, "support")

    overall, by_sex = results.table(summary), results.table(summary, by="sex")

    assert isinstance(by_sex, ReleasedTable)
    assert by_sex.columns == ("Female", "Male", "Did not say")
    assert [cell.shown for cell in by_sex.column_totals] == ["20", "20", "20"]
    assert by_sex.grand_total == overall.grand_total


@pytest.mark.django_db
def test_without_the_link_key_results_are_whole_and_nothing_is_set_against_anybody():
    consultation = demonstrated("apms", count=60)
    before = results_now(consultation)
    overall = [before.table(summary) for _, summaries in before.questions() for summary in summaries]
    LinkKey.objects.filter(consultation=consultation).delete()
    consultation.refresh_from_db()

    after = results_now(consultation)

    assert subject_of(consultation).link_of is None
    assert [after.table(summary) for _, summaries in after.questions() for summary in summaries] == overall
    assert (after.is_linked, after.characteristics) == (False, ())
    assert not after.counts.profiles.matrix.any()


@pytest.mark.django_db
def test_consultation_whose_questionnaire_was_never_published_has_no_tables():
    consultation = open_consultation()
    consultation.questionnaire.versions.all().delete()

    results = results_now(consultation)

    assert results.questions() == []
    assert results.people_shown() == "0"
