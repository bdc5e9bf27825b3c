"""Sales, top-ups, refunds and voids as rows for lists and reports.

Purses and ledger are written before, from the operation's own lists (`purses.py`, `money.py`). A refund or void is a
row of its own with negative amounts; the row it undoes only learns that it was voided, so a void waits for its sale.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import bindparam, case, update

from salon_desk.domain.money import Money, total
from salon_desk.domain.shift import MovementKind
from salon_desk.domain.tax import TaxPart
from salon_desk.domain.tender import TenderKind
from salon_desk.domain.tip import TipPart
from salon_desk.operations.card import CardToppedUp
from salon_desk.operations.envelope import Header
from salon_desk.operations.payment import Funding, TenderPart
from salon_desk.operations.payout import ValuePaidOut
from salon_desk.operations.sale import SaleCompleted, SaleRefunded, SaleVoided, SoldLine
from salon_desk.operations.value_document import ValueDocument
from salon_desk.storage.apply import bonus_ends, charges, saving
from salon_desk.storage.apply.shifts import move_cash
from salon_desk.storage.apply.tickets import count, ticket_sold
from salon_desk.storage.engine import Statement, Transaction
from salon_desk.storage.errors import NotYet
from salon_desk.storage.putting import Rows
from salon_desk.storage.tables.sales import sale_lines, sale_taxes, sale_tenders, sale_tips, sales

_ADD = Rows(sales)
_ADD_LINE = Rows(sale_lines)
_ADD_TAX = Rows(sale_taxes)
_ADD_TENDER = Rows(sale_tenders)
_ADD_TIP = Rows(sale_tips)
_VOID = Statement(
    lambda: (
        update(sales)
        .where(sales.c.op_id == bindparam("sale"))
        .values(
            # of two voids the smaller id stands, whichever came first
            voided_by=case(
                (sales.c.voided_by == "", bindparam("void")),
                (sales.c.voided_by > bindparam("void"), bindparam("void")),
                else_=sales.c.voided_by,
            )
        )
    )
)


def sale_completed(transaction: Transaction, header: Header, sale: SaleCompleted) -> None:
    """A paid ticket with its lines, taxes, tenders and tips."""
    _add(
        transaction,
        header,
        sale,
        kind="sale",
        amounts={
            "subtotal_cents": sale.subtotal.cents,
            "discount_cents": sale.discount.cents,
            "tax_cents": sale.tax.cents,
            **_funded(sale.fundings),
        },
    )
    transaction.put_many(_ADD_LINE, [_line(header, n, line) for n, line in enumerate(sale.lines)])
    _add_taxes(transaction, header, sale.taxes, sign=1)
    _add_tips(transaction, header, sale.tips, sale.tenders)
    saving.deposited(transaction, header, sale.ticket, sale.fundings)
    bonus_ends.ends(transaction, header, sale.fundings)
    ticket_sold(transaction, header, sale.ticket)


def card_topped_up(transaction: Transaction, header: Header, top_up: CardToppedUp) -> None:
    """Value sold on its own."""
    _add(transaction, header, top_up, kind="top_up", amounts=_funded([top_up.funding]))
    saving.deposited(transaction, header, top_up.top_up, [top_up.funding], waits=bool(top_up.payment))
    bonus_ends.ends(transaction, header, [top_up.funding])


def value_document(
    transaction: Transaction,
    header: Header,
    document: ValueDocument,
    *,
    kind: str,
    taxes: Sequence[TaxPart] = (),
    sign: int = 1,
) -> None:
    """Value sold or paid out on its own; `taxes` where it is taxed at its sale, -1 as their sign where they go back."""
    tax = sign * sum(part.tax.cents for part in taxes)
    amounts = {"funded_cents": document.amount.cents, "tax_cents": tax}
    _add(transaction, header, document, kind=kind, amounts=amounts)
    _add_taxes(transaction, header, taxes, sign=sign)


def value_paid_out(transaction: Transaction, header: Header, document: ValuePaidOut) -> None:
    """A card refund or a statutory cash-out."""
    value_document(transaction, header, document, kind="pay_out", taxes=document.taxes, sign=-1)


def sale_refunded(transaction: Transaction, header: Header, refund: SaleRefunded) -> None:
    """Part of a sale given back."""
    amounts = _given_back(refund) | {name: -cents for name, cents in _funded(refund.fundings).items()}
    if refund.kept is not None and refund.fundings:
        amounts["funded_cents"] += refund.kept.cents
    _add(transaction, header, refund, kind="refund", amounts=amounts, of_sale=refund.sale)
    _add_returned_lines(transaction, header, refund)


def sale_voided(transaction: Transaction, header: Header, void: SaleVoided) -> None:
    """A whole sale or top-up undone, tips included. Raises NotYet while it is not there."""
    amounts = _given_back(void) | {name: -cents for name, cents in _funded(void.fundings).items()}
    if void.value is not None:
        amounts["funded_cents"] = -void.value.cents
    _add(transaction, header, void, kind="void", amounts=amounts, of_sale=void.sale)
    _add_returned_lines(transaction, header, void)
    _add_tips(transaction, header, void.tips, void.tenders)
    if not transaction.run(_VOID, sale=void.sale, void=header.op_id):
        raise NotYet(f"sale {void.sale}")


Document = SaleCompleted | CardToppedUp | SaleRefunded | SaleVoided | ValueDocument


def _add(
    transaction: Transaction,
    header: Header,
    document: Document,
    *,
    kind: str,
    amounts: dict[str, int],
    of_sale: str = "",
) -> None:
    zero = dict.fromkeys(
        ("subtotal_cents", "discount_cents", "tax_cents", "funded_cents", "bonus_cents"),
        0,
    )
    whole = {
        "total_cents": _cents(getattr(document, "total", None)),
        "rounding_cents": _cents(getattr(document, "rounding", None)),
        "tip_cents": sum(tip.amount.cents for tip in getattr(document, "tips", ())),
    }
    row: dict[str, Any] = {
        "op_id": header.op_id,
        "kind": kind,
        "ticket": _number(document),
        "of_sale": of_sale,
        "receipt": document.receipt,
        "store": document.store,
        "node": header.node,
        "seq": header.seq,
        "shift": document.shift,
        "sold_at": document.sold_at,
        "business_day": header.business_day,
        "member": document.member,
        "cashier": header.actor,
        "currency": _currency(document),
        "voided_by": "",
    }
    transaction.put(_ADD, **row, **{**zero, **whole, **amounts})
    _add_tenders(transaction, header, document)
    count(transaction, header.node, "receipt")


def _number(document: Document) -> str:
    """What the document is called besides its receipt: the ticket, or its own id."""
    if isinstance(document, ValueDocument):
        return document.document
    return document.top_up if isinstance(document, CardToppedUp) else document.ticket


def _currency(document: Document) -> str:
    """Never from the tenders: what cost nothing has none."""
    if isinstance(document, ValueDocument):
        return document.amount.currency
    return document.funding.paid.currency if isinstance(document, CardToppedUp) else document.total.currency


def _cents(amount: Money | None) -> int:
    return amount.cents if amount is not None else 0


def _add_tenders(transaction: Transaction, header: Header, document: Document) -> None:
    rows = []
    for number, tender in enumerate(document.tenders):
        rows.append(
            {
                "op_id": header.op_id,
                "number": number,
                "kind": tender.kind.value,
                "tender": tender.tender,
                "card": tender.card,
                "amount_cents": tender.amount.cents,
                "taken_cents": tender.taken.cents,
                "given_cents": tender.given.cents,
                "change_cents": tender.change.cents,
                "bonus_cents": tender.from_bonus.cents if tender.from_bonus else 0,
                "paid_cents": tender.from_paid.cents if tender.from_paid else 0,
                "reference": tender.reference,
                "last_four": tender.last_four,
                "proof": tender.proof,
                "proven_by": tender.proven_by,
            }
        )
    if rows:
        transaction.put_many(_ADD_TENDER, rows)
    for tender in document.tenders:
        if tender.charge:
            charges.used(transaction, tender.charge, header.op_id)
    _move_cash(transaction, header, document)


def _move_cash(transaction: Transaction, header: Header, document: Document) -> None:
    """What cash did to the drawer: the payment without its tips, and the tips when they stayed there."""
    for number, tender in enumerate(document.tenders):
        if tender.kind is not TenderKind.CASH:
            continue
        zero = tender.taken - tender.taken
        tips = total((t.amount for t in getattr(document, "tips", ()) if t.tender == number), zero.currency)
        # by the amount: what goes back may come to no coin at all
        kind = MovementKind.REFUND if tender.amount < zero else MovementKind.SALE
        move_cash(transaction, header, document.shift, kind, tender.taken - tips)
        if tips and not getattr(document, "cash_tips_left", False):
            move_cash(transaction, header, document.shift, MovementKind.CASH_TIP_KEPT, tips, number=1)


def _add_tips(
    transaction: Transaction, header: Header, tips: Sequence[TipPart], tenders: Sequence[TenderPart]
) -> None:
    rows = [
        {
            "op_id": header.op_id,
            "number": number,
            "technician": tip.technician,
            "tender": tip.tender,
            "tender_kind": tenders[tip.tender].kind.value,
            "cents": tip.amount.cents,
        }
        for number, tip in enumerate(tips)
    ]
    if rows:
        transaction.put_many(_ADD_TIP, rows)


def _add_taxes(transaction: Transaction, header: Header, taxes: Sequence[TaxPart], *, sign: int) -> None:
    rows = [
        {
            "op_id": header.op_id,
            "rate_id": part.rate_id,
            "name_en": part.names.en,
            "name_zh_cn": part.names.zh_CN,
            "name_zh_tw": part.names.zh_TW,
            "rate": part.rate,
            "base_cents": sign * part.base.cents,
            "tax_cents": sign * part.tax.cents,
        }
        for part in taxes
    ]
    if rows:
        transaction.put_many(_ADD_TAX, rows)


def _add_returned_lines(
    transaction: Transaction, header: Header, document: SaleRefunded | SaleVoided
) -> None:
    _add_taxes(transaction, header, document.taxes, sign=-1)
    rows = []
    for number, returned in enumerate(document.lines):
        sold = returned.sold
        rows.append(
            _line(header, number, sold)
            | {
                "quantity": 0,
                "list_cents": -returned.net.cents,
                "discount_cents": 0,
                "net_cents": -returned.net.cents,
                "tax_cents": -returned.tax.cents,
            }
        )
    if rows:
        transaction.put_many(_ADD_LINE, rows)


def _line(header: Header, number: int, line: SoldLine) -> dict[str, Any]:
    return {
        "op_id": header.op_id,
        "number": number,
        "line": line.line,
        "item": line.item,
        "item_kind": line.item_kind.value,
        "name_en": line.names.en,
        "name_zh_cn": line.names.zh_CN,
        "name_zh_tw": line.names.zh_TW,
        "technician": line.technician,
        "requested": int(line.requested),
        "quantity": line.quantity,
        "list_cents": line.list_total.cents,
        "discount_cents": (line.list_total - line.net).cents,
        "net_cents": line.net.cents,
        "tax_cents": sum(tax.cents for _rate, tax in line.taxes),
    }


def _funded(fundings: Sequence[Funding]) -> dict[str, int]:
    if not fundings:
        return {}
    currency = fundings[0].paid.currency
    return {
        "funded_cents": total((one.paid for one in fundings), currency).cents,
        "bonus_cents": total((one.bonus for one in fundings), currency).cents,
    }


def _given_back(document: SaleRefunded | SaleVoided) -> dict[str, int]:
    net = total((line.net for line in document.lines), document.total.currency)
    tax = total((part.tax for part in document.taxes), document.total.currency)
    return {"subtotal_cents": -net.cents, "discount_cents": 0, "tax_cents": -tax.cents}
