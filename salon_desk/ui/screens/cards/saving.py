"""Letting a card save towards a plan: the plans are read, one is tapped, the page is read again.

No Qt, and no rule here (`services/savings.py`).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from salon_desk.domain.errors import DomainError
from salon_desk.domain.savings import SavingsPlan
from salon_desk.services import savings
from salon_desk.services.till import Till
from salon_desk.ui.approval.asking import Approvals, run_approved
from salon_desk.ui.session import Session
from salon_desk.ui.tasks import Tasks


@dataclass(frozen=True, slots=True)
class SavingForm:
    """A plan is being chosen for a card."""

    command: str
    card: str
    plans: tuple[SavingsPlan, ...]


class SavingScreen(Protocol):
    """Where it shows, and what is read again afterwards."""

    refuse: Callable[[DomainError], None]

    def show_saving(self, form: SavingForm | None) -> None:
        """How it stands; None for not at all."""
        ...

    def reopen(self) -> None:
        """Read again what stands open."""
        ...


class SavingDesk:
    """The taps of it. UI thread only."""

    def __init__(
        self, till: Till, tasks: Tasks, session: Session, approvals: Approvals, screen: SavingScreen
    ) -> None:
        self._till, self._tasks, self._session = till, tasks, session
        self._approvals, self._screen = approvals, screen
        self._form: SavingForm | None = None

    def begin(self, card: str) -> None:
        """Ask which plan."""
        command = self._session.new_command()
        self._tasks.run(
            lambda: savings.plans(self._till),
            lambda plans: self._show(SavingForm(command, card, plans)),
            self._screen.refuse,
        )

    def stop(self) -> None:
        """None of them."""
        self._show(None)

    def choose(self, plan: str) -> None:
        """The card saves towards this one from now on."""
        form = self._form
        if form is None:
            return
        self.stop()
        run_approved(
            self._tasks,
            self._approvals,
            self._session.actor,
            lambda actor: savings.join(self._till, form.command, actor, form.card, plan),
            done=lambda _name: self._screen.reopen(),
            failed=lambda error: self._screen.refuse(error) if error is not None else None,
        )

    def _show(self, form: SavingForm | None) -> None:
        self._form = form
        self._screen.show_saving(form)
