"""The dormancy report: value that its owner has not touched for as long as the law of the store's place asks (RULES 8).

It only reads. Nothing lapses: value that was handed to a state is still honoured here, and reclaimed.
"""

from __future__ import annotations

from datetime import date

from salon_desk.documents.dormancy_report import DormancyReport, DormantValue
from salon_desk.domain.rules import RulePack
from salon_desk.services.reports import checked_day, known_until, place_of_report
from salon_desk.storage.engine import Transaction
from salon_desk.storage.queries.dormancy import dormant


def dormancy_report(
    transaction: Transaction, rules: RulePack, day: str = "", *, store: str = ""
) -> DormancyReport:
    """What was dormant on a day (ISO date, by default the newest known), by the law of a store's place.

    Raises BadDay, ShopMissing, RuleMissing.
    """
    place, as_of = place_of_report(transaction, store), known_until(transaction)
    today = checked_day(day) if day else as_of[:10]
    years = rules.dormancy_years(place.jurisdiction, today)
    before = _years_before(today, years)
    found = dormant(transaction, before, place.currency) if years else []
    return DormancyReport(
        shop=place.names,
        as_of=as_of,
        jurisdiction=place.jurisdiction,
        currency=place.currency,
        years=years,
        before=before,
        values=tuple(
            DormantValue(
                kind=one.kind,
                tail=one.tail,
                name=one.name,
                issued_on=one.issued_on,
                last_act=one.last_act,
                paid=one.paid,
                bonus=one.bonus,
            )
            for one in found
        ),
    )


def _years_before(day: str, years: int) -> str:
    """The same day so many years before; of a 29th of February the 28th."""
    found = date.fromisoformat(day)
    last = 28 if (found.month, found.day) == (2, 29) else found.day
    return found.replace(year=found.year - years, day=last).isoformat()
