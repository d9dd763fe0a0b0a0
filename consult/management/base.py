"""What the service's commands share: finding a consultation by its slug, and refusing in one plain line."""

from contextlib import contextmanager
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from consult.models import Consultation


class ConsultationCommand(BaseCommand):
    """A command about one consultation. Exit status 0 on success, 1 with one plain line on refusal."""

    def add_arguments(self, parser):
        parser.add_argument("slug", help="the consultation’s short name in its address, such as apms")
        parser.add_argument("--quiet", action="store_true", help="print nothing when all is well")

    def find(self, slug):
        """The consultation with this slug. Raises CommandError naming those there are."""
        consultation = Consultation.objects.filter(slug=slug).first()
        if consultation is None:
            there = ", ".join(Consultation.objects.order_by("slug").values_list("slug", flat=True)) or "none"
            raise CommandError(f"There is no consultation called {slug!r}. There are: {there}.")
        return consultation

    def say(self, line, *, quiet):
        if not quiet:
            self.stdout.write(line)


def now():
    """The moment a command acts at."""
    return timezone.now()


@contextmanager
def open_for_writing(path):
    """A binary file for a command's result, which takes its name only once it is whole. Raises CommandError."""
    part = Path(f"{path}.part")
    try:
        with part.open("wb") as stream:
            yield stream
        part.replace(path)
    except OSError as error:
        raise CommandError(f"Cannot write {path}: {error.strerror}.") from error
    finally:
        part.unlink(missing_ok=True)
