"""Who is missing: only what published numbers tell is said, and what they leave open is named."""

import pytest

from equality.population import find_baseline
from exports.document import Paragraph, Table
from exports.not_heard import not_heard_sentences, who_took_part_sentence
from exports.participation import participation_document
from exports.population import FLAGS_EXPLAINED
from tests.builders import choice, questionnaire
from tests.consultations import open_consultation
from tests.exports.composed import BASELINE, FACTS, FEW, assessment_of, crowd, report_of
from tests.exports.respondents import close, results_now, send

pytestmark = pytest.mark.django_db

NOBODY_ASKED = (
    "By disability, race: ethnic group, religion or belief, sexual orientation, unpaid carers, armed forces veterans and "
    "deprivation of the area lived in, it cannot be told whether every group was heard from, because too few people answered."
)
NO_FIGURES = (
    "By pregnancy and maternity and gender reassignment, it cannot be told whether every group was heard from, because there "
    "is no population figure."
)


def answered(*people):
    """A closed consultation with so many people of each profile: `(number, equality)`."""
    consultation = open_consultation(questionnaire(choice("one")))
    for number, equality in people:
        for _ in range(number):
            send(consultation, {"one": 1}, equality=equality)
    return close(consultation)


def test_groups_nobody_answered_from_are_named_and_what_cannot_be_told_is_said():
    assert not_heard_sentences(results_now(crowd(FEW)), BASELINE) == (
        "Nobody answered from these groups: age (25 to 34, 35 to 44, 45 to 54, 55 to 64 and 75 to 84). "
        "That does not mean they have no concerns. Engage directly with them.",
        "By sex, somebody answered from every group that 5 people could be expected from.",
        "By age, it cannot be told whether every group was heard from, because a number is hidden.",
        NOBODY_ASKED,
        NO_FIGURES,
    )


def test_summary_does_not_reassure_where_a_hidden_number_leaves_it_open():
    ethnic = [(200, {"ethnic_group": "w_brit", "sex": "female"}), (190, {"ethnic_group": "w_brit", "sex": "male"})]
    consultation = answered(*ethnic, (5, {"ethnic_group": "a_indian"}), (4, {"ethnic_group": "m_wa"}))

    assert who_took_part_sentence(results_now(consultation), BASELINE) == (
        "Compared with the population by sex, no group stands out as missing. Nothing else could be compared. "
        "By race: ethnic group, it cannot be told of every group, because a number is hidden."
    )


def test_nothing_compared_says_so():
    consultation = answered((5, {"sex": "female"}))

    assert who_took_part_sentence(results_now(consultation), find_baseline("wigan-55plus")) == (
        "Nothing could be compared with the population in full, so it cannot be said who is missing."
    )


def documents_of(consultation):
    by_day = [(consultation.opens_at.date(), 150)]
    results = results_now(consultation)
    yield report_of(consultation)
    yield assessment_of(consultation)
    yield participation_document(results, FACTS, BASELINE, by_day=by_day, drafts=0)


def test_what_flags_mean_is_said_once_above_the_first_of_them():
    for document in documents_of(crowd(FEW)):
        blocks = [block for section in document.sections for block in section.blocks]
        said = [place for place, block in enumerate(blocks) if block == Paragraph(FLAGS_EXPLAINED)]
        flags = [place for place, block in enumerate(blocks) if isinstance(block, Table) and has_flags(block)]
        assert len(said) == 1
        assert said[0] < flags[0]


def has_flags(table):
    return any(column.heading == "What this says" for column in table.columns)


def test_flag_beside_a_hidden_number_says_that_it_does_not_hang_on_it():
    report = report_of(crowd(FEW))
    (ages,) = (b for s in report.sections if s.heading == "Age" for b in s.blocks if isinstance(b, Table))

    assert {row[0]: (row[1], row[-1]) for row in ages.rows} == {
        "Under 16": ("0", "outside this population"),
        "16 to 24": ("[c]", "fewer than expected, whatever the hidden number is"),
        "25 to 34": ("0", "not heard from"),
        "35 to 44": ("0", "not heard from"),
        "45 to 54": ("0", "not heard from"),
        "55 to 64": ("0", "not heard from"),
        "65 to 74": ("145", "more than expected"),
        "75 to 84": ("0", "not heard from"),
        "85 or over": ("0", "too few to say"),
    }


def test_those_who_skipped_are_not_said_to_have_stopped():
    consultation = answered((40, {"sex": "female"}), (30, {}), (20, {"sex": ""}))

    (told,) = (
        block.text
        for section in report_of(consultation).sections
        if section.heading == "Sex"
        for block in section.blocks
        if isinstance(block, Paragraph) and block.text.startswith("Of the people")
    )

    assert told == (
        "Of the people who took part, 40 answered this question, 20 left it blank and 30 skipped these questions or stopped "
        "before this one."
    )


def test_area_is_known_or_could_not_be_worked_out_and_is_never_left_blank():
    consultation = answered((40, {"deprivation": 1}), (20, {"deprivation": ""}), (30, {}))

    (told,) = (
        block.text
        for section in report_of(consultation).sections
        if section.heading == "Deprivation of the area lived in"
        for block in section.blocks
        if isinstance(block, Paragraph) and block.text.startswith("Of the people")
    )

    assert told == (
        "Of the people who took part, it is known for 40, 20 gave too little to work it out and 30 skipped these questions or "
        "stopped before this one."
    )
