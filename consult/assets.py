"""Third-party front-end files: taken from node_modules, made fit to serve, laid where Django and the PDF writer look.

Nothing here is committed: `npm ci` fetches exactly what package-lock.json names, and `build` copies the few files that
a page needs. Our own styles and script live in consult/static/consult and are not touched.
"""

import hashlib
import re
import shutil
import subprocess
from pathlib import Path

FONT_FILES = (
    "DejaVuSans.ttf",
    "DejaVuSans-Bold.ttf",
    "DejaVuSans-Oblique.ttf",
    "DejaVuSans-BoldOblique.ttf",
)
"""The faces that PDF files embed: Latin, Greek, Cyrillic and the signs that forms need, in four styles."""

ARABIC_FONT_FILES = {
    "400Regular/NotoNaskhArabic_400Regular.ttf": "NotoNaskhArabic-Regular.ttf",
    "700Bold/NotoNaskhArabic_700Bold.ttf": "NotoNaskhArabic-Bold.ttf",
    "LICENSE_FONT": "LICENCE-NotoNaskhArabic.txt",
}
"""File of its package -> name among the fonts: the face for Arabic, Urdu and their neighbours on paper forms, and its licence."""

PAGE_FILES = {
    # The variant with sizes in rem: it follows the text size that a person has set in their browser.
    "nhsuk-frontend-dynamic-type.min.css": "nhsuk.css",
    "nhsuk-frontend.min.js": "nhsuk.js",
}
"""Built file of nhsuk-frontend -> its name under `nhsuk/` in the source folder."""

RIGHT_TO_LEFT = (
    "const style = require('fs').readFileSync(0, 'utf8'); process.stdout.write(require('rtlcss').process(style))"
)
"""What Node runs: the style sheet from its input, turned round. Node is there at set-up alone; nothing runs it in service."""

STAMP = "build.sha256"

NHSUK_LICENCE = """nhsuk-frontend, by NHS England and contributors, is released under the MIT Licence.

Permission is hereby granted, free of charge, to any person obtaining a copy of this software and
associated documentation files (the "Software"), to deal in the Software without restriction,
including without limitation the rights to use, copy, modify, merge, publish, distribute,
sublicense, and/or sell copies of the Software, and to permit persons to whom the Software is
furnished to do so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in all copies or substantial
portions of the Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT
NOT LIMITED TO THE WARRANTIES OF MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND
NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES
OR OTHER LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM, OUT OF OR IN
CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE.
"""
"""The npm package carries no licence file; its terms ask that the notice travels with copies."""


class AssetsMissing(Exception):
    """node_modules lacks a package, or a file that this version of the package should hold."""


def build(*, packages: Path, source: Path, fonts: Path) -> bool:
    """Fill `source` (static files) and `fonts` from the npm `packages` folder. False when both were up to date already.

    Raises AssetsMissing before anything is changed. What an earlier build left in the two folders is replaced.
    """
    styles = source / "nhsuk"
    contents = {styles / name: fit_to_serve(path) for name, path in page_files(packages).items()}
    contents[styles / "nhsuk.rtl.css"] = right_to_left(contents[styles / "nhsuk.css"], packages=packages)
    contents[styles / "LICENCE.txt"] = NHSUK_LICENCE.encode()
    contents |= {source / "htmx" / name: fit_to_serve(path) for name, path in htmx_files(packages).items()}
    contents |= {fonts / name: path.read_bytes() for name, path in font_files(packages).items()}
    digest = digest_of(contents)
    stamp = source.parent / STAMP
    if stamp.is_file() and stamp.read_text() == digest and all(path.is_file() for path in contents):
        return False
    write_afresh(contents, folders=(source, fonts))
    stamp.write_text(digest)
    return True


def page_files(packages: Path) -> dict[str, Path]:
    """Path below `nhsuk/` in the static source folder -> file of the package.

    Of the images, those that the style sheet draws: the others hold the NHS lozenge, a trade mark we may not show.
    """
    built = packages / "nhsuk-frontend" / "dist" / "nhsuk"
    files = {name: require(built / original, "nhsuk-frontend") for original, name in PAGE_FILES.items()}
    drawn = re.findall(r"url\(/(assets/images/[\w.-]+)\)", files["nhsuk.css"].read_text())
    return files | {image: require(built / image, "nhsuk-frontend") for image in sorted(set(drawn))}


def htmx_files(packages: Path) -> dict[str, Path]:
    """File name -> file of htmx, with its licence. Only staff pages use it, and all of them work without."""
    package = packages / "htmx.org"
    return {
        "htmx.js": require(package / "dist" / "htmx.min.js", "htmx.org"),
        "LICENCE.txt": require(package / "LICENSE", "htmx.org"),
    }


def font_files(packages: Path) -> dict[str, Path]:
    """File name -> file of a font package, with the fonts' licences."""
    package = packages / "dejavu-fonts-ttf"
    files = {name: require(package / "ttf" / name, "dejavu-fonts-ttf") for name in FONT_FILES}
    arabic = "@expo-google-fonts/noto-naskh-arabic"
    files |= {name: require(packages / arabic / path, arabic) for path, name in ARABIC_FONT_FILES.items()}
    return files | {"LICENCE.txt": require(package / "LICENSE", "dejavu-fonts-ttf")}


def require(path: Path, package: str) -> Path:
    """The path, which must be there."""
    if not path.exists():
        raise AssetsMissing(f"The npm package {package} is not installed as it should be: no {path.name}. Run: npm ci")
    return path


def fit_to_serve(path: Path) -> bytes:
    """The file's bytes as we serve them: see `served_css`; a script loses its source map."""
    if path.suffix == ".css":
        return served_css(path.read_text()).encode()
    if path.suffix == ".js":
        return without_source_map(path.read_text()).encode()
    return path.read_bytes()


def served_css(text: str) -> str:
    """A style sheet that asks nothing of any other site.

    The Frutiger faces are fetched from an NHS host and licensed for nhs.uk sites only: they go, and Arial, next in the
    same list, is the NHS's own fall-back. Icons are asked for at the site's root: they move beside the style sheet.
    """
    text = re.sub(r"@font-face\{[^}]*url\(https:[^}]*\}", "", text)
    text = re.sub(r"Frutiger W01,\s*", "", text)
    text = text.replace("url(/assets/", "url(assets/")
    if remote := re.search(r"url\(\W?(?:https?:)?//[^)]*\)", text):
        raise AssetsMissing(f"nhsuk-frontend asks another site for {remote[0]}: teach consult/assets.py to remove it.")
    return without_source_map(text)


def right_to_left(style: bytes, *, packages: Path) -> bytes:
    """A style sheet with its sides exchanged, for pages in Urdu and Arabic: NHS.UK frontend names left and right throughout."""
    package = require(packages / "rtlcss", "rtlcss")
    try:
        # A fixed program, with whichever Node npm ran with. Its `require` looks in the folder above the package's own,
        # whatever folder this was called from.
        turned = subprocess.run(  # noqa: S603
            ["node", "--eval", RIGHT_TO_LEFT],  # noqa: S607
            input=style,
            capture_output=True,
            check=True,
            cwd=package.resolve(),
        )
    except (OSError, subprocess.CalledProcessError) as failed:
        said = getattr(failed, "stderr", b"").decode(errors="replace").splitlines()
        why = next((line for line in said if "Error" in line), str(failed))
        raise AssetsMissing(f"Node could not turn a style sheet round with rtlcss: {why}") from failed
    return turned.stdout


def without_source_map(text: str) -> str:
    """Drop the pointer to a source map, which is not served: the static file manifest would fail on it."""
    return re.sub(r"/[/*][#@] sourceMappingURL=[^\n*]*(\*/)?", "", text)


def digest_of(contents: dict[Path, bytes]) -> str:
    """One SHA-256 over every target and its bytes."""
    whole = hashlib.sha256()
    for path, content in sorted(contents.items()):
        whole.update(f"{path.parent.name}/{path.name} {len(content)}\n".encode())
        whole.update(content)
    return whole.hexdigest()


def write_afresh(contents: dict[Path, bytes], *, folders: tuple[Path, ...]) -> None:
    """Empty the folders, then write every file."""
    for folder in folders:
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
    for path, content in contents.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
