"""Equality profiles beside the responses they belong to, in memory only, and never beside another's."""

from datetime import timedelta

import numpy as np
import pytest
from django.utils import timezone

from consult.reports import link_function
from consult.submission import save_equality
from equality.categories import question_set_of
from equality.models import Profile
from equality.services import delete_profile
from exports import lining_up
from exports.lining_up import LOOK_AGAIN, STILL_ANSWERING, LinkedProfiles
from surveys.counted import CountedResponses
from surveys.responses import withdraw_response
from tests.consultations import open_consultation
from tests.exports.respondents import send

pytestmark = pytest.mark.django_db
SET = "2026-1"
NOW = timezone.now()
SEX = {option.value: option.code for option in question_set_of(SET).by_key["sex"].options} | {"": 251, "pnts": 252}


class Following:
    """Profiles that follow one consultation's responses."""

    def __init__(self):
        self.consultation = open_consultation()
        self.counted = CountedResponses(self.consultation.questionnaire_id)
        self.profiles = LinkedProfiles(self.consultation.questionnaire_id, SET)
        self.link_of = link_function(self.consultation)

    def send(self, sex=None, *, at=NOW):
        equality = None if sex is None else {"sex": sex}
        return send(self.consultation, {"support": 2, "visits": 1}, equality=equality, now=at)

    def say(self, response, sex):
        save_equality(self.consultation, submission_key=response.submission_key, answers={"sex": sex})

    def sexes(self, *, at=NOW, is_person=None, everything=False):
        """The codes of "sex" by response id, after a refresh."""
        self.counted.refresh(now=at)
        people = np.ones(len(self.counted.columns), bool) if is_person is None else np.array(is_person)
        self.profiles.refresh(self.counted, is_person=people, link_of=self.link_of, now=at, everything=everything)
        return dict(zip(self.counted.columns.ids.tolist(), self.profiles.column("sex").tolist(), strict=True))


class Remembering:
    """Finds links, and remembers the submission keys it was asked about."""

    def __init__(self, link_of):
        self.link_of = link_of
        self.keys = b""

    def many(self, submission_keys):
        self.keys += submission_keys
        return self.link_of.many(submission_keys)


@pytest.fixture
def following():
    return Following()


@pytest.mark.parametrize("few", [0, 20_000])
def test_each_profile_lies_at_the_place_of_its_own_response_however_it_is_looked_up(following, few, monkeypatch):
    monkeypatch.setattr(lining_up, "FEW", few)
    said = ["female", None, "male", "pnts", "", "male"]
    ids = [following.send(sex).id for sex in said]

    assert following.sexes() == {id_: 0 if sex is None else SEX[sex] for id_, sex in zip(ids, said, strict=True)}


def test_new_responses_are_lined_up_without_touching_those_before(following):
    first = following.send("female")
    following.sexes()
    edition = following.profiles.edition
    second = following.send("male")

    assert following.sexes() == {first.id: SEX["female"], second.id: SEX["male"]}
    assert following.profiles.edition == edition


def test_profile_that_grows_is_seen_at_the_next_look_and_not_before(following):
    response = following.send()
    following.sexes()
    edition = following.profiles.edition
    following.say(response, "female")

    assert following.sexes(at=NOW + LOOK_AGAIN) == {response.id: 0}
    assert following.sexes(at=NOW + LOOK_AGAIN + timedelta(seconds=1)) == {response.id: SEX["female"]}
    assert following.profiles.edition > edition


def test_look_for_a_report_sees_everything_at_once_even_what_was_sent_long_ago(following):
    sent_at = NOW - STILL_ANSWERING - timedelta(days=1)
    following.consultation.opens_at = sent_at - timedelta(days=1)
    following.consultation.save()
    response = following.send("female", at=sent_at)
    following.sexes()
    following.say(response, "male")

    assert following.sexes(at=NOW + timedelta(hours=1)) == {response.id: SEX["female"]}
    assert following.sexes(at=NOW + timedelta(hours=1), everything=True) == {response.id: SEX["male"]}


def test_look_that_finds_nothing_new_changes_nothing(following):
    following.send("female")
    following.sexes()
    edition = following.profiles.edition

    following.sexes(at=NOW + timedelta(minutes=5), everything=True)

    assert following.profiles.edition == edition


def test_withdrawn_response_takes_its_profile_out_and_the_others_keep_their_own(following):
    first, second, third = (following.send(sex) for sex in ("female", "male", "female"))
    following.sexes()

    withdraw_response(first)

    assert following.sexes() == {second.id: SEX["male"], third.id: SEX["female"]}


def test_erased_profile_is_gone_from_the_next_report(following):
    response = following.send("female")
    following.sexes()
    delete_profile(following.link_of(response.submission_key))

    assert following.sexes(everything=True) == {response.id: 0}


def test_nobody_looks_for_the_profile_of_a_response_that_speaks_for_no_person(following):
    first, second = following.send("female"), following.send("male")

    assert following.sexes(is_person=[False, True]) == {first.id: 0, second.id: SEX["male"]}


def test_profiles_of_people_already_lined_up_are_found_again_without_their_keys(following):
    asked = following.link_of = Remembering(following.link_of)
    person, organisation = following.send("female"), following.send("male")
    following.sexes(is_person=[True, False])
    following.say(person, "male")

    assert following.sexes(is_person=[True, False], everything=True) == {person.id: SEX["male"], organisation.id: 0}
    assert asked.keys == person.submission_key.bytes


def test_profiles_stay_beside_their_responses_while_more_and_more_come(following):
    said, ids = ["female", None, "male", "pnts", "", "male", "female"], []
    for sex in said:
        ids.append(following.send(sex).id)
        expected = {id_: 0 if one is None else SEX[one] for id_, one in zip(ids, said, strict=False)}
        assert following.sexes() == expected


@pytest.mark.parametrize("few", [0, 20_000])
def test_profile_of_another_width_is_refused_and_not_laid_across_its_neighbours(following, few, monkeypatch):
    monkeypatch.setattr(lining_up, "FEW", few)
    short, long = following.send("female"), following.send("male")
    for response, change in ((short, lambda codes: codes[:-1]), (long, lambda codes: codes + b"\0")):
        profile = Profile.objects.get(link=following.link_of(response.submission_key))
        profile.codes = change(bytes(profile.codes))
        profile.save()

    with pytest.raises(ValueError, match=f"profiles have {following.profiles.width} codes"):
        following.sexes()


@pytest.mark.parametrize("few", [0, 20_000])
def test_profiles_of_nobody_who_answered_are_passed_over(following, few, monkeypatch):
    monkeypatch.setattr(lining_up, "FEW", few)
    gone, stays = following.send("female"), following.send("male")
    gone.delete()

    assert following.sexes(is_person=[True]) == {stays.id: SEX["male"]}
    assert following.sexes(is_person=[True], everything=True) == {stays.id: SEX["male"]}


def test_after_the_key_was_destroyed_nothing_is_held_of_anybody(following):
    following.send("female")
    following.sexes()
    edition = following.profiles.edition

    following.profiles.forget(1)

    assert following.profiles.column("sex").tolist() == [0]
    assert following.profiles.edition > edition
    following.profiles.forget(3)
    assert following.profiles.column("sex").tolist() == [0, 0, 0]
