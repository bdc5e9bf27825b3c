"""The course of one charge, from the first request to the answer that is certain: asked once, then asked about.

No thread and no address lives here: whoever holds a course calls it again when it is `due`. The one rule to know: money is asked for in
`begin` alone; everything later only asks, or undoes. An order that was not paid in time is undone, and asked about once more.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final, assert_never

from salon_desk.domain.charge import (
    NOT_PAID,
    Answer,
    Approved,
    Charge,
    ChargeKind,
    ChargeProblem,
    Declined,
    Entry,
    Means,
    NotFound,
    NotSent,
    Unknown,
)
from salon_desk.domain.money import Money
from salon_desk.domain.wallet_code import wallet_of
from salon_desk.wallets.provider import (
    Absent,
    Closed,
    Lost,
    Order,
    Paid,
    Refused,
    Said,
    Waiting,
    WalletProvider,
)

BRANDS: Final = {Means.WECHAT_PAY: "WeChat Pay", Means.ALIPAY: "Alipay"}
_MOST_REVOKES: Final = 3


@dataclass(frozen=True, slots=True)
class Patience:
    """Seconds. `settled`: after which a request that was lost on the way comes no more. `scanned`: a guest who was scanned
    and must still agree; `shown`: one who must scan first; `silent`: a provider that says nothing. `pauses`: between askings."""

    settled: float = 15.0
    scanned: float = 60.0
    shown: float = 180.0
    silent: float = 45.0
    pauses: tuple[float, ...] = (1.0, 2.0, 2.0, 3.0)


class Course:
    """One charge. One thread."""

    def __init__(
        self, charge: Charge, provider: WalletProvider, monotonic: Callable[[], float], patience: Patience
    ) -> None:
        self.charge = replace(charge, code="")
        """What is asked; the guest's code is let go of with the first request."""
        self.to_scan = ""
        self.due = 0.0
        self._code = charge.code
        self._provider = provider
        self._now = monotonic
        self._patience = patience
        self._sent = self._until = 0.0
        self._giving_up = self._revoked = self._waiting = False
        self._refused: Refused | None = None
        self._problem = ChargeProblem.SILENT
        self._asked = self._revokes = 0

    def begin(self) -> Answer | None:
        """Ask for the money, once. None: not known yet, go on when it is due."""
        self._sent = self._now()
        match self.charge.kind:
            case ChargeKind.SALE:
                return self._sale()
            case ChargeKind.VOID:
                return self._void()
            case ChargeKind.RETURN:
                return self._return()
            case _:
                assert_never(self.charge.kind)

    def go_on(self, *, give_up: bool = False) -> Answer | None:
        """Ask what became of it. `give_up`: nobody waits for the guest any more."""
        self._giving_up = self._giving_up or give_up
        if self._revokes == 0:
            answer = self._known(self._provider.ask(self.charge.reference))
            if answer is not None:
                return answer
        if self._giving_up or self._now() >= self._until:
            return self._undone()
        self._later()
        return None

    def ended(self) -> Answer:
        """What is known when it cannot go on: the till is closed."""
        return Unknown(self.charge.reference, self._why())

    def _sale(self) -> Answer | None:
        code, self._code = self._code, ""
        order = Order(self.charge.reference, self.charge.amount, self.charge.means)
        if code and wallet_of(code) is not self.charge.means:
            return NotSent(self.charge.reference, ChargeProblem.GARBLED)
        patience = self._patience
        self._until = self._sent + (patience.scanned if code else patience.shown)
        said = self._provider.pay(order, code) if code else self._provider.offer(order)
        match said:
            case Lost(written=False):
                return NotSent(self.charge.reference, said.problem)
            case Refused() | Absent():
                self._refused = said if isinstance(said, Refused) else Refused("")
                self._until = self._sent + patience.silent
                return self.go_on()
            case Lost():
                self._until = self._sent + patience.silent
            case Waiting():
                self.to_scan = said.to_scan
                # an order that nobody can scan is of no use
                self._giving_up = not code and not said.to_scan
            case Paid() | Closed():
                pass
            case _:
                assert_never(said)
        answer = self._known(said)
        if answer is None:
            self._later()
        return answer

    def _known(self, said: Said) -> Answer | None:
        """The answer that is certain, if this is one."""
        reference = self.charge.reference
        match said:
            case Paid():
                return approved(self.charge, said)
            case Closed():
                return self._declined()
            case Absent():
                if self._refused is not None:
                    return self._declined()
                settled = self._now() - self._sent >= self._patience.settled
                return NotFound(reference, idle=True) if settled else None
            case Waiting():
                self._waiting = True
            case Lost():
                self._problem = said.problem
            case Refused():
                self._problem = ChargeProblem.GARBLED
            case _:
                assert_never(said)
        return None

    def _undone(self) -> Answer | None:
        """Undo it, and ask what it has become. A word that it was undone counts, unless it then is said to be paid."""
        self._revokes += 1
        said = self._provider.revoke(self.charge.reference)
        self._revoked = self._revoked or isinstance(said, Closed)
        after = self._provider.ask(self.charge.reference)
        if isinstance(after, Paid) and self._revoked:
            return Unknown(self.charge.reference, ChargeProblem.GARBLED)
        answer = self._known(after) or (self._known(said) if isinstance(said, Absent) else None)
        if answer is not None:
            return answer
        if self._revoked:
            return self._declined()
        if self._revokes >= _MOST_REVOKES:
            return Unknown(self.charge.reference, self._why())
        self._later()
        return None

    def _later(self) -> None:
        """An order that is some seconds old is undone sooner (WeChat Pay's "Submit Quick Pay": not before 15 of them)."""
        pauses = self._patience.pauses
        self.due = self._now() + pauses[min(self._asked, len(pauses) - 1)]
        if self._revokes:
            self.due = max(self.due, self._sent + self._patience.settled)
        self._asked += 1

    def _void(self) -> Answer:
        """Undo an order whole. What is not known is asked of the order itself."""
        said = self._provider.revoke(self.charge.of_reference)
        match said:
            case Closed():
                return approved_of(self.charge, self.charge.amount, "")
            case Lost(written=False):
                return NotSent(self.charge.reference, said.problem)
            case Absent():
                return Declined(self.charge.reference, "absent")
            case Refused():
                self._refused = said
        return look_up_void(self.charge, self._provider, self._refused)

    def _return(self) -> Answer:
        """Give a part back. No provider's document says how a return is asked about: one whose answer is lost stays unknown."""
        charge = self.charge
        said = self._provider.give_back(charge.of_reference, charge.reference, charge.amount)
        match said:
            case Paid():
                return approved_of(charge, charge.amount, said.transaction)
            case Lost(written=False):
                return NotSent(charge.reference, said.problem)
            case Lost():
                return Unknown(charge.reference, said.problem)
            case Waiting():
                return Unknown(charge.reference, ChargeProblem.SILENT)
            case Refused():
                return Declined(charge.reference, said.code, said.said)
            case Absent() | Closed():
                return Declined(charge.reference, "absent")
            case _:
                assert_never(said)

    def _declined(self) -> Declined:
        if self._refused is not None:
            return Declined(self.charge.reference, self._refused.code, self._refused.said)
        return Declined(self.charge.reference, NOT_PAID)

    def _why(self) -> ChargeProblem:
        return ChargeProblem.WAITING_FOR_GUEST if self._waiting else self._problem


def look_up(charge: Charge, provider: WalletProvider, *, settled: bool) -> Answer:
    """What became of a charge. `settled`: nothing of it can still be on the way."""
    match charge.kind:
        case ChargeKind.SALE:
            return _look_up_sale(charge, provider.ask(charge.reference), settled=settled)
        case ChargeKind.VOID:
            return look_up_void(charge, provider, None)
        case ChargeKind.RETURN:
            return Unknown(charge.reference, ChargeProblem.SILENT)
        case _:
            assert_never(charge.kind)


def look_up_void(charge: Charge, provider: WalletProvider, refused: Refused | None) -> Answer:
    """Whether an order was undone; one that still is paid may be undone again, which changes nothing more."""
    match provider.ask(charge.of_reference):
        case Closed():
            return approved_of(charge, charge.amount, "")
        case Paid() if refused is not None:
            return Declined(charge.reference, refused.code, refused.said)
        case Paid():
            return NotFound(charge.reference, idle=True)
        case Lost(problem=problem):
            return Unknown(charge.reference, problem)
        case _:
            return Unknown(charge.reference, ChargeProblem.GARBLED)


def approved(charge: Charge, paid: Paid) -> Answer:
    """An order that was paid; one of another amount is nobody's to believe."""
    if paid.amount != charge.amount:
        return Unknown(charge.reference, ChargeProblem.GARBLED)
    return approved_of(charge, paid.amount, paid.transaction)


def approved_of(charge: Charge, amount: Money, transaction: str) -> Approved:
    """Money moved: no tip is added in a wallet, and no number of a card is known."""
    return Approved(
        reference=charge.reference,
        amount=amount,
        tip=Money.zero(amount.currency),
        transaction=transaction,
        host_reference=transaction,
        brand=BRANDS.get(charge.means, ""),
        entry=Entry.CODE,
    )


def _look_up_sale(charge: Charge, said: Said, *, settled: bool) -> Answer:
    match said:
        case Paid():
            return approved(charge, said)
        case Closed():
            return Declined(charge.reference, NOT_PAID)
        case Absent():
            return NotFound(charge.reference, idle=settled)
        case Waiting():
            return Unknown(charge.reference, ChargeProblem.WAITING_FOR_GUEST)
        case Lost():
            return Unknown(charge.reference, said.problem)
        case Refused():
            return Unknown(charge.reference, ChargeProblem.GARBLED)
        case _:
            assert_never(said)
