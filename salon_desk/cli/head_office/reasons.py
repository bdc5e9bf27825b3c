"""Why a card's value lies where it does, in words that an owner can read.

The figures are `head_office/explaining.py`'s; each signal has a sentence of its own, none is built from pieces.
"""

from __future__ import annotations

from typing import assert_never

from salon_desk.domain.money import Money
from salon_desk.head_office.explaining import Explained, Speaks, Standing
from salon_desk.head_office.weighing import Signal
from salon_desk.i18n import Catalogue


def lines(why: Explained, currency: str, words: Catalogue) -> list[str]:
    """A line a store and an indented one for each thing that speaks for it; the best store first."""
    if not why.standings:
        return [words.text("Nothing says which store this card belongs to.")]
    found = []
    for one in why.standings:
        found.append(_store(one, currency, words))
        found += [f"  {_reason(speaks, words)}" for speaks in one.why]
    if why.damped:
        found.append(words.text("It lies well enough: it is not moved for so little."))
    return found


def _store(one: Standing, currency: str, words: Catalogue) -> str:
    weight = f"{one.weight:.1f}"
    if not one.in_reach:
        return words.text(
            "{store}, weight {weight}: out of reach, nothing is sent there now",
            store=one.store,
            weight=weight,
        )
    return words.text(
        "{store}, weight {weight}: has {has}, should have {should}",
        store=one.store,
        weight=weight,
        has=words.money(Money(one.has, currency)),
        should=words.money(Money(one.should_have, currency)),
    )


def _reason(one: Speaks, words: Catalogue) -> str:
    weight = f"{one.weight:.2f}"
    match one.signal:
        case Signal.CHECKED_IN:
            return words.text("the member sits there now: {weight}", weight=weight)
        case Signal.BOOKED:
            return words.plural(
                "{n} booking there: {weight}", "{n} bookings there: {weight}", one.times, weight=weight
            )
        case Signal.VISITED:
            return words.plural(
                "{n} visit, less the longer ago: {weight}",
                "{n} visits, less the longer ago: {weight}",
                one.times,
                weight=weight,
            )
        case Signal.LAST:
            return words.text("the last visit was there: {weight}", weight=weight)
        case Signal.HOME:
            return words.text("it is the home store: {weight}", weight=weight)
        case Signal.LINK:
            return words.text("how often its link is down: times {weight}", weight=weight)
        case _:
            assert_never(one.signal)
