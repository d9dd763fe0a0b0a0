"""Writes into a drawn PDF file what makes it accessible: the structure tree, links, bookmarks, language, title and
metadata.

Follows PDF/UA-1 (ISO 14289-1) on ISO 32000-1. Passing its machine checks is not the whole of it: reading order and
alternative texts still need a person to read them.
"""

from io import BytesIO

import pikepdf
from pikepdf import Array, Dictionary, Name, OutlineItem, String

from exports.formats.pdf.tags import Annotation, Element, TaggedCanvas


def write_structure(
    canvas: TaggedCanvas, root: Element, *, title: str, language: str, author: str, subject: str
) -> bytes:
    """Return the canvas's file with its structure. Cost: about 20 microseconds an element."""
    with pikepdf.open(BytesIO(canvas.finish())) as pdf:
        tree = _Tree(pdf, canvas)
        tree.write(root)
        _write_outline(pdf, canvas)
        _write_catalogue(pdf, language=language)
        _write_metadata(pdf, title=title, language=language, author=author, subject=subject)
        for font in pdf.objects:
            if isinstance(font, Dictionary) and font.get("/Type") == Name.Font and "/ToUnicode" in font:
                font.ToUnicode.write(_mended_unicode_table(font.ToUnicode.read_bytes()))
        stream = BytesIO()
        pdf.save(stream, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
        return stream.getvalue()


class _Tree:
    """Builds the structure tree and the parent tree, through which a reader finds the element that owns a piece of a
    page (14.7.4.4)."""

    def __init__(self, pdf: pikepdf.Pdf, canvas: TaggedCanvas) -> None:
        self._pdf, self._canvas = pdf, canvas
        self._pages = [page.obj for page in pdf.pages]
        self._owned: dict[tuple[int, int], pikepdf.Object] = {}
        self._link_parents: list[pikepdf.Object] = []

    def write(self, root: Element) -> None:
        tree = self._pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot))
        tree.K = self._element(root, tree)
        numbers: list[object] = []
        for index, page in enumerate(self._pages):
            page.StructParents = index
            page.Tabs = Name.S
            owned = [self._owned[index, number] for number in range(len(self._canvas.owners[index]))]
            numbers.extend([index, self._pdf.make_indirect(Array(owned))])
        for index, parent in enumerate(self._link_parents, start=len(self._pages)):
            numbers.extend([index, parent])
        tree.ParentTree = self._pdf.make_indirect(Dictionary(Nums=Array(numbers)))
        tree.ParentTreeNextKey = len(self._pages) + len(self._link_parents)
        self._pdf.Root.StructTreeRoot = tree

    def _element(self, element: Element, parent: pikepdf.Object) -> pikepdf.Object:
        """Write an element and all it holds."""
        written = self._pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name("/" + element.tag), P=parent))
        if element.alternative:
            written.Alt = String(element.alternative)
        if element.identifier:
            written.ID = String(element.identifier)
        if element.language:
            written.Lang = String(element.language)
        if element.attributes:
            written.A = Array([_attributes(owner, values) for owner, values in element.attributes.items()])
        first_page = next((kid[0] for kid in element.kids if isinstance(kid, tuple)), None)
        if first_page is not None:
            written.Pg = self._pages[first_page]
        written.K = Array([self._kid(kid, written, first_page) for kid in element.kids])
        return written

    def _kid(
        self, kid: Element | tuple[int, int] | Annotation, parent: pikepdf.Object, first_page: int | None
    ) -> pikepdf.Object | int:
        if isinstance(kid, Element):
            return self._element(kid, parent)
        if isinstance(kid, Annotation):
            return self._link(kid, parent)
        self._owned[kid] = parent
        if kid[0] == first_page:
            return kid[1]
        return Dictionary(Type=Name.MCR, Pg=self._pages[kid[0]], MCID=kid[1])

    def _link(self, annotation: Annotation, parent: pikepdf.Object) -> pikepdf.Object:
        """Write a link's annotation and a reference to it. It prints (flag 4) and says where it leads: PDF/UA-1, 7.18."""
        written = self._pdf.make_indirect(
            Dictionary(
                Type=Name.Annot,
                Subtype=Name.Link,
                Rect=Array([round(edge, 2) for edge in annotation.rectangle]),
                Border=Array([0, 0, 0]),
                F=4,
                Contents=String(annotation.words),
                StructParent=len(self._pages) + len(self._link_parents),
            )
        )
        if annotation.url.startswith("#"):
            target, y = self._canvas.places[annotation.url[1:]]
            written.Dest = Array([self._pages[target], Name.XYZ, 0, round(y, 2), 0])
        else:
            written.A = Dictionary(Type=Name.Action, S=Name.URI, URI=String(annotation.url))
        page = self._pages[annotation.page]
        if "/Annots" not in page:
            page.Annots = Array()
        page.Annots.append(written)
        self._link_parents.append(parent)
        return Dictionary(Type=Name.OBJR, Obj=written, Pg=page)


def _attributes(owner: str, values: dict[str, object]) -> Dictionary:
    written = Dictionary(O=Name("/" + owner))
    for key, value in values.items():
        if isinstance(value, str):
            written["/" + key] = Name("/" + value)
        else:
            written["/" + key] = Array(value) if isinstance(value, list) else value
    return written


def _write_outline(pdf: pikepdf.Pdf, canvas: TaggedCanvas) -> None:
    with pdf.open_outline() as outline:
        branches = [outline.root]
        for title, level, page, y in canvas.outline:
            item = OutlineItem(title, Array([pdf.pages[page].obj, Name.XYZ, 0, round(y, 2), 0]))
            del branches[level + 1 :]
            branches[-1].append(item)
            branches.append(item.children)


def _write_catalogue(pdf: pikepdf.Pdf, *, language: str) -> None:
    pdf.Root.Lang = String(language)
    pdf.Root.MarkInfo = Dictionary(Marked=True)
    pdf.Root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
    pdf.Root.PageMode = Name.UseOutlines


def _write_metadata(pdf: pikepdf.Pdf, *, title: str, language: str, author: str, subject: str) -> None:
    """Say what the file is. The author is the organisation: no person and no program's user is named."""
    for key in ("/CreationDate", "/ModDate", "/Author", "/Subject", "/Keywords", "/Creator", "/Trapped"):
        if key in pdf.docinfo:
            del pdf.docinfo[key]
    pdf.docinfo.Title = String(title)
    with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as metadata:
        metadata["dc:title"] = title
        metadata["dc:language"] = {language}
        if author:
            metadata["dc:creator"] = [author]
            pdf.docinfo.Author = String(author)
        if subject:
            metadata["dc:description"] = subject
            pdf.docinfo.Subject = String(subject)
        metadata["pdfuaid:part"] = "1"


def _mended_unicode_table(table: bytes) -> bytes:
    """Return a font's ToUnicode table (ISO 32000-1, 9.10.3) with two faults of reportlab's put right.

    Unused codes are mapped to U+0000, which PDF/UA-1 (7.21.7) forbids: left out. Characters past U+FFFF are written as
    one number of five digits where UTF-16 is meant. The rest is kept, in blocks of 100, the most that one may hold.
    """
    lines = table.decode("latin-1").split("\n")
    start = next(index for index, line in enumerate(lines) if line.endswith("beginbfchar"))
    end = lines.index("endbfchar")
    kept = [_in_utf_16(line) for line in lines[start + 1 : end] if not line.endswith("<0000>")]
    blocks = [kept[index : index + 100] for index in range(0, len(kept), 100)]
    body = [line for block in blocks for line in (f"{len(block)} beginbfchar", *block, "endbfchar")]
    return "\n".join(lines[:start] + body + lines[end + 1 :]).encode("latin-1")


def _in_utf_16(line: str) -> str:
    """Return the mapping "<code> <point>" with its point in UTF-16."""
    code, point = line.strip("<>").split("> <")
    return f"<{code}> <{chr(int(point, 16)).encode('utf-16-be').hex().upper()}>"
