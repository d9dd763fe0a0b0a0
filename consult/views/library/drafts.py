"""Shared questions and a draft: taking some into it, and a draft's copy beside the shared words."""

from dataclasses import dataclass

from django import forms
from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from consult import library as commands
from consult import nhs
from consult.permissions import Right, staff_page
from consult.views.building.saying import above, bound_problems
from consult.views.library.shared import TITLE_TAKEN, TitleForm, first_words
from surveys import library, taking
from surveys.definition import words
from surveys.editing import stamp_of
from surveys.revising import ChangedMeanwhile, draft_of

CHANGED = "Somebody else changed this while you were looking at it. This is how it stands now. Choose again."


class TakeForm(forms.Form):
    """Which shared questions to take, and to which page. `questions` and `pages` are the choices, as `[(value, words)]`."""

    use_required_attribute = False
    questions = forms.MultipleChoiceField(
        label="Which questions?",
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": "Select the questions you want to take",
            "invalid_choice": "One of the questions is not in the library any more. Select again",
        },
    )
    page = forms.ChoiceField(
        label="Where do you want them?",
        required=False,
        widget=forms.Select,
        error_messages={"invalid_choice": "That page is not in the questionnaire any more. Select another place"},
    )

    def __init__(self, *args, questions, pages, **more):
        super().__init__(*args, **more)
        self.fields["questions"].choices = questions
        self.fields["page"].choices = [("", "Each on a new page at the end"), *pages]


@staff_page(Right.BUILD)
@require_http_methods(["GET", "HEAD", "POST"])
def take(request, consultation):
    """Take shared questions of the team into the draft."""
    definition = draft_of(consultation.questionnaire)
    held = {str(each.pk): each for each in library.questions_of(consultation.team_id)}
    form = TakeForm(
        request.POST if request.method == "POST" else None,
        questions=[(key, choice_words(each, definition)) for key, each in held.items()],
        pages=[(page.key, page_name(page, number)) for number, page in enumerate(definition.pages, start=1)],
    )
    if form.is_valid():
        chosen = [each for key, each in held.items() if key in form.cleaned_data["questions"]]
        return taken(request, consultation, chosen, page=form.cleaned_data["page"])
    context = above(consultation, "questions") | {"page_title": "Take questions from the library", "form": form}
    context |= {"has_questions": bool(held)} | bound_problems(form)
    return render(request, "consult/staff/library/take.html", context, status=422 if form.errors else 200)


def taken(request, consultation, held, *, page):
    """Take them, and go to where they stand now."""
    try:
        keys = commands.take_questions(consultation, held, page=page, by=request.user, now=timezone.now())
    except ChangedMeanwhile:
        messages.warning(request, CHANGED)
        return redirect("staff-take", slug=consultation.slug)
    messages.success(request, "The question was taken." if len(keys) == 1 else f"{len(keys)} questions were taken.")
    return redirect(reverse("build-questions", args=[consultation.slug]) + f"#question-{keys[0]}")


def choice_words(held, definition):
    """A shared question as one of several to choose."""
    has_it = any(question.library.get("id") == str(held.pk) for question in definition.questions())
    return f"{held.title}: {first_words(library.shared(held))}" + (" (this questionnaire has it)" if has_it else "")


def page_name(page, number):
    """A page as one of several to choose."""
    name = words(page.heading) or (first_words(page.questions[0]) if page.questions else page.key)
    return f"At the end of page {number}: {name}"


# A draft's copy beside the shared words -----------------------------------------------------------------------------------


@dataclass(frozen=True)
class Copy:
    """A question of a draft, and the shared question it was taken from; `held` is None where it is the draft's own."""

    question: object
    held: object

    @property
    def theirs(self):
        return library.shared(self.held)

    @property
    def differences(self):
        return taking.differences(self.question, self.theirs)

    @property
    def seen(self):
        """Both as they were looked at."""
        return {"seen": stamp_of(self.question), "revision": self.held.revision if self.held else 0}


@staff_page(Right.BUILD)
@require_http_methods(["GET", "HEAD", "POST"])
def compare(request, consultation, question):
    """A question of the draft: keep it in the library, or see where it differs from there and choose whose words to have."""
    copy = copy_in(consultation, question)
    form = TitleForm(request.POST if request.POST.get("do") == "keep" else None)
    if request.method != "POST":
        return compare_page(request, consultation, copy, form)
    do = request.POST.get("do", "")
    if do not in (CHOICES if copy.held else ("keep",)):
        return compare_page(request, consultation, copy, form, problem="Choose what to do with the question")
    if do == "keep" and not form.is_valid():
        return compare_page(request, consultation, copy, form)
    try:
        if copy.held and request.POST.get("revision") != str(copy.held.revision):
            raise library.ChangedMeanwhile(copy.held.title)
        return chosen(request, consultation, copy, do, form)
    except (ChangedMeanwhile, library.ChangedMeanwhile):
        messages.warning(request, CHANGED)
        return redirect("staff-compare", slug=consultation.slug, question=question)
    except library.TitleTaken:
        form.add_error("title", TITLE_TAKEN)
        return compare_page(request, consultation, copy, form)
    except (library.MeaningChanged, taking.OtherKind) as refusal:
        return compare_page(request, consultation, copy, form, problem=refusal_words(refusal))


def chosen(request, consultation, copy, do, form):
    """Do what was chosen, and go back to the question."""
    key = copy.question.key
    act = {"by": request.user, "now": timezone.now(), "seen": request.POST.get("seen", "")}
    if do == "keep":
        commands.keep_question(consultation, key, title=form.cleaned_data["title"], **act)
    else:
        CHOICES[do][0](consultation, key, copy.held, **act)
    messages.success(request, CHOICES[do][1])
    return redirect("build-question", slug=consultation.slug, question=key)


CHOICES = {
    "keep": (
        commands.keep_question,
        "The question is in the library. Your team can take it into other questionnaires.",
    ),
    "theirs": (commands.use_library_words, "The question has the library’s words now."),
    "ours": (commands.keep_own_words, "The question keeps its own words."),
    "give": (commands.give_library_words, "The library has these words now. Other questionnaires keep theirs."),
}
"""What can be done with a question, and what is said once it is done."""


def compare_page(request, consultation, copy, form, *, problem=""):
    """The page of a draft's question beside the library."""
    context = above(consultation, "questions") | {
        "page_title": "Compare with the library" if copy.held else "Keep this question in the library",
        "copy": copy,
        "text": first_words(copy.question),
        "form": form,
        "is_same_kind": bool(copy.held) and copy.theirs.kind == copy.question.kind,
    }
    problems = [*([{"text": problem}] if problem else []), *nhs.form_problems(form)]
    context |= {"problems": problems, "has_errors": bool(problems)}
    return render(request, "consult/staff/library/compare.html", context, status=422 if problems else 200)


def refusal_words(refusal):
    """Why the words of the one cannot be put over those of the other, and what to do."""
    says = getattr(refusal, "says", "They are different types of question")
    return f"{says}. Keep this one in the library as a question of its own"


def copy_in(consultation, key):
    """The question with this key in the draft, with the shared question it was taken from. Raises Http404."""
    question = draft_of(consultation.questionnaire).question(key)
    if question is None:
        raise Http404
    return Copy(question, library.source_of(question, owner=consultation.team_id))
