"""Settlement between stores: value sold in one and spent in another, from the operations that a node holds, for a period.

The lots are in `domain/settlement.py`, the paper in `documents/settlement_report.py`. The one rule: it is a function of the set of
operations, so that every node that has them says the same; what comes late changes the period in which it was done.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from salon_desk.documents.settlement_report import (
    Between,
    OfCurrency,
    OfStore,
    Reason,
    SettlementReport,
)
from salon_desk.domain.money import Money
from salon_desk.domain.names import Names
from salon_desk.domain.owed import owed_for
from salon_desk.domain.settlement import HEAD_OFFICE, BonusPolicy, Owing, Purpose, Settlement, Why
from salon_desk.operations.card import CardToppedUp, ValueCarriedOver
from salon_desk.operations.claim import ReceivableRecovered
from salon_desk.operations.cover import CoverOpened, CoverRepaid
from salon_desk.operations.envelope import Header
from salon_desk.operations.lapse import BonusLapsed
from salon_desk.operations.operation import Cause, Moving, PurseChange
from salon_desk.operations.overdraft import OverdraftGiven, OverdraftRecovered
from salon_desk.operations.payout import ValuePaidOut
from salon_desk.operations.sale import SaleCompleted, SaleRefunded, SaleVoided
from salon_desk.operations.value_document import ValueDocument
from salon_desk.services.report_errors import DaysReversed
from salon_desk.services.reports import checked_day, known_until
from salon_desk.storage.engine import Transaction
from salon_desk.storage.queries import settlement as stored
from salon_desk.storage.queries import stores
from salon_desk.storage.queries.ledger import FIRST_DAY, LAST_DAY

_VALUE = (Cause.ISSUE, Cause.REDEEM, Cause.UNDO)
"""Why value comes to be or ends; whatever else a purse changes by moves it."""


class _Tally:
    """What one store sold and took of value within the period, whoever owes for it."""

    def __init__(self) -> None:
        self.issued = 0
        self.taken = 0


def settlement_report(
    transaction: Transaction, first: str = "", last: str = "", *, bonus: BonusPolicy = BonusPolicy.ISSUER
) -> SettlementReport:
    """Who owes whom for value spent on the business days from `first` to `last` (ISO dates; empty: no bound).

    Reads the whole journal, for the oldest value is spent first. Raises BadDay, DaysReversed.
    """
    start = checked_day(first) if first else FIRST_DAY
    end = checked_day(last) if last else LAST_DAY
    if start > end:
        raise DaysReversed(start, end)
    reckoned = _Reckoned(stored.stores_of_tills(transaction), start, end, bonus)
    for header, operation in stored.value_operations(transaction):
        reckoned.take(header, operation)
    names = {store: _names(transaction, store) for store in reckoned.parties()}
    return SettlementReport(
        first_day=start if first else "",
        last_day=end if last else "",
        as_of=known_until(transaction),
        bonus=bonus.value,
        currencies=tuple(_of_currency(reckoned, currency, names) for currency in reckoned.currencies()),
    )


class _Reckoned:
    """The settlement while operations go by: what is owed between parties in the period, and what each sold and took."""

    def __init__(self, stores_of: dict[str, str], first: str, last: str, bonus: BonusPolicy) -> None:
        self._stores_of, self._first, self._last, self._bonus = stores_of, first, last, bonus
        self._settlement = Settlement()
        self._done: dict[str, tuple[PurseChange, ...]] = {}
        """What sales and top-ups did to cards, for their voids."""
        self.owed: dict[tuple[str, str, str, bool, Why], int] = {}
        """By debtor, creditor, currency, whether it is bonus, and reason: cents."""
        self.tallies: dict[tuple[str, str], _Tally] = {}
        """By currency and store."""

    def take(self, header: Header, operation: Moving) -> None:
        """One operation, in its order."""
        by = getattr(operation, "store", "") or self._stores_of.get(header.node, HEAD_OFFICE)
        changes = tuple(
            one
            for one in operation.purse_changes
            if one.units and one.cause in _VALUE and owed_for(one.asset, one.units)
        )
        if isinstance(operation, SaleCompleted | CardToppedUp | ValueDocument):
            self._done[header.op_id] = changes
        voided = self._done.get(operation.sale) if isinstance(operation, SaleVoided) else None
        for one in changes if voided is None else voided:
            self._tally(header, one, by, 1 if voided is None else -1)
        for owing in self._steps(header, operation, changes, by):
            self._owe(owing)

    def parties(self) -> list[str]:
        """Everybody who sold or took value, or owes or is owed, head office last."""
        found = {store for _currency, store in self.tallies}
        found |= {party for debtor, creditor, *_rest in self.owed for party in (debtor, creditor)}
        return sorted(found, key=lambda one: (one == HEAD_OFFICE, one))

    def currencies(self) -> list[str]:
        """Every currency in which value was sold, taken or is owed."""
        return sorted({currency for currency, _store in self.tallies} | {key[2] for key in self.owed})

    def unattributed(self, currency: str) -> int:
        """Cents that were spent and that nobody is known to have sold."""
        found = self._settlement.unattributed()
        return sum(_cents(asset, units) for asset, _by, units in found if _currency(asset) == currency)

    def _steps(
        self, header: Header, operation: Moving, changes: tuple[PurseChange, ...], by: str
    ) -> Iterator[Owing]:
        op, day, to = header.op_id, header.business_day, self._settlement
        match operation:
            case SaleVoided() if operation.sale in self._done:
                yield from self._voided(header, self._done[operation.sale], operation.sale, by)
            case OverdraftGiven():
                for one in changes:
                    yield from to.overdrawn(operation.card, one.asset, one.units, by=by, op=op)
            case OverdraftRecovered():
                for one in changes:
                    yield from to.recovered(operation.card, one.asset, -one.units, op=op, day=day)
            case CoverOpened():
                for one in changes:
                    yield from to.issued(one.asset, one.units, by=HEAD_OFFICE, op=op, purpose=Purpose.COVER)
            case CoverRepaid():
                for one in changes:
                    yield from to.cover_repaid(one.asset, -one.units, op=op, day=day)
            case BonusLapsed():
                for one in changes:
                    to.ended(one.asset, -one.units)
            case ValuePaidOut():
                ends = [one for one in changes if one.cause is Cause.UNDO]
                for one in ends:
                    to.ended(one.asset, -one.units)
                rest = [one for one in changes if one not in ends]
                yield from self._plain(header, operation, rest, by)
            case _:
                yield from self._plain(header, operation, changes, by)

    def _plain(
        self, header: Header, operation: Moving, changes: Iterable[PurseChange], by: str
    ) -> Iterator[Owing]:
        """Whatever sells, spends, puts back or takes off value, kinds that nobody named here included."""
        op, day, to = header.op_id, header.business_day, self._settlement
        of_op, why = str(getattr(operation, "sale", "")), _why(operation)
        for one in changes:
            if one.units > 0 and one.cause is Cause.UNDO:
                yield from to.put_back(one.asset, one.units, by=by, op=op, of_op=of_op, day=day, why=why)
            elif one.units > 0:
                yield from to.issued(one.asset, one.units, by=by, op=op)
            elif one.cause is Cause.UNDO:
                yield from to.taken_off(one.asset, -one.units, by=by, op=op, of_op=of_op, day=day, why=why)
            else:
                yield from to.spent(one.asset, -one.units, by=by, op=op, day=day, why=why)

    def _voided(self, header: Header, done: Iterable[PurseChange], sale: str, by: str) -> Iterator[Owing]:
        """All that a sale or top-up did, the other way round: first what it spent, then what it sold."""
        op, day, to = header.op_id, header.business_day, self._settlement
        for one in sorted(done, key=lambda change: change.units):
            if one.units < 0:
                yield from to.put_back(one.asset, -one.units, by=by, op=op, of_op=sale, day=day, why=Why.VOID)
            else:
                yield from to.taken_off(one.asset, one.units, by=by, op=op, of_op=sale, day=day, why=Why.VOID)

    def _tally(self, header: Header, one: PurseChange, by: str, sign: int = 1) -> None:
        if not self._first <= header.business_day <= self._last:
            return
        tally = self.tallies.setdefault((_currency(one.asset), by), _Tally())
        if one.cause is Cause.ISSUE or (one.cause is Cause.UNDO and one.units < 0):
            tally.issued += sign * _cents(one.asset, one.units)
        else:
            tally.taken -= sign * _cents(one.asset, one.units)

    def _owe(self, owing: Owing) -> None:
        is_bonus = owing.asset.endswith("/bonus")
        debtor = owing.debtor
        if is_bonus and self._bonus is not BonusPolicy.ISSUER:
            debtor = owing.creditor if self._bonus is BonusPolicy.REDEEMER else HEAD_OFFICE
        if debtor == owing.creditor or not self._first <= owing.day <= self._last:
            return
        key = (debtor, owing.creditor, _currency(owing.asset), is_bonus, owing.why)
        self.owed[key] = self.owed.get(key, 0) + _cents(owing.asset, owing.units)


def _of_currency(reckoned: _Reckoned, currency: str, names: dict[str, Names]) -> OfCurrency:
    nets = dict.fromkeys(names, 0)
    pairs: dict[tuple[str, str], list[int]] = {}
    reasons: dict[Why, int] = {}
    for (debtor, creditor, of, is_bonus, why), cents in reckoned.owed.items():
        if of != currency:
            continue
        nets[debtor] -= cents
        nets[creditor] += cents
        one, other = sorted((debtor, creditor))
        pair = pairs.setdefault((one, other), [0, 0])
        pair[is_bonus] += cents if debtor == one else -cents
        reasons[why] = reasons.get(why, 0) + cents
    assert sum(nets.values()) == 0
    nothing = _Tally()
    tallies = {store: reckoned.tallies.get((currency, store), nothing) for store in names}
    return OfCurrency(
        currency=currency,
        stores=tuple(
            OfStore(
                store=store,
                names=names[store],
                sold=Money(tallies[store].issued, currency),
                taken=Money(tallies[store].taken, currency),
                net=Money(net, currency),
            )
            for store, net in nets.items()
        ),
        between=tuple(
            _between(*pair, *cents, currency=currency, names=names) for pair, cents in pairs.items()
        ),
        reasons=tuple(Reason(why=why.value, amount=Money(cents, currency)) for why, cents in reasons.items()),
        unattributed=Money(reckoned.unattributed(currency), currency),
    )


def _between(
    one: str, other: str, paid: int, bonus: int, *, currency: str, names: dict[str, Names]
) -> Between:
    """Two parties, the one that owes first."""
    if paid + bonus < 0:
        one, other, paid, bonus = other, one, -paid, -bonus
    return Between(
        debtor=one,
        debtor_names=names[one],
        creditor=other,
        creditor_names=names[other],
        paid=Money(paid, currency),
        bonus=Money(bonus, currency),
        total=Money(paid + bonus, currency),
    )


def _why(operation: Moving) -> Why:
    match operation:
        case SaleCompleted() | CardToppedUp() | ValueCarriedOver():
            return Why.SALE
        case SaleRefunded() | ValuePaidOut():
            return Why.REFUND
        case SaleVoided():
            return Why.VOID
        case ReceivableRecovered():
            return Why.CLAIM
        case _:
            return Why.OTHER


def _currency(asset: str) -> str:
    found = owed_for(asset, 0)
    assert found is not None
    return found.currency


def _cents(asset: str, units: int) -> int:
    """Units of an asset in money: visits at what was paid for them."""
    found = owed_for(asset, units)
    return found.cents if found else 0


def _names(transaction: Transaction, store: str) -> Names:
    place = stores.place_of(transaction, store) if store else None
    return place.names if place else Names(store)
