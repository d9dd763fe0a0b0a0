"""What is sent as a scan and is none: bombs, pages, drawings with scripts, two files in one (threats.md F, T8). All are refused,
or come out as nothing but what they show."""

import struct
import sys
import zlib
from io import BytesIO

import pikepdf
import pytest
from django.urls import reverse
from PIL import Image, PngImagePlugin

from consult.models import AuditEvent, Role
from consult.paper import scan_reading, scans
from consult.paper.models import Scan
from consult.paper.scan_reading import ScanRefused, redrawn
from tests.consult import people
from tests.consult.batches import given_a_batch
from tests.consult.keying_pages import consultation
from tests.consult.scans import INK, document, picture, upload


def chunk(name, body):
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def bomb(side=50_000):
    """A PNG of a few kilobytes that says it is so many pixels wide and high."""
    head = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    pixels = zlib.compress(bytes(10_000_000), 9)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")


SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
PAGE = b"<!doctype html><script>alert(document.domain)</script>"
LOCKED = pikepdf.Encryption(owner="owner", user="")
REFUSED = {
    "nothing": (b"", scan_reading.EMPTY),
    "a bomb of pixels": (bomb(), scan_reading.TOO_MANY_PIXELS),
    "a page named .png": (PAGE, scan_reading.OTHER),
    "a drawing with a script": (SVG, scan_reading.OTHER),
    "a moving picture": (b"GIF89a" + bytes(50), scan_reading.OTHER),
    "a program": (b"MZ" + bytes(50), scan_reading.OTHER),
    "an archive": (b"PK\x03\x04" + bytes(50), scan_reading.OTHER),
    "a PDF behind something else": (PAGE + document(), scan_reading.OTHER),
    "the first bytes of a PNG": (b"\x89PNG\r\n\x1a\n" + PAGE, scan_reading.BROKEN),
    "the first bytes of a JPEG": (b"\xff\xd8\xff\xe0" + PAGE, scan_reading.BROKEN),
    "half a picture": (picture(size=(600, 800))[:-300], scan_reading.BROKEN),
    "half a PDF": (b"%PDF-1.7\n" + b"1 0 obj << /Type /Catalog", scan_reading.BROKEN),
    "a PDF of no page": (document(pages=0), scan_reading.BROKEN),
    "a PDF with a password": (document(encryption=pikepdf.Encryption(owner="a", user="b")), scan_reading.LOCKED),
    "a PDF that may not be copied": (document(encryption=LOCKED), scan_reading.LOCKED),
    "a book": (document(pages=scan_reading.MOST_PAGES + 1), scan_reading.TOO_MANY_PAGES),
}


@pytest.mark.parametrize("content, why", REFUSED.values(), ids=REFUSED.keys())
def test_what_is_no_scan_is_refused_with_what_to_do(content, why):
    with pytest.raises(ScanRefused, match=f"^{why}$"):
        redrawn(content)


def test_file_that_is_too_large_is_refused_before_it_is_read(monkeypatch):
    monkeypatch.setattr(scans, "read_apart", None)
    large = upload(b"")
    large.size = scan_reading.MOST_BYTES + 1

    with pytest.raises(ScanRefused, match=scan_reading.TOO_LARGE):
        scans.attach(None, large, consultation=None, by="clerk", now=None)


def test_process_apart_says_the_same_and_is_given_no_key(monkeypatch):
    monkeypatch.setenv("CONSULT_MASTER_KEY", "the key")
    given = {}
    run = scans.subprocess.run
    monkeypatch.setattr(scans.subprocess, "run", lambda command, **how: given.update(how) or run(command, **how))

    drawn = scans.read_apart(picture("jpeg", size=(30, 20)))
    with pytest.raises(ScanRefused, match=scan_reading.TOO_MANY_PIXELS):
        scans.read_apart(bomb())

    assert (drawn.kind, drawn.width, drawn.height, drawn.pages) == ("jpeg", 30, 20, 1)
    assert set(given["env"]) <= {"PATH", "LANG", "LC_ALL", "PYTHONPATH", "PYTHONUTF8"}


@pytest.mark.parametrize(
    "program", ["import time; time.sleep(60)", "raise SystemExit(137)"], ids=["hangs", "is killed"]
)
def test_process_that_hangs_or_dies_is_a_scan_that_cannot_be_opened(monkeypatch, program):
    run = scans.subprocess.run
    monkeypatch.setattr(scans.subprocess, "run", lambda command, **how: run([sys.executable, "-c", program], **how))
    monkeypatch.setattr(scans, "SECONDS", 0.5)

    with pytest.raises(ScanRefused, match=scan_reading.BROKEN):
        scans.read_apart(picture())


# What comes through -----------------------------------------------------------------------------------------------------
def secret_picture(kind):
    """A picture that tells where and with what it was taken, in every way it can."""
    exif = Image.Exif()
    exif[0x010E] = "canary description"
    exif.get_ifd(0x8825)[1] = "canary N"
    told = PngImagePlugin.PngInfo()
    told.add_text("Comment", "canary text")
    told.add_itxt("Author", "canary author")
    more = {"pnginfo": told} if kind == "png" else {"comment": b"canary comment"}
    return picture(kind, exif=exif, icc_profile=b"canary profile", **more) + b"<script>canary tail</script>"


@pytest.mark.parametrize("kind", ["png", "jpeg"])
def test_nothing_but_what_a_picture_shows_comes_through(kind):
    content = secret_picture(kind)
    assert content.count(b"canary") >= 4

    drawn = redrawn(content)

    assert b"canary" not in drawn.content
    shown = Image.open(BytesIO(drawn.content))
    assert (dict(shown.getexif()), shown.size) == ({}, (60, 80))
    assert (
        max(abs(ours - theirs) for ours, theirs in zip(shown.convert("RGB").getpixel((30, 40)), INK, strict=True)) < 8
    )


def test_picture_taken_sideways_is_put_upright():
    exif = Image.Exif()
    exif[0x0112] = 6

    drawn = redrawn(picture("jpeg", size=(80, 60), exif=exif))

    assert (drawn.width, drawn.height) == (60, 80)


def test_picture_of_too_many_dots_is_made_smaller_and_not_refused():
    drawn = redrawn(picture("png", size=(5_000, 2_500)))

    assert (drawn.width, drawn.height) == (scan_reading.LONGEST_SIDE, scan_reading.LONGEST_SIDE // 2)


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGBA", "I;16"])
def test_white_paper_stays_white_whatever_the_scanner_calls_it(mode):
    page = Image.new("L", (20, 20), 255)
    made = Image.new("I;16", (20, 20), 65535) if mode == "I;16" else page.convert(mode)
    stream = BytesIO()
    made.save(stream, "png")

    drawn = redrawn(stream.getvalue())

    assert Image.open(BytesIO(drawn.content)).convert("L").getextrema() == (255, 255)


def armed(pdf):
    """A PDF with something that acts wherever a PDF can have it, and what tells of its maker."""
    script = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=pikepdf.String("canary script"))
    pdf.Root.OpenAction = script
    pdf.Root.AA = pikepdf.Dictionary(WC=script)
    pdf.attachments["canary.html"] = pikepdf.AttachedFileSpec(pdf, b"canary attachment")
    pdf.docinfo["/Author"] = "canary author"
    page = pdf.pages[0]
    page.obj.AA = pikepdf.Dictionary(O=script)
    link = pikepdf.Dictionary(
        Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Link, Rect=[0, 0, 500, 500],
        A=pikepdf.Dictionary(S=pikepdf.Name.URI, URI=pikepdf.String("https://canary.example")),
    )  # fmt: skip
    page.obj.Annots = pdf.make_indirect([pdf.make_indirect(link)])
    page.obj.Metadata = pdf.make_stream(b"canary metadata")


def test_nothing_that_acts_and_nothing_that_tells_comes_through_a_pdf():
    content = document(change=armed, compress_streams=False, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    assert content.count(b"canary") >= 6

    drawn = redrawn(content + b"<script>canary tail</script>")

    assert b"canary" not in drawn.content
    with pikepdf.open(BytesIO(drawn.content)) as kept:
        assert (set(kept.Root.keys()), dict(kept.docinfo)) == ({"/Pages", "/Type"}, {})
        shown = kept.pages[0]
        shown.contents_coalesce()
        assert b"(Page 1) Tj" in shown.Contents.read_bytes()


def test_page_keeps_what_it_has_from_the_pages_above_it():
    def shared(pdf):
        del pdf.pages[0].obj["/MediaBox"]
        pdf.Root.Pages.MediaBox = [0, 0, 300, 400]

    drawn = redrawn(document(change=shared))

    with pikepdf.open(BytesIO(drawn.content)) as kept:
        assert list(map(int, kept.pages[0].mediabox)) == [0, 0, 300, 400]


# On the page ------------------------------------------------------------------------------------------------------------
@pytest.mark.django_db
@pytest.mark.parametrize("name", ["a bomb of pixels", "a page named .png", "nothing", "a PDF with a password"])
def test_page_says_what_to_do_and_keeps_nothing(own_files, name):
    content, why = REFUSED[name]
    clerk = people.signed_in(people.person("clerk", Role.CLERK))
    given_a_batch(consultation())
    address = reverse("batch-scans", kwargs={"slug": "care", "batch": 1, "number": 1})

    reply = clerk.post(address, {"file": upload(content)})

    assert (reply.status_code, why in reply.content.decode()) == (422, True)
    assert (Scan.objects.count(), AuditEvent.objects.filter(verb="scan attached").count()) == (0, 0)
    assert list(own_files.iterdir()) == []
