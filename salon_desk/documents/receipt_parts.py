"""The parts that every receipt has: the shop's head, people, money rows, tenders, card balances, the foot.

What a sale, a top-up or a refund says besides stands in its own module. The one rule: a card shows its last four
and nothing more, and what somebody typed comes through `card_numbers`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import assert_never

from salon_desk.documents.bilingual import Bilingual
from salon_desk.documents.card_numbers import masked_tail, without_card_numbers
from salon_desk.documents.layout import (
    Align,
    Banner,
    BarcodeRow,
    Cell,
    ColumnsRow,
    ImageRow,
    QrRow,
    Row,
    Rule,
    Space,
    TextRow,
    amount_row,
)
from salon_desk.documents.receipt_words import CardWords, ReceiptWords
from salon_desk.documents.wallet_names import wallet_name
from salon_desk.domain.money import Money
from salon_desk.domain.names import Names
from salon_desk.domain.tax import TaxPart
from salon_desk.domain.tender import TenderKind
from salon_desk.domain.tip import TipPart
from salon_desk.i18n import N_
from salon_desk.operations.payment import Funding, TenderPart

INDENT = 2
"""How far what explains a line stands in from it, in cells."""
_NORTH_AMERICAN = re.compile(r"\+1(\d{3})(\d{3})(\d{4})")


@dataclass(frozen=True, slots=True)
class Paper:
    """What stands in the head of one receipt: its title (an `N_` msgid), its number and its instant."""

    title: str
    receipt: str
    store: str
    at: str
    copy: bool
    banner: str = ""


def head(paper: Paper, words: ReceiptWords, say: Bilingual) -> list[Row]:
    """The shop, what this paper is, its number, when, by whom and for whom."""
    rows: list[Row] = [Banner(say.label(N_("COPY")))] if paper.copy else []
    if paper.banner:
        rows.append(Banner(say.label(paper.banner)))
    first, *second = say.names(words.shop)
    if words.logo:
        rows += [ImageRow(words.logo), Space()]
    rows.append(TextRow(first, bold=True, size=2, align=Align.CENTRE))
    rows += [TextRow(name, align=Align.CENTRE) for name in second]
    rows += [TextRow(line, align=Align.CENTRE) for line in (words.address, telephone(words.phone)) if line]
    rows += [Space(), TextRow(say.label(paper.title), bold=True, align=Align.CENTRE)]
    rows.append(TextRow(paper.receipt, align=Align.CENTRE, native=True))
    moment = words.local(paper.at)
    day, time = say.first.day(moment.date(), year=True), say.first.time(moment)
    rows += [
        TextRow(say.first.text("{day} {time}", day=day, time=time), align=Align.CENTRE),
        Space(),
        *person(N_("Cashier"), words.cashier, say),
        *person(N_("Member"), words.member, say),
    ]
    return rows


def person(msgid: str, who: Names, say: Bilingual) -> list[Row]:
    """A row for someone, or none when there is nobody."""
    name = typed(say.name(who))
    return [amount_row(say.label(msgid), name)] if name else []


def typed(text: str) -> str:
    """What somebody typed, fit for paper."""
    return without_card_numbers(text)


def telephone(phone: str) -> str:
    """An E.164 number as people here write it: "(718) 555-0100"; any other as it is."""
    found = _NORTH_AMERICAN.fullmatch(phone)
    return "({}) {}-{}".format(*found.groups()) if found else phone


def indented(text: str) -> TextRow:
    """A line that explains the one above."""
    return TextRow(text, indent=INDENT)


def indented_amount(name: str, amount: str) -> ColumnsRow:
    """A name and an amount that explain the row above."""
    return ColumnsRow((Cell("", width=INDENT - 1), Cell(name), Cell(amount, align=Align.RIGHT, wraps=False)))


def named(names: Names, amount: Money, say: Bilingual) -> list[Row]:
    """A thing sold, its name in both languages, and its amount beside the reader's."""
    first, *second = [typed(name) for name in say.names(names)]
    return [amount_row(first, say.money(amount)), *(indented(name) for name in second)]


def tax_rows(taxes: Iterable[TaxPart], say: Bilingual, *, sign: int = 1) -> list[Row]:
    """Each rate with its base and its tax (RULES 7: one rounding a rate)."""
    rows: list[Row] = []
    for part in taxes:
        name = say.first.text(
            "{tax} {percent}% of {base}",
            tax=say.name(part.names),
            percent=percent(part.rate),
            base=say.money(part.base),
        )
        rows.append(amount_row(name, say.money(part.tax * sign)))
    return rows


def percent(rate: str) -> str:
    """A decimal rate as percent: "0.08875" -> "8.875"."""
    return f"{(Decimal(rate) * 100).normalize():f}"


def total_rows(msgid: str, amount: Money, say: Bilingual) -> list[Row]:
    """The sum of the paper, heavy, under a double line."""
    return [Rule(double=True), amount_row(say.label(msgid), say.money(amount), bold=True, size=2)]


def tip_rows(tips: Iterable[TipPart], words: ReceiptWords, say: Bilingual) -> list[Row]:
    """Each person's tip, whatever tenders pay it."""
    by_person: dict[str, Money] = {}
    for tip in tips:
        by_person[tip.technician] = by_person.get(tip.technician, tip.amount - tip.amount) + tip.amount
    return [
        amount_row(say.first.text("Tip for {name}", name=say.name(words.person(who))), say.money(amount))
        for who, amount in by_person.items()
    ]


def funding_rows(funding: Funding, words: ReceiptWords, say: Bilingual, *, sign: int = 1) -> list[Row]:
    """Value bought, its bonus, and the text under which the bonus was given (RULES 2)."""
    tail = _card(words, funding.card).tail
    rows: list[Row] = [
        amount_row(_with_tail(say.label(N_("Top-up")), masked_tail(tail)), say.money(funding.paid * sign))
    ]
    if funding.bonus:
        rows.append(
            indented_amount(say.label(N_("Bonus given")), say.money(funding.bonus * sign, signed=True))
        )
    if funding.bonus_terms:
        rows.append(indented(funding.bonus_terms))
    if funding.bonus_expires:
        day = say.first.day(date.fromisoformat(funding.bonus_expires), year=True)
        rows.append(indented(say.first.text("Bonus valid until {day}", day=day)))
    return rows


def tender_rows(tenders: Iterable[TenderPart], words: ReceiptWords, say: Bilingual) -> list[Row]:
    """What was taken (or, negative, given back) by each tender; cash with its rounding and change."""
    rows: list[Row] = []
    for tender in tenders:
        if tender.taken != tender.amount:
            rounding = say.money(tender.taken - tender.amount, signed=True)
            rows.append(amount_row(say.label(N_("Cash rounding")), rounding))
        rows.append(amount_row(_tender_name(tender, words, say), say.money(tender.taken), bold=True))
        rows += _tender_details(tender, words, say)
    return rows


def _tender_name(tender: TenderPart, words: ReceiptWords, say: Bilingual) -> str:
    match tender.kind:
        case TenderKind.STORED_VALUE:
            return say.label(N_("Stored value"))
        case TenderKind.GIFT_CARD:
            return say.label(N_("Gift card"))
        case TenderKind.SERIES:
            return say.label(N_("Series visit"))
        case TenderKind.CASH:
            return say.label(N_("Cash"))
        case TenderKind.EXTERNAL_CARD:
            return _with_tail(say.label(N_("Card")), masked_tail(tender.last_four))
        case TenderKind.WALLET:
            return say.label(wallet_name(tender.tender))
        case TenderKind.CUSTOM:
            name = " ".join(say.names(words.tenders.get(tender.tender, Names(""))))
            return name or say.label(N_("Other tender"))
        case _:
            assert_never(tender.kind)


def _tender_details(tender: TenderPart, words: ReceiptWords, say: Bilingual) -> list[Row]:
    tail = masked_tail(_card(words, tender.card).tail)
    rows: list[Row] = [indented(tail)] if tail else []
    if tender.from_bonus:
        rows.append(indented_amount(say.label(N_("Bonus")), say.money(tender.from_bonus)))
    if tender.from_bonus and tender.from_paid:
        rows.append(indented_amount(say.label(N_("Paid value")), say.money(tender.from_paid)))
    if tender.change:
        rows.append(indented_amount(say.label(N_("Cash given")), say.money(tender.given)))
        rows.append(amount_row(say.label(N_("Change due")), say.money(tender.change), bold=True))
    if tender.reference:
        rows.append(indented(typed(tender.reference)))
    return rows


def balance_rows(cards: Iterable[str], words: ReceiptWords, say: Bilingual) -> list[Row]:
    """What is left on each card afterwards, as (paid + bonus); none where it is not known any more."""
    rows: list[Row] = []
    for card in dict.fromkeys(cards):
        known = _card(words, card)
        if known.paid is None or known.bonus is None:
            continue
        name = _with_tail(say.label(N_("Balance left")), masked_tail(known.tail))
        if known.is_gift:
            rows.append(amount_row(name, say.money(known.paid)))
            continue
        parts = say.first.text(
            "({paid} paid + {bonus} bonus)", paid=say.money(known.paid), bonus=say.money(known.bonus)
        )
        rows.append(amount_row(name, say.money(known.paid + known.bonus)))
        rows.append(TextRow(parts, align=Align.RIGHT))
    return [Rule(), *rows] if rows else []


def foot(paper: Paper, words: ReceiptWords, say: Bilingual) -> list[Row]:
    """Return policy, the shop's last word, and the two codes by which this receipt is found again."""
    rows: list[Row] = [Rule()]
    policy = [TextRow(text) for text in say.names(words.return_policy) if text]
    rows += [*policy, Space()] if policy else []
    closing = [text for text in say.names(words.footer) if text] or [say.label(N_("Thank you!"))]
    rows += [TextRow(text, align=Align.CENTRE) for text in closing]
    of_value = bool(words.cards) or words.points is not None
    caption = say.label(BALANCE_CODE) if of_value else ""
    return [*rows, QrRow(reference(paper.store, paper.receipt), caption), BarcodeRow(paper.receipt)]


BALANCE_CODE = N_("At the desk this code shows your balance")
"""Under the code of a receipt that moved value of somebody's: read at a till it leads to their statement."""

PREFIX = "SD:"
"""With what the code of every receipt begins."""


def reference(store: str, receipt: str) -> str:
    """The opaque reference in a receipt's QR code: names no person, no amount and no card."""
    return f"{PREFIX}{store}:{receipt}"


def _card(words: ReceiptWords, card: str) -> CardWords:
    cards: Mapping[str, CardWords] = words.cards
    return cards.get(card, CardWords(""))


def _with_tail(name: str, tail: str) -> str:
    return f"{name} {tail}" if tail else name
