"""What is wrong, or worth a warning, with the columns of a spreadsheet of responses.

Answers to the equality questions never lie beside views, in no table of ours and in no file that comes in.
"""

from equality.categories import question_set_of
from surveys.likeness import folded

EVERYDAY_NAMES = {
    "gender",
    "ethnicity",
    "ethnic origin",
    "nationality",
    "sexuality",
    "disabled",
    "age group",
    "age band",
}
"""What other surveys call such questions: reason for a warning, not enough to refuse a file."""
EQUALITY = (
    "The column “{heading}” holds answers to an equality question. They must not lie beside what people think. "
    "Take the column out of the file, and choose the file again."
)
LIKE_EQUALITY = (
    "“{heading}” looks like a fact about the person, and was left out. Take such columns out before you send a file."
)
PERSONAL_LEFT_OUT = (
    "“{heading}” looks like it holds {what}. It was left out. Take such columns out before you send a file."
)
PERSONAL_MATCHED = (
    "“{heading}” looks like it holds {what}, and is matched with a question. Answers must not say who somebody is."
)


def refusal_of(columns, matched, set_version):
    """Why a file may not come in at all, as a sentence; "" when it may. `matched` are headings of questions and facts."""
    for column in columns:
        if column.heading not in matched and is_equality(column, set_version):
            return EQUALITY.format(heading=column.heading)
    return ""


def is_equality(column, set_version):
    """Whether a column is an equality question's by its heading, and holds more than measures such as an age in years."""
    characteristic = names_of_characteristics(set_version).get(folded(column.heading))
    if characteristic is None or not column.filled:
        return False
    cells = column.few or column.examples
    codes = {str(option.code) for option in characteristic.options}
    return not all(is_measure(cell) and cell not in codes for cell in cells)


def is_measure(text):
    return text.replace(".", "", 1).isdecimal()


def names_of_characteristics(set_version):
    """`{folded heading: characteristic}` of every way that the equality questions are headed."""
    found = {}
    for characteristic in question_set_of(set_version).characteristics:
        questions = (characteristic.question, *characteristic.question_for.values())
        names = [words for texts in questions for words in texts.values()]
        if not characteristic.given:
            names += [characteristic.key, characteristic.key.replace("_", " ")]
        if characteristic.asked_by_default:
            # "Language" alone may as well be the language of the form.
            names.append(characteristic.heading)
        for name in names:
            found.setdefault(folded(name), characteristic)
    return found


def warnings_about(columns, matched, set_version):
    """A sentence for each column that looks like it says who somebody is, or what they are."""
    for column in columns:
        if column.looks_like and column.filled:
            sentence = PERSONAL_MATCHED if column.heading in matched else PERSONAL_LEFT_OUT
            yield sentence.format(heading=column.heading, what=" and ".join(column.looks_like))
        elif column.heading not in matched and column.filled and is_like_equality(column, set_version):
            yield LIKE_EQUALITY.format(heading=column.heading)


def is_like_equality(column, set_version):
    name = folded(column.heading)
    return name in EVERYDAY_NAMES or name in names_of_characteristics(set_version)
