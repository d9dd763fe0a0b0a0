"""The Equality Impact Assessment summary: evidence for each group, and boxes that only a person may fill in.

It states who was heard, what differed and what is not known. It never fills in an effect, a direction, a score or a
judgement, never says that a group has no concerns, and never claims compliance (domain.md §3.4-3.5).
"""

from exports.document import Blank, Bullets, Column, Document, Inset, Paragraph, Section, Table
from exports.population import characteristic_blocks, not_heard_sentence
from exports.wording import HIDDEN_IS_NOT_ZERO, INDICATIVE, JUDGEMENT, SELF_SELECTED, rule_note

AIMS = (
    "Eliminate discrimination, harassment, victimisation and other conduct the Act prohibits",
    "Advance equality of opportunity between people who share a characteristic and people who do not",
    "Foster good relations between people who share a characteristic and people who do not",
)
"""Equality Act 2010, section 149(1)."""

PROTECTED = (
    ("Age", ("age",)),
    ("Disability", ("disabled",)),
    ("Gender reassignment", ("gender_identity",)),
    ("Marriage and civil partnership", ("marriage_cp",)),
    ("Pregnancy and maternity", ("pregnancy_maternity",)),
    ("Race", ("ethnic_broad",)),
    ("Religion or belief", ("religion",)),
    ("Sex", ("sex",)),
    ("Sexual orientation", ("sexual_orientation",)),
    ("Carers", ("carer",)),
    ("Armed forces veterans", ("veteran",)),
    ("People in more deprived areas", ("deprivation",)),
)
"""The nine protected characteristics and the groups the service always adds, with the question that reports each."""

SMALLEST_P_SHOWN = 0.05


def compose_assessment(results, facts, baseline):
    """The summary as a Document, each characteristic in its own section."""
    return Document(
        title=f"{facts.title}: equality impact assessment summary",
        subtitle="Evidence from the consultation",
        organisation=facts.organisation,
        date=facts.made_on,
        mark=facts.mark,
        sections=(
            header_section(results, facts),
            aims_section(),
            evidence_section(results, facts, baseline),
            *(part for heading, keys in PROTECTED for part in group_sections(results, baseline, heading, keys)),
            together_section(),
            limits_section(results, baseline),
            decision_section(facts),
        ),
    )


def header_section(results, facts):
    return Section(
        "The proposal",
        (
            Inset(JUDGEMENT),
            *(Paragraph(part) for part in facts.purpose.split("\n\n")),
            Paragraph(
                f"The consultation ran from {facts.opened} to {facts.closes}. {results.people_shown()} people and "
                f"{results.organisations_shown()} organisations answered. Data as of {facts.made_on}. "
                f"Questionnaire: {facts.version}."
            ),
            Blank("Who owns this assessment", lines=1),
            Blank("Stage: before, during or after the decision", lines=1),
        ),
    )


def aims_section():
    """The three aims of the duty, each with a box for a person's own words."""
    return Section(
        "The three aims of the public sector equality duty",
        (
            Paragraph(
                "Section 149 of the Equality Act 2010 asks a public body to have due regard to the need to do three things."
            ),
            *(Blank(aim, hint="Which options bear on this aim, and how. To be completed by a person") for aim in AIMS),
        ),
    )


def evidence_section(results, facts, baseline):
    channels = results.number_table(facts.by_channel, title="How people took part")
    rows = tuple((label, channels.cells[place][0].shown) for place, label in enumerate(channels.rows))
    title = f"How people took part (base: {channels.grand_total.shown} responses)"
    return Section(
        "Who was heard",
        (
            Inset(SELF_SELECTED),
            Table(title, (Column("How"), Column("Number", True)), rows, (rule_note(channels.policy),)),
            Paragraph(not_heard_sentence(results, baseline)),
        ),
    )


def group_sections(results, baseline, heading, keys):
    """One characteristic: who was heard, what was different, and what a person must say."""
    asked = [c for c in results.characteristics if c.key in keys]
    heard = [block for c in asked for block in characteristic_blocks(results, c, baseline)]
    if not asked:
        heard = [Paragraph("The consultation did not ask about this. There is no evidence from it about this group.")]
    different = [block for c in asked for block in difference_blocks(results, c)]
    yield Section(heading, starts_page=False)
    yield Section("Who we heard from", tuple(heard), level=2)
    yield Section(
        "What was different", tuple(different) or (Paragraph("Nothing can be said: too few people answered."),), level=2
    )
    yield Section(
        "What a person must decide",
        (
            Blank("Effect: better, no change, worse or not known, and why", lines=3),
            Blank("What we will do, who will do it and by when", lines=3),
            Blank("What we do not know yet, and how we will find out", lines=2),
        ),
        level=2,
    )


def difference_blocks(results, characteristic):
    """Each scale by this characteristic: groups of at least 30 against everyone else, after Holm's correction."""
    if getattr(characteristic, "context_only", False):
        return [
            Paragraph("Differences are not calculated for this characteristic: the question is under national review.")
        ]
    rows = []
    for _, summaries in results.questions():
        for summary in summaries:
            if summary.chart == "scale":
                rows += [
                    comparison_row(results, summary, found) for found in most_positive(results, summary, characteristic)
                ]
    if not rows:
        return [
            Paragraph(
                "No group had at least 30 people on both sides of a comparison. Engage directly with these groups."
            )
        ]
    columns = (
        Column("Question"),
        Column("Group"),
        Column("Base", True),
        Column("Group", True),
        Column("Everyone else", True),
        Column("Points apart", True),
        Column("More than chance would give"),
    )
    title = f"Most positive two answers, {characteristic.heading.lower()} (bases: in each row)"
    return [Table(title, columns, tuple(rows), (INDICATIVE, rule_note(results.policy.key)))]


def most_positive(results, summary, characteristic):
    points = [place for place, line in enumerate(summary.lines) if not line.aside][:2]
    return results.comparisons(summary, lines=points, characteristic=characteristic)


def comparison_row(results, summary, found):
    """One comparison in words and whole percentages; p is said only as below 0.05 or not."""
    return (
        results.title_of(summary),
        found.category,
        found.group_shown,
        f"{found.group_share}%",
        f"{found.others_share}%",
        f"{found.difference:+d}",
        "Yes (p below 0.05 after Holm’s correction)" if found.adjusted_p < SMALLEST_P_SHOWN else "Not shown",
    )


def together_section():
    return Section(
        "Groups together, and chances to do better",
        (
            Blank("How the options bear on people who belong to several of these groups"),
            Blank("Chances to advance equality that the options bring"),
        ),
    )


def limits_section(results, baseline):
    return Section(
        "Limits of this evidence",
        (
            Inset(INDICATIVE),
            Bullets(
                (
                    "People chose whether to take part, and whether to answer each question about themselves.",
                    "Groups that were heard from little may have concerns that this evidence does not show.",
                    f"The population figures are for {baseline.name}: {baseline.caveat}",
                    "Comments have not been grouped into themes yet, so what people suggested is in the consultation report.",
                    HIDDEN_IS_NOT_ZERO,
                )
            ),
            Paragraph(f"Small numbers: {results.policy.note}"),
        ),
    )


def decision_section(facts):
    """Left empty: the judgement, and who signs for it."""
    return Section(
        "Decision and sign-off",
        (
            Blank("Due regard: what the decision-maker considered, in their own words", lines=6),
            Blank(f"Decision by {facts.decided_by}: go on, change or stop, and why"),
            Blank("Signed, role and date", lines=2),
            Blank("Date of review", lines=1),
            Inset(JUDGEMENT),
        ),
    )
