"""Whether placement keeps up: cards weighed and planned a second in a chain of fifty stores, against what busy stores need.

The floor (`floors/placed_cards.py`) reads the same rows about the same cards in plain sqlite3 and thinks nothing. Most cards lie
well and are only looked at, as in a round; what a card costs that moves stands beside.
"""

from __future__ import annotations

import gc
import time
from datetime import timedelta

from salon_desk.bench.floors.placed_cards import PlacedCards, card
from salon_desk.bench.measure import Figure, Result, compared, interleave, timed
from salon_desk.bench.workplace import Workplace
from salon_desk.bootstrap.office_data import office_at
from salon_desk.domain.clock import instant_text
from salon_desk.head_office import placement
from salon_desk.storage import children
from salon_desk.storage.children import Child
from salon_desk.storage.office import DATABASE, Office
from salon_desk.storage.place import Place

CARDS = 200_000
STORES = 50
BATCH = 100
BATCHES = 60
MOVED = 400
PER_HOUR = 20
"""Customers of a busy store in its busiest hour."""
CONCERNS = 4
"""Operations of a customer that concern placing: seated, paid, topped up, booked."""
NEED = STORES * PER_HOUR * CONCERNS / 3600
"""Cards a second that all stores together give to think about."""


def run(place: Workplace) -> Result:
    """Batches of cards that lie well, and then some that belong elsewhere."""
    folder, number = place.fresh() / "office", place.sized(CARDS, 400)
    with office_at(Place(folder=folder)) as office:
        holders = _stores(office)
        rows = PlacedCards(folder / DATABASE)
        now = office.clock.now()
        rows.fill(number, holders, [instant_text(now - timedelta(days=days)) for days in (5, 20, 50)])
        step = max(1, number // (place.sized(BATCHES, 4) * BATCH))
        batches = [
            [card((turn * BATCH + one) * step % number) for one in range(BATCH)]
            for turn in range(place.sized(BATCHES, 4))
        ]
        ours, floor = interleave(
            timed(lambda turn: placement.rearrange(office, batches[turn])),
            timed(lambda turn: rows.look(batches[turn])),
            turns=len(batches),
            between=lambda: _rested(office),
        )
        moved = _moved(office, rows, [card(one) for one in range(place.sized(MOVED, 20))])
        rows.close()
    times = [one for part in ours for one in part]
    rate = BATCH * len(times) / (sum(times) / 1000)
    more: dict[str, Figure] = {
        "cards": number,
        "stores": STORES,
        "cards_a_second": round(rate),
        "needed_a_second": round(NEED, 2),
        "times_the_need": round(rate / NEED),
        "a_store_is_back_seconds": round(number / STORES / rate, 2),
        "all_cards_seconds": round(number / rate),
        "asked_back_a_second": moved,
    }
    return compared("placement", ours, floor, aim="keeps up: above the need on one core", more=more)


def _stores(office: Office) -> list[tuple[str, str, str]]:
    """Fifty tills in reach, each of a store of its own: (store, node, epoch)."""
    now = instant_text(office.clock.now())
    found = []
    with office.local() as transaction:
        for number in range(STORES):
            name = f"S{number}"
            child = Child(f"node-{name}", "e", name, name, "", confirmed=True, enrolled_at=now, seen_at=now)
            children.add(transaction, child, token_hash=name)
            found.append((name, child.node, child.epoch))
    return found


def _rested(office: Office) -> None:
    """As between two rounds: every till was just heard of."""
    _heard(office)
    gc.collect()


def _heard(office: Office) -> None:
    now = instant_text(office.clock.now())
    with office.local() as transaction:
        for number in range(STORES):
            children.note_seen(transaction, f"node-S{number}", now, None)


def _moved(office: Office, rows: PlacedCards, cards: list[str]) -> int:
    """How many cards a second are asked for where they lie when their members have booked elsewhere."""
    tomorrow = instant_text(office.clock.now() + timedelta(days=1))
    rows.book(cards, [f"S{(number + 1) % STORES}" for number in range(len(cards))], tomorrow)
    _heard(office)
    began = time.perf_counter()
    placement.rearrange(office, cards)
    return round(len(cards) / (time.perf_counter() - began))
