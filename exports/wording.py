"""Sentences of the report, made from templates and numbers that were released: never free writing."""

import re

from equality.disclosure import POLICIES
from surveys.definition import words
from surveys.piping import PIPE

SCALE_WORDS = (
    (90, "almost all"),
    (60, "most"),
    (55, "more than half"),
    (45, "about half"),
    (20, "some"),
    (1, "a few"),
    (0, "none"),
)
"""Words for shares, always printed beside the number (ux.md §4)."""

SELF_SELECTED = (
    "People chose whether to take part. The results show what those people think. They do not show what everyone in the area "
    "thinks."
)
NOT_A_VOTE = (
    "A consultation is not a vote. Percentages describe the people who answered, not the population. Bases vary because "
    "questions are optional and depend on earlier answers. Percentages may not add up to 100 because of rounding."
)
OVERLAPPING = "People could choose more than one answer, so percentages add to more than 100%."
SMALL_BASE_NOTE = "[u] means a small number of people: treat with care."
INDICATIVE = (
    "Tests of difference are indicative only. People chose whether to take part, so a difference between groups here need not "
    "be one in the population, and a difference that is not found does not show that a group has no concerns."
)
JUDGEMENT = (
    "This is evidence to inform an assessment. "
    "The assessment and the duty to have due regard rest with the decision-maker."
)
HIDDEN_IS_NOT_ZERO = "A number shown as [c] is hidden to protect people. It must not be read as zero."
UNLINKED = (
    "What people answered can no longer be set against what they said about themselves: the key that joined the two has been "
    "destroyed, as it was meant to be. Tables by group that were published before then still stand."
)


def share_words(percent):
    """A share in words: "most" for 60% to 89%."""
    return next(word for floor, word in SCALE_WORDS if percent >= floor)


def listed(parts):
    """Words joined as in a sentence: "a, b and c"."""
    parts = list(parts)
    if len(parts) < 2:
        return "".join(parts)
    return f"{', '.join(parts[:-1])} and {parts[-1]}"


def capitalised(text):
    """The text with its first letter as at the beginning of a sentence."""
    return text[:1].upper() + text[1:]


def in_running_text(label):
    """An answer's words as they stand inside a sentence: "Strongly agree" becomes "strongly agree", and "GP" stays."""
    return (
        label[:1].lower() + label[1:] if re.match(r"[A-Z]([a-z]|\s|$)", label) and not label.startswith("I ") else label
    )


def rule_note(policy):
    """Which small-number rule made a table, in a line for under it; the rule in full is said once in each document."""
    rule = POLICIES[policy].label.partition(":")[0]
    return f"Small numbers: {rule}. [c] is a hidden number, not a zero."


def question_words(question, item=""):
    """A question as everybody was asked it: "your practice" where it repeats an earlier answer."""
    return PIPE.sub(lambda match: item if match[1] == "item" else match[2] or "", words(question.text))
