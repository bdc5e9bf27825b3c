"""The ticket on the right, ready to read: allergy, member, figures, lines, sums. Pure functions, no Qt.

Nothing is summed here that the services did not sum; a member's figures are those of all her cards together.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import assert_never

from salon_desk.domain.catalog import ItemKind
from salon_desk.domain.member import phone_tail
from salon_desk.domain.money import Money, total
from salon_desk.domain.pricing import SERIES_DISCOUNT, LineDiscount, PricedLine, PricedTicket
from salon_desk.domain.ticket import Bearer, TicketState
from salon_desk.i18n import Catalogue
from salon_desk.services.tickets import MemberFigures, TicketView
from salon_desk.storage.queries.cards import Card, CardValue
from salon_desk.storage.queries.staff import StaffMember
from salon_desk.ui.counter.elsewhere import Place, label, reach_chips
from salon_desk.ui.counter.tender_words import masked
from salon_desk.ui.screens.checkout.allergy import conflicts
from salon_desk.ui.screens.checkout.state import CheckoutState
from salon_desk.ui.view_values import Balance, Chip, Tone

DOT = " \N{DOT OPERATOR} "
"""Between parts of a list. Not MIDDLE DOT: in the bundled font that one is as wide as a Chinese character."""


@dataclass(frozen=True, slots=True)
class LineFace:
    """A line: `technician` empty means that it still needs one if `needs_technician`."""

    key: str
    name: str
    second_name: str
    amount: str
    technician: str
    detail: str
    notes: tuple[str, ...] = ()
    needs_technician: str = ""
    warning: str = ""
    chosen: bool = False


@dataclass(frozen=True, slots=True)
class SumRow:
    """A label with its amount."""

    label: str
    amount: str
    tone: Tone = Tone.PLAIN


@dataclass(frozen=True, slots=True)
class TicketModel:
    """Everything of the panel while a ticket stands on the right."""

    allergy: str
    name: str
    detail: str
    note: str
    balance: Balance | None
    chips: tuple[Chip, ...]
    top_up: bool
    lines: tuple[LineFace, ...]
    sums: tuple[SumRow, ...]
    total: str
    parked: bool
    member: bool
    pay: str
    can_pay: bool


def ticket_model(state: CheckoutState, view: TicketView, words: Catalogue) -> TicketModel:
    """The panel in a language."""
    member = view.member.member if view.member else None
    allergies = member.allergies if member else ()
    people = {one.staff: one for one in state.technicians}
    places = _places(state, view.member)
    zone = state.catalogue.shop.time_zone if state.catalogue is not None else ""
    return TicketModel(
        allergy=words.text("Allergy: {allergy}", allergy=DOT.join(allergies)) if allergies else "",
        name=ticket_name(view, words),
        detail=_detail(view.member, words),
        note=member.note if member else "",
        balance=_balance(view.member, places, words),
        chips=(*_chips(view.member, words), *reach_chips(places, state.reach, zone, words)),
        top_up=any(not card.frozen for card, _value in view.member.cards) if view.member else False,
        lines=tuple(_line(line, people, allergies, state, words) for line in view.priced.lines),
        sums=_sums(view.priced, words),
        total=words.money(view.priced.total),
        parked=view.ticket.state is TicketState.PARKED,
        member=member is not None,
        pay=words.text("Pay {amount}", amount=words.money(view.priced.total)),
        can_pay=bool(view.ticket.lines),
    )


def ticket_name(view: TicketView, words: Catalogue) -> str:
    """Whose ticket it is: the member's name, or the walk-in's number."""
    if view.member is not None:
        return view.member.member.called(words.language)
    return words.text("Walk-in {number}", number=view.ticket.number)


def discount_label(discount: LineDiscount, words: Catalogue) -> str:
    """A discount with who bears it."""
    name = discount.names.in_language(words.language)
    if discount.discount_id == SERIES_DISCOUNT:
        return words.text("{series}: at the price of its visit", series=name)
    match discount.bearer:
        case Bearer.SALON:
            return words.text("{discount} (the salon bears it)", discount=name)
        case Bearer.TECHNICIAN:
            return words.text("{discount} (the technician bears it)", discount=name)
        case Bearer.SPLIT:
            return words.text("{discount} (salon and technician share it)", discount=name)
        case _:
            assert_never(discount.bearer)


def percent_text(rate: str) -> str:
    """A rate such as "0.045" as people write it: "4.5%"."""
    return f"{(Decimal(rate) * 100).normalize():f}%"


def _detail(figures: MemberFigures | None, words: Catalogue) -> str:
    if figures is None:
        return words.text("Scan a card, or search for the member.")
    member = figures.member
    parts = [member.also_called(words.language)]
    if member.phone:
        parts.append(words.text("phone ending {tail}", tail=phone_tail(member.phone)))
    if figures.last_visit:
        parts.append(words.text("last visit {day}", day=words.day(date.fromisoformat(figures.last_visit))))
    return DOT.join(part for part in parts if part)


def _places(state: CheckoutState, figures: MemberFigures | None) -> tuple[Place, ...]:
    """Where the member's value lies that is not here."""
    return state.places([card.card for card, _value in figures.cards]) if figures is not None else ()


def _balance(figures: MemberFigures | None, places: tuple[Place, ...], words: Catalogue) -> Balance | None:
    if figures is None or not figures.cards:
        return None
    values = [value for _card, value in figures.cards]
    currency = values[0].balance.currency

    def summed(*amounts: Money) -> str:
        return words.money(total(amounts, currency))

    return Balance(
        whole=summed(*(value.balance for value in values)),
        here=summed(*(_usable(card, value) for card, value in figures.cards)),
        elsewhere=summed(*(value.elsewhere for value in values)),
        elsewhere_label=label(places, words),
    )


def _usable(card: Card, value: CardValue) -> Money:
    """A frozen card pays nothing now, so nothing of it is usable here."""
    return Money.zero(value.usable.currency) if card.frozen else value.usable


def _chips(figures: MemberFigures | None, words: Catalogue) -> tuple[Chip, ...]:
    if figures is None:
        return ()
    tier = figures.member.tier_called(words.language)
    chips = [Chip(tier, Tone.AMBER)] if tier else []
    for card, value in figures.cards:
        tail = masked(card.tail)
        if card.frozen:
            chips.append(
                Chip(
                    words.text("Card {tail} frozen: {reason}", tail=tail, reason=card.frozen_reason),
                    Tone.DANGER,
                )
            )
        else:
            chips.append(Chip(words.text("Card {tail}", tail=tail)))
        if value.held:
            chips.append(
                Chip(words.text("{amount} held for a payment", amount=words.money(value.held)), Tone.BLUE)
            )
    return tuple(chips) if figures.cards else (*chips, Chip(words.text("No card yet")))


def _line(
    priced: PricedLine,
    people: dict[str, StaffMember],
    allergies: tuple[str, ...],
    state: CheckoutState,
    words: Catalogue,
) -> LineFace:
    line = priced.line
    service = line.kind is ItemKind.SERVICE
    person = people.get(line.technician or "")
    notes = [
        words.text(
            "{discount}: {amount}", discount=discount_label(one, words), amount=words.money(-one.amount)
        )
        for one in priced.discounts
        if any(own.discount_id == one.discount_id for own in line.discounts)
    ]
    return LineFace(
        key=line.line_id,
        name=line.names.in_language(words.language),
        second_name=line.names.second(words.language),
        amount=words.money(line.list_total),
        technician=person.called(words.language) if person else line.technician or "",
        detail=_line_detail(priced, words),
        notes=tuple(notes),
        needs_technician=words.text("Tap the technician") if service and not line.technician else "",
        warning=words.text("Allergy") if conflicts(allergies, line.names) else "",
        chosen=line.line_id == state.line,
    )


def _line_detail(priced: PricedLine, words: Catalogue) -> str:
    line, parts = priced.line, []
    if line.quantity > 1:
        parts.append(
            words.text("{quantity} × {price}", quantity=line.quantity, price=words.money(line.unit_price))
        )
    if line.technician and line.kind is ItemKind.SERVICE:
        parts.append(words.text("requested") if line.requested else words.text("in turn"))
    if line.kind is ItemKind.PRODUCT:
        parts.append(words.text("product"))
    if line.minutes:
        parts.append(words.minutes(line.minutes * line.quantity))
    return DOT.join(parts)


def _sums(priced: PricedTicket, words: Catalogue) -> tuple[SumRow, ...]:
    rows = [SumRow(words.text("Subtotal"), words.money(priced.subtotal))]
    by_discount: dict[str, tuple[LineDiscount, Money]] = {}
    for line in priced.lines:
        for one in line.discounts:
            sofar = by_discount[one.discount_id][1] if one.discount_id in by_discount else one.amount * 0
            by_discount[one.discount_id] = (one, sofar + one.amount)
    for discount, amount in by_discount.values():
        rows.append(SumRow(discount_label(discount, words), words.money(-amount), Tone.ROSE))
    for part in priced.taxes:
        label = words.text(
            "{tax} {rate}", tax=part.names.in_language(words.language), rate=percent_text(part.rate)
        )
        rows.append(SumRow(label, words.money(part.tax)))
    return tuple(rows)
