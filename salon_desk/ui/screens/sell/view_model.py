"""The screen that sells gift cards and series, ready to read in one language. Pure functions of the state, no Qt.

Nothing is "taken" before it was. What is told of a series is what its visits cost, each.
"""

from __future__ import annotations

from dataclasses import dataclass

from salon_desk.domain.gift import is_made, written_code
from salon_desk.domain.member import Member
from salon_desk.domain.money import Money, total
from salon_desk.domain.series import TaxPoint, Unit
from salon_desk.i18n import Catalogue
from salon_desk.services.search import Found
from salon_desk.services.series_sales import Price
from salon_desk.storage.print_jobs import JobState
from salon_desk.ui.counter.receipt_words import receipt_words
from salon_desk.ui.counter.taken_rows import change_of, taken_of, taken_rows
from salon_desk.ui.counter.tender_faces import PaidFace, PlanFace, TenderTile
from salon_desk.ui.counter.tender_words import TenderNames, masked, tender_tiles
from salon_desk.ui.screens.sell.plan_model import plan_face
from salon_desk.ui.screens.sell.state import AMOUNTS, OTHER, SellState, Ware
from salon_desk.ui.view_values import Heading, ListRow, TechnicianFace


@dataclass(frozen=True, slots=True)
class SellModel:
    """The screen. While it asks for a member, `results` (None while nothing is typed) stands in place of the rest."""

    heading: Heading
    asks_member: bool
    results: tuple[ListRow, ...] | None
    name: str
    note: str
    tiles: tuple[TenderTile, ...]
    is_gift: bool
    sellers: tuple[TechnicianFace, ...]
    seller: str
    ways: tuple[TenderTile, ...]
    plan: PlanFace
    paid: PaidFace | None


def sell_model(state: SellState, words: Catalogue) -> SellModel:
    """The screen in a language."""
    names = TenderNames(words, state.catalogue.tenders if state.catalogue else ())
    is_gift = state.ware is Ware.GIFT
    return SellModel(
        heading=_heading(state, words),
        asks_member=state.asks_member,
        results=None if state.found is None else tuple(_found(one, words) for one in state.found),
        name=words.text("New gift card") if is_gift else _name(state.member, words),
        note=_note(state, words),
        tiles=_amounts(state, words) if is_gift else _series(state, words),
        is_gift=is_gift,
        sellers=tuple(
            TechnicianFace(
                one.staff,
                one.called(words.language),
                words.text("seller") if one.staff == state.seller else "",
                None,
            )
            for one in state.sellers
        ),
        seller=state.seller,
        ways=tender_tiles(names, state.tenders),
        plan=plan_face(state, names),
        paid=_paid(state, names),
    )


def _heading(state: SellState, words: Catalogue) -> Heading:
    if state.done is not None:
        return Heading(words.text("Sold"))
    if state.ware is Ware.GIFT:
        return Heading(words.text("Sell a gift card"), back=True)
    return Heading(words.text("Sell a series"), back=True)


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


def _name(member: Member | None, words: Catalogue) -> str:
    return member.called(words.language) if member is not None else ""


def _found(found: Found, words: Catalogue) -> ListRow:
    member = found.member
    if member is None:
        return ListRow("", "")
    name = _name(member, words)
    detail = words.text("phone ending {tail}", tail=member.phone[-4:]) if member.phone else ""
    return ListRow(member.member_id, name, detail, initial=name[:1].upper())


def _amounts(state: SellState, words: Catalogue) -> tuple[TenderTile, ...]:
    tiles = [
        TenderTile(str(cents), words.money(Money(cents, state.currency)), "", state.choice == str(cents))
        for cents in AMOUNTS
    ]
    detail = words.money(state.typed.money(state.currency)) if state.choice == OTHER else ""
    tiles.append(TenderTile(OTHER, words.text("Other amount"), detail, state.choice == OTHER))
    return tuple(tiles)


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


def _paid(state: SellState, names: TenderNames) -> PaidFace | None:
    done, words = state.done, names.words
    if done is None:
        return None
    change = change_of(done.tenders, done.amount.currency)
    return PaidFace(
        label=words.text("Change due") if change else words.text("Paid"),
        figure=words.money(change or taken_of(done.tenders, done.amount.currency)),
        detail=_detail(state, words),
        title=words.text("What was taken"),
        rows=taken_rows(done.tenders, {}, names),
        receipt=receipt_words(state.receipt, done.receipt, words),
        receipt_waits=state.receipt in (JobState.FAILED, JobState.QUEUED),
        reprint=words.text("Print again"),
        next=words.text("Done"),
    )


def _detail(state: SellState, words: Catalogue) -> str:
    done = state.done
    assert done is not None
    if state.ware is Ware.SERIES:
        return words.plural(
            "{name} has {n} visit or minute of it.",
            "{name} has {n} visits or minutes of it.",
            done.visits,
            name=_name(state.member, words),
        )
    if is_made(done.code):
        return words.text(
            "{amount} is on the gift card {code}; the code and its QR stand on the receipt.",
            amount=words.money(done.amount),
            code=written_code(done.code),
        )
    return words.text(
        "{amount} is on gift card {tail}.", amount=words.money(done.amount), tail=masked(done.code[-4:])
    )
