"""Paper forms for tests: of the demonstration and of small questionnaires, each drawn once in a process."""

from dataclasses import replace
from functools import cache

from consult.demonstration.facts import SLUGS, questionnaire_of
from consult.languages import speaking_on_paper
from consult.paper.equality_questions import paper_equality
from exports.paper.editions import EDITIONS
from exports.paper.facts import PaperFacts
from exports.paper.form import PaperForm, no_pictures
from surveys.definition import Borrowed

QUESTION_SET = "2026-1"
START = "https://consult.example/consultations/urgent-care/respond/"
ALL_FORMS = [
    *((slug, edition, "en") for slug in SLUGS for edition in ("standard", "large-print")),
    ("apms", "easy-read", "en"),
    *(("apms", edition, language) for edition in ("standard", "large-print") for language in ("pl", "ur")),
]
"""Every form of the three demonstration questionnaires: (slug, edition, language)."""


def facts(language="en", **more):
    """What is said around the questions; English where the form is not."""

    def in_english(text):
        return text if language == "en" else Borrowed(text, "en")

    return PaperFacts(
        **{
            "slug": "urgent-care",
            "version": 2,
            "title": in_english("Urgent care in Northbridge"),
            "organisation": in_english("Northbridge Health and Care Partnership"),
            "summary": in_english("Tell us what you think about the walk-in centre."),
            "still_open": in_english("No decision has been made yet."),
            "post_by": "Monday 8 March 2027",
            "closes": "11:59pm on Friday 12 March 2027",
            "phone": "01632 960 001",
            "start_address": START,
            "short_address": "https://consult.example/consultations/urgent-care/",
            "privacy": ("We use your answers to help us decide what to do.",),
            "next_steps": ("We will read every answer.",),
            "return_address": ("Consultation team", "1 Market Place", "Northbridge NB1 1AA"),
            "languages": (("pl", "Ten formularz po polsku: telefon 01632 960 001"), ("ur", "یہ فارم اردو میں")),
            "equality": paper_equality(QUESTION_SET),
        }
        | more
    )


def draw(definition, edition="standard", language="en", *, picture_file=no_pictures, **more):
    """A form of a questionnaire."""
    with speaking_on_paper(language):
        made_of = facts(language, **more)
        return PaperForm(definition, made_of, EDITIONS[edition], language, picture_file=picture_file).draw()


def alone(definition, edition="standard", language="en", **more):
    """A form without the questions about the person."""
    return draw(definition, edition, language, equality=None, **more)


@cache
def demonstration_form(slug, edition, language):
    """A form of the demonstration."""
    definition = questionnaire_of(slug)
    return draw(definition, edition, language, slug=slug, version=1, title=facts(language).title)


def in_language(definition, language):
    """A questionnaire that is offered in another language too, whether anything is translated or not."""
    return replace(definition, languages=(*definition.languages, language))
