"""Paying a ticket: what is planned, and the one transaction that makes it a sale.

Tickets before payment are in `tickets.py`, what tenders do to purses in `payment.py`. `complete` records one
`sale.completed`; until it returns nothing was taken, and afterwards everything was.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from salon_desk.domain.access import Permission
from salon_desk.domain.catalog import ItemKind
from salon_desk.domain.claim import refund_right
from salon_desk.domain.ledger import Posting
from salon_desk.domain.money import Money, total
from salon_desk.domain.pricing import PricedLine, PricedTicket, price_ticket
from salon_desk.domain.proof import Proof
from salon_desk.domain.tender import PlannedTender, Settlement, TenderKind, plan_tenders, settle
from salon_desk.domain.ticket import Ticket
from salon_desk.domain.ticket import complete as complete_ticket
from salon_desk.domain.tip import TipPart, name_tenders, split_tip
from salon_desk.operations.operation import Cause, Operation, PurseChange
from salon_desk.operations.overdraft import OverdraftGiven
from salon_desk.operations.payment import Funding, TenderPart
from salon_desk.operations.sale import SaleCompleted, SoldLine
from salon_desk.services import (
    charge_tenders,
    earnings,
    overdraft,
    payment,
    postings,
    proof,
    tickets,
    visits,
)
from salon_desk.services.charge_tenders import Charged
from salon_desk.services.errors import UnknownStaff
from salon_desk.services.payment import TopUpAsk
from salon_desk.services.till import Actor, Till
from salon_desk.storage.engine import Transaction
from salon_desk.storage.queries import cards, catalogue, staff
from salon_desk.storage.queries.cards import Card, CardValue
from salon_desk.storage.queries.shop import Shop
from salon_desk.storage.queries.tickets import counted


@dataclass(frozen=True, slots=True)
class PaymentPlan:
    """What the cashier plans to take. `tip` is split by list price of the services unless `tips` names people.

    `overdrafts`: what a manager lets cards pay although it does not lie here. `proofs`: what whoever spends has shown. A tender that
    names a charge is what the device said, whatever else stands in it; the guest's tip that came with it is added.
    """

    tenders: tuple[PlannedTender, ...] = ()
    tip: Money | None = None
    tips: tuple[tuple[str, Money], ...] = ()
    top_ups: tuple[TopUpAsk, ...] = ()
    overdrafts: tuple[tuple[str, Money], ...] = ()
    proofs: tuple[Proof, ...] = ()
    print_language: str = ""


@dataclass(frozen=True, slots=True)
class CardAfter:
    """A stored-value card in a plan: its figures now, and what will be taken from and put on it."""

    card: Card
    value: CardValue
    taken: Money
    funded: Money


@dataclass(frozen=True, slots=True)
class Preview:
    """A plan reckoned through, nothing taken. `open_due` is what no tender covers yet, `by_series` what visits pay."""

    priced: PricedTicket
    tips: tuple[tuple[str, Money], ...]
    tip: Money
    fundings: tuple[Funding, ...]
    due: Money
    settlement: Settlement
    open_due: Money
    by_series: Money
    cards: tuple[CardAfter, ...]


@dataclass(frozen=True, slots=True)
class Sold:
    """A sale that is durable."""

    op_id: str
    sale: SaleCompleted
    repeated: bool


def preview(till: Till, ticket_id: str, plan: PaymentPlan) -> Preview:
    """What a plan comes to, in one snapshot; amounts only, references are asked for at `complete`.

    Raises TenderOver and the other refusals about amounts, UnknownTicket, TicketPaid.
    """
    with till.read() as transaction:
        shop, day = till.shop(transaction), till.business_day(transaction)
        ticket = tickets.unpaid(transaction, ticket_id)
        priced = tickets.price(till, transaction, ticket)
        charged = _charged(till, transaction, ticket_id, plan, priced)
        tips = charged.with_tips(_tips(transaction, priced, plan))
        fundings = _fundings(transaction, shop, day, plan)
        due = _due(priced, tips, fundings)
        rounding = till.rounding(shop, day)
        series = visits.tenders(priced)
        covered = plan_tenders(due, (*series, *_with_rest(charged.tenders)), rounding)
        kept = tuple(one for one in covered.tenders if one.tender_id != _REST)
        open_due = total((one.amount for one in covered.tenders if one.tender_id == _REST), due.currency)
        settlement = Settlement(kept, covered.rounding, covered.change)
        return Preview(
            priced=priced,
            tips=tips,
            tip=total((amount for _who, amount in tips), due.currency),
            fundings=fundings,
            due=due,
            settlement=settlement,
            open_due=open_due,
            by_series=total((one.amount for one in series if one.amount), due.currency),
            cards=_cards_after(till, transaction, ticket, settlement, fundings),
        )


def complete(till: Till, command_id: str, actor: Actor, ticket_id: str, plan: PaymentPlan) -> Sold:
    """Take the payment: one durable `sale.completed`, or a refusal that leaves everything as it was.

    Raises ShiftNotOpen, TicketEmpty, TicketPaid, TenderShort, TenderOver, BadLastFour, ReferenceMissing,
    InsufficientValue, CardIsFrozen, ValueBuysValue, UnknownStaff, ProofNeeded, CannotRecord and the refusals of `domain`; of charges
    ChargeOpen, ChargeLeftOut and what `charge_tenders.planned` raises. The same command again gives the same sale.
    """
    actor.require(Permission.SELL)
    recorded = till.record(
        command_id, actor, lambda transaction: _decide(till, transaction, actor, ticket_id, plan)
    )
    for envelope, operation in zip(recorded.envelopes, recorded.operations, strict=True):
        if isinstance(operation, SaleCompleted):
            return Sold(envelope.header.op_id, operation, recorded.repeated)
    raise AssertionError(command_id)


def _decide(
    till: Till, transaction: Transaction, actor: Actor, ticket_id: str, plan: PaymentPlan
) -> tuple[Operation, ...]:
    """What a manager gives beyond the purses here, then the sale, then the coupons that come with it."""
    shop = till.shop(transaction)
    wanted = [
        (payment.open_card(transaction, card, shop.currency), amount) for card, amount in plan.overdrafts
    ]
    given = overdraft.approved(till, transaction, actor, shop.store, wanted)
    sale = _sale(till, transaction, actor, ticket_id, plan, shop=shop, given=given)
    signed = proof.signed(sale, plan.proofs)
    return (*given, sale, *signed, *earnings.after_sale(till, transaction, shop, sale))


def _sale(
    till: Till,
    transaction: Transaction,
    actor: Actor,
    ticket_id: str,
    plan: PaymentPlan,
    *,
    shop: Shop,
    given: tuple[OverdraftGiven, ...],
) -> SaleCompleted:
    shift = till.trading_shift(transaction)
    ticket = complete_ticket(tickets.unpaid(transaction, ticket_id))
    priced = price_ticket(ticket, till.taxes(shop, shift.business_day))
    charge_tenders.require_all(transaction, ticket_id, plan.tenders)
    charged = _charged(till, transaction, ticket_id, plan, priced)
    tips = _tips(transaction, priced, plan)
    fundings = _fundings(transaction, shop, shift.business_day, plan)
    wanted = (*visits.tenders(priced), *charged.tenders)
    due = _due(priced, charged.with_tips(tips), fundings)
    settled = _settled(till, transaction, shop, shift.business_day, due=due, wanted=wanted)
    before = [change for one in given for change in one.purse_changes]
    paid = payment.pay(till, transaction, settled.tenders, fundings=fundings, ticket=ticket_id, before=before)
    parts = proof.prove(transaction, shop, visits.released(paid.tenders, ticket), plan.proofs)
    named_from = payment.beside_top_ups(charged.beside_tips(settled.tenders), fundings)
    named = (*name_tenders(tips, named_from), *charged.named(settled.tenders))
    lines = tuple(sold_line(line) for line in priced.lines)
    left = _tips_left(shop, named, parts)
    sale = SaleCompleted(
        ticket=ticket_id,
        receipt=next_receipt(till, transaction, shop),
        store=shop.store,
        shift=shift.shift,
        sold_at=till.now(),
        member=ticket.member or "",
        lines=lines,
        taxes=priced.taxes,
        tenders=parts,
        tips=named,
        fundings=fundings,
        subtotal=priced.subtotal,
        discount=priced.discount,
        tax=priced.tax,
        total=priced.total,
        rounding=settled.rounding,
        rule_pack=till.rules.version,
        cash_tips_left=not shop.cash_tips_stay,
        approver=actor.approver,
        print_language=plan.print_language,
        purse_changes=(
            *paid.purse_changes,
            *visits.spent(till, transaction, ticket),
            *_refund_rights(ticket_id, priced),
            *payment.top_up_rights(ticket_id, fundings),
        ),
        postings=_booked(parts, lines, priced, fundings, tips=named, left=left),
    )
    paid_lines = charged.beside_with_tips(named_from)
    return earnings.with_loyalty(till, transaction, ticket, sale, shop=shop, priced=priced, paid=paid_lines)


def _tips_left(shop: Shop, tips: Sequence[TipPart], tenders: tuple[TenderPart, ...]) -> Money:
    """The tips that leave the drawer at once."""
    if shop.cash_tips_stay:
        return Money.zero(shop.currency)
    return postings.cash_tips(((tip.tender, tip.amount) for tip in tips), tenders, shop.currency)


def _settled(
    till: Till,
    transaction: Transaction,
    shop: Shop,
    day: str,
    *,
    due: Money,
    wanted: Sequence[PlannedTender],
) -> Settlement:
    asks_custom = any(one.kind is TenderKind.CUSTOM for one in wanted)
    customs = catalogue.custom_tenders(transaction, day) if asks_custom else ()
    return settle(due, wanted, till.rounding(shop, day), customs=customs)


def _booked(
    tenders: tuple[TenderPart, ...],
    lines: tuple[SoldLine, ...],
    priced: PricedTicket,
    fundings: tuple[Funding, ...],
    *,
    tips: Sequence[TipPart],
    left: Money,
) -> tuple[Posting, ...]:
    return postings.balanced(
        [
            *postings.of_tenders(tenders),
            *postings.of_lines(lines, priced.taxes),
            *postings.of_fundings(fundings),
            *postings.of_tips([tip.amount for tip in tips], left),
        ]
    )


def next_receipt(till: Till, transaction: Transaction, shop: Shop) -> str:
    """The till's next receipt number: its code and a running number that no other receipt has."""
    return receipt_number(shop, counted(transaction, till.store.node, "receipt") + 1)


def receipt_number(shop: Shop, number: int) -> str:
    """The till's receipt of this running number."""
    return f"{shop.till_code}-{number:06d}"


def sold_line(line: PricedLine) -> SoldLine:
    """A priced line as a sale keeps it."""
    return SoldLine(
        line=line.line.line_id,
        item=line.line.item_id,
        item_kind=line.line.kind,
        names=line.line.names,
        quantity=line.line.quantity,
        unit_price=line.line.unit_price,
        list_total=line.list_total,
        net=line.net,
        tax_class=line.line.tax_class,
        technician=line.line.technician or "",
        requested=line.line.requested,
        discounts=line.discounts,
        taxes=line.taxes,
        visit=line.line.visit,
    )


def _refund_rights(ticket_id: str, priced: PricedTicket) -> tuple[PurseChange, ...]:
    return tuple(
        PurseChange(refund_right(ticket_id, line.line.line_id), (line.net + line.tax).cents, Cause.ISSUE)
        for line in priced.lines
        if line.net + line.tax
    )


def _tips(transaction: Transaction, priced: PricedTicket, plan: PaymentPlan) -> tuple[tuple[str, Money], ...]:
    for who, _amount in plan.tips:
        if staff.staff_member(transaction, who) is None:
            raise UnknownStaff(who)
    if plan.tips or not plan.tip:
        return tuple((who, amount) for who, amount in plan.tips if amount)
    return tuple((who, amount) for who, amount in split_tip(plan.tip, _served(priced)) if amount)


def _served(priced: PricedTicket) -> list[tuple[str, Money]]:
    services = (line for line in priced.lines if line.line.kind is ItemKind.SERVICE)
    return [(line.line.technician, line.list_total) for line in services if line.line.technician]


def _charged(
    till: Till, transaction: Transaction, ticket_id: str, plan: PaymentPlan, priced: PricedTicket
) -> Charged:
    """The tenders as their charges make them; a tip at the device where nobody served falls to whoever opened the shift."""
    if not any(one.charge for one in plan.tenders):
        return Charged(plan.tenders)
    shift = till.shift(transaction)
    counter = shift.opened_by if shift else ""
    return charge_tenders.planned(
        transaction, ticket_id, plan.tenders, served=_served(priced), otherwise=counter
    )


def _fundings(transaction: Transaction, shop: Shop, day: str, plan: PaymentPlan) -> tuple[Funding, ...]:
    language = plan.print_language or shop.receipt_language
    return tuple(
        payment.fund(transaction, ask, currency=shop.currency, business_day=day, language=language)
        for ask in plan.top_ups
    )


def _due(priced: PricedTicket, tips: tuple[tuple[str, Money], ...], fundings: tuple[Funding, ...]) -> Money:
    currency = priced.total.currency
    return (
        priced.total
        + total((amount for _who, amount in tips), currency)
        + total((funding.paid for funding in fundings), currency)
    )


_REST = "\0rest"
"""A tender that stands for what the plan does not cover yet; it never leaves this module."""


def _with_rest(planned: tuple[PlannedTender, ...]) -> tuple[PlannedTender, ...]:
    if any(one.amount is None for one in planned):
        return planned
    return (*planned, PlannedTender(TenderKind.CUSTOM, None, tender_id=_REST))


def _cards_after(
    till: Till,
    transaction: Transaction,
    ticket: Ticket,
    settlement: Settlement,
    fundings: tuple[Funding, ...],
) -> tuple[CardAfter, ...]:
    wanted = dict.fromkeys(one.card_id for one in settlement.tenders if one.card_id and not one.line)
    wanted |= dict.fromkeys(funding.card for funding in fundings)
    found = [cards.card(transaction, card_id) for card_id in wanted]
    if ticket.member:
        found += [one for one in cards.cards_of(transaction, ticket.member) if one.card not in wanted]
    zero = settlement.change - settlement.change
    return tuple(
        CardAfter(
            card=one,
            value=cards.value(transaction, one, till.store.node, till.store.epoch),
            taken=total((t.amount for t in settlement.tenders if t.card_id == one.card), zero.currency),
            funded=total((f.paid + f.bonus for f in fundings if f.card == one.card), zero.currency),
        )
        for one in found
        if one is not None
    )
