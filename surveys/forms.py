"""The web form of one page of a questionnaire: reading and cleaning what was sent. How it looks is in `drawing.py`.

A question becomes one Django field whose widget is made of the question's controls, so that reading, cleaning, keeping what
was typed and showing errors work as everywhere in Django. What an answer means stays with the kind.
"""

from django import forms
from django.forms.utils import ErrorDict

from surveys import controls as controls_module
from surveys.definition import words
from surveys.drawing import Fault, Shown
from surveys.kinds import KINDS, AnswerError
from surveys.saying import said
from surveys.validation import clean_answer, no_area


class AnswerWidget(forms.Widget):
    """The controls of one question, read together as the question's raw answer."""

    def __init__(self, question):
        super().__init__()
        self.kind = KINDS[question.kind]
        self.controls = self.kind.controls(question)

    def value_from_datadict(self, data, files, name):
        posted = getattr(data, "getlist", None) or (lambda part: [data[part]] if part in data else [])
        return self.kind.gather(controls_module.read(name, self.controls, posted))

    def typed_parts(self, raw):
        """What each control shows: what was typed, as it was typed."""
        if raw is None:
            return {}
        if len(self.controls) == 1:
            return {"": raw}
        return raw if isinstance(raw, dict) else dict(zip((c.part for c in self.controls), raw, strict=False))


class AnswerField(forms.Field):
    """One question. Cleans to the answer to store, or None."""

    def __init__(self, question, *, find_area, language):
        super().__init__(required=False, widget=AnswerWidget(question), label=words(question.text, language))
        self.question = question
        self.find_area = find_area
        self.language = language

    def clean(self, raw):
        kind = KINDS[self.question.kind]
        try:
            value = clean_answer(self.question, raw, find_area=self.find_area)
        except AnswerError as error:
            # The part travels as the code: params would have Django fill in percent signs that people typed.
            raise forms.ValidationError(said(error.message, self.language), code=error.part) from None
        if value is None and self.question.required:
            raise forms.ValidationError(said(kind.missing_message(self.question), self.language))
        return value


class PageForm(forms.Form):
    """The questions of one step of a journey (`journey.Step`) as sent by a browser. `fields`: see `fields_of`."""

    def __init__(self, data=None, files=None, *, fields, initial=None, prefix=None):
        super().__init__(data, files, initial=initial, prefix=None, label_suffix="")
        self.fields |= fields

    def full_clean(self):
        """Each question by itself. Django's own looks besides for files, disabled boxes and checks across fields.

        No page has any of them.
        """
        self._errors = ErrorDict()
        self.cleaned_data = {}
        for key, field in self.fields.items() if self.is_bound else ():
            try:
                self.cleaned_data[key] = field.clean(field.widget.value_from_datadict(self.data, self.files, key))
            except forms.ValidationError as error:
                self.add_error(key, error)

    def answers(self):
        """`{question_key: value}` of a valid form; None where a question was left blank."""
        return dict(self.cleaned_data)

    def problems(self):
        """The error summary's entries: `{text, href}`, each leading to the first control it is about."""
        return [
            {"text": error.message, "href": f"#{self.control_id(key, error.code)}"}
            for key, errors in self.errors.as_data().items()
            for error in errors
        ]

    def control_id(self, key, part):
        """The id of the control an error is about: the one named, else the question's first."""
        all_controls = self.fields[key].widget.controls
        control = next((control for control in all_controls if control.part == part), all_controls[0])
        first = ".day" if control.shape == "date_boxes" else ""
        return f"id_{control.name(key)}{first}"

    def as_typed(self):
        """`{question_key: Shown}`: everything as it was typed, and nothing said of it."""
        return {key: Shown(field.widget.typed_parts(self[key].value())) for key, field in self.fields.items()}

    def shown(self):
        """`{question_key: Shown}`: everything as it was typed, and what is wrong with it."""
        faults = self.errors.as_data()
        return {
            key: Shown(
                parts=field.widget.typed_parts(self[key].value()),
                faults=tuple(Fault(error.message, error.code) for error in faults.get(key, ())),
            )
            for key, field in self.fields.items()
        }


def fields_of(questions, *, language="en", find_area=no_area):
    """`{question_key: AnswerField}` of the questions that can be answered. Forms may share them: a field remembers nothing."""
    return {
        question.key: AnswerField(question, find_area=find_area, language=language)
        for question in questions
        if KINDS[question.kind].is_answerable
    }


def shown_before(questions, answers):
    """`{question_key: Shown}` of questions with the answers given before (`{question_key: value}`)."""
    return {
        question.key: Shown(KINDS[question.kind].spread(question, answers[question.key]))
        for question in questions
        if answers.get(question.key) is not None
    }
