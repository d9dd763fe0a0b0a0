"""The pile of paper forms that the demonstration begins with: every screen of a clerk has something on it."""

import json
from datetime import UTC, datetime

import pytest
from django.core.management import call_command

from consult.demonstration import loading, pile
from consult.demonstration.facts import facts_of
from consult.models import Consultation
from consult.paper.batches import balance_of
from consult.paper.keying import typed_of
from consult.paper.models import Batch
from surveys.keying import read_form
from surveys.models import Response
from surveys.paper_order import boxes_of, paper_form

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_files")]

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


@pytest.fixture
def batch():
    team, _ = loading.load_team()
    return pile.load_pile(loading.load_consultation(facts_of(pile.SLUG), team=team, now=NOW), now=NOW)


def test_pile_has_forms_keyed_begun_spoilt_and_to_key(batch):
    states = {str(state): forms for state, forms in balance_of(batch).by_state.items() if forms}

    assert states == {"keyed": 3, "begun": 1, "spoilt": 1, "waiting": 3}
    assert (batch.code, batch.opened_by, batch.closed_at) == ("B0001", "clerk", None)


def test_every_key_typed_is_one_that_the_form_has_and_nothing_needs_to_be_put_right(batch):
    definition = facts_of(pile.SLUG).questionnaire()
    sections = paper_form(definition)
    names = {box.name for box in boxes_of(sections)}

    read = [read_form(definition, sections, typed) for typed in pile.KEYED]

    unknown = {
        name for typed in (*pile.KEYED, pile.BEGUN) for name in typed if not name.startswith("equality-")
    } - names
    assert (unknown, [each.problems for each in read]) == (set(), [{}, {}, {}])


def test_form_is_opened_again_with_what_was_typed(batch):
    first = batch.forms.get(number=1)

    assert typed_of(first, batch.consultation) == pile.KEYED[0]
    assert Response.objects.get(reference=first.reference).answers["a9"] == {"keep": 1, "change": 3, "close": 5}


def test_loading_twice_gives_the_same_answers(batch):
    told = json.dumps(list(Response.objects.order_by("id").values_list("answers", flat=True)), sort_keys=True)
    Batch.objects.all().delete()
    Response.objects.all().delete()

    pile.load_pile(Consultation.objects.get(slug=pile.SLUG), now=NOW)

    again = json.dumps(list(Response.objects.order_by("id").values_list("answers", flat=True)), sort_keys=True)
    assert again == told


def test_seed_demo_lays_the_pile_on_the_desk():
    call_command("seed_demo", responses=5, quiet=True)

    assert list(Batch.objects.values_list("consultation__slug", "counted")) == [("apms", 8)]
