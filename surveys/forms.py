"""The web form of one page of a questionnaire, and how its controls are drawn.

A question becomes one Django field whose widget is made of the question's controls, so that reading, cleaning, keeping what
was typed and showing errors work as everywhere in Django. What an answer means stays with the kind.
"""

from django import forms
from django.template.loader import get_template
from django.utils.functional import cached_property
from django.utils.safestring import SafeString

from surveys import controls as controls_module
from surveys.definition import words
from surveys.kinds import KINDS, AnswerError
from surveys.validation import clean_answer, no_area


class AnswerWidget(forms.Widget):
    """The controls of one question, read together as the question's raw answer."""

    def __init__(self, question):
        super().__init__()
        self.question = question
        self.kind = KINDS[question.kind]

    def value_from_datadict(self, data, files, name):
        posted = getattr(data, "getlist", None) or (lambda part: [data[part]] if part in data else [])
        return self.kind.gather(controls_module.read(name, self.kind.controls(self.question), posted))

    def parts(self, raw, *, is_typed):
        """What each control shows: what was typed, as it was typed, or a stored value."""
        if raw is None:
            return {}
        if not is_typed:
            return self.kind.spread(self.question, raw)
        controls = self.kind.controls(self.question)
        if len(controls) == 1:
            return {"": raw}
        return raw if isinstance(raw, dict) else dict(zip((c.part for c in controls), raw, strict=False))


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
            raise forms.ValidationError(str(error), code=error.part) from None
        if value is None and self.question.required:
            raise forms.ValidationError(kind.missing_message(self.question, self.language))
        return value


class PageForm(forms.Form):
    """The questions of one step of a journey (`journey.Step`), with the answers given so far as initial values."""

    def __init__(
        self, data=None, files=None, *, questions, language="en", find_area=no_area, initial=None, prefix=None
    ):
        super().__init__(data, files, initial=initial, prefix=None)
        self.questions = questions
        self.language = language
        for question in questions:
            if KINDS[question.kind].controls(question):
                self.fields[question.key] = AnswerField(question, find_area=find_area, language=language)

    def answers(self):
        """`{question_key: value}` of a valid form; None where a question was left blank."""
        return dict(self.cleaned_data)

    @cached_property
    def chosen(self):
        """`((question key, answer), …)` of an unbound form that shows nothing but options chosen before; None of any other.

        Such a form is drawn alike for everybody who chose the same: it holds no word that anybody wrote.
        """
        if self.is_bound:
            return None
        answered = [(q.key, self.initial[q.key]) for q in self.questions if self.initial.get(q.key) is not None]
        if any(not q.options for q in self.questions if self.initial.get(q.key) is not None):
            return None
        return tuple((key, repr(answer)) for key, answer in answered)

    def problems(self):
        """The error summary's entries: `{text, href}`, each leading to the first control it is about."""
        return [
            {"text": error.message, "href": f"#{self.control_id(key, error.code)}"}
            for key, errors in self.errors.as_data().items()
            for error in errors
        ]

    def control_id(self, key, part):
        """The id of the control an error is about: the one named, else the question's first."""
        question = self.fields[key].question
        all_controls = KINDS[question.kind].controls(question)
        control = next((control for control in all_controls if control.part == part), all_controls[0])
        first = ".day" if control.shape == "date_boxes" else ""
        return f"id_{control.name(key)}{first}"

    def body(self, *, page_heading):
        """The form's controls as markup. With `page_heading`, the only question's text is the page's h1."""
        drawn = (self.question_html(question, page_heading=page_heading) for question in self.questions)
        return SafeString("".join(drawn))

    def question_html(self, question, *, page_heading):
        template = get_template(f"surveys/questions/{template_of(question)}.html")
        return template.render(
            {
                "question": question,
                "text": words(question.text, self.language),
                "hint": words(question.hint, self.language),
                "language": self.language,
                "is_heading": page_heading,
                "controls": self.drawn_controls(question),
                "paragraphs": words(question.text, self.language).split("\n\n"),
                "errors": self.errors.get(question.key, []) if self.is_bound else [],
            }
        )

    def drawn_controls(self, question):
        """Each control with what its template needs: name, id, what it shows, and its own error."""
        all_controls = KINDS[question.kind].controls(question)
        if not all_controls:
            return []
        bound = self[question.key]
        parts = bound.field.widget.parts(bound.value(), is_typed=self.is_bound)
        errors = self.errors.as_data().get(question.key, []) if self.is_bound else []
        return [
            {
                "control": control,
                "template": f"surveys/controls/{control.shape}.html",
                "name": control.name(question.key),
                "id": f"id_{control.name(question.key)}",
                "label": words(control.label, self.language) or words(question.text, self.language),
                "value": parts.get(control.part),
                "error": own_error(errors, control, is_first=control is all_controls[0]),
                "options": [(option, words(option.label, self.language)) for option in control.options],
                "suffix": words(control.suffix, self.language),
            }
            for control in all_controls
        ]


def own_error(errors, control, *, is_first):
    """The message that stands beside a control: one about its part, or about the whole question at its first control."""
    for error in errors:
        if error.code == control.part or (not error.code and is_first):
            return error.message
    return ""


def template_of(question):
    """How a question is laid out: nothing to answer, one control that carries its words, or controls with words of their own."""
    controls = KINDS[question.kind].controls(question)
    if not controls:
        return "information"
    return "one_control" if len(controls) == 1 and not controls[0].label else "several_controls"
