"""Answering online: the pages of a questionnaire, checking the answers, and sending them.

django-formtools steps through the pages over HTTP; the route is `surveys.journey`, progress is kept in an encrypted
`DraftResponse`, and sending is `consult.submission`. Everything of formtools that the service touches is in this module.
"""

from datetime import timedelta
from functools import lru_cache

from django import forms
from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from formtools.wizard.storage.base import BaseStorage
from formtools.wizard.views import NamedUrlWizardView

from consult import arrivals, browser, nhs, submission
from consult.check_rows import check_rows
from consult.languages import asked_for, languages_of, offered, page_language, speaking, switcher
from consult.progress import CHECK, Progress
from consult.recent import recent_consultation
from consult.skeletons import PageFacts, blank_body, frame, kept_frame, respond_with
from consult.stages import GRACE, Stage, may_still_send, stage_at
from consult.templatetags.languages import marked_problems
from consult.views import about_you
from consult.views.public import consultation_context, state_page, told_of
from consult.views.receipt import remember_receipt, to_receipt, was_sent
from consult.views.spoken import go_on_to, in_languages, said_by_page
from consult.wording import NOTHING_ANSWERED, closed_meanwhile, closes_soon
from surveys.definition import words
from surveys.drafts import StaleDraft, delete_draft, open_draft, save_draft, submission_key_of
from surveys.drawing import page_body
from surveys.forms import PageForm, shown_before
from surveys.kinds import KINDS
from surveys.models import RespondentType
from surveys.piping import fill
from surveys.responses import respondent_type
from surveys.skeleton import hole
from surveys.validation import AnswersRejected

STATUS_CONFLICT = 409
ATTEMPTS = 3
"""How often a page is put into a draft that another tab is saving at the same moment."""
RENEWED_AFTER = timedelta(hours=1)
"""How long after beginning a browser need not be told anew to keep the way back for a day: in its first hour it has just been."""
MOST_DIGITS = 4
STRAIGHT = "straight"
"""The hidden field in which a page's script says that it gives a page that answers a form an address of its own."""
LEAVING = ("back", "save", "language")
"""The buttons that leave a page without saying that it is finished."""


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
    begun = None
    """The draft, where this very request began it or came back to it: then its first page is the answer."""

    def dispatch(self, request, *args, slug, begun=None, **kwargs):
        self.begun = begun
        for _ in range(ATTEMPTS):
            if refusal := self.open(request, slug):
                return refusal
            try:
                with speaking(self.draft.language):
                    return super().dispatch(request, *args, **kwargs)
            except StaleDraft:
                # Another tab saved this draft since we opened it: what was sent here is put into the newest.
                continue
        with speaking(self.draft.language):
            context = self.context(gettext("Try again")) | {"languages": ()}
            return render(request, "consult/respond/busy.html", context, status=STATUS_CONFLICT)

    def open(self, request, slug):
        """Look at the consultation, the draft and its route as they are now; returns a response for whoever cannot answer."""
        self.now = timezone.now()
        self.recent = recent_consultation(slug, self.now, or_withdrawn=True)
        self.consultation = self.recent.consultation
        self.stage = stage_at(self.recent.facts, self.now)
        self.draft = self.begun or open_draft(browser.draft_token(request, slug))
        if refusal := self.refused(request, slug):
            return refusal
        self.progress = Progress(self.draft)
        self.version, self.route = self.progress.version, self.progress.route
        self.form_list = dict.fromkeys(self.progress.order, PageForm)
        return None

    def refused(self, request, slug):
        """Where somebody goes who cannot answer here now: to the receipt, to the start, or to the closed page."""
        if self.draft is None:
            if was_sent(token := browser.draft_token(request, slug)):
                # A second click on "Send my answers", or a retry after the reply was lost on the way.
                language = asked_for(request) or said_by_page(request) or browser.language(request, slug)
                key = submission_key_of(token)
                return to_receipt(slug, key, to="about-you", language=language, languages=self.recent.languages)
            with speaking(said_by_page(request)):
                return go_on_to("respond-done" if browser.sent_key(request, slug) else "respond-privacy", slug=slug)
        if may_still_send(self.recent.facts, begun_at=self.draft.begun_at, now=self.now):
            return None
        choices = self.recent.languages
        with speaking(chosen := asked_for(request, choices) or self.draft.language):
            languages = in_languages(request, choices, chosen) | {"told": told_of(self.recent.definition)}
            return state_page(request, self.consultation, self.stage, now=self.now, **languages)

    def get_prefix(self, request, *args, **kwargs):
        return f"{self.consultation.slug}-{self.version.number}"

    def get_step_url(self, step):
        return page_url(self.consultation.slug, step)

    def get(self, request, *args, step=None, **kwargs):
        if self.progress.is_too_far(step):
            return self.to_page(self.progress.first_gap())
        self.storage.current_step = step
        return self.render()

    def post(self, request, *args, step=None, **kwargs):
        """The address says which page this is, where formtools would take a hidden field's word for it."""
        if self.begun:
            response = self.go_on(self.progress.first_gap())
        elif self.progress.is_too_far(step):
            return self.to_page(self.progress.first_gap())
        else:
            self.storage.current_step = step
            leaving = next((name for name in LEAVING if name in request.POST), None)
            response = self.left(leaving) if leaving else self.taken()
        if not self.has_sent and (self.begun or self.now - self.draft.begun_at > RENEWED_AFTER):
            browser.remember_draft(response, self.consultation.slug, self.draft.token)
        return response

    def to_page(self, key):
        return HttpResponseRedirect(page_url(self.consultation.slug, key))

    def taken(self):
        """What comes of a page that was sent: itself again where something is wrong, else the next one, at last the receipt."""
        key = self.steps.current
        if key == CHECK:
            return self.render_done(None)
        form = self.progress.form(key, self.request.POST)
        if not form.is_valid():
            return self.render(form)
        self.progress.pass_page(key, form.answers(), now=self.now)
        return self.go_on(self.progress.after(key))

    def go_on(self, key):
        """The next page: at once where a script gives it its own address, so that Back asks nothing; else by a redirect.

        See docs/decisions/0027. It holds what it would hold had it been asked for, and nothing of what was sent besides.
        """
        if not self.request.POST.get(STRAIGHT):
            return self.to_page(key)
        # The answers just given may have changed the route.
        self.route = self.progress.route
        self.storage.current_step = key
        response = self.render()
        response.repeats_nothing_sent = True
        return response

    def left(self, leaving):
        """Leave a page by another button than "Continue": what it holds is kept as it is, and nothing is said to be wrong."""
        key, language = self.steps.current, self.chosen_language()
        back, is_told = self.back_url(key), leaving == "save"
        if key != CHECK:
            self.progress.leave_page(key, self.request.POST, language=language, now=self.now, is_told=is_told)
        elif is_told or language != self.draft.language:
            self.draft.language = language
            save_draft(self.draft, now=self.now)
        if leaving == "language":
            return self.to_page(key)
        return HttpResponseRedirect(
            back if leaving == "back" else reverse("respond-save", args=[self.consultation.slug])
        )

    def chosen_language(self):
        """The language asked for, where the questionnaire has it; else the one that is being used."""
        asked = self.request.POST.get("language", "")
        return asked if asked in offered(self.version.definition) else self.draft.language

    def render(self, form=None, **kwargs):
        """The page at this address, with what was given before; with a `form`, as it was sent, and what is wrong with it."""
        if self.steps.current == CHECK:
            return self.check_page(problems={})
        step = self.route.step(self.steps.current)
        questions = self.progress.questions(step.key)
        skeleton = self.frame_of(step, questions, has_errors=form is not None)
        body = self.body_of(step, questions, self.shown(step.key, questions) if form is None else form.shown())
        if form is None:
            return respond_with(skeleton, self.request, body=body)
        summary = nhs.render_problems(marked_problems(form.problems()))
        return respond_with(skeleton, self.request, body=body, summary=summary, status=422)

    def frame_of(self, step, questions, *, has_errors):
        """What stands around the questions of a page, kept as far as it may be."""
        if step.page.key in self.version.pages_repeating_text:
            # What somebody typed may be repeated in a later page's words: then nothing of it is kept.
            return frame(self.page_facts(step, questions), has_errors=has_errors)
        if not step.page.is_alike:
            return kept_frame(self.page_facts(step, questions), has_errors=has_errors)
        depends_on = (*self.asked_as, step.key, self.back_url(step.key), self.notice(), has_errors)
        return self.recent.kept(depends_on, lambda: kept_frame(self.page_facts(step, questions), has_errors=has_errors))

    def body_of(self, step, questions, shown):
        """The questions of a page with what they show, from what is kept as far as may be."""
        if step.page.is_alike and not shown:
            return blank_body(*self.asked_as, step.key)
        may_keep = step.page.key not in self.version.pages_repeating_text
        return page_body(
            questions,
            shown,
            language=self.draft.language,
            variant=self.draft.variant,
            is_alone=len(questions) == 1,
            kept_for=(self.version.id, self.draft.variant) if may_keep else None,
        )

    @property
    def asked_as(self):
        """The version, the variant and the language that somebody is asked in."""
        return self.version.id, self.draft.variant, self.draft.language

    def shown(self, key, questions):
        """What a page shows when somebody comes to it: as they left it, or the answers given before."""
        typed = self.progress.typed_form(key)
        return typed.as_typed() if typed else shown_before(questions, self.draft.answers)

    def page_facts(self, step, questions):
        """What the page's frame is drawn from."""
        language = self.draft.language
        heading = fill(step.page.heading, self.progress.definition, self.route.answers, language=language, step=step)
        alone = words(questions[0].text, language).split("\n\n")[0]
        return PageFacts(
            slug=self.consultation.slug,
            url=self.get_step_url(step.key),
            short_name=told_of(self.version.definition).get(self.consultation.short_name, self.consultation.short_name),
            organisation=self.consultation.team.name,
            phone=self.consultation.team.phone,
            title=alone if len(questions) == 1 else heading,
            heading="" if len(questions) == 1 else heading,
            caption=words(step.page.section, language),
            back_url=self.back_url(step.key),
            button=gettext("Continue"),
            notice=self.notice(),
            language=language,
            is_illustrative=self.consultation.is_illustrative,
            languages=offered(self.version.definition),
        )

    def back_url(self, key):
        """The page before this one on the route; before the first comes how answers are used."""
        before = self.progress.before(key)
        return (
            page_url(self.consultation.slug, before)
            if before
            else reverse("respond-privacy", args=[self.consultation.slug])
        )

    def notice(self):
        """What to say to somebody who has come back, when time is short, and when the consultation has closed; else nothing."""
        closes_at, said = self.consultation.closes_at, []
        came_back = self.request.META.get("QUERY_STRING") and self.request.GET.get("back", "")
        if came_back and came_back.isdecimal() and len(came_back) < MOST_DIGITS:
            said.append(welcome_back(int(came_back)))
        if self.stage != Stage.OPEN:
            said.append(closed_meanwhile(closes_at + GRACE))
        elif closes_at - self.now < timedelta(hours=24):
            said.append(closes_soon(closes_at, self.now))
        return " ".join(said)

    def check_page(self, *, problems):
        """The answers given so far, each with a way to change it."""
        rows = check_rows(self.progress, slug=self.consultation.slug, problems=problems)
        if problems:
            context = self.check_context(problems) | {"rows": rows}
            return render(self.request, "consult/respond/check.html", context, status=422)
        return self.recent.page(
            self.request,
            "consult/respond/check.html",
            lambda: self.check_context({}) | {"rows": hole("rows")},
            drawn_for=(self.back_url(CHECK), self.notice(), self.draft.language),
            rows=rows,
        )

    def check_context(self, problems):
        """What the page says around the answers."""
        return self.context(gettext("Check your answers before you send them")) | {
            "problems": [
                {"text": message, "href": f"#answer-{key}"}
                for key, messages in problems.items()
                for message in messages
            ],
            "has_errors": bool(problems),
            "back_url": self.back_url(CHECK),
            "own_url": self.get_step_url(CHECK),
            "notice": self.notice(),
        }

    def render_done(self, form, **kwargs):
        """Send, inside the POST of the check page: formtools would redirect and send on a GET."""
        try:
            self.send()
        except AnswersRejected as rejected:
            return self.check_page(problems=rejected.problems)
        except submission.NothingToSend:
            # The first that can be answered: a page may begin with words alone, which have no row to lead to.
            first = next(question for question in self.route.questions() if KINDS[question.kind].is_answerable)
            return self.check_page(problems={first.key: [NOTHING_ANSWERED]})
        except submission.ConsultationClosed as closed:
            return state_page(self.request, self.consultation, closed.stage, now=self.now)
        return self.sent()

    def send(self):
        """The draft becomes a response, in one transaction: never both, never neither."""
        note = arrivals.note_of_arrival(self.request, self.consultation, self.draft, self.route, now=self.now)

        def alongside():
            delete_draft(self.draft.token)
            note()

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
            alongside=alongside,
        )

    def sent(self):
        """After a send: the receipt, and the questions about the person, which nobody asks an organisation (domain.md §1.1)."""
        self.has_sent = True
        key, languages = self.draft.submission_key, languages_of(self.version.definition)
        remembered = {"language": self.draft.language, "languages": languages}
        is_organisation = respondent_type(self.version.definition, self.route.answers) == RespondentType.ORGANISATION
        if is_organisation or not self.request.POST.get(STRAIGHT):
            to = "respond-done" if is_organisation else "about-you"
            return to_receipt(self.consultation.slug, key, to=to, **remembered)
        response = about_you.introduction(self.request, self.recent, key, languages=languages)
        response.repeats_nothing_sent = True
        return remember_receipt(response, self.consultation.slug, key, **remembered)

    def context(self, title):
        """What every page of this flow that is not a question page needs."""
        return (
            consultation_context(self.consultation, self.now)
            | {
                "page_title": title,
                "page_form": "page",
                "told": told_of(self.version.definition),
                "languages": switcher(offered(self.version.definition), self.draft.language),
            }
            | page_language(self.draft.language)
        )


respond_page = RespondView.as_view(url_name="respond-page")
"""A page of a consultation's questions; with `begun=draft` the first of that draft's that is not passed yet."""


@lru_cache(maxsize=4_096)
def page_url(slug, step):
    """The address of a page of a consultation's questions."""
    return reverse("respond-page", kwargs={"slug": slug, "step": step})


def welcome_back(answered):
    """What somebody is told who came back with a code."""
    return ngettext(
        "Welcome back. We kept your answer to 1 question.",
        "Welcome back. We kept your answers to {answered} questions.",
        answered,
    ).format(answered=answered)
