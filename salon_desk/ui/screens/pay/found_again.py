"""What an earlier try left on a ticket that is paid now: charges that a terminal took or may have taken, and what was held beside. No Qt.

Reads on the database worker and changes nothing. The plan itself was lost with the power: the tip is what was charged and held beyond the
ticket, and nothing is guessed where that does not say.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from salon_desk.domain.charge import ChargeKind
from salon_desk.domain.gift import money_card
from salon_desk.domain.money import Money, total
from salon_desk.services import checkout
from salon_desk.services.checkout import PaymentPlan
from salon_desk.services.till import Till
from salon_desk.storage.queries.cards import holds_of
from salon_desk.ui.charging import ChargeLine, ChargeNow

VISITS = "visits"
"""Among what is held: the visits of series that pay lines, by what they pay."""


@dataclass(frozen=True, slots=True)
class FoundAgain:
    """`captured`: charges that no sale has yet; `open`: one of which nobody knows; `held` by card; `tip`: None where nothing says."""

    captured: tuple[ChargeNow, ...] = ()
    open: ChargeNow | None = None
    held: tuple[tuple[str, Money], ...] = ()
    tip: Money | None = None

    @property
    def anything(self) -> bool:
        """Whether the ticket is not as free as a new one: what is held for it stays held."""
        return bool(self.captured) or self.open is not None


NOTHING_FOUND = FoundAgain()


def find_again(till: Till, line: ChargeLine, ticket: str) -> FoundAgain:
    """What stands of a ticket. Database worker; raises UnknownTicket, TicketPaid."""
    charges = line.of_subject(ticket)
    captured = tuple(one for one in charges if one.captured)
    unknown = next((one for one in charges if one.open), None)
    if not captured and unknown is None:
        return NOTHING_FOUND
    preview = checkout.preview(till, ticket, PaymentPlan())
    held = _held(till, ticket, preview.by_series)
    due = preview.due - total((amount for _card, amount in held), preview.due.currency)
    return FoundAgain(captured, unknown, held, _tip(charges, due))


def _held(till: Till, ticket: str, by_series: Money) -> tuple[tuple[str, Money], ...]:
    """What is held for the ticket, by card."""
    held: dict[str, Money] = {}
    with till.read() as transaction:
        for one in holds_of(transaction, ticket):
            card = money_card(one.asset)
            if card:
                held[card] = held.get(card, by_series * 0) + Money(one.units, by_series.currency)
            elif by_series:
                held[VISITS] = by_series
    return tuple(held.items())


def _tip(charges: Sequence[ChargeNow], due: Money) -> Money | None:
    """What was charged beyond `due` when the newest charge was asked: the tip that was planned then."""
    sales = [one for one in charges if one.ask.kind is ChargeKind.SALE and (one.captured or one.open)]
    newest = sales[-1]
    before = total((one.taken - one.tip for one in sales[:-1] if one.captured), due.currency)
    tip = before + newest.ask.amount - due
    return tip if tip.cents > 0 else None
