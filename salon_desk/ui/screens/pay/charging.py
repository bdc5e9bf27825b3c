"""What of a payment goes over the terminal or a wallet: when it is charged, what is done with the answer, giving it back. No Qt.

The conversation itself is `counter/charging.py`'s. The one rule to know: what was captured stays in the plan until a sale has it or the terminal
gave it back; nobody forgets it by going elsewhere.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Protocol

from salon_desk.domain.charge import ChargeKind, Means
from salon_desk.domain.money import Money, total
from salon_desk.domain.wallet_code import wallet_of
from salon_desk.services.till import Actor
from salon_desk.ui.approval.asking import Approvals
from salon_desk.ui.charging import ChargeAsk, ChargeLine, ChargeNow
from salon_desk.ui.counter import charge_notices
from salon_desk.ui.counter.captured import CHARGE
from salon_desk.ui.counter.charge_words import void_question
from salon_desk.ui.counter.charging import Charging
from salon_desk.ui.counter.outlet import Outlet
from salon_desk.ui.counter.tender_plan import CARD
from salon_desk.ui.screens.pay.draft import PayDraft
from salon_desk.ui.screens.pay.found_again import FoundAgain
from salon_desk.ui.screens.pay.state import PayState
from salon_desk.ui.session import Session
from salon_desk.ui.tasks import Tasks


class Paying(Protocol):
    """The payment that is charged."""

    state: PayState

    def change(self, draft: PayDraft) -> None:
        """Another plan; its figures follow."""
        ...

    @property
    def idle(self) -> bool:
        """Whether everything that was asked for has answered."""
        ...

    def complete(self) -> None:
        """Take the payment."""
        ...

    def show_held(self, held: tuple[tuple[str, Money], ...]) -> None:
        """What is set aside on cards for this ticket."""
        ...

    def leave(self, *, free: bool) -> None:
        """To the next guest; `free`: what is held for this one is freed."""
        ...


class PayCharging:
    """The taps of it. UI thread only. `talk`: the conversation with the terminal, which the sheet shows."""

    def __init__(
        self,
        line: ChargeLine,
        tasks: Tasks,
        session: Session,
        approvals: Approvals,
        *,
        payment: Paying,
        outlet: Outlet,
    ) -> None:
        self.line, self._session = line, session
        self._payment, self._outlet = payment, outlet
        self.talk = Charging(line, tasks, session, approvals, outlet=outlet, payment=self)
        self._finishing = self._leaving = self._again = False
        self._code = ""

    @property
    def busy(self) -> bool:
        """Whether somebody waits for the terminal: the plan stays as it is."""
        return self.talk.talk is not None

    @property
    def actor(self) -> Actor:
        """Whose payment it is: who tapped, though the till may have been locked while the guest paid."""
        return self.talk.actor if self._finishing else self._session.actor

    def begin(self) -> None:
        """Another ticket is paid."""
        self._finishing = self._leaving = self._again = False
        self._code = ""
        self.talk.stop()

    def found(self, found: FoundAgain) -> None:
        """What an earlier try left on this ticket: said at once, and asked again where nobody knows."""
        if found.captured:
            charge_notices.was_captured(self._outlet, found.captured)
        if found.open is not None:
            self.talk.resume(found.open)

    def start(self) -> bool:
        """Charge what the plan wants charged; False where everything is taken already, or by hand."""
        wanted = to_charge(self._payment.state)
        if wanted is None:
            return False
        means, amount = wanted
        state, code = self._payment.state, self._code
        self._code = ""
        code = code if wallet_of(code) is means else ""
        self.talk.start(ChargeAsk(state.ticket, amount, means=means, due=_due(state), code=code))
        return True

    def scanned(self, code: str) -> bool:
        """A reader read something: whether it was a wallet's code. Without a word that wallet is charged what is left to pay."""
        wallet, state = wallet_of(code), self._payment.state
        if self.talk.scanned(code):
            return True
        if wallet is None or not any(one.means is wallet for one in state.means):
            return False
        if any(one.means is wallet and one.off for one in state.means):
            charge_notices.wallet_not_here(self._outlet, wallet)
        elif state.sold is None and not state.paying:
            self._code = code
            self._payment.change(replace(state.draft, tenders=state.draft.tenders.turn_to(wallet)))
        return True

    def go_on(self) -> None:
        """The figures are of now: what was charged completes the sale by itself when everything is covered."""
        state = self._payment.state
        if not state.fresh or not self._payment.idle:
            return
        if self._again:
            self._again = False
            self._payment.complete()
        elif self._code:
            if state.ready and to_charge(state) is not None:
                self._payment.complete()
            self._code = ""
        elif self._finishing:
            if state.ready and to_charge(state) is None:
                self._payment.complete()
            self._finishing = False

    def back(self) -> bool:
        """Going back with a captured card: it has to be voided first, which is asked once. False where nothing was captured."""
        return self._ask_void(self._payment.state.draft.charges, self._leave_after)

    def give_back(self, key: str) -> None:
        """The row of a captured charge was taken out of the plan: the terminal gives it back."""
        charges = self._payment.state.draft.charges
        self._ask_void(tuple(one for one in charges if key == f"{CHARGE}{one.reference}"), _nothing)

    def charge_taken(self, charge: ChargeNow) -> None:
        """See `Charged`: a captured charge pays, a void has given one back."""
        state = self._payment.state
        if charge.ask.subject != state.ticket:
            return
        draft = state.draft
        if charge.ask.kind is not ChargeKind.SALE:
            left = tuple(one for one in draft.charges if one.reference != charge.ask.of)
            charge_notices.given_back(self._outlet, charge)
            self._payment.change(replace(draft, charges=left))
            if self._leaving:
                self._void_or_leave()
            return
        rest = charge.ask.amount - (charge.taken - charge.tip)
        if rest.cents > 0:
            charge_notices.partly_taken(self._outlet, charge, rest)
        self._finishing = True
        tenders = draft.tenders.uncharge(charge.ask.means)
        self._payment.change(replace(draft, tenders=tenders, charges=(*draft.charges, charge)))

    def charge_refused(self, charge: ChargeNow) -> None:
        """See `Charged`: a sale that was not charged holds nothing any more."""
        if charge.ask.kind is ChargeKind.SALE and not self._payment.state.draft.charges:
            self._payment.show_held(())

    def charge_again(self, ask: ChargeAsk) -> None:
        """See `Charged`."""
        if ask.kind is ChargeKind.SALE:
            self._again = True
            self._payment.change(self._payment.state.draft)
        else:
            self.talk.start(ask)

    def charge_given_up(self, ask: ChargeAsk, *, by_hand: bool) -> None:
        """See `Charged`: nothing was taken, so what was held for it is freed with the plan."""
        self._leaving = False
        if ask.kind is ChargeKind.SALE and ask.subject == self._payment.state.ticket:
            draft = self._payment.state.draft
            tenders = draft.tenders.uncharge(ask.means)
            self._payment.change(replace(draft, tenders=tenders.choose(CARD) if by_hand else tenders))

    def charge_left(self, charge: ChargeNow) -> None:
        """See `Charged`: the ticket keeps what is held until it is known."""
        charge_notices.left_unknown(self._outlet, charge)
        self._payment.leave(free=False)

    def _ask_void(self, charges: tuple[ChargeNow, ...], then: Callable[[], None]) -> bool:
        if not charges:
            return False

        def answered(yes: bool) -> None:
            if yes:
                then()
                self._void(charges[0])

        self._outlet.ask(void_question(charges, self._outlet.catalogue), answered)
        return True

    def _leave_after(self) -> None:
        self._leaving = True

    def _void_or_leave(self) -> None:
        charges = self._payment.state.draft.charges
        if charges:
            self._void(charges[0])
        else:
            self._payment.leave(free=True)

    def _void(self, charge: ChargeNow) -> None:
        ask = ChargeAsk(
            charge.ask.subject,
            charge.taken,
            kind=ChargeKind.VOID,
            means=charge.ask.means,
            of=charge.reference,
        )
        self.talk.start(ask)


def to_charge(state: PayState) -> tuple[Means, Money] | None:
    """What the plan wants charged next; None when a terminal or a wallet has nothing to do any more."""
    settled = state.reckoned.preview.settlement.tenders if state.reckoned is not None else ()
    for draft in state.draft.tenders.drafts:
        of_it = (one for one in settled if (one.kind, one.tender_id) == (draft.kind, draft.tender_id))
        wanted = next((one.amount for one in of_it if not one.charge), None)
        if draft.means is not None and wanted:
            return draft.means, wanted
    return None


def _due(state: PayState) -> Money | None:
    """All that the ticket comes to, without what guests added at the terminal."""
    if state.reckoned is None:
        return None
    due = state.reckoned.preview.due
    return due - total((one.tip for one in state.draft.charges), due.currency)


def _nothing() -> None:
    """Nothing besides."""
