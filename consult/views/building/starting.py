"""Beginning a consultation: from a starting point, from the structure of a past one, or from nothing."""

from dataclasses import replace

from django import forms
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.text import slugify
from django.views.decorators.http import require_http_methods

from consult.beginning import begin_consultation
from consult.models import Consultation, Team
from consult.permissions import Right, consultations_where, staff_page
from consult.starting_points import DEMONSTRATION, STARTING_POINTS, StartingPoint, copy_of, start_from
from consult.views.building.forms import line
from consult.views.building.saying import bound_problems
from surveys.definition import Definition

BLANK = "blank"
COPY = "copy-"


class NameForm(forms.Form):
    """What a new consultation is called, and whose it is."""

    use_required_attribute = False
    title = line(
        "What is it called?",
        required=True,
        most=200,
        hint="You can change this later",
        error_messages={"required": "Write what it is called"},
    )
    short_name = line(
        "Short name",
        required=True,
        most=60,
        hint="For the tops of pages. For example: Alderbeck surgery",
        error_messages={"required": "Write a short name"},
    )
    team = forms.ModelChoiceField(Team.objects.none(), label="Whose is it?", empty_label=None)

    def __init__(self, data=None, *, teams, title=""):
        super().__init__(data, initial={"title": title})
        self.fields["team"].queryset = teams
        if len(teams) == 1:
            self.fields["team"].widget = forms.HiddenInput()
            self.fields["team"].initial = teams[0].pk


class StartForm(NameForm):
    """The same, and what to begin with."""

    begin = forms.ChoiceField(
        label="What do you want to begin with?",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what to begin with"},
    )

    def __init__(self, data=None, *, offers, teams):
        super().__init__(data, teams=teams)
        self.fields["begin"].choices = offers


def own_teams(request):
    """The teams that the person may begin a consultation for."""
    own = [pk for pk, rights in request.rights_by_team.items() if Right.BUILD in rights]
    return Team.objects.filter(pk__in=own).order_by("name")


@staff_page(Right.BUILD)
@require_http_methods(["GET", "HEAD", "POST"])
def start(request):
    """Begin a new consultation. It is a draft that nobody but its team sees."""
    own = consultations_where(request.rights_by_team, right=Right.BUILD)
    past = {COPY + each.slug: each for each in own if not is_starting_point(each)}
    data = request.POST if request.method == "POST" else None
    form = StartForm(data, offers=offers(past), teams=own_teams(request))
    if form.is_valid():
        consultation = begin(form.cleaned_data, past=past, by=request.user, now=timezone.now())
        return redirect("build-tasks", slug=consultation.slug)
    context = {"page_title": "Start a consultation", "form": form} | bound_problems(form)
    return render(request, "consult/staff/building/start.html", context, status=422 if form.errors else 200)


def is_starting_point(consultation):
    """Whether a consultation is of the demonstration, which is offered as a starting point already."""
    return consultation.is_illustrative and DEMONSTRATION + consultation.slug in STARTING_POINTS


def offers(past):
    """What can be begun with, as choices in groups of radios."""
    return [
        *((key, f"{offer.name}. {offer.says}") for key, offer in STARTING_POINTS.items()),
        (BLANK, "Nothing. Write every question yourself."),
        *(
            (key, f"A copy of “{each.title}”: its questions and settings, and nothing that people answered")
            for key, each in past.items()
        ),
    ]


def begin(cleaned, *, past, by, now):
    """The new consultation that the form asks for."""
    title, short_name, team = (cleaned[name] for name in ("title", "short_name", "team"))
    chosen, slug = starting_point(cleaned["begin"], past), free_slug(short_name)
    start = replace(chosen, definition=replace(chosen.definition, title=title))
    return begin_consultation(start, slug=slug, title=title, short_name=short_name, team=team, by=by, now=now)


def starting_point(begin, past):
    if begin == BLANK:
        return StartingPoint(Definition("", ()), {})
    return copy_of(past[begin]) if begin in past else start_from(begin)


def free_slug(name):
    """An address that no consultation has, made of its short name."""
    stem = slugify(name)[:40].strip("-") or "consultation"
    taken = set(Consultation.objects.filter(slug__startswith=stem).values_list("slug", flat=True)) | RESERVED
    return next(
        slug
        for number in range(1, len(taken) + 2)
        if (slug := stem if number == 1 else f"{stem}-{number}") not in taken
    )


RESERVED = {"new", "library", "upload"}
"""Addresses under /staff/ that are no consultation's."""
