"""Giving back through the terminal what it took: asked before the refund is recorded, one charge after the other. No Qt.

What is to be asked is `services/charge_returns.py`'s, the conversation `counter/charging.py`'s. The one rule to know: a refund is recorded once
everything is back; what went back already before somebody stopped is used the next time and never asked twice.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Sequence

from salon_desk.domain.access import Permission
from salon_desk.domain.errors import DomainError
from salon_desk.domain.money import Money
from salon_desk.operations.payment import TenderPart
from salon_desk.services import charge_returns
from salon_desk.services.charge_returns import NOT_ASKED, Returned, ReturnNeeded
from salon_desk.services.till import Actor, Till
from salon_desk.ui.approval.asking import Approvals
from salon_desk.ui.charging import ChargeAsk, ChargeLine, ChargeNow
from salon_desk.ui.counter import charge_notices
from salon_desk.ui.counter.charging import Charging
from salon_desk.ui.counter.outlet import Outlet
from salon_desk.ui.session import Session
from salon_desk.ui.tasks import Tasks

Parts = Sequence[tuple[int, Money]]
"""(number of a tender in its document, what of it goes back)."""
Then = Callable[[Returned, Actor], None]


class Lent:
    """Whoever gives back, with the approval beside that was asked for once."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self.lent: Actor | None = None

    @property
    def actor(self) -> Actor:
        """See `Session`."""
        return self.lent or self._session.actor

    def new_command(self) -> str:
        """See `Session`."""
        return self._session.new_command()


class CardReturns:
    """One giving back at a time. UI thread only. `talk`: the conversation with the terminal, which the sheet shows."""

    def __init__(
        self,
        till: Till,
        tasks: Tasks,
        session: Session,
        approvals: Approvals,
        *,
        line: ChargeLine,
        outlet: Outlet,
    ) -> None:
        self._till, self._tasks, self._approvals = till, tasks, approvals
        self._line, self._outlet = line, outlet
        self._lent = Lent(session)
        self.talk = Charging(line, tasks, self._lent, approvals, outlet=outlet, payment=self)
        self._left: deque[ReturnNeeded] = deque()
        self._charges: dict[int, str] = {}
        self._by_hand, self._subject = False, ""
        self._looking = False
        self._then: Then | None = None

    @property
    def busy(self) -> bool:
        """Whether somebody waits for the terminal."""
        return self._looking or self.talk.talk is not None

    def before(
        self,
        document: str,
        tenders: Sequence[TenderPart],
        parts: Parts,
        permission: Permission,
        then: Then,
        *,
        check: Callable[[], object],
        failed: Callable[[DomainError], None],
    ) -> None:
        """Have the terminal give back what it took for these parts, and go on; at once where it took nothing of them.

        `check`: refuses, on the database worker, what could not be recorded afterwards: then nothing is given back, and `failed` hears of it.
        """
        if self.busy:
            return
        self._left.clear()
        self._charges, self._by_hand, self._subject, self._then = {}, False, document, then
        self._lent.lent = None
        if not any(tenders[number].charge and amount for number, amount in parts):
            then(NOT_ASKED, self._lent.actor)
            return

        def approved(actor: Actor) -> None:
            self._lent.lent = actor
            wanted = [(number, amount) for number, amount in parts if amount]

            def needed() -> tuple[ReturnNeeded, ...]:
                check()
                return charge_returns.needed(self._till, tenders, wanted)

            def refused(error: DomainError) -> None:
                self._looking = False
                failed(error)

            self._looking = True
            self._tasks.run(needed, self._needed, refused)

        self._approvals.ask(permission, approved)

    def charge_taken(self, charge: ChargeNow) -> None:
        """See `Charged`: it went back."""
        if self._left and charge.ask.of == self._left[0].of_reference:
            self._charges[self._left.popleft().number] = charge.reference
            self._next()

    def charge_refused(self, charge: ChargeNow) -> None:
        """See `Charged`; the sheet says what may be done."""

    def charge_again(self, ask: ChargeAsk) -> None:
        """See `Charged`."""
        self.talk.start(ask)

    def charge_given_up(self, ask: ChargeAsk, *, by_hand: bool) -> None:
        """See `Charged`: given back on the terminal itself, or not at all for now."""
        if by_hand and self._left and ask.of == self._left[0].of_reference:
            self._hand_back()
        else:
            self._left.clear()

    def charge_left(self, charge: ChargeNow) -> None:
        """See `Charged`: what it came to is used when the refund is made again."""
        self._left.clear()
        charge_notices.left_not_given(self._outlet, charge)

    def _needed(self, needed: tuple[ReturnNeeded, ...]) -> None:
        self._looking = False
        self._left.extend(needed)
        self._next()

    def _next(self) -> None:
        """The next one, or go on when all of it is back."""
        while self._left and self._left[0].made:
            one = self._left.popleft()
            self._charges[one.number] = one.made
        if not self._left:
            if self._then is not None:
                self._then(Returned(dict(self._charges), by_hand=self._by_hand), self._lent.actor)
            return
        one = self._left[0]
        if not any(now.means is one.means for now in self._line.means()):
            question = charge_notices.by_hand_question(self._outlet.catalogue, one.amount)
            self._outlet.ask(question, lambda yes: self._hand_back() if yes else self._left.clear())
            return
        self.talk.start(
            ChargeAsk(self._subject, one.amount, kind=one.kind, means=one.means, of=one.of_reference)
        )

    def _hand_back(self) -> None:
        self._by_hand = True
        self._left.popleft()
        self._next()
