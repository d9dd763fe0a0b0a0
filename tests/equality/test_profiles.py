"""Equality profiles: saved apart, merged, deleted, and lying in an order that tells nothing."""

import random
from concurrent.futures import ThreadPoolExecutor
from uuid import UUID

import pytest
from django.db import connection

from equality.categories import CategoryError, decode, encode
from equality.models import Profile
from equality.queries import LINKS_AT_ONCE, profile_codes, profiles_for, self_described_at
from equality.services import delete_profile, reorder_profiles, save_profile

SET = "2026-1"
QUESTIONNAIRE = UUID(int=7)
LINK = UUID(int=1)


def save(answers, *, link=LINK, questionnaire_id=QUESTIONNAIRE, **more):
    return save_profile(link=link, questionnaire_id=questionnaire_id, set_version=SET, answers=answers, **more)


def save_many(links):
    """One profile at each link, in this order."""
    for link in links:
        save({"sex": "female"}, link=link)


def random_links(number, *, seed=3):
    source = random.Random(seed)
    return [UUID(int=source.getrandbits(128)) for _ in range(number)]


def joined(links):
    """Links as 16 raw bytes each."""
    return b"".join(link.bytes for link in links)


def read(pages):
    """[(link, codes)] of profiles, from pages of them."""
    found = []
    for links, codes in pages:
        assert len(links) == 16 * len(codes)
        found += [(UUID(bytes=links[16 * place :][:16]), row) for place, row in enumerate(codes)]
    return found


def links_as_they_lie():
    """The links in the order in which the database keeps the rows."""
    order = "rowid" if connection.vendor == "sqlite" else "ctid"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT link FROM equality_profile ORDER BY {order}")  # noqa: S608
        return [UUID(str(link)) for (link,) in cursor.fetchall()]


def kept(link=LINK):
    return decode(bytes(Profile.objects.get(link=link).codes), SET)


def test_profile_holds_no_time_no_row_number_and_no_foreign_key():
    fields = {field.name: field.get_internal_type() for field in Profile._meta.get_fields()}
    assert fields == {
        "link": "UUIDField",
        "questionnaire_id": "UUIDField",
        "set_version": "CharField",
        "codes": "BinaryField",
        "self_described": "BinaryField",
    }


@pytest.mark.django_db
def test_first_save_creates_a_profile():
    save({"age": "25_34", "sex": ""}, self_described=b"sealed")
    profile = Profile.objects.get()
    assert (profile.link, profile.questionnaire_id, profile.set_version) == (LINK, QUESTIONNAIRE, SET)
    assert bytes(profile.codes) == encode({"age": "25_34", "sex": ""}, SET)
    assert bytes(profile.self_described) == b"sealed"


@pytest.mark.django_db
def test_later_saves_are_merged_into_it():
    save({"disability": "yes"}, self_described=b"sealed")
    save({"disability_impact": "a_lot"})
    assert kept() == {"disability": "yes", "disability_impact": "a_lot"}
    assert bytes(Profile.objects.get().self_described) == b"sealed"


@pytest.mark.django_db
def test_new_own_words_take_the_place_of_the_old():
    save({"religion": "other"}, self_described=b"first")
    save({}, self_described=b"second")
    assert bytes(Profile.objects.get().self_described) == b"second"


@pytest.mark.django_db
def test_own_words_are_found_where_there_are_any():
    save({"religion": "other"}, self_described=b"sealed")
    save({"religion": "sikh"}, link=UUID(int=2))
    assert [self_described_at(UUID(int=number)) for number in (1, 2, 3)] == [b"sealed", None, None]


@pytest.mark.django_db
def test_refused_answer_leaves_the_profile_as_it_was():
    save({"sex": "male"})
    with pytest.raises(CategoryError):
        save({"age": "25_34", "sex": "purple"})
    assert kept() == {"sex": "male"}


@pytest.mark.django_db
def test_profile_begun_with_another_question_set_is_not_merged_into():
    Profile.objects.create(link=LINK, questionnaire_id=QUESTIONNAIRE, set_version="2020-1", codes=b"\x01")
    with pytest.raises(CategoryError, match=r"^This profile was begun with question set 2020-1, not 2026-1$"):
        save({"sex": "male"})


@pytest.mark.django_db
def test_deleting_says_whether_there_was_a_profile():
    save({"sex": "male"})
    assert [delete_profile(LINK), delete_profile(LINK)] == [True, False]
    assert not Profile.objects.exists()


@pytest.mark.django_db
def test_profiles_of_a_questionnaire_are_read_in_link_order():
    links = random_links(20)
    save_many(links)
    save({"sex": "male"}, link=UUID(int=99), questionnaire_id=UUID(int=8))
    row = encode({"sex": "female"}, SET)
    assert read(profile_codes(QUESTIONNAIRE)) == [(link, row) for link in sorted(links)]


@pytest.mark.django_db
@pytest.mark.parametrize("size", [1, 3, 4, 5])
def test_profiles_of_a_questionnaire_are_read_page_by_page(size, monkeypatch):
    monkeypatch.setattr("equality.queries.ROWS_AT_ONCE", size)
    links = random_links(4)
    for place, link in enumerate(links):
        save({"sex": ("female", "male")[place % 2]}, link=link)
    expected = {link: encode({"sex": ("female", "male")[place % 2]}, SET) for place, link in enumerate(links)}

    pages = list(profile_codes(QUESTIONNAIRE))

    assert read(pages) == sorted(expected.items())
    assert max(len(codes) for _, codes in pages) == min(size, 4)


@pytest.mark.django_db
@pytest.mark.parametrize("number", [0, 1, 1 << 120, (1 << 128) - 1])
def test_link_is_read_with_every_byte_even_where_it_begins_or_ends_with_noughts(number):
    link = UUID(int=number)
    save({"sex": "female"}, link=link)
    expected = [(link, encode({"sex": "female"}, SET))]
    assert read(profiles_for(link.bytes)) == expected
    assert read(profile_codes(QUESTIONNAIRE)) == expected


@pytest.mark.django_db
def test_profiles_are_found_by_link_where_there_are_any():
    links = random_links(5)
    save_many(links[:3])
    row = encode({"sex": "female"}, SET)
    assert read(profiles_for(joined([*links, links[0]]))) == [(link, row) for link in sorted(links[:3])]


@pytest.mark.django_db
@pytest.mark.parametrize(("number", "queries"), [(0, 0), (1, 1), (LINKS_AT_ONCE, 1), (LINKS_AT_ONCE + 1, 2)])
def test_links_are_looked_up_500_at_a_time(django_assert_num_queries, number, queries):
    with django_assert_num_queries(queries):
        assert list(profiles_for(joined(random_links(number)))) == []


@pytest.mark.django_db
def test_rows_lie_in_link_order_once_reordered_whatever_order_they_came_in():
    links = random_links(200)
    save_many(links)
    # Rows lie about as they came, but where freed space is used again: this is what would give people away.
    assert links_as_they_lie() != sorted(links)
    reorder_profiles()
    assert links_as_they_lie() == sorted(links)


@pytest.mark.django_db
def test_two_orders_of_arrival_leave_the_same_table_behind():
    links = random_links(60)
    tables = []
    for arriving in (links, random.Random(5).sample(links, len(links))):
        Profile.objects.all().delete()
        save_many(arriving)
        reorder_profiles()
        tables.append(links_as_they_lie())
    assert tables[0] == tables[1]


@pytest.mark.django_db
def test_reordering_changes_no_profile_and_may_be_done_again():
    links = random_links(30)
    save_many(links)
    save({"age": "16_24"}, link=links[4], self_described=b"sealed")
    before = list(Profile.objects.order_by("link").values())
    reorder_profiles()
    save({"sex": "male"}, link=UUID(int=5))
    reorder_profiles()
    assert list(Profile.objects.exclude(link=UUID(int=5)).order_by("link").values()) == before
    assert links_as_they_lie() == [UUID(int=5), *sorted(links)]


@pytest.mark.django_db
def test_reordering_an_empty_table_does_nothing():
    reorder_profiles()
    assert links_as_they_lie() == []


@pytest.mark.django_db
@pytest.mark.sqlite
def test_row_numbers_begin_at_one_so_that_none_tells_how_many_came_before():
    save_many(random_links(4))
    delete_profile(random_links(4)[0])
    reorder_profiles()
    with connection.cursor() as cursor:
        cursor.execute("SELECT rowid FROM equality_profile ORDER BY link")
        assert [number for (number,) in cursor.fetchall()] == [1, 2, 3]


@pytest.mark.django_db(transaction=True)
@pytest.mark.postgres
def test_pages_sent_at_the_same_moment_all_count():
    answers = [{"age": "25_34"}, {"sex": "male"}, {"carer": "none"}, {"religion": "hindu"}, {"disability": "pnts"}]

    def send(page):
        try:
            save(page)
        finally:
            connection.close()

    for number in range(10):
        with ThreadPoolExecutor(len(answers)) as people:
            list(people.map(send, answers))
        assert kept() == {key: value for page in answers for key, value in page.items()}, number
        delete_profile(LINK)
