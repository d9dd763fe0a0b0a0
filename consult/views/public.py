"""Public pages that anybody may read: a consultation, how to take part, and what became of it.

None of them sets a cookie, so that they may be kept by caches for a minute; what depends on the browser is in `respond.py`.
"""

from contextlib import contextmanager

from django.db import DatabaseError, connection
from django.http import Http404, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext

from consult.contacts import NEWS, OFFERED
from consult.languages import ENGLISH, languages_of, spoken, spoken_code
from consult.models import Consultation, Document
from consult.paper.links import links
from consult.second_person.correcting import corrections_told
from consult.services import facts_about
from consult.stages import Stage, is_public, stage_at
from consult.views.spoken import in_asked_language
from consult.wording import clock, closing_reason, last_deletion_on, long_date, moment, question_count
from surveys.publishing import latest_version_id, published
from surveys.queries import changes_published
from surveys.renderings import told_in

CACHE_SECONDS = 60


def public_consultation(slug, now, *, rows=None, or_withdrawn=False):
    """The consultation with this slug (of `rows`: all, with their teams), if the public may know of it now. Raises Http404.

    With `or_withdrawn` also one that was withdrawn with words on why, for the pages that say so.
    """
    consultation = get_object_or_404(Consultation.objects.select_related("team") if rows is None else rows, slug=slug)
    words = consultation.withdrawal_words if or_withdrawn else ""
    if not is_public(stage_at(facts_about(consultation), now), withdrawal_words=words):
        raise Http404
    return consultation


def kept_a_minute(response):
    """Allow caches to keep a page that is the same for everybody."""
    patch_cache_control(response, public=True, max_age=CACHE_SECONDS)
    return response


def consultation_page(request, slug):
    """One consultation: the plan, its documents, its dates, and what can be done now."""
    now = timezone.now()
    consultation = public_consultation(slug, now, or_withdrawn=True)
    newest = newest_version(consultation)
    with telling(request, newest and newest.definition) as languages:
        context = consultation_context(consultation, now) | languages
        if context["withdrawn"]:
            return kept_a_minute(state_page(request, consultation, context["stage"], now=now, **languages))
        context |= {
            "page_title": told_title(context),
            "changes": changes_told(consultation, newest),
            "has_easy_read": newest is not None and has_easy_read(newest.definition, languages["asked_language"]),
            "paper_forms": links(consultation, newest, context["stage"], language=languages["asked_language"]),
        }
        page = render(request, "consult/public/consultation.html", context)
    return kept_a_minute(page)


def has_easy_read(definition, language):
    """Whether there are easy read words for whoever reads a page in this language: they are in the first language alone."""
    return "easy_read" in definition.variants and language == definition.languages[0]


def changes_told(consultation, newest):
    """What was changed in the questions since they were published: `[(day, words)]`, oldest first.

    Nothing is asked of the database where `newest`, the newest version, is the first.
    """
    if newest is None or newest.number == 1:
        return []
    return [(long_date(at), note) for _, at, note in changes_published(consultation.questionnaire_id)]


def newest_version(consultation):
    """The questionnaire's newest version (`publishing.Published`); None before it has one. One query."""
    version_id = latest_version_id(consultation.questionnaire_id)
    return version_id and published(version_id)


def definition_of(consultation):
    """The questionnaire as it was published last; None before that. One query."""
    newest = newest_version(consultation)
    return newest and newest.definition


@contextmanager
def telling(request, definition):
    """Speak the language that the address asks for, of those of a questionnaire (None: there is none yet); yields what a page is
    told of languages, and what the consultation says of itself in this one."""
    with in_asked_language(request, languages_of(definition)) as languages:
        yield languages | {"told": told_of(definition)}


def told_of(definition):
    """What a consultation says of itself in the language now spoken, as `renderings.told_in`; nothing without a questionnaire."""
    return told_in(definition, spoken_code()) if definition else {}


def told_by(recent):
    """The same of a consultation read a moment ago (`recent.Recent`). In English its newest version is not looked for."""
    return {} if spoken() == ENGLISH else told_of(recent.definition)


def told_by_newest(consultation):
    """The same of a consultation's newest version. One query, and none in English."""
    return {} if spoken() == ENGLISH else told_of(definition_of(consultation))


def told_title(context):
    """A consultation's title as its page says it."""
    title = context["consultation"].title
    return context["told"].get(title, title)


def consultation_context(consultation, now):
    """The common context of a consultation's public pages. `told` is for pages that know of translations: see `telling`."""
    stage = stage_at(facts_about(consultation), now)
    return {
        "consultation": consultation,
        "told": {},
        "team": consultation.team,
        "team_phone": consultation.team.phone,
        "short_name": consultation.short_name,
        "organisation": consultation.team.name,
        "stage": stage,
        "is_open": stage == Stage.OPEN,
        "is_forthcoming": stage == Stage.FORTHCOMING,
        "has_report": stage in (Stage.REPORTED, Stage.DECIDED),
        "is_decided": stage == Stage.DECIDED,
        "is_illustrative": consultation.is_illustrative,
        "opens": moment(consultation.opens_at),
        "news": NEWS.get(OFFERED.get(stage)),
        "changed_closing": changed_closing(consultation, stage),
        "withdrawn": withdrawal(consultation, stage),
        "closes": moment(consultation.closes_at),
        "closing_clock": clock(consultation.closes_at),
        "closing_day": long_date(consultation.closes_at),
        "report_by": long_date(consultation.report_by) if consultation.report_by else "",
        "decision_on": long_date(consultation.decision_on) if consultation.decision_on else "",
        "delete_until": long_date(last_deletion_on(consultation)),
    }


def changed_closing(consultation, stage):
    """What to say of a closing time that was changed, `{is_early, day, closes, because, more}`; None where there is nothing.

    That more time was given matters while there is some; that it closed early matters ever after.
    """
    first, closes_at = consultation.first_closes_at, consultation.closes_at
    if first is None or first == closes_at:
        return None
    is_early = first > closes_at
    if is_early != (stage not in (Stage.FORTHCOMING, Stage.OPEN)):
        return None
    because, more = closing_reason(consultation.closing_words)
    return {
        "is_early": is_early,
        "day": long_date(closes_at),
        "closes": moment(closes_at),
        "because": because,
        "more": more,
    }


def withdrawal(consultation, stage):
    """What to say of a consultation that was withdrawn, `{day, because, more}`; None of any other."""
    if stage != Stage.WITHDRAWN:
        return None
    because, more = closing_reason(consultation.withdrawal_words)
    return {"day": long_date(consultation.withdrawn_at), "because": because, "more": more}


def start(request, slug):
    """How to have one's say: what it is about, the closing time, how many questions, and every other way to take part."""
    now = timezone.now()
    consultation = public_consultation(slug, now, or_withdrawn=True)
    newest, stage = newest_version(consultation), stage_at(facts_about(consultation), now)
    if stage == Stage.OPEN:
        return kept_a_minute(start_page(request, consultation, newest.definition, asked=newest.asked, now=now))
    with telling(request, newest and newest.definition) as languages:
        return kept_a_minute(state_page(request, consultation, stage, now=now, **languages))


def start_page(request, consultation, definition, *, asked, now, **more):
    """The start page of a questionnaire. `asked` are the fewest and the most questions of its paths; `more` is said besides."""
    with telling(request, definition) as languages:
        context = consultation_context(consultation, now) | languages
        context |= {
            "page_title": gettext("Have your say: {title}").format(title=told_title(context)),
            "questions": question_count(*asked),
            "chosen": {"language": languages["asked_language"]},
            # Easy read is a rendering of the first language: to a reader of another it would be no easier.
            "has_easy_read": has_easy_read(definition, languages["asked_language"]),
        }
        context |= more
        return render(request, "consult/respond/start.html", context)


def state_page(request, consultation, stage, *, now, **more):
    """What to say to somebody who cannot answer now (ux.md R13). `more` is said besides, like `spoken.in_languages`."""
    context = consultation_context(consultation, now) | more
    return render(request, "consult/public/state.html", context | {"page_title": state_title(context)})


def state_title(context):
    """The heading of a page for somebody who cannot answer."""
    if context["withdrawn"]:
        return gettext("This consultation was withdrawn")
    if context["is_forthcoming"]:
        return gettext("This consultation is not open yet")
    if context["changed_closing"]:
        return gettext("This consultation closed early")
    return gettext("This consultation is closed")


def document(request, slug, document_slug):
    """Something to read beside a consultation."""
    now = timezone.now()
    consultation = public_consultation(slug, now)
    found = get_object_or_404(Document, consultation=consultation, slug=document_slug)
    with telling(request, definition_of(consultation)) as languages:
        context = consultation_context(consultation, now) | languages | {"page_title": found.title, "document": found}
        context["corrections"] = [(long_date(at), note) for at, note in corrections_told(found)]
        return kept_a_minute(render(request, "consult/public/document.html", context))


def outcome(request, slug):
    """What was asked, said, done and not done; until it is decided, when that will be."""
    now = timezone.now()
    consultation = public_consultation(slug, now)
    with telling(request, definition_of(consultation)) as languages:
        context = consultation_context(consultation, now) | languages
        context |= {
            "page_title": gettext("What happened: {title}").format(title=told_title(context)),
            "decided_on": long_date(consultation.decided_at) if context["is_decided"] else "",
        }
        return kept_a_minute(render(request, "consult/public/outcome.html", context))


def healthz(request):
    """Whether the database answers: 200 `{"status": "ok"}`, else 503. Nothing else is told to strangers."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return JsonResponse({"status": "the database does not answer"}, status=503)
    return JsonResponse({"status": "ok"})
