"""Commands on the languages and variants of a questionnaire's draft that need more than the draft to decide."""

from django.db import transaction

from consult.building import revise_draft
from surveys.naming import rendering_in_a_sentence, rendering_name
from surveys.publishing import latest_version_id, published
from surveys.queries import responses_in
from surveys.renderings import offered
from surveys.translating import with_rendering, without_rendering


class StillNeeded(Exception):
    """A language or variant cannot be taken out. The text says why."""


def add_rendering(consultation, rendering, *, by, now):
    """Begin a language or variant. Before the first version people can choose it: so it cannot be published unfinished.

    Afterwards it is prepared beside the others, until somebody lets people choose it.
    """
    is_first = latest_version_id(consultation.questionnaire_id) is None
    return revise_draft(
        consultation,
        lambda newest: with_rendering(newest, rendering, is_offered=is_first),
        what=f"added {rendering_name(rendering)}",
        by=by,
        now=now,
    )


@transaction.atomic
def take_out_rendering(consultation, rendering, *, by, now, is_as_seen):
    """Take a language or variant out of the draft, with everything that was written in it.

    Raises StillNeeded, and surveys.revising.ChangedMeanwhile.
    """
    done = revise_draft(
        consultation,
        lambda newest: without_rendering(newest, rendering),
        what=f"took out {rendering_name(rendering)}",
        by=by,
        now=now,
        is_as_seen=is_as_seen,
    )
    # Asked behind the lock on the questionnaire: nothing is published meanwhile.
    if why := why_needed(consultation, rendering):
        raise StillNeeded(why)
    return done


def why_needed(consultation, rendering):
    """Why a language or variant cannot be taken out; "" where it can."""
    name = rendering_in_a_sentence(rendering)
    if number := responses_in(consultation.questionnaire_id, rendering):
        people = "1 person has" if number == 1 else f"{number:,} people have"
        return f"{people} answered in {name}. What they were asked stays."
    version_id = latest_version_id(consultation.questionnaire_id)
    if version_id and rendering in offered(published(version_id).definition):
        return f"People can choose {name} now. It stays until the consultation is over."
    return ""
