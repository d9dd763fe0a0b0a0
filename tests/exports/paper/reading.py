"""A PDF as a reader's program finds it: its elements in order with their words, and what is drawn on each page in which size."""

import io
import subprocess
from dataclasses import dataclass, field
from functools import lru_cache

import pikepdf

from tests.pdf_words import unicode_table


@dataclass(frozen=True)
class Drawn:
    """Some words as drawn: `owner` is (page, marked content number), None for what a reader passes over."""

    words: str
    size: float
    page: int
    owner: tuple[int, int] | None


@dataclass
class Spoken:
    """An element of the structure: its tag, its own words, the language they are in, the page it begins on, its elements."""

    tag: str
    language: str
    words: str = ""
    alternative: str = ""
    page: int | None = None
    kids: list["Spoken"] = field(default_factory=list)

    def walk(self):
        yield self
        for kid in self.kids:
            yield from kid.walk()


@lru_cache(maxsize=32)
def read(written):
    """The file's structure as a tree of Spoken."""
    with pikepdf.open(io.BytesIO(written)) as pdf:
        owned: dict[tuple[int, int], str] = {}
        for each in drawn_in(pdf):
            if each.owner:
                owned[each.owner] = owned.get(each.owner, "") + each.words
        pages = {page.obj.objgen: index for index, page in enumerate(pdf.pages)}
        return spoken_of(pdf.Root.StructTreeRoot.K, str(pdf.Root.Lang), owned, pages)


def spoken_of(node, language, owned, pages):
    language = str(node.get("/Lang", language))
    made = Spoken(str(node.S)[1:], language, alternative=str(node.get("/Alt", "")))
    kids = node.get("/K", [])
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, pikepdf.Dictionary) and kid.get("/Type") == "/StructElem":
            made.kids.append(spoken_of(kid, language, owned, pages))
            continue
        content = isinstance(kid, pikepdf.Dictionary)
        page = pages[(kid.Pg if content else node.Pg).objgen]
        made.words += owned.get((page, int(kid.MCID if content else kid)), "")
        made.page = page + 1 if made.page is None else made.page
    return made


@lru_cache(maxsize=32)
def drawn(written):
    """Everything drawn, in order."""
    with pikepdf.open(io.BytesIO(written)) as pdf:
        return list(drawn_in(pdf))


def drawn_in(pdf):
    for index, page in enumerate(pdf.pages):
        yield from drawn_on(page, index)


def drawn_on(page, index):
    """The words of a page, what stands for others (ActualText) as those."""
    fonts = {str(name): unicode_table(font) for name, font in page.Resources.get("/Font", {}).items()}
    font, size, marks, said = {}, 0.0, [], set()
    for operands, operator in pikepdf.parse_content_stream(page):
        sign = str(operator)
        if sign == "Tf":
            font, size = fonts[str(operands[0])], float(operands[1])
        elif sign in ("BDC", "BMC"):
            marks.append(operands[1] if sign == "BDC" else {})
        elif sign == "EMC":
            said.discard(len(marks))
            marks.pop()
        elif sign == "Tj":
            place = next((place for place, each in enumerate(marks, start=1) if "/ActualText" in each), 0)
            if place not in said:
                words = str(marks[place - 1]["/ActualText"]) if place else "".join(font[c] for c in bytes(operands[0]))
                yield Drawn(words, size, index + 1, owner_of(marks, index))
                said |= {place} - {0}


def owner_of(marks, index):
    return next(((index, int(each["/MCID"])) for each in marks if "/MCID" in each), None)


def pictures_of_pages(written, folder, *, resolution=200, last=10_000, foot=0.0):
    """The pages as PNG files, as a scanner or a camera would see them; of each the lowest part, where `foot` is a share of it."""
    path = folder / "form.pdf"
    path.write_bytes(written)
    height = resolution * 297 / 25.4
    part = ["-y", str(int(height * (1 - foot))), "-H", str(int(height * foot))] if foot else []
    command = ["pdftoppm", "-r", str(resolution), "-gray", "-png", "-l", str(last), *part, path, folder / "page"]
    subprocess.run(command, check=True)
    return sorted(folder.glob("page*.png"))
