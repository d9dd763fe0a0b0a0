"""Keying the equality pages of a paper form: kept apart, on their own route, and never counted as answers."""

from consult.models import LinkKey, Postcode
from consult.paper.equality_questions import equality_answers, paper_equality
from equality.categories import decode, encode
from equality.models import Profile
from surveys.drafting import KEY
from surveys.models import Response
from tests.consult.keying_pages import (
    CLOSED,
    WHOLE,
    address,
    consultation,
    errors,
    only_response,
    press,
    save_twice,
    value_of,
)


def test_questions_about_the_person_go_to_a_profile_and_not_to_the_answers(clerk):
    made = consultation()
    Postcode.objects.create(postcode="NB1 1AA", deprivation_fifth=2, ward="Leigh", is_inside=True)
    person = {"age": "5", "sex": "1", "religion": "0", "veteran": "12", "ethnic_group": "01", "postcode": "nb11aa"}
    save_twice(clerk, WHOLE | {f"equality-{key}": typed for key, typed in person.items()})
    profile = Profile.objects.get()
    found = decode(bytes(profile.codes), made.question_set)
    assert {
        key: found[key] for key in ("age", "sex", "religion", "veteran", "ethnic_broad", "deprivation", "inside")
    } == {
        "age": "45_54",
        "sex": "female",
        "religion": "pnts",
        "veteran": ["regular", "reserve"],
        "ethnic_broad": "white",
        "deprivation": "2",
        "inside": "inside",
    }
    assert found["carer"] == ""
    assert not any(key.startswith("equality") for key in only_response().answers)


def test_empty_pages_about_the_person_are_asked_about_once_and_give_no_profile(clerk):
    consultation()
    page = press(clerk, clerk.get(address()), WHOLE)
    assert "You keyed nothing about the person." in page.content.decode()
    assert press(clerk, page, WHOLE).status_code == 302
    assert not Profile.objects.exists()


def test_a_mark_on_a_question_about_the_person_is_kept_as_blank_and_said_so(clerk):
    made = consultation()
    page = press(clerk, clerk.get(address()), WHOLE | {"equality-sex": "*12", "equality-age": "3"})
    assert "Only answers are kept about the person." in page.content.decode()
    press(clerk, page, WHOLE | {"equality-sex": "*12", "equality-age": "3"})
    found = decode(bytes(Profile.objects.get().codes), made.question_set)
    assert (found["sex"], found["age"]) == ("", "25_34")


def test_form_with_answers_about_the_person_is_refused_and_not_lost_once_they_can_no_longer_be_kept(clerk):
    made = consultation(**CLOSED)
    LinkKey.objects.filter(consultation=made).delete()
    typed = WHOLE | {"equality-age": "5"}
    page = press(clerk, clerk.get(address()), typed)
    refused = press(clerk, page, typed)
    assert errors(refused) == [
        ("key-equality-age", "Answers about people can no longer be kept. Clear these boxes and save again")
    ]
    assert {name: value_of(refused, name) for name in typed} == typed
    assert not Response.objects.exists()


def test_question_that_only_some_are_asked_is_missed_only_where_it_is_asked(clerk):
    consultation()
    impact = "key-equality-disability_impact"
    pages = {
        answer: press(clerk, clerk.get(address()), WHOLE | {"equality-disability": answer}).content.decode()
        for answer in ("1", "2")
    }
    assert [f'<a href="#{impact}">' in pages[answer] for answer in ("1", "2")] == [True, False]


def test_answer_about_the_person_that_the_route_skips_is_not_kept(clerk):
    made = consultation()
    typed = WHOLE | {"equality-disability": "2", "equality-disability_impact": "1"}
    page = press(clerk, clerk.get(address()), typed)
    assert "The route says to skip question" in page.content.decode()
    press(clerk, page, typed)
    found = decode(bytes(Profile.objects.get().codes), made.question_set)
    assert (found["disability"], "disability_impact" in found) == ("no", False)


def test_every_option_of_every_question_about_the_person_can_be_keyed(clerk):
    made = consultation()
    definition = paper_equality(made.question_set)
    for asked in definition.questions():
        for option in asked.options:
            keyed = {asked.key: [option.code] if asked.kind == "several_choices" else option.code}
            encode(equality_answers(keyed, made.question_set), made.question_set)


def test_names_of_boxes_about_the_person_can_be_no_question_s_key(clerk):
    made = consultation()
    assert not any(KEY.match(asked.key) for asked in paper_equality(made.question_set).questions())
