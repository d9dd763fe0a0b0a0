"""The rows of the check page are kept as drawn for everybody, and show each person's own answers only."""

from datetime import timedelta

import pytest
from django.utils import timezone

from consult.check_rows import KEPT, check_rows
from consult.progress import Progress
from surveys.drafts import begin_draft
from surveys.publishing import latest_version_id
from tests.builders import choice, comment, page, questionnaire
from tests.consultations import open_consultation

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _nothing_kept():
    KEPT.clear()


def rows_for(consultation, answers, *, problems=None):
    """The rows for somebody who gave these answers."""
    now = timezone.now()
    version = latest_version_id(consultation.questionnaire_id)
    draft = begin_draft(version, now=now, expires_at=now + timedelta(days=1))
    draft.answers.update(answers)
    return check_rows(Progress(draft), slug=consultation.slug, problems=problems or {})


def test_rows_are_drawn_once_and_hold_the_answers_of_whoever_looks():
    consultation = open_consultation(questionnaire(choice("place", "Alderbeck", "Wharf Road"), comment("why")))

    first = rows_for(consultation, {"place": 1, "why": "It is <near> & good\nand cheap"})
    second = rows_for(consultation, {"place": 2})

    assert len(KEPT) == 1
    assert "<bdi>Alderbeck</bdi>" in first
    assert "<bdi>It is &lt;near&gt; &amp; good<br>and cheap</bdi>" in first
    assert ("Alderbeck" in second, "near" in second) == (False, False)
    assert second == first.replace("<bdi>Alderbeck</bdi>", "<bdi>Wharf Road</bdi>").replace(
        "<bdi>It is &lt;near&gt; &amp; good<br>and cheap</bdi>", "Not answered"
    )


def test_questions_that_repeat_a_chosen_option_are_each_persons_own():
    asked = questionnaire(choice("place", "Alderbeck", "Wharf Road"), choice("next", text="What about {place}?"))
    consultation = open_consultation(asked)

    first, second = rows_for(consultation, {"place": 1}), rows_for(consultation, {"place": 2})

    assert ("What about Alderbeck?" in first, "What about Wharf Road?" in first) == (True, False)
    assert ("What about Alderbeck?" in second, "What about Wharf Road?" in second) == (False, True)


def test_nothing_is_kept_where_a_question_repeats_what_somebody_typed_or_something_is_wrong():
    repeating = questionnaire(comment("why"), page("next", choice("more", text="You said {why}. Is there more?")))
    typed = rows_for(open_consultation(repeating), {"why": "the bus"})
    plain = open_consultation(questionnaire(choice("place", "Here", "There")), slug="plain")
    wrong = rows_for(plain, {}, problems={"place": ["Choose a place"]})

    assert "You said the bus. Is there more?" in typed
    assert "Choose a place" in wrong
    assert KEPT == {}
