"""Commands on the documents that people can read beside a consultation, until it is published: from then on they stay."""

from django.db import transaction
from django.utils.text import slugify

from consult import audit
from consult.building import TooLate
from consult.models import Consultation, Document
from consult.services import facts_about
from consult.stages import Stage, stage_at

OWN_ADDRESSES = {"add"}
"""What stands behind /documents/ that is no document."""


class ChangedDocument(Exception):
    """Somebody else changed or took out what a form shows. Carries the `document` as it is now, or None; nothing was saved."""

    def __init__(self, document=None):
        super().__init__("Somebody else changed this while you were writing.")
        self.document = document


@transaction.atomic
def add_document(consultation, *, title, language, body, by, now):
    """A new document behind the others. Raises consult.building.TooLate."""
    lock(consultation, now=now)
    document = Document.objects.create(
        consultation=consultation,
        slug=free_slug(consultation, title),
        title=title,
        language=language,
        body=body,
        position=consultation.documents.count(),
    )
    record("document added", document, by=by, now=now)
    return document


@transaction.atomic
def change_document(document, changes, *, by, now, is_as_seen):
    """Give a document other words (`{field: value}`). Its address stays. Raises ChangedDocument and TooLate."""
    newest = locked(document, is_as_seen, now=now)
    changed = {name: value for name, value in changes.items() if getattr(newest, name) != value}
    for name, value in changed.items():
        setattr(newest, name, value)
    if changed:
        newest.save(update_fields=list(changed))
        record("document changed", newest, by=by, now=now, what=", ".join(changed))
    return newest


@transaction.atomic
def take_out_document(document, *, by, now, is_as_seen):
    """Take a document out. Raises ChangedDocument and TooLate."""
    newest = locked(document, is_as_seen, now=now)
    record("document taken out", newest, by=by, now=now)
    newest.delete()


@transaction.atomic
def move_document(document, *, further, seen, by, now):
    """A document so many places further down; at the ends it stays. `seen` are the slugs in the order that somebody saw.

    Raises ChangedDocument where that is not the order any more, and TooLate.
    """
    consultation = document.consultation
    lock(consultation, now=now)
    slugs = [each.slug for each in consultation.documents.all()]
    if slugs != list(seen) or document.slug not in slugs:
        raise ChangedDocument
    others = [slug for slug in slugs if slug != document.slug]
    place = min(max(slugs.index(document.slug) + further, 0), len(others))
    order = [*others[:place], document.slug, *others[place:]]
    for position, slug in enumerate(order):
        consultation.documents.filter(slug=slug).update(position=position)
    if order != slugs:
        record("document moved", document, by=by, now=now)
    return order


def lock(consultation, *, now):
    """Read a consultation again and lock it. Raises TooLate where it is published."""
    consultation.refresh_from_db(from_queryset=Consultation.objects.select_for_update().select_related("team"))
    if stage_at(facts_about(consultation), now) != Stage.DRAFT:
        raise TooLate


def locked(document, is_as_seen, *, now):
    """The document as it is now, if that is what somebody saw. Raises ChangedDocument and TooLate."""
    lock(document.consultation, now=now)
    newest = Document.objects.filter(pk=document.pk).select_related("consultation__team").first()
    if newest is None or not is_as_seen(newest):
        raise ChangedDocument(newest)
    return newest


def record(verb, document, *, by, now, **detail):
    """The audit row: about the consultation, whose author this makes of whoever acts."""
    consultation = document.consultation
    told = {"title": document.title, "address": document.slug} | detail
    audit.record(verb, consultation, team=consultation.team, by=by, at=now, detail=told)


def free_slug(consultation, title):
    """An address that no document of the consultation has, made of its title."""
    stem = slugify(title)[:40].strip("-") or "document"
    taken = {each.slug for each in consultation.documents.all()} | OWN_ADDRESSES
    return next(
        slug
        for number in range(1, len(taken) + 2)
        if (slug := stem if number == 1 else f"{stem}-{number}") not in taken
    )
