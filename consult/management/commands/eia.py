"""`manage.py eia SLUG --format pdf --out F`: the Equality Impact Assessment summary."""

from consult.management.commands import report


class Command(report.Command):
    help = "Write the Equality Impact Assessment summary. What only people may judge is in their words, or said to be unwritten."
    document = "eia"
