"""Paying something out at the cards screen: the reckoning first, then the way it goes back, then the act. No Qt.

What goes back and why is `services/payouts.py`'s and `services/series_payouts.py`'s. The one rule: nothing is done that was not shown.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Protocol

from salon_desk.domain.errors import DomainError
from salon_desk.domain.tender import CustomTender, PlannedTender
from salon_desk.operations.payout import WhyPaidOut
from salon_desk.services import catalogue, payouts, series_payouts
from salon_desk.services.payouts import PaidOut, Reckoning
from salon_desk.services.series_payouts import SeriesReckoning
from salon_desk.services.till import Actor, Till
from salon_desk.ui.approval.asking import Approvals, run_approved
from salon_desk.ui.session import Session
from salon_desk.ui.tasks import Tasks


@dataclass(frozen=True, slots=True)
class PayoutForm:
    """A payout that is looked at: how it is reckoned, by which tenders it may go back; `paid` once it is durable."""

    command: str
    plan: Reckoning | SeriesReckoning
    customs: tuple[CustomTender, ...]
    language: str
    saving: bool = False
    paid: PaidOut | None = None

    @property
    def is_cash_out(self) -> bool:
        """Whether the law gives it back, in cash."""
        return isinstance(self.plan, Reckoning) and self.plan.why is WhyPaidOut.CASH_OUT


class PayingOut(Protocol):
    """Where it shows, and what is read again afterwards."""

    refuse: Callable[[DomainError], None]

    def show_payout(self, form: PayoutForm | None) -> None:
        """How it stands; None for not at all."""
        ...

    def reopen(self) -> None:
        """Read again what stands open."""
        ...


class PayoutDesk:
    """The taps of it. UI thread only."""

    def __init__(
        self, till: Till, tasks: Tasks, session: Session, approvals: Approvals, screen: PayingOut
    ) -> None:
        self._till, self._tasks, self._session = till, tasks, session
        self._approvals, self._screen = approvals, screen
        self._form: PayoutForm | None = None

    def of_card(self, card: str, why: WhyPaidOut) -> None:
        """Reckon a card refund or a statutory cash-out through, and show it."""
        self._begin(lambda: payouts.reckon(self._till, card, why))

    def of_series(self, series: str) -> None:
        """Reckon through what is not used of a series, and show it."""
        self._begin(lambda: series_payouts.reckon(self._till, series))

    def stop(self) -> None:
        """Not after all, or done with."""
        self._show(None)

    def give(self, tender: PlannedTender, reason: str) -> None:
        """Do what is shown; a second tap does nothing."""
        form = self._form
        if form is None or form.saving or form.paid is not None:
            return
        self._show(replace(form, saving=True))
        run_approved(
            self._tasks,
            self._approvals,
            self._session.actor,
            lambda actor: self._pay_out(form, actor, tender, reason),
            done=self._done,
            failed=self._failed,
        )

    def _begin(self, reckon: Callable[[], Reckoning | SeriesReckoning]) -> None:
        command = self._session.new_command()

        def work() -> PayoutForm:
            plan, found = reckon(), catalogue.view(self._till)
            return PayoutForm(command, plan, found.tenders, found.shop.receipt_language)

        self._tasks.run(work, self._show, self._screen.refuse)

    def _pay_out(self, form: PayoutForm, actor: Actor, tender: PlannedTender, reason: str) -> PaidOut:
        """Database worker."""
        plan = form.plan
        if isinstance(plan, SeriesReckoning):
            return series_payouts.pay_out(
                self._till,
                form.command,
                actor,
                plan.view.series.series,
                tender=tender,
                reason=reason,
                print_language=form.language,
            )
        return payouts.pay_out(
            self._till,
            form.command,
            actor,
            plan.card.card,
            why=plan.why,
            tender=tender,
            reason=reason,
            print_language=form.language,
        )

    def _done(self, paid: PaidOut) -> None:
        if self._form is not None:
            self._show(replace(self._form, saving=False, paid=paid))
        self._screen.reopen()

    def _failed(self, error: DomainError | None) -> None:
        if self._form is not None:
            self._show(replace(self._form, saving=False))
        if error is not None:
            self._screen.refuse(error)

    def _show(self, form: PayoutForm | None) -> None:
        self._form = form
        self._screen.show_payout(form)
