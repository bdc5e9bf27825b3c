"""Holding stored value and visits while another part of a payment goes over a card machine, a terminal or a wallet. No Qt.

What is held is posted with the sale and freed when nothing is charged any more. What was charged keeps it held, whoever looks away.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any, Protocol

from salon_desk.domain.errors import DomainError
from salon_desk.domain.money import Money
from salon_desk.services import cards, visits
from salon_desk.services.till import Till
from salon_desk.ui.counter.steps import Steps
from salon_desk.ui.counter.tender_plan import CHARGED
from salon_desk.ui.screens.pay.found_again import VISITS
from salon_desk.ui.screens.pay.state import PayState
from salon_desk.ui.session import Session


class Held(Protocol):
    """The payment for which it is held."""

    state: PayState

    def show_held(self, held: tuple[tuple[str, Money], ...]) -> None:
        """This is set aside by now."""
        ...

    def not_held(self, error: DomainError) -> None:
        """It could not be set aside: the figures have to be read again."""
        ...


class PurseHolding:
    """Follows the plan. UI thread only; the work is steps of the payment."""

    def __init__(
        self,
        till: Till,
        session: Session,
        steps: Steps,
        payment: Held,
        refuse: Callable[[DomainError], None],
    ) -> None:
        self._till, self._session, self._steps = till, session, steps
        self._payment, self._refuse = payment, refuse

    def follow(self) -> None:
        """Hold stored value while the card machine charges the rest, and free it when it no longer does."""
        wanted, held = _to_hold(self._payment.state), dict(self._payment.state.held)
        enough = all(amount <= held.get(card, amount * 0) for card, amount in wanted.items())
        if (wanted and enough) or (not wanted and not held):
            return
        actor, commands = self._session.actor, self._session.new_command()
        ticket = self._payment.state.ticket

        def work() -> tuple[tuple[str, Money], ...]:
            cards.release(self._till, f"{commands}/free", actor, ticket)
            for card, amount in wanted.items():
                if card == VISITS:
                    visits.hold(self._till, f"{commands}/visits", actor, ticket)
                    continue
                cards.hold(self._till, f"{commands}/{card}", actor, ticket, card_id=card, amount=amount)
            return tuple(wanted.items())

        self._steps.add(lambda: work, self._payment.show_held, self._payment.not_held)

    def free(self) -> None:
        """Free what is held for the ticket, if anything is."""
        if not self._payment.state.held:
            return
        actor, command = self._session.actor, self._session.new_command()
        ticket = self._payment.state.ticket
        self._payment.show_held(())
        self._steps.add(
            lambda: lambda: cards.release(self._till, command, actor, ticket), _nothing, self._refuse
        )


def unheld(state: PayState) -> PayState:
    """The same without anything set aside, to be reckoned anew."""
    return replace(state, held=(), fresh=False)


def _to_hold(state: PayState) -> dict[str, Money]:
    """What stored value and visits have to be set aside: only while another part is charged beside them."""
    reckoned = state.reckoned
    if reckoned is None or state.draft.top_up is not None:
        return {}
    machine = any(one.kind in CHARGED for one in reckoned.plan.tenders)
    own = {one.card.card: one.taken - one.given for one in reckoned.shares} if machine else {}
    own |= {VISITS: reckoned.preview.by_series} if machine else {}
    return {card: amount for card, amount in own.items() if amount}


def _nothing(_result: Any) -> None:
    """Nothing is to be done."""
