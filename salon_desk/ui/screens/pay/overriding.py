"""A manager lets a card pay although its value lies out of reach: what may be given, the approval, and taking it back. No Qt.

The limits are `services/overdraft.py`'s, and are looked at again when the payment is recorded. What came meanwhile is used first.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Protocol

from salon_desk.domain.access import Permission
from salon_desk.domain.errors import DomainError
from salon_desk.domain.money import Money
from salon_desk.services import overdraft
from salon_desk.services.till import Actor, Till
from salon_desk.ui.approval.asking import Approvals
from salon_desk.ui.screens.pay.draft import PayDraft
from salon_desk.ui.screens.pay.reckon import CardShare
from salon_desk.ui.screens.pay.state import Override, PayState
from salon_desk.ui.tasks import Tasks


class Overriding(Protocol):
    """Where it shows, and where the plan is changed."""

    state: PayState

    def change(self, draft: PayDraft) -> None:
        """Another plan."""
        ...

    def show_override(self, override: Override | None) -> None:
        """Show how it stands; None for not at all."""
        ...


def overridable(state: PayState) -> CardShare | None:
    """The card that a manager could let pay more: it is short, and what it lacks lies out of reach."""
    reckoned, draft = state.reckoned, state.draft
    if reckoned is None or not reckoned.short or draft.top_up is not None or state.sold is not None:
        return None
    for share in reckoned.shares:
        away = state.by_phone or any(state.reach.since(names) for names, _amount in share.places)
        silent = (
            share.card.frozen
            or share.card.is_gift
            or draft.said(share.card.card).off
            or share.lent is not None
        )
        if share.places and away and not silent:
            return share
    return None


def lent_now(state: PayState) -> CardShare | None:
    """The card for which the shop's money stands in by the present plan."""
    shares = state.reckoned.shares if state.reckoned is not None and state.sold is None else ()
    return next((one for one in shares if one.given), None)


class ManagersOverride:
    """The taps of it. UI thread only. `lent`: who acts with whose approval once it was given."""

    def __init__(
        self,
        till: Till,
        tasks: Tasks,
        approvals: Approvals,
        payment: Overriding,
        refuse: Callable[[DomainError], None],
    ) -> None:
        self._till, self._tasks, self._approvals = till, tasks, approvals
        self._payment, self._refuse = payment, refuse
        self.lent: Actor | None = None

    def start(self) -> None:
        """Show what may be given; where something is planned already, plan without it."""
        state = self._payment.state
        if lent_now(state) is not None:
            self._plan(())
            return
        share = overridable(state)
        if share is None or state.reckoned is None:
            return
        card, missing, ticket = share.card, state.reckoned.short, state.ticket
        self._tasks.run(
            lambda: overdraft.allowance(self._till, card, missing),
            lambda found: self._show(ticket, Override(card, found)),
            self._refuse,
        )

    def stop(self) -> None:
        """No override after all."""
        if self._payment.state.override is not None:
            self._payment.show_override(None)

    def ask(self) -> None:
        """Ask a manager for what may be given now."""
        override = self._payment.state.override
        if override is None or not override.allowance.now:
            return
        ticket = self._payment.state.ticket
        self.stop()
        self._approvals.ask(Permission.OVERDRAFT, lambda actor: self._given(ticket, override, actor))

    def _show(self, ticket: str, override: Override) -> None:
        if self._payment.state.ticket == ticket:
            self._payment.show_override(override)

    def _given(self, ticket: str, override: Override, actor: Actor) -> None:
        if self._payment.state.ticket == ticket:
            self.lent = actor
            self._plan(((override.card.card, override.allowance.now),))

    def _plan(self, overdrafts: tuple[tuple[str, Money], ...]) -> None:
        self._payment.change(replace(self._payment.state.draft, overdrafts=overdrafts))
