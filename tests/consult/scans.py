"""Scans of paper forms for tests: files as a scanner leaves them, files that no scanner made, and attached ones."""

from io import BytesIO

import pikepdf
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from consult.paper.models import Scan
from consult.paper.scan_reading import redrawn
from consult.paper.scans import box_of, write_file
from tests.consult.batches import NOW

INK = (10, 20, 200)


def picture(kind="png", size=(60, 80), **more):
    """A page with ink in its middle."""
    page = Image.new("RGB", size, "white")
    page.paste(INK, (size[0] // 3, size[1] // 3, 2 * size[0] // 3, 2 * size[1] // 3))
    stream = BytesIO()
    page.save(stream, kind, **more)
    return stream.getvalue()


def document(pages=1, change=None, **saved):
    """A PDF of so many pages; `change` is given the document before it is saved."""
    stream = BytesIO()
    with pikepdf.new() as made:
        for number in range(pages):
            page = made.add_blank_page(page_size=(595, 842))
            page.contents_add(f"BT /F1 12 Tf 72 720 Td (Page {number + 1}) Tj ET".encode())
        if change:
            change(made)
        made.save(stream, **saved)
    return stream.getvalue()


def upload(content, name="scan.png"):
    """A file as a browser sends it."""
    return SimpleUploadedFile(name, content)


def given_a_scan(form, content=None, **fields):
    """A scan of a form, without going through the page or another process."""
    drawn = redrawn(content or picture())
    told = {"kind": drawn.kind, "width": drawn.width, "height": drawn.height, "pages": drawn.pages}
    scan = Scan.objects.create(**{"form": form, "attached_by": "clerk", "attached_at": NOW} | told | fields)
    write_file(scan.pk, box_of(form.batch.consultation).encrypt(drawn.content))
    return scan
