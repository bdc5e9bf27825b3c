"""Charging a card or a wallet while somebody stands there: begin, wait, cancel, ask again, a manager's decision. No Qt and no word.

Each screen says what it wants charged and goes on with what came of it (`Charged`). A second tap asks nothing: there is one
conversation at a time, and the charge was written down before the terminal heard of it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Protocol

from salon_desk.domain.charge import ChargeKind, Means
from salon_desk.domain.charge_state import ChargeState
from salon_desk.domain.errors import DomainError
from salon_desk.domain.wallet_code import wallet_of
from salon_desk.services.till import Actor
from salon_desk.ui.approval.asking import Approvals, run_approved
from salon_desk.ui.charging import ChargeAsk, ChargeLine, ChargeNow
from salon_desk.ui.counter.charge_talk import Answer, Talk
from salon_desk.ui.counter.outlet import Outlet
from salon_desk.ui.tasks import Tasks


class Charged(Protocol):
    """The payment that is charged. UI thread only."""

    def charge_taken(self, charge: ChargeNow) -> None:
        """It was approved: go on with it."""
        ...

    def charge_refused(self, charge: ChargeNow) -> None:
        """It is certain that nothing was taken: what was held for it is free again."""
        ...

    def charge_again(self, ask: ChargeAsk) -> None:
        """Once more, with another card or a mended cable; what it needs is held again first."""
        ...

    def charge_given_up(self, ask: ChargeAsk, *, by_hand: bool) -> None:
        """Nothing was taken, and it is taken another way; `by_hand`: on a machine beside the till."""
        ...

    def charge_left(self, charge: ChargeNow) -> None:
        """It is left as it stands, for the next guest waits."""
        ...


class Signed(Protocol):
    """Who is at the till."""

    @property
    def actor(self) -> Actor:
        """The person signed in."""
        ...

    def new_command(self) -> str:
        """An id for what is asked next."""
        ...


@dataclass(frozen=True, slots=True)
class _Bug:
    """What nobody expected, brought to the UI thread as a value so that the sheet goes before it is told."""

    error: Exception


class Charging:
    """One conversation at a time. `talk`: what the sheet shows, None for none. UI thread only."""

    def __init__(
        self,
        line: ChargeLine,
        tasks: Tasks,
        session: Signed,
        approvals: Approvals,
        *,
        outlet: Outlet,
        payment: Charged,
    ) -> None:
        self.line = line
        self._tasks, self._session, self._approvals = tasks, session, approvals
        self._outlet, self._payment = outlet, payment
        self._actor: Actor | None = None
        self.talk: Talk | None = None
        line.hear(self._heard)

    @property
    def actor(self) -> Actor:
        """Who tapped: the payment that was begun is theirs, though the till may be locked by the time it is approved."""
        return self._actor or self._session.actor

    def start(self, ask: ChargeAsk) -> None:
        """Have it charged, once, however often it is tapped. For a wallet the guest's code is asked for first."""
        if self.talk is not None:
            return
        if ask.means is not Means.TERMINAL and ask.kind is ChargeKind.SALE and not ask.code:
            self._show(Talk(ask, scanning=True))
        else:
            self._go(replace(ask, code=""), ask.code)

    def scanned(self, code: str) -> bool:
        """A reader read something: whether it was meant for this. Whichever wallet the code is of, that one is charged."""
        talk, wallet = self.talk, wallet_of(code)
        if talk is None or not talk.scanning:
            return talk is not None and wallet is not None
        if wallet is None or not any(one.means is wallet and not one.off for one in self.line.means()):
            self._show(replace(talk, misread=True, away=wallet))
        else:
            self._go(replace(talk.ask, means=wallet), code)
        return True

    def _go(self, ask: ChargeAsk, code: str = "", *, shown: bool = False) -> None:
        """The code goes to whoever asks, and stays nowhere."""
        actor, command = self._session.actor, self._session.new_command()
        self._actor = actor
        self._show(Talk(ask, shown=shown))

        def work(lent: Actor) -> ChargeNow | _Bug:
            try:
                return self.line.begin(command, lent, replace(ask, code=code))
            except DomainError:
                raise
            except Exception as error:
                return _Bug(error)

        run_approved(
            self._tasks,
            self._approvals,
            actor,
            work,
            done=lambda charge: self._begun(ask, charge),
            failed=lambda error: self._refused(ask, error),
        )

    def resume(self, charge: ChargeNow) -> None:
        """Go on with a charge that was left, or that a crash left: it is still not known what became of it."""
        self._actor = None
        self._show(Talk(charge.ask, charge, shown=bool(charge.to_scan)))

    def stop(self) -> None:
        """The screen is gone; whatever the charge comes to is recorded all the same."""
        if self.talk is not None:
            self._show(None)

    def answer(self, answer: Answer) -> None:
        """A button of the sheet; deciding goes on with `decide`."""
        talk = self.talk
        if talk is None:
            return
        match answer:
            case Answer.CANCEL if talk.charge is not None:
                self._show(replace(talk, cancelling=True, asking=False))
                self.line.cancel(talk.ask.means)
            case Answer.ASK_AGAIN if talk.charge is not None:
                self._show(replace(talk, asking=True, cancelling=False))
                self.line.ask_again(talk.charge.reference)
            case Answer.SHOW_CODE if talk.scanning:
                self._go(talk.ask, shown=True)
            case Answer.TRY_AGAIN:
                self._show(None)
                self._payment.charge_again(talk.ask)
            case Answer.OTHER_WAY | Answer.BY_HAND:
                self._show(None)
                self._payment.charge_given_up(talk.ask, by_hand=answer is Answer.BY_HAND)
            case Answer.LEAVE if talk.charge is not None:
                self._show(None)
                self._payment.charge_left(talk.charge)
            case _:
                pass

    def decide(self, *, charged: bool, evidence: str) -> None:
        """A manager says what became of it, with what shows it; asks for the approval where it is needed."""
        talk = self.talk
        if talk is None or talk.charge is None or talk.asking:
            return
        command, reference = self._session.new_command(), talk.charge.reference
        run_approved(
            self._tasks,
            self._approvals,
            self._session.actor,
            lambda actor: self.line.decide(command, actor, reference, charged=charged, evidence=evidence),
            done=self._heard,
            failed=lambda error: self._outlet.refuse(error) if error is not None else None,
        )

    def _begun(self, ask: ChargeAsk, charge: ChargeNow | _Bug) -> None:
        """It is written down; its answer may have been heard already. After what nobody expected no sheet stands in the way."""
        talk = self.talk
        if isinstance(charge, _Bug):
            if talk is not None and talk.charge is None:
                self._show(None)
            raise charge.error
        if talk is not None and talk.ask is ask and talk.charge is None:
            self._take(charge)

    def _refused(self, ask: ChargeAsk, error: DomainError | None) -> None:
        """It may not be charged, or nobody approved it: nothing was asked."""
        if self.talk is not None and self.talk.ask is ask:
            self._show(None)
        if error is not None:
            self._outlet.refuse(error)

    def _heard(self, charge: ChargeNow) -> None:
        """Something is known of a charge; those of other payments are theirs."""
        talk = self.talk
        if talk is None:
            return
        if talk.charge is None:
            same = charge.ask.about == talk.ask.about and charge.standing is ChargeState.ASKED
        else:
            same = charge.reference == talk.charge.reference
        if same:
            self._take(charge)

    def _take(self, charge: ChargeNow) -> None:
        talk = self.talk
        assert talk is not None
        if charge.standing is ChargeState.APPROVED:
            self._show(None)
            self._payment.charge_taken(charge)
        else:
            cancelling = talk.cancelling and charge.standing is ChargeState.ASKED
            self._show(Talk(charge.ask, charge, cancelling=cancelling, shown=talk.shown))
            if not charge.open:
                self._payment.charge_refused(charge)

    def _show(self, talk: Talk | None) -> None:
        self.talk = talk
        self._outlet.render()
