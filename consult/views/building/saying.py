"""What the builder says of rules, in words."""

from surveys.sentences import shown_if_sentence


def rule_in_words(rule, definition, what):
    """A rule as a sentence ("Show this page if …"); "" where there is none."""
    return shown_if_sentence(rule, definition, what=what) if rule else ""
