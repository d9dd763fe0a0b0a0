"""What somebody told about themselves, in the words of the questions, for nobody but that person to read."""

from equality.categories import DECLINED, LEFT_BLANK, decode, question_set_of, words
from equality.forms import question_text


def answers_in_words(codes, set_version, *, own_words=None, language="en"):
    """[(question, answer)] of a profile's row of codes, in the order of the question set; an answer left blank is "".

    `own_words` (`{key: text}`) follow the answer that they belong to. Questions never shown are left out.
    """
    question_set, answers, own_words = question_set_of(set_version), decode(codes, set_version), own_words or {}
    found = []
    for characteristic in question_set.characteristics:
        if characteristic.key not in answers:
            continue
        given = answers[characteristic.key]
        answer = answer_in_words(characteristic, given, question_set, language)
        found.append((question_text(characteristic, answers, language), answer))
        if text := own_words.get(characteristic.key):
            found.append((words(characteristic.text_label, language), text))
    return found


def answer_in_words(characteristic, given, question_set, language):
    """One answer: the labels of its options, "Prefer not to say", or "" when it was left blank."""
    if given == LEFT_BLANK:
        return ""
    if given == DECLINED:
        return words(question_set.prefer_not_to_say, language)
    chosen = given if isinstance(given, list) else [given]
    return "\n".join(words(characteristic.by_value[value].label, language) for value in chosen)
