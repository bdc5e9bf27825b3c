"""The core of checkout's presenter: its state, its steps, and how a change reaches the ticket on the right.

No gesture lives here (`presenter`, `ticket_edits`). A change opens a ticket where there is none and takes a parked one
up again; what comes back from the services is the new truth.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, Protocol

from salon_desk.domain.access import Permission, allowed
from salon_desk.domain.errors import DomainError
from salon_desk.domain.money import Money
from salon_desk.domain.ticket import TicketState
from salon_desk.services import allergies, catalogue, sign_in, tickets
from salon_desk.services.catalogue import CatalogueView
from salon_desk.services.tickets import TicketView
from salon_desk.services.till import Actor, Till
from salon_desk.storage.queries.staff import StaffMember
from salon_desk.ui.approval.asking import Approvals
from salon_desk.ui.counter.elsewhere import Lying, cards_elsewhere, lying_of
from salon_desk.ui.counter.outlet import Outlet
from salon_desk.ui.counter.steps import Steps
from salon_desk.ui.link_desk import NO_LINE, ValueLine
from salon_desk.ui.screens.checkout.state import CheckoutState
from salon_desk.ui.session import Session
from salon_desk.ui.tasks import Tasks
from salon_desk.wire.messages import Part

Make = Callable[[str, Actor, str], TicketView]
"""A change: command id, actor and ticket id to the ticket as it is then. Runs on the database worker."""


class CheckoutOutlet(Outlet, Protocol):
    """What checkout asks of its window besides notices and questions."""

    def ask_amount(self, title: str, confirm: str, *, currency: str, given: Callable[[Money], None]) -> None:
        """Let the cashier type an amount; `given` is called when it was confirmed."""
        ...


@dataclass(frozen=True, slots=True)
class _Waiting:
    """The waiting tickets, and where value of their members' cards lies that is not here."""

    tickets: tuple[TicketView, ...]
    lying: tuple[Lying, ...]


@dataclass(frozen=True, slots=True)
class _Read:
    """What is read when the screen comes to the front."""

    catalogue: CatalogueView
    technicians: tuple[StaffMember, ...]
    waiting: _Waiting


class TicketDesk:
    """Holds the state and runs changes one after the other. UI thread only."""

    def __init__(
        self,
        till: Till,
        tasks: Tasks,
        session: Session,
        outlet: CheckoutOutlet,
        *,
        approvals: Approvals,
        line: ValueLine = NO_LINE,
    ) -> None:
        self.till, self.tasks, self.session, self.outlet = till, tasks, session, outlet
        self.steps = Steps(tasks)
        self.state = CheckoutState()
        self._approvals, self._line = approvals, line
        self._shown: set[tuple[str, str]] = set()
        line.listen(self._value_changed)

    def set(self, **changes: Any) -> None:
        """Change the state and show it."""
        self.take(replace(self.state, **changes))

    def take(self, state: CheckoutState) -> None:
        """Another state, shown; a line that is gone is no longer the current one."""
        self.state = state
        if state.line and state.current_line is None:
            self.state = replace(state, line="")
        self.outlet.render()

    def read(self) -> None:
        """Read catalogue, technicians and waiting tickets, keeping what is chosen as far as it is still there."""
        self.steps.add(lambda: self._reading, self._show, self.outlet.refuse)

    def fetch(self, view: TicketView) -> None:
        """Ask for what the member's cards have at other stores; the figures follow when it comes, nobody waits."""
        if view.member is not None and (wanted := cards_elsewhere(view.member.cards)):
            self._line.want(wanted)
            self._read_waiting()

    def want_parts(self, parts: tuple[Part, ...]) -> None:
        """Ask for units that lie elsewhere, without waiting for them."""
        self._line.want_parts(parts)

    def change(
        self,
        make: Make,
        done: Callable[[TicketView], None] | None = None,
        *,
        actor: Actor | None = None,
    ) -> None:
        """Change the ticket on the right when its turn comes; nothing happens when there is none."""

        def decide() -> Callable[[], TicketView] | None:
            return self.work(make, actor=actor) if self.state.current is not None else None

        self.steps.add(decide, done or self.changed, self.failed)

    def work(self, make: Make, *, actor: Actor | None = None) -> Callable[[], TicketView]:
        """The work of a change; it opens a ticket where there is none, and resumes a parked one."""
        current, who = self.state.current, actor or self.session.actor
        first, second = self.session.new_command(), self.session.new_command()
        till = self.till

        def run() -> TicketView:
            if current is None:
                ticket = tickets.open_ticket(till, first, who).ticket.ticket_id
            else:
                ticket = current.ticket.ticket_id
                if current.ticket.state is TicketState.PARKED:
                    tickets.resume(till, first, who, ticket)
            return make(second, who, ticket)

        return run

    def changed(self, view: TicketView) -> None:
        """A ticket came back from the services: it stands on the right now."""
        self.take(self.state.with_ticket(view))

    def failed(self, error: DomainError) -> None:
        """Say the refusal, and read again what is true."""
        self.outlet.refuse(error)
        self.read()

    def was_shown(self, item: str) -> bool:
        """Whether somebody was asked about this item and an allergy on this ticket already."""
        return (self.state.ticket, item) in self._shown

    def keep_shown(self, item: str, substances: tuple[str, ...]) -> None:
        """Keep who was shown which allergies before this item was added; it is not asked about on this ticket again."""
        current = self.state.current
        if current is None or current.member is None:
            return
        self._shown.add((self.state.ticket, item))
        till, command, who = self.till, self.session.new_command(), self.session.actor
        ticket, member = current.ticket.ticket_id, current.member.member.member_id

        def keep() -> None:
            allergies.acknowledge(till, command, who, ticket, member=member, substances=substances, item=item)

        self.steps.add(lambda: keep, lambda _none: None, self.failed)

    def approved(self, permission: Permission, act: Callable[[Actor], None]) -> None:
        """Do an act at once as whoever may do it, else as somebody a manager approved for."""
        actor = self.session.actor
        if allowed(actor.role, permission):
            act(actor)
        else:
            self._approvals.ask(permission, act)

    def _reading(self) -> _Read:
        return _Read(catalogue.view(self.till), sign_in.technicians(self.till), self._reading_waiting())

    def _reading_waiting(self) -> _Waiting:
        waiting = tickets.waiting(self.till)
        owned = [one for view in waiting if view.member is not None for one in view.member.cards]
        return _Waiting(waiting, lying_of(self.till, owned))

    def _read_waiting(self) -> None:
        """Read the figures alone: this may happen with every word from head office, and taps wait behind it."""
        self.steps.add(lambda: self._reading_waiting, self._show_waiting, self.outlet.refuse)

    def _value_changed(self) -> None:
        """Value came, or another store is in or out of reach: it matters while some of it lies elsewhere."""
        if self.state.lying:
            self._read_waiting()

    def _show_waiting(self, read: _Waiting) -> None:
        state = replace(self.state, waiting=read.tickets, lying=read.lying, reach=self._line.reach())
        self.take(state if state.current is not None else replace(state, ticket="", line=""))

    def _show(self, read: _Read) -> None:
        state = replace(self.state, catalogue=read.catalogue, technicians=read.technicians)
        known = {tiles.category.category_id for tiles in read.catalogue.tiles}
        if state.category not in known and read.catalogue.tiles:
            state = replace(state, category=read.catalogue.tiles[0].category.category_id)
        self.state = state
        self._show_waiting(read.waiting)
