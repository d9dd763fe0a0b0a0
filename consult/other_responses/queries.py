"""What is asked of letters, emails, events and petitions: whose one may see, and what a report is told of them."""

from collections import defaultdict

from django.db import transaction

from consult import audit
from consult.other_responses.commands import record
from consult.other_responses.models import OtherResponse, Sender, Sort
from consult.permissions import Right
from consult.wording import long_date
from exports.formats.base import RowStream
from exports.subjects import CountedApart, Event, Letter, Petition

PAGE = 500
"""How many are read at a time for a file."""


def seen_by(consultation, user, *, rights):
    """Those of a consultation that somebody may see: all with the right to, else their own."""
    found = OtherResponse.objects.filter(consultation=consultation)
    return found if Right.SEE_OTHERS in rights else found.filter(added_by=audit.actor_of(user))


@transaction.atomic
def opened(response, *, by, now):
    """Its passages, `[(question key, words)]`. Recorded, for they are what somebody thinks, and may say who they are."""
    record("other response opened", response, by=by, now=now)
    return passages_of(response)


def passages_of(response):
    """Its passages, for what does not show them."""
    return [(part.question, part.words) for part in response.passages.all()]


def counted_apart(consultation):
    """What a report and the participation page are told of all that were not withdrawn. Two queries."""
    found = OtherResponse.objects.filter(consultation=consultation, withdrawn_at=None).order_by("happened_on", "number")
    told = defaultdict(list)
    for response in found.prefetch_related("passages"):
        told[TOLD_AS[response.sort]].append(TOLD_AS[response.sort](response))
    return CountedApart(letters=tuple(told[letter]), events=tuple(told[event]), petitions=tuple(told[petition]))


HEADINGS = (
    "number", "what", "received or held on", "from", "organisation", "may be named", "title", "place",
    "people or signatures", "contains personal details", "about question", "words",
)  # fmt: skip


def rows_of(consultation):
    """A line for each passage of all that were not withdrawn, as a RowStream; one line for what has none."""
    found = OtherResponse.objects.filter(consultation=consultation, withdrawn_at=None).order_by("number")
    lines = (line for response in found.prefetch_related("passages").iterator(PAGE) for line in lines_of(response))
    return RowStream.of_rows(consultation.title, HEADINGS, lines)


def lines_of(response):
    """The lines of one: its facts beside each of its passages."""
    named = response.get_sender_display(), response.organisation, yes_or_no(response.may_name)
    facts = (
        response.number,
        response.get_sort_display(),
        response.happened_on.isoformat(),
        *named,
        response.title,
        response.place,
        response.people,
        yes_or_no(response.has_personal_details),
    )
    return [(*facts, question, words) for question, words in passages_of(response) or [("", "")]]


def yes_or_no(claim):
    return "yes" if claim else "no"


def letter(response):
    return Letter(
        is_email=response.sort == Sort.EMAIL,
        is_organisation=response.sender == Sender.ORGANISATION,
        name=name_to_publish(response),
        passages=passages_to_publish(response),
    )


def event(response):
    return Event(
        title=response.title,
        held_on=long_date(response.happened_on),
        place=response.place,
        organisation=name_to_publish(response),
        people=response.people,
        passages=passages_to_publish(response),
    )


def petition(response):
    return Petition(
        title=response.title,
        organiser=response.get_sender_display(),
        received_on=long_date(response.happened_on),
        signatures=response.people,
        passages=passages_to_publish(response),
    )


TOLD_AS = {Sort.LETTER: letter, Sort.EMAIL: letter, Sort.EVENT: event, Sort.PETITION: petition}


def name_to_publish(response):
    return response.organisation if response.may_name else ""


def passages_to_publish(response):
    """Its words, but for those in which somebody saw personal details."""
    if response.has_personal_details:
        return ()
    return tuple(passages_of(response))
