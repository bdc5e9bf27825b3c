"""The whole checkout screen, ready to read in one language. Pure functions of the state, no Qt.

The same state gives the same screen in another language, so a change of language never loses a ticket.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Final

from salon_desk.domain.catalog import Item
from salon_desk.domain.member import phone_tail
from salon_desk.domain.ticket import TicketState
from salon_desk.i18n import Catalogue
from salon_desk.services.search import Found
from salon_desk.services.tickets import TicketView
from salon_desk.storage.queries.staff import StaffMember
from salon_desk.ui.counter.tender_words import masked
from salon_desk.ui.screens.checkout.allergy import conflicts
from salon_desk.ui.screens.checkout.state import CheckoutState
from salon_desk.ui.screens.checkout.ticket_model import DOT, TicketModel, ticket_model, ticket_name
from salon_desk.ui.view_values import Chip, ItemFace, ListRow, TechnicianFace, TicketFace, Tone

MOST_TILES: Final = 60
"""More tiles than these nobody finds by looking; search finds the rest."""
OPEN_PRICE: Final = "\N{EM DASH}"


@dataclass(frozen=True, slots=True)
class EmptyTicket:
    """What stands on the right while no ticket is open: what to do first, or the change of the sale before."""

    title: str
    detail: str
    figure: str = ""


@dataclass(frozen=True, slots=True)
class Shelf:
    """The tiles of one category; the chosen category stands first and has no title, its pill is marked."""

    title: str
    items: tuple[ItemFace, ...]


@dataclass(frozen=True, slots=True)
class CheckoutModel:
    """Everything of the screen. `results` is None while nothing is searched."""

    tickets: tuple[TicketFace, ...]
    ticket: str
    categories: tuple[Chip, ...]
    category: str
    shelves: tuple[Shelf, ...]
    item: str
    more_items: str
    technicians: tuple[TechnicianFace, ...]
    technician: str
    results: tuple[ListRow, ...] | None
    nothing_found: str
    panel: TicketModel | None
    empty: EmptyTicket


def checkout_model(state: CheckoutState, words: Catalogue) -> CheckoutModel:
    """The screen in a language."""
    view, line = state.current, state.current_line
    shelves, more = _shelves(state, words)
    return CheckoutModel(
        tickets=tuple(_ticket(one, state, words) for one in state.waiting),
        ticket=state.ticket,
        categories=_categories(state, words),
        category=state.category,
        shelves=shelves,
        item=line.item_id if line else "",
        more_items=more,
        technicians=_technicians(state, words),
        technician=(line.technician or "") if line else state.technician,
        results=None if state.found is None else tuple(_found(one, words) for one in state.found),
        nothing_found=words.text("Nobody and nothing is called “{typed}” here.", typed=state.query),
        panel=ticket_model(state, view, words) if view else None,
        empty=_empty(state, words),
    )


def _ticket(view: TicketView, state: CheckoutState, words: Catalogue) -> TicketFace:
    ticket = view.ticket
    people = {one.staff: one.called(words.language) for one in state.technicians}
    who = dict.fromkeys(line.technician for line in ticket.lines if line.technician)
    parts = [people.get(staff, staff) for staff in who if staff]
    if ticket.lines:
        parts.append(words.plural("{n} line", "{n} lines", len(ticket.lines)))
    else:
        parts.append(words.text("nothing on it yet"))
    parked = ticket.state is TicketState.PARKED
    if parked:
        parts.insert(0, words.text("parked"))
    return TicketFace(
        ticket.ticket_id, ticket_name(view, words), DOT.join(parts), Tone.AMBER if parked else Tone.PLAIN
    )


def _categories(state: CheckoutState, words: Catalogue) -> tuple[Chip, ...]:
    tiles = state.catalogue.tiles if state.catalogue else ()
    return tuple(
        Chip(
            one.category.names.in_language(words.language), _tone(one.category.hue), one.category.category_id
        )
        for one in tiles
    )


def _shelves(state: CheckoutState, words: Catalogue) -> tuple[tuple[Shelf, ...], str]:
    """The chosen category, then the others as they follow, so that a large screen is full and a flick reaches all."""
    tiles = state.catalogue.tiles if state.catalogue else ()
    at = next((at for at, one in enumerate(tiles) if one.category.category_id == state.category), 0)
    current = state.current
    allergies = current.member.member.allergies if current and current.member else ()
    shelves: list[Shelf] = []
    room = MOST_TILES
    for group in (*tiles[at:], *tiles[:at]):
        shown = group.items[:room]
        room -= len(shown)
        if shown:
            tone = _tone(group.category.hue)
            title = group.category.names.in_language(words.language) if shelves else ""
            shelves.append(Shelf(title, tuple(_item(one, tone, allergies, words) for one in shown)))
    hidden = max(0, len(tiles[at].items) - MOST_TILES) if tiles else 0
    if not hidden:
        return tuple(shelves), ""
    return tuple(shelves), words.plural(
        "{n} more here: search by name or code", "{n} more here: search by name or code", hidden
    )


def _item(item: Item, tone: Tone, allergies: tuple[str, ...], words: Catalogue) -> ItemFace:
    matching = conflicts(allergies, item.names)
    return ItemFace(
        key=item.item_id,
        name=item.names.in_language(words.language),
        second_name=item.names.second(words.language),
        price=words.money(item.price) if item.price else OPEN_PRICE,
        length=words.minutes(item.minutes) if item.minutes else "",
        tone=tone,
        warning=words.text("Allergy: {allergy}", allergy=DOT.join(matching)) if matching else "",
    )


def _technicians(state: CheckoutState, words: Catalogue) -> tuple[TechnicianFace, ...]:
    busy: Counter[str] = Counter()
    for view in state.waiting:
        busy.update({line.technician for line in view.ticket.lines if line.technician})
    return tuple(_face(one, busy[one.staff], words) for one in state.technicians)


def _face(person: StaffMember, tickets: int, words: Catalogue) -> TechnicianFace:
    """Roster order for now, so no place in the turn is claimed."""
    told = words.plural("{n} ticket", "{n} tickets", tickets) if tickets else words.text("free")
    return TechnicianFace(person.staff, person.called(words.language), told, None, not tickets)


def _found(found: Found, words: Catalogue) -> ListRow:
    if found.item is not None:
        item = found.item
        return ListRow(
            key=f"item/{item.item_id}",
            title=item.names.in_language(words.language),
            detail=item.names.second(words.language),
            figure=words.money(item.price) if item.price else OPEN_PRICE,
            figure_detail=words.minutes(item.minutes) if item.minutes else words.text("product"),
        )
    member = found.member
    if member is None:
        return ListRow("", "")
    name = member.called(words.language)
    parts = [member.also_called(words.language), member.tier_called(words.language)]
    if found.card is not None:
        parts.append(words.text("Card {tail}", tail=masked(found.card.tail)))
    tail = words.text("phone ending {tail}", tail=phone_tail(member.phone)) if member.phone else ""
    return ListRow(
        key=f"member/{member.member_id}",
        title=name,
        detail=DOT.join(part for part in parts if part),
        figure_detail=tail,
        initial=name[:1].upper(),
    )


def _empty(state: CheckoutState, words: Catalogue) -> EmptyTicket:
    sale = state.last_sale
    if sale is None:
        return EmptyTicket(
            words.text("No ticket on this side"),
            words.text("Scan a card, search, or tap a service: a ticket opens by itself."),
        )
    paid = words.text(
        "Receipt {receipt}: {amount} taken", receipt=sale.receipt, amount=words.money(sale.paid)
    )
    if not sale.change:
        return EmptyTicket(words.text("Paid, no change due"), paid)
    return EmptyTicket(words.text("Change due"), paid, words.money(sale.change))


def _tone(hue: str) -> Tone:
    return next((tone for tone in Tone if tone.value == hue), Tone.BRAND)
