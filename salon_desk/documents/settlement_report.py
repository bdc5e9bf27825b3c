"""What the stores of a chain owe each other for value that was sold in one and spent in another, in a period.

Filled by `services/settlement.py`. The one rule: the balances of each currency add up to zero, and the paper says so.
"""

from __future__ import annotations

from msgspec import Struct

from salon_desk.documents.report_sheet import Line, Section, Sheet
from salon_desk.domain.clock import parse_instant
from salon_desk.domain.money import Money, total
from salon_desk.domain.names import Names
from salon_desk.domain.settlement import BonusPolicy, Why
from salon_desk.i18n import Catalogue


class OfStore(Struct, frozen=True, kw_only=True):
    """One store, or head office with an empty id. `sold`: value put on cards there; `taken`: given something for, less given
    back; `net`: what it gets (below zero: owes) on balance."""

    store: str
    names: Names
    sold: Money
    taken: Money
    net: Money


class Between(Struct, frozen=True, kw_only=True):
    """Two parties on balance: what `debtor` owes `creditor`, of paid value and of bonus."""

    debtor: str
    debtor_names: Names
    creditor: str
    creditor_names: Names
    paid: Money
    bonus: Money
    total: Money


class Reason(Struct, frozen=True, kw_only=True):
    """What the amounts come from: a `Why` of `domain/settlement.py`, and all that is owed for it, refunds below zero."""

    why: str
    amount: Money


class OfCurrency(Struct, frozen=True, kw_only=True):
    """One currency. `unattributed`: spent, but nobody is known yet to have sold it, so that nobody owes it."""

    currency: str
    stores: tuple[OfStore, ...]
    between: tuple[Between, ...]
    reasons: tuple[Reason, ...]
    unattributed: Money


class SettlementReport(Struct, frozen=True, kw_only=True):
    """A settlement of the business days from `first_day` to `last_day`, empty where there is no bound. `bonus`: who bears it."""

    first_day: str
    last_day: str
    as_of: str
    bonus: str
    currencies: tuple[OfCurrency, ...]


def settlement_sheet(report: SettlementReport, say: Catalogue) -> Sheet:
    """The report as head and sections; pure."""
    sections: list[Section] = []
    for one in report.currencies:
        sections += [_between(one, say), _balances(one, say), _stores(one, say), _reasons(one, say)]
    return Sheet(
        kind="settlement_report",
        language=say.language,
        shop=say.text("All stores"),
        title=say.text("Settlement between stores"),
        head=(
            (say.text("From"), report.first_day or say.text("the beginning")),
            (say.text("To"), report.last_day or say.text("now")),
            (say.text("Bonus is borne by"), _policy(report.bonus, say)),
        ),
        sections=tuple(sections),
        as_of=parse_instant(report.as_of),
    )


def party(store: str, names: Names, say: Catalogue) -> str:
    """A store as people call it, head office for none."""
    return (names.in_language(say.language) or store) if store else say.text("Head office")


def _between(one: OfCurrency, say: Catalogue) -> Section:
    lines = tuple(
        Line(
            say.text(
                "{debtor} to {creditor}",
                debtor=party(pair.debtor, pair.debtor_names, say),
                creditor=party(pair.creditor, pair.creditor_names, say),
            ),
            (pair.paid, pair.bonus, pair.total),
        )
        for pair in one.between
    )
    columns = (say.text("Paid value"), say.text("Bonus"), say.text("Total"))
    return Section(say.text("Who owes whom, {currency}", currency=one.currency), lines, columns)


def _balances(one: OfCurrency, say: Catalogue) -> Section:
    lines = [Line(party(store.store, store.names, say), (store.net,)) for store in one.stores]
    lines.append(
        Line(say.text("Sum"), (total((store.net for store in one.stores), one.currency),), bold=True)
    )
    if one.unattributed:
        lines.append(Line(say.text("Spent, seller not known yet"), (one.unattributed,), bold=True))
    return Section(say.text("Gets, or owes below zero, {currency}", currency=one.currency), tuple(lines))


def _stores(one: OfCurrency, say: Catalogue) -> Section:
    lines = tuple(
        Line(party(store.store, store.names, say), (store.sold, store.taken)) for store in one.stores
    )
    columns = (say.text("Put on cards"), say.text("Taken from cards"))
    return Section(say.text("Value by store, {currency}", currency=one.currency), lines, columns)


def _reasons(one: OfCurrency, say: Catalogue) -> Section:
    lines = tuple(Line(_reason(reason.why, say), (reason.amount,)) for reason in one.reasons)
    return Section(say.text("What it comes from, {currency}", currency=one.currency), lines)


def _policy(bonus: str, say: Catalogue) -> str:
    words = {
        BonusPolicy.ISSUER: say.text("the store that gave it"),
        BonusPolicy.REDEEMER: say.text("the store that took it"),
        BonusPolicy.HEAD_OFFICE: say.text("head office"),
    }
    return words[BonusPolicy(bonus)]


def _reason(why: str, say: Catalogue) -> str:
    words = {
        Why.SALE: say.text("Sales in another store"),
        Why.REFUND: say.text("Refunds to a card"),
        Why.VOID: say.text("Voids, top-ups taken back"),
        Why.OVERDRAFT: say.text("Overdraft recovered"),
        Why.COVER: say.text("Cover repaid"),
        Why.CLAIM: say.text("What members owed"),
        Why.OTHER: say.text("Other"),
    }
    return words[Why(why)]
