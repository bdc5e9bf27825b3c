"""Receipts ready to print: the operation, the names behind its ids, the shop's words, in the reader's language.

What a receipt says is in `documents`. Everything is read in the caller's one snapshot, so that a receipt never mixes
two moments; used by the printing of jobs, by reprints and by the screen.
"""

from __future__ import annotations

from collections.abc import Iterable

from salon_desk.documents import self_test
from salon_desk.documents.bilingual import Bilingual
from salon_desk.documents.day_report import day_report
from salon_desk.documents.gift_receipt import gift_receipt
from salon_desk.documents.layout import Document
from salon_desk.documents.liability_report import liability_report as owed_report
from salon_desk.documents.payout_receipt import payout_receipt
from salon_desk.documents.printer_test import printer_test
from salon_desk.documents.proof_report import proof_document
from salon_desk.documents.receipt_words import NOBODY, CardWords, ReceiptWords
from salon_desk.documents.refund_receipt import refund_receipt, void_receipt
from salon_desk.documents.sale_receipt import sale_receipt
from salon_desk.documents.series_receipt import series_receipt
from salon_desk.documents.shift_report import shift_report
from salon_desk.documents.signed_slip import signed_slip
from salon_desk.documents.statement import statement_document
from salon_desk.documents.top_up_receipt import top_up_receipt
from salon_desk.domain.names import Names
from salon_desk.i18n import Catalogue
from salon_desk.operations.card import CardToppedUp
from salon_desk.operations.envelope import Header
from salon_desk.operations.gift import GiftSold
from salon_desk.operations.payout import ValuePaidOut
from salon_desk.operations.proof import SpendSigned
from salon_desk.operations.sale import SaleCompleted, SaleRefunded, SaleVoided
from salon_desk.operations.series import SeriesSold
from salon_desk.operations.shift import ShiftClosed
from salon_desk.services import loyalty_words, owned, proof_report, work_slips
from salon_desk.services.errors import ShopMissing, UnknownSale
from salon_desk.services.receipt_logo import png_of
from salon_desk.services.reports import daily_report, liability_report, x_or_z_report, z_report_of
from salon_desk.services.till import Till
from salon_desk.storage.engine import Transaction
from salon_desk.storage.journal import operation_of
from salon_desk.storage.print_jobs import PrintJob
from salon_desk.storage.queries import cards, catalogue, members, receipts, sales, series, staff
from salon_desk.storage.queries.gifts import Greeting, greeting_of
from salon_desk.storage.queries.shop import Shop, shop

Receipted = SaleCompleted | CardToppedUp | SaleRefunded | SaleVoided | GiftSold | SeriesSold | ValuePaidOut


def document(till: Till, transaction: Transaction, job: PrintJob) -> Document:
    """What a print job says; for the print queue, which may ask again after a crash.

    Raises as `receipt_document`, ShiftNotOpen for an X whose shift is gone, UnknownSale for a job of no known kind.
    """
    match job.kind:
        case "receipt" | "z":
            return receipt_document(transaction, job.op_id, job.language, copy=job.copy)
        case "signed":
            return _signed(transaction, job)
        case "x" | "x_blind":
            report = x_or_z_report(transaction, job.detail, show_expected=job.kind == "x")
            return shift_report(report, Catalogue.load(job.language), copy=job.copy)
        case "day":
            return day_report(daily_report(transaction, job.detail), Catalogue.load(job.language))
        case "liability":
            return owed_report(liability_report(transaction), Catalogue.load(job.language))
        case proof_report.PRINTED:
            listed = proof_report.proof_report(transaction, job.detail)
            return proof_document(listed, Catalogue.load(job.language))
        case owned.PRINTED:
            report_of = owned.printed(till, transaction, job.detail, job.language)
            return statement_document(report_of, Catalogue.load(job.language))
        case "reminder":
            from salon_desk.services import reminder_slips  # all that messages are written of: not at a start

            return reminder_slips.printed(till, transaction, job.detail, copy=job.copy)
        case work_slips.PRINTED:
            say = spoken(job.language, till.shop(transaction))
            return work_slips.printed(till, transaction, job.detail, say, copy=job.copy)
        case self_test.KIND:
            return self_test.self_test_page(job.language)
        case "test":
            return printer_test(till.shop(transaction).names, Catalogue.load(job.language))
        case _:
            raise UnknownSale(job.job_id)


def receipt_document(transaction: Transaction, op_id: str, language: str, *, copy: bool = False) -> Document:
    """The paper of an operation: a receipt, or for a closed shift its Z report.

    `transaction` is any read snapshot. A copy says COPY. Raises UnknownSale for an operation without a paper,
    ShopMissing where the shop is not described, ValueError for an unknown language.
    """
    found = operation_of(transaction, op_id)
    if found is None:
        raise UnknownSale(op_id)
    header, operation = found
    if isinstance(operation, ShiftClosed):
        return shift_report(z_report_of(transaction, op_id), Catalogue.load(language), copy=copy)
    if not isinstance(operation, Receipted):
        raise UnknownSale(op_id)
    place = shop(transaction, header.node, header.business_day)
    if place is None:
        raise ShopMissing(header.node)
    words = _words(transaction, place, header, operation)
    return _document(operation, words, spoken(language, place), copy=copy)


def _signed(transaction: Transaction, job: PrintJob) -> Document:
    """The shop's copy of a signature. Raises UnknownSale where it was erased, ShopMissing."""
    found = operation_of(transaction, job.op_id)
    signed = found[1] if found is not None else None
    if found is None or not isinstance(signed, SpendSigned):
        raise UnknownSale(job.op_id)
    header = found[0]
    place = shop(transaction, header.node, header.business_day)
    if place is None:
        raise ShopMissing(header.node)
    used = [cards.card(transaction, one) for one in signed.cards]
    tails = [one.tail for one in used if one is not None]
    return signed_slip(signed, place.names, tails, spoken(job.language, place), copy=job.copy)


def spoken(language: str, place: Shop) -> Bilingual:
    """The reader's language with the shop's other one beside it."""
    if language != "en":
        other = "en"
    else:
        other = place.receipt_language if place.receipt_language not in ("", "en") else "zh_CN"
    return Bilingual(Catalogue.load(language), Catalogue.load(other))


def _document(operation: Receipted, words: ReceiptWords, say: Bilingual, *, copy: bool) -> Document:
    match operation:
        case SaleCompleted():
            return sale_receipt(operation, words, say, copy=copy)
        case CardToppedUp():
            return top_up_receipt(operation, words, say, copy=copy)
        case SaleRefunded():
            return refund_receipt(operation, words, say, copy=copy)
        case SaleVoided():
            return void_receipt(operation, words, say, copy=copy)
        case GiftSold():
            return gift_receipt(operation, words, say, copy=copy)
        case SeriesSold():
            return series_receipt(operation, words, say, copy=copy)
        case ValuePaidOut():
            return payout_receipt(operation, words, say, copy=copy)


def _words(transaction: Transaction, place: Shop, header: Header, operation: Receipted) -> ReceiptWords:
    original = ""
    greeting = greeting_of(transaction, operation.gift) if isinstance(operation, GiftSold) else Greeting()
    if isinstance(operation, SaleRefunded | SaleVoided):
        document = sales.document(transaction, operation.sale)
        original = document.receipt if document else ""
    return ReceiptWords(
        shop=place.names,
        store=place.store,
        time_zone=place.time_zone,
        address=place.address,
        phone=place.phone,
        cashier=_person(transaction, header.actor),
        approver=_person(transaction, "" if isinstance(operation, CardToppedUp) else operation.approver),
        member=_member(transaction, operation.member),
        staff={one: _person(transaction, one) for one in set(_people(operation))},
        cards=_cards(transaction, header.op_id, operation),
        tenders=receipts.tender_names(
            transaction, {tender.tender for tender in operation.tenders}, header.business_day
        ),
        footer=place.receipt_footer,
        return_policy=place.return_policy,
        logo=png_of(place.receipt_logo),
        original_receipt=original,
        items=_items(transaction, header.business_day, operation),
        recipient=greeting.recipient,
        sender=greeting.sender,
        greeting=greeting.greeting,
        points=loyalty_words.points_balance(transaction, header, operation),
        coupons=loyalty_words.coupons_given(transaction, header, operation),
        savings=loyalty_words.savings_now(transaction, operation),
    )


def _items(transaction: Transaction, day: str, operation: Receipted) -> dict[str, Names]:
    """The services that a series is for; or the series of which visits were paid out."""
    if isinstance(operation, ValuePaidOut):
        of = series.one(transaction, operation.owned)
        return {} if of is None else {of.series: of.names}
    wanted = (
        {item for part in operation.parts for item in part.items} if isinstance(operation, SeriesSold) else ()
    )
    found = {one: catalogue.item(transaction, one, day) for one in wanted}
    return {one: item.names for one, item in found.items() if item is not None}


def _people(operation: Receipted) -> Iterable[str]:
    if isinstance(operation, SaleCompleted):
        yield from (line.technician for line in operation.lines)
    if isinstance(operation, SaleCompleted | CardToppedUp | SaleVoided):
        yield from (tip.technician for tip in operation.tips)


def _person(transaction: Transaction, staff_id: str) -> Names:
    found = staff.staff_member(transaction, staff_id) if staff_id else None
    return Names(found.called("en"), found.called("zh_CN")) if found else NOBODY


def _member(transaction: Transaction, member_id: str) -> Names:
    found = members.member(transaction, member_id) if member_id else None
    return Names(found.latin_name or found.name, found.name or found.latin_name) if found else NOBODY


def _cards(transaction: Transaction, op_id: str, operation: Receipted) -> dict[str, CardWords]:
    used = [tender.card for tender in operation.tenders if tender.card]
    match operation:
        case CardToppedUp():
            used.append(operation.funding.card)
        case SaleCompleted() | SaleVoided() | SaleRefunded():
            used += [funding.card for funding in operation.fundings]
        case GiftSold():
            used.append(operation.gift)
        case ValuePaidOut():
            used.append(operation.owned)
    words = {}
    for card_id in dict.fromkeys(used):
        card = cards.card(transaction, card_id)
        if card is not None:
            left = receipts.balance_after(transaction, op_id, card)
            words[card_id] = CardWords(
                card.tail,
                left.paid if left else None,
                left.bonus if left else None,
                is_gift=card.is_gift,
            )
    return words
