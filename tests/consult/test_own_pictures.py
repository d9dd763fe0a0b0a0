"""A team's own pictures for easy read: what is kept of a file, hostile files, who may see one, and where it is shown."""

import struct
import zlib
from datetime import timedelta
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from PIL import Image, ImageDraw
from PIL.PngImagePlugin import PngInfo

from consult.models import AuditEvent
from consult.own_pictures.models import OwnPicture
from consult.own_pictures.redrawing import MOST_BYTES, SIDE, PictureRefused, redrawn
from consult.paper.printed_forms import pictures_for
from consult.preview_links import make_link
from surveys.definition_json import to_json
from surveys.publishing import draft_problems, publish
from surveys.renderings import recorded
from surveys.revising import draft_of
from surveys.translating import with_picture, with_texts
from tests.builders import choice, page, questionnaire
from tests.consult.building import builder
from tests.consult.people import lead, signed_in, team

pytestmark = pytest.mark.django_db


def picture(size=(300, 200), mode="RGB", colour="red"):
    return Image.new(mode, size, colour)


def file_of(image, sort="PNG", **how):
    written = BytesIO()
    image.save(written, sort, **how)
    return written.getvalue()


def read_back(raw):
    return Image.open(BytesIO(redrawn(raw)[0]))


# What is kept of a file ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("sort", ["PNG", "JPEG", "WEBP"])
def test_a_picture_is_drawn_anew_and_made_small(sort):
    body, extension = redrawn(file_of(picture((1_600, 800)), sort))

    found = Image.open(BytesIO(body))
    assert found.size == (SIDE, SIDE // 2)
    assert extension == {"PNG": "png", "JPEG": "jpg"}[found.format]
    red, green, blue = found.convert("RGB").getpixel((100, 100))
    assert (red > 240, green < 15, blue < 15) == (True, True, True)


def test_nothing_of_a_file_but_its_pixels_is_kept():
    exif = Image.Exif()
    exif[0x010E] = "CANARY where I live"
    exif[0x8825] = {1: "N", 2: (51.0, 30.0, 0.0)}
    words = PngInfo()
    words.add_text("Comment", "CANARY in words")

    for raw in (
        file_of(picture(), "JPEG", exif=exif, comment=b"CANARY in a comment"),
        file_of(picture(), "PNG", pnginfo=words, exif=exif),
        file_of(picture(), "WEBP", exif=exif, xmp=b"CANARY xmp"),
        file_of(picture()) + b"CANARY behind the end <script>alert(1)</script>",
    ):
        assert b"CANARY" in raw
        body, _ = redrawn(raw)
        assert b"CANARY" not in body
        assert b"script" not in body
        assert dict(Image.open(BytesIO(body)).getexif()) == {}


def test_a_photograph_taken_on_its_side_stands_upright():
    exif = Image.Exif()
    exif[0x0112] = 6

    assert read_back(file_of(picture((400, 200)), "JPEG", exif=exif)).size == (200, 400)


def test_what_one_can_see_through_becomes_white():
    seen_through = Image.new("RGBA", (50, 50), (0, 0, 0, 0))
    ImageDraw.Draw(seen_through).rectangle((0, 0, 10, 10), fill=(0, 0, 255, 255))

    found = read_back(file_of(seen_through)).convert("RGB")
    assert found.getpixel((40, 40)) == (255, 255, 255)
    assert found.getpixel((5, 5)) == (0, 0, 255)


def bomb(width, height):
    """A PNG of a few bytes that says it has so many dots."""

    def chunk(name, data):
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    body = zlib.compress(b"\0" * 100)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", body) + chunk(b"IEND", b"")


def moving():
    frames = [picture(colour=colour) for colour in ("red", "blue")]
    return file_of(frames[0], "PNG", save_all=True, append_images=frames[1:])


def text_bomb():
    """A PNG whose compressed words become 100 megabytes."""
    words = PngInfo()
    words.add_text("Comment", "a" * 100_000_000, zip=True)
    return file_of(picture(), pnginfo=words)


HOSTILE = {
    "nothing": b"",
    "words": b"Hello, I am a picture",
    "svg": b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
    "html": b"<html><script>alert(1)</script></html>",
    "gif": file_of(picture(), "GIF"),
    "tiff": file_of(picture(), "TIFF"),
    "postscript": b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n(x) run\n",
    "cut off": file_of(picture((900, 900)), "JPEG")[:900],
    "cut off png": file_of(picture())[:60],
    "bomb": bomb(30_000, 30_000),
    "greater bomb": bomb(2**31 - 1, 2**31 - 1),
    "no dots": bomb(0, 0),
    "too many dots": bomb(5_001, 5_000),
    "lies about its dots": bomb(4_000, 4_000)[:-30],
    "moving": moving(),
    "broken head": b"\x89PNG\r\n\x1a\n" + b"\xff" * 200,
    "broken jpeg": b"\xff\xd8\xff\xe0" + b"\0" * 300,
    "broken webp": b"RIFF\xff\xff\xff\xffWEBPVP8X" + b"\xff" * 100,
    "too large": b"\x89PNG\r\n\x1a\n" + b"\0" * MOST_BYTES,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_refused_with_words(name):
    with pytest.raises(PictureRefused) as refusal:
        redrawn(HOSTILE[name])

    assert str(refusal.value).startswith("The picture ")


def test_words_that_unpack_to_very_many_are_refused_or_left_out():
    try:
        body, _ = redrawn(text_bomb())
    except PictureRefused:
        return
    assert len(body) < 10_000


# Bringing one -------------------------------------------------------------------------------------------------------------

PLAN = questionnaire(page("one", choice("a", text="How do you travel?")))


@pytest.fixture
def leading():
    """A lead whose draft has an easy read."""
    found = builder(PLAN)
    client = found.client
    client.post(f"/staff/{found.consultation.slug}/languages/add/", {"rendering": "easy_read"})
    found.consultation.refresh_from_db()
    return found


def upload(leading, raw=None, *, name="Me at home.PNG", shows="A bus"):
    raw = file_of(picture()) if raw is None else raw
    file = SimpleUploadedFile(name, raw, content_type="image/png")
    return leading.client.post(
        f"/staff/{leading.consultation.slug}/languages/pictures/", {"file": file, "shows": shows}
    )


def pages(leading):
    return leading.client.get(f"/staff/{leading.consultation.slug}/languages/pictures/").content.decode()


def test_a_lead_adds_a_picture_that_is_recorded_and_listed_under_no_name_of_the_file(leading):
    assert upload(leading).status_code == 302

    (kept,) = OwnPicture.objects.all()
    assert (kept.shows, kept.team, kept.extension) == ("A bus", leading.consultation.team, "png")
    event = AuditEvent.objects.get(verb="picture added")
    assert event.actor == kept.added_by
    assert "A bus" in pages(leading)
    assert f"/pictures/{kept.file}" in pages(leading)
    assert "Me at home" not in pages(leading)


def test_a_picture_needs_words_for_people_who_cannot_see_it(leading):
    refused = upload(leading, shows="  ")

    assert refused.status_code == 422
    assert "Write what the picture shows, for people who cannot see it" in refused.content.decode()
    assert not OwnPicture.objects.exists()


@pytest.mark.parametrize("name", ["svg", "bomb", "cut off", "too large"])
def test_what_is_wrong_with_a_file_is_said_on_the_page_and_nothing_is_kept(leading, name):
    refused = upload(leading, HOSTILE[name])

    assert refused.status_code == 422
    assert "The picture " in refused.content.decode()
    assert not OwnPicture.objects.exists()


# Showing one --------------------------------------------------------------------------------------------------------------


def shown(leading):
    """A picture of the lead's, put beside the question."""
    upload(leading)
    kept = OwnPicture.objects.get()
    held = leading.consultation.questionnaire
    held.refresh_from_db()
    definition = with_picture(draft_of(held), "easy_read", "a", file=kept.file, alt="A bus that stops")
    held.draft = to_json(definition)
    held.save()
    return kept


def test_a_picture_can_be_chosen_beside_easy_read_words_by_its_own_team_alone(leading):
    upload(leading)
    kept = OwnPicture.objects.get()
    theirs = OwnPicture.objects.create(
        team=team("Southbridge"), file="own-0123456789abcdef.png", shows="A secret", body=b"x", added_by="x",
        added_at=timezone.now(),
    )  # fmt: skip

    text = leading.client.get(f"/staff/{leading.consultation.slug}/languages/easy_read/page/one/").content.decode()

    assert f'value="{kept.file}"' in text
    assert theirs.file not in text


def test_a_picture_is_seen_by_its_team_alone_until_a_public_questionnaire_shows_it(leading):
    kept, stranger = shown(leading), signed_in(lead("stranger", of=team("Southbridge")))
    address = f"/pictures/{kept.file}"

    ours = leading.client.get(address)
    assert (ours.status_code, ours["Cache-Control"], ours["Content-Type"]) == (200, "no-store", "image/png")
    assert ours["X-Content-Type-Options"] == "nosniff"
    assert ours.content == bytes(kept.body)
    assert [client.get(address).status_code for client in (Client(), stranger)] == [404, 404]

    publish_now(leading)

    found = Client().get(address)
    assert (found.status_code, found["Cache-Control"]) == (200, "public, max-age=31536000, immutable")
    assert (found["X-Content-Type-Options"], found.cookies.output()) == ("nosniff", "")


def test_a_picture_that_a_public_consultation_does_not_show_stays_with_its_team(leading):
    upload(leading)
    publish_now(leading)

    assert Client().get(f"/pictures/{OwnPicture.objects.get().file}").status_code == 404


def test_whoever_has_a_link_to_a_draft_sees_its_pictures_while_the_link_works(leading):
    kept, now = shown(leading), timezone.now()
    link = make_link(leading.consultation, days=1, for_whom="", by="x", now=now)

    found = Client().get(f"/pictures/{kept.file}")
    assert (found.status_code, found["Cache-Control"]) == (200, "no-store")

    link.delete()
    assert Client().get(f"/pictures/{kept.file}").status_code == 404


def publish_now(leading):
    """The consultation as it is now, published and open."""
    consultation, now = leading.consultation, timezone.now()
    easy = with_texts(draft_of(consultation.questionnaire), "easy_read", {"a.text": "How do you go?"})
    consultation.questionnaire.draft = to_json(recorded(easy, "easy_read"))
    consultation.questionnaire.save()
    publish(consultation.questionnaire, now=now, is_picture=lambda file: True)
    consultation.opens_at, consultation.launched_at = now, now
    consultation.closes_at = now + timedelta(days=9)
    consultation.save()


def test_a_page_in_easy_read_shows_it_with_its_words(leading):
    kept = shown(leading)
    walked = leading.client.get(f"/staff/{leading.consultation.slug}/build/preview/walk/?variant=easy_read")

    assert f'src="/pictures/{kept.file}" alt="A bus that stops"' in walked.content.decode()


def test_it_is_printed_on_the_form_and_named_in_the_document(leading):
    kept = shown(leading)

    assert pictures_for(leading.consultation)(kept.file) == bytes(kept.body)
    assert kept.file in str(leading.consultation.questionnaire.draft)


def test_a_questionnaire_that_names_another_teams_picture_is_not_published(leading):
    kept = shown(leading)
    lost = f"There is no picture “{kept.file}” in the folder “pictures/”"
    assert lost not in preflight(leading)
    kept.team = team("Southbridge")
    kept.save()

    assert lost in preflight(leading)
    assert lost in [each.says for each in draft_problems(leading.consultation.questionnaire)]
    assert pictures_for(leading.consultation)(kept.file) is None


def preflight(leading):
    return leading.client.get(f"/staff/{leading.consultation.slug}/publish/").content.decode()
