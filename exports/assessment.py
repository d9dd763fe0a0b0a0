"""The Equality Impact Assessment summary: evidence for each group, and boxes that only a person may fill in.

It states who was heard, what differed and what is not known. It never fills in an effect, a direction, a score or a
judgement, never says that a group has no concerns, and never claims compliance (domain.md §3.4-3.5).
"""

from exports.contrasts import different_blocks
from exports.document import Blank, Bullets, Column, Document, Inset, Paragraph, Section, Table
from exports.findings import how_to_read
from exports.not_heard import hidden_groups, not_heard_sentences
from exports.population import characteristic_blocks, flags_explained
from exports.told import told_blocks
from exports.wording import (
    HIDDEN_IS_NOT_ZERO,
    INDICATIVE,
    JUDGEMENT,
    SELF_SELECTED,
    UNLINKED,
    listed,
    rule_note,
)

AIMS = (
    "Eliminate discrimination, harassment, victimisation and other conduct the Act prohibits",
    "Advance equality of opportunity between people who share a characteristic and people who do not",
    "Foster good relations between people who share a characteristic and people who do not",
)
"""Equality Act 2010, section 149(1)."""

PROTECTED = "A protected characteristic (Equality Act 2010, section 4)."
FIRST_AIM_ONLY = f"{PROTECTED} Only the first of the three aims covers it (section 149(7))."
ADDED = "The Act does not name this group. It is looked at here because its needs are often missed."

GROUPS = (
    ("Age", ("age",), PROTECTED),
    ("Disability", ("disabled",), PROTECTED),
    ("Gender reassignment", ("gender_identity",), PROTECTED),
    ("Marriage and civil partnership", ("marriage_cp",), FIRST_AIM_ONLY),
    ("Pregnancy and maternity", ("pregnancy_maternity",), PROTECTED),
    ("Race", ("ethnic_broad",), PROTECTED),
    ("Religion or belief", ("religion",), PROTECTED),
    ("Sex", ("sex",), PROTECTED),
    ("Sexual orientation", ("sexual_orientation",), PROTECTED),
    ("Carers", ("carer",), ADDED),
    ("Armed forces veterans", ("veteran",), ADDED),
    ("People in more deprived areas", ("deprivation",), ADDED),
)
"""The nine protected characteristics and the groups the service always adds: heading, the questions that report each, and why it
is here.
"""

NOT_ASKED_ABOUT = "The consultation did not ask about this. There is no evidence from it about these groups."


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
            evidence_section(results, baseline),
            *(section for group in GROUPS for section in group_sections(results, baseline, *group)),
            together_section(),
            limits_section(results, baseline),
            decision_section(facts),
        ),
    )


def header_section(results, facts):
    """The proposal in the consultation's own words, the cut of the data, and what a person fills in first."""
    return Section(
        "The proposal",
        (
            Inset(JUDGEMENT),
            Paragraph(
                "The boxes are for people to fill in. The service leaves every one of them empty, and an empty box says "
                "nothing about what was decided or will be."
            ),
            *told_blocks(facts, facts.purpose),
            how_to_read(results.policy),
            Paragraph(
                f"{facts.dates} {who_answered(results)} These are the answers as they stood on {facts.made_on}. "
                f"Questionnaire: {facts.version}."
            ),
            Paragraph(facts.decision),
            Blank("Who owns this assessment", lines=1),
            Blank("Stage: before, during or after the decision", lines=1),
        ),
    )


def who_answered(results):
    """How many people answered, and how many organisations as far as that may be said."""
    people, organisations = results.people_shown(), results.organisations_shown()
    if not organisations.isdecimal():
        return f"{people} people answered, and some organisations."
    return f"{people} people and {organisations} organisations answered."


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


def evidence_section(results, baseline):
    """How people took part, and whom nobody heard from."""
    channels = results.channel_table()
    rows = tuple((label, channels.cells[place][0].shown) for place, label in enumerate(channels.rows))
    title = f"How people took part (base: {channels.grand_total.shown} {results.counted_as})"
    return Section(
        "Who was heard",
        (
            Inset(SELF_SELECTED),
            Table(title, (Column("How"), Column("Number", True)), rows, (rule_note(channels.policy),)),
            *map(Paragraph, not_heard_sentences(results, baseline)),
            *flags_explained(results, baseline),
        ),
    )


def group_sections(results, baseline, heading, keys, why_here):
    """One characteristic: who was heard, what was different, and what a person must say."""
    asked = [c for c in results.characteristics if c.key in keys]
    yield Section(heading, (Paragraph(why_here),))
    yield Section(f"{heading}: who we heard from", tuple(heard_blocks(results, baseline, asked)), level=2)
    yield Section(f"{heading}: what was different", tuple(different_blocks(results, asked)), level=2)
    yield Section(
        f"{heading}: what a person must decide",
        (
            Blank("Effect: better, no change, worse or not known, and why", lines=3),
            Blank("What we will do, who will do it and by when", lines=3),
            Blank("What we do not know yet, and how we will find out", lines=2),
        ),
        level=2,
    )


def heard_blocks(results, baseline, asked):
    """Who answered, and which groups are too small to say more of."""
    if not asked:
        yield Paragraph(NOT_ASKED_ABOUT if results.is_linked else UNLINKED)
    for characteristic in asked:
        yield from characteristic_blocks(results, characteristic, baseline)
        if hidden := hidden_groups(results, characteristic, baseline):
            yield Paragraph(
                f"The numbers of these groups are hidden to protect people: {listed(hidden)}. "
                "Engage directly with them."
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
    """What this evidence cannot bear."""
    return Section(
        "Limits of this evidence",
        (
            Inset(INDICATIVE),
            Bullets(
                (
                    "People chose whether to take part, and whether to answer each question about themselves.",
                    "Groups that were heard from little may have concerns that this evidence does not show.",
                    f"The population figures are for {baseline.name}. {baseline.caveat}",
                    "Comments have not been grouped into themes. What people suggested is in the consultation report.",
                    HIDDEN_IS_NOT_ZERO,
                )
            ),
            Paragraph(results.policy.note),
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
