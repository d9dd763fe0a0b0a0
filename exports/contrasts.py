"""The equality summary's "what was different": groups against everyone else at both ends of each scale. First in plain words who
answered differently and by how much, then every comparison in a table; the figures of the tests stand apart, for statisticians.

Only published numbers take part. Nothing here can be read as "no difference".
"""

from dataclasses import dataclass

from equality.disclosure import ReleasedTable
from exports.comparing import Comparison, comparisons, groups_of, is_too_small
from exports.document import Bullets, Column, Paragraph, Strong, Table
from exports.findings import answers_quoted, ends_of_scale
from exports.population import signed
from exports.wording import INDICATIVE, rule_note

UNLIKELY = 0.05
"""A smaller p value is unlikely to be chance alone."""
CANNOT_TELL = "“Cannot tell” does not mean that there is no difference."
TESTS = "Figures of the tests"
HOW_TO_READ = (
    "“Unlikely”: chance alone would rarely make so large a difference, however the numbers were rounded. “Unlikely as rounded”: "
    f"so it is with the numbers as they stand, but rounding may have made the difference larger. {CANNOT_TELL} "
    f"How this was tested is under “{TESTS}”."
)
ENDS = ("positive", "negative")
STAND_OUT = "These differences are larger than chance alone is likely to make, however the numbers were rounded:"
STAND_OUT_AS_ROUNDED = (
    "These differences are larger than chance alone is likely to make as the numbers stand here. The numbers are rounded, and "
    "the true differences may be smaller:"
)
NOTHING_STANDS_OUT = (
    "Of the groups that could be compared, none stands out: for each difference it cannot be told whether it is more than chance."
    " That does not mean that there is no difference."
)


@dataclass(frozen=True)
class Compared:
    """One scale by one characteristic: its released table, the answers at each end in words, and the comparisons made there."""

    title: str
    table: ReleasedTable
    answers: tuple[str, ...]
    ends: tuple[tuple[Comparison, ...], ...]


def compared_by(results, asked):
    """Each scale by each of these characteristics, as `{characteristic's key: [Compared]}`; none by one that is context only."""
    scales = [
        summary for _, summaries in results.questions_of_people() for summary in summaries if summary.chart == "scale"
    ]
    return {
        characteristic.key: [compared(results, summary, characteristic) for summary in scales]
        for characteristic in asked
        if not characteristic.context_only
    }


def compared(results, summary, characteristic):
    """One scale by one characteristic."""
    table, ends = results.table(summary, by=characteristic.key), ends_of_scale(summary)
    return Compared(
        title=results.title_of(summary),
        table=table,
        answers=tuple(" or ".join(answers_quoted(summary, lines)) for lines in ends),
        ends=tuple(map(tuple, comparisons(table, ends=ends))),
    )


def different_blocks(results, asked, found):
    """Each scale by these characteristics: groups of at least 30 against everyone else, at both ends (`found`: `compared_by`)."""
    if not asked:
        yield Paragraph("Nothing can be said from this consultation. Find out in another way.")
    for characteristic in asked:
        if characteristic.context_only:
            yield Paragraph("Differences are not calculated here: the question is under national review.")
        else:
            yield from compared_blocks(results, characteristic, found[characteristic.key])


def compared_blocks(results, characteristic, found):
    """The comparisons of one characteristic: what stands out, a table for each end of the scales, what could not be compared."""
    if not any(any(scale.ends) for scale in found):
        yield Paragraph(
            "No comparison can be made: it takes at least 30 people in a group, and 30 others, whose numbers can be "
            f"published. In no question is that so for any of the {len(characteristic.categories)} groups. "
            "That does not mean that there is no difference. Engage directly with these groups."
        )
        return
    yield from told_in_words(found)
    how = (HOW_TO_READ, INDICATIVE)
    for end, name in enumerate(ENDS):
        made = made_at(found, end)
        if made:
            yield comparison_table(results, characteristic, name, made, notes=how)
            how = (CANNOT_TELL,)
    if any(missing(scale.table, made) for scale in found for made in scale.ends):
        yield missing_table(results, characteristic, found)


def made_at(found, end):
    """Every (Compared, Comparison) at one end of the scales; those that stand out come first."""
    made = [(scale, comparison) for scale in found for comparison in scale.ends[end]]
    return sorted(made, key=lambda pair: (pair[1].careful_p >= UNLIKELY, pair[1].adjusted_p >= UNLIKELY))


# In plain words ----------------------------------------------------------------------------------------------------------


def told_in_words(found):
    """Who answered differently, by how much, and of how many people; or that nothing stands out. No figure of a test."""
    sure, as_rounded = [], []
    for end in range(len(ENDS)):
        for scale, comparison in made_at(found, end):
            if comparison.careful_p < UNLIKELY:
                sure.append(in_words(scale, end, comparison))
            elif comparison.adjusted_p < UNLIKELY:
                as_rounded.append(in_words(scale, end, comparison))
    for lead, sentences in ((STAND_OUT, sure), (STAND_OUT_AS_ROUNDED, as_rounded)):
        if sentences:
            yield Paragraph(lead)
            yield Bullets(tuple(sentences))
    if not sure and not as_rounded:
        yield Paragraph(NOTHING_STANDS_OUT)


def in_words(scale, end, found):
    """One comparison: "Help at home: 54% of “75 to 84” said “not confident” or “…” (base: 65). That is 23 points more than …"."""
    apart = abs(found.difference)
    return (
        Strong(f"{scale.title}:"),
        f" {found.group_share}% of “{found.category}” said {scale.answers[end]} (base: {found.group_shown}). "
        f"That is {apart} {'point' if apart == 1 else 'points'} {'more' if found.difference > 0 else 'fewer'} than of everyone "
        f"else, of whom {found.others_share}% did (base: {found.others_base:,}).",
    )


# In tables ---------------------------------------------------------------------------------------------------------------


def comparison_table(results, characteristic, name, made, *, notes):
    """The comparisons at one end of the scales (`made_at`)."""
    columns = (
        Column("Question"),
        Column("Group"),
        Column("Base", True),
        Column("This group", True),
        Column("Everyone else", True),
        Column("Points apart", True),
        Column("Could it be chance?"),
    )
    title = f"The 2 most {name} answers, by {characteristic.heading.lower()} (bases: in each row)"
    rows = tuple(comparison_row(scale.title, comparison) for scale, comparison in made)
    return Table(title, columns, rows, (*notes, rule_note(results.policy.key)))


def comparison_row(title, found):
    """One comparison in words and whole percentages."""
    return (
        title,
        found.category,
        found.group_shown,
        f"{found.group_share}%",
        f"{found.others_share}%",
        signed(found.difference),
        by_chance(found),
    )


def by_chance(found):
    """Whether chance alone could have made a difference, in words."""
    answers = (("Unlikely", found.careful_p), ("Unlikely as rounded", found.adjusted_p))
    return next((words for words, p in answers if p < UNLIKELY), "Cannot tell")


# What could not be compared ----------------------------------------------------------------------------------------------


def missing(table, made):
    """How many groups could not be compared: (because a number is hidden, because too few people answered); () for none."""
    groups = groups_of(table)
    if len(groups) == 2:
        left = [] if made else groups
    else:
        done = {comparison.category for comparison in made}
        left = [place for place in groups if table.columns[place] not in done]
    few = sum(is_too_small(table, place) for place in left)
    return (len(left) - few, few) if left else ()


def missing_table(results, characteristic, found):
    """For each question, how many groups are in neither table, and why."""
    columns = (Column("Question"), *(Column(f"Most {name} answers") for name in ENDS))
    rows = tuple((scale.title, *(missing_words(missing(scale.table, made)) for made in scale.ends)) for scale in found)
    number = len(characteristic.categories)
    title = f"Groups that could not be compared, of {number}, by {characteristic.heading.lower()}"
    notes = (
        "“Hidden”: a number that the comparison needs is hidden, or what is left of the total is too small. "
        "“Too few”: fewer than 30 people answered.",
        rule_note(results.policy.key),
    )
    return Table(title, columns, rows, notes)


def missing_words(numbers):
    """ "3 hidden, 2 too few"."""
    if not numbers:
        return "None"
    return ", ".join(f"{number} {why}" for number, why in zip(numbers, ("hidden", "too few"), strict=True) if number)
