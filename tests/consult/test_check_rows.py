"""The rows of the check page are kept as drawn for everybody, and show each person's own answers only."""

from datetime import timedelta

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from consult.check_rows import KEPT, answer_markup, check_rows
from consult.progress import Progress
from consult.templatetags.languages import answer_in_its_languages
from surveys.definition import Option, Statement
from surveys.drafts import begin_draft
from surveys.kinds import KINDS
from surveys.publishing import latest_version_id
from tests.builders import choice, comment, page, question, questionnaire
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


@given(st.text(st.characters(exclude_characters="\r"), min_size=1))
def test_an_answer_in_the_pages_language_is_drawn_as_any_answer_is(answer):
    assert answer_markup(answer, "en", True) == answer_markup(answer, "en", False)


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


def test_labels_that_are_not_translated_yet_are_marked_as_the_language_they_are_in():
    polish = {"en": "Bus", "pl": "Autobus"}
    labels = (Option(1, polish), Option(2, {"en": "A <walk>"}), Option(3, {"en": "Train"}))
    line = (Statement("near", {"en": "It is near", "pl": "Jest blisko"}), Statement("far", {"en": "It is far"}))
    asked = questionnaire(
        question("one", "one_choice", options=labels),
        question("many", "several_choices", options=labels),
        question("order", "ranking", options=labels),
        question("lines", "statements", options=labels, statements=line),
        question("times", "number", settings={"bands": [[0, None]], "unit": {"en": "times"}}),
        comment("why"),
    )
    given = {"one": 2, "many": [1, 2], "order": [3, 1], "lines": {"near": 1, "far": 2}, "times": 4, "why": "Bo\ntak"}
    shown = {"en": {}, "pl": {}}

    for language, found in shown.items():
        for each in asked.questions():
            said = KINDS[each.kind].describe(each, given[each.key], language)
            found[each.key] = answer_in_its_languages(said)

    def en(text):
        return f'<span lang="en-GB" dir="ltr">{text}</span>'

    assert shown["pl"] == {
        "one": en("A &lt;walk&gt;"),
        "many": f"Autobus; {en('A &lt;walk&gt;')}",
        "order": f"1. {en('Train')}<br>2. Autobus",
        "lines": f"Jest blisko: Autobus<br>{en('It is far')}: {en('A &lt;walk&gt;')}",
        "times": f"4 {en('times')}",
        "why": "Bo<br>tak",
    }
    assert shown["en"] == {
        "one": "A &lt;walk&gt;",
        "many": "Bus; A &lt;walk&gt;",
        "order": "1. Train<br>2. Bus",
        "lines": "It is near: Bus<br>It is far: A &lt;walk&gt;",
        "times": "4 times",
        "why": "Bo<br>tak",
    }
