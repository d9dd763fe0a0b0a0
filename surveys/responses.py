"""Writing responses: one document and its row of codes, in one INSERT; and taking them away again."""

from django.db import transaction
from django.db.models import Max

from surveys.codebook import encode
from surveys.inserting import insert
from surveys.journey import journey
from surveys.models import Questionnaire, RespondentType, Response, ResponseStatus
from surveys.publishing import published


def new_response(checked, *, version_id, **facts):
    """A checked response (`validation.Checked`) as a row to keep; `facts` are its other columns."""
    version = published(version_id)
    return Response(
        version_id=version_id,
        answers=checked.answers,
        codes=encode(checked.journey, version.codebook),
        respondent_type=respondent_type(version.definition, checked.answers),
        **facts,
    )


def save_responses(responses):
    """Keep new responses. One INSERT for some 70 of them; raises IntegrityError when a key was used before."""
    if len(responses) == 1:
        insert(responses[0])
        return responses
    return Response.objects.bulk_create(responses)


def respondent_type(definition, answers):
    """In what capacity somebody answered, from the question whose `capacity` setting says so (`{code: type}`)."""
    for question in definition.questions():
        capacity = question.settings.get("capacity")
        if capacity:
            return RespondentType(capacity.get(str(answers.get(question.key)), RespondentType.NOT_SAID))
    return RespondentType.NOT_SAID


@transaction.atomic
def replace_answers(response, checked):
    """Put other checked answers in the place of a response's, and tell readers that keep codes in memory."""
    version = published(response.version_id)
    response.answers = checked.answers
    response.codes = encode(checked.journey, version.codebook)
    response.respondent_type = respondent_type(version.definition, checked.answers)
    response.changed_seq = next_change(response.version_id)
    response.save(update_fields=["answers", "codes", "respondent_type", "changed_seq"])


@transaction.atomic
def withdraw_response(response):
    """Stop counting a response, and tell readers that keep codes in memory."""
    response.status = ResponseStatus.WITHDRAWN
    response.changed_seq = next_change(response.version_id)
    response.save(update_fields=["status", "changed_seq"])


def next_change(version_id):
    """The next change number of the questionnaire that a version is of, for the transaction that changes a response.

    The questionnaire's row is locked until then: of two changes at once, the second takes the higher number and commits later.
    """
    questionnaire = Questionnaire.objects.select_for_update().get(versions=version_id)
    last = Response.objects.filter(version__questionnaire=questionnaire).aggregate(last=Max("changed_seq"))["last"]
    return (last or 0) + 1


def rebuilt_codes(response):
    """The row of codes that a response's document gives today."""
    version = published(response.version_id)
    return encode(journey(version.definition, response.answers), version.codebook)


def recode_responses(*, write):
    """Rebuild every row of codes from its document, in id order. Yields (response, was right); `write` mends wrong ones."""
    for response in Response.objects.order_by("id").iterator(chunk_size=2_000):
        codes = rebuilt_codes(response)
        right = codes == bytes(response.codes)
        if not right and write:
            with transaction.atomic():
                Response.objects.filter(pk=response.pk).update(
                    codes=codes, changed_seq=next_change(response.version_id)
                )
        yield response, right
