"""Paying out the visits of a series that are not used (退次卡), by the formula that is shown: each at what was paid for it.

Visits that were given besides end with it and nothing goes back for them. Where the series was taxed at its sale, the tax of what
goes back goes back with it. What lies out of reach stays.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from salon_desk.domain import ledger
from salon_desk.domain.access import Permission
from salon_desk.domain.ledger import Posting
from salon_desk.domain.limits import MAX_REFERENCE, check_text
from salon_desk.domain.money import Money, total
from salon_desk.domain.series import TaxPoint, visit_of, worth
from salon_desk.domain.tax import TaxPart
from salon_desk.domain.tender import VALUE, PlannedTender, check_details
from salon_desk.operations.operation import Cause, PurseChange
from salon_desk.operations.payout import ValuePaidOut, WhyPaidOut
from salon_desk.operations.series import SeriesSold
from salon_desk.services import payouts, postings, series
from salon_desk.services.errors import ReasonMissing
from salon_desk.services.payout_errors import NothingToPayOut, PayoutNotThisWay
from salon_desk.services.payouts import PaidOut
from salon_desk.services.series import SeriesView
from salon_desk.services.series_errors import SeriesIsFrozen
from salon_desk.services.till import Actor, Till
from salon_desk.services.value_documents import head
from salon_desk.storage.engine import Transaction
from salon_desk.storage.journal import operation_of
from salon_desk.storage.queries import catalogue


@dataclass(frozen=True, slots=True)
class SeriesReckoning:
    """How it comes about, to be shown before: of `price`, `used` was used and `elsewhere` lies out of reach; the rest goes back.

    `prices`: (what was paid for a unit, how many of them go back), the dearest first; `given`: units that end for nothing.
    """

    view: SeriesView
    prices: tuple[tuple[Money, int], ...]
    given: int
    price: Money
    used: Money
    elsewhere: Money
    returned: Money
    taxes: tuple[TaxPart, ...]
    due: Money


def reckon(till: Till, series_id: str) -> SeriesReckoning:
    """What would go back. Database worker, reads only. Raises UnknownSeries, SeriesIsFrozen, CurrencyMismatch, ..."""
    with till.read() as transaction:
        return _reckon(till, transaction, series_id)


def pay_out(
    till: Till,
    command_id: str,
    actor: Actor,
    series_id: str,
    *,
    tender: PlannedTender,
    reason: str,
    print_language: str = "",
) -> PaidOut:
    """Give back what is not used, in one tender: a durable `value.paid_out`.

    Raises PermissionNeeded, ReasonMissing, ShiftNotOpen, PayoutNotThisWay and what `reckon` raises.
    """
    actor.require(Permission.CARD_REFUND)
    if not reason.strip():
        raise ReasonMissing("card_refund")
    check_text("reason", reason, MAX_REFERENCE)
    if tender.kind in VALUE:
        raise PayoutNotThisWay(tender.kind.value)

    def decide(transaction: Transaction) -> ValuePaidOut:
        plan = _reckon(till, transaction, series_id)
        check_details([tender], catalogue.custom_tenders(transaction, till.business_day(transaction)))
        return _document(
            till, transaction, plan, actor, tender=tender, reason=reason.strip(), language=print_language
        )

    recorded = till.record(command_id, actor, decide)
    done = recorded.operations[0]
    assert isinstance(done, ValuePaidOut)
    return PaidOut(recorded.op_id, done, recorded.repeated)


def _reckon(till: Till, transaction: Transaction, series_id: str) -> SeriesReckoning:
    found = series.known(transaction, series_id)
    if found.frozen:
        raise SeriesIsFrozen(found.frozen_reason)
    payouts.require_currency(till, transaction, found.price.currency)
    view = series.viewed(till, transaction, found)
    currency = found.price.currency
    returned = worth(view.lying.here, currency)
    elsewhere = view.unused - returned
    if not returned:
        raise NothingToPayOut("", elsewhere.cents)
    prices: dict[int, int] = {}
    for asset, units in view.lying.here.items():
        visit = visit_of(asset)
        if visit is not None and units:
            prices[visit.price.cents] = prices.get(visit.price.cents, 0) + units
    given = prices.pop(0, 0)
    taxes = _taxes(transaction, view, returned)
    return SeriesReckoning(
        view=view,
        prices=tuple((Money(cents, currency), prices[cents]) for cents in sorted(prices, reverse=True)),
        given=given,
        price=found.price,
        used=found.price - view.unused,
        elsewhere=elsewhere,
        returned=returned,
        taxes=taxes,
        due=returned + total((one.tax for one in taxes), currency),
    )


def _taxes(transaction: Transaction, view: SeriesView, returned: Money) -> tuple[TaxPart, ...]:
    """Of the tax that was paid with the series, the share of what goes back."""
    found = view.series
    entry = operation_of(transaction, found.op_id) if found.tax_point is TaxPoint.SALE else None
    if entry is None or not isinstance(entry[1], SeriesSold):
        return ()
    share = Fraction(returned.cents, found.price.cents)
    parts = (
        TaxPart(one.rate_id, one.names, one.rate, one.base.times(share), one.tax.times(share))
        for one in entry[1].taxes
    )
    return tuple(one for one in parts if one.tax)


def _document(
    till: Till,
    transaction: Transaction,
    plan: SeriesReckoning,
    actor: Actor,
    *,
    tender: PlannedTender,
    reason: str,
    language: str,
) -> ValuePaidOut:
    found = plan.view.series
    taken = payouts.given_out(till, transaction, tender, plan.due)
    zero = plan.due * 0
    changes = [
        PurseChange(asset, -units, Cause.REDEEM if _is_paid(asset) else Cause.UNDO)
        for asset, units in plan.view.lying.here.items()
        if units
    ]
    top = head(
        till, transaction, actor, member=found.owner, amount=-plan.returned, taken=taken, language=language
    )
    return ValuePaidOut(
        **top,
        why=WhyPaidOut.REFUND,
        owned=found.series,
        tail="",
        unused=plan.returned,
        bonus=zero,
        returned=plan.returned,
        reason=reason,
        taxes=plan.taxes,
        purse_changes=tuple(changes),
        postings=postings.balanced(
            [
                Posting(ledger.SERIES, plan.returned),
                *(Posting(ledger.sales_tax_account(one.rate_id), one.tax) for one in plan.taxes),
                *postings.of_tenders(taken.tenders),
            ]
        ),
    )


def _is_paid(asset: str) -> bool:
    visit = visit_of(asset)
    return visit is not None and bool(visit.price)
