"""NHS components from Django: escaping, what forms become, and what happens to a name that is not there."""

import pytest
from django import forms
from django.template import Context, Template
from django.utils.functional import lazystr
from django.utils.safestring import SafeString, mark_safe
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html as lxml_html

from consult import nhs


class Enquiry(forms.Form):
    name = forms.CharField(label="Full name", max_length=40, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    visits = forms.IntegerField(label="Visits", required=False)
    worry = forms.CharField(label="What worries you", max_length=4000, widget=forms.Textarea)
    travel = forms.ChoiceField(
        label="How would you travel", choices=[("", "---"), ("1", "Bus"), ("2", "Car")], widget=forms.RadioSelect
    )
    ways = forms.MultipleChoiceField(
        label="Ways", choices=[("1", "Bus"), ("2", "Car")], widget=forms.CheckboxSelectMultiple, required=False
    )
    practice = forms.ChoiceField(label="Practice", choices=[("", "Choose"), ("a", "North"), ("b", "South")])
    agreed = forms.BooleanField(label="I have read the notice", required=False)


def parsed(markup):
    return lxml_html.fragment_fromstring(str(markup), create_parent="div")


def test_a_component_is_rendered_as_safe_markup():
    markup = nhs.render("button", {"text": "Start now", "href": "/go/"})

    assert isinstance(markup, SafeString)
    link = parsed(markup).find(".//a")
    assert link.get("href") == "/go/"
    assert link.text_content().strip() == "Start now"


@pytest.mark.parametrize("component", ["button", "tag", "inset-text", "warning-callout", "details", "panel", "hint"])
def test_script_in_any_text_or_html_parameter_is_shown_not_run(component):
    attack = "<script>alert(1)</script>"

    markup = nhs.render(
        component,
        {name: attack for name in ("text", "html", "heading", "titleText", "titleHtml", "summaryText")},
    )

    assert "<script" not in markup
    assert "&lt;script" in markup


def test_script_nested_in_lists_and_attributes_is_shown_not_run():
    attack = '"><script>alert(1)</script>'

    markup = nhs.render(
        "radios",
        {
            "name": attack,
            "idPrefix": attack,
            "fieldset": {"legend": {"text": attack}},
            "hint": {"html": attack},
            "errorMessage": {"text": attack},
            "attributes": {"data-note": attack},
            "items": [{"value": attack, "text": attack, "hint": {"text": attack}, "conditional": {"html": attack}}],
        },
    )

    assert "<script" not in markup
    assert parsed(markup).find(".//input").get("value") == attack


def test_markup_that_django_calls_safe_passes_as_markup():
    assert "<b>now</b>" in nhs.render("inset-text", {"html": mark_safe("<b>now</b>")})


@settings(max_examples=60, deadline=None)
@given(st.text(st.characters(blacklist_categories=("Cs", "Cc")), min_size=1))
def test_any_text_comes_back_out_of_a_text_box_unchanged(text):
    markup = nhs.render("textarea", {"name": "q", "id": "q", "label": {"text": "Your view"}, "value": text})

    assert parsed(markup).find(".//textarea").text == text


def test_lines_of_a_typed_answer_are_not_indented():
    typed = "First line\n    Second line\n\nLast"

    markup = nhs.render(
        "character-count", {"name": "q", "id": "q", "label": {"text": "Your view"}, "value": typed, "maxlength": 4000}
    )

    assert parsed(markup).find(".//textarea").text == typed


def test_lazy_text_is_resolved():
    assert "Answer in Polish" in nhs.render("hint", {"text": lazystr("Answer in Polish")})


def test_an_unknown_component_is_refused_in_words():
    with pytest.raises(nhs.UnknownComponent, match=r"no NHS component called 'slider'\. Choose one of: .*radios"):
        nhs.render("slider", {})


def test_every_component_can_be_drawn():
    assert len(nhs.components()) > 40
    for component in nhs.components():
        assert isinstance(nhs.render(component, {"text": "Words"}), SafeString), component


def test_a_macro_is_looked_up_once():
    assert nhs.macro("date-input") is nhs.macro("date-input")


@pytest.mark.parametrize(
    ("field", "component"),
    [
        ("name", "input"),
        ("visits", "input"),
        ("worry", "character-count"),
        ("travel", "radios"),
        ("ways", "checkboxes"),
        ("practice", "select"),
        ("agreed", "checkboxes"),
    ],
)
def test_each_django_field_becomes_its_component(field, component):
    assert nhs.field_params(Enquiry()[field])[0] == component


def test_nothing_is_picked_beforehand_and_an_empty_choice_is_not_a_radio():
    page = parsed(nhs.render_field(Enquiry()["travel"]))

    assert [box.get("value") for box in page.findall(".//input")] == ["1", "2"]
    assert not [box for box in page.findall(".//input") if box.get("checked") is not None]


def test_what_was_typed_is_kept_beside_the_error():
    form = Enquiry({"name": "x" * 50, "travel": "2", "ways": ["1", "2"]})

    name = parsed(nhs.render_field(form["name"]))
    ways = parsed(nhs.render_field(form["ways"]))

    assert name.find(".//input").get("value") == "x" * 50
    assert name.find(".//input").get("maxlength") is None
    assert "at most 40 characters" in name.text_content()
    assert [box.get("checked") is not None for box in ways.findall(".//input")] == [True, True]


def test_a_number_box_shows_the_number_keypad_and_takes_any_text():
    box = parsed(nhs.render_field(Enquiry()["visits"])).find(".//input")

    assert (box.get("type"), box.get("inputmode")) == ("text", "numeric")


def test_the_label_can_be_the_heading_of_the_page():
    page = parsed(nhs.render_field(Enquiry()["travel"], page_heading=True))

    assert page.find(".//fieldset/legend/h1").text_content().strip() == "How would you travel"


def test_each_error_link_points_at_a_control_that_is_there():
    form = Enquiry({"visits": "many", "practice": "nowhere"})

    summary = parsed(nhs.error_summary(form))
    fields = parsed("".join(nhs.render_field(bound) for bound in form))

    targets = [link.get("href").removeprefix("#") for link in summary.findall(".//a")]
    assert len(targets) == 5
    for target in targets:
        assert fields.get_element_by_id(target).tag in ("input", "textarea", "select")


def test_a_form_without_errors_has_no_summary():
    assert nhs.error_summary(Enquiry()) == ""


def test_the_template_tag_adds_its_own_parameters_to_the_dictionary():
    template = Template("{% load nhs %}{% nhs 'button' params text=label %}")

    markup = template.render(Context({"params": {"classes": "quiet", "text": "Old"}, "label": "<New>"}))

    assert "quiet" in markup
    assert "&lt;New&gt;" in markup
    assert "Old" not in markup


def test_form_tags_draw_the_field_and_its_errors():
    template = Template("{% load nhs %}{% nhs_errors form %}{% nhs_field form.name page_heading=True %}")

    page = parsed(template.render(Context({"form": Enquiry({})})))

    assert page.find(".//h2").text_content().strip() == "There is a problem"
    assert page.find(".//h1").text_content().strip() == "Full name"
