"""The file formats, by name. `DOCUMENT_FORMATS` write reports, `TABLE_FORMATS` write rows and released tables.

To add one, write its file and name it here.
"""

from exports.formats.base import DocumentFormat, Format, TableFormat
from exports.formats.csv import Csv
from exports.formats.html import Html
from exports.formats.json import Json
from exports.formats.pdf import Pdf
from exports.formats.xlsx import Xlsx

FORMATS: dict[str, Format] = {format.name: format for format in (Html(), Pdf(), Csv(), Xlsx(), Json())}

DOCUMENT_FORMATS = {name: format for name, format in FORMATS.items() if isinstance(format, DocumentFormat)}
TABLE_FORMATS = {name: format for name, format in FORMATS.items() if isinstance(format, TableFormat)}
