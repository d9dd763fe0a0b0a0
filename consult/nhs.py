"""NHS England's own component macros (nhsuk-frontend-jinja), rendered for Django templates and forms.

The macros are Jinja templates that take one dictionary of parameters, as the NHS service manual documents them; nothing
of their markup is copied here. What lives here is the crossing: text is escaped, markup passes only when Django has
marked it safe, and a component's macro is looked up once in each process.
"""

from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import PurePosixPath
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.forms.widgets import Input
from django.utils.functional import Promise
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from jinja2 import ChainableUndefined, Environment, PackageLoader, TemplateNotFound
from jinja2.runtime import Macro

CONTROLS_AFTER_CLASS = {
    # CheckboxSelectMultiple is a subclass of RadioSelect: the narrower class must be asked about first.
    forms.CheckboxSelectMultiple: "checkboxes",
    forms.RadioSelect: "radios",
    forms.CheckboxInput: "checkboxes",
    forms.Select: "select",
    forms.Textarea: "textarea",
    forms.FileInput: "file-upload",
    forms.PasswordInput: "password-input",
    Input: "input",
}
"""Django widget class -> NHS component. The first class that the widget is an instance of counts."""

DRESSED_FILE_BOX = ' data-module="nhsuk-file-upload"'
"""With it a script puts a button in the place of the browser's own file box, named otherwise than it shows (axe finds it)."""
ROWS = 5
DJANGO_ROWS = forms.Textarea().attrs["rows"]
"""What Django writes on a text area when nobody chose a height: taller than most answers need."""

DICTIONARY_METHODS = frozenset(dir(dict))
MISSING = object()


class UnknownComponent(LookupError):
    """No NHS component has this name."""


def render(component: str, params: Mapping[str, Any]) -> SafeString:
    """A component's markup. `component` is its folder name, like "date-input"; `params` are its documented parameters.

    Text is escaped. A value under a key `html` (or ending in `Html`) must be marked safe, else it is escaped too: the
    macros themselves would let it through. Lazy translations are resolved. Raises UnknownComponent.
    """
    return SafeString(macro(component)(crossing(params)).replace(DRESSED_FILE_BOX, ""))


def field_params(bound: BoundField, *, page_heading: bool = False) -> tuple[str, dict[str, Any]]:
    """Component name and parameters for a Django form field; with `page_heading` its label is the page's h1."""
    widget = bound.field.widget
    params: dict[str, Any] = {"name": bound.html_name}
    if bound.errors:
        params["errorMessage"] = {"text": bound.errors[0], "visuallyHiddenText": gettext("Error")}
    if bound.help_text:
        params["hint"] = {"text": bound.help_text}
    label = {"text": bound.label, "size": "l" if page_heading else "s", "isPageHeading": page_heading}
    if own_component := getattr(widget, "component", None):
        return own_component, params | {"fieldset": {"legend": label}} | widget.params(bound)
    component = component_for(widget)
    if isinstance(widget, forms.CheckboxInput):
        return component, params | lone_tick_box(bound)
    if component in ("radios", "checkboxes"):
        return component, params | {
            "idPrefix": bound.auto_id,
            "fieldset": {"legend": label},
            "items": choices(bound, chosen="checked"),
        }
    params |= {"id": bound.id_for_label, "label": label}
    if component == "select":
        return component, params | {"items": choices(bound, chosen="selected")}
    return text_component(bound, component, params)


def render_field(bound: BoundField, *, page_heading: bool = False) -> SafeString:
    """A Django form field as the NHS component for its widget, with label, hint and first error."""
    return render(*field_params(bound, page_heading=page_heading))


def error_summary(form: forms.BaseForm) -> SafeString:
    """The box at the top of a page that lists a form's errors, each a link to its field; empty when there are none."""
    return render_problems(form_problems(form))


def form_problems(form: forms.BaseForm) -> list[dict[str, str]]:
    """A form's errors as an error summary lists them: `{text, href}`, in the order of its fields."""
    return [
        {"text": message} | ({"href": f"#{first_control(form[name])}"} if name in form.fields else {})
        for name, messages in form.errors.items()
        for message in messages
    ]


def render_problems(problems: Sequence[Mapping[str, Any]]) -> SafeString:
    """The error summary for `problems`, each `{text, href}`; empty when there are none."""
    if not problems:
        return SafeString("")
    return render("error-summary", {"titleText": gettext("There is a problem"), "errorList": list(problems)})


def first_control(bound: BoundField) -> str:
    """The id that an error link must point at: the control, or of several boxes the one at fault or the first."""
    if control_to_mend := getattr(bound.field.widget, "control_to_mend", None):
        return str(control_to_mend(bound))
    return bound.auto_id if isinstance(bound.field.widget, forms.RadioSelect) else bound.id_for_label


class MacroEnvironment(Environment):
    """Jinja with a short cut for reading a parameter, which the macros do about 150 times for each radio button.

    Jinja asks a dictionary for an attribute first, and pays for an exception each time there is none; asking for the key
    first made a question with 7 radios a quarter faster (2.3 to 1.7 ms). Names of dictionary methods go the usual way.
    """

    def getattr(self, obj: Any, attribute: str) -> Any:
        if type(obj) is not dict or attribute in DICTIONARY_METHODS:
            return super().getattr(obj, attribute)
        found = obj.get(attribute, MISSING)
        return self.undefined(obj=obj, name=attribute) if found is MISSING else found


@cache
def environment() -> MacroEnvironment:
    """Jinja set up as the macros need it: they read parameters of parameters that may not be there."""
    return MacroEnvironment(
        loader=PackageLoader("nhsuk_frontend_jinja"),
        undefined=ChainableUndefined,
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        cache_size=-1,
    )


@cache
def macro(component: str) -> Macro:
    """The one macro in the component's macro file, compiled once in each process."""
    try:
        template = environment().get_template(f"nhsuk/components/{component}/macro.jinja")
    except TemplateNotFound as missing:
        raise UnknownComponent(
            f"There is no NHS component called {component!r}. Choose one of: {', '.join(components())}."
        ) from missing
    # Found by kind, not by name: the folder "tables" holds the macro `table`, and "do-dont-list" one called `list`.
    return next(member for member in vars(template.module).values() if isinstance(member, Macro))


def components() -> list[str]:
    """The names of every component there is."""
    folders = (PurePosixPath(path).parent for path in environment().list_templates() if path.endswith("/macro.jinja"))
    return sorted(folder.name for folder in folders if folder.parent.name == "components")


def crossing(value: Any, *, key: str = "") -> Any:
    """A parameter as Jinja may have it: lazy text resolved, and markup escaped unless Django calls it safe."""
    if isinstance(value, Promise):
        value = str(value)
    if isinstance(value, str):
        return conditional_escape(value) if key == "html" or key.endswith("Html") else value
    if isinstance(value, Mapping):
        return {name: crossing(item, key=name) for name, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [crossing(item) for item in value]
    return value


def component_for(widget: forms.Widget) -> str:
    """The NHS component that draws a widget."""
    for kind, component in CONTROLS_AFTER_CLASS.items():
        if isinstance(widget, kind):
            return component
    raise UnknownComponent(f"No NHS component draws a {type(widget).__name__}. Add it to consult/nhs.py.")


def choices(bound: BoundField, *, chosen: str) -> list[dict[str, Any]]:
    """The field's options; `chosen` is the component's word for one that is picked."""
    value = bound.value()
    picked = {str(item) for item in value} if isinstance(value, (list, tuple)) else {str(value)}
    return [
        {"value": str(code), "text": text, chosen: str(code) in picked}
        for code, text in bound.field.choices
        if str(code) or chosen == "selected"
    ]


def lone_tick_box(bound: BoundField) -> dict[str, Any]:
    """A yes-or-no field: one tick box whose label is the field's."""
    item = {"value": "on", "text": bound.label, "checked": bool(bound.value())}
    return {"idPrefix": bound.auto_id, "items": [item]}


def text_component(bound: BoundField, component: str, params: dict[str, Any]) -> tuple[str, dict[str, Any]]:
    """Components that hold typed text. Long text with a limit gets the counter; the browser never cuts a paste."""
    widget, value = bound.field.widget, bound.value()
    typed = {
        # What was typed into a password box is never sent back.
        "value": "" if value is None or component in ("file-upload", "password-input") else str(value),
        "autocomplete": widget.attrs.get("autocomplete"),
    }
    if component == "textarea":
        limit = getattr(bound.field, "max_length", None)
        counted = {"maxlength": limit, "threshold": 75} if limit else {}
        chosen = widget.attrs.get("rows")
        rows = {"rows": ROWS if chosen == DJANGO_ROWS else chosen}
        return "character-count" if limit else component, params | typed | rows | counted
    if component == "input":
        typed |= {"type": widget.input_type, "inputmode": widget.attrs.get("inputmode")}
        if isinstance(bound.field, forms.IntegerField):
            # The service manual's rule: a number box steps when the wheel turns and drops letters without saying so.
            typed |= {"type": "text", "inputmode": "numeric", "width": 5}
    return component, params | typed
