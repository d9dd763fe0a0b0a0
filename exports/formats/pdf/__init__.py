"""PDF: the report as a tagged file that passes the machine checks of PDF/UA-1."""

from typing import BinaryIO

from exports.document import Document
from exports.formats.base import DocumentFormat
from exports.formats.pdf.pages import pdf_bytes


class Pdf(DocumentFormat):
    name = "pdf"
    label = "PDF"
    extension = "pdf"
    content_type = "application/pdf"

    def write(self, document: Document, stream: BinaryIO) -> None:
        stream.write(pdf_bytes(document))
