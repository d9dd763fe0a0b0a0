"""The equality assessment's summary: evidence, and parts that only people write."""

import re
from dataclasses import replace

import pytest

from consult.models import LinkKey
from equality.disclosure import POLICIES, CountTable, release
from equality.representation import Flag
from exports.assessment import EVIDENCE, NOT_ASKED_ABOUT, compose_assessment
from exports.comparing import Comparison, Sides, careful_p, comparisons, published_sides, two_sides
from exports.contrast_tests import HOW_TESTED, p_shown
from exports.contrasts import (
    HOW_TO_READ,
    NOTHING_STANDS_OUT,
    STAND_OUT,
    STAND_OUT_AS_ROUNDED,
    Compared,
    by_chance,
    told_in_words,
)
from exports.document import Bullets, Definitions, Inset, Paragraph, Strong, Table, Unwritten, plain_text
from exports.findings import scale_points
from exports.judged import chapter_blocks
from exports.judgements import CHAPTER_OF, CHAPTERS, GROUPS, Written, gaps, how_many_judged, how_much_written
from exports.population import groups_of, published_flag
from exports.results import Results
from exports.wording import INDICATIVE, JUDGEMENT, UNLINKED
from surveys.analysis.significance import compare_groups, holm
from tests.exports.composed import (
    BASELINE,
    CLAIMS,
    FACTS,
    FEW,
    assessment_of,
    blocks_of,
    crowd,
    own_words_of,
    texts_of,
)
from tests.exports.respondents import demonstrated, results_now

pytestmark = pytest.mark.django_db
SLUGS = ("apms", "older-you", "outpatients")
NHS = POLICIES["nhs_round5"]

JUDGED = re.compile(
    r"\b(positive|negative|neutral|mixed) (effect|impact)|\bimpact(s)? on\b|\bscore\b|\blikelihood\b|\bseverity\b|\bhigh risk\b"
    r"|no concerns\b(?!\.? Engage)|\bno difference\b(?!\.)|\brepresent",
    re.IGNORECASE,
)
"""Words of judgement, which are a person's to write."""
QUESTION_TITLES = re.compile(r"Overall effect")


@pytest.mark.parametrize("slug", SLUGS)
def test_assessment_of_the_demonstration_claims_nothing_and_judges_nothing(slug):
    words = own_words_of(assessment_of(demonstrated(slug, count=120)))
    allowed = (JUDGEMENT, INDICATIVE, HOW_TESTED)

    assert [text for text in words if CLAIMS.search(text)] == []
    assert [text for text in words if JUDGED.search(text) and text not in allowed and "does not" not in text] == []


def test_every_part_that_nobody_wrote_says_so_in_words_and_nothing_fills_it():
    document = assessment_of(crowd(FEW))
    unwritten = {
        section.heading: [block.label for block in section.blocks if isinstance(block, Unwritten)]
        for section in document.sections
        if section.heading.endswith(": the effect, and what will be done")
    }

    assert unwritten == {
        f"{group}: the effect, and what will be done": [
            "Effect: better, no change, worse or not known, and why",
            "What we will do, who will do it and by when",
            "What we do not know yet, and how we will find out",
        ]
        for group in GROUPS.values()
    }
    assert {block.words for block in blocks_of(document, Unwritten)} == {"Nobody has written this part."}


def test_parts_of_nobody_stand_for_the_owner_the_aims_the_decision_and_the_sign_off():
    labels = [block.label for block in blocks_of(assessment_of(crowd(FEW)), Unwritten)]

    assert labels[:5] == [
        "Who owns this assessment",
        "Stage: before, during or after the decision",
        "Eliminate discrimination, harassment, victimisation and other conduct the Act prohibits",
        "Advance equality of opportunity between people who share a characteristic and people who do not",
        "Foster good relations between people who share a characteristic and people who do not",
    ]
    assert labels[-6:] == [
        "How the options bear on people who belong to several of these groups",
        "Chances to advance equality that the options bring",
        "Due regard: what the decision-maker considered, in their own words",
        "The decision: go on, change or stop, and why",
        "Signed, role and date",
        "Date of review",
    ]


def test_assessment_in_which_nothing_is_written_says_so_before_the_evidence():
    overview = assessment_of(crowd(FEW)).sections[1]

    assert overview.heading == "What people judged the effects to be"
    assert [plain_text(block.text) for block in overview.blocks] == [
        "Only people judge what the effect on a group is. The service chooses no effect and scores nothing.",
        "This assessment is not finished. This is how it stood on Tuesday 1 June 2027. None of the 47 parts is written. "
        "No judgement on: Age, Disability, Gender reassignment, Marriage and civil partnership, Pregnancy and maternity, Race, "
        "Religion or belief, Sex, Sexual orientation, Carers, Armed forces veterans and People in more deprived areas. "
        "Something is not written under: “About this assessment”, “The three aims of the public sector equality duty”, "
        "“Groups together, and chances to do better” and “Decision and sign-off”. "
        "A part that is not written says nothing about what was decided or will be.",
    ]


def test_what_people_wrote_stands_with_their_names_and_their_effects_in_one_table():
    efua = {"by": "Efua Equality", "on": "Monday 31 May 2027"}
    judgements = {
        "sex.effect": Written("Fewer men can come.", effect="worse", **efua),
        "sex.actions": Written("Open late.\nBy July.", **efua),
        "sex.unknown": Written("Nothing.", **efua),
        "race.actions": Written("Ask.", by="Leah Lead", on="Tuesday 1 June 2027"),
    }
    facts = replace(FACTS, judgements=judgements)
    document = compose_assessment(results_now(crowd(FEW)), facts, BASELINE)
    sections = {section.heading: section for section in document.sections}

    assert sections["Sex: the effect, and what will be done"].blocks == (
        Definitions(
            (
                (
                    "Effect: better, no change, worse or not known, and why",
                    (Strong("Worse."), "\n", "Fewer men can come."),
                ),
            )
        ),
        Definitions((("What we will do, who will do it and by when", ("Open late.\nBy July.",)),)),
        Definitions((("What we do not know yet, and how we will find out", ("Nothing.",)),)),
        Definitions((("Written by", "Efua Equality on Monday 31 May 2027"),)),
    )
    overview = sections["What people judged the effects to be"]
    assert overview.blocks[1].rows[5:9] == (
        ("Race", "Not written", "Nobody yet"),
        ("Religion or belief", "Not written", "Nobody yet"),
        ("Sex", "Worse", "Efua Equality, Monday 31 May 2027"),
        ("Sexual orientation", "Not written", "Nobody yet"),
    )
    assert "43 of 47 parts are not written." in plain_text(overview.blocks[2].text)


def test_parts_of_two_people_are_each_signed():
    written = {
        "about.owner": Written("The board.", by="Efua Equality", on="Monday 31 May 2027"),
        "about.stage": Written("Before.", by="Leah Lead", on="Tuesday 1 June 2027"),
    }

    assert list(chapter_blocks(CHAPTER_OF["about"], written)) == [
        Definitions(
            (("Who owns this assessment", ("The board.", "\nWritten by Efua Equality on Monday 31 May 2027.")),)
        ),
        Definitions(
            (
                (
                    "Stage: before, during or after the decision",
                    ("Before.", "\nWritten by Leah Lead on Tuesday 1 June 2027."),
                ),
            )
        ),
    ]


@pytest.mark.parametrize(
    "groups, said",
    [
        ([], "None of the 12 groups has a judgement yet."),
        (["age", "sex"], "10 of 12 groups have no judgement yet."),
        ([key for key in GROUPS if key != "age"], "1 of 12 groups has no judgement yet."),
        (list(GROUPS), "All 12 groups have a judgement."),
    ],
)
def test_groups_without_a_judgement_are_counted_in_words(groups, said):
    written = {f"{key}.effect": Written("Why.", by="Efua", on="Monday", effect="better") for key in groups}

    assert how_many_judged(written) == said


def test_nothing_is_said_to_be_missing_once_all_of_it_is_written():
    written = {part.key: Written("Words.", by="Efua", on="Monday") for chapter in CHAPTERS for part in chapter.parts}

    assert (gaps(written), how_much_written(written)) == ("", "All 47 parts are written.")


def test_every_group_of_the_document_has_its_evidence():
    assert EVIDENCE.keys() == GROUPS.keys()


def test_fixed_words_on_whose_judgement_it_is_open_and_close_the_document():
    document = assessment_of(crowd(FEW))

    assert JUDGEMENT == (
        "This is evidence to inform an assessment. "
        "The assessment and the duty to have due regard rest with the decision-maker."
    )
    decision = next(section for section in document.sections if section.heading == "Decision and sign-off")
    assert document.sections[0].blocks[0] == decision.blocks[-1] == Inset(JUDGEMENT)


def test_group_that_nobody_was_asked_about_has_no_evidence_and_is_to_be_found_out_about():
    sections = {section.heading: section for section in assessment_of(crowd(FEW)).sections}

    assert sections["Marriage and civil partnership: who we heard from"].blocks == (Paragraph(NOT_ASKED_ABOUT),)
    assert sections["Marriage and civil partnership: what was different"].blocks == (
        Paragraph("Nothing can be said from this consultation. Find out in another way."),
    )


def test_groups_with_hidden_numbers_are_named_as_those_to_engage_with():
    sections = {section.heading: section for section in assessment_of(crowd(FEW)).sections}

    assert sections["Age: who we heard from"].blocks[-1] == Paragraph(
        "The numbers of these groups are hidden to protect people: 16 to 24. Engage directly with them."
    )


def test_comparison_is_made_of_published_numbers_with_those_that_stand_out_first():
    sections = {section.heading: section for section in assessment_of(crowd(FEW)).sections}
    lead, bullets, table, missing = sections["Sex: what was different"].blocks

    assert (lead, isinstance(table, Table)) == (Paragraph(STAND_OUT), True)
    assert [plain_text(item) for item in bullets.items] == [
        "What about how?: 100% of “Female” said “very easy” or “easy” (base: 85). "
        "That is 46 points more than of everyone else, of whom 54% did (base: 65)."
    ]
    assert table.rows == (("What about how?", "Female", "85", "100%", "54%", "+46", "Unlikely"),)
    assert table.notes[:2] == (HOW_TO_READ, INDICATIVE)
    assert missing.rows == (("What about how?", "None", "2 hidden"),)


def test_both_ends_of_a_scale_are_compared_and_no_two_columns_have_one_heading():
    sections = {section.heading: section for section in assessment_of(crowd((40, 20, 30, 40, 0))).sections}

    _, bullets, positive, negative = sections["Sex: what was different"].blocks

    assert len(bullets.items) == 2
    assert positive.rows == (("What about how?", "Female", "60", "100%", "43%", "+57", "Unlikely"),)
    assert negative.rows == (("What about how?", "Female", "60", "0%", "57%", "−57", "Unlikely"),)
    assert len({column.heading for column in positive.columns}) == len(positive.columns)


def test_nothing_is_compared_where_either_side_has_fewer_than_thirty():
    sections = {section.heading: section for section in assessment_of(crowd((20, 20, 10, 10, 0))).sections}

    (paragraph,) = sections["Sex: what was different"].blocks

    assert paragraph.text.startswith("No comparison can be made: it takes at least 30 people in a group")


def test_gender_reassignment_is_context_only():
    sections = {section.heading: section for section in assessment_of(demonstrated("apms", count=60)).sections}

    assert sections["Gender reassignment: what was different"].blocks == (
        Paragraph("Differences are not calculated here: the question is under national review."),
    )
    assert not any(
        "% of population" in text
        for block in sections["Gender reassignment: who we heard from"].blocks
        if isinstance(block, Table)
        for text in (column.heading for column in block.columns)
    )


def test_assessment_without_the_link_key_says_so_for_every_group():
    consultation = crowd(FEW)
    LinkKey.objects.filter(consultation=consultation).delete()
    consultation.refresh_from_db()

    document = assessment_of(consultation)

    assert sum(text == UNLINKED for text in texts_of(document)) == 1 + len(GROUPS)
    assert blocks_of(document, Unwritten)


def table_of(counts, *, bases=None, columns=("A", "B")):
    """A released table of numbers large enough to be shown."""
    rows = tuple(f"row {place}" for place in range(len(counts)))
    table = CountTable(title="", question="q", rows=rows, columns=columns, counts=counts, by="Group", bases=bases)
    return release(table, NHS)


def test_people_of_whom_nothing_is_known_are_neither_a_group_nor_everyone_else():
    table = table_of([[40, 30, 100], [20, 50, 100]], columns=("A", "B", "Did not say"))

    ((found,),) = comparisons(table, ends=[[0]])

    assert (found.category, found.group_share, found.others_share, found.difference) == ("A", 67, 38, 29)


def test_rounded_numbers_never_count_somebody_twice():
    # 33 and 33 of 66 become 35 and 35 of 65.
    table = table_of([[33, 40], [33, 41], [0, 20]])

    sides = two_sides(table, [0, 1], 0)

    assert sides == Sides(people=65, base=65, other_people=80, others=100, off=4, others_off=4)


def test_what_is_left_of_a_total_after_rounding_is_compared_only_where_it_is_more_than_rounding():
    table = table_of([[23, 0, 0], [170, 60, 60]], columns=("A", "B", "C"))

    assert [cell.shown for cell in (table.cells[0][0], table.row_totals[0])] == ["25", "25"]
    assert published_sides(table, [0], 0) is None
    assert published_sides(table, [1], 0) is None


@pytest.mark.parametrize(
    "sides, chance",
    [
        (Sides(40, 80, 38, 80, off=2, others_off=2), 1.0),
        (Sides(38, 80, 40, 80, off=2, others_off=2), 1.0),
        (Sides(80, 80, 40, 80, off=0, others_off=0), compare_groups(80, 80, 40, 80).p),
        (Sides(60, 80, 40, 80, off=2, others_off=4), compare_groups(58, 80, 44, 80).p),
        (Sides(40, 80, 60, 80, off=2, others_off=4), compare_groups(42, 80, 56, 80).p),
    ],
)
def test_difference_is_judged_as_small_as_rounding_may_have_hidden(sides, chance):
    assert careful_p(sides) == chance


def test_hidden_number_takes_part_in_no_comparison():
    table = table_of([[40, 3], [40, 60]])

    assert comparisons(table, ends=[[0]]) == [[]]


def test_holm_is_over_the_groups_and_the_ends_of_one_table():
    table = table_of([[40, 25, 40], [10, 10, 10], [15, 40, 30]], columns=("A", "B", "C"))

    alone = comparisons(table, ends=[[0]])[0]
    both = comparisons(table, ends=[[0], [2]])
    plain = [compare_groups(*sides).p for sides in SIX_PAIRS]

    assert [found.adjusted_p for found in alone] == pytest.approx(holm(plain[:3]))
    assert [found.adjusted_p for end in both for found in end] == pytest.approx(holm(plain))


SIX_PAIRS = (
    (40, 65, 65, 155),
    (25, 75, 80, 145),
    (40, 80, 65, 140),
    (15, 65, 70, 155),
    (40, 75, 45, 145),
    (30, 80, 55, 140),
)
"""The people and bases of A, B and C against the others, as published, in the first row and in the last."""


@pytest.mark.parametrize(
    "adjusted_p, careful_p, words, p",
    [
        (0.0004, 0.01, "Unlikely", "below 0.001"),
        (0.0121, 0.2, "Unlikely as rounded", "0.012"),
        (0.05, 1.0, "Cannot tell", "0.05"),
        (1.0, 1.0, "Cannot tell", "1.00"),
    ],
)
def test_what_chance_could_do_is_said_in_words_and_never_as_no_difference(adjusted_p, careful_p, words, p):
    assert (by_chance(compared_as(adjusted_p, careful_p)), p_shown(adjusted_p)) == (words, p)


def compared_as(adjusted_p, careful_p):
    """One comparison with these p values: 50% of 40 people against 40% of 90."""
    return Comparison("A", "40", 50, 40, 10, adjusted_p, careful_p, 90)


def scale_as(*pairs):
    """A scale of which one group was compared at the positive end, with these p values."""
    return Compared("Buses", table_of([[40, 40]]), ("“good”", "“bad”"), ((compared_as(*pairs),), ()))


@pytest.mark.parametrize(
    "p_values, leads, sentences",
    [
        ((0.001, 0.02), [STAND_OUT], 1),
        ((0.02, 0.2), [STAND_OUT_AS_ROUNDED], 1),
        ((0.2, 0.4), [NOTHING_STANDS_OUT], 0),
    ],
)
def test_differences_are_told_in_words_by_how_sure_they_are(p_values, leads, sentences):
    blocks = list(told_in_words([scale_as(*p_values)]))

    assert [block.text for block in blocks if isinstance(block, Paragraph)] == leads
    assert [plain_text(item) for block in blocks if isinstance(block, Bullets) for item in block.items] == [
        "Buses: 50% of “A” said “good” (base: 40). "
        "That is 10 points more than of everyone else, of whom 40% did (base: 90)."
    ] * sentences


def test_p_values_stand_after_everything_else_with_both_bases_and_nowhere_before():
    document = assessment_of(crowd((40, 20, 30, 40, 0)))
    *before, tests = document.sections

    assert tests.heading == "Figures of the tests"
    assert HOW_TESTED in [block.text for block in tests.blocks if isinstance(block, Paragraph)]
    by_sex = next(block for block in tests.blocks if isinstance(block, Table) and "sex" in block.caption)
    assert by_sex.rows == (("What about how?", "Female", "60", "70", "below 0.001", "below 0.001"),)
    assert not [
        text
        for section in before
        for text in texts_of(replace(document, sections=(replace(section, level=1),)))
        if re.search(r"\bp\b", text)
    ]


def test_assessment_that_compares_nothing_has_no_figures_of_tests():
    assert assessment_of(crowd((20, 20, 10, 10, 0))).sections[-1].heading == "Decision and sign-off"


@pytest.mark.parametrize("true", range(1, 8))
def test_flag_of_a_hidden_number_is_the_same_whatever_it_is(true):
    table = release(CountTable.one_way([true, 200, 150], title="", question="q", rows=("few", "many", "more")), NHS)

    flags = [published_flag(NHS, table, 0, table.grand_total.value, share) for share in (0.3, 0.02, 0.001)]

    assert table.cells[0][0].value is None
    assert flags == [Flag.UNDER, None, Flag.TOO_FEW_TO_SAY]


def test_flags_come_from_published_numbers():
    results = results_now(crowd(FEW))
    assert isinstance(results, Results)
    age, sex = (next(c for c in results.characteristics if c.key == key) for key in ("age", "sex"))

    assert {group.name: group.flag for group in groups_of(results, sex, BASELINE)} == {
        "Female": Flag.IN_LINE,
        "Male": Flag.IN_LINE,
    }
    assert {group.name: group.flag for group in groups_of(results, age, BASELINE)} == {
        "Under 16": Flag.OUTSIDE,
        "16 to 24": Flag.UNDER,
        "25 to 34": Flag.NOT_HEARD_FROM,
        "35 to 44": Flag.NOT_HEARD_FROM,
        "45 to 54": Flag.NOT_HEARD_FROM,
        "55 to 64": Flag.NOT_HEARD_FROM,
        "65 to 74": Flag.OVER,
        "75 to 84": Flag.NOT_HEARD_FROM,
        "85 or over": Flag.TOO_FEW_TO_SAY,
    }


def test_too_few_answers_say_too_few_to_say_and_raise_no_flag():
    results = results_now(crowd((12, 9, 4, 0, 0)))
    age = next(c for c in results.characteristics if c.key == "age")

    flags = {group.flag for group in groups_of(results, age, BASELINE)}

    assert flags == {Flag.OUTSIDE, Flag.TOO_FEW_TO_SAY}
    assert scale_points(results.questions()[0][1][0]) == [0, 1, 2, 3, 4]
