"""Publishing changes of a questionnaire that is out: what differs, what cannot be changed, why, and what people are told."""

from django import forms
from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from consult.changing import CHANGEABLE, SORTS, pending_changes, publish_change
from consult.permissions import Right, staff_page
from consult.services import NotReady, facts_about
from consult.stages import stage_at
from consult.views.building.forms import area
from consult.views.building.saying import above, bound_problems
from surveys.publishing import latest_version_id


class ChangeForm(forms.Form):
    """Why, what people are told, and of each change of words what sort it is."""

    use_required_attribute = False
    reason = area("Why is it changed?", hint="For the record", most=2_000)
    public_note = area(
        "What has changed, in words for the public",
        hint="Stands on the consultation’s page with today’s date",
        most=1_000,
    )
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, data=None, *, wordings, revision):
        super().__init__(data, initial={"revision": revision})
        for place, change in wordings:
            self.fields[f"sort_{place}"] = forms.ChoiceField(
                label=f"“{change.before}” becomes “{change.after}”",
                choices=list(SORTS.items()),
                widget=forms.RadioSelect,
                required=False,
            )

    def sorts(self):
        """`{place among the changes: sort}`."""
        return {
            int(name.removeprefix("sort_")): value
            for name, value in self.cleaned_data.items()
            if name.startswith("sort_") and value
        }

    def sort_fields(self):
        return [self[name] for name in self.fields if name.startswith("sort_")]


@staff_page(Right.BUILD)
@require_http_methods(["GET", "HEAD", "POST"])
def changes(request, consultation):
    """What the draft would change, and the form that publishes it."""
    now = timezone.now()
    if stage_at(facts_about(consultation), now) not in CHANGEABLE or not latest_version_id(
        consultation.questionnaire_id
    ):
        context = above(consultation, "tasks") | {"page_title": "Change the questions"}
        return render(request, "consult/staff/building/changes_not_now.html", context)
    pending = pending_changes(consultation)
    data = request.POST if request.method == "POST" else None
    form = ChangeForm(data, wordings=pending.wordings, revision=consultation.questionnaire.revision)
    if form.is_valid():
        try:
            version = publish_change(
                consultation,
                revision=form.cleaned_data["revision"],
                sorts=form.sorts(),
                reason=form.cleaned_data["reason"],
                public_note=form.cleaned_data["public_note"],
                by=request.user,
                now=now,
            )
            messages.success(
                request, f"Version {version.number} is out. Whoever has begun finishes the version they began."
            )
            return redirect("build-tasks", slug=consultation.slug)
        except NotReady as refused:
            for task in refused.tasks:
                form.add_error(None, task)
    context = (
        above(consultation, "tasks")
        | bound_problems(form)
        | {
            "page_title": "Change the questions",
            "pending": pending,
            "plain": [change for change in pending.allowed if not change.is_wording],
            "form": form,
        }
    )
    return render(request, "consult/staff/building/changes.html", context, status=422 if form.errors else 200)
