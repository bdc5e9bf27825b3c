"""Payments planned by chance: every mixture of tenders, now and then one that must be refused, as Pay and as the till's own.

Nothing is decided here; `world.py` says what becomes of a plan.
"""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

from salon_desk.domain.money import Money
from salon_desk.domain.tender import PlannedTender, TenderKind
from salon_desk.services.payment import TopUpAsk
from tests.integration.histories.paying import CASH, MACHINE, STORED, ZELLE, Pay
from tests.integration.histories.world import TopUp, World

OFFERS = {"300": (30_000, 3_000), "100": (10_000, 2_000)}
BAD_OFFERS = {"untold": "BonusTermsMissing", "gone": "OfferNotValid", "no such offer": "UnknownOffer"}


def planned(pay: Pay) -> PlannedTender:
    """The tender as the till takes it, with the fault that it must be refused for."""
    card = "" if pay.fault == "CardMissing" else pay.card
    return PlannedTender(
        TenderKind(pay.kind),
        None
        if pay.amount is None
        else Money(pay.amount, "CAD" if pay.fault == "CurrencyMismatch" else "USD"),
        given=None if pay.given is None else Money(pay.given, "USD"),
        tender_id={"UnknownTender": "groupon"}.get(pay.fault, "zelle") if pay.kind == ZELLE else "",
        card_id=card,
        reference="" if pay.fault == "ReferenceMissing" else "83921",
        last_four="44" if pay.fault == "BadLastFour" else "4417",
    )


def asked(top_up: TopUp) -> TopUpAsk:
    """The top-up as the till takes it."""
    currency = "CAD" if top_up.fault == "CurrencyMismatch" else "USD"
    return TopUpAsk(top_up.card, top_up.offer, None if top_up.offer else Money(top_up.paid, currency), "amy")


def top_up(chance: Random, card: str) -> TopUp:
    """One of the offers, or an amount alone; at times one that is not sold."""
    draw = chance.random()
    if draw < 0.05:
        offer = chance.choice(list(BAD_OFFERS))
        return TopUp(card, 5_000, 500, offer, BAD_OFFERS[offer])
    if draw < 0.1:
        paid, fault = chance.choice(((0, "AmountMissing"), (-5, "NegativeAmount"), (700, "CurrencyMismatch")))
        return TopUp(card, paid, fault=fault)
    if draw < 0.5:
        offer = chance.choice(list(OFFERS))
        return TopUp(card, *OFFERS[offer], offer)
    return TopUp(card, chance.choice((1, 99, 2_500, 6_250, 10_007)))


def plan(chance: Random, due: int, world: World, *, bought: int = 0) -> tuple[Pay, ...]:
    """One to four tenders for what is due, `bought` of it value that no value may buy."""
    pays: list[Pay] = []
    left, free = due, due if chance.random() < 0.06 else due - bought
    for _ in range(chance.choice((0, 1, 1, 2, 3))):
        if left < 2:
            break
        pay = _part(chance, min(left - 1, 40_000), min(free, left - 1), world)
        if pay is None or (pay.kind == CASH and any(one.kind == CASH for one in pays)):
            continue
        pays.append(pay)
        left -= pay.amount or 0
        free -= (pay.amount or 0) if pay.kind == STORED else 0
    pays.append(_rest(chance, left, free >= left, world))
    chance.shuffle(pays)
    return _spoiled(chance, pays, due)


def _part(chance: Random, most: int, most_stored: int, world: World) -> Pay | None:
    kind = chance.choice((CASH, STORED, STORED, MACHINE, ZELLE))
    card = ""
    if kind == STORED:
        card = chance.choice(list(world.cards))
        most = min(most_stored, sum(world.cards[card].free()))
        if world.cards[card].frozen and chance.random() < 0.9:
            return None
    if most < 1:
        return None
    amount = most if kind == STORED and chance.random() < 0.5 else chance.randrange(1, most + 1)
    return Pay(kind, amount, card=card)


def _rest(chance: Random, left: int, may_be_stored: bool, world: World) -> Pay:
    """What is left, given exactly, in notes, or as all that is left."""
    able = [name for name, card in world.cards.items() if sum(card.free()) >= left and not card.frozen]
    kind = chance.choice((CASH, CASH, STORED, MACHINE, ZELLE))
    if kind == STORED and may_be_stored and able:
        return Pay(STORED, chance.choice((None, left or None)), card=chance.choice(able))
    if kind != CASH:
        return Pay(kind if kind != STORED else MACHINE, chance.choice((None, left or None)))
    notes = (left + 1999) // 2000 * 2000
    return chance.choice((Pay(CASH), Pay(CASH, None, given=notes), Pay(CASH, max(notes, 1))))


def _spoiled(chance: Random, pays: Sequence[Pay], due: int) -> tuple[Pay, ...]:
    """At times a plan that must be refused."""
    if chance.random() > 0.12:
        return tuple(pays)
    wrong = chance.choice(
        (
            Pay(MACHINE, None, fault="BadLastFour"),
            Pay(ZELLE, None, fault="ReferenceMissing"),
            Pay(ZELLE, None, fault="UnknownTender"),
            Pay(STORED, None, fault="CardMissing"),
            Pay(MACHINE, 100, fault="CurrencyMismatch"),
            Pay(ZELLE, due + 1),
            Pay(CASH, None, given=0),
            Pay(CASH),
            None,
        )
    )
    return tuple(pays[:-1]) if wrong is None else (*pays, wrong)
