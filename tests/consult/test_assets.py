"""Third-party front-end files: what a build keeps, what it takes out, and how it refuses."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from consult import assets

STYLES = (
    '@charset "UTF-8";@font-face{font-family:Frutiger W01;src:url(https://fonts.example/55.woff2) format("woff2")}'
    "body{font-family:Frutiger W01,arial,sans-serif}.tick{background:url(/assets/images/tick.svg)}"
    "\n/*# sourceMappingURL=nhsuk.css.map */\n"
)


@pytest.fixture
def packages(tmp_path):
    """A node_modules folder with the few files that a build reads."""
    built = tmp_path / "node_modules" / "nhsuk-frontend" / "dist" / "nhsuk"
    fonts = tmp_path / "node_modules" / "dejavu-fonts-ttf"
    (built / "assets" / "images").mkdir(parents=True)
    (fonts / "ttf").mkdir(parents=True)
    (built / "nhsuk-frontend-dynamic-type.min.css").write_text(STYLES)
    (built / "nhsuk-frontend.min.js").write_text("export{initAll};//# sourceMappingURL=nhsuk.js.map\n")
    (built / "assets" / "images" / "tick.svg").write_text("<svg/>")
    (built / "assets" / "images" / "lozenge.svg").write_text("<svg>trade mark</svg>")
    (fonts / "LICENSE").write_text("free")
    htmx = tmp_path / "node_modules" / "htmx.org"
    (htmx / "dist").mkdir(parents=True)
    (htmx / "dist" / "htmx.min.js").write_text("var htmx={};")
    (htmx / "LICENSE").write_text("free")
    for name in assets.FONT_FILES:
        (fonts / "ttf" / name).write_bytes(b"face")
    arabic = tmp_path / "node_modules" / "@expo-google-fonts" / "noto-naskh-arabic"
    for path in assets.ARABIC_FONT_FILES:
        (arabic / path).parent.mkdir(parents=True, exist_ok=True)
        (arabic / path).write_bytes(b"face")
    (tmp_path / "node_modules" / "rtlcss").symlink_to(settings.BASE_DIR / "node_modules" / "rtlcss")
    return tmp_path / "node_modules"


@pytest.fixture
def build(packages, tmp_path):
    return lambda: assets.build(packages=packages, source=tmp_path / "out" / "source", fonts=tmp_path / "out" / "fonts")


def files_below(folder: Path):
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


def test_a_build_lays_out_styles_script_drawn_icons_and_fonts(build, tmp_path):
    assert build() is True

    assert files_below(tmp_path / "out" / "source") == [
        "htmx/LICENCE.txt",
        "htmx/htmx.js",
        "nhsuk/LICENCE.txt",
        "nhsuk/assets/images/tick.svg",
        "nhsuk/nhsuk.css",
        "nhsuk/nhsuk.js",
        "nhsuk/nhsuk.rtl.css",
    ]
    names = [*assets.FONT_FILES, *assets.ARABIC_FONT_FILES.values(), "LICENCE.txt"]
    assert files_below(tmp_path / "out" / "fonts") == sorted(names)


def test_served_styles_name_no_other_site_no_licensed_font_and_no_source_map(build, tmp_path):
    build()

    assert (tmp_path / "out" / "source" / "nhsuk" / "nhsuk.css").read_text() == (
        '@charset "UTF-8";body{font-family:arial,sans-serif}.tick{background:url(assets/images/tick.svg)}\n\n'
    )
    assert (tmp_path / "out" / "source" / "nhsuk" / "nhsuk.js").read_text() == "export{initAll};\n"


def test_a_second_style_sheet_has_its_sides_exchanged(build, packages, tmp_path):
    style = packages / "nhsuk-frontend" / "dist" / "nhsuk" / "nhsuk-frontend-dynamic-type.min.css"
    style.write_text(".box{left:1em;padding:0 1px 0 2px}.tick{background:url(/assets/images/tick.svg)}")
    build()

    served = tmp_path / "out" / "source" / "nhsuk"
    assert (served / "nhsuk.rtl.css").read_text() == (
        ".box{right:1em;padding:0 2px 0 1px}.tick{background:url(assets/images/tick.svg)}"
    )
    assert "left:1em" in (served / "nhsuk.css").read_text()


def test_a_style_sheet_that_cannot_be_turned_round_stops_the_build_in_one_line(build, packages, tmp_path):
    (packages / "nhsuk-frontend" / "dist" / "nhsuk" / "nhsuk-frontend-dynamic-type.min.css").write_text("a{left:")

    with pytest.raises(assets.AssetsMissing, match=r"could not turn a style sheet round .*: CssSyntaxError") as refusal:
        build()
    assert str(refusal.value).count("\n") == 0
    assert not (tmp_path / "out").exists()


def test_our_own_style_sheet_names_no_side_so_that_one_file_serves_both_directions():
    style = (settings.BASE_DIR / "consult" / "static" / "consult" / "site.css").read_text()

    assert re.findall(r"(?:margin|padding|border|float|text-align)[^;{}]*(?:left|right)", style) == []
    assert re.findall(r"^\s*(?:left|right)\s*:", style, re.MULTILINE) == []


def test_a_second_build_changes_nothing(build, tmp_path):
    build()
    style = tmp_path / "out" / "source" / "nhsuk" / "nhsuk.css"
    written_at = style.stat().st_mtime_ns

    assert build() is False
    assert style.stat().st_mtime_ns == written_at


def test_a_lost_file_or_a_new_version_is_built_again(build, packages, tmp_path):
    build()
    (tmp_path / "out" / "fonts" / assets.FONT_FILES[0]).unlink()
    assert build() is True

    (packages / "nhsuk-frontend" / "dist" / "nhsuk" / "nhsuk-frontend.min.js").write_text("export{initAll as start};")
    assert build() is True
    assert (tmp_path / "out" / "source" / "nhsuk" / "nhsuk.js").read_text() == "export{initAll as start};"


def test_a_style_sheet_that_would_ask_another_site_is_refused(build, packages, tmp_path):
    style = packages / "nhsuk-frontend" / "dist" / "nhsuk" / "nhsuk-frontend-dynamic-type.min.css"
    style.write_text("a{background:url(//elsewhere.example/a.png)}")

    with pytest.raises(assets.AssetsMissing, match=r"elsewhere\.example"):
        build()
    assert not (tmp_path / "out").exists()


def test_missing_packages_are_refused_with_the_line_that_mends_it(tmp_path):
    with pytest.raises(assets.AssetsMissing, match=r"nhsuk-frontend is not installed as it should be: .* Run: npm ci"):
        assets.build(packages=tmp_path / "none", source=tmp_path / "source", fonts=tmp_path / "fonts")


def test_the_command_says_in_one_line_what_is_missing(tmp_path, settings):
    settings.BASE_DIR = tmp_path

    with pytest.raises(CommandError) as refusal:
        call_command("build_assets")

    assert str(refusal.value).count("\n") == 0
    assert "npm ci" in str(refusal.value)


def test_the_files_we_serve_name_no_other_site():
    served = [
        *(settings.BASE_DIR / ".assets" / "source").rglob("*.css"),
        *(settings.BASE_DIR / "consult" / "static").rglob("*.*"),
    ]

    assert len(served) >= 3
    for path in served:
        # Pictures too: what draws one may write an address into it.
        assert not re.search(rb"https?://(?!www\.w3\.org/)", path.read_bytes()), path


def test_the_lock_file_names_no_registry_and_checks_every_package():
    text = (settings.BASE_DIR / "package-lock.json").read_text()

    assert "resolved" not in text
    assert text.count('"integrity": "sha512-') == text.count('"node_modules/')
