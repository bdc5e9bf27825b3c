"""What a payment does to cards and tenders: one deciding for sales and top-ups alike.

Nothing is recorded here (`checkout.py`, `cards.py` do). A frozen card pays nothing, value never buys value, and
bonus is spent before paid value whatever the cashier wants.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from msgspec import structs

from salon_desk.domain.card import Spend, card_assets, spend
from salon_desk.domain.catalog import TopUpOffer, check_offer
from salon_desk.domain.claim import top_up_right
from salon_desk.domain.errors import CurrencyMismatch, InsufficientValue
from salon_desk.domain.gift import CardKind, tender_assets
from salon_desk.domain.limits import check_amount
from salon_desk.domain.money import Money, total
from salon_desk.domain.names import Names
from salon_desk.domain.tender import VALUE, SettledTender, TenderKind
from salon_desk.operations.operation import Cause, PurseChange
from salon_desk.operations.payment import Funding, TenderPart
from salon_desk.services import swaps
from salon_desk.services.errors import (
    CardIsFrozen,
    GiftVoided,
    UnknownCard,
    UnknownOffer,
    UnknownStaff,
    ValueBuysValue,
)
from salon_desk.services.till import Till
from salon_desk.storage.engine import Transaction
from salon_desk.storage.queries import cards, catalogue, savings, staff
from salon_desk.storage.queries.cards import Card
from salon_desk.storage.queries.gifts import is_voided


@dataclass(frozen=True, slots=True)
class TopUpAsk:
    """A top-up as the cashier chose it: one of the shop's offers, or `pay` alone without a bonus."""

    card: str
    offer: str = ""
    pay: Money | None = None
    seller: str = ""


@dataclass(frozen=True, slots=True)
class PaymentParts:
    """The tenders as they will be recorded, and what they do to the purses."""

    tenders: tuple[TenderPart, ...]
    purse_changes: tuple[PurseChange, ...]


def open_card(
    transaction: Transaction, card_id: str, currency: str, kind: CardKind | None = CardKind.STORED_VALUE
) -> Card:
    """A card that may be used; of either kind with None. Raises UnknownCard, CardIsFrozen, GiftVoided, CurrencyMismatch."""
    found = cards.card(transaction, card_id)
    if found is None or kind not in (None, found.kind):
        raise UnknownCard(card_id)
    if found.frozen:
        raise CardIsFrozen(found.tail, found.frozen_reason)
    if is_voided(transaction, found):
        raise GiftVoided(found.tail)
    if found.currency != currency:
        raise CurrencyMismatch(currency, found.currency)
    return found


def fund(
    transaction: Transaction, ask: TopUpAsk, *, currency: str, business_day: str, language: str
) -> Funding:
    """What a top-up puts on its card; one without an offer is a deposit where the card saves for something.

    Raises UnknownOffer, OfferNotValid, BonusTermsMissing, UnknownCard, UnknownStaff (who sold it), ...
    """
    open_card(transaction, ask.card, currency)
    if ask.seller and staff.staff_member(transaction, ask.seller) is None:
        raise UnknownStaff(ask.seller)
    offer = _offer(transaction, ask, currency, business_day)
    check_offer(offer, business_day)
    check_amount("top_up", offer.pay, currency)
    return Funding(
        card=ask.card,
        paid=offer.pay,
        bonus=offer.bonus,
        offer=offer.offer_id,
        bonus_terms=offer.terms.in_language(language) if offer.terms and offer.bonus else "",
        bonus_expires=_expiry(offer, business_day),
        seller=ask.seller,
        savings="" if ask.offer else savings.open_of_card(transaction, ask.card),
    )


def pay(
    till: Till,
    transaction: Transaction,
    settled: Sequence[SettledTender],
    *,
    fundings: Sequence[Funding] = (),
    ticket: str = "",
    before: Sequence[PurseChange] = (),
) -> PaymentParts:
    """Decide the purses behind settled tenders; what `fundings` bring can be spent in the same payment.

    `before`: what an operation that is recorded with it, in front of it, brings. Units held for `ticket` are spent first
    and what is left of them is freed. Raises InsufficientValue, CardIsFrozen, UnknownCard, CurrencyMismatch, and
    ValueBuysValue when stored value would pay for a top-up.
    """
    _refuse_value_for_value(settled, fundings)
    changes: list[PurseChange] = []
    for funding in fundings:
        assets = card_assets(funding.card, funding.paid.currency)
        changes.append(PurseChange(assets.bonus, funding.bonus.cents, Cause.ISSUE))
        changes.append(PurseChange(assets.paid, funding.paid.cents, Cause.ISSUE))
    held = cards.holds_of(transaction, ticket) if ticket else []
    changes += [PurseChange(one.asset, 0, Cause.REDEEM, one.hold) for one in held]
    free = {one.asset: one.units for one in held}
    for change in (*before, *changes):
        free[change.asset] = free.get(change.asset, 0) + change.units
    parts: list[TenderPart] = []
    for tender in settled:
        part = _part(tender)
        if tender.kind in (TenderKind.STORED_VALUE, TenderKind.GIFT_CARD):
            spent = _spend(till, transaction, tender, free)
            part = structs.replace(part, from_bonus=spent.bonus, from_paid=spent.paid)
            assets = tender_assets(tender.kind, tender.card_id, tender.amount.currency)
            for asset, units in ((assets.bonus, spent.bonus.cents), (assets.paid, spent.paid.cents)):
                changes.append(PurseChange(asset, -units, Cause.REDEEM))
                free[asset] = free.get(asset, 0) - units
            if tender.kind is TenderKind.STORED_VALUE:
                changes += swaps.right(
                    till, transaction, tender, spent.paid, ticket=ticket, number=len(parts)
                )
        parts.append(part)
    return PaymentParts(tuple(parts), tuple(one for one in changes if one.units or one.hold))


def top_up_rights(document: str, fundings: Sequence[Funding]) -> tuple[PurseChange, ...]:
    """The once-only right to undo each top-up of a document, which whoever undoes it must hold."""
    return tuple(
        PurseChange(top_up_right(document, number), 1, Cause.ISSUE) for number, _one in enumerate(fundings)
    )


def reversed_tender(
    number: int, tender: TenderPart, swapped: Mapping[int, Money], *, charge: str = ""
) -> TenderPart:
    """The tender that undoes the whole of tender `number` of a document; `swapped`: the paid value that goes back as bonus.

    `charge`: the one by which a device gave it back.
    """
    zero = tender.amount - tender.amount
    return TenderPart(
        kind=tender.kind,
        amount=-tender.amount,
        taken=-tender.taken,
        given=zero,
        change=zero,
        tender=tender.tender,
        card=tender.card,
        from_bonus=-tender.from_bonus if tender.from_bonus is not None else None,
        from_paid=-tender.from_paid if tender.from_paid is not None else None,
        reference=tender.reference,
        last_four=tender.last_four,
        of_tender=number,
        line=tender.line,
        swapped=-swapped[number] if number in swapped else None,
        charge=charge,
    )


def for_top_ups(tenders: Sequence[tuple[TenderKind, Money]], fundings: Sequence[Funding]) -> list[Money]:
    """What of each (kind, amount) pays for top-ups: those that may, in their order; value never buys value.

    It is neither a tip nor part of what a refund of lines gives back.
    """
    shares: list[Money] = []
    for kind, amount in tenders:
        wanted = total((funding.paid for funding in fundings), amount.currency)
        left = wanted - total(shares, amount.currency)
        may = kind not in VALUE
        shares.append(min(amount, left) if may else Money.zero(amount.currency))
    return shares


def beside_top_ups(settled: Sequence[SettledTender], fundings: Sequence[Funding]) -> list[SettledTender]:
    """The tenders with only what is left of them for lines and tips; a visit of a series pays its own line alone."""
    shares = for_top_ups([(tender.kind, tender.amount) for tender in settled], fundings)
    return [
        replace(tender, amount=tender.amount * 0 if tender.line else tender.amount - share)
        for tender, share in zip(settled, shares, strict=True)
    ]


def _spend(till: Till, transaction: Transaction, tender: SettledTender, free: Mapping[str, int]) -> Spend:
    currency = tender.amount.currency
    is_gift = tender.kind is TenderKind.GIFT_CARD
    card = open_card(
        transaction, tender.card_id, currency, CardKind.GIFT if is_gift else CardKind.STORED_VALUE
    )
    here = cards.value(transaction, card, till.store.node, till.store.epoch)
    assets = card.assets
    bonus = here.bonus + Money(free.get(assets.bonus, 0), currency)
    paid = here.paid + Money(free.get(assets.paid, 0), currency)
    if tender.amount > bonus + paid:
        raise InsufficientValue(assets.paid, tender.amount.cents, (bonus + paid).cents, here.elsewhere.cents)
    return spend(tender.amount, bonus=bonus, paid=paid)


def _refuse_value_for_value(settled: Sequence[SettledTender], fundings: Sequence[Funding]) -> None:
    if not fundings:
        return
    currency = fundings[0].paid.currency
    bought = total((one.paid for one in fundings), currency)
    others = total((t.amount for t in settled if t.kind not in VALUE), currency)
    if others < bought:
        raise ValueBuysValue((bought - others).cents)


def _part(tender: SettledTender) -> TenderPart:
    return TenderPart(
        kind=tender.kind,
        amount=tender.amount,
        taken=tender.taken,
        given=tender.given,
        change=tender.change,
        tender=tender.tender_id,
        card=tender.card_id,
        reference=tender.reference,
        last_four=tender.last_four,
        line=tender.line,
        charge=tender.charge,
    )


def _offer(transaction: Transaction, ask: TopUpAsk, currency: str, day: str) -> TopUpOffer:
    if not ask.offer:
        pay_only = ask.pay or Money.zero(currency)
        return TopUpOffer("", Names(""), pay_only, Money.zero(pay_only.currency))
    found = catalogue.offer(transaction, ask.offer, day)
    if found is None:
        raise UnknownOffer(ask.offer)
    return found


def _expiry(offer: TopUpOffer, business_day: str) -> str:
    if not offer.bonus or offer.bonus_expires_days is None:
        return ""
    return (date.fromisoformat(business_day) + timedelta(days=offer.bonus_expires_days)).isoformat()
