"""The team's shared questions: the list, and one of them with its revisions."""

from django import forms
from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from consult import library as commands
from consult.models import Team
from consult.permissions import Right, staff_page
from consult.views.building.saying import bound_problems
from surveys import library, taking
from surveys.definition import words
from surveys.definition_json import question_from
from surveys.kinds import KINDS
from surveys.models import LibraryQuestion
from surveys.source import Source
from surveys.text import clean_text

TITLE_TAKEN = "The library already has a question with this name. Choose another name"
LONGEST_NAME = 80


class TitleForm(forms.Form):
    """What a shared question is called in the library."""

    use_required_attribute = False
    title = forms.CharField(
        label="Name in the library",
        help_text="Only your team sees it. For example, “How people travel”.",
        max_length=200,
        error_messages={
            "required": "Enter a name for the question",
            "max_length": "The name must be 200 characters or less",
        },
    )

    def clean_title(self):
        title = clean_text(self.cleaned_data["title"])
        if not title:
            raise forms.ValidationError("Enter a name for the question")
        return title


@staff_page(Right.BUILD)
@require_safe
def shared_questions(request):
    """Every shared question of the person's teams, those that are retired apart."""
    teams = {team.pk: team for team in Team.objects.filter(pk__in=building_teams(request))}
    rows = [row(held, teams[held.owner]) for held in library.questions_of(*teams, with_retired=True)]
    context = {
        "page_title": "Question library",
        "rows": [row for row in rows if not row["held"].is_retired],
        "retired": [row for row in rows if row["held"].is_retired],
        "has_teams": len(teams) > 1,
    }
    return render(request, "consult/staff/library/list.html", context)


def row(held, team):
    """What the list shows of a shared question."""
    question = library.shared(held)
    return {"held": held, "team": team, "text": first_words(question), "kind": KINDS[question.kind].label}


@staff_page(Right.BUILD)
@require_http_methods(["GET", "HEAD", "POST"])
def shared_question(request, question_id):
    """One shared question and its revisions: call it something else, retire it, or offer it again."""
    held, team = own_library_question(request, question_id)
    form = TitleForm(request.POST if "title" in request.POST else None, initial={"title": held.title})
    if request.method == "POST":
        act = {"team": team, "by": request.user, "now": timezone.now()}
        try:
            if "retire" in request.POST:
                commands.retire_question(held, **act)
                return done(request, "The question was retired. Questionnaires that took it keep it.")
            if "offer" in request.POST:
                commands.offer_again(held, **act)
                return done(request, "The question is offered again.")
            if not form.is_bound:
                raise Http404
            if form.is_valid():
                commands.rename_question(held, form.cleaned_data["title"], **act)
                return done(request, "The new name was saved.")
        except library.TitleTaken:
            held.refresh_from_db()
            form = refused(request, held)
    return library_page(request, held, form)


def library_page(request, held, form):
    """The page of a shared question."""
    context = {
        "page_title": held.title,
        "back_to": reverse("staff-library"),
        "back_name": "Question library",
        "held": held,
        "shown": shown(library.shared(held)),
        "revisions": revisions(held),
        "form": form,
    } | bound_problems(form)
    return render(request, "consult/staff/library/question.html", context, status=422 if form.errors else 200)


def refused(request, held):
    """The form that says that a title is taken."""
    form = TitleForm({"title": request.POST.get("title", held.title)})
    form.is_valid()
    form.add_error("title", TITLE_TAKEN)
    return form


def revisions(held):
    """Every revision of a shared question, the newest first: `[(number, what changed since the one before)]`."""
    documents = held.revisions.order_by("number").values_list("number", "document")
    found, before = [], None
    for number, document in documents:
        question = question_from(Source(document, "the shared question"))
        changes = [] if before is None else taking.differences(question, before)
        found.append({"number": number, "changes": changes})
        before = question
    return found[::-1]


def done(request, words_for_lead):
    """Back to the list, with what was done."""
    messages.success(request, words_for_lead)
    return redirect("staff-library")


def own_library_question(request, question_id):
    """The shared question with this id and its team, if the person builds for that team. Raises Http404."""
    held = LibraryQuestion.objects.filter(pk=question_id, owner__in=building_teams(request)).first()
    if held is None:
        raise Http404
    return held, Team.objects.get(pk=held.owner)


def building_teams(request):
    """The ids of the teams that the person builds questionnaires for."""
    return [team for team, rights in request.rights_by_team.items() if Right.BUILD in rights]


def shown(question):
    """A shared question in words."""
    return {
        "text": words(question.text),
        "hint": words(question.hint),
        "kind": KINDS[question.kind].label,
        "statements": [words(line.label) for line in question.statements],
        "options": [(option.code, words(option.label)) for option in question.options],
        "languages": [language for language in question.text if language != "en"],
    }


def first_words(question):
    """The first line of a question, cut where it is long."""
    text = words(question.text).partition("\n")[0]
    return text if len(text) <= LONGEST_NAME else text[: LONGEST_NAME - 1] + "…"
