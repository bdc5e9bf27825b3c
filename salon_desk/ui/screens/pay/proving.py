"""Asking who spends before a payment is taken: the member's PIN, a code on the telephone, a signature, a manager's word. No Qt.

What has to be proven is `domain/proof.py`'s, and the service refuses whatever is not. A PIN passes through to the service; the first
entry of a new one is kept until the second, and no longer. A code is sent again only when the last one holds no more.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Protocol

from salon_desk.domain.access import Permission
from salon_desk.domain.errors import DomainError
from salon_desk.domain.proof import Proof
from salon_desk.services import proof, spend_codes
from salon_desk.services.proof import Holder
from salon_desk.services.proof_errors import CodeOver, CodeWrong, PinsDiffer
from salon_desk.services.spend_codes import SpendCode
from salon_desk.services.till import Actor, Till
from salon_desk.ui.approval.asking import Approvals
from salon_desk.ui.counter.new_pin import NewPin
from salon_desk.ui.screens.pay.state import PayState, Proving, Way
from salon_desk.ui.session import Session
from salon_desk.ui.tasks import Tasks


class Proven(Protocol):
    """Where it shows, and where the payment goes on once it is proven."""

    state: PayState

    def show_proving(self, proving: Proving | None, *proofs: Proof) -> None:
        """Show how it stands (None for not at all), and keep what was proven."""
        ...

    def complete(self) -> None:
        """Take the payment."""
        ...


def shown(state: PayState) -> tuple[Proof, ...]:
    """All that whoever pays has shown: cards that were read, then the rest."""
    read = state.reckoned.presented if state.reckoned is not None else ()
    return (*read, *state.proofs)


def unproven(state: PayState) -> Holder | None:
    """Whose value would be taken without the proof that the shop asks for; None where all is proven."""
    if state.reckoned is None:
        return None
    return next(iter(state.reckoned.spending.lacking(shown(state))), None)


class SpenderProof:
    """The taps of the sheet. UI thread only."""

    def __init__(
        self, till: Till, tasks: Tasks, session: Session, approvals: Approvals, payment: Proven
    ) -> None:
        self._till, self._tasks, self._session = till, tasks, session
        self._approvals, self._payment = approvals, payment
        self._lent: Actor | None = None
        self._new = NewPin()
        self._codes: dict[str, SpendCode] = {}

    def ask(self) -> bool:
        """Show the sheet if somebody still has to prove that it is theirs; False where nobody has."""
        holder = unproven(self._payment.state)
        if holder is None:
            return False
        self._forget()
        way = Way.PIN if holder.debit.owner else Way.SIGNATURE
        offline = bool(self._payment.state.reach.line_since)
        code = self._codes.get(holder.debit.owner)
        self._payment.show_proving(Proving(holder, way, offline=offline, code=code))
        return True

    def follow(self) -> None:
        """The plan or what was shown has changed: a card that was read answers the question."""
        if self._payment.state.proving is not None and unproven(self._payment.state) is None:
            self.stop()

    def stop(self) -> None:
        """Nothing is proven after all."""
        self._forget()
        if self._payment.state.proving is not None:
            self._payment.show_proving(None)

    def choose(self, key: str) -> None:
        """Another way to prove it."""
        self._forget()
        self._set(way=Way(key), refusal=None, setting=False, again=False)

    def typing(self) -> None:
        """The PIN is being typed again: what was said before is over."""
        proving = self._payment.state.proving
        if proving is not None and proving.refusal is not None:
            self._set(refusal=None)

    def give_pin(self, pin: str) -> None:
        """The guest typed a PIN: the one that is there, or a new one, twice."""
        proving = self._payment.state.proving
        if proving is None or proving.checking:
            return
        if proving.way is Way.CODE:
            self._give_code(proving, pin)
        elif proving.setting:
            self._give_new(proving, pin)
        else:
            debit = proving.holder.debit
            self._run(lambda: proof.by_pin(self._till, debit, pin))

    def send_code(self) -> None:
        """Have a code sent to the member's telephone."""
        proving = self._payment.state.proving
        if proving is None or proving.checking:
            return
        command, actor, debit = self._session.new_command(), self._session.actor, proving.holder.debit
        self._set(checking=True, refusal=None)
        self._tasks.run(
            lambda: spend_codes.ask(self._till, command, actor, debit), self._code_sent, self._refused
        )

    def begin_pin(self) -> None:
        """The guest wants a PIN: a manager says that it is the member."""
        if self._payment.state.proving is not None:
            self._approvals.ask(Permission.VOUCH, self._may_set)

    def sign(self, strokes: str) -> None:
        """The guest has signed."""
        proving = self._payment.state.proving
        if proving is not None and not proving.checking:
            debit = proving.holder.debit
            self._run(lambda: proof.by_signature(debit, strokes))

    def vouch(self) -> None:
        """Ask a manager to vouch for the guest."""
        proving = self._payment.state.proving
        if proving is not None:
            debit = proving.holder.debit
            self._approvals.ask(
                Permission.VOUCH, lambda actor: self._run(lambda: proof.vouched(actor, debit))
            )

    def _may_set(self, actor: Actor) -> None:
        self._forget()
        self._lent = actor
        self._set(way=Way.PIN, setting=True, again=False, refusal=None)

    def _code_sent(self, code: SpendCode) -> None:
        self._codes[code.member] = code
        self._set(checking=False, code=code)

    def _give_code(self, proving: Proving, typed: str) -> None:
        code = proving.code
        if code is None:
            return
        try:
            found = spend_codes.check(self._till, code, proving.holder.debit, typed)
        except (CodeWrong, CodeOver) as error:
            spent = code.spent if isinstance(error, CodeOver) else code.after_a_wrong_try
            self._codes[code.member] = spent
            self._set(code=spent, refusal=error)
            return
        del self._codes[code.member]
        self._done(self._payment.state.ticket, proving.holder, found)

    def _give_new(self, proving: Proving, pin: str) -> None:
        lent = self._lent
        try:
            chosen = self._new.entered(pin)
        except PinsDiffer as error:
            self._set(again=False, refusal=error)
            return
        if not chosen or lent is None:
            self._set(again=True, refusal=None)
            return
        command, debit = self._session.new_command(), proving.holder.debit

        def work() -> Proof:
            proof.set_pin(self._till, command, lent, debit.owner, pin)
            return proof.by_pin(self._till, debit, pin)

        self._set(again=False)
        self._run(work)

    def _run(self, work: Callable[[], Proof]) -> None:
        proving = self._payment.state.proving
        if proving is None:
            return
        self._set(checking=True, refusal=None)
        holder, ticket = proving.holder, self._payment.state.ticket
        self._tasks.run(work, lambda found: self._done(ticket, holder, found), self._refused)

    def _done(self, ticket: str, holder: Holder, found: Proof) -> None:
        """It is proven: the payment that was tapped goes on, unless it is another one by now."""
        now = self._payment.state
        if now.ticket == ticket and now.proving is not None and now.proving.holder == holder:
            self._forget()
            self._payment.show_proving(None, found)
            self._payment.complete()

    def _refused(self, error: DomainError) -> None:
        self._set(checking=False, refusal=error)

    def _forget(self) -> None:
        self._lent = None
        self._new.forget()

    def _set(self, **changes: object) -> None:
        proving = self._payment.state.proving
        if proving is not None:
            self._payment.show_proving(replace(proving, **changes))  # type: ignore[arg-type]
