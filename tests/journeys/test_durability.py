"""What is on the disk when somebody is told that it is kept, and what need not be yet (docs/decisions/0042)."""

import pytest
from django.db import connection

from tests.consultations import open_consultation
from tests.journeys.visits import Visit

pytestmark = pytest.mark.django_db(transaction=True)

WAITS = {"sqlite": ("PRAGMA synchronous", 2), "postgresql": ("SHOW synchronous_commit", "on")}[connection.vendor]
WRITES = ("INSERT", "UPDATE", "DELETE")


class Commits:
    """Which tables are written to, and whether the commit waits for the disk: `[(table, waits)]` in order."""

    def __init__(self):
        self.seen = []

    def __call__(self, execute, sql, params, many, context):
        result = execute(sql, params, many, context)
        if sql.startswith(WRITES):
            asked, waiting = WAITS
            table = next(word for word in sql.replace('"', "").split() if "_" in word)
            self.seen.append((table, context["connection"].connection.execute(asked).fetchone()[0] == waiting))
        return result


@pytest.fixture
def visit():
    open_consultation()
    return Visit("plan")


def test_pages_on_the_way_do_not_wait_for_the_disk(visit):
    commits = Commits()
    with connection.execute_wrapper(commits):
        visit.given_i_have_begun().given_i_have_answered({"support": 1})
    assert commits.seen == [("surveys_draftresponse", False)] * 2


def test_a_receipt_is_shown_for_what_the_disk_has(visit):
    visit.given_i_am_ready_to_send()
    commits = Commits()
    with connection.execute_wrapper(commits):
        visit.when_i_send()
    assert commits.seen == [("surveys_response", True), ("surveys_draftresponse", True), ("consult_arrival", True)]


@pytest.mark.parametrize("answered", [[], [{"support": 1}, {"why": "Close"}, {"visits": 3}]])
def test_answers_that_somebody_is_told_are_saved_are_on_the_disk_although_this_page_changed_nothing(visit, answered):
    visit.given_i_have_begun().given_i_have_answered(*answered)
    commits = Commits()
    with connection.execute_wrapper(commits):
        visit.when_i_answer(button="save")
    visit.then_i_am_on("respond-save")
    assert commits.seen == [("surveys_draftresponse", True)]


def test_a_code_for_coming_back_is_shown_for_what_the_disk_has(visit):
    visit.given_i_have_begun().when_i_answer(button="save")
    commits = Commits()
    with connection.execute_wrapper(commits):
        visit.when_i_answer(how="code")
    visit.then_i_am_on("respond-saved")
    assert set(commits.seen) == {("surveys_draftresponse", True)}
