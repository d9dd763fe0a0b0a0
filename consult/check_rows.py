"""The answers on the check page as markup: each question with what was answered and a way to change it.

The rows look the same for everybody who came the same way but for the answers, so they are kept as drawn with a hole for
each answer. Rows whose questions repeat what somebody typed are drawn for that person alone and never kept.
"""

from html import escape

from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from consult.languages import as_written, spoken
from consult.templatetags.languages import answer_asked_in
from surveys.checking import no_longer_sent, rows_by_section
from surveys.skeleton import Skeleton, hole

KEPT = {}
"""Skeletons by everything they were drawn from."""
MOST_KEPT = 1_024
NEW_LINE = "\n"


def check_rows(progress, *, slug, problems):
    """The rows of somebody's Progress as safe markup. `problems` is `{question_key: [message]}`."""
    draft, route, definition = progress.draft, progress.route, progress.definition
    sections = rows_by_section(definition, route, language=draft.language, problems=problems)
    no_longer = no_longer_sent(definition, route, draft.answers, language=draft.language)
    is_personal = any(step.page.key in progress.version.pages_repeating_text for step in route.steps)
    must_draw = problems or no_longer or is_personal
    language = draft.language
    skeleton = draw(slug, sections, no_longer, language) if must_draw else kept(slug, sections, language)
    answers = answers_markup([row.answer for _, rows in sections for row in rows], language)
    return skeleton.filled(**{f"answer_{place}": answer for place, answer in enumerate(answers)})


def kept(slug, sections, language):
    """The Skeleton of rows without problems, drawn when it is first asked for."""
    shape = tuple(
        (marked(section), tuple((row.key, row.step, marked(row.question)) for row in rows))
        for section, rows in sections
    )
    if (slug, language, shape) not in KEPT:
        if len(KEPT) >= MOST_KEPT:
            KEPT.clear()
        KEPT[slug, language, shape] = draw(slug, sections, [], language)
    return KEPT[slug, language, shape]


def marked(text):
    """A text with the language it was borrowed from: two that read alike may be marked differently."""
    return str(text), getattr(text, "language", "")


def draw(slug, sections, no_longer, language):
    """The rows of questions asked in a language, with holes `answer_0`, `answer_1` and so on, in their order."""
    places = iter(range(sum(len(rows) for _, rows in sections)))
    numbered = [(section, [(row, hole(f"answer_{next(places)}")) for row in rows]) for section, rows in sections]
    context = {"slug": slug, "sections": numbered, "no_longer": no_longer, "asked_language": language}
    return Skeleton(render_to_string("consult/respond/check_rows.html", context))


def answers_markup(answers, language):
    """Answers in words to questions asked in a language, each with its lines; or that there is none."""
    blank, is_in_language = gettext("Not answered"), as_written(language) == spoken()
    return [answer_markup(answer, language, is_in_language) if answer else blank for answer in answers]


def answer_markup(answer, language, is_in_language):
    """One answer. Nearly every one has no word in another language than the page: then there is nothing to be marked."""
    if is_in_language and type(answer) is str:
        return SafeString(f"<bdi>{escape(answer).replace(NEW_LINE, '<br>')}</bdi>")
    return format_html("<bdi>{}</bdi>", answer_asked_in(answer, language))
