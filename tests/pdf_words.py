"""The words of a PDF's pages as a reader's program finds them, through the fonts' own Unicode tables."""

import io
import re

import pikepdf


def words_of_pages(written: bytes) -> list[str]:
    """The words of each page, line by line."""
    with pikepdf.open(io.BytesIO(written)) as pdf:
        return [words_of_page(page) for page in pdf.pages]


def words_of_page(page):
    fonts = {str(name): unicode_table(font) for name, font in page.Resources.Font.items()}
    text, font = [], {}
    for operands, operator in pikepdf.parse_content_stream(page):
        if str(operator) == "Tf":
            font = fonts[str(operands[0])]
        elif str(operator) == "Tj":
            text.append("".join(font[code] for code in bytes(operands[0])))
        elif str(operator) == "T*":
            text.append("\n")
    return "".join(text)


def unicode_table(font):
    """Code -> character, as the file tells a reader."""
    blocks = re.findall(r"beginbfchar\n(.*?)\nendbfchar", font.ToUnicode.read_bytes().decode("latin-1"), re.DOTALL)
    pairs = [line.strip("<>").split("> <") for block in blocks for line in block.split("\n")]
    return {int(code, 16): bytes.fromhex(point).decode("utf-16-be") for code, point in pairs}
