"""Letters, emails, events and petitions in the report: apart, each with its base, and safe to publish."""

from dataclasses import replace

import pytest

from exports.document import Paragraph, Quote, Table
from exports.report import compose_report
from exports.subjects import CountedApart, Petition
from tests.exports.composed import BASELINE, FACTS, FEW, crowd
from tests.exports.respondents import results_now

pytestmark = pytest.mark.django_db


def sections_on(apart, *, policy="nhs_round5"):
    """The sections of the report on these, by heading."""
    results = results_now(crowd(FEW, policy=policy))
    report = compose_report(results, replace(FACTS, apart=apart), BASELINE)
    headings = [section.heading for section in report.sections]
    if "Other responses, counted apart" not in headings:
        return {}
    first, last = headings.index("Other responses, counted apart"), headings.index("What we could not find out")
    return {section.heading: section.blocks for section in report.sections[first:last]}


PETITION = Petition(
    title="Keep our clinic", organiser="A group or campaign", received_on="Monday 5 April 2027", signatures=1214,
    passages=(("", "We ask the board to keep the clinic at Northbridge open."),),
)  # fmt: skip


def test_a_petition_is_one_response_with_its_signatures_apart():
    found = sections_on(CountedApart(petitions=(PETITION,)))

    (table,) = [block for block in found["Other responses, counted apart"] if isinstance(block, Table)]
    assert table.caption == "Petitions (base: 1215 signatures)"
    assert table.rows == (("Keep our clinic", "A group or campaign", "Monday 5 April 2027", "1215"),)
    texts = [block.text for block in found["Other responses, counted apart"] if isinstance(block, Paragraph)]
    assert texts == [
        "Each petition is one response. Signatures are not respondents: people who sign support one text, and did not answer "
        "the questions."
    ]
    assert found["What petitions ask for"] == (
        Paragraph("“Keep our clinic”, 1215 signatures:"),
        Quote("We ask the board to keep the clinic at Northbridge open."),
    )
