"""What screens may ask of a payment terminal or a wallet, and what is known of a charge: frozen values, and a Protocol that bootstrap fulfils.

No device and no journal lives here (`services/charge_desk.py`). The one rule to know: a charge is written down before anything is
asked, its answer comes later and perhaps never, and only APPROVED says that money moved.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final, Protocol

from salon_desk.domain.charge import ChargeKind, ChargeProblem, Means, TerminalState
from salon_desk.domain.charge_state import OPEN, ChargeState
from salon_desk.domain.money import Money
from salon_desk.services.till import Actor


@dataclass(frozen=True, slots=True)
class ChargeAsk:
    """What is to be asked for a ticket or a document (`subject`). `due`: all that it comes to, None where nobody knows; `of`: the
    charge that a void or a return gives back; `code`: what a guest's wallet shows, never stored."""

    subject: str
    amount: Money
    kind: ChargeKind = ChargeKind.SALE
    means: Means = Means.TERMINAL
    due: Money | None = None
    of: str = ""
    code: str = field(default="", repr=False)

    @property
    def about(self) -> tuple[str, ChargeKind, Means, str]:
        """What tells it from other asks of the same till at the same time."""
        return (self.subject, self.kind, self.means, self.of)


@dataclass(frozen=True, slots=True)
class ChargeNow:
    """A charge as it stands. `taken`: all that moved, `tip`: the part of it that the guest added at the terminal.

    `code` and `said`: the host's own words of a decline; `used`: a sale or document has it; `undone`: it was given back whole.
    `to_scan`: what the guest's wallet scans while it is asked, where it has such a code.
    """

    reference: str
    ask: ChargeAsk
    standing: ChargeState
    taken: Money
    tip: Money
    brand: str = ""
    last_four: str = ""
    problem: ChargeProblem | None = None
    code: str = ""
    said: str = ""
    used: bool = False
    undone: bool = False
    to_scan: str = field(default="", repr=False)

    @property
    def captured(self) -> bool:
        """Whether money was taken that no sale has yet: it has to be finished, or voided."""
        sale = self.ask.kind is ChargeKind.SALE
        return sale and self.standing is ChargeState.APPROVED and not self.used and not self.undone

    @property
    def open(self) -> bool:
        """Whether it may still turn out that money moved."""
        return self.standing in OPEN


@dataclass(frozen=True, slots=True)
class MeansNow:
    """A way to charge that this till has, and how it was heard last."""

    means: Means
    state: TerminalState

    @property
    def off(self) -> bool:
        """Whether it is known that nothing can be taken over it now."""
        return self.state is TerminalState.OFFLINE


class ChargeLine(Protocol):
    """The terminal, and later the wallets, as the counter sees them."""

    def means(self) -> tuple[MeansNow, ...]:
        """The ways to charge that this till has; none of those that it has not. UI thread; never waits."""
        ...

    def listen(self, changed: Callable[[], None]) -> None:
        """Call `changed` on the UI thread after each change of `means`."""
        ...

    def hear(self, told: Callable[[ChargeNow], None]) -> None:
        """Call `told` on the UI thread after each charge whose standing has changed."""
        ...

    def of_subject(self, subject: str, /) -> tuple[ChargeNow, ...]:
        """Every charge of a ticket or document, in their order. Database worker."""
        ...

    def unsettled(self) -> tuple[ChargeNow, ...]:
        """Every charge of this till that is open, or captured and not used. Database worker."""
        ...

    def begin(self, command: str, actor: Actor, ask: ChargeAsk) -> ChargeNow:
        """Write it down and have it asked once; the same command again asks nothing. Database worker; refusals of the services."""
        ...

    def decide(
        self, command: str, actor: Actor, reference: str, *, charged: bool, evidence: str
    ) -> ChargeNow:
        """What a manager says of a charge of which nobody knows. Database worker. Raises PermissionNeeded and others."""
        ...

    def ask_again(self, reference: str) -> None:
        """Ask what became of it; moves no money, the answer is heard. UI thread; never waits."""
        ...

    def cancel(self, means: Means) -> None:
        """Tell the terminal to give up waiting for the guest; the charge's own answer still decides. UI thread; never waits."""
        ...


class NoTerminal:
    """The line of a till that has no terminal: cards are charged on a machine beside it and typed."""

    def means(self) -> tuple[MeansNow, ...]:
        """See `ChargeLine`."""
        return ()

    def listen(self, changed: Callable[[], None]) -> None:
        """See `ChargeLine`."""

    def hear(self, told: Callable[[ChargeNow], None]) -> None:
        """See `ChargeLine`."""

    def of_subject(self, _subject: str, /) -> tuple[ChargeNow, ...]:
        """See `ChargeLine`."""
        return ()

    def unsettled(self) -> tuple[ChargeNow, ...]:
        """See `ChargeLine`."""
        return ()

    def begin(self, command: str, actor: Actor, ask: ChargeAsk) -> ChargeNow:
        """See `ChargeLine`; nothing is offered, so nothing is asked."""
        raise NotImplementedError

    def decide(
        self, command: str, actor: Actor, reference: str, *, charged: bool, evidence: str
    ) -> ChargeNow:
        """See `ChargeLine`."""
        raise NotImplementedError

    def ask_again(self, reference: str) -> None:
        """See `ChargeLine`."""

    def cancel(self, means: Means) -> None:
        """See `ChargeLine`."""


NO_TERMINAL: Final = NoTerminal()
