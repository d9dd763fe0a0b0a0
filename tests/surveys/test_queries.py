"""How many took part, from what is held in memory: the same numbers as the table has."""

from datetime import UTC, date, datetime

import pytest
from django.db.models import Count
from django.db.models.functions import TruncDate
from django.utils import timezone

from surveys.counted import counted_responses
from surveys.models import Channel, RespondentType, Response
from surveys.queries import responses_by_channel, responses_by_day, responses_by_type
from surveys.responses import withdraw_response
from tests.consultations import open_consultation
from tests.exports.respondents import send

pytestmark = pytest.mark.django_db
CLOCK_CHANGES = {
    # Forward on 28 March 2027, back on 31 October 2027: midnight is at 00:00 or 23:00 universal time.
    datetime(2027, 3, 27, 23, 59, 59, 999999, tzinfo=UTC): date(2027, 3, 27),
    datetime(2027, 3, 28, 0, 0, tzinfo=UTC): date(2027, 3, 28),
    datetime(2027, 3, 28, 1, 0, tzinfo=UTC): date(2027, 3, 28),
    datetime(2027, 3, 28, 22, 59, 59, tzinfo=UTC): date(2027, 3, 28),
    datetime(2027, 3, 28, 23, 0, tzinfo=UTC): date(2027, 3, 29),
    datetime(2027, 10, 30, 22, 59, 59, tzinfo=UTC): date(2027, 10, 30),
    datetime(2027, 10, 30, 23, 0, tzinfo=UTC): date(2027, 10, 31),
    datetime(2027, 10, 31, 1, 30, tzinfo=UTC): date(2027, 10, 31),
    datetime(2027, 10, 31, 23, 59, 59, 999999, tzinfo=UTC): date(2027, 10, 31),
    datetime(2027, 11, 1, 0, 0, tzinfo=UTC): date(2027, 11, 1),
}
"""Times of sending, and the day that it was in London."""


@pytest.fixture
def plan():
    return open_consultation()


def answer(plan, **changes):
    """A response to it, with other facts than the service would have written."""
    response = send(plan, {"support": 2, "visits": 1})
    Response.objects.filter(pk=response.pk).update(**changes)
    return response


def up_to_date(plan):
    """The id of its questionnaire, once its responses were read."""
    counted_responses(plan.questionnaire_id).refresh(now=timezone.now())
    return plan.questionnaire_id


def test_days_are_those_of_london_on_both_sides_of_each_change_of_the_clocks(plan):
    for moment in CLOCK_CHANGES:
        answer(plan, submitted_at=moment)

    found = responses_by_day(up_to_date(plan))

    expected = {}
    for day in CLOCK_CHANGES.values():
        expected[day] = expected.get(day, 0) + 1
    assert found == sorted(expected.items())
    in_the_table = Response.objects.annotate(day=TruncDate("submitted_at")).values_list("day")
    assert found == list(in_the_table.annotate(number=Count("id")).order_by("day"))


def test_channels_and_capacities_are_counted_each_by_its_own_name(plan):
    for number, (channel, capacity) in enumerate(zip(Channel.values, RespondentType.values, strict=False), start=1):
        for _ in range(number):
            answer(plan, channel=channel, respondent_type=capacity)

    assert responses_by_channel(up_to_date(plan)) == dict(zip(Channel.values, range(1, 6), strict=False))
    assert responses_by_type(plan.questionnaire_id) == dict(zip(RespondentType.values, range(1, 6), strict=True))


def test_only_counted_responses_of_this_questionnaire_are_told(plan):
    answer(open_consultation(slug="other"), channel=Channel.EVENT)
    withdrawn = answer(plan, channel=Channel.PHONE)
    answer(plan, channel=Channel.PAPER)
    withdraw_response(withdrawn)

    assert responses_by_channel(up_to_date(plan)) == {Channel.PAPER: 1}


def test_nobody_took_part_where_nobody_has(plan):
    questionnaire = up_to_date(plan)

    found = responses_by_day(questionnaire), responses_by_channel(questionnaire), responses_by_type(questionnaire)

    assert found == ([], {}, {})
