"""Value of a card that lies at other stores, as the counter shows it: how much, where, and out of reach since when.

Nothing is asked for here (`link_desk.ValueLine`). The figure is always beside what is usable here, never added to it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from salon_desk.domain.clock import parse_instant
from salon_desk.domain.money import Money
from salon_desk.domain.names import Names
from salon_desk.i18n import Catalogue
from salon_desk.services import cards
from salon_desk.services.till import Till
from salon_desk.storage.queries.cards import Card, CardValue
from salon_desk.ui.link_desk import Reach
from salon_desk.ui.link_words import when
from salon_desk.ui.view_values import Chip, Tone

Place = tuple[Names, Money]
"""A store and what lies there; a name without words is head office, or a till that nobody has described yet."""


@dataclass(frozen=True, slots=True)
class Lying:
    """Where the value of a card lies that is not here, most first."""

    card: str
    places: tuple[Place, ...]


def lying_of(till: Till, owned: Iterable[tuple[Card, CardValue]]) -> tuple[Lying, ...]:
    """Of those cards that have value elsewhere, where. Database worker, reads only."""
    return tuple(Lying(card.card, cards.elsewhere(till, card)) for card, value in owned if value.elsewhere)


def places_of(till: Till, owned: Iterable[tuple[Card, CardValue]]) -> tuple[Place, ...]:
    """The same without saying which card it is of: for one member's cards, or for one card."""
    return tuple(place for one in lying_of(till, owned) for place in one.places)


def cards_elsewhere(owned: Iterable[tuple[Card, CardValue]]) -> tuple[str, ...]:
    """The cards that are worth asking for: they have value elsewhere and may pay."""
    return tuple(card.card for card, value in owned if value.elsewhere and not card.frozen)


def label(places: Sequence[Place], words: Catalogue) -> str:
    """What stands over the third figure: the one store by name, or how many there are; empty for nothing known."""
    stores = list(dict.fromkeys(names.in_language(words.language) for names, _amount in places))
    if not stores:
        return ""
    if len(stores) > 1:
        return words.plural("At {n} places", "At {n} places", len(stores))
    return words.text("At {store}", store=stores[0]) if stores[0] else words.text("At head office")


def sentences(places: Sequence[Place], reach: Reach, time_zone: str, words: Catalogue) -> tuple[str, ...]:
    """Each place with its amount, and since when it cannot be fetched if so."""
    return tuple(_sentence(names, amount, reach, time_zone, words) for names, amount in places)


def reach_chips(places: Sequence[Place], reach: Reach, time_zone: str, words: Catalogue) -> tuple[Chip, ...]:
    """What of it is out of reach: the own line in one chip, else each store that nobody hears of."""
    if not places:
        return ()
    if reach.line_since:
        since = _when(reach.line_since, reach, time_zone, words)
        return (Chip(words.text("Out of reach since {time}", time=since), Tone.AMBER),)
    away = {names: since for names, _amount in places if (since := reach.since(names))}
    return tuple(
        Chip(
            words.text(
                "{store} out of reach since {time}",
                store=names.in_language(words.language) or words.text("Head office"),
                time=_when(since, reach, time_zone, words),
            ),
            Tone.AMBER,
        )
        for names, since in away.items()
    )


def _sentence(names: Names, amount: Money, reach: Reach, time_zone: str, words: Catalogue) -> str:
    store, money = names.in_language(words.language), words.money(amount)
    since = reach.since(names)
    if not since:
        if store:
            return words.text("{amount} at {store}", amount=money, store=store)
        return words.text("{amount} at head office", amount=money)
    time = _when(since, reach, time_zone, words)
    if store:
        return words.text(
            "{amount} at {store}, out of reach since {time}", amount=money, store=store, time=time
        )
    return words.text("{amount} at head office, out of reach since {time}", amount=money, time=time)


def _when(since: str, reach: Reach, time_zone: str, words: Catalogue) -> str:
    return when(since, time_zone, parse_instant(reach.at), words)
