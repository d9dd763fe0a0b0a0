"""A wide consultation and a spreadsheet of answers to it, for measuring how one comes in. Runs in processes of its own."""

import csv
import random
from pathlib import Path
from typing import Any

from django.core.management import call_command

from surveys.models import Response
from tests.bench.consultations import OPEN_FOR, make_consultation
from tests.bench.load import VOCABULARY
from tests.bench.reference import reference_questionnaire
from tests.builders import choice, comment, number, questionnaire, several, statements

OPINIONS = ("Strongly agree", "Agree", "Neither agree nor disagree", "Disagree", "Strongly disagree")
PLACES = ("Distance", "Cost", "Waiting times", "Opening hours", "Parking", "Something else")
CHOICES, SEVERALS, STATEMENTS, NUMBERS, COMMENTS = 30, 8, 10, 6, 6
COLUMNS = CHOICES + SEVERALS + STATEMENTS + NUMBERS + COMMENTS
PLANS = ("keep", "move")
SEED = 35


def wide_questionnaire():
    """A questionnaire of sixty columns, of every sort that a spreadsheet of paper answers has."""
    return questionnaire(
        *(choice(f"choice{place}", *OPINIONS) for place in range(CHOICES)),
        *(several(f"several{place}", *PLACES) for place in range(SEVERALS)),
        *(statements(plan, *(f"s{place}" for place in range(STATEMENTS // 2))) for plan in PLANS),
        *(number(f"number{place}", min=0, max=400) for place in range(NUMBERS)),
        *(comment(f"comment{place}") for place in range(COMMENTS)),
    )


def prepare() -> dict[str, Any]:
    """A new database with the wide questionnaire, and the reference questionnaire for residents, both open."""
    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    make_consultation("wide", wide_questionnaire(), closes_in=OPEN_FOR / 2)
    make_consultation("reference", reference_questionnaire(), closes_in=OPEN_FOR / 2)
    return {"columns": COLUMNS}


def write_file(path: str, rows: int) -> dict[str, Any]:
    """A file of so many rows of invented answers, as codes and as words: CSV, or XLSX by the name's end."""
    headings, cells = headings_and_cells(rows)
    if path.endswith(".csv"):
        with Path(path).open("w", encoding="utf-8", newline="") as stream:
            writer = csv.writer(stream)
            writer.writerow(headings)
            writer.writerows(cells)
    else:
        write_workbook(path, headings, cells)
    return {"bytes": Path(path).stat().st_size}


def headings_and_cells(rows: int):
    """The headings, and rows of cells as they are made."""
    headings = [
        *(f"choice{place}" for place in range(CHOICES)),
        *(f"several{place}" for place in range(SEVERALS)),
        *(f"{plan}.s{place}" for plan in PLANS for place in range(STATEMENTS // 2)),
        *(f"number{place}" for place in range(NUMBERS)),
        *(f"comment{place}" for place in range(COMMENTS)),
    ]
    chance = random.Random(SEED)

    def row(place: int) -> list[str]:
        return [
            *(chance.choice(OPINIONS) for _ in range(CHOICES)),
            *("; ".join(sorted(chance.sample(PLACES, 2))) for _ in range(SEVERALS)),
            *(str(chance.randint(1, 5)) for _ in range(STATEMENTS)),
            *(str(chance.randint(0, 400)) for _ in range(NUMBERS)),
            *(" ".join(chance.choices(VOCABULARY, k=20)) if chance.random() < 0.4 else "" for _ in range(COMMENTS - 1)),
            f"Form {place}",
        ]

    return headings, (row(place) for place in range(rows))


def write_workbook(path: str, headings: list[str], cells) -> None:
    """An XLSX file, written row by row."""
    import xlsxwriter  # noqa: PLC0415 -- slow import, for one sort of file

    book = xlsxwriter.Workbook(path, {"constant_memory": True})
    sheet = book.add_worksheet()
    for number_of_row, row in enumerate([headings, *cells]):
        sheet.write_row(number_of_row, 0, row)
    book.close()


def kept() -> dict[str, Any]:
    """How many responses came in, and how many of them twice."""
    words = Response.objects.filter(channel="paper").values_list("answers__comment5", flat=True)
    return {"responses": words.count(), "twice": words.count() - len(set(words))}


TASKS = {"prepare": prepare, "write_file": write_file, "kept": kept}
