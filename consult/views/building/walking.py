"""One step of a walk through a draft: the page that comes of the one that was sent, drawn and never kept."""

from django.conf import settings
from django.shortcuts import render
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext

from consult import nhs
from consult.languages import offered, speaking
from consult.preview import Carried, PreviewProgress, carried_in
from consult.progress import CHECK
from consult.skeletons import PageFacts, frame, respond_with
from consult.templatetags.languages import marked_problems
from surveys.checking import no_longer_sent, rows_by_section
from surveys.definition import words
from surveys.drawing import page_body
from surveys.forms import shown_before
from surveys.piping import fill
from surveys.revising import draft_of

IN_A_FRAME = settings.CONTENT_SECURITY_POLICY.replace("frame-ancestors 'none'", "frame-ancestors 'self'")
"""The staff's page shows the walk in a frame as narrow as a phone."""


def walked(request, consultation, *, back_to):
    """One step of a walk: the first page at GET, and what comes of the page that was sent at POST."""
    definition = draft_of(consultation.questionnaire)
    carried = carried_in(request.POST.get("carried", "")) if request.method == "POST" else begun(request, definition)
    steps = PreviewSteps(request, consultation, PreviewProgress(carried, definition), back_to=back_to)
    with speaking(carried.language):
        response = steps.answered() if request.method == "POST" else steps.page(steps.progress.order[0])
    response.headers["Content-Security-Policy"] = IN_A_FRAME
    response.headers["X-Frame-Options"] = "SAMEORIGIN"
    return response


def begun(request, definition):
    """A new walk in the language and variant of the address."""
    language, variant = request.GET.get("language", ""), request.GET.get("variant", "")
    return Carried(
        language=language if language in offered(definition) else definition.languages[0],
        variant=variant if variant in definition.variants else "",
    )


class PreviewSteps:
    """The pages of one walk."""

    def __init__(self, request, consultation, progress, *, back_to):
        self.request, self.consultation, self.progress, self.back_to = request, consultation, progress, back_to
        self.now = timezone.now()

    def answered(self):
        """What comes of a page that was sent: itself with what is wrong, the one before, the next, or the end."""
        posted, progress = self.request.POST, self.progress
        key = posted.get("step", "")
        if "go" in posted or key not in progress.order:
            return self.page(posted.get("go", "") if posted.get("go", "") in progress.order else progress.order[0])
        if key == CHECK:
            return self.ended() if "continue" in posted else self.page(progress.before(CHECK) or CHECK)
        if "continue" not in posted:
            return self.left(key, posted)
        form = progress.form(key, posted)
        if not form.is_valid():
            return self.page(key, form)
        progress.pass_page(key, form.answers(), now=self.now)
        return self.page(progress.after(key))

    def left(self, key, posted):
        """The page before, or this page in another language. Nothing can be saved to come back to."""
        asked = posted.get("language", "")
        language = asked if asked in offered(self.progress.version.definition) else self.progress.draft.language
        self.progress.leave_page(key, posted, language=language, now=self.now)
        with speaking(language):
            return self.page(self.progress.before(key) or key if "back" in posted else key)

    def page(self, key, form=None):
        """One page of questions, drawn for this person alone."""
        progress, carried = self.progress, self.progress.draft
        key = progress.first_gap() if progress.is_too_far(key) else key
        if key == CHECK:
            return self.check()
        step = progress.route.step(key)
        questions = progress.questions(key)
        typed = progress.typed_form(key)
        shown = form.shown() if form else typed.as_typed() if typed else shown_before(questions, carried.answers)
        body = page_body(
            questions,
            shown,
            language=carried.language,
            variant=carried.variant,
            is_alone=len(questions) == 1,
            kept_for=None,
        )
        texts = {"body": self.carrying(key) + body} | (
            {"summary": nhs.render_problems(marked_problems(form.problems()))} if form else {}
        )
        skeleton = frame(self.facts(step, questions), has_errors=form is not None, is_preview=True)
        return respond_with(skeleton, self.request, status=422 if form else 200, **texts)

    def carrying(self, key):
        """The hidden fields that take the walk to the next page."""
        return format_html(
            '<input type="hidden" name="carried" value="{}"><input type="hidden" name="step" value="{}">',
            self.progress.draft.signed(),
            key,
        )

    def facts(self, step, questions):
        """What the page's frame is drawn from."""
        language, progress = self.progress.draft.language, self.progress
        heading = fill(step.page.heading, progress.definition, progress.route.answers, language=language, step=step)
        alone = len(questions) == 1
        return PageFacts(
            slug=self.consultation.slug,
            short_name=self.consultation.short_name,
            organisation=self.consultation.team.name,
            phone=self.consultation.team.phone,
            title=words(questions[0].text, language).split("\n\n")[0] if alone else heading,
            heading="" if alone else heading,
            caption=words(step.page.section, language),
            back_url=self.back_to,
            button=gettext("Continue"),
            notice="",
            language=language,
            is_illustrative=False,
            languages=offered(progress.version.definition),
        )

    def check(self):
        """The answers of the walk, each with a way to change it."""
        progress, carried = self.progress, self.progress.draft
        context = self.context("Check your answers before you send them") | {
            "sections": rows_by_section(progress.definition, progress.route, language=carried.language, problems={}),
            "no_longer": no_longer_sent(
                progress.definition, progress.route, carried.answers, language=carried.language
            ),
            "carried": carried.signed(),
            "asked_language": carried.language,
        }
        return render(self.request, "consult/public/preview_check.html", context)

    def ended(self):
        return render(self.request, "consult/public/preview_done.html", self.context("The end of the preview"))

    def context(self, title):
        return {
            "page_title": title,
            "is_preview": True,
            "short_name": self.consultation.short_name,
            "organisation": self.consultation.team.name,
            "consultation": self.consultation,
            "back_to": self.back_to,
        }
