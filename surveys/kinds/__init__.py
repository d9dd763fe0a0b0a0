"""One file for each kind of question. To add one: write the file, and add a line to KINDS."""

from surveys.kinds.base import AnswerError, CodeColumn, Example, Kind
from surveys.kinds.choice import OneChoice
from surveys.kinds.date import DateInBoxes
from surveys.kinds.information import Information
from surveys.kinds.number import Number
from surveys.kinds.postcode import Postcode
from surveys.kinds.ranking import Ranking
from surveys.kinds.scale import Scale
from surveys.kinds.several import SeveralChoices
from surveys.kinds.statements import Statements
from surveys.kinds.text import LongText, ShortText

KINDS: dict[str, Kind] = {
    kind.name: kind
    for kind in (
        OneChoice(),
        SeveralChoices(),
        Scale(),
        Statements(),
        Ranking(),
        ShortText(),
        LongText(),
        Number(),
        DateInBoxes(),
        Postcode(),
        Information(),
    )
}
"""Every kind by its name, in the order of the builder's menu."""

__all__ = ["KINDS", "AnswerError", "CodeColumn", "Example", "Kind"]
