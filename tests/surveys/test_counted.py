"""The counted responses kept in memory: nothing that comes late, changes or goes is ever missed."""

from datetime import timedelta
from uuid import UUID

import pytest
from django.utils import timezone

from surveys import code_rows
from surveys.counted import (
    CHANNEL_CODES,
    COMPARED_EVERY,
    LAG,
    OVERLAP,
    TYPE_CODES,
    CountedResponses,
    NotBroughtUpToDate,
)
from surveys.models import Channel, RespondentType, Response, ResponseStatus
from surveys.publishing import publish
from surveys.responses import rebuilt_codes, recode_responses, withdraw_response
from tests.consultations import open_consultation
from tests.exports.respondents import send

pytestmark = pytest.mark.django_db
NO, YES = 2, 1


@pytest.fixture
def plan():
    """A consultation about a plan."""
    return open_consultation()


def answer(plan, support, *, minutes_ago=0, **more):
    """A response to it, sent some minutes ago."""
    sent_at = timezone.now() - timedelta(minutes=minutes_ago)
    return send(plan, {"support": support, "visits": 1}, now=sent_at, **more)


def held(counted):
    """{id: code of `support`} of what is held, once it was brought up to date."""
    counted.refresh(now=timezone.now())
    codes = counted.columns["support"].tolist() if len(counted.columns) else []
    return dict(zip(counted.columns.ids.tolist(), codes, strict=True))


def keys_held(counted):
    """{id: submission key}, as the keys lie beside the columns."""
    keys = [UUID(bytes=key) for key in counted.submission_keys.tolist()]
    return dict(zip(counted.columns.ids.tolist(), keys, strict=True))


def counting(plan):
    """A fresh reader of the plan's responses, which has seen what there is."""
    counted = CountedResponses(plan.questionnaire_id)
    held(counted)
    return counted


def change(response, *, seq, **changes):
    """Change a response as another transaction would, under a change number of its choosing."""
    for name, value in changes.items():
        setattr(response, name, value)
    response.changed_seq = seq
    response.codes = rebuilt_codes(response)
    response.save()


def test_new_responses_are_added_and_nothing_else_is_read_again(plan, django_assert_num_queries):
    first = answer(plan, YES, minutes_ago=5)
    counted = counting(plan)
    edition = counted.edition
    second = answer(plan, NO)

    assert held(counted) == {first.id: YES, second.id: NO}
    assert counted.edition == edition
    # Versions, changes and new rows; versions and the comparison.
    with django_assert_num_queries(5):
        counted.refresh(now=timezone.now())


def test_rows_read_page_by_page_are_each_held_once_beside_their_own_key(plan, monkeypatch):
    responses = [answer(plan, (YES, NO)[place % 2], minutes_ago=5) for place in range(5)]

    for size in (1, 2, 5, 6):
        monkeypatch.setattr(code_rows, "CHUNK", size)
        counted = counting(plan)
        assert held(counted) == {response.id: response.answers["support"] for response in responses}
        assert keys_held(counted) == {response.id: response.submission_key for response in responses}


@pytest.mark.parametrize("number", [0, 1, 1 << 120, (1 << 128) - 1])
def test_key_is_held_with_every_byte_even_where_it_begins_or_ends_with_noughts(plan, number):
    response = answer(plan, YES, key=UUID(int=number), minutes_ago=5)

    assert keys_held(counting(plan)) == {response.id: UUID(int=number)}


def test_responses_to_every_version_are_held_whichever_was_answered_last(plan):
    first, earlier = answer(plan, YES, minutes_ago=9), plan.questionnaire.versions.get()
    publish(plan.questionnaire, now=timezone.now())
    second, late = answer(plan, NO, minutes_ago=8), answer(plan, NO, minutes_ago=7)
    Response.objects.filter(pk=late.pk).update(version=earlier)
    counted = counting(plan)
    third = answer(plan, YES)

    assert held(counted) == {first.id: YES, second.id: NO, late.id: NO, third.id: YES}
    keys = {response.id: response.submission_key for response in (first, second, late, third)}
    assert keys_held(counted) == keys
    assert (counted.mark, counted.reloads) == (late.id, 1)


def test_page_compares_with_the_table_every_few_seconds_and_a_report_always(plan):
    first, second = answer(plan, YES, minutes_ago=5), answer(plan, NO, minutes_ago=5)
    counted, now, ids = counting(plan), timezone.now(), [first.id, second.id]
    counted.refresh(now=now)
    second.delete()

    counted.refresh(now=now + COMPARED_EVERY, thorough=False)
    assert counted.columns.ids.tolist() == ids
    counted.refresh(now=now + COMPARED_EVERY + timedelta(seconds=1), thorough=False)
    assert counted.columns.ids.tolist() == ids[:1]
    first.delete()
    counted.refresh(now=now + COMPARED_EVERY + timedelta(seconds=2), thorough=True)
    assert counted.columns.ids.tolist() == []


def test_late_response_with_a_lower_id_is_found_though_the_mark_has_passed_it(plan):
    late, after = answer(plan, YES, minutes_ago=9), answer(plan, NO, minutes_ago=8)
    Response.objects.filter(pk=late.pk).delete()
    counted = counting(plan)
    assert counted.mark == after.id

    late.save(force_insert=True)

    assert held(counted) == {late.id: YES, after.id: NO}
    assert keys_held(counted) == {late.id: late.submission_key, after.id: after.submission_key}


def test_late_response_is_found_even_when_another_was_erased_at_the_same_time(plan):
    late, erased, last = (answer(plan, support, minutes_ago=9) for support in (YES, NO, NO))
    Response.objects.filter(pk=late.pk).delete()
    counted = counting(plan)

    late.save(force_insert=True)
    erased.delete()

    assert held(counted) == {late.id: YES, last.id: NO}


def test_mark_lags_behind_responses_whose_neighbours_may_still_be_on_their_way(plan):
    old, new = answer(plan, YES, minutes_ago=9), answer(plan, NO)

    counted = counting(plan)

    assert counted.mark == old.id < new.id


def test_mark_passes_a_response_only_once_it_is_older_than_any_transaction(plan):
    response = answer(plan, YES)
    moment = response.submitted_at + LAG
    counted = CountedResponses(plan.questionnaire_id)

    # Times are read as whole seconds: the mark waits for the end of the second.
    for now, mark in ((moment, 0), (moment + timedelta(seconds=1), response.id)):
        counted.refresh(now=now)
        assert counted.mark == mark


def test_recent_response_that_overtook_another_costs_no_second_reading_of_all(plan):
    late, after = answer(plan, YES), answer(plan, NO)
    Response.objects.filter(pk=late.pk).delete()
    counted = counting(plan)
    reloads = counted.reloads

    late.save(force_insert=True)

    assert held(counted) == {late.id: YES, after.id: NO}
    assert counted.reloads == reloads


def test_withdrawn_response_goes_with_its_key(plan):
    first, second, third = (answer(plan, support, minutes_ago=5) for support in (YES, NO, YES))
    counted = counting(plan)

    withdraw_response(second)

    assert held(counted) == {first.id: YES, third.id: YES}
    assert keys_held(counted) == {first.id: first.submission_key, third.id: third.submission_key}


def test_response_that_counts_again_comes_back(plan):
    first, second = answer(plan, YES, minutes_ago=5), answer(plan, NO, minutes_ago=5)
    counted = counting(plan)
    withdraw_response(first)
    held(counted)

    reloads = counted.reloads

    change(first, seq=2, status=ResponseStatus.COUNTED)

    assert held(counted) == {first.id: YES, second.id: NO}
    assert keys_held(counted) == {first.id: first.submission_key, second.id: second.submission_key}
    assert counted.reloads == reloads


def test_erased_response_is_no_longer_held(plan):
    first, second = answer(plan, YES, minutes_ago=5), answer(plan, NO, minutes_ago=5)
    counted = counting(plan)

    second.delete()

    assert held(counted) == {first.id: YES}


def test_rebuilt_codes_take_the_place_of_wrong_ones(plan):
    response = answer(plan, YES, minutes_ago=5)
    Response.objects.update(codes=bytes([NO, *bytes(response.codes)[1:]]))
    counted = counting(plan)
    assert held(counted) == {response.id: NO}

    list(recode_responses(write=True))

    assert held(counted) == {response.id: YES}


def test_many_changes_at_once_are_each_followed(plan):
    first, second, third, fourth = (answer(plan, YES, minutes_ago=5) for _ in range(4))
    counted = counting(plan)
    reloads = counted.reloads

    fifth = answer(plan, YES)
    for seq, response in enumerate((first, third, fifth), start=1):
        change(response, seq=seq, answers={"support": NO, "visits": 1})
    change(second, seq=4, status=ResponseStatus.WITHDRAWN)

    assert held(counted) == {first.id: NO, third.id: NO, fourth.id: YES, fifth.id: NO}
    responses = (first, third, fourth, fifth)
    assert keys_held(counted) == {response.id: response.submission_key for response in responses}
    assert counted.reloads == reloads


def test_changed_channel_capacity_and_time_of_sending_are_followed_too(plan):
    response = answer(plan, YES, minutes_ago=5)
    counted = counting(plan)
    long_ago = timezone.now() - timedelta(days=3)

    facts = {"channel": Channel.PAPER, "respondent_type": RespondentType.ORGANISATION, "submitted_at": long_ago}
    change(response, seq=1, **facts)
    held(counted)

    assert counted.columns.trait("channel").tolist() == [CHANNEL_CODES[Channel.PAPER]]
    assert counted.columns.trait("respondent_type").tolist() == [TYPE_CODES[RespondentType.ORGANISATION]]
    assert counted.columns.trait("sent_hour").tolist() == [long_ago.timestamp() // 3600]


def test_changes_that_took_the_same_number_or_came_with_a_lower_one_are_all_followed(plan):
    first, second, third = (answer(plan, YES, minutes_ago=5) for _ in range(3))
    counted = counting(plan)

    for response, seq in ((first, 5), (second, 5), (third, 3)):
        change(response, seq=seq, answers={"support": NO, "visits": 1})
        held(counted)

    assert held(counted) == {first.id: NO, second.id: NO, third.id: NO}
    assert len(counted.applied) == 3


def test_changes_are_applied_once_and_remembered_no_longer_than_they_can_matter(plan):
    first, second = answer(plan, YES, minutes_ago=5), answer(plan, YES, minutes_ago=5)
    counted = counting(plan)
    change(first, seq=1, answers={"support": NO, "visits": 1})
    held(counted)
    edition = counted.edition

    assert held(counted) == {first.id: NO, second.id: YES}
    assert counted.edition == edition
    change(second, seq=OVERLAP + 2, answers={"support": NO, "visits": 1})
    held(counted)
    assert counted.applied == {second.id: OVERLAP + 2}


def test_history_of_changes_is_not_gone_through_again_by_a_new_reader(plan):
    for seq in range(1, 4):
        change(answer(plan, YES, minutes_ago=5), seq=seq, answers={"support": NO, "visits": 1})

    counted = CountedResponses(plan.questionnaire_id)
    edition = counted.edition

    assert set(held(counted).values()) == {NO}
    assert counted.edition == edition


def test_other_consultations_are_never_held(plan):
    other = open_consultation(slug="other")
    mine = answer(plan, YES, minutes_ago=5)
    change(answer(other, NO, minutes_ago=5), seq=9, answers={"support": YES})

    assert held(counting(plan)) == {mine.id: YES}


def test_numbers_are_of_what_is_held_and_refused_before_anything_was_looked_for(plan):
    for minutes, channel in enumerate(("paper", "online", "paper"), start=1):
        answer(plan, YES, minutes_ago=minutes, channel=channel)
    counted = CountedResponses(plan.questionnaire_id)
    with pytest.raises(NotBroughtUpToDate):
        counted.numbers("channel")

    counted.refresh(now=timezone.now())

    assert counted.numbers("channel") == {CHANNEL_CODES["online"]: 1, CHANNEL_CODES["paper"]: 2}
