"""The code of a form: what it says, and that a scanner's reading of it says the same."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exports.paper.form_code import FormCode, form_name, read_form_code


@pytest.mark.parametrize(
    "slug, name", [("apms", "APMS"), ("older-you", "OLDER-YOU"), ("outpatients", "OUTPATIENTS"), ("uc26", "UC26")]
)
def test_short_name_of_a_consultation_is_that_of_its_forms(slug, name):
    assert form_name(slug) == name


def test_names_that_bars_cannot_say_or_that_are_long_are_told_apart():
    slugs = ["urgent-care-in-northbridge", "urgent-care-in-southbridge", "Older-You", "older_you", "older-you"]
    names = [form_name(slug) for slug in slugs]

    assert len(set(names)) == len(slugs)
    assert all(len(name) <= 12 and name.replace("-", "").isalnum() and name.isupper() for name in names)


@given(
    st.from_regex(r"[a-z0-9]+(-[a-z0-9]+)*", fullmatch=True).filter(lambda slug: len(slug) <= 50),
    st.integers(0, 999),
    st.sampled_from(["", "L", "E"]),
    st.sampled_from(["", "pl", "ur", "ckb"]),
    st.integers(1, 400),
)
def test_code_reads_back_as_what_it_says(slug, version, edition, language, page):
    code = FormCode(form_name(slug), version, edition, language)

    assert read_form_code(code.on_page(page)) == (code, page)
    assert read_form_code(f" {str(code).lower()} ") == (code, None)


@pytest.mark.parametrize("scanned", ["", "B0142", "APMS", "APMS-V", "https://consult.example/", "APMS-V1-P"])
def test_what_is_no_code_is_refused_with_what_to_do(scanned):
    with pytest.raises(ValueError, match="Scan the bars at the foot of a page"):
        read_form_code(scanned)
