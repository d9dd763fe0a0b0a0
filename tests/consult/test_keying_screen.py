"""The key entry screen, with no script: what a clerk sees, what is saved, and that nothing typed is lost."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest

from consult.models import AuditDetail, AuditEvent, LinkKey, Role
from consult.services import publish_questionnaire
from surveys.models import Channel, Response
from tests.builders import choice, comment, options, question, questionnaire, when
from tests.consult import people
from tests.consult.keying_pages import (
    CLOSED,
    NOW,
    WHOLE,
    address,
    consultation,
    errors,
    hidden,
    only_response,
    press,
    save_twice,
    summary_of,
    value_of,
)

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
    reference = only_response().reference
    keyed = AuditEvent.objects.get(actor="clerk")
    assert (keyed.verb, keyed.object_label) == ("response keyed", reference)
    assert AuditDetail.objects.get(event=keyed).body == {"channel": "paper", "form number": "B0142-009"}


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
    other = consultation(slug="other")
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
    consultation(**CLOSED)
    assert save_twice(clerk, WHOLE).status_code == 302
    assert Response.objects.count() == 1


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"opens_at": NOW + timedelta(days=3)}, "This consultation is not open yet. You can key forms when it opens."),
        ({"launched_at": None}, "This consultation has not been launched yet. You can key forms when it opens."),
        (
            CLOSED | {"reported_at": NOW - timedelta(days=1)},
            "The report of this consultation has been published, so no more forms can be added.",
        ),
        (
            CLOSED | {"reported_at": NOW - timedelta(days=2), "decided_at": NOW - timedelta(days=1)},
            "This consultation has been decided, so no more forms can be added.",
        ),
        ({"withdrawn_at": NOW - timedelta(days=1)}, "This consultation was withdrawn, so no forms can be added."),
    ],
)
def test_page_says_why_no_form_can_be_keyed(clerk, fields, reason):
    consultation(**fields)
    assert reason in clerk.get(address()).content.decode()


def test_form_typed_while_the_report_came_out_is_refused_and_not_lost(clerk):
    made = consultation(**CLOSED)
    page = press(clerk, clerk.get(address()), WHOLE)
    made.reported_at = NOW - timedelta(minutes=1)
    made.save()
    refused = press(clerk, page, WHOLE)
    assert refused.status_code == 422
    assert "The report of this consultation has been published, so no more forms can be added." in summary_of(refused)
    assert {name: value_of(refused, name) for name in WHOLE} == WHOLE
    assert not Response.objects.exists()


def test_form_can_be_keyed_after_the_link_key_was_destroyed_when_nothing_is_about_the_person(clerk):
    made = consultation(**CLOSED)
    LinkKey.objects.filter(consultation=made).delete()
    assert save_twice(clerk, WHOLE).status_code == 302


# Cost --------------------------------------------------------------------------------------------------------------------


def test_page_needs_few_queries_however_long_the_form_is(clerk, django_assert_max_num_queries):
    consultation()
    clerk.get(address())
    with django_assert_max_num_queries(9):
        clerk.get(address())
