"""The consultation report: its sections in order, composed from released tables and the consultation's own words.

The order and the rules are ux.md §4 and domain.md §7.1. It states what was found and recommends nothing; it names no
margin of error and makes no test of significance.
"""

from django.utils.timezone import localdate

from exports.comments import comments_section, what_people_wrote
from exports.counted_apart import apart_sections
from exports.differences import difference_sections
from exports.document import Bullets, Column, Definitions, Document, Inset, Paragraph, Section, Table
from exports.findings import question_blocks
from exports.not_heard import groups_missing
from exports.organisations import organisation_sections
from exports.population import flags_explained, population_blocks
from exports.results import INDIVIDUALS
from exports.summary import summary_section
from exports.told import told_blocks
from exports.wording import (
    HIDDEN_IS_NOT_ZERO,
    NOT_A_VOTE,
    SELF_SELECTED,
    capitalised,
    question_words,
    rule_note,
)


def compose_report(results, facts, baseline):
    """The whole report as a Document. `results` is an open `exports.results.Results`; `baseline` the population used."""
    written = what_people_wrote(results)
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
            *changes_sections(results),
            *who_sections(results, baseline),
            *finding_sections(results),
            *comments_section(results, written),
            *difference_sections(results),
            *organisation_sections(results, written.common),
            *apart_sections(results, facts, written.common),
            limits_section(results, baseline, facts),
            questions_section(results, baseline),
            next_section(facts),
            *appendix_sections(results, facts),
        ),
    )


# Frame ------------------------------------------------------------------------------------------------------------------


def purpose_section(facts):
    """Why the consultation was held, what was decided already, who decides and when."""
    return Section(
        "Purpose, and the decision" if facts.is_decided else "Purpose, and the decision to be made",
        (
            *told_blocks(facts, facts.purpose, facts.still_open),
            Definitions(
                (
                    ("Opened", facts.opened),
                    ("Closes" if facts.is_open else "Closed", capitalised(facts.closes)),
                    ("Who decides", facts.deciders),
                    ("Date of the decision", facts.decision_on or "No date has been set"),
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


def who_sections(results, baseline):
    """Who took part: the caveat first, then channels, who for, and each characteristic against the population."""
    groups = groups_missing(results, baseline)
    yield Section(
        "Who took part, and who did not",
        (
            Inset(SELF_SELECTED),
            one_way(results.channel_table(), "How", of=results.counted_as),
            one_way(results.capacity_table(group=INDIVIDUALS), "Capacity", of="people"),
            *flags_explained(results, baseline),
        ),
    )
    yield from population_blocks(results, baseline)
    if results.is_linked:
        largest = "Groups of more than two-thirds of the population are left out of this list."
        blocks = [Bullets(groups), Paragraph(largest)] if groups else [Paragraph("No such group can be named.")]
        yield Section("Who we did not hear from, or heard from less than expected", tuple(blocks), level=2)


def one_way(table, heading, *, of):
    """A released one-way table as it is printed."""
    percentages = table.percentages()
    rows = tuple(
        (label, table.cells[place][0].printed, percentages[place][0].printed or "Not shown")
        for place, label in enumerate(table.rows)
    )
    title = f"{table.title} (base: {table.grand_total.printed} {of})"
    return Table(title, (Column(heading), Column("Number", True), Column("%", True)), rows, (rule_note(table.policy),))


# Findings ---------------------------------------------------------------------------------------------------------------


def finding_sections(results):
    """Each question with chart, table and base, under the questionnaire's own sections. Individuals only."""
    yield Section(
        "What people answered, question by question",
        (
            Paragraph("These are the answers of people. What organisations said is in a section of its own."),
            Inset(NOT_A_VOTE),
        ),
    )
    for question, summaries in results.questions_of_people():
        if any(summary.chart != "text" for summary in summaries):
            asked = Paragraph(f"We asked: {question_words(question, results.item(question.key))}")
            yield Section(results.heading(question), (asked, *question_blocks(results, question, summaries)), level=2)


# Limits, what comes next ------------------------------------------------------------------------------------------------


def limits_section(results, baseline, facts):
    """What could not be found out, and why."""
    return Section(
        "What we could not find out",
        (
            Inset(SELF_SELECTED),
            Bullets(
                (
                    "People could skip any question, so each question has its own base.",
                    f"Answers given on paper were typed in by hand. {facts.paper.error_rate if facts.paper else NOT_MEASURED}",
                    "Comments have not been grouped into themes in this report.",
                    f"The population figures are for {baseline.name}. {baseline.caveat}",
                    "People who could not take part in any of these ways are not in the numbers.",
                )
            ),
            Paragraph(f"{results.policy.note} {HIDDEN_IS_NOT_ZERO}"),
        ),
    )


def questions_section(results, baseline):
    """What a committee may want to ask: prompts, without an answer to any."""
    missing = results.is_linked and groups_missing(results, baseline)
    return Section(
        "Questions the committee may want to ask",
        (
            Bullets(
                (
                    "Were the options still open when people were asked, and did people have what they needed to answer?",
                    "What did people who oppose an option say, and what was done with it?",
                    "Which other ideas did people put forward, and were they looked at?",
                    *(("What will be done to hear from the groups that few people came from?",) if missing else ()),
                    "Who could be worse off under each option, and what would make that less?",
                )
            ),
        ),
    )


def changes_sections(results):
    """What was changed in the questions while people answered, with its day and how many answered before and after."""
    changed = results.received.changes()
    if not changed:
        return
    table = results.version_table()
    told = [
        ("Until the first change", "As published"),
        *((f"From {on.day} {on:%B %Y}", note) for _, at, note in changed for on in [localdate(at)]),
    ]
    rows = tuple((*line, cells[0].printed) for line, cells in zip(told, table.cells, strict=True))
    title = f"{table.title} (base: {table.grand_total.printed} {results.counted_as})"
    columns = (Column("When"), Column("What was changed"), Column("Responses", True))
    yield Section(
        "Changes to the questions",
        (
            Paragraph(
                "People finished the questions they had begun with. Answers to all of them are counted together."
            ),
            Table(title, columns, rows, (rule_note(table.policy),)),
        ),
        level=2,
    )


NOT_MEASURED = "How often that goes wrong has not been measured here."
READ_BEFORE = "This report is to be read before it, with the other evidence."


def next_section(facts):
    """What happens now, and how this report will be used."""
    return Section(
        "How this report will be used",
        (
            Paragraph(facts.decision if facts.is_decided else f"{facts.decision} {READ_BEFORE}"),
            Paragraph(
                "The equality impact assessment summary sets out who was heard from in each group that equality law protects, "
                "and what they said differently. It is to be read beside this report."
            ),
            Paragraph(
                f"What was decided, what was not done, and why, {'is' if facts.is_decided else 'will be published'} on the "
                "consultation’s page."
            ),
        ),
    )


def appendix_sections(results, facts):
    """The questions asked, and how the numbers were made safe to publish."""
    asked = tuple(question_words(question, "…") for question, _ in asked_once(results))
    yield Section("Appendix A: the questions", (Bullets(asked, ordered=True),), number="", starts_page=True)
    yield Section(
        "Appendix B: small numbers",
        (
            Paragraph(f"Rule used: {results.policy.label}.", numbered=False),
            Paragraph(results.policy.note, numbered=False),
            Paragraph(
                "Every table was checked as somebody trying to work out a hidden number would: from its totals, and from the "
                "other numbers in it.",
                numbered=False,
            ),
            Paragraph(f"Questionnaire: {facts.version}.", numbered=False),
        ),
        number="",
    )
    if facts.paper:
        yield paper_section(facts.paper)


def paper_section(paper):
    """How paper forms were typed in, and how well: the method with the measured rate (ux.md C5)."""
    return Section(
        "Appendix C: how paper forms were typed in",
        (
            Paragraph(
                "Paper forms were counted into batches. A batch was closed only when each of its forms was accounted for.",
                numbered=False,
            ),
            Paragraph(
                "A second person typed some forms again without seeing the first entry: every form of a person’s first batch, "
                "else one form in ten and at least five, drawn by chance. Where more than 5 in 1,000 fields differed, they typed "
                "the whole batch again. What was written in words was read against the paper and is not in the rate.",
                numbered=False,
            ),
            Paragraph(paper.error_rate, numbered=False),
        ),
        number="",
    )


def asked_once(results):
    """Each question that people answer, once however often a page of it is repeated: `[(Question, summaries)]`."""
    found = {}
    for question, summaries in results.questions():
        found.setdefault(question.key.partition("@")[0], (question, summaries))
    return list(found.values())
