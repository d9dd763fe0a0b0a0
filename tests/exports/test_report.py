"""The consultation report: what it says, what it never says, and that all of it comes from published numbers."""

import re
from dataclasses import replace

import pytest

from consult.models import LinkKey
from equality.disclosure import POLICIES
from exports.assessment import compose_assessment
from exports.document import Bullets, Chart, ChartRow, Inset, Paragraph, Point, Quote, Table, plain_text
from exports.findings import bars_of_ends, ordered_rows, scale_points
from exports.participation import participation_document
from exports.released import table_book
from exports.report import compose_report
from exports.results import Results
from exports.summary import WHY_NOT_SHOWN, headlines
from exports.wording import OVERLAPPING, SELF_SELECTED, UNLINKED, in_running_text, listed, share_words
from tests.builders import choice, comment, questionnaire, scale, several, statements
from tests.consultations import open_consultation
from tests.exports.composed import (
    BASELINE,
    CLAIMS,
    FACTS,
    FEW,
    MOVED,
    assessment_of,
    blocks_of,
    crowd,
    own_words_of,
    report_of,
    sentences_of,
    texts_of,
)
from tests.exports.respondents import demonstrated, results_now, send

pytestmark = pytest.mark.django_db
SLUGS = ("apms", "older-you", "outpatients")
BASE_AT_END = re.compile(r"\((base|bases): [^()]+\)$")


def test_C12_documents_are_the_same_whatever_true_numbers_lie_behind_the_published_ones():
    few, moved = crowd(FEW), crowd(MOVED, slug="moved")

    assert report_of(few) == report_of(moved)
    assert assessment_of(few) == assessment_of(moved)
    assert table_book(results_now(few), title="") == table_book(results_now(moved), title="")
    assert participation(few) == participation(moved)


def participation(consultation):
    return participation_document(results_now(consultation), FACTS, BASELINE, by_day=[], drafts=3)


@pytest.mark.parametrize("policy", ["nhs_round5", "exact"])
def test_what_was_done_to_the_numbers_is_said_near_the_top_of_every_document(policy):
    consultation = crowd(FEW, policy=policy)
    results = results_now(consultation)
    days = [(consultation.opens_at.date(), 150)]
    taken_part = participation_document(results, FACTS, BASELINE, by_day=days, drafts=3)

    for document in (report_of(consultation), assessment_of(consultation), taken_part):
        blocks = document.sections[0].blocks
        assert Inset(results.policy.note, heading="How to read the numbers:") in blocks
    assert "rounded to the nearest 5" in POLICIES["nhs_round5"].note
    assert "Other numbers are exact." in POLICIES["exact"].note


@pytest.mark.parametrize("slug", SLUGS)
def test_report_of_the_demonstration_never_claims_what_a_consultation_cannot_show(slug):
    consultation = demonstrated(slug, count=120)

    found = [text for text in own_words_of(report_of(consultation)) if CLAIMS.search(text)]

    assert found == []


@pytest.mark.parametrize("slug", SLUGS)
def test_report_reads_as_sentences_without_gaps_pipes_or_empty_sections(slug):
    report = report_of(demonstrated(slug, count=120))

    sentences = sentences_of(report)
    assert [text for text in sentences if not re.match(r"[A-Z0-9“\[]", text)] == []
    assert [text for text in sentences if not re.search(r"[.?!:”]$", text)] == []
    assert [text for text in own_words_of(report) if re.search(r"[{}]|  |\.\.", text)] == []
    assert empty_sections(report) == []


def empty_sections(document):
    """Headings with nothing under them, not even a smaller heading."""
    following = [*document.sections[1:], None]
    return [
        section.heading
        for section, after in zip(document.sections, following, strict=True)
        if not section.blocks and (after is None or after.level <= section.level)
    ]


@pytest.mark.parametrize("slug", SLUGS)
def test_every_chart_title_ends_with_its_base_and_its_table_repeats_it(slug):
    sections = report_of(demonstrated(slug, count=60)).sections
    pairs = [
        (chart, table)
        for section in sections
        for chart, table in zip(section.blocks, section.blocks[1:], strict=False)
        if isinstance(chart, Chart)
    ]

    assert len(pairs) > 10
    assert all(BASE_AT_END.search(chart.title) for chart, _ in pairs)
    assert all(isinstance(table, Table) and table.caption == chart.title for chart, table in pairs)


def test_caveat_stands_first_in_the_section_on_who_took_part():
    sections = {section.heading: section for section in report_of(crowd(FEW)).sections}

    assert sections["Who took part, and who did not"].blocks[0].text == SELF_SELECTED


def test_questions_with_several_answers_say_that_percentages_pass_100():
    report = report_of(crowd(FEW))

    noted = {table.caption for table in blocks_of(report, Table) if OVERLAPPING in table.notes}

    assert noted == {"What about what? (base: 150 people who answered)"}


def test_base_under_thirty_shows_no_percentage_and_says_why():
    report = report_of(crowd((12, 9, 0, 0, 0)))
    findings = [section for section in report.sections if section.heading.startswith("What about")]
    shown = [text for section in findings for block in section.blocks for text in texts_of(only(block, report))]

    assert [text for text in shown if "%" in text and "Percentages" not in text and "add to more" not in text] == [
        "%",
        "%",
        "% of people",
    ]
    assert any("fewer than 30 people" in text for text in shown)


def only(block, report):
    """A document of one block."""
    blocks = (block, Table("t", (), ())) if isinstance(block, Chart) else (block,)
    return replace(report, sections=(replace(report.sections[0], blocks=blocks),))


def test_hidden_number_is_never_drawn_as_zero_and_zero_never_as_hidden():
    report = report_of(crowd(FEW))
    points = [point for chart in blocks_of(report, Chart) for row in chart.rows for point in row.points]

    assert {point.shown for point in points if point.value is None} == {"[c]"}
    assert all(point.value is None for point in points if "[c]" in point.shown)
    where = next(chart for chart in blocks_of(report, Chart) if chart.title.startswith("What about where"))
    assert where.rows[-1] == ChartRow("Nowhere", (Point(None, "[c]"),))


def test_hidden_rows_stand_last_in_their_own_order_so_that_order_tells_nothing():
    class Cell:
        def __init__(self, value):
            self.value = value

    class Released:
        rows = ("a", "b", "c", "d", "e")
        cells = ((Cell(None),), (Cell(10),), (Cell(None),), (Cell(40),), (Cell(0),))

    assert ordered_rows(Released, largest_first=True) == [3, 1, 4, 0, 2]
    assert ordered_rows(Released, largest_first=False) == [0, 1, 2, 3, 4]


def test_scale_with_a_hidden_part_is_drawn_as_one_bar_of_its_published_answers():
    results = results_now(crowd(FEW))
    (_, summaries), *_ = results.questions()
    table = results.table(summaries[0])

    (chart,) = bars_of_ends([("How", table)], summaries[0], "How? (base: 150 people who answered)")

    assert scale_points(summaries[0]) == [0, 1, 2, 3, 4]
    assert (chart.rows, chart.subtitle) == (
        (ChartRow("How", (Point(80, "80%"),)),),
        "People who answered “very easy” or “easy”",
    )


@pytest.mark.parametrize(
    "answers, subtitle, series, points",
    [
        (
            {5: 30, 3: 27, 1: 3},
            "People who answered “very difficult” or “difficult”",
            (),
            (Point(50, "50%"),),
        ),
        (
            {1: 30, 3: 3, 5: 27},
            "People who answered at each end of the scale",
            ("“very easy” or “easy”", "“very difficult” or “difficult”"),
            (Point(50, "50%"), Point(42, "42%")),
        ),
    ],
)
def test_scale_with_a_hidden_part_is_drawn_by_each_end_that_can_be_shown(answers, subtitle, series, points):
    consultation = open_consultation(questionnaire(scale("how")))
    for code, number in answers.items():
        for _ in range(number):
            send(consultation, {"how": code})

    (chart,) = blocks_of(report_of(consultation), Chart)

    assert (chart.subtitle, chart.series, chart.whole) == (subtitle, series, 100)
    assert chart.rows == (ChartRow("What about how?", points),)


def test_bars_of_percentages_are_parts_of_a_hundred_and_bars_of_people_of_their_base():
    report = report_of(crowd((60, 30, 20, 40, 0)))
    wholes = {chart.title: chart.whole for chart in blocks_of(report, Chart) if chart.kind != "stacked"}

    assert wholes == {
        "Age (base: 150 people who answered this question)": 100,
        "Sex (base: 150 people who answered this question)": 100,
        "What about where? (base: 150 people who answered)": 150,
        "What about what? (base: 150 people who answered)": 150,
    }


def test_headline_gives_both_ends_of_a_scale_as_number_and_share():
    results = results_now(crowd((60, 30, 20, 40, 0)))

    ((strong, told),) = headlines(results)

    assert (strong.text, told) == (
        "What about how?:",
        " of the 150 people who answered, most (110, or 73%) said “very easy” or “easy”, "
        "and some (40, or 27%) said “very difficult” or “difficult”.",
    )


def test_headlines_tell_every_line_of_a_group_of_statements_before_any_single_scale():
    consultation = open_consultation(questionnaire(scale("first"), statements("plan", "a", "b", "c")))
    for _ in range(60):
        send(consultation, {"first": 1, "plan": {"a": 1, "b": 2, "c": 5}})

    told = [strong.text for strong, _ in headlines(results_now(consultation))]

    assert told == ["Statement a:", "Statement b:", "Statement c:", "What about first?:"]


def test_headline_is_left_out_where_both_ends_are_hidden_and_half_told_where_one_is():
    consultation = open_consultation(questionnaire(scale("hidden"), scale("half")))
    for place in range(60):
        send(
            consultation, {"hidden": (1, 5, 3)[min(place // 4, 2)], "half": 1 if place < 30 else 5 if place > 56 else 3}
        )

    told = ["".join((strong.text, rest)) for strong, rest in headlines(results_now(consultation))]

    assert told == [
        "What about half?: of the 60 people who answered, about half (30, or 50%) said “very easy” or “easy”. "
        "How many said “very difficult” or “difficult” is not shown, to protect people."
    ]
    assert [text for text in sentences_of(report_of(consultation)) if "is not shown, too few" in text] == [
        WHY_NOT_SHOWN
    ]


def test_nothing_is_said_of_hidden_ends_where_both_are_told():
    told = sentences_of(report_of(crowd((60, 30, 20, 40, 0))))

    assert [text for text in told if "not shown" in text] == []


def test_what_became_of_those_asked_is_told_only_where_it_gives_no_small_number_away():
    consultation = open_consultation(questionnaire(choice("one"), choice("two"), choice("three")))
    for place in range(60):
        answers = {"one": 1} | ({"two": 1} if place >= 6 else {}) | ({"three": 1} if place >= 20 else {})
        send(consultation, answers)

    notes = [
        block.text
        for section in report_of(consultation).sections
        if section.heading.startswith("What about")
        for block in section.blocks
        if isinstance(block, Paragraph) and block.text.startswith("Asked")
    ]

    assert notes == [
        "Asked of 60 people, of whom all or nearly all answered.",
        "Asked of 60 people, of whom 55 answered.",
        "Asked of 60 people: 40 answered and 20 left it blank.",
    ]


def test_nobody_having_answered_leaves_no_empty_chart():
    report = report_of(open_consultation(questionnaire(choice("one"), several("two"), comment("three"))))

    assert blocks_of(report, Chart) == []
    assert [text for text in sentences_of(report) if text.startswith("Nobody")] == [
        "Nobody was asked this.",
        "Nobody was asked this.",
        "Nobody wrote a comment.",
    ]


def test_report_without_the_link_key_says_so_and_is_otherwise_whole():
    consultation = crowd(FEW)
    whole = report_of(consultation)
    LinkKey.objects.filter(consultation=consultation).delete()
    consultation.refresh_from_db()

    report = report_of(consultation)

    assert sum(UNLINKED in text for text in texts_of(report)) == 3
    assert findings_of(report) == findings_of(whole)
    assert CLAIMS.search(" ".join(texts_of(report))) is None


def findings_of(report):
    return [section for section in report.sections if section.heading.startswith("What about")]


def test_organisations_are_reported_apart_and_only_as_numbers_where_there_are_enough():
    consultation = demonstrated("apms", count=80)
    section = next(section for section in report_of(consultation).sections if section.heading == "Organisations")

    tables = [block for block in section.blocks if isinstance(block, Table)]

    assert plain_text(section.blocks[0].text).endswith(
        "They are among the responses counted in the summary and in Table 1. "
        "Everywhere else in this report they are counted apart from people."
    )
    assert all(any(cell[1] not in ("0", "[c]") for cell in table.rows) for table in tables)


def test_appendix_lists_each_question_once_and_nothing_that_is_only_to_read():
    consultation = demonstrated("outpatients", count=30)
    appendix = next(s for s in report_of(consultation).sections if s.heading.startswith("Appendix A"))
    (questions,) = [block.items for block in appendix.blocks if isinstance(block, Bullets)]

    assert len(questions) == len(set(questions))
    assert [text for text in questions if not text.endswith("?")] == []


def test_report_names_who_decides_and_recommends_nothing():
    text = " ".join(texts_of(report_of(crowd(FEW))))

    assert "The decision is for the board, on Friday 1 October 2027. This report does not recommend one." in text
    assert re.search(r"\bwe recommend|\bshould be (kept|closed|approved)", text) is None


def test_open_consultation_is_spoken_of_as_open():
    results = results_now(crowd(FEW))
    assert isinstance(results, Results)

    assert replace(FACTS, is_open=True).dates == (
        "The consultation opened on Monday 1 March 2027 and closes at 11:59pm on Monday 31 May 2027."
    )


NO_LONGER_TRUE = "No decision has been made|decision is for|is to be read before|will be published|to be made"


def test_document_made_after_the_decision_says_nothing_that_is_no_longer_true():
    results, facts = results_now(crowd(FEW)), replace(FACTS, is_decided=True)
    report, assessment = compose_report(results, facts, BASELINE), compose_assessment(results, facts, BASELINE)

    for document in (report, assessment):
        own = " ".join(own_words_of(document))
        assert (
            re.search(
                r"No decision has been made|decision is for|is to be read before|will be published|to be made", own
            )
            is None
        )
        assert "The decision was for the board, on Friday 1 October 2027. It has been made and published." in own
        assert "A decision has been made since. While people could answer, they were told:" in own
    assert [quote.text for quote in blocks_of(report, Quote)] == ["We have a plan.", "No decision has been made yet."]


@pytest.mark.parametrize(
    "percent, words",
    [
        (0, "none"),
        (1, "a few"),
        (19, "a few"),
        (20, "some"),
        (45, "about half"),
        (55, "more than half"),
        (60, "most"),
        (90, "almost all"),
    ],
)
def test_shares_have_one_word_each(percent, words):
    assert share_words(percent) == words


def test_words_are_fitted_into_sentences():
    assert listed(["a", "b", "c"]) == "a, b and c"
    assert (in_running_text("Strongly agree"), in_running_text("GP practice"), in_running_text("I do not know")) == (
        "strongly agree",
        "GP practice",
        "I do not know",
    )
