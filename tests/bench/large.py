"""The databases with many responses: made when first wanted, kept from run to run, made again when their shape has changed."""

import hashlib
import json
from pathlib import Path

from surveys.definition_json import to_json
from tests.bench.children import in_fresh_process
from tests.bench.places import REPOSITORY, fresh_folder, kept_folder
from tests.bench.reference import reference_questionnaire

SHAPED_BY = ("tests/bench/bulk.py", "*/migrations/0*.py", "equality/question_bank/*.json", "surveys/codebook.py")
"""Files that decide what the rows look like."""


def large_folder(size: int) -> Path:
    """The folder of a service with so many responses to one closed consultation. Some 20 seconds per 100,000 the first time."""
    name = f"large-{size}"
    folder = kept_folder(name)
    stamp, shape = folder / "shape", shape_of_rows()
    if not stamp.exists() or stamp.read_text() != shape:
        folder = fresh_folder(name)
        in_fresh_process("bulk", "prepare_large", folder=folder, size=size)
        stamp.write_text(shape)
    return folder


def shape_of_rows() -> str:
    """A digest of everything that decides what is in the rows."""
    digest = hashlib.sha256(json.dumps(to_json(reference_questionnaire())).encode())
    for pattern in SHAPED_BY:
        for path in sorted(REPOSITORY.glob(pattern)):
            digest.update(path.read_bytes())
    return digest.hexdigest()
