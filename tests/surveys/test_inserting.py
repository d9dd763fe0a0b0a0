"""One row by a statement built once: it is what the ORM would have kept, and its constraints hold."""

import json
import uuid
from datetime import UTC, datetime

import pytest
from django.db import IntegrityError, transaction
from django.forms.models import model_to_dict

from surveys.inserting import insert
from surveys.models import Channel, DraftResponse, Response
from tests.consultations import open_consultation, version_of

pytestmark = pytest.mark.django_db

SENT_AT = datetime(2027, 3, 1, 9, 30, 0, 123456, tzinfo=UTC)


def response(version_id, **fields):
    """A response with something awkward in every column."""
    return Response(
        **{
            "reference": uuid.uuid4().hex[:12],
            "receipt_digest": uuid.uuid4().bytes * 2,
            "submission_key": uuid.uuid4(),
            "version_id": version_id,
            "answers": {"why": 'Zażółć "gęślą"\n\u2028 😀 100 %s', "visits": 3, "none": None},
            "codes": b"\x00\xff%s",
            "channel": Channel.ONLINE,
            "submitted_at": SENT_AT,
        }
        | fields
    )


def kept(row):
    return {
        name: bytes(v) if isinstance(v, memoryview) else v for name, v in vars(type(row).objects.get(pk=row.pk)).items()
    }


def same_but_for(found, *names):
    return {name: value for name, value in found.items() if name not in (*names, "_state")}


def test_row_is_kept_as_the_orm_keeps_it():
    version_id = version_of(open_consultation())
    inserted, saved = response(version_id), response(version_id)

    insert(inserted)
    saved.save()

    unlike = ("id", "reference", "receipt_digest", "submission_key")
    assert same_but_for(kept(inserted), *unlike) == same_but_for(kept(saved), *unlike)
    assert kept(inserted)["answers"] == inserted.answers
    assert inserted.pk + 1 == saved.pk
    assert not inserted._state.adding


def test_row_that_brings_its_own_key_keeps_it():
    draft = DraftResponse(
        token_digest=b"d" * 32, version_id=version_of(open_consultation()), sealed=b"s", created_at=SENT_AT,
        updated_at=SENT_AT, expires_at=SENT_AT,
    )  # fmt: skip
    key = draft.pk

    insert(draft)

    assert draft.pk == key
    assert model_to_dict(DraftResponse.objects.get(pk=key), fields=["revision"]) == {"revision": 0}
    assert json.dumps(DraftResponse.objects.get().expires_at.isoformat()) == '"2027-03-01T09:30:00.123456+00:00"'


def test_row_that_is_there_already_is_refused_or_left_as_it_is():
    version_id = version_of(open_consultation())
    first = response(version_id)
    insert(first)
    again = response(version_id, submission_key=first.submission_key)

    with pytest.raises(IntegrityError), transaction.atomic():
        insert(again)
    insert(again, unless_there=True)

    assert again.pk is None
    assert list(Response.objects.values_list("reference", flat=True)) == [first.reference]
