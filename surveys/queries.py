"""Reading responses: documents for exporting, and how many took part. Rows of codes for counting are read in `code_rows`."""

from collections import Counter
from datetime import datetime
from typing import NamedTuple

from django.db.models import Count, Exists, Q, TextField
from django.db.models.functions import Cast, Left
from django.utils import timezone

from surveys.code_rows import version_ids
from surveys.counted import CHANNEL_CODES, TYPE_CODES, counted_responses
from surveys.models import DraftResponse, Response, ResponseStatus, Version

SECONDS_IN_HOUR = 3600


def counted(questionnaire_id):
    """The responses of a questionnaire that are counted, whatever their version."""
    return Response.objects.filter(version__in=version_ids(questionnaire_id), status=ResponseStatus.COUNTED)


def response_pages(questionnaire_id, *, size=2_000):
    """Yield lists of counted responses (values) in id order: flat memory however many there are."""
    last = 0
    while page := list(
        counted(questionnaire_id)
        .filter(id__gt=last)
        .order_by("id")
        .values_list(
            "id",
            "reference",
            "version_id",
            "answers",
            "codes",
            "channel",
            "language",
            "variant",
            "respondent_type",
            "submitted_at",
        )[:size]
    ):
        yield page
        last = page[-1][0]


def answers_given_as(questionnaire_id, respondent_type, *, size=500):
    """The answers (`{question_key: value}`) of every counted response given in one capacity, in id order.

    As `counted_responses` was last brought up to date, which knows who they are: the others are never read.
    """
    held = counted_responses(questionnaire_id)
    with held.lock:
        found = held.columns.ids[held.columns.trait("respondent_type") == TYPE_CODES[respondent_type]]
    ids = sorted(found.tolist())
    return [
        answers
        for start in range(0, len(ids), size)
        for answers in counted(questionnaire_id)
        .filter(id__in=ids[start : start + size])
        .order_by("id")
        .values_list("answers", flat=True)
    ]


class ResponseColumns(NamedTuple):
    """A page of counted responses by column, a tuple with one entry per response for each field.

    What Django would make objects of is as the database writes it: a version's id, the JSON of the answers, and the hour of
    sending ("2027-03-12 09") in the database's time zone. Five times as fast, and most of those objects are never looked at.
    """

    ids: tuple
    references: tuple
    version_ids: tuple
    documents: tuple
    codes: tuple
    channels: tuple
    languages: tuple
    variants: tuple
    respondent_types: tuple
    sent_hours: tuple


def response_columns(questionnaire_id, *, size=2_000):
    """Yield counted responses as ResponseColumns in id order: flat memory however many there are."""
    rows = counted(questionnaire_id).order_by("id")
    last = 0
    while page := list(
        rows.filter(id__gt=last).values_list(
            "id",
            "reference",
            Cast("version_id", TextField()),
            Cast("answers", TextField()),
            "codes",
            "channel",
            "language",
            "variant",
            "respondent_type",
            Left(Cast("submitted_at", TextField()), 13),
        )[:size]
    ):
        yield ResponseColumns(*zip(*page, strict=True))
        last = page[-1][0]


def number_of_responses(questionnaire_id):
    """How many responses are counted."""
    return counted(questionnaire_id).count()


def changes_published(questionnaire_id):
    """Every version after the first that says what it changed: `[(number, published_at, public note)]`, oldest first."""
    later = Version.objects.filter(questionnaire=questionnaire_id, number__gt=1).exclude(public_note="")
    return list(later.order_by("number").values_list("number", "published_at", "public_note"))


def responses_by_version(questionnaire_id, *, without=None):
    """`{version number: number}` of counted responses; none of the respondent type `without`."""
    found = counted(questionnaire_id).exclude(respondent_type=without or "")
    return dict(found.values_list("version__number").annotate(number=Count("id")).order_by("version__number"))


def responses_by_channel(questionnaire_id, *, without=None):
    """`{channel: number}` of counted responses, as they were last brought up to date; none of the respondent type `without`."""
    numbers = counted_responses(questionnaire_id).numbers("channel", without=without)
    return {channel: numbers[code] for channel, code in CHANNEL_CODES.items() if code in numbers}


def responses_by_type(questionnaire_id, *, without=None):
    """`{respondent type: number}` of counted responses, as they were last brought up to date; none of the type `without`."""
    numbers = counted_responses(questionnaire_id).numbers("respondent_type", without=without)
    return {kind: numbers[code] for kind, code in TYPE_CODES.items() if code in numbers}


def responses_by_language(questionnaire_id):
    """`{language: number}` of counted responses."""
    return dict(counted(questionnaire_id).values_list("language").annotate(number=Count("id")).order_by("language"))


def responses_in(questionnaire_id, rendering):
    """How many responses were given in a language or a variant (`renderings.VARIANTS`), counted or not."""
    given = Response.objects.filter(version__questionnaire=questionnaire_id)
    return given.filter(Q(language=rendering) | Q(variant=rendering)).count()


def responses_by_day(questionnaire_id, *, without=None):
    """[(day, number)] of counted responses, as they were last brought up to date; days without any are left out, and so are
    responses of the respondent type `without`.

    In the time zone of the service, where a day begins on a whole hour of universal time, in summer and in winter.
    """
    zone, days = timezone.get_current_timezone(), Counter()
    for hour, number in counted_responses(questionnaire_id).numbers("sent_hour", without=without).items():
        days[datetime.fromtimestamp(hour * SECONDS_IN_HOUR, zone).date()] += number
    return sorted(days.items())


def number_of_drafts(questionnaire_id):
    """How many have begun and not sent."""
    return DraftResponse.objects.filter(version__questionnaire=questionnaire_id).count()


def respondent_type_of(submission_key):
    """In what capacity the response with this submission key was given, or None where there is none."""
    return Response.objects.filter(submission_key=submission_key).values_list("respondent_type", flat=True).first()


def there_is_response(submission_key):
    """Whether there is a response with this submission key, to be asked along with another query."""
    return Exists(Response.objects.filter(submission_key=submission_key))
