"""Correcting a document that is public: one person writes its next edition, another decides, and people are told of it."""

from django.db import transaction

from consult import audit
from consult.approval import Standing, lock
from consult.second_person.deciding import keep_decision, standing_of
from consult.second_person.models import DocumentCorrection
from consult.services import facts_about
from consult.stages import NotReady, Stage, stage_at
from surveys.text import clean_text

VERBS = ("correction approved", "correction sent back")
WORDS = ("title", "language", "body")
WHY = "Say why, for the record."
WHAT = "Say what was corrected, in words for the public."


def words_of(document):
    """What a document says, as `{title, language, body}`."""
    return {name: getattr(document, name) for name in WORDS}


def correction_standing(document):
    """How far the last correction of a document has got. It is void once the document is another."""
    request = document.corrections.select_related("document").first()
    return standing_of(request, is_as_asked=request is not None and request.before == words_of(document))


def waiting_correction(consultation):
    """The correction of the consultation's documents that has waited longest, as `approval.Approved`; None where none waits."""
    documents = consultation.documents.filter(corrections__decided_at=None, corrections__isnull=False).distinct()
    found = [correction_standing(document) for document in documents]
    waiting = [each for each in found if each.standing == Standing.WAITING]
    return min(waiting, key=lambda each: each.request.pk, default=None)


@transaction.atomic
def ask_for_correction(document, changes, *, reason, public_note, seen, by, now):
    """Ask for a document's next edition (`{field: value}`). `seen` is what it said when somebody began to write (`words_of`).

    Raises NotReady with what is missing, where it says something else by now, or where the consultation is no more than a draft.
    """
    consultation = document.consultation
    lock(consultation)
    document.refresh_from_db()
    before, reason, note = words_of(document), clean_text(reason), clean_text(public_note)
    missing = [task for text, task in ((reason, WHY), (note, WHAT)) if not text]
    after = before | {name: changes[name] for name in WORDS}
    if before != seen:
        missing = ["Somebody else changed it while you were writing. Look at it again."]
    elif after == before:
        missing = ["Nothing in it was changed."]
    if stage_at(facts_about(consultation), now) in (Stage.DRAFT, Stage.WITHDRAWN):
        missing = ["Only a document that is public is corrected in this way."]
    if missing:
        raise NotReady(missing)
    asked = DocumentCorrection.objects.create(
        consultation=consultation, document=document, before=before, **after, reason=reason, public_note=note,
        asked_by=audit.actor_of(by), asked_at=now,
    )  # fmt: skip
    detail = {"address": document.slug, "public note": note}
    audit.record("correction asked", consultation, team=consultation.team, by=by, at=now, reason=reason, detail=detail)
    return asked


@transaction.atomic
def decide_correction(consultation, *, seen, is_approved, by, now, words=""):
    """Keep a second person's decision on the correction that has waited longest; approving makes it public.

    The edition before is kept in the record. Raises NotYours and NotReady.
    """
    lock(consultation)
    found = waiting_correction(consultation)
    keep_decision(
        found and found.request, consultation=consultation, standing=found and found.standing, seen=seen,
        is_approved=is_approved, by=by, now=now, words=clean_text(words), verbs=VERBS,
    )  # fmt: skip
    request = found.request
    if is_approved:
        make_public(request, now=now)
    return request


def make_public(request, *, now):
    """The document in its next edition, in the name of whoever wrote it."""
    document, consultation = request.document, request.consultation
    for name in WORDS:
        setattr(document, name, getattr(request, name))
    document.save(update_fields=WORDS)
    detail = {
        "address": document.slug,
        "before": request.before,
        "after": words_of(document),
        "public note": request.public_note,
        "approved by": request.decided_by,
    }
    audit.record(
        "document corrected", consultation, team=consultation.team, by=request.asked_by, at=now, reason=request.reason,
        detail=detail,
    )  # fmt: skip


def corrections_told(document):
    """What was corrected in a document since it was published: `[(when, note)]`, oldest first. One query."""
    told = document.corrections.filter(is_approved=True).order_by("id")
    return list(told.values_list("decided_at", "public_note"))
