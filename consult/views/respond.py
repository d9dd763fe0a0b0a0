"""Answering online: the pages of a questionnaire, checking the answers, and sending them.

django-formtools steps through the pages over HTTP; the route is `surveys.journey`, progress is kept in an encrypted
`DraftResponse`, and sending is `consult.submission`. Everything of formtools that the service touches is in this module.
"""

from datetime import timedelta
from functools import lru_cache

from django import forms
from django.db import transaction
from django.http import HttpResponseRedirect
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from formtools.wizard.storage.base import BaseStorage
from formtools.wizard.views import NamedUrlWizardView

from consult import areas, arrivals, browser, nhs, submission
from consult.recent import recent_consultation
from consult.services import facts_about
from consult.skeletons import PageFacts, frame, kept_frame, respond_with
from consult.stages import GRACE, Stage, may_still_send, stage_at
from consult.views.begin import was_sent
from consult.views.public import consultation_context, state_page
from consult.views.receipt import to_receipt
from consult.wording import clock
from surveys.checking import no_longer_sent, questions_in_words, rows_by_section
from surveys.definition import words
from surveys.drafts import StaleDraft, delete_draft, open_draft, save_draft
from surveys.drawing import page_body
from surveys.forms import PageForm, shown_before
from surveys.journey import journey
from surveys.kinds import KINDS
from surveys.models import RespondentType
from surveys.piping import fill
from surveys.publishing import published
from surveys.responses import respondent_type
from surveys.skeleton import hole
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
        self.recent = recent_consultation(slug, self.now)
        self.consultation = self.recent.consultation
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
                return to_receipt(slug, token, to="about-you")
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
        return page_url(self.consultation.slug, step)

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
            return HttpResponseRedirect(self.get_step_url(self.first_gap()))
        self.storage.current_step = step
        return self.render()

    def post(self, request, *args, step=None, **kwargs):
        """The address says which page this is, where formtools would take a hidden field's word for it."""
        if self.is_too_far(step):
            return HttpResponseRedirect(self.get_step_url(self.first_gap()))
        self.storage.current_step = step
        response = self.taken(self.get_form(data=request.POST))
        if not self.has_sent:
            browser.remember_draft(response, self.consultation.slug, self.draft.token)
        return response

    def taken(self, form):
        """What comes of a page that was sent: itself again where something is wrong, else the next one, at last the receipt."""
        if not form.is_valid():
            return self.render(form)
        if self.steps.current == CHECK:
            return self.render_done(form)
        self.process_step(form)
        return HttpResponseRedirect(self.get_step_url(self.get_next_step()))

    def get_form(self, step=None, data=None, files=None):
        key = step or self.steps.current
        if key == CHECK:
            return forms.Form(data)
        return PageForm(data, questions=self.questions(key), language=self.draft.language, find_area=areas.find_area)

    def questions(self, key):
        """The questions of a page in the words that this respondent is asked them."""
        step = self.route.step(key)
        return questions_in_words(step, self.version.definition, self.route, language=self.draft.language)

    def process_step(self, form):
        """Put a page's answers into the draft, follow the route again, and keep it. Raises StaleDraft."""
        before = (dict(self.draft.answers), list(self.draft.pages))
        for question, value in form.answers().items():
            self.draft.answers.pop(question, None)
            if value is not None:
                self.draft.answers[question] = value
        self.follow_route()
        self.pass_page(self.steps.current)
        if self.first_gap() == CHECK:
            self.pass_page(CHECK)
        if before != (self.draft.answers, self.draft.pages):
            save_draft(self.draft, now=self.now)

    def pass_page(self, key):
        """Remember that somebody has been to a page, or was sent on to check their answers."""
        if key not in self.draft.pages:
            self.draft.pages.append(key)

    def get_next_step(self, step=None):
        """The next page of the route; after the answers were checked once, the next page not passed, or the check page."""
        return self.first_gap() if CHECK in self.draft.pages else super().get_next_step(step)

    def render(self, form=None, **kwargs):
        """The page at this address, with what was given before; with a `form`, as it was sent, and what is wrong with it."""
        if self.steps.current == CHECK:
            return self.check_page(problems={})
        step = self.route.step(self.steps.current)
        questions = self.questions(step.key)
        facts = self.page_facts(step, questions)
        # What somebody typed may be repeated in a later page's words: then nothing of it is kept.
        may_keep = step.page.key not in self.version.pages_repeating_text
        skeleton = (kept_frame if may_keep else frame)(facts, has_errors=form is not None)
        body = page_body(
            questions,
            shown_before(questions, self.draft.answers) if form is None else form.shown(),
            language=self.draft.language,
            is_alone=len(questions) == 1,
            kept_for=(self.version.id, self.draft.variant) if may_keep else None,
        )
        if form is None:
            return respond_with(skeleton, self.request, body=body)
        summary = nhs.render_problems(form.problems())
        return respond_with(skeleton, self.request, body=body, summary=summary, status=422)

    def page_facts(self, step, questions):
        """What the page's frame is drawn from."""
        language = self.draft.language
        heading = fill(step.page.heading, self.version.definition, self.route.answers, language=language, step=step)
        alone = words(questions[0].text, language).split("\n\n")[0]
        return PageFacts(
            slug=self.consultation.slug,
            short_name=self.consultation.short_name,
            organisation=self.consultation.team.name,
            phone=self.consultation.team.phone,
            title=alone if len(questions) == 1 else heading,
            heading="" if len(questions) == 1 else heading,
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
        definition, language = self.version.definition, self.draft.language
        rows = render_to_string(
            "consult/respond/check_rows.html",
            {
                "slug": self.consultation.slug,
                "sections": rows_by_section(definition, self.route, language=language, problems=problems),
                "no_longer": no_longer_sent(definition, self.route, self.draft.answers, language=language),
            },
        )
        if problems:
            context = self.check_context(problems) | {"rows": rows}
            return render(self.request, "consult/respond/check.html", context, status=422)
        return self.recent.page(
            self.request,
            "consult/respond/check.html",
            lambda: self.check_context({}) | {"rows": hole("rows")},
            drawn_for=(self.back_url(CHECK), self.closing_notice(), language),
            rows=rows,
        )

    def check_context(self, problems):
        """What the page says around the answers."""
        return self.context("Check your answers before you send them") | {
            "problems": [
                {"text": message, "href": f"#answer-{key}"}
                for key, messages in problems.items()
                for message in messages
            ],
            "has_errors": bool(problems),
            "back_url": self.back_url(CHECK),
            "notice": self.closing_notice(),
        }

    def render_done(self, form, **kwargs):
        """Send, inside the POST of the check page: formtools would redirect and send on a GET."""
        try:
            self.send()
        except AnswersRejected as rejected:
            return self.check_page(problems=rejected.problems)
        except submission.NothingToSend:
            # The first that can be answered: a page may begin with words alone, which have no row to lead to.
            first = next(question for question in self.route.questions() if KINDS[question.kind].controls(question))
            return self.check_page(problems={first.key: ["Answer at least 1 question before you send"]})
        except submission.ConsultationClosed as closed:
            return state_page(self.request, self.consultation, closed.stage, now=self.now)
        return self.sent()

    def send(self):
        """The draft becomes a response, in one transaction: never both, never neither."""
        with transaction.atomic():
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
            delete_draft(self.draft.token)

    def sent(self):
        """After a send: on to the questions about the person, which nobody asks an organisation (domain.md §1.1)."""
        self.has_sent = True
        arrivals.note_arrival(self.request, self.consultation, self.draft, self.route, now=self.now)
        is_organisation = respondent_type(self.version.definition, self.route.answers) == RespondentType.ORGANISATION
        to = "respond-done" if is_organisation else "about-you"
        return to_receipt(self.consultation.slug, self.draft.token, to=to)

    def context(self, title):
        """What every page of this flow that is not a question page needs."""
        return consultation_context(self.consultation, self.now) | {
            "page_title": title,
            "language": self.draft.language,
        }


@lru_cache(maxsize=4_096)
def page_url(slug, step):
    """The address of a page of a consultation's questions."""
    return reverse("respond-page", kwargs={"slug": slug, "step": step})


def day_word(at, now):
    """ "today" or "tomorrow" for a moment within a day of now."""
    return "today" if timezone.localdate(at) == timezone.localdate(now) else "tomorrow"
