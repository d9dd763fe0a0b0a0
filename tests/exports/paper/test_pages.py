"""Pages from blocks: nothing is parted that a page can hold, and what is parted says so."""

import pytest

from exports.formats.pdf.strips import Strip
from exports.paper.pages import Block, PageMaker, TooTall


def strips(*heights, gap=10.0):
    return tuple(Strip(height, lambda canvas, top: None, gap=gap) for height in heights)


def made(*blocks, height=100.0):
    maker = PageMaker(height)
    maker.put(blocks)
    return maker


def tops(maker):
    return [[top for _, top in page] for page in maker.pages]


def test_block_that_does_not_fit_begins_the_next_page_without_its_gap():
    maker = made(Block(strips(60), anchor="a"), Block(strips(20, 20), anchor="b"))

    assert tops(maker) == [[0], [0, 30]]
    assert [(each.anchor, each.pages, each.top, each.height) for each in maker.placed] == [
        ("a", (1,), 0, 60),
        ("b", (2,), 0, 50),
    ]


def test_heading_goes_with_what_it_heads():
    assert tops(made(Block(strips(60)), Block(strips(20), with_next=True), Block(strips(30)))) == [[0], [0, 30]]


def test_block_that_no_page_holds_begins_a_page_and_goes_on_under_a_line_that_says_so():
    again = strips(10, gap=0)
    maker = made(Block(strips(20)), Block(strips(30, 30, 30, 30), anchor="tall", again=again))

    assert tops(maker) == [[0], [0, 40], [0, 20, 60]]
    assert maker.pages[2][0][0] is again[0]
    assert maker.placed[0].pages == (2, 3)


def test_last_strip_of_a_parted_block_does_not_stand_alone():
    maker = made(Block(strips(15, 15, 15, 15, 15, gap=5), anchor="tall"), height=90)

    assert [len(page) for page in maker.pages] == [3, 2]


def test_halves_hold_a_block_each_and_what_needs_more_has_a_page():
    small, large = Block(strips(30), half=True), Block(strips(70), half=True)

    assert tops(made(small, small, small, large, small)) == [[0, 50], [0], [0], [0]]


def test_strip_taller_than_a_page_is_refused_by_name():
    with pytest.raises(TooTall, match="the question “a3” has words that are longer than a page"):
        made(Block(strips(20, 120), anchor="a3#1"))


def test_block_can_ask_for_a_page_of_its_own():
    assert tops(made(Block(strips(10)), Block(strips(10), starts_page=True))) == [[0], [0]]
