"""`manage.py build_assets`: lay the third-party styles, script, icons and fonts where the service serves them from."""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from consult import assets


class Command(BaseCommand):
    help = "Copy third-party styles, script, icons and fonts from node_modules into .assets (run `npm ci` first)."
    requires_system_checks = ()

    def add_arguments(self, parser):
        parser.add_argument("--quiet", action="store_true", help="print nothing on success")

    def handle(self, *, quiet, **options):
        folder = settings.BASE_DIR / ".assets"
        try:
            changed = assets.build(
                packages=settings.BASE_DIR / "node_modules", source=folder / "source", fonts=folder / "fonts"
            )
        except assets.AssetsMissing as missing:
            raise CommandError(str(missing)) from missing
        if not quiet:
            self.stdout.write("Front-end files are in .assets." if changed else "Front-end files were up to date.")
