"""The results of a rehearsal: invented answers are counted and released exactly as answers that were sent."""

import pytest

from equality.categories import reported_characteristics
from equality.rehearsal import invented_profiles
from exports.comments import comments_section, what_people_wrote
from exports.organisations import organisation_sections
from exports.rehearsed import rehearsed_results
from exports.results import INDIVIDUALS, ORGANISATIONS
from surveys.models import Response
from surveys.rehearsal import rehearse
from tests.builders import (
    choice,
    comment,
    for_each,
    number,
    page,
    question,
    questionnaire,
    scale,
    several,
    statements,
    when,
)
from tests.consultations import open_consultation
from tests.exports.respondents import let_through, results_now, send

pytestmark = pytest.mark.django_db

FORM = questionnaire(
    choice(
        "who", "For myself", "For a group", settings={"capacity": {"1": "self", "2": "organisation"}}, required=True
    ),
    page("name", question("name", "short_text", settings={"purpose": "organization"}), shown_if=when("who", 2)),
    several("parks", "Street", "Drive", "Garage"),
    page("cost", number("cost", min=0, max=9), repeat=for_each("parks", most=2)),
    scale("easy"),
    statements("plan"),
    comment("why"),
)


def rehearsed(policy="nhs_round5", *, people=80):
    rehearsal = rehearse(FORM, most=people, fewest=people)
    return rehearsal, rehearsed_results(FORM, rehearsal, policy=policy, question_set="2026-1")


@pytest.mark.parametrize("policy", ["nhs_round5", "exact"])
def test_invented_answers_give_the_tables_that_the_same_answers_sent_would_give(policy):
    rehearsal, invented = rehearsed(policy)
    consultation = open_consultation(FORM, policy=policy)
    for person in rehearsal.people:
        send(consultation, person.answers)
    sent = results_now(consultation)

    asked = [
        (summary, group) for _, found in sent.questions() for summary in found for group in (INDIVIDUALS, ORGANISATIONS)
    ]
    assert len(asked) >= 20
    assert [invented.count_table(summary, group=group) for summary, group in asked] == [
        sent.count_table(summary, group=group) for summary, group in asked
    ]
    assert [invented.table(summary, group=ORGANISATIONS) for summary, _ in asked] == [
        sent.table(summary, group=ORGANISATIONS) for summary, _ in asked
    ]
    assert (invented.channel_table(), invented.capacity_table()) == (sent.channel_table(), sent.capacity_table())
    written = [what_people_wrote(results) for results in (invented, sent)]
    assert written[0] == written[1]
    assert list(comments_section(invented, written[0])) == list(comments_section(sent, written[1]))
    assert list(organisation_sections(invented, written[0].common)) == list(
        organisation_sections(sent, written[1].common)
    )


def test_rehearsal_leaves_no_response():
    rehearsed()

    assert not Response.objects.exists()


def test_profile_is_invented_for_people_and_for_no_organisation(monkeypatch):
    let_through(monkeypatch)
    rehearsal, results = rehearsed()
    people = sum(person.answers["who"] == 1 for person in rehearsal.people)

    for characteristic in reported_characteristics("2026-1"):
        base = results.profile_base_table(characteristic)
        assert sum(row[0] for row in base.counts) == people
        assert sum(row[0] for row in results.profile_table(characteristic).counts) == base.counts[0][0], characteristic
        assert base.counts[0][0] > 0, characteristic


def test_small_numbers_of_a_rehearsal_are_hidden():
    _, results = rehearsed()

    tables = [
        results.table(summary, by=characteristic.key)
        for _, found in results.questions_of_people()
        for summary in found
        for characteristic in results.characteristics
    ]
    shown = {cell.shown for table in tables for cells in table.cells for cell in cells}
    assert "[c]" in shown
    assert {int(text) for text in shown - {"[c]"}} <= {0, *range(10, 81, 5)}


def test_invented_profiles_are_the_same_each_time_and_of_every_sort():
    profiles = invented_profiles("2026-1", 400)

    assert profiles == invented_profiles("2026-1", 400)
    assert profiles != invented_profiles("2026-1", 400, seed=2)
    assert len(set(profiles)) > 300
    assert 20 < sum(not any(profile) for profile in profiles) < 80
