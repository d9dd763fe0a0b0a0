"""The consultation report: its sections in order, composed from released tables and the consultation's own words.

The order and the rules are ux.md §4 and domain.md §7.1. It states what was found and recommends nothing; it names no
margin of error and makes no test of significance.
"""

from exports.comments import comments_section
from exports.document import Bullets, Column, Definitions, Document, Inset, Paragraph, Section, Table
from exports.findings import question_blocks
from exports.population import groups_missing, population_blocks, who_took_part_sentence
from exports.results import ORGANISATIONS
from exports.wording import HIDDEN_IS_NOT_ZERO, NOT_A_VOTE, SELF_SELECTED, rule_note, share_words
from surveys.definition import words

MOST_HEADLINES = 4


def compose_report(results, facts, baseline):
    """The whole report as a Document. `results` is an open `exports.results.Results`; `baseline` the population used."""
    return Document(
        title=f"{facts.title}: consultation report",
        subtitle="What people told us",
        organisation=facts.organisation,
        date=facts.made_on,
        mark=facts.mark,
        sections=(
            summary_section(results, facts, baseline),
            purpose_section(facts),
            *asked_sections(facts),
            *who_sections(results, facts, baseline),
            *finding_sections(results),
            *comments_section(results),
            *difference_sections(results),
            organisations_section(results, facts),
            limits_section(results, baseline),
            next_section(facts),
            *appendix_sections(results, facts),
        ),
    )


def summary_section(results, facts, baseline):
    """One page of plain words, each number with its base."""
    total = results.number_table(facts.by_channel, title="Responses")
    return Section(
        "Summary",
        (
            Paragraph(
                f"{facts.organisation} asked people about {facts.title}. "
                f"The consultation was open from {facts.opened} to {facts.closes}. "
                f"{total.grand_total.shown} responses were received."
            ),
            Inset(SELF_SELECTED),
            *(Paragraph(sentence) for sentence in headlines(results)),
            Paragraph(who_took_part_sentence(results, baseline)),
            Paragraph(
                f"{facts.deciders} decides{f' on {facts.decision_on}' if facts.decision_on else ''}. "
                "This report does not recommend a decision."
            ),
        ),
        number="0",
    )


def headlines(results):
    """Up to four sentences made from the scale questions with the largest bases: "Most (62%) of the 410 people …"."""
    found = []
    for question, summaries in results.questions():
        for summary in summaries:
            if summary.chart != "scale":
                continue
            table = results.table(summary)
            points = [place for place, line in enumerate(summary.lines) if not line.aside][:2]
            cells = [table.percentages()[place][0].value for place in points]
            base = table.column_totals[0]
            if None not in cells and base.value:
                found.append((base.value, sentence(results, question, summary, table, points, sum(cells))))
    found.sort(key=lambda pair: -pair[0])
    return [text for _, text in found[:MOST_HEADLINES]]


def sentence(results, question, summary, table, points, percent):
    """One finding in a fixed form of words."""
    answers = " or ".join(f"“{table.rows[place].lower()}”" for place in points)
    about = words(summary.heading) or results.heading(question)
    base = table.column_totals[0].shown
    return (
        f"{share_words(percent).capitalize()} ({percent}%) of the {base} people who answered said {answers}: {about}."
    )


def purpose_section(facts):
    """Why the consultation was held, what was decided already, who decides and when."""
    return Section(
        "Purpose, and the decision to be made",
        (
            *(Paragraph(part) for part in facts.purpose.split("\n\n")),
            *(Paragraph(part) for part in facts.still_open.split("\n\n")),
            Definitions(
                (
                    ("Who decides", facts.deciders),
                    ("When", facts.decision_on or "No date has been set"),
                    ("Opened", facts.opened),
                    ("Closes", facts.closes),
                )
            ),
        ),
    )


def asked_sections(facts):
    """What people were asked and given to read."""
    blocks = [Paragraph("People could answer online, on paper, by phone, by letter or email, and at events.")]
    if facts.asks:
        blocks += [Paragraph("People were asked to tell us:"), Bullets(facts.asks)]
    if facts.documents:
        blocks += [Paragraph("These documents could be read beside the questions:"), Bullets(facts.documents)]
    return (Section("What we asked", tuple(blocks)),)


def who_sections(results, facts, baseline):
    """Who took part: the caveat first, then channels, who for, and each characteristic against the population."""
    channels = results.number_table(facts.by_channel, title="How people took part")
    types = results.number_table(facts.by_type, title="In what capacity people answered")
    groups = groups_missing(results, baseline)
    return (
        Section(
            "Who took part, and who did not",
            (Inset(SELF_SELECTED), one_way(channels, "How"), one_way(types, "Capacity")),
        ),
        *population_blocks(results, baseline),
        Section(
            "Who we did not hear from, or heard from less than expected",
            (Bullets(groups) if groups else Paragraph("No group could be said to be heard from less than expected."),),
            level=2,
        ),
    )


def one_way(table, heading):
    """A released one-way table as it is printed."""
    percentages = table.percentages()
    rows = tuple(
        (label, table.cells[place][0].shown, percentages[place][0].shown or "Not shown")
        for place, label in enumerate(table.rows)
    )
    title = f"{table.title} (base: {table.grand_total.shown} responses)"
    return Table(title, (Column(heading), Column("Number", True), Column("%", True)), rows, (rule_note(table.policy),))


def finding_sections(results):
    """Each question with chart, table and base, under the questionnaire's own sections. Individuals only."""
    yield Section(
        "What people answered, question by question",
        (
            Paragraph("These are the answers of people. What organisations said is in a section of its own."),
            Inset(NOT_A_VOTE),
        ),
    )
    for question, summaries in results.questions():
        if all(summary.chart == "text" for summary in summaries):
            continue
        item = results.item(question.key)
        text = words(question.text)
        blocks = question_blocks(results, question, summaries)
        yield Section(
            f"{results.heading(question)}",
            (Paragraph(f"We asked{f' about {item}' if item else ''}: {text}"), *blocks),
            level=2,
        )


DIFFERENCES_SHOWN = ("disabled", "age", "sex", "ethnic_broad", "carer", "deprivation")
"""Characteristics the report sets answers against; the equality summary has every one."""


def difference_sections(results):
    """Answers on each scale by group: shares and bases side by side, without tests."""
    yield Section(
        "Differences between groups",
        (
            Paragraph(
                "These tables show the share of each group that chose one of the two most positive answers. "
                "A group is shown only where at least 30 of its people answered."
            ),
            Inset(HIDDEN_IS_NOT_ZERO),
        ),
    )
    shown = [c for c in results.characteristics if c.key in DIFFERENCES_SHOWN]
    scales = [s for _, summaries in results.questions() for s in summaries if s.chart == "scale"]
    for characteristic in shown:
        rows = [row for summary in scales for row in difference_rows(results, summary, characteristic)]
        if rows:
            columns = (Column("Question"), Column("Group"), Column("Base", True), Column("Most positive answers", True))
            title = f"Most positive answers by {characteristic.heading.lower()} (bases: in each row)"
            yield Section(
                characteristic.heading, (Table(title, columns, tuple(rows), (rule_note(results.policy.key),)),), level=2
            )


def difference_rows(results, summary, characteristic):
    """One row for each group of at least 30 whose numbers are published."""
    table = results.table(summary, by=characteristic.key)
    points = [place for place, line in enumerate(summary.lines) if not line.aside][:2]
    percentages = table.percentages()
    for place, group in enumerate(table.columns):
        values = [percentages[point][place].value for point in points]
        if None not in values:
            yield (results.title_of(summary), group, table.column_totals[place].shown, f"{sum(values)}%")


def organisations_section(results, facts):
    """What organisations said, apart from people: counts only where there are few."""
    number = results.number_table(facts.by_type, title="In what capacity people answered")
    blocks = [Paragraph("Organisations are not counted with people anywhere else in this report.")]
    for _, summaries in results.questions():
        for summary in summaries:
            if summary.chart == "scale":
                table = results.table(summary, group=ORGANISATIONS)
                if table.grand_total.shown != "0":
                    blocks.append(organisation_table(table))
    if len(blocks) == 1:
        blocks.append(Paragraph("No organisation answered these questions."))
    blocks.append(
        Paragraph(
            f"Of {number.grand_total.shown} responses, the table in “Who took part” shows how many were from organisations."
        )
    )
    return Section("Organisations", tuple(blocks))


def organisation_table(table):
    rows = tuple((label, table.cells[place][0].shown) for place, label in enumerate(table.rows))
    title = f"{table.title} (base: {table.grand_total.shown} organisations)"
    return Table(title, (Column("Answer"), Column("Number", True)), rows, (rule_note(table.policy),))


def limits_section(results, baseline):
    """What could not be found out, and why."""
    return Section(
        "What we could not find out",
        (
            Inset(SELF_SELECTED),
            Bullets(
                (
                    "People could skip any question, so each question has its own base.",
                    "Answers given on paper were typed in by hand. How often that goes wrong has not been measured here.",
                    "Comments have not been grouped into themes in this report.",
                    f"The population figures are for {baseline.name}: {baseline.caveat}",
                    "People who could not take part in any of these ways are not in the numbers.",
                )
            ),
            Paragraph(f"Small numbers: {results.policy.note} {HIDDEN_IS_NOT_ZERO}"),
        ),
    )


def next_section(facts):
    """What happens now, and how this report will be used."""
    return Section(
        "How this report will be used",
        (
            Paragraph(
                f"{facts.deciders} will read this report, the equality summary and the other evidence before deciding"
                f"{f' on {facts.decision_on}' if facts.decision_on else ''}."
            ),
            Paragraph("What was decided, what was not done, and why, will be published on the consultation’s page."),
        ),
    )


def appendix_sections(results, facts):
    """The questions asked, and how the numbers were made safe to publish."""
    asked = tuple(words(question.text).split("\n\n")[0] for question in results.definition.questions())
    yield Section("Appendix A: the questions", (Bullets(asked, ordered=True),), number="", starts_page=True)
    yield Section(
        "Appendix B: small numbers",
        (
            Paragraph(f"Rule used: {results.policy.label}. {results.policy.note}", numbered=False),
            Paragraph(
                "Every table was checked as somebody trying to work out a hidden number would: from its totals, and from the "
                "other numbers in it.",
                numbered=False,
            ),
            Paragraph(f"Questionnaire version: {facts.version}.", numbered=False),
        ),
        number="",
    )
