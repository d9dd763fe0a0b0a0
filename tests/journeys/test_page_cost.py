"""What each page costs the database: statements counted over every page of the three questionnaires.

Only statements that read or write are counted. BEGIN, COMMIT and savepoints are not: they cost no look-up, and how many there are
differs between a test, which runs inside a transaction of its own, and the service.
"""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from consult.demonstration.facts import SLUGS
from consult.models import Document
from tests.consultations import open_consultation
from tests.journeys.test_apms import PATIENT_OF_ALDERBECK
from tests.journeys.test_older_you import NOT_IN_HOSPITAL
from tests.journeys.test_outpatients import EYE_AND_SKIN
from tests.journeys.visits import Visit, given_a_postcode_directory, given_an_open_consultation

pytestmark = pytest.mark.django_db

ANSWERS = dict(zip(SLUGS, (PATIENT_OF_ALDERBECK, NOT_IN_HOSPITAL, EYE_AND_SKIN), strict=True))
WORK = ("SELECT", "INSERT", "UPDATE", "DELETE")
ABOUT_ME = (
    {"age": "65_74"},
    {"disability": "yes"},
    {"disability_impact": "a_little"},
    {"ethnic_broad": "white"},
    {"ethnic_group": "w_brit"},
    {"religion": "pnts"},
    {"sex": "female", "gender_identity": "same"},
    {"sexual_orientation": "straight"},
    {"pregnancy_maternity": "no"},
    {"carer": "h9"},
    {"veteran": ["no"]},
)


class Costed(Visit):
    """A visit that notes what each request cost: `costs` is `[(method, path, statements)]`, each redirect a request."""

    def __init__(self, slug):
        super().__init__(slug)
        self.costs = []

    def when_i_go_to(self, path):
        with CaptureQueriesContext(connection) as captured:
            response = self.client.get(path)
        self.costs.append(("GET", path, statements(captured)))
        return self.when_i_go_to(response.url) if response.status_code == 302 else self.shows(response)

    def when_i_post(self, path, fields):
        posted = {}
        for name, value in fields:
            posted.setdefault(name, []).append(value)
        with CaptureQueriesContext(connection) as captured:
            response = self.client.post(path, posted)
        self.costs.append(("POST", path, statements(captured)))
        return self.when_i_go_to(response.url) if response.status_code == 302 else self.shows(response)

    def dearest(self, method):
        """The most statements that a request of a method took, with its address."""
        return max((cost, path) for made, path, cost in self.costs if made == method)


def statements(captured):
    """How many of the captured queries read or write."""
    return sum(query["sql"].startswith(WORK) for query in captured.captured_queries)


@pytest.mark.parametrize("slug", SLUGS)
def test_no_page_of_a_questionnaire_takes_more_than_three_statements(slug):
    given_an_open_consultation(slug)
    visit = Costed(slug).given_i_have_begun()
    visit.costs.clear()

    visit.given_i_have_answered(*ANSWERS[slug])

    visit.then_i_am_on("respond-page", step="check")
    assert len(visit.costs) == 2 * len(ANSWERS[slug])
    # The consultation with its team, and the draft; the answers kept.
    assert {cost for made, _, cost in visit.costs if made == "POST"} == {3}
    assert {cost for made, _, cost in visit.costs if made == "GET"} == {2}


def test_a_page_sent_again_unchanged_writes_nothing_and_one_with_errors_neither():
    open_consultation()
    visit = Costed("plan").given_i_have_begun()
    visit.given_i_have_answered({"support": 1})
    visit.when_i_go_back()
    visit.costs.clear()

    visit.when_i_continue()
    visit.when_i_answer(why="x" * 5_000)

    assert [cost for made, _, cost in visit.costs if made == "POST"] == [2, 2]


def test_what_sending_costs():
    open_consultation()
    visit = Costed("plan").given_i_am_ready_to_send()
    visit.costs.clear()

    visit.when_i_send()

    # Sending: the consultation, the draft, the times read again inside the transaction, the response, the draft emptied, and
    # how it came. The page after it: the consultation, and in what capacity somebody answered.
    assert [cost for _, _, cost in visit.costs] == [6, 2]


def test_equality_pages_take_one_statement_to_show_and_three_to_keep():
    given_a_postcode_directory()
    open_consultation()
    visit = Costed("plan").given_i_am_ready_to_send()
    visit.when_i_send()
    visit.when_i_answer(answer="yes")
    visit.costs.clear()

    visit.given_i_have_answered(*ABOUT_ME, {"postcode": "NB1 1AA"})

    visit.then_i_am_on("respond-done")
    # To show: the consultation. To keep: the consultation with its key and the area of a
    # postcode, the profile read and locked, the profile written.
    assert {cost for made, _, cost in visit.costs if made == "GET"} == {1}
    assert {cost for made, _, cost in visit.costs if made == "POST"} == {3}


@pytest.mark.parametrize(
    ("name", "cost"), [("hub", 1), ("consultation", 3), ("respond", 3), ("respond-privacy", 2), ("respond-done", 1)]
)
def test_what_the_pages_around_a_questionnaire_cost(name, cost):
    Document.objects.create(consultation=open_consultation(), slug="plan", title="The plan", body="It is short.")
    visit = Costed("plan")
    # The published version is read once in the life of a process.
    visit.when_i_open("respond")
    if name == "respond-done":
        visit.given_i_am_ready_to_send().when_i_send()
    visit.costs.clear()

    visit.when_i_go_to("/") if name == "hub" else visit.when_i_open(name)

    assert visit.dearest("GET")[0] == cost
