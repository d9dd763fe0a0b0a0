"""The equality questions as pages of forms: which pages somebody is asked, and one form for each.

Everything is optional. A question sent blank was left blank; a page never sent was not asked. What the answers become
is decided in `equality.categories`.
"""

from dataclasses import dataclass
from unicodedata import category

from django import forms
from django.utils.translation import gettext

from equality.categories import (
    DECLINED,
    LEFT_BLANK,
    is_asked,
    normalise,
    options_shown,
    question_set_of,
    words,
)
from equality.question_bank.definition import ENGLISH

POSTCODE = "postcode"
"""The last page and its only field. The postcode itself is never saved: the caller turns it into codes and lets it go."""
LONGEST_POSTCODE = 20
LONGEST_DESCRIPTION = 200
TEXT = "_text"


@dataclass(frozen=True)
class EqualityPage:
    """One page: its heading, the keys of its fields, first to last, and the language that its words are in.

    That is the language asked for where the question set has it, else English.
    """

    key: str
    heading: str
    fields: tuple[str, ...]
    language: str = ENGLISH


def pages(set_version, answers, *, language=ENGLISH):
    """The pages to show somebody who has answered `{key: value}` so far, first to last; always ends with the postcode.

    Answers on later pages do no harm. A page whose questions are none of this person's is left out.
    """
    question_set = question_set_of(set_version)
    answers = known_answers(answers, set_version)
    language = language if language in question_set.languages else ENGLISH
    shown = []
    for outline in question_set.pages:
        asked = [question_set.by_key[key] for key in outline.fields]
        asked = [question for question in asked if question.asked_by_default and is_asked(question, answers)]
        if asked:
            heading = (
                question_text(asked[0], answers, language) if len(asked) == 1 else words(outline.heading, language)
            )
            shown.append(EqualityPage(outline.key, heading, tuple(question.key for question in asked), language))
    shown.append(EqualityPage(POSTCODE, words(question_set.postcode["question"], language), (POSTCODE,), language))
    return tuple(shown)


class EqualityForm(forms.Form):
    """One page of questions. Fields are named by characteristic; `<key>_text` holds a person's own words."""

    def __init__(self, data=None, *, page, set_version, answers, language=ENGLISH):
        """`page` is one of `pages(...)`; `answers` are those given so far, drawn as chosen.

        Questions are in `language` as far as the set has it; what is wrong is said in the language now spoken.
        """
        known = known_answers(answers, set_version)
        super().__init__(data, initial={**answers, **known})
        self.page = page
        self.question_set = question_set_of(set_version)
        for key in page.fields:
            if key == POSTCODE:
                self.fields[key] = postcode_field(self.question_set, language)
                continue
            characteristic = self.question_set.by_key[key]
            self.fields[key] = choice_field(characteristic, self.question_set, known, language)
            if self.fields[key].opens_text:
                self.fields[key + TEXT] = own_words_field(characteristic, language)

    def cleaned_answers(self):
        """`{key: value, [values] or ""}` for `services.save_profile`. A blank postcode leaves blank what would come of it."""
        answers = {}
        for key in self.page.fields:
            value = self.cleaned_data[key]
            if key != POSTCODE:
                answers[key] = value or LEFT_BLANK
            elif not value:
                answers |= {c.key: LEFT_BLANK for c in self.question_set.characteristics if c.given}
        return answers

    def self_described(self):
        """`{key: own words}` where the option that asks for them was chosen. To be encrypted, and never counted."""
        found = {}
        for key in self.page.fields:
            text = self.cleaned_data.get(key + TEXT)
            chosen = self.cleaned_data[key]
            chosen = chosen if isinstance(chosen, list) else [chosen]
            if text and set(chosen) & set(self.fields[key].opens_text):
                found[key] = text
        return found


class PrintableField(forms.CharField):
    """An optional line of text, from which what cannot be written is left out and never refused."""

    def __init__(self, **settings):
        super().__init__(required=False, **settings)

    def to_python(self, value):
        return super().to_python(printable(value))


class TicksField(forms.MultipleChoiceField):
    """Ticks, of which some go with no other."""

    def clean(self, value):
        # Django keeps a tick that was posted twice.
        ticks = list(dict.fromkeys(super().clean(value)))
        if len(ticks) > 1 and set(ticks) & set(self.exclusive):
            raise forms.ValidationError(self.contradiction)
        return ticks if ticks != [DECLINED] else DECLINED


def choice_field(characteristic, question_set, answers, language):
    """The field of one question. On it: `option_hints` {value: words}, `opens_text` and `exclusive` (values)."""
    options = options_shown(characteristic, answers)
    choices = [(option.value, words(option.label, language)) for option in options]
    kind, widget = (
        (TicksField, forms.CheckboxSelectMultiple) if characteristic.several else (forms.ChoiceField, forms.RadioSelect)
    )
    field = kind(
        label=question_text(characteristic, answers, language),
        help_text=words(characteristic.hint, language),
        required=False,
        widget=widget,
        choices=[*choices, (DECLINED, words(question_set.prefer_not_to_say, language))],
        error_messages={"invalid_choice": gettext("Select one of the answers")},
    )
    field.divider_before_last = True
    field.option_hints = {option.value: words(option.hint, language) for option in options if option.hint}
    field.opens_text = tuple(option.value for option in options if option.opens_text)
    field.exclusive = (*(option.value for option in options if option.exclusive), DECLINED)
    field.contradiction = words(characteristic.contradiction, language)
    return field


def choices_with_divider(bound):
    """The items of a bound question, as the NHS radios and checkboxes take them, with "or" before "Prefer not to say"."""
    field, value = bound.field, bound.value()
    chosen = set(value) if isinstance(value, (list, tuple)) else {value}
    items = []
    for choice, text in field.choices:
        item = {"value": choice, "text": text, "checked": choice in chosen}
        if choice in field.option_hints:
            item["hint"] = {"text": field.option_hints[choice]}
        if isinstance(field, TicksField) and choice in field.exclusive:
            item["behaviour"] = "exclusive"
        items.append(item)
    return [*items[:-1], {"divider": gettext("or")}, items[-1]]


def own_words_field(characteristic, language):
    """The line in which a person may describe themselves."""
    too_long = gettext("What you enter must be {limit} characters or less").format(limit=LONGEST_DESCRIPTION)
    return PrintableField(
        label=words(characteristic.text_label, language),
        max_length=LONGEST_DESCRIPTION,
        error_messages={"max_length": too_long},
    )


def postcode_field(question_set, language):
    """The field of the last page."""
    return PrintableField(
        label=words(question_set.postcode["question"], language),
        help_text=words(question_set.postcode["hint"], language),
        max_length=LONGEST_POSTCODE,
        error_messages={"max_length": gettext("Enter a postcode, like NB4 1AA, or just the first part, like NB4")},
        widget=forms.TextInput(attrs={"autocomplete": "postal-code"}),
    )


def question_text(characteristic, answers, language):
    """The question in words; a detailed one names the broad option that was chosen."""
    chosen = answers.get(characteristic.parent, LEFT_BLANK)
    return words(characteristic.question_for.get(chosen, characteristic.question), language)


def known_answers(answers, set_version):
    """The answers to questions of the set, as values: own words and the postcode are left out."""
    by_key = question_set_of(set_version).by_key
    return normalise({key: answer for key, answer in answers.items() if key in by_key}, set_version)


def printable(value):
    """Text on one line without control characters and lone surrogates, which no database or cipher takes."""
    return "".join(" " if category(letter) in ("Cc", "Cs") else letter for letter in str(value or ""))
