"""Template tags: `{% nhs %}` for any NHS component, `{% nhs_field %}` and `{% nhs_errors %}` for Django forms."""

from django import template

from consult import nhs as components

register = template.Library()


@register.simple_tag
def nhs(component, params=None, **more):
    """`{% nhs 'button' text='Continue' %}`; `params` is a dictionary from the view, `more` adds to it."""
    return components.render(component, {**(params or {}), **more})


@register.simple_tag
def nhs_field(field, page_heading=False):
    """`{% nhs_field form.title %}`: label, hint, error and control; `page_heading=True` makes the label the h1."""
    return components.render_field(field, page_heading=page_heading)


@register.simple_tag
def nhs_errors(form):
    """`{% nhs_errors form %}`: the error summary of a form, or nothing."""
    return components.error_summary(form)


@register.simple_tag
def nhs_problems(problems):
    """`{% nhs_problems problems %}`: the error summary of a list of `{text, href}`, or nothing."""
    return components.render_problems(problems or ())
