"""The hub: every consultation the public may know of, by what can be done with it, with a search and three filters.

The same for everybody who asks for the same address, and without a cookie, so that caches may keep it.
"""

from dataclasses import dataclass, replace

from django.db.models import OuterRef, Subquery
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext, gettext_lazy

from consult.areas import wards_of
from consult.languages import ENGLISH, spoken, spoken_code
from consult.models import Consultation
from consult.services import facts_about
from consult.stages import PUBLIC_STAGES, Stage, stage_at
from consult.views.public import kept_a_minute, told_of
from consult.views.spoken import in_asked_language
from consult.wording import days_left, moment
from surveys.models import Version
from surveys.publishing import published

MOST_SEARCHED = 100
"""How much of a search is read, in characters."""

STATES = {
    "open": (gettext_lazy("Open"), {Stage.OPEN}),
    "soon": (gettext_lazy("Coming soon"), {Stage.FORTHCOMING}),
    "waiting": (gettext_lazy("Closed, waiting for a decision"), {Stage.CLOSED, Stage.REPORTED}),
    "decided": (gettext_lazy("Closed and decided"), {Stage.DECIDED}),
}
"""What the hub calls the stages: each name in its address, with the words for it and the stages that it takes together."""


@dataclass(frozen=True)
class Wanted:
    """What somebody asked to see. Blank: everything.

    `areas` are those of a postcode that was typed in place of words: None where none was, empty where its area is not known.
    """

    words: str
    area: str
    topic: str
    state: str
    areas: frozenset[str] | None = None

    def __bool__(self):
        return bool(self.words or self.area or self.topic or self.state)

    def takes(self, consultation, state, told):
        """Whether a consultation is among what was asked for: every word in its texts, its area, its topic, its state.

        `told` is what it says of itself in the language of the page.
        """
        return (
            (self.is_near(consultation) if self.areas is not None else self.is_about(consultation, told))
            and self.area in ("", consultation.area)
            and self.topic in ("", consultation.topic)
            and self.state in ("", state)
        )

    def is_about(self, consultation, told):
        """Whether every word typed is in its texts, as they stand or as they are told in the language of the page."""
        texts = (consultation.title, consultation.summary, consultation.topic, consultation.area)
        text = " ".join((*texts, *(told.get(text, "") for text in texts))).casefold()
        return all(word in text for word in self.words.casefold().split())

    def is_near(self, consultation):
        """Whether it is about the area of the postcode typed, or about no area of its own. All are, where that is not known."""
        return not self.areas or consultation.area in ("", *self.areas)


def hub(request):
    """Every consultation by what can be done: open (soonest to close first), coming soon, closed (newest first). One query."""
    with in_asked_language(request) as languages:
        context = languages | hub_context(request, timezone.now())
        return kept_a_minute(render(request, "consult/public/hub.html", context))


def hub_context(request, now):
    """What the hub says in the language now spoken."""
    cards = [card for found in consultations() if (card := card_of(found, now))]
    wanted = with_areas(wanted_by(request), cards)
    shown = [card for card in cards if wanted.takes(card["consultation"], card["state"], card["told"])]
    return groups(shown) | {
        "page_title": gettext("Have your say"),
        "wanted": wanted,
        "controls": controls(cards, wanted),
        "number": len(shown),
        "is_unknown_postcode": wanted.areas is not None and not wanted.areas,
        "chosen": spoken_code(),
    }


def consultations():
    """Every consultation with its team; in another language than English also with its newest version. One query."""
    rows = Consultation.objects.select_related("team")
    if spoken() == ENGLISH:
        return rows
    newest = Version.objects.filter(questionnaire=OuterRef("questionnaire")).order_by("-number").values("id")[:1]
    return rows.annotate(newest=Subquery(newest))


def told_by(consultation):
    """What a consultation of these says of itself in the language now spoken. A version is read once in a process."""
    newest = getattr(consultation, "newest", None)
    return told_of(published(newest).definition) if newest else {}


def wanted_by(request):
    """What the address asks for."""
    given = {name: request.GET.get(name, "").strip()[:MOST_SEARCHED] for name in ("area", "topic", "state")}
    return Wanted(words=request.GET.get("q", "").strip()[:MOST_SEARCHED], **given)


def with_areas(wanted, cards):
    """The same, with the areas of a postcode typed. One query where words are a postcode that no text holds."""
    if not wanted.words or any(wanted.is_about(card["consultation"], card["told"]) for card in cards):
        return wanted
    wards = wards_of(wanted.words)
    return (
        wanted
        if wards is None
        else replace(wanted, areas=frozenset(wards & {card["consultation"].area for card in cards}))
    )


def card_of(consultation, now):
    """What the hub says of one consultation; None where the public may not know of it."""
    stage = stage_at(facts_about(consultation), now)
    if stage not in PUBLIC_STAGES:
        return None
    return {
        "consultation": consultation,
        "told": told_by(consultation),
        "state": next(name for name, (_, stages) in STATES.items() if stage in stages),
        "stage": stage,
        "opens": moment(consultation.opens_at),
        "closes": moment(consultation.closes_at),
        "left": days_left(consultation.closes_at, now),
    }


def groups(cards):
    """`{state: cards}` in the order that each list is read in."""
    held = {state: [card for card in cards if card["state"] == state] for state in STATES}
    return {
        "open": sorted(held["open"], key=closing),
        "soon": sorted(held["soon"], key=lambda card: card["consultation"].opens_at),
        "waiting": sorted(held["waiting"], key=closing, reverse=True),
        "decided": sorted(held["decided"], key=closing, reverse=True),
    }


def closing(card):
    return card["consultation"].closes_at


def controls(cards, wanted):
    """Parameters of the form's NHS components: the search box, and a list for each filter with what there is to choose."""
    areas = sorted({card["consultation"].area for card in cards} - {""})
    topics = sorted({card["consultation"].topic for card in cards} - {""})
    told = {text: words for card in cards for text, words in card["told"].items()}
    states = [(name, words) for name, (words, _) in STATES.items()]
    return {
        "search": {
            "id": "q",
            "name": "q",
            "label": {"text": gettext("Search by word or postcode")},
            "value": wanted.words,
            "classes": "nhsuk-input--width-20",
            "autocomplete": "off",
        },
        "lists": [
            choice("area", gettext("Area"), gettext("All areas"), named(areas, told), wanted.area),
            choice("topic", gettext("Topic"), gettext("All topics"), named(topics, told), wanted.topic),
            choice("state", gettext("Status"), gettext("Any status"), states, wanted.state),
        ],
    }


def named(names, told):
    """The teams' own names of areas and topics as options: as they are `told` in the page's language, else marked as English."""
    marks = {} if spoken() == ENGLISH else {"lang": ENGLISH.tag}
    return [(name, told[name], {}) if name in told else (name, name, marks) for name in names]


def choice(name, label, everything, options, chosen):
    """Parameters of a list to choose one thing from, or everything. An option is (value, text), perhaps with attributes."""
    items = [
        {"value": value, "text": text, "selected": value == chosen, "attributes": dict(*marks)}
        for value, text, *marks in [("", everything), *options]
    ]
    return {"id": name, "name": name, "label": {"text": label}, "items": items}
