"""Paper forms: the files for everybody, the staff's page of them with the codebook, and a draft's form to look at."""

from io import BytesIO

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from consult.paper import printed_forms
from consult.paper.equality_questions import paper_equality
from consult.paper.links import TAKING_FORMS, size_in_words
from consult.permissions import Right, staff_page
from consult.services import facts_about
from consult.stages import stage_at
from consult.views.public import kept_a_minute, public_consultation
from consult.views.results import page_context
from equality.categories import QUESTION_SETS
from exports.formats import DOCUMENT_FORMATS, TABLE_FORMATS
from exports.paper.codebook import paper_codebook
from exports.paper.editions import EDITIONS
from exports.questionnaire import compose_questionnaire
from surveys.naming import rendering_name
from surveys.revising import draft_of

PDF = "application/pdf"


# For everybody ------------------------------------------------------------------------------------------------------------


def public_form(request, slug, name):
    """A paper form as a file, for everybody who can still send it."""
    now = timezone.now()
    consultation = public_consultation(slug, now)
    newest, order = order_named(consultation, name)
    if stage_at(facts_about(consultation), now) not in TAKING_FORMS:
        raise Http404
    return kept_a_minute(form_file(consultation, newest, order))


def order_named(consultation, name):
    """The published version and its form called so. Raises Http404."""
    newest, _ = printed_forms.published_orders(consultation)
    order = newest and printed_forms.find_order(newest.definition, name)
    if order is None:
        raise Http404
    return newest, order


def form_file(consultation, newest, order):
    """A kept form as a response. Raises Http404 where it is refused: the staff's page says why."""
    try:
        kept = printed_forms.form_to_give_out(consultation, newest, order)
    except printed_forms.REFUSALS as refusal:
        raise Http404 from refusal
    response = HttpResponse(kept.path.read_bytes(), content_type=PDF)
    response.headers["Content-Disposition"] = f'inline; filename="{consultation.slug}-{order.name}.pdf"'
    return response


# For staff ----------------------------------------------------------------------------------------------------------------


@staff_page(Right.KEY_PAPER)
@require_safe
def forms(request, consultation):
    """Every form of the published version, drawn where it was not, with what keeps one from being drawn; and the codebook."""
    newest, wanted = printed_forms.published_orders(consultation)
    context = page_context(consultation, "Paper forms") | {
        "version": newest and newest.number,
        "rows": [row(consultation, newest, order) for order in wanted],
        "may_build": Right.BUILD in request.rights,
    }
    return render(request, "consult/staff/paper.html", context)


def row(consultation, newest, order):
    """One form on the staff's page: `{name, words, refusal}`."""
    words = in_english(order)
    try:
        kept = printed_forms.form_to_give_out(consultation, newest, order)
    except printed_forms.REFUSALS as refusal:
        return {"name": order.name, "words": words, "refusal": str(refusal)}
    return {"name": order.name, "words": f"{words} ({size_in_words(kept)})", "refusal": ""}


def draw_paper_forms(request, consultation):
    """Draw the forms of what was just published or changed, so that nobody waits for one; say which cannot be drawn."""
    if stage_at(facts_about(consultation), timezone.now()) not in TAKING_FORMS:
        return
    for drawn in printed_forms.keep_all(consultation):
        if not isinstance(drawn, printed_forms.KeptForm):
            order, refusal = drawn
            messages.warning(request, f"{in_english(order)}: {refusal}")


@staff_page(Right.KEY_PAPER)
@require_safe
def form(request, consultation, name):
    """A form of the published version as a file, at any stage."""
    return form_file(consultation, *order_named(consultation, name))


@staff_page(Right.KEY_PAPER)
@require_safe
def codebook(request, consultation, extension):
    """The codebook of the published version: to read and print, or for a spreadsheet."""
    newest, _ = printed_forms.published_orders(consultation)
    if newest is None or extension not in CODEBOOKS:
        raise Http404
    about_person = paper_equality(consultation.question_set) if consultation.question_set in QUESTION_SETS else None
    stream = BytesIO()
    CODEBOOKS[extension](consultation, newest.definition, about_person, stream)
    response = HttpResponse(
        stream.getvalue(), content_type={"pdf": PDF}.get(extension, TABLE_FORMATS["csv"].content_type)
    )
    response.headers["Content-Disposition"] = f'attachment; filename="{consultation.slug}-codebook.{extension}"'
    return response


def codebook_to_read(consultation, definition, about_person, stream):
    document = compose_questionnaire(definition, definition.languages[0], equality=about_person)
    DOCUMENT_FORMATS["pdf"].write(document, stream)


def codebook_in_rows(consultation, definition, about_person, stream):
    TABLE_FORMATS["csv"].write(paper_codebook(definition, title=consultation.title, equality=about_person), stream)


CODEBOOKS = {"pdf": codebook_to_read, "csv": codebook_in_rows}
"""What writes a codebook, by extension."""


# For who builds it --------------------------------------------------------------------------------------------------------


@staff_page(Right.BUILD)
@require_safe
def draft(request, consultation, name):
    """The paper form of the draft, marked on every page; why it cannot be drawn, where it cannot."""
    definition = draft_of(consultation.questionnaire)
    order = printed_forms.find_order(definition, name)
    if order is None:
        raise Http404
    try:
        drawn = printed_forms.draw_draft(consultation, definition, order)
    except printed_forms.REFUSALS as refusal:
        context = page_context(consultation, "This paper form cannot be drawn") | {"refusal": str(refusal)}
        return render(request, "consult/staff/building/paper_refused.html", context, status=409)
    response = HttpResponse(drawn.written, content_type=PDF)
    response.headers["Content-Disposition"] = f'inline; filename="{consultation.slug}-{order.name}-draft.pdf"'
    return response


def draft_orders(definition):
    """The forms that a draft can be looked at as: `[(name, words)]`."""
    return [(order.name, in_english(order)) for order in printed_forms.orders(definition)]


def in_english(order):
    """What staff call a form: "Large print paper form: Polish"."""
    return f"{EDITIONS[order.edition].label}: {rendering_name(order.language)}"
