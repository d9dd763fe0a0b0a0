"""Staff: the way to opening. Pre-flight, what people say of its tasks, asking for approval, the approver's page, publishing."""

from django import forms
from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from consult import approval
from consult.approval import Standing
from consult.audit import actor_of
from consult.permissions import Right, staff_page
from consult.preflight import NotSayable, refusals
from consult.preflight_rules import APPROVAL
from consult.services import facts_about, launch
from consult.stages import NotReady, Stage, stage_at
from consult.views.paper import draw_paper_forms
from consult.views.preflight_rows import approval_in_words, facts, groups, names_of, row
from consult.views.results import page_context
from consult.wording import moment

form_page = require_http_methods(["GET", "HEAD", "POST"])
LONGEST_WORDS = 2_000
DONE, NOT_DONE = "done", "not-done"


class TaskForm(forms.Form):
    """What somebody says of one task: that it is done, or why it need not be. Only what can be said of it is asked."""

    use_required_attribute = False
    answer = forms.ChoiceField(
        label="Is it done?",
        choices=[(DONE, "Yes"), (NOT_DONE, "No, and this is why it need not be")],
        widget=forms.RadioSelect,
        error_messages={"required": "Select yes if it is done"},
    )
    words = forms.CharField(max_length=LONGEST_WORDS, required=False, widget=forms.Textarea(attrs={"rows": 4}))

    def __init__(self, data=None, *, task):
        said = {"answer": DONE if task.said.is_tick else NOT_DONE, "words": task.said.words} if task.said else {}
        super().__init__(data, initial=said)
        self.task = task
        if not (task.may_be_ticked and task.may_be_reasoned):
            del self.fields["answer"]
        self.fields["words"].label = task.rule.evidence or "Your reason"
        if task.may_be_ticked and not task.may_be_reasoned and not task.rule.evidence:
            del self.fields["words"]

    def is_tick(self):
        """Whether the person says that it is done."""
        return self.cleaned_data.get("answer", DONE if self.task.may_be_ticked else NOT_DONE) == DONE


class DecisionForm(forms.Form):
    """What an approver decides."""

    use_required_attribute = False
    decision = forms.ChoiceField(
        label="What do you decide?",
        choices=[("approve", "I approve it as it is here"), ("back", "I send it back")],
        widget=forms.RadioSelect,
        error_messages={"required": "Select whether you approve it or send it back"},
    )
    words = forms.CharField(
        label="What should change, or what you want to say",
        help_text="Needed when you send it back. It is kept on record, and the lead sees it.",
        max_length=LONGEST_WORDS,
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
    )


@staff_page(Right.SEE_PREFLIGHT)
@require_safe
def preflight(request, consultation):
    """The whole table as it stands, how far approval has got, and what can be done next."""
    now = timezone.now()
    tasks = approval.preflight_of(consultation, now=now)
    found = approval.approval_of(consultation)
    context = page_context(consultation, f"Check and publish: {consultation.title}") | {
        "is_draft": stage_of(consultation, now) == Stage.DRAFT,
        "revision": consultation.questionnaire.revision,
        "groups": groups(tasks, consultation),
        "left": len(refusals(tasks, but=APPROVAL)),
        "approval": approval_in_words(found),
        "may_publish": Right.PUBLISH in request.rights,
        "may_decide": Right.APPROVE in request.rights and found.standing == Standing.WAITING,
        "is_approved": found.standing == Standing.APPROVED,
        "is_waiting": found.standing == Standing.WAITING,
    }
    return render(request, "consult/staff/publish.html", context)


@staff_page(Right.PUBLISH)
@form_page
def task(request, consultation, task):
    """Say of one task that it is done, or why it need not be; or take that back."""
    now = timezone.now()
    found = next((each for each in approval.preflight_of(consultation, now=now) if each.key == task), None)
    if found is None:
        raise Http404
    if stage_of(consultation, now) != Stage.DRAFT:
        return redirect("staff-publish", slug=consultation.slug)
    if "take_back" in request.POST:
        approval.take_back(consultation, task, by=request.user, now=now)
        messages.success(request, f"Taken back: {found.rule.statement}.")
        return redirect("staff-publish", slug=consultation.slug)
    form = TaskForm(request.POST if request.method == "POST" else None, task=found)
    if form.is_valid() and is_said(form, consultation, by=request.user, now=now):
        messages.success(request, f"Saved: {found.rule.statement}.")
        return redirect("staff-publish", slug=consultation.slug)
    context = page_context(consultation, found.rule.statement) | {
        "form": form,
        "task": row(found, names_of([found]), consultation),
    }
    return render(request, "consult/staff/publish_task.html", context, status=422 if form.is_bound else 200)


def is_said(form, consultation, *, by, now):
    """Keep what a valid form says; False, with the form's error set, where it cannot be said."""
    words = form.cleaned_data.get("words", "")
    try:
        approval.say_of_task(consultation, form.task.key, words=words, is_tick=form.is_tick(), by=by, now=now)
    except NotSayable as refusal:
        form.add_error("words" if "words" in form.fields else None, str(refusal))
        return False
    return True


@staff_page(Right.PUBLISH)
@require_POST
def ask(request, consultation):
    """Ask for approval of the consultation as it is now."""
    try:
        approval.ask_for_approval(consultation, by=request.user, now=timezone.now())
        messages.success(request, "You have asked for approval. Tell an approver in your team.")
    except NotReady as refusal:
        messages.error(request, f"You cannot ask for approval yet. {refusal.tasks[0]}")
    return redirect("staff-publish", slug=consultation.slug)


@staff_page(Right.APPROVE)
@form_page
def decide(request, consultation):
    """The approver's page: what is to be approved, who says what of it, and the decision."""
    now = timezone.now()
    form = DecisionForm(request.POST if request.method == "POST" else None)
    if form.is_valid() and is_decided(form, request, consultation, now=now):
        return redirect("staff-publish", slug=consultation.slug)
    found = approval.approval_of(consultation)
    context = page_context(consultation, f"Approve: {consultation.title}") | {
        "form": form,
        "facts": facts(consultation),
        "revision": consultation.questionnaire.revision,
        # What this page decides is not among what is read before deciding it.
        "groups": groups([t for t in approval.preflight_of(consultation, now=now) if t.key != APPROVAL], consultation),
        "approval": approval_in_words(found),
        "seen": found.request.digest if found.request else "",
        "is_waiting": found.standing == Standing.WAITING,
        "is_author": actor_of(request.user) in approval.authors_of(consultation),
    }
    return render(request, "consult/staff/publish_decide.html", context, status=422 if form.is_bound else 200)


def is_decided(form, request, consultation, *, now):
    """Keep a valid form's decision; False, with the form's error set, where it cannot be made."""
    is_approved, words = form.cleaned_data["decision"] == "approve", form.cleaned_data["words"]
    seen, by = request.POST.get("seen", ""), request.user
    try:
        approval.decide(consultation, seen=seen, is_approved=is_approved, by=by, now=now, words=words)
    except (NotReady, approval.NotYours) as refusal:
        form.add_error("words" if not is_approved and not words else None, str(refusal))
        return False
    messages.success(request, "You have approved it." if is_approved else "You have sent it back.")
    return True


@staff_page(Right.PUBLISH)
@form_page
def confirm(request, consultation):
    """The last question before it is published, and publishing."""
    now = timezone.now()
    if request.method == "POST":
        try:
            launch(consultation, by=request.user, now=now)
            draw_paper_forms(request, consultation)
            messages.success(request, f"Published. {will_open(consultation, now=now)}")
            return redirect("staff-consultation", slug=consultation.slug)
        except NotReady as refusal:
            messages.error(request, f"It cannot be published. {refusal.tasks[0]}")
            return redirect("staff-publish", slug=consultation.slug)
    if stage_of(consultation, now) != Stage.DRAFT or refusals(approval.preflight_of(consultation, now=now)):
        return redirect("staff-publish", slug=consultation.slug)
    context = page_context(consultation, f"Publish {consultation.title}?") | {
        "will_open": will_open(consultation, now=now),
        "closes": moment(consultation.closes_at),
    }
    return render(request, "consult/staff/publish_confirm.html", context)


def will_open(consultation, *, now):
    """When it will open, as a sentence."""
    if consultation.opens_at <= now:
        return "It will open at once."
    return f"It will open at {moment(consultation.opens_at)}."


def stage_of(consultation, now):
    return stage_at(facts_about(consultation), now)
