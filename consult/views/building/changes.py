"""Publishing changes of a questionnaire that is out: what differs, what cannot be changed, why, and what people are told."""

from dataclasses import replace

from django import forms
from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from consult.approval import Standing
from consult.change_approval import ask_for_change, change_approval_of, proposal_of
from consult.changing import CHANGEABLE, SORTS, Proposal, needs_second_person, pending_changes, publish_change
from consult.permissions import Right, staff_page
from consult.services import NotReady, facts_about
from consult.stages import stage_at
from consult.views.building.forms import area
from consult.views.building.saying import above, bound_problems
from consult.views.paper import draw_paper_forms
from consult.views.preflight_rows import approval_in_words
from surveys.naming import named
from surveys.publishing import latest_version_id
from surveys.revising import draft_of


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

    def __init__(self, data=None, *, wordings, revision, asked=None):
        said = {"reason": asked.reason, "public_note": asked.public_note} if asked else {}
        super().__init__(data, initial={"revision": revision} | said)
        for place, change in wordings:
            self.fields[f"sort_{place}"] = forms.ChoiceField(
                label=f"“{change.before}” becomes “{change.after}”",
                choices=list(SORTS.items()),
                widget=forms.RadioSelect,
                required=False,
                initial=asked.sorts.get(place) if asked else None,
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

    def proposal(self):
        """The change as its author sends it."""
        cleaned = self.cleaned_data
        return Proposal(cleaned["revision"], self.sorts(), cleaned["reason"], cleaned["public_note"])


@staff_page(Right.BUILD)
@require_http_methods(["GET", "HEAD", "POST"])
def changes(request, consultation):
    """What the draft would change, and the form that publishes it or asks a second person to approve it."""
    now = timezone.now()
    if stage_at(facts_about(consultation), now) not in CHANGEABLE or not latest_version_id(
        consultation.questionnaire_id
    ):
        context = above(consultation, "tasks") | {"page_title": "Change the questions"}
        return render(request, "consult/staff/building/changes_not_now.html", context)
    pending, found = pending_changes(consultation), change_approval_of(consultation)
    draft = draft_of(consultation.questionnaire)
    form = ChangeForm(
        request.POST if request.method == "POST" else None,
        wordings=[(place, readable(change, draft)) for place, change in pending.wordings],
        revision=consultation.questionnaire.revision,
        asked=proposal_of(found.request) if found.standing in (Standing.WAITING, Standing.SENT_BACK) else None,
    )
    if form.is_valid() and is_sent(form, request, consultation, pending, now=now):
        return redirect("build-tasks", slug=consultation.slug)
    context = above(consultation, "tasks") | bound_problems(form)
    context |= {
        "page_title": "Change the questions",
        "pending": pending,
        "refused": [readable(change, draft) for change in pending.refused],
        "plain": [readable(change, draft) for change in pending.allowed if not change.is_wording],
        "form": form,
        "approval": approval_in_words(found) if found.standing != Standing.NOT_ASKED else None,
    }
    return render(request, "consult/staff/building/changes.html", context, status=422 if form.errors else 200)


def is_sent(form, request, consultation, pending, *, now):
    """Publish what a valid form asks for, or ask for its approval; False, with the form's errors set, where neither can be."""
    proposal, by = form.proposal(), request.user
    try:
        if needs_second_person(pending, proposal):
            ask_for_change(consultation, proposal, by=by, now=now)
            messages.success(request, "You have asked for approval of the changes. Tell an approver in your team.")
        else:
            version = publish_change(consultation, proposal, by=by, now=now)
            draw_paper_forms(request, consultation)
            messages.success(
                request, f"Version {version.number} is out. Whoever has begun finishes the version they began."
            )
    except NotReady as refused:
        for task in refused.tasks:
            form.add_error(None, task)
        return False
    return True


def readable(change, draft):
    """A change as staff read it: with repeated answers by the numbers of their questions."""
    return replace(change, before=named(change.before, draft), after=named(change.after, draft))
