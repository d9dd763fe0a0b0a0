"""What stands on a form: instructions, routes with their pages, repeated pages, piped words, covers, and hostile words."""

import io

import pikepdf
import pytest

from exports.paper.contents import Asked, Contents, Heading, Round
from exports.paper.instructions import instruction
from exports.paper.pages import TooTall
from surveys.definition import Option
from surveys.kinds import KINDS
from tests.builders import (
    choice,
    comment,
    for_each,
    number,
    page,
    question,
    questionnaire,
    ranking,
    scale,
    several,
    statements,
    when,
)
from tests.exports.paper.forms import alone, draw
from tests.exports.paper.reading import drawn, read
from tests.exports.samples import HOSTILE

YES_THEN_WHY = questionnaire(
    choice("car", "Yes", "No"), page("more", comment("why"), shown_if=when("car", 1)), comment("rest")
)


def words(form):
    """The words of each element, in order."""
    return [element.words.replace("\u00a0", " ").strip() for element in read(form.written).walk() if element.words]


def told(question):
    return instruction(question, KINDS[question.kind].paper_controls(question))


@pytest.mark.parametrize(
    "asked, says",
    [
        (choice("a"), "Tick one box only."),
        (scale("a"), "Tick one box only."),
        (several("a"), "Tick all that apply."),
        (several("a", settings={"most": 3}), "Tick up to 3 boxes."),
        (statements("a"), "Tick one box only for each statement."),
        (ranking("a"), "Write 1, 2 and 3. Number 1 is your first choice."),
        (ranking("a", settings={"places": 1}), "Write 1 in the box of your first choice."),
        (ranking("a", settings={"places": 2}), "Write 1 and 2. Number 1 is your first choice."),
        (ranking("a", settings={"places": 4}), "Write the numbers 1 to 4. Number 1 is your first choice."),
        (number("a"), "Write a number in the box."),
        (question("a", "short_text"), "Write your answer in the box."),
        (
            comment("a"),
            "Write your answer in the box. Use more paper if you need to. Write the question number on it.",
        ),
        (question("a", "date"), "Write the date in numbers, like 27 3 2027."),
        (
            question("a", "postcode"),
            "Write one letter or number in each box. You can give just the first part.",
        ),
    ],
)
def test_every_question_says_what_to_do(asked, says):
    assert told(asked) == says


def test_route_is_told_beside_the_option_and_above_the_question():
    form = questionnaire(choice("car"), page("more", choice("why"), shown_if=when("car", 1)), choice("rest"))
    said = words(alone(form))

    assert "No ▸ Go to question 3" in said
    assert "Only answer question 2 if you ticked “Yes” at question 1." in said


def test_route_names_the_page_it_leads_to_where_that_is_another():
    form = questionnaire(
        choice("car", "Yes", "No"),
        page("more", comment("why"), comment("how"), comment("when"), shown_if=when("car", 1)),
        comment("rest"),
    )

    assert "No ▸ Go to question 5 on page 5" in words(alone(form))


def test_route_past_the_last_question_leads_to_the_questions_about_the_person():
    form = questionnaire(choice("car", "Yes", "No"), page("more", comment("why"), shown_if=when("car", 1)))
    drawn_form = draw(form)
    intro = next(e for e in read(drawn_form.written).walk() if e.words == "Questions about you")

    assert f"No ▸ Go to page {intro.page}" in words(drawn_form)


def test_options_for_some_say_for_whom():
    sites = (
        Option(1, {"en": "North"}, shown_if=when("town", 1)),
        Option(2, {"en": "North-west"}, shown_if=when("town", 1)),
        Option(3, {"en": "None of these"}),
    )
    said = words(alone(questionnaire(choice("town", "A", "B"), question("site", options=sites))))

    assert said.count("Only choose from these if you ticked “A” at question 1.") == 1


def test_words_that_repeat_an_answer_make_sense_on_paper():
    form = questionnaire(
        choice("who", "Ash", "Oak"),
        comment("a", text="What does {who|your practice} do well?"),
        comment("b", text="What about {who}?"),
    )
    asked = [item.text for item in Contents(form, "en").items() if isinstance(item, Asked)]

    assert asked == ["What about who?", "What does your practice do well?", "What about your answer to question 1?"]


def repeated(*labels, most):
    return questionnaire(
        several("used", *labels),
        page(
            "wait",
            choice("wait", text="{item}: how long?"),
            comment("why", text="Why {item}?"),
            repeat=for_each("used", most=most),
        ),
        comment("rest"),
    )


def test_pages_for_few_items_are_printed_for_each_by_name():
    items = list(Contents(repeated("Eyes", "Skin", most=2), "en").items())

    assert [(item.text, item.reading) for item in items if isinstance(item, Round)] == [
        ("Eyes", ("Only answer questions 2 to 3 here if you ticked “Eyes” at question 1.",)),
        ("Skin", ("Only answer questions 2 to 3 here if you ticked “Skin” at question 1.",)),
    ]
    assert [(item.anchor, item.text) for item in items if isinstance(item, Asked)][1:5] == [
        ("wait#1", "Eyes: how long?"),
        ("why#1", "Why Eyes?"),
        ("wait#2", "Skin: how long?"),
        ("why#2", "Why Skin?"),
    ]


def test_pages_for_many_items_are_printed_as_often_as_they_are_asked_at_most():
    items = list(Contents(repeated("Eyes", "Skin", "Bones", most=2), "en").items())
    rounds = [item for item in items if isinstance(item, Round)]

    assert [item.text for item in rounds] == [
        "About the first answer you ticked at question 1",
        "About the second answer you ticked at question 1",
    ]
    assert rounds[1].reading == (
        "Only answer questions 2 to 3 again here if you ticked 2 or more answers at question 1.",
        "This time, answer about the next answer that you ticked.",
    )
    assert [item.text for item in items if isinstance(item, Asked)][1:3] == [
        "How long?",
        "Why the answer you ticked above?",
    ]


def test_hint_that_only_repeats_the_instruction_is_left_out():
    asked = several("a", hint={"en": "Select all that apply."})
    (_, item) = Contents(questionnaire(asked), "en").items()

    assert item.hint == ""


def test_questionnaire_without_sections_has_a_heading_above_its_questions():
    assert next(Contents(questionnaire(choice("a")), "en").items()) == Heading("Questions", 2)


def test_cover_says_who_asks_by_when_to_post_and_how_else_to_answer():
    said = words(alone(YES_THEN_WHY))

    for part in (
        "Northbridge Health and Care Partnership",
        "Urgent care in Northbridge",
        "Post it by Monday 8 March 2027 so it reaches us in time.",
        "consult.example/consultations/urgent-care",
        "Phone: 01632 960 001 (Relay UK: 18001 then the number)",
        "Ten formularz po polsku: telefon 01632 960 001",
        "یہ فارم اردو میں",
        "The small numbers next to the boxes are for our staff.",
        "If you make a mistake, cross it out and tick the right box.",
        "Do not write your name, or who anyone else is.",
    ):
        assert part in said
    assert any(part.startswith("This form has no name and no number of its own.") for part in said)


def test_office_box_and_codes_are_for_staff_and_passed_over_by_readers():
    passed_over = {each.words.strip() for each in drawn(alone(YES_THEN_WHY).written) if each.owner is None}

    assert {"Office use", "Batch", "Form", "URGENT-CARE-V2-P01", "Page 1 of 8"} <= passed_over


@pytest.mark.parametrize(
    "address, says",
    [
        (("Freepost NB CONSULT",), "You do not need a stamp."),
        (("1 Market Place", "Northbridge"), "You need a stamp. If that is a problem, phone us."),
    ],
)
def test_only_a_freepost_address_needs_no_stamp_and_it_is_printed_as_it_is(address, says):
    said = words(alone(YES_THEN_WHY, return_address=address))

    assert says in said
    assert "".join(address) in "".join(said)


def test_draft_is_marked_on_every_page():
    form = alone(YES_THEN_WHY, version=0, mark="Draft: do not post")
    marked = {each.page for each in drawn(form.written) if each.words == "Draft: do not post"}

    assert marked == set(range(1, form.pages + 1))
    assert str(form.code) == "URGENT-CARE-V0"


def test_published_form_has_no_mark_across_its_pages():
    assert not any("Draft" in each.words for each in drawn(alone(YES_THEN_WHY).written))


@pytest.mark.parametrize("hostile", [text for text in HOSTILE if text.isascii()])
def test_hostile_words_are_printed_as_they_are(hostile):
    """C6, C7."""
    form = alone(
        questionnaire(choice("a", hostile, "No", text=hostile, hint={"en": hostile})), title=hostile, summary=hostile
    )

    assert form.pages % 4 == 0
    assert "/EmbeddedFiles" not in form.written.decode("latin-1")


@pytest.mark.parametrize("endless", ["word " * 40_000, "\n" * 20_000 + "x", "x" * 100_000])
def test_words_that_no_page_holds_are_refused_by_the_question_they_stand_in(endless):
    """C8."""
    with pytest.raises(TooTall, match="the question “a” has words that are longer than a page"):
        alone(questionnaire(choice("a", text=f"Why {endless}?")))


def test_file_says_its_title_who_asks_and_its_language():
    with pikepdf.open(io.BytesIO(alone(questionnaire(choice("a"))).written)) as pdf:
        assert str(pdf.docinfo.Title) == "Urgent care in Northbridge: paper form URGENT-CARE-V2"
        assert str(pdf.docinfo.Author) == "Northbridge Health and Care Partnership"
        assert str(pdf.Root.Lang) == "en-GB"
        assert bool(pdf.Root.MarkInfo.Marked)
