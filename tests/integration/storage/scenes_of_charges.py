"""Charges in few operations: taken by a sale, given back at another till, decided, compared with the terminal; a look at it."""

from __future__ import annotations

from salon_desk.domain.charge import ChargeKind, Means
from salon_desk.domain.charge_state import Heard
from salon_desk.domain.money import Money
from salon_desk.domain.tender import PlannedTender, TenderKind
from salon_desk.operations.charge import (
    ChargeAnswered,
    ChargeAttempted,
    ChargeBatchClosed,
    ChargeDecided,
    TerminalInspected,
)
from tests.integration.services.shop import Shop
from tests.integration.storage.neighbours import Neighbours, record


def attempted(
    reference: str,
    subject: str,
    cents: int,
    *,
    kind: ChargeKind = ChargeKind.SALE,
    of: str = "",
    attempt: int = 1,
) -> ChargeAttempted:
    return ChargeAttempted(
        reference=reference,
        attempt=attempt,
        kind=kind,
        means=Means.TERMINAL,
        amount=Money(cents, "USD"),
        subject=subject,
        store="s1",
        of_reference=of,
        terminal="front",
    )


def heard(reference: str, what: Heard, cents: int = 0, *, attempt: int = 1) -> ChargeAnswered:
    amount, tip = (Money(cents, "USD"), Money(0, "USD")) if cents else (None, None)
    return ChargeAnswered(
        reference=reference, attempt=attempt, what=what, amount=amount, tip=tip, last_four="4242"
    )


def batch(*references: str) -> ChargeBatchClosed:
    sold, none = Money(600, "USD"), Money(0, "USD")
    return ChargeBatchClosed(
        terminal="front",
        store="s1",
        batch="7",
        sales=1,
        sold=sold,
        returns=0,
        returned=none,
        our_sales=1,
        our_sold=sold,
        our_returns=0,
        our_returned=none,
        references=references,
    )


def inspected() -> TerminalInspected:
    return TerminalInspected(
        terminal="front",
        serial="A1",
        seal_intact=True,
        photo="",
        signer="amy",
        store="s1",
        inspected_on="2026-11-20",
    )


def charges_of_a_day(shop: Shop) -> None:
    """One of each, for the day that is verified."""
    record(shop, attempted("MADE", "t", 600), heard("MADE", Heard.APPROVED, 600))
    record(shop, attempted("LOST", "t", 600), heard("LOST", Heard.UNKNOWN))
    record(shop, ChargeDecided(reference="LOST", charged=False, evidence="no slip"))
    record(shop, batch("MADE", "LOST"), inspected())


def a_sale_by_card_given_back_at_another_till(here: Neighbours) -> None:
    first, second = here.shops[:2]
    ticket = first.ticket(("six", "lily"), member=False)
    record(first, attempted("SOLD", ticket, 627), heard("SOLD", Heard.APPROVED, 627))
    first.sell(ticket, PlannedTender(TenderKind.EXTERNAL_CARD, None, charge="SOLD"))
    charges_of_a_day(first)
    record(second, attempted("BACK", "sale", 627, kind=ChargeKind.RETURN, of="SOLD"))
    record(second, heard("BACK", Heard.UNKNOWN), heard("BACK", Heard.APPROVED, 627))


def a_charge_asked_again_and_voided(here: Neighbours) -> None:
    shop = here.shops[0]
    record(shop, attempted("AGAIN", "t", 600), heard("AGAIN", Heard.NOT_CHARGED))
    record(shop, attempted("AGAIN", "t", 600, attempt=2), heard("AGAIN", Heard.APPROVED, 600, attempt=2))
    record(
        shop,
        attempted("VOID", "t", 600, kind=ChargeKind.VOID, of="AGAIN"),
        heard("VOID", Heard.APPROVED, 600),
    )


CHARGES = (a_sale_by_card_given_back_at_another_till, a_charge_asked_again_and_voided)
