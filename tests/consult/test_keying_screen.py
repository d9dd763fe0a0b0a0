"""The key entry screen, with no script: what a clerk sees, what is saved, and that nothing typed is lost."""

import html
import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from consult.models import AuditDetail, AuditEvent, LinkKey, Postcode, Role
from consult.services import create_consultation, publish_questionnaire
from equality.categories import decode
from equality.models import Profile
from surveys.models import Channel, Response
from tests.builders import choice, comment, for_each, number, options, page, question, questionnaire, several, when
from tests.builders import statements as statement_lines
from tests.consult import people

NOW = datetime.now(UTC)
LONG_AGO = timedelta(days=60)
FORM = questionnaire(
    choice("used", "Yes", "No", "I do not know"),
    page("why_page", comment("why"), shown_if=when("used", 1)),
    several("where", "Eyes", "Skin", "Joints"),
    page("wait_page", choice("wait", "Short", "Long"), repeat=for_each("where", most=2)),
    statement_lines("plan", "keep", "close"),
    number("visits", max=50),
)
WHOLE = {
    "used": "1",
    "why": "Too far\nby bus",
    "where": "13",
    "wait@1": "2",
    "wait@3": "*12",
    "plan.keep": "1",
    "plan.close": "/",
    "visits": ".",
}


@pytest.fixture
def clerk(db):
    return people.signed_in(people.person("clerk", Role.CLERK))


def consultation(slug="care", definition=FORM, *, opens=-7, closes=7, **fields):
    """A consultation with a published questionnaire, launched and open unless its days say otherwise."""
    given = {
        "title": f"The future of {slug}",
        "short_name": slug,
        "summary": "What do you think?",
        "purpose": "To decide.",
        "still_open": "Everything.",
        "decided_by": "The board",
        "question_set": "2026-1",
        "baseline": "none",
        "opens_at": NOW + timedelta(days=opens),
        "closes_at": NOW + timedelta(days=closes),
        "launched_at": NOW + timedelta(days=opens),
    }
    made = create_consultation(definition, team=people.team(), by="test", now=NOW, slug=slug, **(given | fields))
    publish_questionnaire(made, by="test", now=NOW)
    return made


def address(slug="care"):
    return f"/staff/{slug}/keying/"


def hidden(page):
    """What the page's hidden inputs and chosen channel would send: everything that was not typed."""
    found = re.findall(r'<input type="hidden" name="(form-[^"]+)" value="([^"]*)"', page.content.decode())
    posted = {"form-channel": "paper", "form-language": "en"}
    for name, value in found:
        posted.setdefault(name, [] if name == "form-seen" else "")
        posted[name] = [*posted[name], html.unescape(value)] if name == "form-seen" else value
    return posted


def press(client, page, typed, button="save", **more):
    """Press a button of the page with these keys in its boxes."""
    return client.post(address(), hidden(page) | typed | {"form-press": button} | more)


def save_twice(client, typed, **more):
    """Save, and save again where the page asks to look again."""
    page = press(client, client.get(address()), typed, **more)
    return press(client, page, typed, **more) if page.status_code == 422 else page


def errors(page):
    """The error summary's links: `[(target, text)]`."""
    return [
        (target, html.unescape(text).strip())
        for target, text in re.findall(r'<a href="#([^"]+)">([^<]+)</a>', summary_of(page))
    ]


def summary_of(page):
    found = re.search(r'class="nhsuk-error-summary".*?</div>\s*</div>', page.content.decode(), re.S)
    return found[0] if found else ""


def value_of(page, name):
    """What an input or writing box of the page holds."""
    text = page.content.decode()
    found = re.search(rf'name="{re.escape(name)}" type="text"[^>]* value="([^"]*)"', text)
    found = found or re.search(rf'<textarea[^>]* name="{re.escape(name)}"[^>]*>\n([^<]*)<', text)
    return html.unescape(found[1])


def only_response():
    return Response.objects.get()


# Saving ------------------------------------------------------------------------------------------------------------------


def test_whole_form_is_saved_with_its_marks_and_codes_and_the_next_one_begins(clerk):
    consultation()
    saved = save_twice(clerk, WHOLE)
    assert (saved.status_code, saved["Location"]) == (302, address())
    response = only_response()
    assert response.answers == {
        "used": 1,
        "why": "Too far\nby bus",
        "where": [1, 3],
        "wait@1": 2,
        "wait@3": {"mark": "several", "seen": [1, 2]},
        "plan": {"keep": 1, "close": {"mark": "illegible"}},
    }
    assert (response.channel, response.language) == (Channel.PAPER, "en")
    fresh = clerk.get(address()).content.decode()
    assert f"Saved. Reference {response.reference}" in fresh
    assert "5 answered · 1 blank · 1 more than one ticked · 1 cannot be read" in fresh
    assert 'name="used" type="text" inputmode="numeric" value=""' in fresh
    assert "Saved. Reference" not in clerk.get(address()).content.decode()


def test_marks_and_blank_and_untouched_are_stored_as_different_codes(clerk):
    consultation(definition=questionnaire(*(choice(key, *"abcde") for key in ("q1", "q2", "q3", "q4", "q5"))))
    save_twice(clerk, {"q1": "4", "q2": ".", "q3": "*24", "q4": "/"})
    assert list(bytes(only_response().codes)) == [4, 251, 254, 253, 251]


def test_saving_twice_gives_one_response_and_one_receipt(clerk):
    consultation()
    page = press(clerk, clerk.get(address()), WHOLE)
    posted = hidden(page) | WHOLE | {"form-press": "save"}
    assert [clerk.post(address(), posted).status_code for _ in range(2)] == [302, 302]
    assert Response.objects.count() == 1
    assert only_response().reference in clerk.get(address()).content.decode()


def test_who_keyed_it_is_in_the_audit_log_with_the_number_on_the_form(clerk):
    consultation()
    save_twice(clerk, WHOLE, **{"form-number": " B0142-009 "})
    events = AuditEvent.objects.filter(object_label=only_response().reference).order_by("seq")
    assert [(event.verb, event.actor) for event in events] == [
        ("response keyed", "clerk"),
        ("form number noted", "clerk"),
    ]
    assert AuditDetail.objects.get(event=events[1]).body == {"number": "B0142-009"}


def test_channel_and_number_go_on_to_the_next_form(clerk):
    consultation()
    save_twice(clerk, WHOLE, **{"form-number": "B0142-009", "form-channel": "letter"})
    fresh = clerk.get(address())
    assert value_of(fresh, "form-number") == "B0142-010"
    assert re.search(r'value="letter"[^>]* checked', fresh.content.decode())
    assert only_response().channel == Channel.LETTER


def test_focus_is_in_the_first_box_of_a_fresh_form_and_in_the_number_where_forms_are_numbered(clerk):
    consultation()
    assert re.findall(r'id="([^"]+)"[^>]* autofocus', clerk.get(address()).content.decode()) == ["key-used"]
    save_twice(clerk, WHOLE, **{"form-number": "9"})
    assert re.findall(r'id="([^"]+)"[^>]* autofocus', clerk.get(address()).content.decode()) == ["id_form-number"]


def test_form_is_keyed_against_the_version_its_page_was_drawn_from(clerk):
    made = consultation()
    page = clerk.get(address())
    first = only_version(made)
    made.questionnaire.draft = made.questionnaire.draft | {"pages": made.questionnaire.draft["pages"][:3]}
    made.questionnaire.save()
    publish_questionnaire(made, by="test", now=NOW)
    saved = press(clerk, press(clerk, page, WHOLE), WHOLE)
    assert (saved.status_code, only_response().version_id) == (302, first)


def only_version(made):
    return made.questionnaire.versions.get().pk


def test_version_of_another_consultation_is_not_taken(clerk):
    other = consultation("other")
    made = consultation()
    page = clerk.get(address())
    posted = hidden(page) | WHOLE | {"form-press": "save", "form-version": str(only_version(other))}
    again = clerk.post(address(), posted)
    clerk.post(address(), hidden(again) | WHOLE | {"form-press": "save"})
    assert only_response().version_id == only_version(made)


# What is wrong -----------------------------------------------------------------------------------------------------------


def test_wrong_code_is_told_in_place_and_in_the_summary_and_nothing_typed_is_lost(clerk):
    consultation()
    typed = WHOLE | {"used": "7", "visits": "51", "why": "It says <b>\n\nno</b> & more"}
    page = press(clerk, clerk.get(address()), typed, **{"form-number": "22", "form-channel": "event"})
    assert page.status_code == 422
    assert errors(page) == [
        ("key-used", "7 is not a code for question 1. Use 1 to 3, or . / *"),
        (
            "key-visits",
            "Question 6: Your answer must be 50 or less. If the form cannot be used as it is written, type /.",
        ),
    ]
    assert "<title>Error: Key a paper form" in page.content.decode()
    assert {name: value_of(page, name) for name in typed} == typed
    assert value_of(page, "form-number") == "22"
    assert re.search(r'value="event"[^>]* checked', page.content.decode())
    assert 'id="key-used-problem" role="alert"><span class="nhsuk-u-visually-hidden">Error: </span>7 is not' in (
        page.content.decode()
    )
    assert not Response.objects.exists()


def test_answer_where_the_route_says_skip_is_told_and_taken_the_second_time(clerk):
    consultation()
    typed = WHOLE | {"used": "2", "wait@2": "1"}
    page = press(clerk, clerk.get(address()), typed)
    assert page.status_code == 422
    text = page.content.decode()
    assert "The route says to skip question 2. What you typed will not be counted" in text
    assert "The route says to skip question 4 for Skin. What you typed will not be counted" in text
    assert summary_of(page) == ""
    assert press(clerk, page, typed).status_code == 302
    assert "why" not in only_response().answers
    assert "2 not counted" in clerk.get(address()).content.decode()


def test_boxes_not_keyed_are_asked_about_once(clerk):
    consultation()
    typed = {"used": "2", "where": "."}
    page = press(clerk, clerk.get(address()), typed)
    assert page.status_code == 422
    text = page.content.decode()
    assert "You did not key 3 boxes:" in text
    assert re.findall(r'<a href="#(key-[^"]+)">(\w+)</a>', text) == [
        ("key-plan.keep", "5a"),
        ("key-plan.close", "5b"),
        ("key-visits", "6"),
    ]
    assert re.search(r'value="save"[^>]* autofocus', text)
    assert press(clerk, page, typed).status_code == 302


def test_what_was_not_shown_before_is_asked_about_again(clerk):
    consultation()
    page = press(clerk, clerk.get(address()), WHOLE)
    changed = WHOLE | {"used": "2"}
    again = press(clerk, page, changed)
    assert (again.status_code, Response.objects.count()) == (422, 0)
    assert press(clerk, again, changed).status_code == 302


def test_check_shows_in_words_what_was_typed_and_saves_nothing(clerk):
    consultation()
    page = press(clerk, clerk.get(address()), WHOLE, button="check")
    text = page.content.decode()
    assert (page.status_code, Response.objects.count()) == (200, 0)
    assert (
        '<output class="consult-keying-box__echo" id="key-where-echo" for="key-where" aria-live="polite">Eyes; Joints'
        in (text)
    )
    assert "more than one ticked: Short; Long" in text
    assert {name: value_of(page, name) for name in WHOLE} == WHOLE
    assert press(clerk, clerk.get(address()), WHOLE | {"used": "9"}, button="check").status_code == 422


def test_first_button_of_the_form_saves_nothing(clerk):
    consultation()
    text = clerk.get(address()).content.decode()
    form = text[text.index("data-keying") :]
    buttons = re.findall(r"<button[^>]*>", form)
    assert ['value="check"' in buttons[0], 'value="save"' in buttons[1], len(buttons)] == [True, True, 2]


def test_enter_without_a_button_saves_nothing(clerk):
    consultation()
    page = clerk.get(address())
    clerk.post(address(), hidden(page) | WHOLE)
    assert not Response.objects.exists()


def test_empty_form_is_not_saved(clerk):
    consultation()
    page = press(clerk, clerk.get(address()), {})
    page = press(clerk, page, {})
    assert page.status_code == 422
    assert errors(page) == [("key-used", "Nothing that counts was typed. Key at least 1 answer")]


def test_only_off_the_route_is_nothing_to_save(clerk):
    consultation(definition=questionnaire(choice("a"), comment("b", shown_if=when("a", 1))))
    typed = {"a": ".", "b": "Words"}
    page = press(clerk, clerk.get(address()), typed)
    page = press(clerk, page, typed)
    assert errors(page) == [("key-a", "Nothing that counts was typed. Key at least 1 answer")]
    assert value_of(page, "b") == "Words"


def test_option_not_offered_after_the_earlier_answers_can_be_saved(clerk):
    first, second, third = options("A", "B", "C")
    offered = (first, replace(second, shown_if=when("a", 1)), third)
    consultation(definition=questionnaire(choice("a"), question("b", options=offered)))
    save_twice(clerk, {"a": "2", "b": "2"})
    assert only_response().answers == {"a": 2}


def test_unknown_channel_is_told_in_words(clerk):
    consultation()
    page = press(clerk, clerk.get(address()), WHOLE, **{"form-channel": "online"})
    assert errors(page) == [("id_form-channel", "Select how the form reached us")]


# The questions about the person ------------------------------------------------------------------------------------------


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


# Who, and when -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("role", "status"),
    [
        (Role.LEAD, 200),
        (Role.CLERK, 200),
        (Role.VERIFIER, 200),
        (Role.CODER, 403),
        (Role.EQUALITY, 403),
        (Role.APPROVER, 403),
        (Role.ADMIN, 403),
    ],
)
def test_only_those_who_key_paper_come_in(db, role, status):
    consultation()
    client = people.signed_in(people.person("somebody", role))
    assert (client.get(address()).status_code, client.post(address()).status_code) == (
        status,
        422 if status == 200 else 403,
    )


def test_another_team_finds_nothing_here(db):
    consultation()
    client = people.signed_in(people.person("stranger", Role.CLERK, of=people.team("Another team")))
    assert client.get(address()).status_code == 404


def test_clerk_sees_no_result_and_no_answer_of_others(clerk):
    consultation()
    save_twice(clerk, WHOLE | {"why": "A secret of mine"})
    clerk.get(address())
    assert "A secret of mine" not in clerk.get(address()).content.decode()


def test_closed_consultation_still_takes_paper(clerk):
    consultation(opens=-60, closes=-3)
    assert save_twice(clerk, WHOLE).status_code == 302
    assert Response.objects.count() == 1


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"opens": 3, "closes": 9}, "This consultation is not open yet. You can key forms when it opens."),
        ({"launched_at": None}, "This consultation has not been launched yet. You can key forms when it opens."),
        (
            {"opens": -60, "closes": -30, "reported_at": NOW - timedelta(days=1)},
            "The report of this consultation has been published, so no more forms can be added.",
        ),
        (
            {"opens": -60, "closes": -30, "reported_at": NOW - LONG_AGO, "decided_at": NOW - timedelta(days=1)},
            "This consultation has been decided, so no more forms can be added.",
        ),
        ({"withdrawn_at": NOW - timedelta(days=1)}, "This consultation was withdrawn, so no forms can be added."),
    ],
)
def test_page_says_why_no_form_can_be_keyed(clerk, fields, reason):
    consultation(**fields)
    assert reason in clerk.get(address()).content.decode()


def test_form_typed_while_the_report_came_out_is_refused_and_not_lost(clerk):
    made = consultation(opens=-60, closes=-30)
    page = press(clerk, clerk.get(address()), WHOLE)
    made.reported_at = NOW - timedelta(minutes=1)
    made.save()
    refused = press(clerk, page, WHOLE)
    assert refused.status_code == 422
    assert "The report of this consultation has been published, so no more forms can be added." in summary_of(refused)
    assert {name: value_of(refused, name) for name in WHOLE} == WHOLE
    assert not Response.objects.exists()


def test_form_can_be_keyed_after_the_link_key_was_destroyed_when_nothing_is_about_the_person(clerk):
    made = consultation(opens=-60, closes=-30)
    LinkKey.objects.filter(consultation=made).delete()
    assert save_twice(clerk, WHOLE).status_code == 302


# Cost --------------------------------------------------------------------------------------------------------------------


def test_page_needs_few_queries_however_long_the_form_is(clerk, django_assert_max_num_queries):
    consultation()
    clerk.get(address())
    with django_assert_max_num_queries(9):
        clerk.get(address())
