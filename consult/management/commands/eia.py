"""`manage.py eia SLUG --format pdf --out F`: the Equality Impact Assessment summary."""

from consult.management.commands import report


class Command(report.Command):
    help = "Write the Equality Impact Assessment summary. What only a person may judge is left empty."
    document = "eia"
