"""F19: files that staff send go by a virus scanner first. Here a server that speaks clamd's protocol, and finds one word."""

import socketserver
import struct
import threading

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from consult import environment
from consult.models import AuditEvent, ImportJob
from tests.consult.people import lead, signed_in
from tests.consult.spreadsheets import clinic
from tests.consultations import team_named

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_files")]
ADDRESS = "/staff/clinic/spreadsheets/"
HARMFUL = b"used,why\n1,this is the word HARM\n"
HARMLESS = b"used,why\n1,nothing\n"


class Clamd(socketserver.StreamRequestHandler):
    """Reads a stream in parts, each behind its length, and says what it found."""

    def handle(self):
        assert self.rfile.read(len(b"zINSTREAM\0")) == b"zINSTREAM\0"
        content = b""
        while length := struct.unpack("!I", self.rfile.read(4))[0]:
            content += self.rfile.read(length)
        self.server.seen.append(content)
        self.wfile.write(self.server.says or (b"stream: Test.Harm FOUND\0" if b"HARM" in content else b"stream: OK\0"))


@pytest.fixture
def clamd(settings):
    """A scanner that the service asks. `seen` is what it was sent; where `says` is set it says that and nothing else."""
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Clamd) as server:
        server.seen, server.says = [], b""
        settings.SCANNER = server.server_address
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()


@pytest.fixture
def sends():
    """`sends(content)`: a lead sends a spreadsheet; what comes back."""
    clinic()
    client = signed_in(lead(of=team_named()))

    def sent(content):
        return client.post(ADDRESS, {"file": SimpleUploadedFile("rows.csv", content), "channel": "paper"})

    return sent


def files_in(folder):
    return [path for path in folder.rglob("*") if path.is_file()]


def test_F19_a_file_in_which_the_scanner_finds_something_is_refused_told_recorded_and_not_kept(clamd, sends, own_files):
    before = files_in(own_files)

    reply = sends(HARMFUL)

    assert reply.status_code == 422
    assert "Our virus scanner found this in the file: Test.Harm." in reply.content.decode()
    assert (ImportJob.objects.count(), files_in(own_files)) == (0, before)
    assert AuditEvent.objects.get(verb="file refused").detail.body == {"found": ["Test.Harm"]}


def test_F19_a_file_that_is_called_clean_goes_on_whole(clamd, sends):
    reply = sends(HARMLESS * 20_000)

    assert (reply.status_code, clamd.seen) == (302, [HARMLESS * 20_000])
    assert ImportJob.objects.count() == 1


@pytest.mark.parametrize("says", [b"INSTREAM size limit exceeded. ERROR\0", b"\0", b"OK FOUND it\0"])
def test_F19_a_scanner_that_does_not_say_what_it_found_lets_nothing_pass(clamd, sends, own_files, says):
    clamd.says, before = says, files_in(own_files)

    reply = sends(HARMLESS)

    assert reply.status_code == 503
    assert "the scanner does not answer. We kept nothing of the file." in reply.content.decode()
    assert (ImportJob.objects.count(), files_in(own_files)) == (0, before)


def test_F19_while_the_scanner_is_down_nothing_passes(clamd, sends, settings):
    clamd.shutdown()
    clamd.server_close()

    assert sends(HARMLESS).status_code == 503
    assert not ImportJob.objects.exists()


def test_somebody_who_may_not_send_files_is_refused_before_the_scanner_is_asked(clamd):
    clinic()

    reply = signed_in(lead("stranger", of=team_named("Southbridge"))).post(
        ADDRESS, {"file": SimpleUploadedFile("rows.csv", HARMFUL), "channel": "paper"}
    )

    assert (reply.status_code, clamd.seen) == (404, [])


@pytest.mark.parametrize(
    "value, read",
    [(None, None), ("", None), ("clamd://10.0.0.7:4410", ("10.0.0.7", 4410)), ("clamd://scanner", ("scanner", 3310))],
)
def test_the_scanner_is_read_from_its_setting(monkeypatch, value, read):
    monkeypatch.delenv("CONSULT_SCANNER", raising=False)
    if value is not None:
        monkeypatch.setenv("CONSULT_SCANNER", value)

    assert environment.read_scanner("CONSULT_SCANNER") == read


@pytest.mark.parametrize(
    "value", ["10.0.0.7", "http://scanner", "clamd://", "clamd://scanner:many", "clamd://a@b", "clamd://a/b"]
)
def test_a_setting_that_names_no_scanner_stops_the_start(monkeypatch, value):
    monkeypatch.setenv("CONSULT_SCANNER", value)

    with pytest.raises(SystemExit, match=r"^Cannot start: CONSULT_SCANNER is "):
        environment.read_scanner("CONSULT_SCANNER")
