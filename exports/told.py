"""What people were told of a proposal, as a document repeats it: as its own words before the decision, as a quotation after it,
when some of it is no longer true.
"""

from exports.document import Paragraph, Quote

SINCE_DECIDED = "A decision has been made since. While people could answer, they were told:"


def told_blocks(facts, *texts):
    """Texts of the consultation, a blank line between paragraphs."""
    parts = [part for text in texts for part in text.split("\n\n")]
    if not facts.is_decided:
        return tuple(map(Paragraph, parts))
    return (Paragraph(SINCE_DECIDED), *map(Quote, parts))
