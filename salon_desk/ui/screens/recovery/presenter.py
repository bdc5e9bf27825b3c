"""The recovery screen's behaviour: read the last sale and the till's plight again, print a copy, void, go on.

No Qt here. Before anybody has signed in it only tells; what is done needs a person who answers for it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from salon_desk.domain.errors import DomainError
from salon_desk.services import printing, recovery, voids
from salon_desk.services.plight import UNTOUCHED, Plight, plight
from salon_desk.services.recovery import Recovery
from salon_desk.services.till import Actor, Till
from salon_desk.services.voids import Voided
from salon_desk.ui.approval.asking import Approvals, run_approved
from salon_desk.ui.charging import NO_TERMINAL, ChargeLine, ChargeNow
from salon_desk.ui.link_desk import LinkDesk
from salon_desk.ui.screens.recovery.reading import LastSale, last_sale
from salon_desk.ui.session import Session
from salon_desk.ui.tasks import Tasks


@dataclass(frozen=True, slots=True)
class RecoveryWays:
    """Where this screen leads: on to the checkout, or to sign-in first (which comes back here)."""

    go_on: Callable[[], None]
    sign_in: Callable[[], None]


@dataclass(frozen=True, slots=True)
class RecoveryState:
    """What the screen shows. `voided` once the sale was voided here; `copies`: how many copies were asked for here.

    `plight`: how the till stands by now, `charges`: what became of the card payments that were not finished.
    """

    recovery: Recovery
    plight: Plight = UNTOUCHED
    sale: LastSale | None = None
    voided: Voided | None = None
    copies: int = 0
    working: bool = False
    signed_in: bool = False
    charges: tuple[ChargeNow, ...] = ()


class RecoveryPresenter:
    """`refuse` shows a refusal."""

    def __init__(
        self,
        till: Till,
        tasks: Tasks,
        session: Session,
        *,
        recovery: Recovery,
        approvals: Approvals,
        ways: RecoveryWays,
        link: LinkDesk | None = None,
        terminal: ChargeLine = NO_TERMINAL,
    ) -> None:
        self._till, self._tasks, self._session = till, tasks, session
        self._approvals, self._ways = approvals, ways
        self.changed: Callable[[], None] = _nobody
        self.refuse: Callable[[DomainError], None] = _ignore
        self.state = RecoveryState(recovery, recovery.plight, signed_in=session.person is not None)
        session.listen(self._somebody)
        self._terminal = terminal
        terminal.hear(lambda _charge: self._read_charges())
        if link is not None:
            link.listen(self._look_again)

    def begin(self) -> None:
        """The screen comes to the front: read the last sale and the plight as they stand now."""
        self._look_again()
        self._read_charges()
        last = self.state.recovery.last
        if last is not None:
            self._tasks.run(
                lambda: last_sale(self._till, last.op_id), lambda sale: self._set(sale=sale), self.refuse
            )

    def go_on(self) -> None:
        """Everything was read: to the checkout, or to sign-in where nobody is signed in."""
        (self._ways.go_on if self.state.signed_in else self._ways.sign_in)()

    def reprint(self, language: str) -> None:
        """Queue a copy of the receipt, in the language it had, else in `language`."""
        sale = self.state.sale
        if sale is None:
            return
        op_id = self.state.voided.op_id if self.state.voided else sale.document.op_id
        spoken = sale.print_language or language
        self._act(
            lambda actor: printing.reprint(self._till, actor, op_id, spoken),
            lambda _job: self._set(copies=self.state.copies + 1),
        )

    def void(self, reason: str, language: str) -> None:
        """Undo the sale as a whole; its own receipt prints in the language of the first, else in `language`."""
        sale = self.state.sale
        if sale is None or not sale.voidable:
            return
        command, op_id, spoken = (
            self._session.new_command(),
            sale.document.op_id,
            sale.print_language or language,
        )
        self._act(
            lambda actor: voids.void(self._till, command, actor, op_id, reason=reason, print_language=spoken),
            self._voided,
        )

    def go_on_without(self) -> None:
        """Not wait for the missing records: a manager's to decide, who was told what it costs."""
        self._act(
            lambda actor: recovery.go_on_without(self._till, actor), lambda _gone_on: self._look_again()
        )

    def _read_charges(self) -> None:
        """What became by now of each payment that the last run left."""
        left = self.state.recovery.charges
        if left:
            references = {one.reference for one in left}
            subjects = tuple(dict.fromkeys(one.subject for one in left))
            self._tasks.run(
                lambda: [one for of in subjects for one in self._terminal.of_subject(of)],
                lambda found: self._set(charges=tuple(one for one in found if one.reference in references)),
                self.refuse,
                replaces="recovery-charges",
            )

    def _look_again(self) -> None:
        self._tasks.run(lambda: plight(self._till), self._stands, self.refuse, replaces="recovery-plight")

    def _stands(self, found: Plight) -> None:
        if found != self.state.plight:
            self._set(plight=found)

    def _act(self, work: Callable[[Actor], object], done: Callable[..., None]) -> None:
        if self.state.working or not self.state.signed_in:
            return
        self._set(working=True)

        def over(result: object) -> None:
            self._set(working=False)
            done(result)

        run_approved(
            self._tasks, self._approvals, self._session.actor, work, done=over, failed=self._not_done
        )

    def _voided(self, voided: Voided) -> None:
        self._set(voided=voided, copies=0)
        self.begin()

    def _not_done(self, error: DomainError | None) -> None:
        self._set(working=False)
        if error is not None:
            self.refuse(error)

    def _somebody(self) -> None:
        self._set(signed_in=self._session.person is not None)

    def _set(self, **changes: object) -> None:
        self.state = replace(self.state, **changes)  # type: ignore[arg-type]
        self.changed()


def _nobody() -> None:
    """Nobody looks yet."""


def _ignore(_told: object) -> None:
    """Nobody listens yet."""
