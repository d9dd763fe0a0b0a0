"""Questions as a keyer meets them, for tests: on paper under number 4."""

import pytest

from surveys.keying import read_question
from surveys.keystrokes import Miskeyed
from surveys.paper_order import keyed_question


def keyed(asked, number="4"):
    """A question as keyed under a number."""
    return keyed_question(asked, number, text="Words")


def read_one(asked, *typed):
    """What is read of what was typed in a question's boxes, first to last."""
    on_paper = keyed(asked)
    return read_question(on_paper, {box.name: keys for box, keys in zip(on_paper.fields, typed, strict=False)})


def refusal(asked, *typed):
    """The sentence and the part of what cannot be taken."""
    with pytest.raises(Miskeyed) as error:
        read_one(asked, *typed)
    return str(error.value)
