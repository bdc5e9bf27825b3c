"""What of a sale of value alone goes over the terminal or a wallet: charged before the value is recorded, given back when it is left. No Qt.

The conversation is `charging.py`'s, a ticket's own is the pay screen's. The one rule to know: value is recorded only once its payment
was captured, and a captured payment without its value has to be voided.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Protocol

from salon_desk.domain.charge import ChargeKind, Means
from salon_desk.domain.money import Money
from salon_desk.services.till import Actor
from salon_desk.ui.approval.asking import Approvals
from salon_desk.ui.charging import ChargeAsk, ChargeLine, ChargeNow
from salon_desk.ui.counter import charge_notices
from salon_desk.ui.counter.captured import CHARGE
from salon_desk.ui.counter.charge_words import void_question
from salon_desk.ui.counter.charging import Charging, Signed
from salon_desk.ui.counter.outlet import Outlet
from salon_desk.ui.counter.tender_plan import CARD, TenderPlan
from salon_desk.ui.counter.value_sale import ValueSale
from salon_desk.ui.tasks import Tasks


class Selling(Protocol):
    """The sale that is charged."""

    @property
    def state(self) -> Any:
        """Its `ValueSale`."""
        ...

    def plan(self, tenders: TenderPlan, charges: tuple[ChargeNow, ...]) -> None:
        """Other tenders, and what was captured; the figures follow."""
        ...

    def complete(self) -> None:
        """Sell it."""
        ...

    def go(self) -> None:
        """Back to where it came from."""
        ...


class ValueCharging:
    """The taps of it. UI thread only. `talk`: the conversation with the terminal, which the sheet shows."""

    def __init__(
        self,
        line: ChargeLine,
        tasks: Tasks,
        session: Signed,
        approvals: Approvals,
        *,
        sale: Selling,
        outlet: Outlet,
    ) -> None:
        self.line, self._session = line, session
        self._sale, self._outlet = sale, outlet
        self.talk = Charging(line, tasks, session, approvals, outlet=outlet, payment=self)
        self._finishing = self._leaving = False

    @property
    def busy(self) -> bool:
        """Whether somebody waits for the terminal: nothing of the sale changes."""
        return self.talk.talk is not None

    @property
    def actor(self) -> Actor:
        """Whose sale it is: who tapped, though the till may have been locked while the guest paid."""
        return self.talk.actor if self._finishing else self._session.actor

    def begin(self) -> None:
        """Another sale."""
        self._finishing = self._leaving = False
        self.talk.stop()

    def start(self) -> bool:
        """Charge what the plan wants charged; False where everything is taken already, or by hand."""
        state: ValueSale = self._sale.state
        wanted = to_charge(state)
        if wanted is None:
            return False
        means, amount = wanted
        self.talk.start(ChargeAsk(state.document, amount, means=means, due=state.pay))
        return True

    def go_on(self) -> None:
        """The figures are of now: what was charged completes the sale by itself when everything is covered."""
        state: ValueSale = self._sale.state
        if self._finishing and state.fresh:
            if state.ready and to_charge(state) is None:
                self._sale.complete()
            self._finishing = False

    def leave(self) -> bool:
        """Going away with a captured card: it has to be voided first, which is asked once. False where nothing was captured."""
        if not self._sale.state.charges or self._sale.state.done is not None:
            return False
        self._ask_void(self._sale.state.charges, leaving=True)
        return True

    def give_back(self, key: str) -> None:
        """The row of a captured charge was taken out of the plan: the terminal gives it back."""
        charges: tuple[ChargeNow, ...] = self._sale.state.charges
        self._ask_void(tuple(one for one in charges if key == f"{CHARGE}{one.reference}"), leaving=False)

    def charge_taken(self, charge: ChargeNow) -> None:
        """See `Charged`."""
        state: ValueSale = self._sale.state
        if charge.ask.subject != state.document:
            return
        if charge.ask.kind is not ChargeKind.SALE:
            charge_notices.given_back(self._outlet, charge)
            left = tuple(one for one in state.charges if one.reference != charge.ask.of)
            self._sale.plan(state.tenders, left)
            if self._leaving and not left:
                self._sale.go()
            elif self._leaving:
                self._void(left[0])
            return
        rest = charge.ask.amount - (charge.taken - charge.tip)
        if rest.cents > 0:
            charge_notices.partly_taken(self._outlet, charge, rest)
        self._finishing = True
        self._sale.plan(state.tenders.uncharge(charge.ask.means), (*state.charges, charge))

    def charge_refused(self, charge: ChargeNow) -> None:
        """See `Charged`; nothing was held."""

    def charge_again(self, ask: ChargeAsk) -> None:
        """See `Charged`."""
        self.talk.start(replace(ask, code=""))

    def charge_given_up(self, ask: ChargeAsk, *, by_hand: bool) -> None:
        """See `Charged`."""
        self._leaving = False
        state: ValueSale = self._sale.state
        if ask.kind is ChargeKind.SALE and ask.subject == state.document:
            tenders = state.tenders.uncharge(ask.means)
            self._sale.plan(tenders.choose(CARD) if by_hand else tenders, state.charges)

    def charge_left(self, charge: ChargeNow) -> None:
        """See `Charged`: the mark of the terminal leads to it again."""
        charge_notices.left_unsold(self._outlet, charge)
        self._sale.go()

    def _ask_void(self, charges: tuple[ChargeNow, ...], *, leaving: bool) -> None:
        def answered(yes: bool) -> None:
            if yes:
                self._leaving = leaving
                self._void(charges[0])

        if charges:
            self._outlet.ask(void_question(charges, self._outlet.catalogue, ticket=False), answered)

    def _void(self, charge: ChargeNow) -> None:
        ask = charge.ask
        kind = ChargeKind.VOID
        self.talk.start(ChargeAsk(ask.subject, charge.taken, kind=kind, means=ask.means, of=charge.reference))


def to_charge(state: ValueSale) -> tuple[Means, Money] | None:
    """What the plan wants charged next; None when a terminal or a wallet has nothing to do any more."""
    settled = state.worked.settlement.tenders if state.worked is not None else ()
    for draft in state.tenders.drafts:
        of_it = (one for one in settled if (one.kind, one.tender_id) == (draft.kind, draft.tender_id))
        wanted = next((one.amount for one in of_it if not one.charge), None)
        if draft.means is not None and wanted:
            return draft.means, wanted
    return None
