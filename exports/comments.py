"""The words people wrote, as far as a report lists them: a part, chosen evenly, and nothing that may name somebody.

Themes come with coding. Until a person has read a comment, one that looks as if it holds a name, a number or an
address is held back whole, and the report says how many were.
"""

import re

from exports.document import Inset, Paragraph, Quote, Section
from surveys.kinds import KINDS
from surveys.queries import response_pages

MOST_LISTED = 30
"""Comments listed for each question; all of them are in the row export."""
LONGEST_LISTED = 600
SAMPLED = 20_000
"""Responses looked through for comments: the report must stay quick however many there are."""

TELLING = re.compile(
    r"""(?xi)
    [\w.+-]+@[\w-]+\.\w+                          # an email address
    | (?:\+44|\b0)[\d\s-]{8,}\d                    # a telephone number
    | \b\d{3}[ -]?\d{3}[ -]?\d{4}\b                # an NHS number
    | \b[A-Z]{1,2}\d[A-Z\d]?\s*\d[A-Z]{2}\b        # a full postcode
    | \b(?:mr|mrs|ms|miss|dr|doctor|nurse|sister)\.?\s+[A-Z][a-z]+   # somebody by title and name
    | \b(?:born|birthday|dob)\b.*\d                # a date of birth
    """
)


def may_identify(text):
    """Whether a comment looks as if it could say who somebody is. Errs on the side of holding back."""
    return bool(TELLING.search(text))


def comments_section(results):
    """A section with the comments to each question that asks for words."""
    asked = [q for q, summaries in results.questions() if summaries[0].chart == "text" and lists_comments(q)]
    if not asked:
        return
    yield Section(
        "What people said in their own words",
        (
            Paragraph("Comments are listed as people wrote them. They have not been grouped into themes yet."),
            Inset(
                "A comment that looks as if it names somebody, or gives an address or a number, is held back until a person "
                "has read it. Comments show the range of views, not how many people hold each."
            ),
        ),
    )
    found = comments_of(results, {question.key for question in asked})
    for question in asked:
        yield Section(
            results.heading(question), tuple(listed_comments(results, question, found[question.key])), level=2
        )


def lists_comments(question):
    """Long answers are listed; short ones may be a name or a role, and postcodes are no comments."""
    return any(control.shape == "writing_box" for control in KINDS[question.kind].controls(question))


def comments_of(results, keys):
    """`{question key: [comment]}` of individuals, in the order received, from the first SAMPLED responses."""
    found = {key: [] for key in keys}
    seen = 0
    for page in response_pages(results.subject.questionnaire_id):
        for row in page:
            if row[8] != "organisation":
                for key in keys & row[3].keys():
                    if isinstance(row[3][key], str):
                        found[key].append(row[3][key])
        seen += len(page)
        if seen >= SAMPLED:
            break
    return found


def listed_comments(results, question, comments):
    """The paragraphs and quotes of one question."""
    table = results.base_table(question)
    wrote = table.cells[0][0].shown
    safe = [text for text in comments if not may_identify(text)]
    held = len(comments) - len(safe)
    step = max(1, -(-len(safe) // MOST_LISTED))
    chosen = safe[::step]
    yield Paragraph(
        f"{wrote} people wrote a comment."
        + (f" {len(chosen)} of the comments are listed here, chosen evenly." if len(chosen) < len(safe) else "")
        + (" Some comments are held back until a person has read them." if held else "")
    )
    for text in chosen:
        yield Quote(
            text if len(text) <= LONGEST_LISTED else f"{text[:LONGEST_LISTED].rstrip()} [the rest is left out here]"
        )
