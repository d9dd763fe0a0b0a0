"""A spreadsheet of responses in a real browser, with and without script: sent, matched, looked at, brought in."""

import time

import pytest

pytestmark = pytest.mark.browser

ADDRESS = "/staff/apms/spreadsheets/"
MOST_SECONDS = 60


def rows(script):
    """A file with an unknown column and a bad row: words that no other run has keep its rows new."""
    own = f"Keyed {'with' if script else 'without'} a script"
    return "\n".join(["a1,a11,Colour of the pen", f"1,{own},blue", f"2,{own} too,black", f"99,{own} again,blue", ""])


def worked_through(window):
    """Wait until the work on the file is done, as the page offers it."""
    until = time.monotonic() + MOST_SECONDS
    while "See how far it is" in window.text and time.monotonic() < until:
        window.follow("See how far it is")
    return window


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
def test_file_is_sent_matched_looked_at_and_its_good_rows_brought_in(staff, script):
    lead = staff("builder", script=script)
    lead.go(ADDRESS)
    lead.looks_right("send")
    lead.press("Read the file")
    assert "Choose a file" in lead.text
    lead.looks_right("send-error")

    lead.page.set_input_files(
        "[name=file]", {"name": "forms.csv", "mimeType": "text/csv", "buffer": rows(script).encode()}
    )
    lead.press("Read the file")
    worked_through(lead)
    assert "3 rows and 3 columns" in lead.text
    assert lead.page.get_by_label("Colour of the pen").count() == 1
    lead.looks_right("columns")

    lead.press("Check the rows")
    worked_through(lead)
    assert "Nothing has been brought in yet." in lead.text
    lead.looks_right("preview")
    assert refused_file(lead).splitlines()[0].endswith("a1,a11,Colour of the pen")

    lead.press("Continue")
    assert lead.page.get_by_role("alert").count() == 1
    lead.looks_right("preview-error")
    lead.page.get_by_label("Bring in 2 responses without them").check()
    lead.press("Continue")
    worked_through(lead)
    assert "Brought in 2 Refused 1 Already there 0" in lead.text
    lead.looks_right("done")
    assert "99" in refused_file(lead)


def refused_file(window):
    """The file of refused rows, as it is downloaded."""
    with window.page.expect_download() as download:
        window.page.get_by_role("link", name="Download every refused row and why (CSV)").click()
    return download.value.path().read_text(encoding="utf-8-sig")
