"""What the pages of the builder have in common: the way back, what is wrong with a form, and rules in words."""

from django.urls import reverse

from consult import nhs
from surveys.sentences import show_if

ABOVE = {
    "tasks": ("build-tasks", "All tasks"),
    "questions": ("build-questions", "All questions"),
    "rehearsal": ("build-rehearsal", "Rehearsal"),
    "preview": ("build-preview", "Preview"),
    "publishing": ("staff-publish", "Check and publish"),
    "documents": ("build-documents", "All documents"),
    "languages": ("staff-languages", "Languages and easy read"),
}


def above(consultation, where):
    """What a page says of the page above it."""
    name, text = ABOVE[where]
    return {"consultation": consultation, "back_to": reverse(name, args=[consultation.slug]), "back_name": text}


def bound_problems(*forms):
    """The errors of forms for the error summary and the page's title, as a page's context."""
    found = [problem for form in forms for problem in nhs.form_problems(form)]
    return {"problems": found, "has_errors": bool(found)}


def rule_in_words(rule, definition, what):
    """A rule as a sentence ("Show this page if …"); "" where there is none."""
    return show_if(rule, definition, f"this {what}") if rule else ""
