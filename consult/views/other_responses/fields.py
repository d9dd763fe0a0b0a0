"""The fields of those forms: words as they are kept, numbers as people write them, and a line of text."""

from django import forms

from surveys.text import clean_text

MOST_PEOPLE = 100_000_000


class WordsField(forms.CharField):
    """Words as they are kept: a line end counts once, and what nobody can see is nothing."""

    def to_python(self, value):
        return clean_text(super().to_python(value))


class NumberOfPeople(forms.IntegerField):
    """A whole number, which may be typed as people write it: 1,214."""

    def to_python(self, value):
        return super().to_python("".join(str(value or "").replace(",", "").split()))


def people_field(label, missing, **more):
    return NumberOfPeople(
        label=label,
        min_value=1,
        max_value=MOST_PEOPLE,
        error_messages={
            "required": missing,
            "invalid": f"{label} must be a whole number, like 40",
            "min_value": f"{label} must be 1 or more",
            "max_value": f"{label} is too large",
        },
        **more,
    )


def line_field(label, missing="", *, required=True, **more):
    errors = {"required": missing, "max_length": f"{label} must be 200 characters or less"}
    return forms.CharField(label=label, max_length=200, required=required, error_messages=errors, **more)
