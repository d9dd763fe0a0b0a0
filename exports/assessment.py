"""The Equality Impact Assessment summary: evidence for each group, and what people wrote of it. Nobody else may.

It states who was heard, what differed and what is not known. It never fills in an effect, a direction, a score or a
judgement: people do, and a part that nobody wrote says so. It never says that a group has no concerns, and never claims
compliance (domain.md §3.4-3.5).
"""

from equality.disclosure.tables import printed
from exports.contrast_tests import tests_section
from exports.contrasts import compared_by, different_blocks
from exports.document import Bullets, Column, Document, Inset, Paragraph, Section, Table
from exports.findings import how_to_read
from exports.judged import chapter_blocks, overview_section
from exports.judgements import ABOUT, AIM_CHAPTER, CHAPTER_OF, DECISION, GROUPS, TOGETHER
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

PROTECTED = "A protected characteristic (Equality Act 2010, section 4)."
FIRST_AIM_ONLY = f"{PROTECTED} Only the first of the three aims covers it (section 149(7))."
ADDED = "The Act does not name this group. It is looked at here because its needs are often missed."

EVIDENCE = {
    "age": (("age",), PROTECTED),
    "disability": (("disabled",), PROTECTED),
    "gender-reassignment": (("gender_identity",), PROTECTED),
    "marriage": (("marriage_cp",), FIRST_AIM_ONLY),
    "pregnancy": (("pregnancy_maternity",), PROTECTED),
    "race": (("ethnic_broad",), PROTECTED),
    "religion": (("religion",), PROTECTED),
    "sex": (("sex",), PROTECTED),
    "sexual-orientation": (("sexual_orientation",), PROTECTED),
    "carers": (("carer",), ADDED),
    "veterans": (("veteran",), ADDED),
    "deprivation": (("deprivation",), ADDED),
}
"""For each of `judgements.GROUPS`: the questions that report it, and why it is here."""

NOT_ASKED_ABOUT = "The consultation did not ask about this. There is no evidence from it about these groups."


def compose_assessment(results, facts, baseline):
    """The summary as a Document, each characteristic in its own section."""
    found = compared_by(
        results, [c for c in results.characteristics if any(c.key in keys for keys, _ in EVIDENCE.values())]
    )
    return Document(
        title=f"{facts.title}: equality impact assessment summary",
        subtitle="Evidence from the consultation",
        organisation=facts.organisation,
        date=facts.made_on,
        mark=facts.mark,
        sections=(
            header_section(results, facts),
            overview_section(facts.judgements, made_on=facts.made_on),
            aims_section(facts.judgements),
            evidence_section(results, baseline),
            *(section for key in GROUPS for section in group_sections(results, baseline, facts, key, found)),
            together_section(facts.judgements),
            limits_section(results, baseline),
            decision_section(facts),
            *tests_section(results, found),
        ),
    )


def header_section(results, facts):
    """The proposal in the consultation's own words, the cut of the data, and whose assessment it is."""
    return Section(
        "The proposal",
        (
            Inset(JUDGEMENT),
            *told_blocks(facts, facts.purpose),
            how_to_read(results.policy),
            Paragraph(
                f"{facts.dates} {who_answered(results)} These are the answers as they stood on {facts.made_on}. "
                f"Questionnaire: {facts.version}."
            ),
            Paragraph(facts.decision),
            *chapter_blocks(ABOUT, facts.judgements),
        ),
    )


def who_answered(results):
    """How many people answered, and how many organisations as far as that may be said."""
    people, organisations = results.people_shown(), results.organisations_shown()
    if not organisations.isdecimal():
        return f"{printed(people)} people answered, and some organisations."
    return f"{printed(people)} people and {printed(organisations)} organisations answered."


def aims_section(judgements):
    """The three aims of the duty, each with what a person wrote of it."""
    return Section(
        AIM_CHAPTER.heading,
        (
            Paragraph(
                "Section 149 of the Equality Act 2010 asks a public body to have due regard to the need to do three things."
            ),
            *chapter_blocks(AIM_CHAPTER, judgements),
        ),
    )


def evidence_section(results, baseline):
    """How people took part, and whom nobody heard from."""
    channels = results.channel_table()
    rows = tuple((label, channels.cells[place][0].printed) for place, label in enumerate(channels.rows))
    title = f"How people took part (base: {channels.grand_total.printed} {results.counted_as})"
    return Section(
        "Who was heard",
        (
            Inset(SELF_SELECTED),
            Table(title, (Column("How"), Column("Number", True)), rows, (rule_note(channels.policy),)),
            *map(Paragraph, not_heard_sentences(results, baseline)),
            *flags_explained(results, baseline),
        ),
    )


def group_sections(results, baseline, facts, key, found):
    """One of GROUPS: who was heard, what was different, and what people judged the effect to be."""
    heading, (keys, why_here) = GROUPS[key], EVIDENCE[key]
    asked = [c for c in results.characteristics if c.key in keys]
    yield Section(heading, (Paragraph(why_here),))
    yield Section(f"{heading}: who we heard from", tuple(heard_blocks(results, baseline, asked)), level=2)
    yield Section(f"{heading}: what was different", tuple(different_blocks(results, asked, found)), level=2)
    judged = tuple(chapter_blocks(CHAPTER_OF[key], facts.judgements))
    yield Section(f"{heading}: the effect, and what will be done", judged, level=2)


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


def together_section(judgements):
    """What people wrote of several groups at once."""
    return Section(TOGETHER.heading, tuple(chapter_blocks(TOGETHER, judgements)))


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
    """What the decision-maker considered and decided, and who signs for it: a person's words, or that nobody wrote them."""
    return Section(
        DECISION.heading,
        (
            Paragraph(facts.decision),
            *chapter_blocks(DECISION, facts.judgements),
            Inset(JUDGEMENT),
        ),
    )
