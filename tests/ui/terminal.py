"""A terminal for tests of screens: it answers what the test says, when it says so; charges are written down by the real services.

No test lives here.
"""

from __future__ import annotations

from concurrent.futures import Future

from salon_desk.bootstrap.screen.charge_line import TillCharges
from salon_desk.domain.charge import (
    Answer,
    Approved,
    BatchFailed,
    BatchTotals,
    Charge,
    ChargeProblem,
    Declined,
    Means,
    NotFound,
    NotSent,
    TerminalState,
    Unknown,
)
from salon_desk.domain.money import Money
from salon_desk.services.charge_desk import ChargeDesk
from salon_desk.services.till import Till
from tests.ui.shop_fixture import usd


class FakeTerminal:
    """Fulfils `services.ports.PaymentTerminal`; `asked` and `looked` remember, `cancelled` counts."""

    def __init__(self) -> None:
        self.now = TerminalState.READY
        self.asked: list[Charge] = []
        self.looked: list[Charge] = []
        self.cancelled = 0
        self._waiting: list[Future[Answer]] = []

    def state(self) -> TerminalState:
        return self.now

    def charge(self, charge: Charge) -> Future[Answer]:
        self.asked.append(charge)
        return self._wait()

    def look_up(self, charge: Charge) -> Future[Answer]:
        self.looked.append(charge)
        return self._wait()

    def cancel(self) -> None:
        self.cancelled += 1

    def close_batch(self) -> Future[BatchTotals | BatchFailed]:
        raise NotImplementedError

    def approve(self, amount: Money | None = None, tip: int = 0, last_four: str = "4417") -> None:
        """The guest paid: all of it, unless less is said, with a tip beside."""
        charge = self.asked[-1]
        whole = (amount or charge.amount) + usd(tip)
        self.answer(
            Approved(
                charge.reference,
                whole,
                usd(tip),
                transaction="7",
                host_reference="HR7",
                last_four=last_four,
                brand="Visa",
            )
        )

    def decline(self) -> None:
        """The host said no."""
        self.answer(Declined(self.asked[-1].reference, "51", "INSUFFICIENT FUNDS"))

    def unplugged(self) -> None:
        """Not a byte reached it."""
        self.answer(NotSent(self.asked[-1].reference, ChargeProblem.OUT_OF_REACH))

    def fall_silent(self) -> None:
        """It was asked and says nothing, nor what became of it."""
        self.answer(Unknown(self.asked[-1].reference, ChargeProblem.SILENT))
        self.answer(Unknown(self.asked[-1].reference, ChargeProblem.SILENT))

    def never_heard_of_it(self) -> None:
        """Asked by reference: an idle terminal knows of none."""
        self.answer(NotFound(self.asked[-1].reference, idle=True))

    def forget(self) -> None:
        """Whoever asked is gone with its process: nobody waits any more."""
        self._waiting.clear()

    def answer(self, answer: Answer) -> None:
        """Answer what waits longest."""
        self._waiting.pop(0).set_result(answer)

    def _wait(self) -> Future[Answer]:
        future: Future[Answer] = Future()
        self._waiting.append(future)
        return future


class Charged:
    """A till with such a terminal: `line` is what the screens get; `restart` forgets what is under way, as a crash does."""

    def __init__(self, till: Till) -> None:
        self.terminal = FakeTerminal()
        self._till = till
        self.restart()

    def restart(self) -> None:
        """Another process: it knows what was recorded, and nothing else."""
        self.desk = ChargeDesk(self._till, lambda work: work(), {Means.TERMINAL: self.terminal})
        self.desk.use(Means.TERMINAL, self.terminal, name="Counter")
        self.line = TillCharges(self._till, self.desk, lambda work: work())

    def become(self, state: TerminalState) -> None:
        """The terminal is in another state, and the till hears of it."""
        self.terminal.now = state
        self.line.changed()
