"""The links to a consultation's paper forms: each says in its own language what it is, its number of pages and its size."""

from django.utils.translation import gettext, ngettext

from consult.languages import ON_PAPER, plain, speaking_on_paper
from consult.paper import printed_forms
from consult.stages import Stage

TAKING_FORMS = (Stage.FORTHCOMING, Stage.OPEN)
"""When a form can still be printed and come in time."""


def links(consultation, newest, stage, *, language="en"):
    """The links to a consultation's paper forms as pages show them; [] when none could come in time. Nothing is drawn for it.

    `newest` is the version that people answer now (`publishing.Published`), None before there is one. Those in the page's
    `language` come first, and where there are any, the others need not stand in its readers' way (`is_other`). Each is `{name,
    words, language, direction, is_other}`, in words of the form's own language.
    """
    if newest is None or stage not in TAKING_FORMS:
        return []
    order_of = {each: place for place, each in enumerate((language, *newest.definition.languages))}
    order_of[language] = -1
    wanted = sorted(printed_forms.orders(newest.definition), key=lambda order: order_of[order.language])
    has_own = any(order.language == language for order in wanted)
    return [
        link(consultation, newest, order) | {"is_other": has_own and order.language != language} for order in wanted
    ]


def link(consultation, newest, order):
    """The link to one form: what it is, and, once it was drawn, of how many pages and bytes."""
    kept, interface = printed_forms.kept_form(consultation, newest, order), ON_PAPER[plain(order.language)]
    with speaking_on_paper(order.language):
        words = f"{called(order)} ({size_in_words(kept)})"
    return {"name": order.name, "words": words, "language": interface.tag, "direction": interface.direction}


def called(order):
    """What a form is called, in the language now spoken."""
    return {
        "standard": gettext("Paper form to print"),
        "large-print": gettext("Large print form to print"),
        "easy-read": gettext("Easy read form to print"),
    }[order.edition]


def size_in_words(kept):
    """The sort, pages and size of a form: "PDF, 16 pages, 310KB"."""
    if kept is None:
        return "PDF"
    pages = ngettext("{count} page", "{count} pages", kept.pages).format(count=kept.pages)
    return f"PDF, {pages}, {max(1, round(kept.size / 1_000))}KB"
