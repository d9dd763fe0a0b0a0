"""Who is missing: groups heard from less than expected or not at all, and what cannot be told of whom.

From published numbers and their flags alone. That a group is not named here says nothing of it where its number is hidden.
"""

from equality.representation import Flag
from exports.population import figures_for, groups_of
from exports.wording import UNLINKED, listed

MAJORITY = 2 / 3
"""Where so large a part of the population is a little short, it is others who came in greater numbers. Nobody must go and
look for it."""
HIDDEN, TOO_FEW, NO_FIGURES = "a number is hidden", "too few people answered", "there is no population figure"
"""Why it cannot be told of a characteristic whether every group was heard from."""
SAYS_NOTHING = {Flag.OUTSIDE, Flag.TOO_FEW_TO_SAY}


def flagged(results, baseline, flags):
    """(characteristic's heading, Group) of every group with one of these flags, but for great majorities."""
    return [
        (characteristic.heading, group)
        for characteristic in results.characteristics
        if figures_for(characteristic, baseline) is not None
        for group in groups_of(results, characteristic, baseline)
        if group.flag in flags and group.population_share < MAJORITY
    ]


def by_heading(found):
    """`{characteristic's heading: [group]}` of what `flagged` found."""
    together = {}
    for heading, group in found:
        together.setdefault(heading, []).append(group)
    return together


def groups_missing(results, baseline):
    """Groups not heard from, or heard from less than expected, as one line for each characteristic."""
    found = by_heading(flagged(results, baseline, {Flag.NOT_HEARD_FROM, Flag.UNDER}))
    return tuple(
        f"{heading}: {listed(f'{group.name} ({group.flag.value})' for group in groups)}"
        for heading, groups in found.items()
    )


def named(found):
    """Groups in a sentence: "age (16 to 24 and 25 to 34) and sex (male)"."""
    return listed(
        f"{heading.lower()} ({listed(group.name for group in groups)})" for heading, groups in by_heading(found).items()
    )


def who_took_part_sentence(results, baseline):
    """The summary's words on who is missing."""
    if not results.is_linked:
        return UNLINKED
    found = flagged(results, baseline, {Flag.UNDER, Flag.NOT_HEARD_FROM})
    compared, open_still = by_what_can_be_told(results, baseline, lambda group: group.flag is None)
    if found:
        first = f"Fewer people than could be expected took part, or none, from some groups: {named(found)}."
    elif compared:
        rest = "" if len(compared) + len(open_still.get(HIDDEN, ())) == len(results.characteristics) else NOTHING_ELSE
        first = f"Compared with the population by {listed(compared)}, no group stands out as missing.{rest}"
    else:
        first = "Nothing could be compared with the population in full, so it cannot be said who is missing."
    if HIDDEN not in open_still:
        return first
    return f"{first} By {listed(open_still[HIDDEN])}, it cannot be told of every group, because a number is hidden."


NOTHING_ELSE = " Nothing else could be compared."


def not_heard_sentences(results, baseline):
    """The equality summary's words on groups nobody answered from: who they are, where there are none, and where that cannot
    be told.
    """
    if not results.is_linked:
        return (UNLINKED,)
    found = flagged(results, baseline, {Flag.NOT_HEARD_FROM})
    told, open_still = by_what_can_be_told(results, baseline, lambda group: group.count.value is None)
    whole = [heading for heading in told if heading not in {heading.lower() for heading, _ in found}]
    sentences = []
    if found:
        sentences.append(
            f"Nobody answered from these groups: {named(found)}. "
            "That does not mean they have no concerns. Engage directly with them."
        )
    if whole:
        sentences.append(
            f"By {listed(whole)}, somebody answered from every group that 5 people could be expected from."
        )
    sentences += [
        f"By {listed(headings)}, it cannot be told whether every group was heard from, because {reason}."
        for reason, headings in open_still.items()
    ]
    return tuple(sentences)


def by_what_can_be_told(results, baseline, is_open):
    """Characteristics (headings in running text) of which it can be told who is missing, and `{why not: headings}` of the
    others. `is_open` says whether a group's published numbers leave it open.
    """
    told, why_not = [], {}
    for characteristic in results.characteristics:
        reason = why_it_cannot_be_told(results, characteristic, baseline, is_open)
        headings = why_not.setdefault(reason, []) if reason else told
        headings.append(characteristic.heading.lower())
    return told, {reason: why_not[reason] for reason in (HIDDEN, TOO_FEW, NO_FIGURES) if reason in why_not}


def why_it_cannot_be_told(results, characteristic, baseline, is_open):
    """Why it cannot be told of a characteristic who is missing; "" where it can."""
    if figures_for(characteristic, baseline) is None:
        return NO_FIGURES
    expected = [group for group in groups_of(results, characteristic, baseline) if group.flag not in SAYS_NOTHING]
    if not expected:
        return TOO_FEW
    return HIDDEN if any(map(is_open, expected)) else ""


def hidden_groups(results, characteristic, baseline):
    """The groups of a characteristic whose number is hidden, but for those outside the population compared with."""
    table, figures = results.profile_table(characteristic), figures_for(characteristic, baseline)
    return [
        label
        for place, (label, cells) in enumerate(zip(table.rows, table.cells, strict=True))
        if cells[0].value is None and (figures is None or figures[place])
    ]
