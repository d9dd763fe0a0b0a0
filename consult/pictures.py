"""The pictures that easy read can show: files that whoever runs the service puts into its folder of pictures."""

from django.contrib.staticfiles.finders import get_finders

from surveys.drafting import PICTURE_FILE
from surveys.publishing import PICTURES


def picture_choices():
    """Every picture there is, as choices by the name of its file: `[("bus-stop.png", "bus stop")]`."""
    paths = (path for finder in get_finders() for path, _ in finder.list([]) if path.startswith(PICTURES))
    files = sorted({path.removeprefix(PICTURES) for path in paths})
    return [(file, called(file)) for file in files if PICTURE_FILE.match(file)]


def called(file):
    """What a picture is called in a list: the name of its file in words."""
    return file.rpartition(".")[0].replace("-", " ").replace("_", " ")
