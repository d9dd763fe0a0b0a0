"""Template tags that draw each shape of control as the NHS component for it. Used by `templates/surveys/controls/`."""

from django import template
from django.templatetags.static import static
from django.utils.html import format_html

from consult import nhs
from equality.forms import TEXT, choices_with_divider
from surveys.drawing import Phrase
from surveys.publishing import PICTURES

register = template.Library()


def words_of(legend, hint, size, is_heading):
    """The label or legend of a control; the page's h1 where the question is alone on its page."""
    title = said(legend) | {"size": size, "isPageHeading": bool(is_heading)}
    return title, (said(hint) if hint else None)


def said(phrase):
    """A `Phrase`, or plain words in the language of the page, as the parameters of a component."""
    if isinstance(phrase, Phrase) and (phrase.language or phrase.picture):
        return {"html": marked(phrase)}
    return {"text": phrase.text if isinstance(phrase, Phrase) else phrase}


@register.simple_tag
def marked(phrase):
    """A phrase with its language where it is not the page's, and its picture beside it: left, where one reads from there."""
    text = phrase.text
    if phrase.language:
        # Without `dir`, the question mark of an English sentence stands at its wrong end in a page read from the right.
        text = format_html('<span lang="{}" dir="auto">{}</span>', phrase.language, text)
    if not phrase.picture:
        return text
    return format_html('<span class="consult-pictured">{}<span>{}</span></span>', picture(phrase), text)


@register.simple_tag
def picture(phrase):
    """The picture that goes with a phrase; nothing where there is none."""
    if not phrase.picture:
        return ""
    source = static(PICTURES + phrase.picture)
    return format_html('<img class="consult-pictured__picture" src="{}" alt="{}">', source, phrase.alt)


def common(drawn, hint):
    """Parameters that every component takes."""
    params = {"name": drawn["name"]}
    if hint:
        params["hint"] = hint
    if drawn["error"]:
        params["errorMessage"] = {"text": drawn["error"]}
    return params


def items(drawn):
    """The options, with "or" before an answer that stands apart from the others."""
    value = drawn["value"]
    chosen = {str(code) for code in value} if isinstance(value, list) else {str(value)}
    for option, label in drawn["options"]:
        if option.meaning in ("dont_know", "prefer_not_to_say", "none") or option.exclusive:
            yield {"divider": "or"}
        item = said(label) | {"value": str(option.code), "checked": str(option.code) in chosen}
        if option.exclusive:
            item["exclusive"] = True
        yield item


@register.simple_tag
def radios(drawn, *, legend, hint, size, is_heading):
    """One choice of a list."""
    title, hint = words_of(legend, hint, size, is_heading)
    return nhs.render(
        "radios",
        common(drawn, hint)
        | {"idPrefix": drawn["id"], "fieldset": {"legend": title}, "items": one_divider(items(drawn))},
    )


@register.simple_tag
def tick_boxes(drawn, *, legend, hint, size, is_heading):
    """Any number of choices. The hint says so, for it is not seen from the boxes alone."""
    title, hint = words_of(legend, hint or "Select all that apply", size, is_heading)
    return nhs.render(
        "checkboxes",
        common(drawn, hint)
        | {"idPrefix": drawn["id"], "fieldset": {"legend": title}, "items": one_divider(items(drawn))},
    )


def one_divider(drawn_items):
    """The items with only the first divider kept: "or" is said once."""
    said = False
    kept = []
    for item in drawn_items:
        if "divider" in item:
            if said:
                continue
            said = True
        kept.append(item)
    return kept


@register.simple_tag
def text_box(drawn, *, legend, hint, size, is_heading, is_number=False):
    """A few words, or a number. Never `type=number`: its wheel changes answers and it hides what was mistyped."""
    title, hint = words_of(legend, hint, size, is_heading)
    params = common(drawn, hint) | {
        "id": drawn["id"],
        "label": title,
        "value": "" if drawn["value"] is None else str(drawn["value"]),
    }
    if is_number:
        params |= {"inputmode": "numeric", "width": 5}
    if drawn["suffix"]:
        params["suffix"] = {"text": drawn["suffix"]}
    if drawn["control"].purpose:
        params |= {"autocomplete": drawn["control"].purpose, "width": 10}
    return nhs.render("input", params)


@register.simple_tag
def writing_box(drawn, *, legend, hint, size, is_heading):
    """A comment, with a count of characters where there is a script and a sentence where there is none."""
    title, hint = words_of(legend, hint, size, is_heading)
    return nhs.render(
        "character-count",
        common(drawn, hint)
        | {
            "id": drawn["id"],
            "label": title,
            "value": drawn["value"] or "",
            "maxlength": drawn["control"].limit,
            "threshold": 75,
            "rows": drawn["control"].rows,
            "textareaDescriptionText": f"You can enter up to {drawn['control'].limit:,} characters",
        },
    )


@register.simple_tag
def date_boxes(drawn, *, legend, hint, size, is_heading):
    """Day, month and year. A part that is not known may be left blank."""
    title, hint = words_of(legend, hint or "For example, 27 3 2027", size, is_heading)
    value = drawn["value"] or {}
    parts = [
        {
            "id": f"{drawn['id']}.{part}",
            "name": f"{drawn['name']}.{part}",
            "label": part.title(),
            "value": value.get(part, ""),
            "width": 4 if part == "year" else 2,
        }
        for part in ("day", "month", "year")
    ]
    return nhs.render(
        "date-input", common(drawn, hint) | {"id": drawn["id"], "fieldset": {"legend": title}, "items": parts}
    )


@register.simple_tag
def equality_field(form, key, *, is_heading):
    """An equality question: its answers, "or" before "Prefer not to say", and a line for own words where an answer has one.

    The line stands below the answers and is always seen. NHS radios that reveal it tell assistive technology so with
    `aria-expanded`, which a radio button may not carry (WAI-ARIA 1.2), and some readers then leave it out.
    """
    bound = form[key]
    component, params = nhs.field_params(bound, page_heading=is_heading)
    if not hasattr(bound.field, "choices"):
        # The postcode: a box as wide as what goes into it says how much is expected.
        return nhs.render(component, params | {"width": 10})
    drawn = nhs.render(component, params | {"items": choices_with_divider(bound)})
    return drawn + own_words(form, key) if key + TEXT in form.fields else drawn


def own_words(form, key):
    """The line in which somebody may describe themselves, saying which answers it belongs to."""
    field = form.fields[key]
    component, params = nhs.field_params(form[key + TEXT])
    labels = " or ".join(f"“{label}”" for value, label in field.choices if value in field.opens_text)
    return nhs.render(component, params | {"hint": {"text": f"If you selected {labels}"}})
