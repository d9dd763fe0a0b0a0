"""The rows of a question's options and statements on the builder's form of a question.

A code, or a statement's key, never changes; a row without words is no option. New ones get what was never used.
"""

from dataclasses import replace

from django import forms

from consult.views.building.forms import line, said
from surveys.definition import Option, Statement, words
from surveys.kinds import KINDS
from surveys.models import RespondentType

MEANINGS = (
    ("", "An answer"),
    ("none", "“None of these”"),
    ("dont_know", "“I do not know”"),
    ("prefer_not_to_say", "“Prefer not to say”"),
    ("other", "“Something else”"),
)
BLANK_ROWS, MORE_ROWS = 3, 10
MOST_ROWS = 310


class OptionForm(forms.Form):
    """One option. Its code never changes; a row without words is no option."""

    use_required_attribute = False
    code = forms.IntegerField(required=False, widget=forms.HiddenInput)
    label = line("Words", most=400)
    meaning = forms.ChoiceField(label="What it means", choices=MEANINGS, required=False)
    exclusive = forms.BooleanField(label="Cannot be ticked with another", required=False)
    capacity = forms.ChoiceField(
        label="Who answers like this", choices=[("", "Says nothing"), *RespondentType.choices], required=False
    )
    place = forms.IntegerField(
        label="Place",
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "nhsuk-input--width-3"}),
    )
    removed = forms.BooleanField(label="Take out", required=False)

    def __init__(self, *args, kind, **more):
        super().__init__(*args, **more)
        if not kind.takes_exclusive:
            del self.fields["exclusive"]
        if "capacity" not in kind.takes:
            del self.fields["capacity"]


class StatementForm(forms.Form):
    """One statement of a group. Its key never changes; a row without words is no statement."""

    use_required_attribute = False
    key = forms.CharField(required=False, widget=forms.HiddenInput)
    label = line("Statement", most=400)
    place = forms.IntegerField(
        label="Place",
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "nhsuk-input--width-3"}),
    )
    removed = forms.BooleanField(label="Take out", required=False)


class Rows(forms.BaseFormSet):
    """Rows of a question, with blank ones below for more."""

    def kept(self):
        """The rows that stand, in the order of their places: those without one keep their turn."""
        rows = [
            (row.cleaned_data.get("place") or turn, turn, row.cleaned_data)
            for turn, row in enumerate(self.forms, start=1)
            if row.cleaned_data.get("label") and not row.cleaned_data.get("removed")
        ]
        return [cleaned for _, _, cleaned in sorted(rows, key=lambda row: row[:2])]


OptionRows = forms.formset_factory(OptionForm, formset=Rows, extra=0, max_num=MOST_ROWS)
StatementRows = forms.formset_factory(StatementForm, formset=Rows, extra=0, max_num=MOST_ROWS)


def option_rows(data, question, language, *, blank=BLANK_ROWS):
    """The rows of a question's options, with blank ones below."""
    capacity = question.settings.get("capacity", {})
    shown = [
        {
            "code": option.code,
            "label": option.label.get(language, ""),
            "meaning": option.meaning,
            "exclusive": option.exclusive,
            "capacity": capacity.get(str(option.code), ""),
            "place": place,
        }
        for place, option in enumerate(question.options, start=1)
    ]
    asked_of = {"kind": KINDS[question.kind]}
    return OptionRows(data, prefix="options", initial=[*shown, *({} for _ in range(blank))], form_kwargs=asked_of)


def statement_rows(data, question, language, *, blank=BLANK_ROWS):
    """The rows of a question's statements, with blank ones below."""
    shown = [
        {"key": each.key, "label": each.label.get(language, ""), "place": place}
        for place, each in enumerate(question.statements, start=1)
    ]
    return StatementRows(data, prefix="statements", initial=[*shown, *({} for _ in range(blank))])


def options_from(rows, question, language, *, first_free):
    """The options that rows say, as (options, capacity). New ones get codes from `first_free` on."""
    options, capacity, free = [], {}, first_free
    for cleaned in rows.kept():
        before = question.option(cleaned["code"])
        code, free = (before.code, free) if before else (free, free + 1)
        option = before or Option(code, {})
        # Where the form does not ask, what is there stays: a questionnaire from elsewhere may have it.
        exclusive = cleaned.get("exclusive", option.exclusive)
        label = said(option.label, language, cleaned["label"])
        options.append(replace(option, label=label, meaning=cleaned["meaning"], exclusive=exclusive))
        if cleaned.get("capacity"):
            capacity[str(code)] = cleaned["capacity"]
    return tuple(options), capacity


def statements_from(rows, question, language, *, new_keys):
    """The statements that rows say. New ones take their keys from the iterator `new_keys`."""
    by_key = {each.key: each for each in question.statements}
    found = []
    for cleaned in rows.kept():
        before = by_key.get(cleaned["key"]) or Statement(next(new_keys), {})
        found.append(replace(before, label=said(before.label, language, cleaned["label"])))
    return tuple(found)


# What buttons do to the form before it is saved ---------------------------------------------------------------------------


def with_more_rows(posted):
    """The form as it was sent, with more blank rows below."""
    grown = posted.copy()
    for prefix in ("options", "statements"):
        if total := number_of_rows(grown, prefix):
            grown[f"{prefix}-TOTAL_FORMS"] = str(min(total, MOST_ROWS - MORE_ROWS) + MORE_ROWS)
    return grown


def with_usual_answers(posted, usual):
    """The form as it was sent, with the words of `usual` (`kinds.usual_scales.UsualAnswers`) in its rows, in their order.

    Rows keep their codes. Rows that are left over lose their words, and with them their options.
    """
    filled, answers = posted.copy(), usual.options
    total = max(number_of_rows(filled, "options"), len(answers))
    filled["options-TOTAL_FORMS"] = str(min(total, MOST_ROWS))
    for place in range(total):
        row, option = f"options-{place}", answers[place] if place < len(answers) else Option(0, {})
        filled[f"{row}-label"], filled[f"{row}-meaning"] = words(option.label), option.meaning
        filled[f"{row}-place"] = str(place + 1)
        for name in ("exclusive", "capacity", "removed"):
            filled.pop(f"{row}-{name}", None)
    return filled


def number_of_rows(posted, prefix):
    """How many rows a form was sent with; 0 where it has none, or does not say."""
    total = posted.get(f"{prefix}-TOTAL_FORMS", "")
    return int(total) if total.isdecimal() and len(total) < 5 else 0
