"""Who took part against the population: each characteristic's released numbers beside a baseline, with a flag in words.

Shares, differences and flags are all worked out from published numbers, so a hidden number is in none of them. "Prefer not to
say" and blanks are in no base. Nothing here says that anybody was represented.
"""

from dataclasses import dataclass

from equality.categories import question_set_of
from equality.categories import words as equality_words
from equality.disclosure import ReleasedCell
from equality.representation import FEWEST_ANSWERS, FEWEST_EXPECTED, OVER_INDEX, UNDER_INDEX, Flag, flag_for
from exports.document import Chart, ChartRow, Column, Paragraph, Point, Section, Table
from exports.findings import BECAME, WHOLE, WORKED_OUT, what_became
from exports.wording import UNLINKED, listed, rule_note

NOT_COMPARED = "There is no population figure to set this against."
CONTEXT_ONLY = (
    "The national question about gender identity is under review, and its census figures are uncertain. "
    "No comparison is made."
)
NOT_SHOWN = "Not shown"
FLAGS_EXPLAINED = (
    "“What this says” sets a group’s share of the people who answered against its share of the population. "
    f"“Fewer than expected” is under {UNDER_INDEX}% of that share, and “more than expected” over {OVER_INDEX}%, where the "
    f"numbers are large enough to tell. “Too few to say”: fewer than {FEWEST_ANSWERS} people answered, or fewer than "
    f"{FEWEST_EXPECTED} could be expected. Beside a hidden number, something is said only if it holds whatever that number is."
)
WHATEVER = ", whatever the hidden number is"


@dataclass(frozen=True)
class Group:
    """One group as published: its number, its share of those who answered, of the population (0 to 1), and what that says.

    `flag` is None where the published numbers do not tell; `population_share` is None where nothing is compared.
    """

    name: str
    count: ReleasedCell
    percent: ReleasedCell
    population_share: float | None
    flag: Flag | None


def population_blocks(results, baseline):
    """A section for each reported characteristic."""
    if not results.is_linked:
        return (Section("Who took part, group by group", (Paragraph(UNLINKED),), level=2),)
    return tuple(
        Section(characteristic.heading, tuple(characteristic_blocks(results, characteristic, baseline)), level=2)
        for characteristic in results.characteristics
    )


def flags_explained(results, baseline):
    """What the flags mean, for above the first table that has any; () where none has."""
    has_any = any(figures_for(characteristic, baseline) is not None for characteristic in results.characteristics)
    return (Paragraph(FLAGS_EXPLAINED),) if has_any else ()


def characteristic_blocks(results, characteristic, baseline):
    """One characteristic: a chart against the population where there is one, the table, and who declined or skipped."""
    table = results.profile_table(characteristic)
    question = question_set_of(results.subject.question_set).by_key.get(characteristic.column)
    if question is not None and not question.given:
        yield Paragraph(f"We asked: {equality_words(question.question)}")
    if figures_for(characteristic, baseline) is None:
        yield alone(table, characteristic)
        yield Paragraph(CONTEXT_ONLY if characteristic.context_only else NOT_COMPARED)
    else:
        yield from against(table, characteristic, baseline, groups_of(results, characteristic, baseline))
    yield declined(results, characteristic)


def figures_for(characteristic, baseline):
    """The population's people by category; None where nothing may be compared."""
    return None if characteristic.context_only else baseline.figures(characteristic)


def groups_of(results, characteristic, baseline):
    """Every group of a characteristic as published, against the population."""
    table, figures = results.profile_table(characteristic), figures_for(characteristic, baseline)
    outside = [place for place, figure in enumerate(figures) if not figure]
    answered = table.grand_total.value
    covered = None if answered is None else answered - sum(table.cells[place][0].value or 0 for place in outside)
    return [
        Group(
            name=label,
            count=table.cells[place][0],
            percent=table.percentages()[place][0],
            population_share=figures[place] / sum(figures) if figures[place] else None,
            flag=published_flag(results.policy, table, place, covered, figures[place] / sum(figures)),
        )
        for place, label in enumerate(table.rows)
    ]


def published_flag(policy, table, place, answered, population_share):
    """What published numbers say of one group: a flag, or None where a hidden number leaves it open.

    A flag from the true number would tell it: of the numbers from 1 to 7 only one might be "fewer than expected".
    """
    if not population_share:
        return Flag.OUTSIDE
    if not answered:
        return Flag.TOO_FEW_TO_SAY
    count = table.cells[place][0].value
    possible = {count} if count is not None else {1, most_hidden(policy, table, place)}
    flags = {
        flag_for(observed=min(number, answered), answered=answered, population_share=population_share)
        for number in possible
    }
    return flags.pop() if len(flags) == 1 else None


def most_hidden(policy, table, place):
    """The largest number that a hidden cell of a one-way table can be, from the numbers beside it."""
    others = [cells[0].value for row, cells in enumerate(table.cells) if row != place]
    fewest = sum(policy.possible(value)[0] for value in others if value is not None)
    return max(1, policy.possible(table.grand_total.value)[1] - fewest)


def alone(table, characteristic):
    """Released numbers without a comparison."""
    percentages = table.percentages()
    rows = tuple(
        (label, table.cells[place][0].printed, percentages[place][0].printed or NOT_SHOWN)
        for place, label in enumerate(table.rows)
    )
    columns = (Column("Group"), Column("Number", True), Column("% of people who answered", True))
    return Table(title_of(table, characteristic), columns, rows, (rule_note(table.policy),))


def against(table, characteristic, baseline, groups):
    """The chart and table of a comparison. Differences are of published percentages."""
    title = title_of(table, characteristic)
    drawn = [group for group in groups if group.flag is not Flag.OUTSIDE]
    if any(group.percent.value is not None for group in drawn):
        yield Chart(
            "against_population",
            title,
            tuple(map(chart_row, drawn)),
            alternative="Bars of the share of each group among people who answered, beside its share of the population.",
            series=("People who answered", "Population"),
            whole=WHOLE,
        )
    columns = (
        Column("Group"),
        Column("Number", True),
        Column("% of people who answered", True),
        Column("% of population", True),
        Column("Difference in points", True),
        Column("What this says"),
    )
    notes = (rule_note(table.policy), baseline.source_note(characteristic))
    yield Table(title, columns, tuple(map(table_row, groups)), notes)


def chart_row(group):
    population = round(100 * group.population_share, 1)
    here = Point(group.percent.value, group.percent.printed or group.count.printed)
    return ChartRow(group.name, (here, Point(population, f"{population:.0f}%")))


def table_row(group):
    """One group's line: a group outside the population is compared with nothing."""
    before = (group.name, group.count.printed, group.percent.printed or NOT_SHOWN)
    if group.population_share is None:
        return (*before, "None", "Not compared", group.flag.value)
    population = round(100 * group.population_share, 1)
    difference = NOT_SHOWN if group.percent.value is None else signed(round(group.percent.value - population))
    return (*before, f"{population:.1f}%", difference, flag_words(group))


def flag_words(group):
    """What a group's row says; beside a hidden number, that it does not hang on it."""
    if group.flag is None:
        return NOT_SHOWN
    hangs_on_number = group.flag is not Flag.TOO_FEW_TO_SAY
    return f"{group.flag.value}{WHATEVER if group.count.value is None and hangs_on_number else ''}"


def signed(points):
    """A difference with its sign: "+4", "−4" with a true minus, "0"."""
    return "0" if not points else f"{points:+d}".replace("-", "−")


def title_of(table, characteristic):
    return f"{characteristic.heading} (base: {table.grand_total.printed} people who answered this question)"


def declined(results, characteristic):
    """How many answered, preferred not to say or left the question blank, as released numbers."""
    question = question_set_of(results.subject.question_set).by_key.get(characteristic.column)
    is_given = question is not None and question.given
    answered = results.profile_table(characteristic).grand_total.printed
    became = what_became(results.profile_base_table(characteristic), words_of=WORKED_OUT if is_given else BECAME)
    parts = [f"it is known for {answered}" if is_given else f"{answered} answered this question", *became]
    return Paragraph(f"Of the people who took part, {listed(parts)}.")
