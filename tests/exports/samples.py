"""A report that has a block of every kind, and words that have broken writers of files."""

from exports.document import (
    Bullets,
    Chart,
    ChartRow,
    Column,
    Definitions,
    Document,
    Inset,
    Link,
    Paragraph,
    Point,
    Quote,
    Section,
    Strong,
    Table,
    Unwritten,
)

AGREEMENT = ("Strongly agree", "Agree", "Neither agree nor disagree", "Disagree", "Strongly disagree")

HOSTILE = (
    "<script>alert(1)</script>",
    "unclosed <b and </para> and </b> and <!-- and a < b & c",
    '"><img src="file:///etc/passwd" onerror=alert(1)>',
    "{{ 7*7 }} {% debug %} ${7*7}",
    "NUL \x00 and \x0b and \x1b and \ufffe and a lone surrogate \ud800",
    "\u202eright to left override\u202c and \u2067isolate\u2069",
    "emoji 😀 👍🏽 ❤️ 🏳️‍🌈 🦠",
    "Urdu میں ہفتے میں 3 بار کلینک جاتا ہوں۔",
    "Bengali আমি বাংলায় উত্তর দিয়েছি।",
    "Chinese 我不同意 and Welsh Ŵ ŷ and Polish Łódź",
    "combining Z̷̢̛̫a̶̧l̵g̸o̷",
    "=cmd|' /C calc'!A0",
)


def bars(**changes):
    return Chart(
        **{
            "kind": "bars",
            "title": "How would you get there? (base: 412 people who answered)",
            "rows": (
                ChartRow("Drive a car", (Point(180, "180 (44%)"),)),
                ChartRow("Get a lift from a friend, a neighbour or someone in the family", (Point(60, "60 (15%)"),)),
                ChartRow("Walk", (Point(0, "0 (0%)"),)),
                ChartRow("Mobility transport", (Point(None, "[c]"),)),
            ),
            "alternative": "Bars for four answers: 180 people would drive.",
        }
        | changes
    )


def stacked(**changes):
    return Chart(
        **{
            "kind": "stacked",
            "title": "Support for each option (base: 405 people who answered)",
            "rows": (
                ChartRow(
                    "Move the centre",
                    tuple(map(Point, (34, 27, 14, 15, 10), ("34%", "27%", "14%", "15%", "10%"))),
                    "5%",
                ),
                ChartRow(
                    "Close it", tuple(map(Point, (None, 5, 10, 40, None), ("[c]", "5%", "10%", "40%", "[c]"))), "[c]"
                ),
            ),
            "alternative": "Stacked bars for two options.",
            "series": AGREEMENT,
            "outside": "I do not know",
        }
        | changes
    )


def table(**changes):
    return Table(
        **{
            "caption": "How people would travel (base: 412 people who answered)",
            "columns": (Column("Answer"), Column("Number", numeric=True), Column("%", numeric=True)),
            "rows": (("Drive a car", "180", "44%"), ("Mobility transport", "[c]", "[c]")),
            "notes": ("[c] stands for a number that is hidden to protect people in small groups.",),
        }
        | changes
    )


def report(**changes):
    """A report with every kind of block, charts, a table over several pages, and all the hostile words."""
    long_table = table(
        caption="What people said (base: 120 people who commented)",
        columns=(Column("Theme"), Column("People", numeric=True), Column("In their words")),
        rows=tuple((f"Theme {number}", str(number), HOSTILE[number % len(HOSTILE)]) for number in range(1, 121)),
    )
    wide_table = table(
        caption="Everything by ward",
        columns=(Column("Ward"), *(Column(f"Option number {number}", numeric=True) for number in range(1, 19))),
        rows=tuple((f"Ward {number}", *["1,234 (12%)"] * 18) for number in range(3)),
    )
    population = Chart(
        "against_population",
        "Who we heard from (base: 398 people who answered)",
        (
            ChartRow("White British", (Point(88, "88%"), Point(92.5, "93%"))),
            ChartRow("Asian", (Point(None, "[c]"), Point(4, "4%"))),
        ),
        "Bars: 88% of people who answered were White British, against 93% of the population.",
        series=("People who took part", "Population"),
    )
    parts = {
        "title": "Have your say on urgent care: what people told us",
        "subtitle": "Report of the consultation",
        "organisation": "Northbridge Health and Care Partnership",
        "date": "Friday 30 April 2027",
        "mark": "Illustrative data",
        "sections": (
            Section(
                "One-page summary",
                (
                    Paragraph(
                        (
                            "Of 412 people, ",
                            Strong("251 (61%)"),
                            " agreed. See ",
                            Link("how they would travel", "#section-3"),
                            " or ",
                            Link("our site", "https://example.org/plan"),
                            ".",
                        )
                    ),
                    Bullets(("412 people took part.", ("Most ", Strong("agreed"), "."))),
                    Inset("People chose whether to take part.", heading="How to read this report"),
                ),
                number="0",
            ),
            Section("Findings", (Paragraph("We asked 14 questions."), bars(), table(), stacked(), table())),
            Section("Travel", (population, table(), Paragraph("Not numbered.", numbered=False)), level=2),
            Section("Words", (*(Quote(words, "Someone") for words in HOSTILE), Paragraph("\n".join(HOSTILE))), level=3),
            Section(
                "Groups",
                (
                    Definitions((("Base", "How many people a percentage is of."), ("Code", "A number for an answer."))),
                    Bullets(("Read", "Decide"), ordered=True),
                    Unwritten("Effect on people in this group"),
                    long_table,
                    wide_table,
                ),
                starts_page=True,
            ),
            Section("Method", (Paragraph("How it was done."),), number="A"),
        ),
    }
    return Document(**parts | changes)
