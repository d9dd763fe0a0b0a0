"""The equality summary's "what was different": groups against everyone else at both ends of each scale, with the test's result
in words that nobody can read as "no difference". Only published numbers take part.
"""

from exports.comparing import comparisons, groups_of, is_too_small
from exports.document import Column, Paragraph, Table
from exports.findings import ends_of_scale
from exports.population import signed
from exports.wording import INDICATIVE, rule_note

UNLIKELY = 0.05
"""A smaller p value is unlikely to be chance alone."""
LEAST_SAID = 0.001
CANNOT_TELL = "“Cannot tell” does not mean that there is no difference."
HOW_TESTED = (
    "p is after Holm’s correction for all comparisons of one question by one characteristic, and is of the numbers as published. "
    "“Unlikely” means that it is below 0.05 however the numbers were rounded, and “unlikely as rounded” that it is below 0.05 "
    f"as the numbers stand. {CANNOT_TELL}"
)
ENDS = ("positive", "negative")


def different_blocks(results, asked):
    """Each scale by these characteristics: groups of at least 30 against everyone else, at both ends."""
    if not asked:
        yield Paragraph("Nothing can be said from this consultation. Find out in another way.")
    for characteristic in asked:
        if characteristic.context_only:
            yield Paragraph("Differences are not calculated here: the question is under national review.")
        else:
            yield from compared_blocks(results, characteristic)


def compared_blocks(results, characteristic):
    """The comparisons of one characteristic, a table for each end of the scales, and what could not be compared."""
    found = [
        (results.title_of(summary), table, comparisons(table, ends=ends_of_scale(summary)))
        for _, summaries in results.questions_of_people()
        for summary in summaries
        if summary.chart == "scale"
        for table in (results.table(summary, by=characteristic.key),)
    ]
    if not any(any(ends) for _, _, ends in found):
        yield Paragraph(
            "No comparison can be made: it takes at least 30 people in a group, and 30 others, whose numbers can be "
            f"published. In no question is that so for any of the {len(characteristic.categories)} groups. "
            "That does not mean that there is no difference. Engage directly with these groups."
        )
        return
    how = (HOW_TESTED, INDICATIVE)
    for end, name in enumerate(ENDS):
        made = [(title, comparison) for title, _, ends in found for comparison in ends[end]]
        if made:
            yield comparison_table(results, characteristic, name, made, notes=how)
            how = (CANNOT_TELL,)
    if any(missing(table, made) for _, table, ends in found for made in ends):
        yield missing_table(results, characteristic, found)


def comparison_table(results, characteristic, name, made, *, notes):
    """The comparisons at one end of the scales; those that stand out come first."""
    columns = (
        Column("Question"),
        Column("Group"),
        Column("Base", True),
        Column("This group", True),
        Column("Everyone else", True),
        Column("Points apart", True),
        Column("Could it be chance?"),
    )
    in_order = sorted(made, key=lambda pair: (pair[1].careful_p >= UNLIKELY, pair[1].adjusted_p >= UNLIKELY))
    title = f"The 2 most {name} answers, by {characteristic.heading.lower()} (bases: in each row)"
    rows = tuple(comparison_row(*pair) for pair in in_order)
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
    """Whether chance alone could have made a difference, with the p value of what is published."""
    answers = (("Unlikely", found.careful_p), ("Unlikely as rounded", found.adjusted_p))
    answer = next((words for words, p in answers if p < UNLIKELY), "Cannot tell")
    return f"{answer} ({p_shown(found.adjusted_p)})"


def p_shown(p):
    """A p value as it is printed."""
    return "p below 0.001" if p < LEAST_SAID else f"p {p:.3f}" if p < UNLIKELY else f"p {p:.2f}"


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
    rows = tuple((title, *(missing_words(missing(table, made)) for made in ends)) for title, table, ends in found)
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
