"""A consultation's paper forms: which there are, drawing them, and keeping what was drawn.

A form depends on the version of the questionnaire, on what the consultation says around it, and on how forms are drawn. Drawn
ones are kept as files under names that say all of it, so that no page waits for a form that was drawn before, and none is given
out that is no longer right.
"""

import os
from dataclasses import dataclass
from pathlib import Path
from tempfile import NamedTemporaryFile

from django.conf import settings
from django.contrib.staticfiles import finders

from consult.languages import ON_PAPER, plain, speaking_on_paper
from consult.own_pictures.finding import body_of
from consult.paper.facts import paper_facts
from exports.paper.editions import EDITIONS
from exports.paper.facts import DRAFT
from exports.paper.form import PaperForm
from exports.paper.pages import TooTall
from exports.paper.scripts import MissingGlyphs
from surveys.publishing import PICTURES, latest_version_id, published
from surveys.renderings import told_in

DRAWING = 2
"""How forms are drawn. To be raised when forms drawn before look different from those drawn now."""
REFUSALS = (MissingGlyphs, TooTall)
"""What a form may be refused for: its message says what to do."""


@dataclass(frozen=True)
class Order:
    """One form that is wanted: an edition (a name of EDITIONS) in a language."""

    edition: str
    language: str

    @property
    def name(self):
        """What it is called in addresses: "large-print-ur"."""
        return f"{self.edition}-{self.language}"


@dataclass(frozen=True)
class KeptForm:
    """A form that was drawn: where its file is, how many pages and how many bytes it has."""

    order: Order
    path: Path
    pages: int
    size: int


def orders(definition):
    """Every form that a questionnaire can be printed as: each language in standard and large print, then the variants."""
    languages = [language for language in definition.languages if plain(language) in ON_PAPER]
    return [
        Order(edition.name, language)
        for edition in EDITIONS.values()
        for language in languages
        if not edition.variant or (edition.variant in definition.variants and language == definition.languages[0])
    ]


def find_order(definition, name):
    """The form of a questionnaire that is called so; None where there is none."""
    return next((order for order in orders(definition) if order.name == name), None)


def draw(consultation, definition, order, *, version):
    """Draw a form (`exports.paper.form.DrawnForm`). `version` is its number, DRAFT for the draft. Raises one of REFUSALS."""
    with speaking_on_paper(order.language):
        facts = paper_facts(
            consultation, version=version, language=order.language, told=told_in(definition, order.language)
        )
        edition = EDITIONS[order.edition]
        return PaperForm(definition, facts, edition, order.language, picture_file=pictures_for(consultation)).draw()


def draw_draft(consultation, definition, order):
    """The same of a questionnaire that is being written: marked on every page."""
    return draw(consultation, definition, order, version=DRAFT)


def pictures_for(consultation):
    """From the name of a picture's file to its bytes: one in the folder, or of its team's own; None where there is neither."""

    def picture_bytes(file):
        found = finders.find(PICTURES + file)
        return Path(found).read_bytes() if found else body_of(consultation.team_id, file)

    return picture_bytes


# Kept ---------------------------------------------------------------------------------------------------------------------


def published_orders(consultation):
    """The version that people answer now and its forms, as (`publishing.Published`, [Order]); (None, []) before there is one."""
    version_id = latest_version_id(consultation.questionnaire_id)
    if version_id is None:
        return None, []
    newest = published(version_id)
    return newest, orders(newest.definition)


def kept_form(consultation, newest, order):
    """The KeptForm of an order as it is now; None where it was not drawn yet. Draws nothing."""
    stem = stem_of(consultation, newest, order)
    return next((read_back(order, path) for path in folder_of(consultation).glob(f"{stem}.*.pdf")), None)


def form_to_give_out(consultation, newest, order):
    """The same, drawn now where it was not kept. Raises one of REFUSALS."""
    return kept_form(consultation, newest, order) or keep(consultation, newest, order)


def keep(consultation, newest, order):
    """Draw a form and keep it in place of those of the same name that are no longer right."""
    drawn = draw(consultation, newest.definition, order, version=newest.number)
    folder, stem = folder_of(consultation), stem_of(consultation, newest, order)
    folder.mkdir(parents=True, exist_ok=True)
    with NamedTemporaryFile(dir=folder, suffix=".part", delete=False) as part:
        part.write(drawn.written)
    path = folder / f"{stem}.{drawn.pages}.pdf"
    os.replace(part.name, path)
    for other in folder.glob(f"{order.name}.*.pdf"):
        if other != path:
            other.unlink(missing_ok=True)
    return read_back(order, path)


def keep_all(consultation):
    """Draw whatever is not kept of a consultation's forms. Yields each KeptForm, or (Order, refusal) for one that is refused."""
    newest, wanted = published_orders(consultation)
    for order in wanted:
        try:
            yield form_to_give_out(consultation, newest, order)
        except REFUSALS as refusal:
            yield order, refusal


def folder_of(consultation):
    return settings.PAPER_DIR / consultation.slug


def stem_of(consultation, newest, order):
    """The name of a form's file up to its number of pages: what it is, and what it was drawn of."""
    with speaking_on_paper(order.language):
        facts = paper_facts(
            consultation,
            version=newest.number,
            language=order.language,
            told=told_in(newest.definition, order.language),
        )
    return f"{order.name}.{str(newest.id)[:8]}-{facts.digest()}-{consultation.question_set}-{DRAWING}"


def read_back(order, path):
    """A file of the folder as a KeptForm."""
    return KeptForm(order, path, pages=int(path.suffixes[-2].removeprefix(".")), size=path.stat().st_size)
