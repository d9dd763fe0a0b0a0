"""A whole paper form: covers, questions, questions about the person, blank pages to make up a booklet, as one tagged PDF.

Routes name page numbers, and their words move what stands below them: so the form is made up again until the numbers hold.
"""

from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext

from exports.formats.pdf.structure import write_structure
from exports.formats.pdf.tags import TaggedCanvas
from exports.paper.about_you import ABOUT_YOU, about_you_intro, about_you_items
from exports.paper.composing import FRAME_HEIGHT, PAGE_HEIGHT, PAGE_WIDTH, Composer
from exports.paper.contents import Contents, Item
from exports.paper.covers import THANKS, Covers
from exports.paper.editions import Edition, Size
from exports.paper.facts import PaperFacts
from exports.paper.foot import PageFrame
from exports.paper.form_code import FormCode, form_name
from exports.paper.pages import PageMaker, Placed, TooTall
from exports.paper.pictures import PictureFile
from exports.paper.questions import END, QuestionBlocks
from exports.paper.scripts import MissingGlyphs, load_fonts
from surveys.definition import Definition
from surveys.renderings import questionnaire_as_asked

MOST_PASSES: Final = 6
"""Times that a form is made up. Three are the most that any has needed."""
SHEET: Final = 4
"""Pages on one folded sheet of a booklet."""
BACK: Final = "back cover"


class Unsettled(RuntimeError):
    """The page numbers of a form's routes would not hold still. It has never been seen."""


@dataclass(frozen=True)
class DrawnForm:
    """A form as a file: its bytes, its number of pages, its code, and where each question came to stand."""

    written: bytes
    pages: int
    code: FormCode
    placed: tuple[Placed, ...]


@dataclass(frozen=True)
class MadeUp:
    """One pass: the pages, the structure that drawing them fills, and the page of each anchor."""

    maker: PageMaker
    composer: Composer
    page_of: dict[str, int]


def no_pictures(file: str) -> None:
    """For a form without pictures."""


class PaperForm:
    """The paper form of a questionnaire in one edition and language. Must be drawn while the service speaks that language."""

    def __init__(
        self,
        definition: Definition,
        facts: PaperFacts,
        edition: Edition,
        language: str,
        *,
        picture_file: PictureFile = no_pictures,
    ) -> None:
        self.facts, self.edition, self.language, self.picture_file = facts, edition, language, picture_file
        self.contents = Contents(questionnaire_as_asked(definition, edition.variant), language, variant=edition.variant)
        first = definition.languages[0]
        self.code = FormCode(
            form_name(facts.slug), facts.version, edition.letter, "" if language == first else language
        )
        self.items = list(self.contents.items())
        self.numbers = dict(self.contents.numbers)
        self.about_you: list[Item] = []
        if facts.equality:
            first_number = len(self.numbers) + 1
            self.about_you, contents = about_you_items(facts.equality, language, first_number=first_number)
            self.numbers |= contents.numbers

    def draw(self) -> DrawnForm:
        """The form as a tagged PDF. Raises MissingGlyphs, TooTall, FontsMissing. About 1 s for 30 questions."""
        load_fonts()
        made = self._best()
        pages = made.maker.pages
        canvas = TaggedCanvas(page_size=(PAGE_WIDTH, PAGE_HEIGHT))
        frame = PageFrame(made.composer, self.code, self.facts.mark, self.facts.is_draft)
        for number, page in enumerate(pages, start=1):
            frame.draw(canvas, page, number=number, of=len(pages))
        if made.composer.typesetter.missing:
            raise MissingGlyphs(made.composer.typesetter.missing, self.language)
        kind = gettext("paper form")
        written = write_structure(
            canvas,
            made.composer.root,
            title=f"{self.facts.title}: {kind} {self.code}",
            language="en-GB" if self.language == "en" else self.language,
            author=self.facts.organisation,
            subject=self.edition.label,
        )
        return DrawnForm(written, len(pages), self.code, tuple(made.maker.placed))

    def _best(self) -> MadeUp:
        """The form with the widest spacing of those that need the fewest sheets."""
        return min(
            (self._settled(size) for size in self.edition.size.spacings()), key=lambda made: len(made.maker.pages)
        )

    def _settled(self, size: Size) -> MadeUp:
        """The form made up with page numbers that it keeps."""
        page_of: dict[str, int] = {}
        for _ in range(MOST_PASSES):
            made = self._made_up(size, page_of)
            if missing := made.composer.typesetter.missing:
                raise MissingGlyphs(missing, self.language)
            if made.page_of == page_of:
                return made
            page_of = made.page_of
        raise Unsettled(f"{self.code} was made up {MOST_PASSES} times")

    def _made_up(self, size: Size, page_of: dict[str, int]) -> MadeUp:
        """One pass over the form, whose routes name these pages."""
        composer = Composer.of(size, self.language, page_of)
        covers = Covers(composer, self.facts, self.edition)
        questions = QuestionBlocks(
            composer, numbers=self.numbers, picture_file=self.picture_file, halves=self.edition.halves
        ).with_room_for([*self.items, *self.about_you])
        maker = PageMaker(FRAME_HEIGHT)
        maker.put(covers.front())
        if len(maker.pages) == 1:
            maker.turn()
        maker.put(covers.inside())
        maker.turn()
        maker.put(questions.blocks(self.items))
        if self.about_you and self.facts.equality:
            # These begin on a page on the right, so that they can be taken out.
            if len(maker.pages) % 2:
                maker.put([covers.blank()])
            maker.turn()
            maker.put(about_you_intro(composer, self.facts.equality))
            maker.put(questions.blocks(self.about_you))
        fits_the_back = self._thanks_fit_the_back(size)
        maker.put([] if fits_the_back else covers.thanks())
        while (len(maker.pages) + 1) % SHEET:
            maker.put([covers.blank()])
        maker.turn()
        maker.put(covers.back())
        maker.put(covers.thanks() if fits_the_back else [])
        if len(maker.pages) % SHEET:
            raise TooTall("")  # The return address has more lines than a page.
        found = {placed.anchor: placed.pages[0] for placed in maker.placed}
        return MadeUp(maker, composer, found | {END: found.get(ABOUT_YOU, found[THANKS])})

    def _thanks_fit_the_back(self, size: Size) -> bool:
        """Whether what happens next has room below the return address. Where it has not, it comes before the blank pages."""
        alone = PageMaker(FRAME_HEIGHT)
        covers = Covers(Composer.of(size, self.language, {}), self.facts, self.edition)
        alone.put([*covers.back(), *covers.thanks()])
        return len(alone.pages) == 1
