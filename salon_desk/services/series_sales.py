"""Selling series (次卡, 疗程): what an offer comes to today, and the one operation by which a member gets its visits.

Where the law taxes a series at its sale the tax is taken here, and never again at a visit (RULES 6). Unit prices add up to what was
paid (`domain/series.py`).
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from salon_desk.domain import ledger
from salon_desk.domain.access import Permission
from salon_desk.domain.errors import CurrencyMismatch
from salon_desk.domain.ledger import Posting
from salon_desk.domain.money import Money, total
from salon_desk.domain.series import SeriesOffer, SeriesPart, TaxPoint, Unit, check_series, issued
from salon_desk.domain.tax import TaxPart, TaxTable, tax_parts
from salon_desk.domain.tender import PlannedTender
from salon_desk.operations.operation import Cause, PurseChange
from salon_desk.operations.series import SeriesSold
from salon_desk.services import postings
from salon_desk.services.errors import UnknownMember, UnknownStaff
from salon_desk.services.gifts import refuse_value
from salon_desk.services.series_errors import UnknownSeriesOffer
from salon_desk.services.till import Actor, Till
from salon_desk.services.value_documents import head, paid_with
from salon_desk.storage.engine import Transaction
from salon_desk.storage.queries import catalogue, members, staff
from salon_desk.storage.queries import series as stored
from salon_desk.storage.queries.shop import Shop


@dataclass(frozen=True, slots=True)
class SeriesAsk:
    """A series as the cashier chose it, for a member."""

    offer: str
    member: str
    seller: str = ""


@dataclass(frozen=True, slots=True)
class Price:
    """What an offer comes to today: its price, and the tax where the law taxes it at its sale."""

    offer: SeriesOffer
    tax_point: TaxPoint
    taxes: tuple[TaxPart, ...]
    due: Money


@dataclass(frozen=True, slots=True)
class SeriesMade:
    """A series that is durable."""

    op_id: str
    sold: SeriesSold
    repeated: bool


def offers(till: Till) -> tuple[Price, ...]:
    """The series that are sold today, each with what it comes to. Database worker, reads only."""
    with till.read() as transaction:
        day, shop = till.business_day(transaction), till.shop(transaction)
        found = []
        for one in stored.all_offers(transaction, day):
            if one.price.currency == shop.currency:
                found.append(_price(till, shop, _complete(transaction, one, day), day))
        return tuple(found)


def sell(
    till: Till,
    command_id: str,
    actor: Actor,
    ask: SeriesAsk,
    *,
    tenders: tuple[PlannedTender, ...],
    print_language: str = "",
) -> SeriesMade:
    """Sell a series: one durable `series.sold`, its visits usable at once.

    Raises PermissionNeeded, ShiftNotOpen, UnknownSeriesOffer, SeriesOfferInvalid, CurrencyMismatch, UnknownMember, UnknownStaff,
    ValueBuysValue and the other refusals of a payment.
    """
    actor.require(Permission.TOP_UP)
    refuse_value(tenders)

    def decide(transaction: Transaction) -> SeriesSold:
        day = till.trading_shift(transaction).business_day
        found = stored.offer(transaction, ask.offer, day)
        if found is None:
            raise UnknownSeriesOffer(ask.offer)
        check_series(found, day)
        here = till.shop(transaction).currency
        if found.price.currency != here:
            raise CurrencyMismatch(here, found.price.currency)
        if members.member(transaction, ask.member) is None:
            raise UnknownMember(ask.member)
        if ask.seller and staff.staff_member(transaction, ask.seller) is None:
            raise UnknownStaff(ask.seller)
        price = _price(till, till.shop(transaction), _complete(transaction, found, day), day)
        return _sold(till, transaction, actor, ask, price, tenders=tenders, language=print_language)

    recorded = till.record(command_id, actor, decide)
    done = recorded.operations[0]
    assert isinstance(done, SeriesSold)
    return SeriesMade(recorded.op_id, done, recorded.repeated)


def _complete(transaction: Transaction, offer: SeriesOffer, day: str) -> SeriesOffer:
    """The offer with the weight and the tax class of each part, by the list prices of today."""
    parts = []
    for one in offer.parts:
        items = [catalogue.item(transaction, item, day) for item in one.items]
        if not one.items:
            items = list(catalogue.items_by_category(transaction, day).get(one.category, ()))
        first = next((item for item in items if item is not None), None)
        cents = first.price.cents if first is not None and first.price is not None else 1
        minutes = first.minutes if first is not None and first.minutes else 1
        weight = cents * one.paid // minutes if one.unit is Unit.MINUTE else cents * one.paid
        parts.append(replace(one, weight=weight, tax_class=first.tax_class if first else ""))
    return replace(offer, parts=tuple(parts))


def _price(till: Till, shop: Shop, offer: SeriesOffer, day: str) -> Price:
    point = till.rules.series_tax_point(shop.jurisdiction, day)
    taxes: tuple[TaxPart, ...] = ()
    if point is TaxPoint.SALE:
        taxes = _taxed(offer.parts, offer.price, till.taxes(shop, day))
    due = offer.price + total((one.tax for one in taxes), offer.price.currency)
    return Price(offer, point, taxes, due)


def _taxed(parts: tuple[SeriesPart, ...], price: Money, table: TaxTable) -> tuple[TaxPart, ...]:
    shares = price.allocate([one.weight for one in parts])
    nets = [
        (share, table.rates(one.tax_class)) for one, share in zip(parts, shares, strict=True) if one.tax_class
    ]
    return tax_parts(nets, price.currency)


def _sold(
    till: Till,
    transaction: Transaction,
    actor: Actor,
    ask: SeriesAsk,
    price: Price,
    *,
    tenders: tuple[PlannedTender, ...],
    language: str,
) -> SeriesSold:
    taken = paid_with(till, transaction, price.due, tenders)
    series_id, offer = till.new_id(), price.offer
    units = issued(series_id, offer.parts, offer.price)
    top = head(
        till, transaction, actor, member=ask.member, amount=offer.price, taken=taken, language=language
    )
    return SeriesSold(
        **top,
        series=series_id,
        offer=offer.offer_id,
        names=offer.names,
        parts=offer.parts,
        tax_point=price.tax_point,
        rule_pack=till.rules.version,
        taxes=price.taxes,
        seller=ask.seller,
        purse_changes=tuple(PurseChange(asset, number, Cause.ISSUE) for asset, number in units.items()),
        postings=postings.balanced(
            [
                *postings.of_tenders(taken.tenders),
                Posting(ledger.SERIES, -offer.price),
                *(Posting(ledger.sales_tax_account(one.rate_id), -one.tax) for one in price.taxes),
            ]
        ),
    )
