"""The one way in: one transaction, one response for each key, a receipt only for what was kept."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from uuid import UUID

import pytest
from django.db import connection
from django.utils import timezone

from consult import keys, submission
from consult.models import AuditEvent, Consultation
from equality.models import Profile
from surveys.models import Channel, Response
from surveys.responses import rebuilt_codes
from surveys.validation import AnswersRejected
from tests.consultations import open_consultation, version_of

KEY = UUID("11111111-2222-4333-8444-555555555555")


def send(consultation, answers, *, key=KEY, channel=Channel.ONLINE, now=None, **more):
    return submission.submit(
        consultation,
        answers=answers,
        channel=channel,
        key=key,
        version_id=version_of(consultation),
        now=now or timezone.now(),
        **more,
    )


@pytest.mark.django_db
def test_response_is_kept_with_its_document_and_the_codes_of_that_document():
    consultation = open_consultation()

    receipt = send(consultation, {"support": "1", "why": "Near my home", "visits": "3"})

    response = Response.objects.get()
    assert response.answers == {"support": 1, "why": "Near my home", "visits": 3}
    assert bytes(response.codes) == bytes([1, 1]) + (3).to_bytes(4, "little", signed=True)
    assert rebuilt_codes(response) == bytes(response.codes)
    assert receipt == submission.Receipt(response.reference, keys.receipt_for(KEY), is_new=True)


@pytest.mark.django_db
def test_same_key_again_gives_the_first_receipt_and_changes_nothing():
    consultation = open_consultation()
    first = send(consultation, {"support": 1, "visits": 3})

    second = send(consultation, {"support": 2, "visits": 9})

    assert (second.reference, second.receipt, second.is_new) == (first.reference, first.receipt, False)
    assert list(Response.objects.values_list("answers", flat=True)) == [{"support": 1, "visits": 3}]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("answers", "later"), [({}, timedelta(0)), ({"support": 99}, timedelta(0)), ({"support": 1}, timedelta(days=365))]
)
def test_same_key_gives_the_first_receipt_whatever_it_is_sent_with_and_after_closing(answers, later):
    consultation = open_consultation()
    first = send(consultation, {"support": 1})

    again = send(consultation, answers, now=timezone.now() + later)

    assert (again.reference, again.receipt, again.is_new) == (first.reference, first.receipt, False)


@pytest.mark.django_db
@pytest.mark.parametrize("answers", [{}, {"support": 99}])
def test_somebody_who_is_too_late_is_told_that_and_not_what_is_wrong(answers):
    consultation = open_consultation()
    with pytest.raises(submission.ConsultationClosed):
        send(consultation, answers, now=consultation.closes_at + timedelta(days=1))


@pytest.mark.django_db(transaction=True)
def test_answers_are_checked_before_the_transaction_in_which_nobody_else_can_write(monkeypatch):
    consultation, inside = open_consultation(), []
    for name in ("checked_answers", "row_of", "take_in"):
        work = getattr(submission, name)
        monkeypatch.setattr(
            submission, name, lambda *a, work=work, **b: inside.append(connection.in_atomic_block) or work(*a, **b)
        )

    send(consultation, {"support": 1}, alongside=lambda: inside.append(connection.in_atomic_block))

    assert inside == [False, False, True, True]


@pytest.mark.django_db
def test_what_is_done_alongside_is_undone_with_the_response_and_the_response_with_it():
    consultation = open_consultation()

    def alongside():
        Consultation.objects.update(short_name="Changed")
        raise RuntimeError("the disk is full")

    with pytest.raises(RuntimeError):
        send(consultation, {"support": 1}, alongside=alongside)

    consultation.refresh_from_db()
    assert (Response.objects.count(), consultation.short_name) == (0, "The clinic")


@pytest.mark.django_db(transaction=True)
def test_A2_same_key_twenty_times_in_parallel_gives_one_response_and_one_receipt():
    consultation = open_consultation()

    def once(_):
        try:
            return send(consultation, {"support": 1, "visits": 3})
        finally:
            connection.close()

    version_of(consultation)
    with ThreadPoolExecutor(20) as pool:
        receipts = list(pool.map(once, range(20)))

    assert Response.objects.count() == 1
    assert len({(receipt.reference, receipt.receipt) for receipt in receipts}) == 1
    assert sum(receipt.is_new for receipt in receipts) == 1


@pytest.mark.django_db
def test_A7_answers_of_an_abandoned_branch_are_neither_stored_nor_counted():
    consultation = open_consultation()

    send(consultation, {"support": 2, "why": "I wrote this before I changed my mind", "visits": 0})

    response = Response.objects.get()
    assert response.answers == {"support": 2, "visits": 0}
    assert bytes(response.codes)[:2] == bytes([2, 0])


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("answers", "problems"),
    [
        ({"visits": 1}, {"support": ["Select an answer"]}),
        ({"support": "7"}, {"support": ["Select one of the answers listed"]}),
        ({"support": 1, "visits": "many"}, {"visits": ["Your answer must be a whole number, like 3"]}),
        ({"support": 1, "nonsense": 1}, {"nonsense": ["This question is not part of the questionnaire"]}),
        (
            {"support": 1, "why": "x" * 1_000_000},
            {"why": ["Your answer must be 4,000 characters or less. You have used 1,000,000"]},
        ),
    ],
)
def test_wrong_answers_are_refused_by_question_and_nothing_is_kept(answers, problems):
    consultation = open_consultation()

    with pytest.raises(AnswersRejected) as refusal:
        send(consultation, answers)

    assert refusal.value.problems == problems
    assert not Response.objects.exists()


@pytest.mark.django_db
def test_A15_sending_no_answer_at_all_is_refused():
    definition = open_consultation().questionnaire.versions.get().document
    definition["pages"][0]["questions"][0]["required"] = False
    from surveys.definition_json import from_json  # noqa: PLC0415

    consultation = open_consultation(from_json(definition), slug="optional")

    with pytest.raises(submission.NothingToSend):
        send(consultation, {"why": " \u200b "})

    assert not Response.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize("written", ["a\x00b", "a\x0bb", "a\ud800b", "a\x1bb\ufffe"])
def test_B1_B2_B3_characters_that_break_writers_are_cleaned_away(written):
    consultation = open_consultation()

    send(consultation, {"support": 1, "why": written})

    assert Response.objects.get().answers["why"] == "ab"


@pytest.mark.django_db
def test_B5_words_of_every_script_are_kept_exactly():
    consultation = open_consultation()
    words = "Diolch 😀 شکریہ 谢谢 “quoted”, and\na line"

    send(consultation, {"support": 1, "why": words})

    assert Response.objects.get().answers["why"] == words


@pytest.mark.django_db
def test_G1_after_closing_only_what_was_begun_before_it_is_taken_and_only_for_an_hour():
    consultation = open_consultation()
    closes = consultation.closes_at
    begun = closes - timedelta(minutes=10)

    in_grace = send(consultation, {"support": 1}, now=closes + timedelta(minutes=59), begun_at=begun)
    with pytest.raises(submission.ConsultationClosed):
        send(consultation, {"support": 1}, key=UUID(int=2), now=closes + timedelta(minutes=61), begun_at=begun)
    with pytest.raises(submission.ConsultationClosed):
        send(consultation, {"support": 1}, key=UUID(int=3), now=closes + timedelta(minutes=1), begun_at=closes)

    assert in_grace.is_new
    assert Response.objects.count() == 1


@pytest.mark.django_db
def test_paper_that_came_in_time_is_keyed_after_closing_and_recorded():
    consultation = open_consultation()

    send(
        consultation,
        {"support": {"mark": "several", "seen": [1, 2]}, "visits": {"mark": "illegible"}},
        channel=Channel.PAPER,
        now=consultation.closes_at + timedelta(days=3),
        by="clerk",
    )

    response = Response.objects.get()
    assert bytes(response.codes)[0] == 254
    assert response.answers["support"] == {"mark": "several", "seen": [1, 2]}
    assert AuditEvent.objects.latest("seq").verb == "response keyed"


@pytest.mark.django_db
def test_marks_are_a_keyers_and_refused_from_anybody_else():
    consultation = open_consultation()

    with pytest.raises(AnswersRejected):
        send(consultation, {"support": {"mark": "illegible"}})


@pytest.mark.django_db
def test_equality_answers_lie_apart_under_a_link_that_the_response_does_not_hold():
    consultation = open_consultation()

    send(consultation, {"support": 1}, equality={"age": "65_74", "sex": "female"})

    profile, response = Profile.objects.get(), Response.objects.get()
    link = keys.profile_link(submission.link_key(consultation), KEY)
    assert profile.link == link
    held = {str(value) for value in Response.objects.values_list().get()}
    assert str(link) not in held
    assert link.hex not in " ".join(held)
    assert "65_74" not in str(response.answers)


@pytest.mark.django_db
def test_T2_a_stolen_database_without_the_master_key_cannot_join_profiles_to_responses(settings):
    consultation = open_consultation()
    send(consultation, {"support": 1}, equality={"age": "65_74"})
    stored = bytes(consultation.link_key.wrapped)

    settings.MASTER_KEY = "another key that is not the one of this service"
    keys.derived_key.cache_clear()
    try:
        from cryptography.fernet import InvalidToken  # noqa: PLC0415

        with pytest.raises(InvalidToken):
            keys.unwrap_link_key(stored)
    finally:
        keys.derived_key.cache_clear()


@pytest.mark.django_db
def test_receipt_is_stored_only_as_a_digest_keyed_outside_the_database():
    consultation = open_consultation()

    receipt = send(consultation, {"support": 1}).receipt

    response = Response.objects.get()
    assert bytes(response.receipt_digest) == keys.receipt_digest(receipt)
    assert receipt not in str(Response.objects.values_list().get())
    assert keys.read_receipt(receipt.lower().replace("-", " ")) == receipt


@pytest.mark.parametrize("place", range(12))
def test_receipt_with_one_wrong_symbol_is_not_a_receipt(place):
    symbols = keys.receipt_for(KEY).replace("-", "")
    wrong = keys.ALPHABET[(keys.ALPHABET.index(symbols[place]) + 1) % 31]

    assert keys.read_receipt(symbols[:place] + wrong + symbols[place + 1 :]) is None


@pytest.mark.django_db
def test_failed_audit_row_takes_the_response_with_it(monkeypatch):
    consultation = open_consultation()

    def fails(*args, **kwargs):
        raise RuntimeError("the record cannot be written")

    monkeypatch.setattr(submission.audit, "record", fails)
    with pytest.raises(RuntimeError):
        send(consultation, {"support": 1}, channel=Channel.PAPER, by="clerk")

    assert not Response.objects.exists()


@pytest.mark.parametrize("number", [0, 1, 3])
def test_links_of_many_keys_are_those_of_each_by_itself(number):
    link_key = bytes(range(32))
    submission_keys = [UUID(int=place << 120) for place in range(number)]
    expected = [keys.profile_link(link_key, key) for key in submission_keys]
    link_of = keys.ProfileLinks(link_key)

    assert [link_of(key) for key in submission_keys] == expected
    many = link_of.many(b"".join(key.bytes for key in submission_keys))
    assert many == b"".join(link.bytes for link in expected)
