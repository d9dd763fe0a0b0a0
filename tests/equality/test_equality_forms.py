"""The equality questions as pages of forms."""

import pytest
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from equality.categories import encode, profile_layout
from equality.codes import BLANK
from equality.forms import EqualityForm, choices_with_divider, pages

SET = "2026-1"
EVERYBODY = [
    ("age", "What is your age?", ("age",)),
    (
        "disability",
        "Do you have any physical or mental health conditions or illnesses lasting or expected to last 12 months or more?",
        ("disability",),
    ),
    ("ethnic_broad", "What is your ethnic group?", ("ethnic_broad",)),
    ("religion", "What is your religion?", ("religion",)),
    ("sex", "Sex and gender identity", ("sex", "gender_identity")),
    (
        "sexual_orientation",
        "Which of the following best describes your sexual orientation?",
        ("sexual_orientation",),
    ),
    (
        "pregnancy_maternity",
        "Are you pregnant, or have you given birth in the last 26 weeks?",
        ("pregnancy_maternity",),
    ),
    (
        "carer",
        "Do you look after, or give any help or support to, anyone because they have long-term physical or mental health "
        "conditions or illnesses, or problems related to old age?",
        ("carer",),
    ),
    ("veteran", "Have you previously served in the UK Armed Forces?", ("veteran",)),
    ("postcode", "What is your postcode?", ("postcode",)),
]


def page(key, answers):
    return next(page for page in pages(SET, answers) if page.key == key)


def form(key, posted=None, *, answers=None):
    """The form of a page, with what a browser posted ("a=1&b=2")."""
    answers = answers or {}
    data = None if posted is None else QueryDict(posted)
    return EqualityForm(data, page=page(key, answers), set_version=SET, answers=answers, language="en")


def cleaned(key, posted, *, answers=None):
    sent = form(key, posted, answers=answers)
    assert sent.is_valid(), sent.errors
    return sent.cleaned_answers()


def page_keys(answers):
    return [page.key for page in pages(SET, answers)]


def test_somebody_who_has_answered_nothing_sees_every_page_but_those_that_depend_on_an_answer():
    assert [(page.key, page.heading, page.fields) for page in pages(SET, {})] == EVERYBODY


def test_impact_is_asked_only_after_a_condition():
    assert "disability_impact" not in page_keys({"disability": "no"})
    assert page_keys({"disability": "yes"})[:3] == ["age", "disability", "disability_impact"]


@pytest.mark.parametrize("broad", ["", "pnts"])
def test_detailed_group_is_not_asked_without_a_broad_one(broad):
    assert "ethnic_group" not in page_keys({"ethnic_broad": broad})


@pytest.mark.parametrize(
    ("broad", "heading", "values"),
    [
        (
            "white",
            "Which of the following best describes your White background?",
            ["w_brit", "w_irish", "w_git", "w_roma", "w_other", "pnts"],
        ),
        ("other", "Which of the following best describes your background?", ["o_arab", "o_other", "pnts"]),
    ],
)
def test_detailed_group_lists_only_the_groups_of_the_broad_one(broad, heading, values):
    answers = {"ethnic_broad": broad}
    shown = form("ethnic_group", answers=answers)
    assert page("ethnic_group", answers).heading == heading
    assert [value for value, _ in shown.fields["ethnic_group"].choices] == values


def test_somebody_under_16_is_not_asked_what_the_census_does_not_ask_them():
    shown = pages(SET, {"age": "u16"})
    assert [page.key for page in shown] == [
        "age",
        "disability",
        "ethnic_broad",
        "religion",
        "sex",
        "pregnancy_maternity",
        "carer",
        "postcode",
    ]
    assert shown[4].heading == "What is your sex?"
    assert shown[4].fields == ("sex",)


def test_every_question_ends_with_prefer_not_to_say():
    answers = {"disability": "yes", "ethnic_broad": "white"}
    for shown in pages(SET, answers):
        if shown.key != "postcode":
            fields = form(shown.key, answers=answers).fields
            assert {fields[key].choices[-1] for key in shown.fields} == {("pnts", "Prefer not to say")}


def test_choices_come_with_hints_and_the_word_or_before_prefer_not_to_say():
    shown = form("religion", answers={"religion": "sikh"})
    items = choices_with_divider(shown["religion"])
    assert items[1] == {
        "value": "christian",
        "text": "Christian",
        "checked": False,
        "hint": {"text": "Including Church of England, Catholic, Protestant and all other Christian denominations"},
    }
    assert items[-4:] == [
        {"value": "sikh", "text": "Sikh", "checked": True},
        {"value": "other", "text": "Any other religion", "checked": False},
        {"divider": "or"},
        {"value": "pnts", "text": "Prefer not to say", "checked": False},
    ]


def test_tick_that_goes_with_no_other_is_marked_for_the_browser():
    items = choices_with_divider(form("veteran", answers={"veteran": ["regular"]})["veteran"])
    assert [(item.get("value"), item.get("checked"), item.get("behaviour")) for item in items] == [
        ("regular", True, None),
        ("reserve", False, None),
        ("no", False, "exclusive"),
        (None, None, None),
        ("pnts", False, "exclusive"),
    ]


def test_sex_and_gender_identity_are_two_questions_on_one_page():
    sent = form("sex", "sex=female&gender_identity=different&gender_identity_text= Non-binary ")
    assert sent.is_valid()
    assert sent.cleaned_answers() == {"sex": "female", "gender_identity": "different"}
    assert sent.self_described() == {"gender_identity": "Non-binary"}


def test_own_words_count_only_with_the_option_that_asks_for_them():
    sent = form("sex", "gender_identity=same&gender_identity_text=Woman")
    assert sent.is_valid()
    assert (sent.cleaned_answers(), sent.self_described()) == ({"sex": "", "gender_identity": "same"}, {})


def test_page_sent_blank_is_left_blank():
    assert cleaned("sex", "") == {"sex": "", "gender_identity": ""}
    assert cleaned("veteran", "") == {"veteran": ""}


def test_ticks_are_kept_once_each():
    assert cleaned("veteran", "veteran=regular&veteran=reserve&veteran=regular") == {"veteran": ["regular", "reserve"]}
    assert cleaned("veteran", "veteran=pnts") == {"veteran": "pnts"}


@pytest.mark.parametrize("posted", ["veteran=regular&veteran=no", "veteran=reserve&veteran=pnts"])
def test_ticks_that_contradict_each_other_are_sent_back_with_what_to_do(posted):
    assert form("veteran", posted).errors == {
        "veteran": ["Select the ways you have served, or select only ‘No’ or ‘Prefer not to say’"]
    }


def test_answer_that_is_not_in_the_list_is_sent_back():
    assert form("sex", "sex=purple").errors == {"sex": ["Select one of the answers"]}
    assert form("ethnic_group", "ethnic_group=o_arab", answers={"ethnic_broad": "white"}).errors == {
        "ethnic_group": ["Select one of the answers"]
    }


def test_postcode_is_never_among_the_answers_to_save():
    sent = form("postcode", "postcode= nb4 1aa ")
    assert sent.is_valid()
    assert (sent.cleaned_data["postcode"], sent.cleaned_answers()) == ("nb4 1aa", {})


def test_blank_postcode_leaves_blank_what_would_come_of_it():
    answers = cleaned("postcode", "postcode=")
    assert answers == {"deprivation": "", "inside": ""}
    offset, _ = profile_layout(SET)["deprivation"]
    assert encode(answers, SET)[offset] == BLANK


def test_text_that_is_too_long_is_sent_back_with_what_to_do():
    assert form("postcode", "postcode=" + "N" * 21).errors == {
        "postcode": ["Enter a postcode, like NB4 1AA, or just the first part, like NB4"]
    }
    assert form("religion", "religion=other&religion_text=" + "x" * 201).errors == {
        "religion_text": ["What you enter must be 200 characters or less"]
    }


@given(st.text(max_size=20))
def test_own_words_can_always_be_encrypted_and_stored(text):
    data = {"religion": "other", "religion_text": text + "\ud800\x00"}
    sent = EqualityForm(data, page=page("religion", {}), set_version=SET, answers={}, language="en")
    assert sent.is_valid(), sent.errors
    words = sent.self_described().get("religion", "")
    assert "\x00" not in words
    assert words.encode().decode() == words


def test_answers_given_before_are_drawn_again():
    shown = form("sex", answers={"sex": "male", "gender_identity": "different", "gender_identity_text": "Agender"})
    assert [shown[name].value() for name in ("sex", "gender_identity", "gender_identity_text")] == [
        "male",
        "different",
        "Agender",
    ]


def test_language_that_is_not_there_yet_falls_back_to_english():
    assert pages(SET, {}, language="ar") == pages(SET, {})


@pytest.mark.parametrize("language", ["cy", "pl", "ur"])
@pytest.mark.parametrize("answers", [{}, {"age": "u16"}, {"disability": "yes", "ethnic_broad": "white"}])
def test_route_and_values_are_the_same_in_every_language(language, answers):
    def asked(spoken):
        for shown in pages(SET, answers, language=spoken):
            made = EqualityForm(None, page=shown, set_version=SET, answers=answers, language=spoken)
            values = [[value for value, _ in getattr(field, "choices", ())] for field in made.fields.values()]
            yield shown.key, shown.fields, list(made.fields), values

    assert list(asked(language)) == list(asked("en"))
    assert {shown.language for shown in pages(SET, answers, language=language)} == {language}


def test_polish_page_is_polish_throughout():
    shown = next(page for page in pages(SET, {}, language="pl") if page.key == "veteran")
    field = EqualityForm(None, page=shown, set_version=SET, answers={}, language="pl").fields["veteran"]
    assert (shown.heading, field.label, field.help_text, [label for _, label in field.choices]) == (
        "Czy służyli Państwo w przeszłości w Siłach Zbrojnych Zjednoczonego Królestwa?",
        "Czy służyli Państwo w przeszłości w Siłach Zbrojnych Zjednoczonego Królestwa?",
        "Osoby obecnie pełniące służbę proszone są o zaznaczenie tylko odpowiedzi „Nie”",
        [
            "Tak, w przeszłości służba w regularnych siłach zbrojnych",
            "Tak, w przeszłości służba w siłach rezerwowych",
            "Nie",
            "Wolę nie odpowiadać",
        ],
    )
