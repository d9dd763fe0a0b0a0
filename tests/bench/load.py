"""Filling in a questionnaire over HTTP many times, several people at once, and timing each page as a person waits for it.

It fills in any questionnaire of plain HTML forms, so that the service, the peer and the floor are measured by the same hand.
"""

import random
import statistics
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import urljoin

from tests.bench.accounting import Account, Used, sum_of
from tests.bench.browser import Browser, Form, hidden_fields, read_form

MOST_PAGES = 60
TICKED = 0.4
"""How likely a person ticks a box."""
VOCABULARY = [
    "the",
    "service",
    "is",
    "important",
    "to",
    "local",
    "people",
    "please",
    "keep",
    "it",
    "open",
    "travel",
    "hard",
]
WORDS_IN_BOX, WORDS_IN_LARGE_BOX = 5, 25
SEED = 1


class DidNotFinish(RuntimeError):
    """Somebody filled in every form and did not reach the closing page."""


@dataclass(frozen=True)
class Visit:
    """How one person's response went: seconds waited for each page, requests made, bytes read."""

    pages: tuple[float, ...]
    requests: int
    bytes_in: int


@dataclass
class Load:
    """What a load cost and how long people waited. `used.servers` are the processor seconds of the servers."""

    people: int
    used: Used
    visits: list[Visit] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)

    @property
    def per_second(self) -> float:
        return len(self.visits) / self.used.wall

    @property
    def cpu_ms_per_response(self) -> float:
        return 1000 * self.used.servers / len(self.visits)

    @property
    def requests_per_response(self) -> float:
        return statistics.mean(visit.requests for visit in self.visits)

    @property
    def cpu_ms_per_request(self) -> float:
        return self.cpu_ms_per_response / self.requests_per_response

    def page_ms(self, percentile: int) -> float:
        """The wait for a page (redirects included) that this percentage of waits did not exceed."""
        waits = sorted(seconds for visit in self.visits for seconds in visit.pages)
        return 1000 * waits[min(len(waits) - 1, len(waits) * percentile // 100)]

    @property
    def bytes_per_response(self) -> float:
        return statistics.mean(visit.bytes_in for visit in self.visits)


@dataclass
class Questionnaire:
    """A questionnaire as the load generator learns it: where it starts, its forms in order, and what its last page says.

    `scripted` are hidden fields that a script of its pages fills in, {name: value}: a browser without scripts sends none.
    """

    start: str
    closing_words: str
    scripted: dict[str, str] = field(default_factory=dict)
    forms: list[Form] = field(default_factory=list)

    def learn(self) -> None:
        """Go through once, reading every form. Raises DidNotFinish."""
        *_, last = self.walk(Browser(), random.Random(SEED), is_learning=True)
        if self.closing_words not in last:
            raise DidNotFinish(f"{self.start}: after {len(self.forms)} forms the page is {last[:300]!r}")

    def visit(self, chance: random.Random) -> Visit:
        """Fill it in as one person. Raises DidNotFinish."""
        browser, waits, page = Browser(), [], ""
        began = time.perf_counter()
        for reached in self.walk(browser, chance):
            waits.append(time.perf_counter() - began)
            page, began = reached, time.perf_counter()
        if self.closing_words not in page:
            raise DidNotFinish(f"after {browser.requests} requests the page begins {page[:300]!r}")
        return Visit(tuple(waits), browser.requests, browser.bytes_in)

    def walk(self, browser: Browser, chance: random.Random, *, is_learning: bool = False) -> Iterator[str]:
        """Yield each page as it is reached, filling in the form of the one before."""
        reply = browser.get(self.start)
        yield reply.page
        for place in range(MOST_PAGES):
            if self.closing_words in reply.page:
                return
            if is_learning and (form := read_form(reply.page)):
                self.forms.append(form)
            if reply.status >= 400 or place >= len(self.forms):
                return
            form = self.forms[place]
            reply = browser.post(urljoin(reply.url, form.action), filled(form, reply.page, chance, self.scripted))
            yield reply.page


def filled(form: Form, page: str, chance: random.Random, scripted: dict[str, str]) -> list[tuple[str, str]]:
    """A form as somebody sends it: hidden fields as this page has them, one of each choice, some boxes, some words."""
    wanted = set(form.hidden)
    fields = [(name, scripted.get(name, value)) for name, value in hidden_fields(page) if name in wanted]
    fields += [(name, chance.choice(values)) for name, values in form.radios.items()]
    for name, values in form.boxes.items():
        fields += [(name, value) for value in values if chance.random() < TICKED] or [(name, values[0])]
    for name, is_large in form.texts.items():
        fields.append((name, " ".join(chance.choices(VOCABULARY, k=WORDS_IN_LARGE_BOX if is_large else WORDS_IN_BOX))))
    return fields + form.buttons[:1]


def put_load(questionnaire: Questionnaire, *, seconds: float, people: int, servers: tuple[int, ...]) -> Load:
    """Have `people` at once fill it in, begin no more after `seconds`, and account for it until the last has finished."""
    load = Load(people, Used(0, 0, 0, 0))
    until = time.monotonic() + seconds

    def keep_answering(seed: int) -> None:
        chance = random.Random(seed)
        while time.monotonic() < until:
            try:
                visit = questionnaire.visit(chance)
            except (OSError, RuntimeError) as failure:
                load.failures.append(repr(failure)[:300])
            else:
                load.visits.append(visit)

    threads = [threading.Thread(target=keep_answering, args=(SEED + place,)) for place in range(people)]
    account = Account(*servers)
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    load.used = account.close()
    return load


def together(loads: list[Load]) -> Load:
    """Several loads of the same kind as one."""
    return Load(
        loads[0].people,
        sum_of([load.used for load in loads]),
        [visit for load in loads for visit in load.visits],
        [failure for load in loads for failure in load.failures],
    )
