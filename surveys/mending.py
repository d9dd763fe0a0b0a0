"""Whether a text that was changed says the same, but for a slip of the keyboard. Pure."""

import re
from collections import Counter
from difflib import SequenceMatcher

from surveys.text import clean_text

MOST_TYPED_WRONG = 0.15
"""The share of a text that a typing mistake may change. More is another wording."""
MOST_MISSPELT = 0.2
WORD = re.compile(r"[\w'’]+")
TURNING = re.compile(
    r"not?|never|none|without|unless|only|all|any|more|less|most|least|before|after|oppose|support|(?:dis)?agree|[0-9]+|\w+n['’]t"
)
"""Words whose coming or going turns what a text says, and numbers."""


def is_typing_mistake(before: str, after: str) -> bool:
    """Whether two texts differ by no more than a slip of the keyboard: little is changed, and no word that turns the sense."""
    before, after = clean_text(before), clean_text(after)
    if turns(before, after) or turns(after, before):
        return False
    return alike(before, after) >= 1 - MOST_TYPED_WRONG


def turns(text: str, other: str) -> bool:
    """Whether a text has a word that turns the sense where the other has neither it nor a misspelling of it."""
    left = Counter(word.lower() for word in WORD.findall(other))
    for word in (word.lower() for word in WORD.findall(text)):
        if left[word]:
            left[word] -= 1
        elif TURNING.fullmatch(word) and not any(is_misspelt(word, candidate) for candidate in left if left[candidate]):
            return True
    return False


def is_misspelt(word: str, candidate: str) -> bool:
    """Whether a word is another that is no word of its own kind, but for a letter or so."""
    return not TURNING.fullmatch(candidate) and alike(word, candidate) >= 1 - MOST_MISSPELT


def alike(one: str, other: str) -> float:
    return SequenceMatcher(None, one, other, autojunk=False).ratio()
