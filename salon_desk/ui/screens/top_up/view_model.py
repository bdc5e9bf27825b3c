"""The top-up screen, ready to read in one language. Pure functions of the state, no Qt.

A bonus that may lapse stands with its terms before it is sold (RULES 2); nothing is "taken" before it was.
"""

from __future__ import annotations

from salon_desk.domain.catalog import TopUpOffer
from salon_desk.i18n import Catalogue
from salon_desk.ui.counter import elsewhere
from salon_desk.ui.counter.savings_words import card_note
from salon_desk.ui.counter.tender_faces import TenderTile
from salon_desk.ui.counter.tender_words import masked
from salon_desk.ui.counter.value_sale_model import (
    Said,
    ValueSaleModel,
    called,
    other_tile,
    value_sale_model,
)
from salon_desk.ui.screens.top_up.state import OwnedCard, TopUpState
from salon_desk.ui.view_values import Balance


def top_up_model(state: TopUpState, words: Catalogue) -> ValueSaleModel:
    """The screen in a language."""
    owned, offer = state.card, state.offer
    said = Said(
        heading=words.text("Top up a card"),
        done=words.text("Topped up"),
        name=called(state.guest, words),
        note=card_note(owned.view.card.tail, () if state.done else owned.savings, words) if owned else "",
        what=words.text("How much"),
        typed=words.text("Top-up"),
        choose=words.text("Choose how much"),
        wares=(
            *(_offer(one, state, words) for one in state.offers),
            other_tile(state, words, note=words.text("without a bonus")),
        ),
        detail=_detail(state, words),
        balance=_balance(owned, words) if owned else None,
        terms=offer.terms.in_language(words.language) if offer and offer.terms and offer.bonus else "",
    )
    return value_sale_model(state, words, said)


def _balance(owned: OwnedCard, words: Catalogue) -> Balance:
    value = owned.view.value
    return Balance(
        words.money(value.balance),
        words.money(value.usable),
        words.money(value.elsewhere),
        elsewhere.label(owned.places, words),
    )


def _offer(offer: TopUpOffer, state: TopUpState, words: Catalogue) -> TenderTile:
    together = words.text("{amount} on card", amount=words.money(offer.pay + offer.bonus))
    name = offer.names.in_language(words.language)
    return TenderTile(offer.offer_id, name, together, offer.offer_id == state.choice)


def _detail(state: TopUpState, words: Catalogue) -> str:
    done = state.done
    if done is None:
        return ""
    return words.text(
        "{pay} and {bonus} bonus are on card {tail}; it has {balance} now.",
        pay=words.money(done.amount),
        bonus=words.money(done.bonus),
        tail=masked(done.after.card.tail),
        balance=words.money(done.after.value.balance),
    )
