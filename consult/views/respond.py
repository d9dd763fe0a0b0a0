"""Answering online: the pages of a questionnaire, checking the answers, and sending them.

django-formtools steps through the pages over HTTP; the route is `surveys.journey`, progress is kept in an encrypted
`DraftResponse`, and sending is `consult.submission`. Everything of formtools that the service touches is in this module.
"""

from datetime import timedelta

from django import forms
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from formtools.wizard.storage.base import BaseStorage
from formtools.wizard.views import NamedUrlWizardView

from consult import areas, browser, keys, submission
from consult.services import facts_about
from consult.skeletons import PageFacts, question_page
from consult.stages import GRACE, Stage, may_still_send, stage_at
from consult.views.public import (
    consultation_context,
    public_consultation,
    recent_consultation,
    state_page,
    was_sent,
)
from consult.wording import clock
from surveys.checking import no_longer_sent, questions_in_words, rows_by_section
from surveys.definition import words
from surveys.drafts import StaleDraft, delete_draft, open_draft, save_draft, submission_key_of
from surveys.forms import PageForm
from surveys.journey import journey
from surveys.kinds import KINDS
from surveys.models import RespondentType
from surveys.piping import fill
from surveys.publishing import published
from surveys.responses import respondent_type
from surveys.validation import AnswersRejected

CHECK = "check"
STATUS_CONFLICT = 409


class DraftStorage(BaseStorage):
    """formtools' storage over a draft that the view opened. formtools gives a storage only (prefix, request)."""

    def __init__(self, prefix, request=None, file_storage=None):
        super().__init__(prefix, request, file_storage)
        self.init_data()

    def get_step_data(self, step):
        """Nothing: a page shows the draft's answers as initial values, and `submit` checks everything again."""
        return None

    def set_step_data(self, step, cleaned_data):
        """Nothing: the view has put the answers into the draft."""


class RespondView(NamedUrlWizardView):
    """One address for each page of the questionnaire, and one for checking the answers."""

    storage_name = f"{__name__}.DraftStorage"
    # formtools asks for at least one form at import; the real ones are this respondent's route, set in `dispatch`.
    form_list = [(CHECK, forms.Form)]
    http_method_names = ["get", "post", "head"]
    has_sent = False

    def dispatch(self, request, *args, slug, **kwargs):
        self.now = timezone.now()
        self.consultation = recent_consultation(slug, self.now)
        self.stage = stage_at(facts_about(self.consultation), self.now)
        self.draft = open_draft(browser.draft_token(request, slug))
        if refusal := self.refused(request, slug):
            return refusal
        self.version = published(self.draft.version_id)
        self.follow_route()
        try:
            return super().dispatch(request, *args, **kwargs)
        except StaleDraft:
            return render(
                request,
                "consult/respond/stale.html",
                self.context("You answered this page somewhere else"),
                status=STATUS_CONFLICT,
            )

    def refused(self, request, slug):
        """Where somebody goes who cannot answer here now: to the receipt, to the start, or to the closed page."""
        if self.draft is None:
            if was_sent(token := browser.draft_token(request, slug)):
                # A second click on "Send my answers", or a retry after the reply was lost on the way.
                return self.receipt(token, to="about-you")
            return redirect("respond-done" if browser.sent_key(request, slug) else "respond-privacy", slug=slug)
        facts = facts_about(self.consultation)
        if may_still_send(facts, begun_at=self.draft.begun_at, now=self.now):
            return None
        return state_page(request, self.consultation, self.stage, now=self.now)

    def follow_route(self):
        """Walk the route for the answers so far, and give formtools its pages."""
        self.route = journey(self.version.definition, self.draft.answers)
        self.form_list = {step.key: PageForm for step in self.route.steps} | {CHECK: forms.Form}

    def get_prefix(self, request, *args, **kwargs):
        return f"{self.consultation.slug}-{self.version.number}"

    def get_step_url(self, step):
        return reverse("respond-page", kwargs={"slug": self.consultation.slug, "step": step})

    def first_gap(self):
        """The first page of the route that was not passed yet; the check page when all were."""
        return next((step.key for step in self.route.steps if not self.was_passed(step)), CHECK)

    def was_passed(self, step):
        """Whether a page was answered or left blank, and what was answered there is still among the answers offered."""
        lost = any(q.key in self.draft.answers and q.key not in self.route.answers for q in step.questions)
        return step.key in self.draft.pages and not lost

    def is_too_far(self, key):
        """Whether a page lies behind one that was not passed yet."""
        order = list(self.form_list)
        return key not in order or order.index(key) > order.index(self.first_gap())

    def get(self, request, *args, step=None, **kwargs):
        if self.is_too_far(step):
            return redirect(self.get_step_url(self.first_gap()))
        self.storage.current_step = step
        return super().get(request, *args, step=step, **kwargs)

    def post(self, request, *args, step=None, **kwargs):
        if self.is_too_far(step):
            return redirect(self.get_step_url(self.first_gap()))
        self.storage.current_step = step
        # The address says which page this is; formtools would take a hidden field's word for it.
        request.POST = request.POST.copy()
        request.POST[f"{self.prefix}-current_step"] = step
        response = super().post(request, *args, step=step, **kwargs)
        if not self.has_sent:
            browser.remember_draft(response, self.consultation.slug, self.draft.token)
        return response

    def get_form(self, step=None, data=None, files=None):
        key = step or self.steps.current
        if key == CHECK:
            return forms.Form(data, files)
        found = self.route.step(key)
        return PageForm(
            data,
            files,
            questions=questions_in_words(found, self.version.definition, self.route, language=self.draft.language),
            language=self.draft.language,
            find_area=areas.find_area,
            initial=self.draft.answers,
        )

    def process_step(self, form):
        """Put a page's answers into the draft, keep it, and follow the route again. Raises StaleDraft."""
        key = self.steps.current
        if key != CHECK:
            before = (dict(self.draft.answers), list(self.draft.pages))
            for question, value in form.answers().items():
                self.draft.answers.pop(question, None)
                if value is not None:
                    self.draft.answers[question] = value
            if key not in self.draft.pages:
                self.draft.pages.append(key)
            if before != (self.draft.answers, self.draft.pages):
                save_draft(self.draft, now=self.now)
            self.follow_route()
        # formtools 2.7 deletes what this call keeps, and fails where it was never made.
        self.get_form_list()
        return {}

    def get_next_step(self, step=None):
        """The next page of the route; after the answers were checked once, the next page not passed, or the check page."""
        return self.first_gap() if CHECK in self.draft.pages else super().get_next_step(step)

    def render(self, form=None, **kwargs):
        if self.steps.current == CHECK:
            return self.check_page(problems={})
        step = self.route.step(self.steps.current)
        return question_page(
            self.request,
            form,
            step,
            self.page_facts(step, form),
            version_id=self.version.id,
            # A drawn page is kept for whoever is asked the same in the same words: theirs may repeat an earlier answer.
            variant=self.draft.variant,
        )

    def page_facts(self, step, form):
        """What the page's frame is drawn from."""
        language = self.draft.language
        heading = fill(step.page.heading, self.version.definition, self.route.answers, language=language, step=step)
        alone = words(form.questions[0].text, language).split("\n\n")[0]
        return PageFacts(
            slug=self.consultation.slug,
            short_name=self.consultation.short_name,
            organisation=self.consultation.team.name,
            phone=self.consultation.team.phone,
            title=alone if len(step.questions) == 1 else heading,
            heading="" if len(step.questions) == 1 else heading,
            caption=words(step.page.section, language),
            back_url=self.back_url(step.key),
            button="Continue",
            notice=self.closing_notice(),
            language=language,
            is_illustrative=self.consultation.is_illustrative,
        )

    def back_url(self, key):
        """The page before this one on the route; before the first comes how answers are used."""
        before = self.get_prev_step(key)
        return self.get_step_url(before) if before else reverse("respond-privacy", args=[self.consultation.slug])

    def closing_notice(self):
        """What to say when time is short or the consultation has closed meanwhile; else nothing."""
        closes_at = self.consultation.closes_at
        if self.stage != Stage.OPEN:
            until = clock(closes_at + GRACE)
            return f"This consultation closed while you were answering. You can still send your answers until {until}."
        if closes_at - self.now < timedelta(hours=24):
            return f"This consultation closes at {clock(closes_at)} {day_word(closes_at, self.now)}."
        return ""

    def check_page(self, *, problems):
        """The answers given so far, each with a way to change it."""
        if CHECK not in self.draft.pages:
            self.draft.pages.append(CHECK)
            save_draft(self.draft, now=self.now)
        definition, language = self.version.definition, self.draft.language
        context = self.context("Check your answers before you send them") | {
            "sections": rows_by_section(definition, self.route, language=language, problems=problems),
            "problems": [
                {"text": message, "href": f"#answer-{key}"}
                for key, messages in problems.items()
                for message in messages
            ],
            "has_errors": bool(problems),
            "no_longer": no_longer_sent(definition, self.route, self.draft.answers, language=language),
            "back_url": self.back_url(CHECK),
            "notice": self.closing_notice(),
        }
        return render(self.request, "consult/respond/check.html", context, status=422 if problems else 200)

    def render_done(self, form, **kwargs):
        """Send, inside the POST of the check page: formtools would redirect and send on a GET."""
        try:
            submission.submit(
                self.consultation,
                answers=self.route.answers,
                channel=submission.Channel.ONLINE,
                key=self.draft.submission_key,
                version_id=self.draft.version_id,
                now=self.now,
                language=self.draft.language,
                variant=self.draft.variant,
                begun_at=self.draft.begun_at,
            )
        except AnswersRejected as rejected:
            return self.check_page(problems=rejected.problems)
        except submission.NothingToSend:
            # The first that can be answered: a page may begin with words alone, which have no row to lead to.
            first = next(question for question in self.route.questions() if KINDS[question.kind].controls(question))
            return self.check_page(problems={first.key: ["Answer at least 1 question before you send"]})
        except submission.ConsultationClosed as closed:
            return state_page(self.request, self.consultation, closed.stage, now=self.now)
        return self.sent()

    def sent(self):
        """After a send: on to the questions about the person, which nobody asks an organisation (domain.md §1.1)."""
        self.has_sent = True
        delete_draft(self.draft.token)
        capacity = respondent_type(self.version.definition, self.route.answers)
        return self.receipt(
            self.draft.token, to="respond-done" if capacity == RespondentType.ORGANISATION else "about-you"
        )

    def receipt(self, token, *, to):
        """To a page with the receipt, which the browser remembers for a day; what an earlier person said is forgotten."""
        slug = self.consultation.slug
        response = redirect(to, slug=slug)
        browser.forget_draft(response, slug)
        browser.remember_route(response, slug, {})
        browser.remember_sent(response, slug, submission_key_of(token))
        return response

    def context(self, title):
        """What every page of this flow that is not a question page needs."""
        return respond_context(self.consultation, title) | {"language": self.draft.language}


def respond_context(consultation, title):
    """The common context of respondent pages: titles, names and who to ask for help."""
    return {
        "consultation": consultation,
        "page_title": title,
        "short_name": consultation.short_name,
        "organisation": consultation.team.name,
        "team": consultation.team,
        "is_illustrative": consultation.is_illustrative,
    }


def day_word(at, now):
    """ "today" or "tomorrow" for a moment within a day of now."""
    return "today" if timezone.localdate(at) == timezone.localdate(now) else "tomorrow"


def done(request, slug):
    """The receipt: shown again for a day in the browser that sent the answers."""
    now = timezone.now()
    consultation = public_consultation(slug, now)
    key = browser.sent_key(request, slug)
    if key is None:
        return redirect("respond", slug=slug)
    context = consultation_context(consultation, now) | respond_context(consultation, "Thank you for having your say")
    code = format_html('Your receipt code <span class="consult-receipt">{}</span>', keys.receipt_for(key))
    context |= {"panel_html": code}
    response = render(request, "consult/respond/done.html", context)
    forget_equality_answers(request, response, slug)
    return response


def forget_equality_answers(request, response, slug):
    """Take a person's answers out of the browser once they have finished: the next to use it may be somebody else."""
    route = browser.route(request, slug)
    if "answers" in route:
        browser.remember_route(response, slug, {"passed": route["passed"]})
