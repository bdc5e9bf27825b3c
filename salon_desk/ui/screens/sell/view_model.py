"""The screen that sells gift cards and series, ready to read in one language. Pure functions of the state, no Qt.

Nothing is "taken" before it was. What is told of a series is what its visits cost, each.
"""

from __future__ import annotations

from salon_desk.domain.gift import is_made, written_code
from salon_desk.domain.money import Money, total
from salon_desk.domain.series import TaxPoint, Unit
from salon_desk.i18n import Catalogue
from salon_desk.services.series_sales import Price
from salon_desk.ui.counter.tender_faces import TenderTile
from salon_desk.ui.counter.tender_words import masked
from salon_desk.ui.counter.value_sale_model import (
    Said,
    ValueSaleModel,
    called,
    other_tile,
    value_sale_model,
)
from salon_desk.ui.screens.sell.state import AMOUNTS, SellState, Ware


def sell_model(state: SellState, words: Catalogue) -> ValueSaleModel:
    """The screen in a language."""
    is_gift = state.ware is Ware.GIFT
    said = Said(
        heading=words.text("Sell a gift card") if is_gift else words.text("Sell a series"),
        done=words.text("Sold"),
        name=words.text("New gift card") if is_gift else called(state.member, words),
        note=_note(state, words),
        what=words.text("Value on it") if is_gift else words.text("Which series"),
        typed=words.text("Value of the gift card"),
        choose=words.text("Choose how much") if is_gift else words.text("Choose a series"),
        wares=_amounts(state, words) if is_gift else _series(state, words),
        detail=_detail(state, words),
    )
    return value_sale_model(state, words, said)


def _note(state: SellState, words: Catalogue) -> str:
    if state.ware is Ware.GIFT:
        return words.text("Its value never expires and no fee is ever taken.")
    price = state.price
    if price is None:
        return words.text("Choose the series; its visits can be used at once.")
    if price.tax_point is TaxPoint.SALE:
        tax = total((one.tax for one in price.taxes), price.due.currency)
        return words.text(
            "{price} and {tax} tax, paid now; the visits are not taxed again.",
            price=words.money(price.offer.price),
            tax=words.money(tax),
        )
    return words.text("Tax is taken at each visit, on what was paid for it.")


def _amounts(state: SellState, words: Catalogue) -> tuple[TenderTile, ...]:
    tiles = [
        TenderTile(str(cents), words.money(Money(cents, state.currency)), "", state.choice == str(cents))
        for cents in AMOUNTS
    ]
    return (*tiles, other_tile(state, words))


def _series(state: SellState, words: Catalogue) -> tuple[TenderTile, ...]:
    return tuple(
        TenderTile(
            one.offer.offer_id,
            one.offer.names.in_language(words.language),
            _told(one, words),
            one.offer.offer_id == state.choice,
        )
        for one in state.prices
    )


def _told(price: Price, words: Catalogue) -> str:
    """How many of what for how much."""
    units = sum(one.units for one in price.offer.parts)
    if any(one.unit is Unit.MINUTE for one in price.offer.parts):
        return words.plural(
            "{n} minute, {price}", "{n} minutes, {price}", units, price=words.money(price.due)
        )
    return words.plural("{n} visit, {price}", "{n} visits, {price}", units, price=words.money(price.due))


def _detail(state: SellState, words: Catalogue) -> str:
    done = state.done
    if done is None:
        return ""
    if state.ware is Ware.SERIES:
        name, parts = called(state.member, words), state.price.offer.parts if state.price else ()
        if any(one.unit is Unit.MINUTE for one in parts):
            return words.plural("{name} has {n} minute.", "{name} has {n} minutes.", done.visits, name=name)
        return words.plural("{name} has {n} visit.", "{name} has {n} visits.", done.visits, name=name)
    if is_made(done.code):
        return words.text(
            "{amount} is on the gift card {code}; the code and its QR stand on the receipt.",
            amount=words.money(done.amount),
            code=written_code(done.code),
        )
    return words.text(
        "{amount} is on gift card {tail}.", amount=words.money(done.amount), tail=masked(done.code[-4:])
    )
