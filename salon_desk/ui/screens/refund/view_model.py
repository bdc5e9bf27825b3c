"""What the refund screen says, in a language: the list, a sale's lines, what goes back where, what is left to do by hand.

No Qt here. What a machine or a person must give back by hand is said so: the till only records it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, assert_never

from salon_desk.documents.wallet_names import wallet_name
from salon_desk.domain.member import Member
from salon_desk.domain.money import Money
from salon_desk.domain.refund import RefundableLine
from salon_desk.domain.tender import TenderKind
from salon_desk.i18n import N_, Catalogue
from salon_desk.operations.payment import TenderPart
from salon_desk.operations.sale import SoldLine
from salon_desk.services.refunds import GivenBack
from salon_desk.services.voids import Voided
from salon_desk.ui.counter.tender_words import masked
from salon_desk.ui.document_words import amount_of, kind_name, named_row
from salon_desk.ui.error_text import error_text
from salon_desk.ui.screens.refund.presenter import RefundState
from salon_desk.ui.screens.refund.reading import Listed, SaleOpened
from salon_desk.ui.shop_time import written
from salon_desk.ui.view_values import ListRow

REASONS: Final = (
    N_("The guest is not satisfied"),
    N_("Wrong service or product"),
    N_("Wrong price"),
    N_("Paid twice"),
    N_("Wrong member or card"),
)


@dataclass(frozen=True, slots=True)
class LineModel:
    """One line of the sale: what it is, what is left of it, what of it goes back."""

    key: str
    title: str
    detail: str
    amount: str
    left: Money
    chosen: bool
    can_be_chosen: bool


@dataclass(frozen=True, slots=True)
class BackModel:
    """One tender: its name, the amount, and what a person must do besides."""

    name: str
    amount: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class SaleModel:
    """The document that is looked at. `why` says in words why something cannot be done with it."""

    title: str
    detail: str
    total: str
    why: str
    lines: tuple[LineModel, ...]
    back_title: str
    back: tuple[BackModel, ...]
    refund: str
    can_refund: bool
    refundable: bool
    shows_refund: bool
    goes_back: str
    void: str
    can_void: bool
    dispute: str
    all_chosen: bool


@dataclass(frozen=True, slots=True)
class DoneModel:
    """What was done, and what is left to do by hand."""

    title: str
    amount: str
    receipt: str
    back: tuple[BackModel, ...]


def listed_rows(listed: Listed, words: Catalogue) -> tuple[ListRow, ...]:
    """Documents as rows."""
    zone = listed.shop.time_zone
    return tuple(named_row(one.document, _name(one.member, words), zone, words) for one in listed.found)


def sale_model(state: RefundState, opened: SaleOpened, words: Catalogue) -> SaleModel:
    """The document in a language."""
    document = opened.found.document
    plan = state.plan
    undo = opened.undo
    total = words.money(plan.total) if plan else words.money(undo.money.returned) if undo else ""
    return SaleModel(
        title=words.text("{kind} {receipt}", kind=kind_name(document.kind, words), receipt=document.receipt),
        detail=_detail(opened, words),
        total=words.money(amount_of(document)),
        why=_why(state, opened, words),
        lines=tuple(_lines(state, opened, words)),
        back_title=words.text("What goes back where") if plan or undo else words.text("Paid with"),
        back=_plan_back(state, opened, words) if plan else _undo_back(opened, words) or _taken(opened, words),
        refund=words.text("Give {amount} back", amount=total) if total else words.text("Give back"),
        can_refund=bool(total) and not state.working,
        refundable=opened.refundable is not None,
        shows_refund=opened.refundable is not None or undo is not None,
        goes_back=total,
        void=words.text("Void all of it"),
        can_void=opened.voidable and not state.working,
        dispute=words.text("Chargeback") if opened.dispute and not state.working else "",
        all_chosen=_all_chosen(state, opened),
    )


def done_model(done: GivenBack | Voided, opened: SaleOpened, words: Catalogue) -> DoneModel:
    """What was done, in a language."""
    document = done.document
    back = [
        _back(opened, part, Money(-part.taken.cents, part.taken.currency), words) for part in document.tenders
    ]
    given = Money(-sum(part.taken.cents for part in document.tenders), document.total.currency)
    return DoneModel(
        title=words.text("Given back") if isinstance(done, GivenBack) else words.text("Voided"),
        amount=words.money(given),
        receipt=words.text("Receipt {receipt} is at the printer.", receipt=document.receipt),
        back=tuple(back),
    )


def told(back: Iterable[BackModel]) -> str:
    """What goes where, a line each: what a question names as its consequence."""
    return "\n".join(" · ".join(part for part in (one.name, one.amount, one.note) if part) for one in back)


def taken_back(opened: SaleOpened, words: Catalogue) -> tuple[BackModel, ...]:
    """Where everything goes back to when the whole is voided."""
    return tuple(_back(opened, part, part.taken, words) for part in opened.tenders)


def line_name(opened: SaleOpened, line_id: str, words: Catalogue) -> str:
    """What a line is called."""
    sale = opened.refundable.sale if opened.refundable else None
    sold = next((one for one in sale.lines if one.line == line_id), None) if sale else None
    return sold.names.in_language(words.language) if sold else ""


def _lines(state: RefundState, opened: SaleOpened, words: Catalogue) -> Iterable[LineModel]:
    if opened.refundable is None:
        return
    wanted = state.wanted
    sold = {line.line: line for line in opened.refundable.sale.lines}
    for line in opened.refundable.lines:
        amount = wanted.get(line.line_id)
        yield LineModel(
            key=line.line_id,
            title=sold[line.line_id].names.in_language(words.language),
            detail=_line_detail(sold[line.line_id], line, words),
            amount=words.money(amount or line.left),
            left=line.left,
            chosen=line.line_id in wanted,
            can_be_chosen=bool(line.left),
        )


def _line_detail(sold: SoldLine, line: RefundableLine, words: Catalogue) -> str:
    whole = line.net + line.tax
    if not line.left:
        return words.text("All of {amount} was given back", amount=words.money(whole))
    if line.left < whole:
        return words.text("Left of {amount}, tax included", amount=words.money(whole))
    if line.tax:
        return words.text(
            "{count} × {price}, tax included", count=sold.quantity, price=words.money(sold.unit_price)
        )
    return words.text("{count} × {price}", count=sold.quantity, price=words.money(sold.unit_price))


def _detail(opened: SaleOpened, words: Catalogue) -> str:
    document = opened.found.document
    name = _name(opened.found.member, words) or words.text("Walk-in")
    when = written(document.sold_at, opened.shop.time_zone, words)
    return " · ".join(part for part in (when, name, opened.cashier.in_language(words.language)) if part)


def _undo_back(opened: SaleOpened, words: Catalogue) -> tuple[BackModel, ...]:
    """Where the money of a top-up goes back to."""
    tenders = opened.undo.tenders if opened.undo else ()
    return tuple(_back(opened, opened.tenders[one.tender], one.paid, words) for one in tenders)


def _why(state: RefundState, opened: SaleOpened, words: Catalogue) -> str:
    document = opened.found.document
    if state.plan_refusal is not None:
        return error_text(state.plan_refusal, words)
    if document.voided_by:
        return words.text("This was voided: everything went back where it came from.")
    if document.kind in ("refund", "void"):
        return words.text("This gave money back. It can only be printed again.")
    if opened.why_not is not None:
        return error_text(opened.why_not, words)
    if opened.undo is not None and opened.undo.money.kept:
        return words.text("{amount} of it was used and is kept.", amount=words.money(opened.undo.money.kept))
    if opened.refundable is not None and not any(line.left for line in opened.refundable.lines):
        return words.text("All of it was given back already.")
    return _nobodys(opened, words)


def _nobodys(opened: SaleOpened, words: Catalogue) -> str:
    """What will not stay on a card although it goes back there."""
    cents = sum(one.units for one in opened.nobodys if one.asset.startswith(("card/", "gift/")))
    if cents:
        return words.text(
            "{amount} of what paid for this came from a list of the old system that was taken back since. It does not stay on "
            "the card.",
            amount=words.money(Money(cents, opened.shop.currency)),
        )
    if opened.nobodys:
        return words.text(
            "What paid for this came from a list of the old system that was taken back since. It is not given back."
        )
    return ""


def _plan_back(state: RefundState, opened: SaleOpened, words: Catalogue) -> tuple[BackModel, ...]:
    assert state.plan is not None
    rows = []
    for part in state.plan.tenders:
        row = _back(opened, opened.tenders[part.tender], part.paid, words)
        if part.put_back is not None and part.put_back.bonus:
            note = words.text(
                "paid {paid}, bonus {bonus}",
                paid=words.money(part.put_back.paid),
                bonus=words.money(part.put_back.bonus),
            )
            row = BackModel(row.name, row.amount, note)
        rows.append(row)
    return tuple(rows)


def _taken(opened: SaleOpened, words: Catalogue) -> tuple[BackModel, ...]:
    return tuple(
        BackModel(_tender_name(opened, part, words), words.money(part.taken)) for part in opened.tenders
    )


def _back(opened: SaleOpened, part: TenderPart, paid: Money, words: Catalogue) -> BackModel:
    match part.kind:
        case TenderKind.CASH:
            note = words.text("from the drawer")
        case TenderKind.EXTERNAL_CARD if part.charge:
            note = words.text("by the terminal")
        case TenderKind.EXTERNAL_CARD:
            note = words.text("give it back on the card machine")
        case TenderKind.WALLET:
            note = words.text("give it back to the wallet")
        case TenderKind.STORED_VALUE | TenderKind.GIFT_CARD:
            note = words.text("onto the card at once")
        case TenderKind.SERIES:
            note = words.text("the visit may be used again")
        case TenderKind.CUSTOM:
            note = words.text("send it back by hand")
        case _:
            assert_never(part.kind)
    return BackModel(_tender_name(opened, part, words), words.money(paid), note)


def _tender_name(opened: SaleOpened, part: TenderPart, words: Catalogue) -> str:
    match part.kind:
        case TenderKind.CASH:
            return words.text("Cash")
        case TenderKind.EXTERNAL_CARD:
            return words.text("Bank card {tail}", tail=masked(part.last_four))
        case TenderKind.STORED_VALUE:
            return words.text("Stored value {tail}", tail=masked(opened.card_tails.get(part.card, "")))
        case TenderKind.GIFT_CARD:
            return words.text("Gift card {tail}", tail=masked(opened.card_tails.get(part.card, "")))
        case TenderKind.SERIES:
            return words.text("Series visit")
        case TenderKind.WALLET:
            return words.text(wallet_name(part.tender))
        case TenderKind.CUSTOM:
            names = opened.tender_names.get(part.tender)
            return names.in_language(words.language) if names else part.tender
        case _:
            assert_never(part.kind)


def _all_chosen(state: RefundState, opened: SaleOpened) -> bool:
    left = [line for line in opened.refundable.lines if line.left] if opened.refundable else []
    return bool(left) and len(state.chosen) == len(left)


def _name(member: Member | None, words: Catalogue) -> str:
    return member.called(words.language) if member is not None else ""
