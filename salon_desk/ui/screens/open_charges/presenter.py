"""The behaviour of the screen of open payments: which there are, the one that was tapped, asking again, giving back. No Qt.

A payment of a ticket is finished where tickets are paid; one for value alone is voided here, because its sale was left.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from salon_desk.domain.charge import ChargeKind
from salon_desk.domain.member import Member
from salon_desk.domain.ticket import TicketState
from salon_desk.services.till import Till
from salon_desk.storage.queries import members
from salon_desk.storage.queries import tickets as stored
from salon_desk.ui.approval.asking import Approvals
from salon_desk.ui.charging import ChargeAsk, ChargeLine, ChargeNow
from salon_desk.ui.counter import charge_notices
from salon_desk.ui.counter.charge_words import void_question
from salon_desk.ui.counter.charging import Charging
from salon_desk.ui.counter.outlet import Outlet
from salon_desk.ui.session import Session
from salon_desk.ui.tasks import Tasks

_WAITING = (TicketState.OPEN, TicketState.PARKED)


@dataclass(frozen=True, slots=True)
class OpenCharge:
    """A payment to be seen to. `ticket`: the number of the ticket that waits for it, 0 for value alone or a ticket that is no more; `member`: whose it is."""

    charge: ChargeNow
    ticket: int = 0
    member: Member | None = None


@dataclass(frozen=True, slots=True)
class OpenChargesState:
    """What the screen shows. `charges` None: not read yet; `chosen`: a reference."""

    charges: tuple[OpenCharge, ...] | None = None
    chosen: str = ""

    @property
    def one(self) -> OpenCharge | None:
        """The payment that was tapped."""
        return next((one for one in self.charges or () if one.charge.reference == self.chosen), None)


@dataclass(frozen=True, slots=True)
class ChargeWays:
    """Where payments are finished: the ticket's own screen, and the sale or receipt that is given back."""

    to_ticket: Callable[[str], None]
    to_document: Callable[[str], None]


class OpenChargesPresenter:
    """`talk`: the conversation with the terminal, which the sheet shows; `outlet` is the screen's."""

    def __init__(
        self,
        till: Till,
        tasks: Tasks,
        session: Session,
        *,
        approvals: Approvals,
        line: ChargeLine,
        ways: ChargeWays,
        outlet: Outlet,
    ) -> None:
        self._till, self._tasks, self._line = till, tasks, line
        self._ways, self._outlet = ways, outlet
        self.state = OpenChargesState()
        self.talk = Charging(line, tasks, session, approvals, outlet=outlet, payment=self)
        line.hear(lambda _charge: self._look())

    def begin(self) -> None:
        """The screen comes to the front."""
        self._look()

    def choose(self, reference: str) -> None:
        """A payment of the list was tapped."""
        self._set(chosen=reference)

    def see_to(self) -> None:
        """What is to be done about the one that was tapped: go to its ticket or receipt, ask the terminal, or void it."""
        one = self.state.one
        if one is None or self.talk.talk is not None:
            return
        charge = one.charge
        if one.ticket:
            self._ways.to_ticket(charge.ask.subject)
        elif charge.open:
            self.talk.resume(charge)
        elif charge.ask.kind is not ChargeKind.SALE:
            self._ways.to_document(charge.ask.subject)
        else:
            question = void_question((charge,), self._outlet.catalogue, ticket=False)
            self._outlet.ask(question, lambda yes: self._void(charge) if yes else None)

    def charge_taken(self, charge: ChargeNow) -> None:
        """See `Charged`."""
        if charge.ask.kind is not ChargeKind.SALE:
            charge_notices.given_back(self._outlet, charge)
        self._look()

    def charge_refused(self, charge: ChargeNow) -> None:
        """See `Charged`."""

    def charge_again(self, ask: ChargeAsk) -> None:
        """See `Charged`: a payment whose sale was left is not taken anew from here."""
        if ask.kind is ChargeKind.SALE:
            self._look()
        else:
            self.talk.start(ask)

    def charge_given_up(self, ask: ChargeAsk, *, by_hand: bool) -> None:
        """See `Charged`; nothing is taken by hand here."""
        assert not by_hand, ask
        self._look()

    def charge_left(self, charge: ChargeNow) -> None:
        """See `Charged`; it stays in the list."""
        self._set(chosen=charge.reference)
        self._look()

    def _void(self, charge: ChargeNow) -> None:
        ask = charge.ask
        self.talk.start(
            ChargeAsk(ask.subject, charge.taken, kind=ChargeKind.VOID, means=ask.means, of=charge.reference)
        )

    def _look(self) -> None:
        self._tasks.run(self._reading, lambda found: self._set(charges=found), replaces="open-charges")

    def _reading(self) -> tuple[OpenCharge, ...]:
        """On the database worker."""
        found = self._line.unsettled()
        with self._till.read() as transaction:
            made = []
            for one in found:
                ticket = stored.ticket(transaction, one.ask.subject)
                waits = ticket is not None and not ticket.sale and ticket.state in _WAITING
                body = ticket.ticket if ticket is not None and waits else None
                member = (
                    members.member(transaction, body.member) if body is not None and body.member else None
                )
                made.append(OpenCharge(one, body.number if body is not None else 0, member))
            return tuple(made)

    def _set(self, **changes: Any) -> None:
        self.state = replace(self.state, **changes)
        self._outlet.render()
