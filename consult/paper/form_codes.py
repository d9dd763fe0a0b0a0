"""What a pile of paper forms is, told by the code at the foot of any of its pages, or by what somebody says of it."""

from dataclasses import dataclass

from django.utils.translation import get_language_info

from exports.paper.editions import EDITIONS
from exports.paper.facts import DRAFT
from exports.paper.form_code import FormCode, form_name, read_form_code
from surveys.models import Version
from surveys.publishing import published

STANDARD = "standard"
EDITION_OF_LETTER = {edition.letter: edition.name for edition in EDITIONS.values()}
IN_WORDS = {STANDARD: "standard print", "large-print": "large print", "easy-read": "easy read"}
"""Editions as they are told of forms, by their names."""


class OtherForm(Exception):
    """The code is of no form that can be keyed here; the message says what to do."""


@dataclass(frozen=True)
class Pile:
    """What forms are, all of a pile alike: the version, the language and the edition (a name of EDITIONS) they are printed in."""

    version_id: object
    language: str
    edition: str = STANDARD

    @property
    def variant(self):
        """Whose words they have, as responses are told apart: "easy_read", or "" for the standard words."""
        return EDITIONS[self.edition].variant


def pile_of(scanned, consultation):
    """The Pile that a code, scanned or typed, says. Raises OtherForm."""
    try:
        code, _ = read_form_code(scanned)
    except ValueError as error:
        raise OtherForm(str(error)) from error
    if code.name != form_name(consultation.slug):
        raise OtherForm(
            f"{scanned.strip()} is a form of another consultation. Forms of this one begin with {form_name(consultation.slug)}"
        )
    if code.version == DRAFT:
        raise OtherForm("This form is a draft, which nobody should have been sent. Ask the engagement lead")
    found = Version.objects.filter(questionnaire=consultation.questionnaire_id, number=code.version)
    version_id = found.values_list("pk", flat=True).first()
    if version_id is None:
        raise OtherForm(f"There is no version {code.version} of these questions. Look at the code again")
    definition = published(version_id).definition
    language = code.language or definition.languages[0]
    edition = EDITION_OF_LETTER.get(code.edition, "")
    if why_not(definition, language, edition):
        raise OtherForm(f"Version {code.version} was not printed like that. Look at the code again")
    return Pile(version_id, language, edition)


def why_not(definition, language, edition):
    """Why a version was never printed in a language and an edition, as a sentence; "" when it was."""
    if edition not in EDITIONS:
        return "Select how the forms are printed"
    if language not in definition.languages:
        return f"This version is not in {language_name(language)}"
    variant = EDITIONS[edition].variant
    if variant and (variant not in definition.variants or language != definition.languages[0]):
        return f"This version has no {IN_WORDS[edition]} form in {language_name(language)}"
    return ""


def code_of(batch):
    """What stands at the foot of a batch's forms, without a page."""
    written_in = published(batch.version_id).definition.languages[0]
    language = "" if batch.language == written_in else batch.language
    letter = EDITIONS[batch.edition].letter
    return FormCode(form_name(batch.consultation.slug), batch.version.number, letter, language)


def in_words(pile, number):
    """A pile in words: "V2, large print, in Polish". `number` is the version's."""
    return f"V{number}, {IN_WORDS[pile.edition]}, in {language_name(pile.language)}"


def kind_of_forms(batch):
    """What the forms of a batch are, in the same words."""
    return in_words(Pile(batch.version_id, batch.language, batch.edition), batch.version.number)


def language_name(code):
    """A language by its English name; its code where Django does not know it."""
    try:
        return get_language_info(code)["name"]
    except KeyError:
        return code
