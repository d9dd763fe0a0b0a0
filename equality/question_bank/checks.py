"""What may be wrong with a question set: checked each time one is loaded, so that a slip never reaches an answer."""

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import pairwise

from equality.codes import HIGHEST_OPTION_CODE
from equality.question_bank.definition import ENGLISH, Characteristic, Column, Option, QuestionSet, When


def problems_of(question_set: QuestionSet) -> Iterator[str]:
    """What contradicts itself in a question set, in words; nothing when it is sound."""
    columns: tuple[Column, ...] = (*question_set.characteristics, *question_set.derived)
    for key in used_twice(column.key for column in columns):
        yield f"{key} is there more than once"
    for column in columns:
        yield from problems_of_options(column)
        yield from problems_of_bands(column)
    for characteristic in question_set.characteristics:
        yield from problems_of_parents(characteristic, question_set)
    for key, when in conditions_in(question_set):
        yield from problems_of_condition(key, when, question_set)
    yield from problems_of_languages(question_set)


def used_twice(names: Iterable[object]) -> list[object]:
    """What is there more than once."""
    return [name for name, times in Counter(names).items() if times > 1]


def problems_of_options(column: Column) -> Iterator[str]:
    """Codes and values that are used twice or cannot be used, and options without words."""
    for code in used_twice(option.code for option in column.options):
        yield f"{column.key} uses the code {code} twice"
    for value in used_twice(option.value for option in column.options):
        yield f"{column.key} uses the value {value} twice"
    for option in column.options:
        if not 1 <= option.code <= HIGHEST_OPTION_CODE:
            yield f"{column.key}: {option.value} has code {option.code}, not 1 to {HIGHEST_OPTION_CODE}"
        if option.value in ("", "pnts"):
            yield f"{column.key}: {option.value!r} cannot be the value of an option"
        if not option.label.get(ENGLISH):
            yield f"{column.key}: {option.value} has no English label"


def problems_of_bands(column: Column) -> Iterator[str]:
    """Bands of years with a gap or an overlap, and a last one that shuts somebody out."""
    bands = [(option, *option.ages) for option in column.options if option.ages]
    for (younger, _, last), (older, first, _) in pairwise(bands):
        if last is None or first != last + 1:
            yield f"{column.key}: {older.value} does not begin where {younger.value} ends"
    if bands and bands[-1][2] is not None:
        yield f"{column.key}: nobody over {bands[-1][2]} has a band"


def problems_of_parents(characteristic: Characteristic, question_set: QuestionSet) -> Iterator[str]:
    """Detailed options that belong to no broad one, and broad ones without a detailed option."""
    if not characteristic.parent:
        return
    broad = question_set.by_key[characteristic.parent].by_value
    for option in characteristic.options:
        if option.parent not in broad:
            yield f"{characteristic.key}: {option.value} belongs to no option of {characteristic.parent}"
    for value in sorted(broad.keys() - {option.parent for option in characteristic.options}):
        yield f"{characteristic.key} has no option for {value}"


def problems_of_languages(question_set: QuestionSet) -> Iterator[str]:
    """Texts that lack one of the set's languages or are in yet another: nobody is to meet a question half in English."""
    for place, text in question_set.shown:
        for language in question_set.languages:
            if not text.get(language):
                yield f"{place} is not there in {language}"
        for language in sorted(text.keys() - set(question_set.languages)):
            yield f"{place} is there in {language}, which the set is not"
    for language in sorted(set(question_set.unchecked) - set(question_set.languages)):
        yield f"{language} is unchecked, but nothing is in it"


def conditions_in(question_set: QuestionSet) -> Iterator[tuple[str, When]]:
    """Every condition, with the key of what it decides about."""
    for characteristic in question_set.characteristics:
        yield characteristic.key, characteristic.asked_if
        yield characteristic.key, characteristic.not_asked_if
    worked_out: list[tuple[str, Option]] = [(d.key, option) for d in question_set.derived for option in d.options]
    for key, option in worked_out:
        for when in option.when:
            yield key, when


def problems_of_condition(key: str, when: When, question_set: QuestionSet) -> Iterator[str]:
    """Conditions on questions or answers that there are not."""
    for asked, values in when.items():
        known = question_set.by_key[asked].by_value if asked in question_set.by_key else {}
        for value in values:
            if value not in known:
                yield f"{key} depends on {asked} being {value}, which it never is"
