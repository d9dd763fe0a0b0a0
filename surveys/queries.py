"""Reading responses: rows of codes for counting, documents for exporting, and how many took part."""

from django.db.models import Count, Exists, Max, Sum
from django.db.models.functions import TruncDate

from surveys.models import DraftResponse, Response, ResponseStatus, Version

CHUNK = 20_000


def version_ids(questionnaire_id):
    """The ids of a questionnaire's published versions, newest first."""
    return list(Version.objects.filter(questionnaire=questionnaire_id).order_by("-number").values_list("id", flat=True))


def counted(questionnaire_id):
    """The responses of a questionnaire that are counted, whatever their version."""
    return Response.objects.filter(version__in=version_ids(questionnaire_id), status=ResponseStatus.COUNTED)


def new_code_rows(questionnaire_id, *, after):
    """Yield (id, version_id, codes, submission_key, channel, respondent_type, submitted_at) of counted responses past an id.

    In id order, by key and never by offset.
    """
    rows = counted(questionnaire_id).filter(id__gt=after).order_by("id")
    return rows.values_list(
        "id", "version_id", "codes", "submission_key", "channel", "respondent_type", "submitted_at"
    ).iterator(chunk_size=CHUNK)


def changed_code_rows(questionnaire_id, *, after_seq):
    """(changed_seq, id, version_id, codes, status, respondent_type, submitted_at) of responses changed since a change number."""
    rows = Response.objects.filter(version__in=version_ids(questionnaire_id), changed_seq__gt=after_seq)
    return rows.order_by("changed_seq").values_list(
        "changed_seq", "id", "version_id", "codes", "status", "respondent_type", "submitted_at"
    )


def last_change(questionnaire_id):
    """The highest change number of a questionnaire's responses; 0 when none was ever changed."""
    rows = Response.objects.filter(version__in=version_ids(questionnaire_id), changed_seq__isnull=False)
    return rows.aggregate(last=Max("changed_seq"))["last"] or 0


def number_and_sum_of_ids(questionnaire_id):
    """(how many responses are counted, the sum of their ids), to compare with what is held."""
    found = counted(questionnaire_id).aggregate(number=Count("id"), total=Sum("id"))
    return found["number"], found["total"] or 0


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


def number_of_responses(questionnaire_id):
    """How many responses are counted."""
    return counted(questionnaire_id).count()


def responses_by_channel(questionnaire_id):
    """`{channel: number}` of counted responses."""
    rows = counted(questionnaire_id).values_list("channel").annotate(number=Count("id")).order_by("channel")
    return dict(rows)


def responses_by_type(questionnaire_id):
    """`{respondent type: number}` of counted responses."""
    rows = counted(questionnaire_id).values_list("respondent_type").annotate(number=Count("id"))
    return dict(rows.order_by("respondent_type"))


def responses_by_language(questionnaire_id):
    """`{language: number}` of counted responses."""
    return dict(counted(questionnaire_id).values_list("language").annotate(number=Count("id")).order_by("language"))


def responses_by_day(questionnaire_id):
    """[(day, number)] of counted responses, in day order; days without any are left out."""
    rows = counted(questionnaire_id).annotate(day=TruncDate("submitted_at")).values_list("day")
    return list(rows.annotate(number=Count("id")).order_by("day"))


def number_of_drafts(questionnaire_id):
    """How many have begun and not sent."""
    return DraftResponse.objects.filter(version__questionnaire=questionnaire_id).count()


def respondent_type_of(submission_key):
    """In what capacity the response with this submission key was given, or None where there is none."""
    return Response.objects.filter(submission_key=submission_key).values_list("respondent_type", flat=True).first()


def there_is_response(submission_key):
    """Whether there is a response with this submission key, to be asked along with another query."""
    return Exists(Response.objects.filter(submission_key=submission_key))
