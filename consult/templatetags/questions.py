"""Template tags that draw each shape of control as the NHS component for it. Used by `templates/surveys/controls/`."""

from django import template
from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from consult import nhs
from consult.languages import interface_for, spoken
from consult.own_pictures.finding import OWN
from consult.templatetags.languages import written_in
from equality.forms import TEXT, choices_with_divider
from surveys.drawing import Phrase
from surveys.publishing import PICTURES
from surveys.saying import written

register = template.Library()


def words_of(legend, hint, size, is_heading):
    """The label or legend of a control; the page's h1 where the question is alone on its page."""
    title = shown(legend) | {"size": size, "isPageHeading": bool(is_heading)}
    return title, (shown(hint) if hint else None)


def shown(phrase):
    """A `Phrase`, or plain words in the language of the page, as NHS components take them."""
    if not isinstance(phrase, Phrase):
        return {"text": phrase}
    drawn = marked(phrase)
    return {"html": drawn} if isinstance(drawn, SafeString) else {"text": drawn}


@register.simple_tag
def marked(phrase):
    """A phrase with its language where it is not the page's, and its picture beside it: left, where one reads from there."""
    text = written_in(phrase.text, phrase.language) if phrase.language else phrase.text
    if not phrase.picture:
        return text
    return format_html('<span class="consult-pictured">{}<span>{}</span></span>', picture(phrase), text)


@register.simple_tag
def picture(phrase):
    """The picture that goes with a phrase; nothing where there is none."""
    if not phrase.picture:
        return ""
    is_own = OWN.match(phrase.picture)
    source = reverse("own-picture", args=phrase.picture.split(".")) if is_own else static(PICTURES + phrase.picture)
    return format_html('<img class="consult-pictured__picture" src="{}" alt="{}">', source, phrase.alt)


def said_of(problem):
    """An error message as NHS components take it."""
    return shown(Phrase(problem, getattr(problem, "language", ""))) | {"visuallyHiddenText": gettext("Error")}


def common(drawn, hint):
    """Parameters that every component takes."""
    params = {"name": drawn["name"]}
    if hint:
        params["hint"] = hint
    if drawn["error"]:
        params["errorMessage"] = said_of(drawn["error"])
    return params


def items(drawn):
    """The options, with "or" before an answer that stands apart from the others."""
    value = drawn["value"]
    chosen = {str(code) for code in value} if isinstance(value, list) else {str(value)}
    for option, label in drawn["options"]:
        if option.meaning in ("dont_know", "prefer_not_to_say", "none") or option.exclusive:
            yield {"divider": gettext("or")}
        item = {"value": str(option.code), "checked": str(option.code) in chosen} | shown(label)
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
    title, hint = words_of(legend, hint or gettext("Select all that apply"), size, is_heading)
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
        params["suffix"] = shown(drawn["suffix"])
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
            "textareaDescriptionText": gettext("You can enter up to {limit} characters").format(
                limit=written(drawn["control"].limit)
            ),
        }
        | countdown(),
    )


def countdown():
    """What the script says while somebody types. Its own words are English, with forms of their own for 1 and for many."""
    if spoken() == interface_for("en"):
        return {}
    # One wording for every form of the plural that a language may have (CLDR).
    forms = ("zero", "one", "two", "few", "many", "other")
    return {
        "charactersUnderLimitText": dict.fromkeys(forms, gettext("Characters you have left: %{count}")),
        "charactersAtLimitText": gettext("You have no characters left"),
        "charactersOverLimitText": dict.fromkeys(forms, gettext("Characters too many: %{count}")),
    }


@register.simple_tag
def date_boxes(drawn, *, legend, hint, size, is_heading):
    """Day, month and year. A part that is not known may be left blank."""
    title, hint = words_of(legend, hint or gettext("For example, 27 3 2027"), size, is_heading)
    value = drawn["value"] or {}
    parts = [
        {
            "id": f"{drawn['id']}.{part}",
            "name": f"{drawn['name']}.{part}",
            "label": label,
            "value": value.get(part, ""),
            "width": 4 if part == "year" else 2,
        }
        for part, label in (("day", gettext("Day")), ("month", gettext("Month")), ("year", gettext("Year")))
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
    params = in_language(params, form.page.language)
    if not hasattr(bound.field, "choices"):
        # The postcode: a box as wide as what goes into it says how much is expected.
        return nhs.render(component, params | {"width": 10})
    drawn = nhs.render(component, params | {"items": in_language(choices_with_divider(bound), form.page.language)})
    return drawn + own_words(form, key) if key + TEXT in form.fields else drawn


def own_words(form, key):
    """The line in which somebody may describe themselves, saying which answers it belongs to."""
    field = form.fields[key]
    component, params = nhs.field_params(form[key + TEXT])
    labels = [
        written_in(f"“{label}”", form.page.language) for value, label in field.choices if value in field.opens_text
    ]
    answers = format_html_join(f" {gettext('or')} ", "{}", ((label,) for label in labels))
    hint = format_html(gettext("If you selected {answers}"), answers=answers)
    return nhs.render(component, in_language(params, form.page.language) | {"hint": {"html": hint}})


def in_language(params, language):
    """Parameters of a component with every text in them marked as being in `language`, but for what is wrong."""
    if isinstance(params, list):
        return [in_language(part, language) for part in params]
    if not isinstance(params, dict):
        return params
    found = {name: part if name == "errorMessage" else in_language(part, language) for name, part in params.items()}
    if "text" in found:
        found |= shown(Phrase(found.pop("text"), language))
    return found
