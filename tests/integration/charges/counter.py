"""A shop with a terminal that answers when it is told to, and keeps books of the money that really moved."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass, field
from pathlib import Path

from salon_desk.domain.charge import (
    Answer,
    Approved,
    BatchFailed,
    BatchTotals,
    Charge,
    ChargeKind,
    Declined,
    Means,
    NotFound,
    TerminalState,
)
from salon_desk.domain.money import Money
from salon_desk.domain.tender import PlannedTender, TenderKind
from salon_desk.services import charges
from salon_desk.services.charge_desk import ChargeDesk
from salon_desk.services.charges import ChargeAsk, ChargeView
from tests.integration.services.shop import CASHIER, Shop, dollars


def approved(charge: Charge, *, tip: str = "0", part: str = "") -> Approved:
    """All of a charge approved, or a part of it, with what the guest added."""
    extra = dollars(tip)
    base = dollars(part) if part else charge.amount
    return Approved(charge.reference, base + extra, extra, "71", "H1", "A9", last_four="4242", brand="Visa")


@dataclass
class Bank:
    """A terminal and what it did; `script` says what it answers next, `books` what money moved by reference."""

    script: deque[Callable[[Charge], Answer]] = field(default_factory=deque)
    asked: list[Charge] = field(default_factory=list)
    looked: list[str] = field(default_factory=list)
    books: dict[str, Approved] = field(default_factory=dict)
    idle: bool = True
    waiting: dict[str, Future[Answer]] = field(default_factory=dict)
    holds_back: bool = False
    totals: BatchTotals | BatchFailed | None = None

    def state(self) -> TerminalState:
        return TerminalState.READY

    def charge(self, charge: Charge) -> Future[Answer]:
        self.asked.append(charge)
        answer = self.script.popleft()(charge) if self.script else approved(charge)
        if isinstance(answer, Approved):
            self.books[charge.reference] = answer
        done: Future[Answer] = Future()
        if self.holds_back:
            self.waiting[charge.reference] = done
        else:
            done.set_result(answer)
        return done

    def look_up(self, charge: Charge) -> Future[Answer]:
        self.looked.append(charge.reference)
        done: Future[Answer] = Future()
        found = self.books.get(charge.reference)
        done.set_result(found or NotFound(charge.reference, self.idle))
        return done

    def cancel(self) -> None:
        return None

    def close_batch(self) -> Future[BatchTotals | BatchFailed]:
        done: Future[BatchTotals | BatchFailed] = Future()
        assert self.totals is not None
        done.set_result(self.totals)
        return done


def declined(charge: Charge) -> Answer:
    """The host says no."""
    return Declined(charge.reference, "05", "DO NOT HONOR")


@dataclass
class Counter:
    """The shop, its desk and its bank; the database worker is this thread."""

    shop: Shop
    folder: Path
    bank: Bank = field(default_factory=Bank)
    wallet: Bank = field(default_factory=Bank)
    told: list[ChargeView] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.start()

    def start(self) -> None:
        """The desk of a till that starts."""
        devices = {Means.TERMINAL: self.bank, Means.WECHAT_PAY: self.wallet}
        self.desk = ChargeDesk(self.shop.till, lambda work: work(), devices)
        self.desk.listen(self.told.append)

    def ask(self, subject: str, amount: str = "", **more: object) -> ChargeView:
        """Ask for a charge, and how it stands after the answer."""
        asked = ChargeAsk(subject, dollars(amount) if amount else None, **more)  # type: ignore[arg-type]
        return self.now(self.desk.begin(self.shop.command(), CASHIER, asked).reference)

    def now(self, reference: str) -> ChargeView:
        """How a charge stands."""
        return charges.of_reference(self.shop.till, reference)


def by(view: ChargeView, amount: Money | None = None) -> PlannedTender:
    """A tender that names a charge."""
    return PlannedTender(TenderKind.EXTERNAL_CARD, amount, charge=view.reference)


__all__ = ["Bank", "ChargeKind", "Counter", "approved", "by", "declined"]
