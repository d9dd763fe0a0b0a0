"""The demonstration's equality assessment: what its invented equality lead wrote, and that its evidence bears it out."""

import pytest
from django.utils import timezone

from consult.demonstration import loading
from consult.demonstration.facts import SLUGS, facts_of
from consult.demonstration.judgements import AFTER, BEFORE, words_of
from consult.editions import published_edition
from consult.reports import composed
from exports.document import Table, Unwritten
from exports.judgements import CHAPTERS, EFFECT_WORDS, GROUPS, Effect
from tests.exports.composed import blocks_of
from tests.exports.respondents import demonstrated, results_now

PARTS = {part.key: part.is_effect for chapter in CHAPTERS for part in chapter.parts}


def test_every_part_is_written_before_the_report_and_an_effect_has_one_of_the_four():
    found = {slug: words_of(slug) for slug in SLUGS}

    assert {slug for slug, words in found.items() if words} == {"older-you"}
    written = found["older-you"]
    assert written[BEFORE].keys() == PARTS.keys()
    assert written[AFTER].keys() <= PARTS.keys()
    for key, (effect, words) in (*written[BEFORE].items(), *written[AFTER].items()):
        assert (effect in EFFECT_WORDS, bool(words)) == (PARTS[key], True), key


def test_effect_that_is_not_known_comes_with_something_to_do():
    written = words_of("older-you")[BEFORE]

    unknown = [key for key, (effect, _) in written.items() if effect == Effect.NOT_KNOWN]
    assert unknown
    assert all(written[key.replace(".effect", ".actions")][1] for key in unknown)


@pytest.mark.django_db
def test_demonstration_reads_like_a_finished_assessment_written_by_its_equality_lead():
    consultation = demonstrated("older-you", count=60)
    loading.load_publication(consultation, facts_of("older-you"), now=timezone.now())

    document = composed("eia", consultation, now=timezone.now())
    page = published_edition(consultation, "eia", "page").decode()

    assert blocks_of(document, Unwritten) == []
    table = next(block for block in blocks_of(document, Table) if block.caption.startswith("Effect on each group"))
    assert [row[0] for row in table.rows] == list(GROUPS.values())
    assert {row[2].partition(",")[0] for row in table.rows} == {"Efua Equality"}
    assert "Nobody has written" not in page
    assert "Illustrative data" in page
    assert "Not made when this was written" in page


@pytest.mark.django_db
def test_judgements_say_of_groups_only_what_the_evidence_of_the_demonstration_shows():
    results = results_now(demonstrated("older-you", count=400, seed=1))
    negative = {
        (by, words): shares_of(results, by, words)
        for by, words in (
            ("age", "video or phone"),
            ("age", "Confidence"),
            ("disabled", "video or phone"),
            ("disabled", "Confidence"),
            ("sex", "Confidence"),
            ("carer", "talked to each other"),
        )
    }

    for words in ("video or phone", "Confidence"):
        assert negative["age", words]["75 to 84"] > negative["age", words]["65 to 74"]
        assert negative["disabled", words]["Disabled"] > negative["disabled", words]["Not disabled"]
    assert negative["sex", "Confidence"]["Male"] > negative["sex", "Confidence"]["Female"]
    talked = negative["carer", "talked to each other"]
    assert talked["Gives unpaid care"] > talked["Gives no unpaid care"]


def shares_of(results, by, words):
    """Of each group whose numbers are shown, the share of the two most negative answers to a question: `{group: 0 to 1}`."""
    summary = next(
        summary
        for _, summaries in results.questions_of_people()
        for summary in summaries
        if summary.chart == "scale" and words in results.title_of(summary)
    )
    table, found = results.table(summary, by=by), {}
    lines = [place for place, line in enumerate(summary.lines) if not line.aside][-2:]
    for place, group in enumerate(table.columns):
        numbers = [table.cells[line][place].value for line in lines]
        if None not in numbers and table.column_totals[place].value:
            found[group] = sum(numbers) / table.column_totals[place].value
    return found
