"""The report's first page: what was asked, what was found at both ends of each scale, and who is missing. Sentences are made from
templates and published numbers.
"""

from exports.apart_numbers import APART, from_people, heads, letters, signatures
from exports.comparing import people_and_share
from exports.document import Inset, Paragraph, Section, Strong
from exports.findings import ends_of_scale, how_to_read
from exports.not_heard import who_took_part_sentence
from exports.wording import SELF_SELECTED, in_running_text, share_words
from surveys.definition import words

TO_PROTECT = "to protect people"
# Whose number it is, that of these answers or another that this would give away, would itself tell what is hidden.
WHY_NOT_SHOWN = (
    "Where a number is not shown, too few people gave one of those answers for it to be published, or it would give such a "
    "number away. That does not mean that few people gave those answers in all."
)
MOST_HEADLINES = 10
"""As many as fit the page. Groups of statements come first, every line of them: proposals are never told in part."""


def summary_section(results, facts, baseline):
    """One page of plain words, each number with its base."""
    received = results.channel_table().grand_total.printed
    so_far = f"By {facts.made_on}, " if facts.is_open else ""
    return Section(
        "Summary",
        (
            Paragraph(f"{facts.organisation} asked people about “{facts.title}”. {facts.dates}"),
            Paragraph(f"{so_far}{received} {results.counted_as} {'had been' if facts.is_open else 'were'} received."),
            how_to_read(results.policy),
            Inset(SELF_SELECTED),
            *(Paragraph(sentence) for sentence in headlines(results)),
            *(Paragraph(sentence) for sentence in one_end_sentences(results)),
            *(Paragraph(sentence) for sentence in apart_sentences(results, facts.apart)),
            Paragraph(who_took_part_sentence(results, baseline)),
            Paragraph(f"{facts.decision} This report does not recommend one."),
        ),
        number="0",
        starts_page=True,
    )


def apart_sentences(results, apart):
    """What came beside answers to the questions, in one sentence of published numbers; [] where nothing did."""
    if apart is None:
        return []
    came = []
    if from_people(apart):
        came.append(f"{letters(results, apart).grand_total.printed} letters and emails from people")
    if apart.events:
        came.append(f"{heads(results, apart).grand_total.printed} people at events")
    if apart.petitions:
        petitions = "1 petition" if len(apart.petitions) == 1 else f"{len(apart.petitions)} petitions"
        came.append(f"{petitions} with {signatures(results, apart).grand_total.printed} signatures")
    if not came:
        return []
    listed = ", ".join(came[:-1]) + " and " * (len(came) > 1) + came[-1]
    return [f"Beside these there were {listed}. They are counted apart, in “{APART}”, and in no other number here."]


def headlines(results):
    """Sentences on scales: every statement of the groups of statements, then single scales as far as there is room."""
    groups = [pair for pair in scales(results) if len(pair[1]) > 1]
    singles = [pair for pair in scales(results) if len(pair[1]) == 1]
    told = [
        headline(results, question, summary, results.table(summary))
        for question, summaries in (*groups, *singles)
        for summary in summaries
    ]
    return [text for text in told if text][:MOST_HEADLINES]


def one_end_sentences(results):
    """Why some findings tell one end of a scale alone, said once for all of them; [] where all tell both."""
    tables = [(summary, results.table(summary)) for _, summaries in scales(results) for summary in summaries]
    told = [[bool(end_of_scale(table, lines)) for lines in ends_of_scale(summary)] for summary, table in tables]
    if not any(ends.count(True) == 1 for ends in told):
        return []
    return [WHY_NOT_SHOWN]


def scales(results):
    """(Question, summaries) of every question answered on a scale."""
    return [pair for pair in results.questions_of_people() if pair[1][0].chart == "scale"]


def headline(results, question, summary, table):
    """One finding in a fixed form of words, at both ends of the scale; that an end may not be shown is said in its place. None
    where neither may be.
    """
    ends = [(lines, end_of_scale(table, lines)) for lines in ends_of_scale(summary)]
    told, hidden = [part for _, part in ends if part], [lines for lines, part in ends if not part]
    if not told:
        return None
    about, base = words(summary.heading) or results.heading(question), table.column_totals[0].printed
    rest = "".join(f" How many said {either(table, lines)} is not shown, {TO_PROTECT}." for lines in hidden)
    return (Strong(f"{about}:"), f" of the {base} people who answered, {', and '.join(told)}.{rest}")


def end_of_scale(table, lines):
    """How many gave these answers: "most (275, or 76%) said “support”"; "" where that is hidden."""
    found = people_and_share(table, lines)
    if found is None:
        return ""
    people, percent = found
    return f"{share_words(percent)} ({people:,}, or {percent}%) said {either(table, lines)}"


def either(table, lines):
    """Some answers as one: "“support” or “strongly support”"."""
    return " or ".join(f"“{in_running_text(table.rows[line])}”" for line in lines)
