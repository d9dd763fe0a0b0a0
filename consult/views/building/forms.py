"""The forms of the builder: a question with its settings, and a page. Its options and statements are in `rows.py`.

A form shows what the draft says in its first language and gives back the changes to make (`changes`); other languages and
variants are left as they are. What is wrong with a question as a whole is found by the check of the questionnaire.
"""

from decimal import Decimal

from django import forms

from surveys.kinds import KINDS
from surveys.kinds.base import MISSING
from surveys.text import clean_text


class Words(forms.CharField):
    """Words of a questionnaire, through the boundary that every text passes."""

    def clean(self, value):
        return clean_text(super().clean(value))


def area(label, *, hint="", rows=3, required=False, most=4_000, **more):
    """A field for words of several lines."""
    widget = forms.Textarea(attrs={"rows": rows})
    return Words(label=label, help_text=hint, required=required, max_length=most, widget=widget, **more)


def line(label, *, hint="", required=False, most=400, **more):
    """A field for one line of words."""
    return Words(label=label, help_text=hint, required=required, max_length=most, **more)


class QuestionForm(forms.Form):
    """A question's own words and the settings of its kind."""

    use_required_attribute = False
    text = area("Question", required=True, error_messages={"required": "Write the question"})
    hint = area("Hint", hint="Optional. Stands under the question", rows=2)
    short = line("Short name", hint="Optional. Used in reports and when paper forms are keyed", most=100)
    why = area("Why do we ask this?", hint="For your team. It is never published", rows=2, most=1_000)
    required = forms.BooleanField(label="People must answer this question", required=False)

    def __init__(self, data=None, *, question, language, why=""):
        self.question, self.language = question, language
        self.takes = {"missing": MISSING, **KINDS[question.kind].takes}
        super().__init__(data, initial=self.shown(question, language) | {"why": why})
        for name, setting in self.takes.items():
            if setting.label:
                self.fields[f"setting_{name}"] = field_for(setting)

    def shown(self, question, language):
        """What the fields show of a question."""
        settings = {
            f"setting_{name}": written(setting, question.settings[name], language)
            for name, setting in self.takes.items()
            if name in question.settings
        }
        return settings | {
            "text": question.text.get(language, ""),
            "hint": question.hint.get(language, ""),
            "short": question.short.get(language, ""),
            "required": question.required,
        }

    def settings_fields(self):
        return [self[name] for name in self.fields if name.startswith("setting_")]

    def clean(self):
        cleaned = super().clean()
        for name, setting in self.takes.items():
            field = f"setting_{name}"
            if setting.shape == "lines" and cleaned.get(field):
                try:
                    cleaned[field] = setting.read(cleaned[field])
                except ValueError as wrong:
                    self.add_error(field, str(wrong))
        return cleaned

    def changes(self, asked):
        """The fields of the question, as it is `asked` now, as they should be: keyword arguments for `with_question_changed`."""
        cleaned = self.cleaned_data
        settings = dict(asked.settings)
        for name, setting in self.takes.items():
            field = f"setting_{name}"
            if field in self.fields:
                put(settings, name, value_of(setting, cleaned[field], settings.get(name), self.language))
        return {
            "text": said(asked.text, self.language, cleaned["text"]),
            "hint": said(asked.hint, self.language, cleaned["hint"]),
            "short": said(asked.short, self.language, cleaned["short"]),
            "required": cleaned["required"],
            "settings": settings,
        }


def field_for(setting):
    """The form field that sets a setting."""
    asked = {"label": setting.label, "help_text": setting.hint, "required": False}
    shapes = {
        "whole": lambda: forms.IntegerField(**asked, widget=forms.TextInput(attrs={"inputmode": "numeric"})),
        "number": lambda: forms.DecimalField(**asked, widget=forms.TextInput(attrs={"inputmode": "decimal"})),
        "tick": lambda: forms.BooleanField(**asked),
        "lines": lambda: Words(**asked, widget=forms.Textarea(attrs={"rows": 4})),
    }
    return shapes.get(setting.shape, lambda: Words(**asked, max_length=200))()


def written(setting, value, language):
    """A setting's value as its field shows it."""
    if setting.shape == "words":
        return value.get(language, "")
    return setting.write(value) if setting.shape == "lines" else value


def value_of(setting, typed, before, language):
    """The value of a setting from what its field holds; None to leave it out."""
    if setting.shape == "words":
        return said(before or {}, language, typed) or None
    if isinstance(typed, Decimal):
        return int(typed) if typed == int(typed) else float(typed)
    return None if typed in ("", None, False, []) else typed


def put(settings, name, value):
    """Set a setting, or leave it out where the value is None."""
    settings.pop(name, None)
    if value is not None:
        settings[name] = value


def said(text, language, words_now):
    """A text with other words in one language; without them where there are none."""
    others = {other: wording for other, wording in text.items() if other != language}
    # The first language stands first: a text falls back to the first that it has.
    return {language: words_now, **others} if words_now else others


class PageForm(forms.Form):
    """A page's heading and section, and what it repeats for."""

    use_required_attribute = False
    heading = line("Heading", hint="Needed where the page asks several questions", most=300)
    section = line(
        "Section", hint="Optional. Stands above the heading, and groups the answers that people check", most=100
    )
    repeat = forms.ChoiceField(label="Ask this page once for each option ticked at", required=False)
    most = forms.IntegerField(
        label="For how many options at most", required=False, min_value=1, max_value=20,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )  # fmt: skip

    def __init__(self, data=None, *, page, language, sources):
        initial = {"heading": page.heading.get(language, ""), "section": page.section.get(language, "")}
        if page.repeat:
            initial |= {"repeat": page.repeat.question, "most": page.repeat.most}
        super().__init__(data, initial=initial)
        self.fields["repeat"].choices = [("", "Ask it once"), *sources]
