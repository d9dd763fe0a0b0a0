"""A closed consultation with any number of responses and profiles, written straight into the tables and kept between runs.

The rows are what the service would have written: the first of them are taken apart and put together again by the service's
own code, and must come out equal. Runs in processes of its own, see `children`.
"""

import json
import sqlite3
from collections.abc import Iterator
from datetime import timedelta
from random import Random
from typing import Any
from uuid import UUID

import numpy as np
import numpy.typing as npt
from django.core.management import call_command
from django.db import connection

from consult import keys
from consult.demonstration.equality_answers import equality_answers
from consult.demonstration.people import invent_person
from consult.models import Consultation
from consult.submission import link_key
from equality.categories import encode
from equality.models import Profile
from surveys.codes import BLANK, NOT_TICKED, TICKED
from surveys.kinds.text import WROTE
from surveys.models import Channel, RespondentType, Response, ResponseStatus
from surveys.publishing import latest_version_id, published
from surveys.responses import rebuilt_codes
from tests.bench.consultations import OPEN_FOR, QUESTION_SET, make_consultation
from tests.bench.reference import CHOICES, PAGES, PERSON, STATEMENTS, reference_questionnaire

SLUG = "large"
ROWS_AT_ONCE = 20_000
PROVEN = 500
KINDS_OF_PEOPLE = 2_000
"""Profiles are drawn from so many invented people."""
ANSWERS_EQUALITY = 0.9
WRITES = 0.4
TEXTS = 200
SEED = 7

Codes = npt.NDArray[np.uint8]

RESPONSE = (
    "INSERT INTO surveys_response (reference, receipt_digest, submission_key, version_id, answers, codes, channel, variant, "
    "language, respondent_type, submitted_at, status) VALUES (?, ?, ?, ?, ?, ?, ?, '', 'en', ?, ?, ?)"
)
PROFILE = "INSERT INTO equality_profile (link, questionnaire_id, set_version, codes) VALUES (?, ?, ?, ?)"


def prepare_large(*, size: int) -> dict[str, Any]:
    """A new database whose consultation has closed with `size` responses. Returns what it holds."""
    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    consultation = make_consultation(SLUG, reference_questionnaire(), closes_in=-timedelta(days=2))
    connection.close()
    add_responses(consultation, size=size, seed=SEED)
    prove(consultation)
    return {"responses": Response.objects.count(), "profiles": Profile.objects.count()}


def add_responses(consultation: Consultation, *, size: int, seed: int) -> None:
    """Write responses and their profiles. With the journal off: a run that is cut short leaves a database to throw away."""
    database = sqlite3.connect(connection.settings_dict["NAME"])
    database.execute("PRAGMA journal_mode = MEMORY")
    database.execute("PRAGMA synchronous = OFF")
    database.execute("PRAGMA cache_size = -400000")
    profiles: list[tuple[Any, ...]] = []
    with database:
        for rows, linked in batches(consultation, size=size, seed=seed):
            database.executemany(RESPONSE, rows)
            profiles += linked
        # In the order of the links, as the service keeps them, and so quicker to write.
        database.executemany(PROFILE, sorted(profiles))
    database.execute("PRAGMA journal_mode = WAL")
    database.close()


def batches(
    consultation: Consultation, *, size: int, seed: int
) -> Iterator[tuple[list[tuple[Any, ...]], list[tuple[Any, ...]]]]:
    """Yield rows for both tables, some thousand responses at a time."""
    random, generator = Random(seed), np.random.default_rng(seed)
    version_id = latest_version_id(consultation.questionnaire_id).hex
    key, people, texts = link_key(consultation), kinds_of_people(random), invented_texts(random)
    constant = (Channel.ONLINE.value, RespondentType.NOT_SAID.value)
    every = OPEN_FOR / (size + 1)
    for first in range(0, size, ROWS_AT_ONCE):
        count = min(ROWS_AT_ONCE, size - first)
        submission_keys = [UUID(int=random.getrandbits(128), version=4) for _ in range(count)]
        codes = invented_codes(count, generator)
        documents = documents_of(codes, texts, generator)
        rows = [
            (
                keys.reference_for(submission_key),
                random.randbytes(32),
                submission_key.hex,
                version_id,
                document,
                row.tobytes(),
                *constant,
                str((consultation.opens_at + every * (first + place)).replace(tzinfo=None)),
                ResponseStatus.COUNTED.value,
            )
            for place, (submission_key, document, row) in enumerate(zip(submission_keys, documents, codes, strict=True))
        ]
        linked = [
            (keys.profile_link(key, found).hex, consultation.questionnaire_id.hex, QUESTION_SET, random.choice(people))
            for found in submission_keys
            if random.random() < ANSWERS_EQUALITY
        ]
        yield rows, linked


def invented_codes(count: int, generator: np.random.Generator) -> Codes:
    """Rows of codes of the reference questionnaire: skewed choices, some left blank, in the order of its codebook."""
    columns: list[Codes] = []
    for _ in range(PAGES):
        columns.append(skewed(count, CHOICES, generator))
        ticks = [generator.random(count) < 0.45 - 0.06 * place for place in range(CHOICES)]
        # Nothing ticked is a question left blank.
        none = ~np.logical_or.reduce(ticks)
        columns += [np.where(none, BLANK, np.where(tick, TICKED, NOT_TICKED)).astype(np.uint8) for tick in ticks]
        lines = [skewed(count, 6, generator, blank=0.05) for _ in range(STATEMENTS)]
        columns += lines
        columns.append(np.where(generator.random(count) < WRITES, WROTE, BLANK).astype(np.uint8))
    columns += [skewed(count, answers, generator, blank=0.08) for answers in PERSON.values()]
    return np.stack(columns, axis=1)


def skewed(count: int, options: int, generator: np.random.Generator, *, blank: float = 0.03) -> Codes:
    """Codes 1 to `options`, the earlier the likelier, and some left blank."""
    weights = 1 / np.arange(1, options + 1) ** 0.7
    chances = np.concatenate([weights / weights.sum() * (1 - blank), [blank]])
    drawn = np.searchsorted(np.cumsum(chances)[:-1], generator.random(count), side="right")
    return np.where(drawn == options, BLANK, drawn + 1).astype(np.uint8)


def documents_of(codes: Codes, texts: list[str], generator: np.random.Generator) -> Iterator[str]:
    """The documents that say the same as the codes, put together from pieces made once."""
    columns = iter(codes.T.tolist())
    parts: list[list[str]] = []
    for page in range(1, PAGES + 1):
        parts.append(pieces(f"p{page}q1", next(columns)))
        ticks = [next(columns) for _ in range(CHOICES)]
        chosen = zip(*ticks, strict=True)
        parts.append([ticked_piece(f"p{page}q2", row) for row in chosen])
        lines = zip(*(next(columns) for _ in range(STATEMENTS)), strict=True)
        parts.append([lines_piece(f"p{page}q3", row) for row in lines])
        words = generator.integers(len(texts), size=len(codes)).tolist()
        written = zip(next(columns), words, strict=True)
        parts.append([f'"p{page}q4":{texts[word]}' if code == WROTE else "" for code, word in written])
    parts += [pieces(f"d{place}", next(columns)) for place in range(1, len(PERSON) + 1)]
    return ("{" + ",".join(filter(None, row)) + "}" for row in zip(*parts, strict=True))


def pieces(key: str, codes: list[int]) -> list[str]:
    """`"key":code` for each response; nothing where it was left blank."""
    words = [f'"{key}":{code}' for code in range(256)]
    words[BLANK] = ""
    return [words[code] for code in codes]


def ticked_piece(key: str, ticks: tuple[int, ...]) -> str:
    chosen = ",".join(str(place) for place, code in enumerate(ticks, start=1) if code == TICKED)
    return f'"{key}":[{chosen}]' if chosen else ""


def lines_piece(key: str, points: tuple[int, ...]) -> str:
    chosen = ",".join(f'"s{line}":{code}' for line, code in enumerate(points, start=1) if code != BLANK)
    return f'"{key}":{{{chosen}}}' if chosen else ""


def invented_texts(random: Random) -> list[str]:
    """Comments of 4 to 30 words as JSON, some with what makes a file format stumble."""
    words = [
        "parking",
        "bus",
        "clinic",
        "“quoted”",
        "50%",
        "café",
        "near,",
        "far",
        "cost",
        "time",
        "=1+1",
        "line\nbreak",
    ]
    return [json.dumps(" ".join(random.choices(words, k=random.randint(4, 30)))) for _ in range(TEXTS)]


def kinds_of_people(random: Random) -> list[bytes]:
    """Rows of codes of invented people's profiles, as the service encodes them."""
    answers = (equality_answers(invent_person(random), random) for _ in range(KINDS_OF_PEOPLE))
    return [
        encode({key: value for key, value in given.items() if key != "postcode"}, QUESTION_SET) for given in answers
    ]


def prove(consultation: Consultation) -> None:
    """Raise AssertionError unless the first responses are what the service itself would have kept."""
    width = published(latest_version_id(consultation.questionnaire_id)).codebook.width
    for response in Response.objects.order_by("id")[:PROVEN]:
        if len(response.codes) != width or rebuilt_codes(response) != bytes(response.codes):
            raise AssertionError(f"response {response.pk} is not as the service would have coded it")


TASKS = {"prepare_large": prepare_large}
