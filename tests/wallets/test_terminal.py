"""A wallet's own thread: what it takes, what it waits for, what it gives up, and how it is heard."""

from __future__ import annotations

import queue
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest

from salon_desk.domain.charge import (
    NOT_PAID,
    Approved,
    BatchFailed,
    ChargeProblem,
    Declined,
    Means,
    NotFound,
    NotSent,
    TerminalState,
    Unknown,
)
from salon_desk.services.ports import PaymentTerminal
from salon_desk.wallets.course import Patience
from salon_desk.wallets.provider import WalletProvider
from salon_desk.wallets.terminal import MOST_WAITING, WalletTerminal
from tests.wallets.parts import account, nowhere, sale
from tests.wallets.stand_in import Fault, StandIn

_SOON = Patience(settled=0.0, pauses=(0.01,))
_WITHIN = 20.0

Made = Callable[..., "Watched"]


class Watched:
    """A terminal that runs, and what it told."""

    def __init__(self, provider: Callable[[], WalletProvider | None], patience: Patience) -> None:
        self.states: queue.Queue[TerminalState] = queue.Queue()
        self.codes: queue.Queue[tuple[str, str]] = queue.Queue()
        self.terminal = WalletTerminal(
            Means.WECHAT_PAY, provider, on_state=self.states.put, patience=patience
        )
        self.terminal.on_code(lambda reference, code: self.codes.put((reference, code)))

    def until(self, state: TerminalState) -> None:
        while self.states.get(timeout=_WITHIN) is not state:
            pass


@pytest.fixture
def made() -> Iterator[Made]:
    all_made: list[Watched] = []

    def make(provider: Callable[[], WalletProvider | None], patience: Patience = _SOON) -> Watched:
        watched = Watched(provider, patience)
        all_made.append(watched)
        watched.terminal.start()
        return watched

    yield make
    for one in all_made:
        assert one.terminal.stop()


def test_it_is_a_payment_terminal_and_charges(made: Made, stand_in: StandIn) -> None:
    terminal: PaymentTerminal = made(lambda: account(stand_in)).terminal
    assert isinstance(terminal.charge(sale()).result(_WITHIN), Approved)
    assert isinstance(terminal.look_up(sale()).result(_WITHIN), Approved)
    assert terminal.look_up(sale("r2")).result(_WITHIN) == NotFound("r2", idle=True)
    assert isinstance(terminal.close_batch().result(_WITHIN), BatchFailed)


def test_it_is_heard_before_anybody_pays_and_told_when_it_is_away(made: Made, stand_in: StandIn) -> None:
    made(lambda: account(stand_in)).until(TerminalState.READY)
    away = made(nowhere)
    away.until(TerminalState.OFFLINE)
    assert away.terminal.state() is TerminalState.OFFLINE
    assert away.terminal.charge(sale()).result(_WITHIN) == NotSent("r1", ChargeProblem.OUT_OF_REACH)
    assert stand_in.book == {}


def test_a_gateway_that_cannot_be_believed_is_no_better_than_none(made: Made, stand_in: StandIn) -> None:
    stand_in.faults["pay.exchangerate"].append(Fault.WRONG_SIGNATURE)
    made(lambda: account(stand_in)).until(TerminalState.OFFLINE)


def test_without_an_account_or_its_key_nothing_is_sent(made: Made) -> None:
    def locked() -> WalletProvider | None:
        raise OSError("the keyring is locked")

    for provider in (locked, lambda: None):
        wallet = made(provider)
        wallet.until(TerminalState.OFFLINE)
        assert wallet.terminal.charge(sale()).result(_WITHIN) == NotSent("r1", ChargeProblem.OUT_OF_REACH)
        assert wallet.terminal.look_up(sale()).result(_WITHIN) == Unknown("r1", ChargeProblem.OUT_OF_REACH)


def test_a_slow_gateway_keeps_nobody_waiting_but_the_charge(made: Made, stand_in: StandIn) -> None:
    stand_in.faults["pay.barcodepay"].append(Fault.SLOW)
    wallet = made(lambda: account(stand_in, read_within=_WITHIN))
    charge = wallet.terminal.charge(sale())
    while stand_in.times("pay.barcodepay") == 0:
        assert stand_in.arrived.wait(_WITHIN)
        stand_in.arrived.clear()
    assert not charge.done()
    stand_in.go.set()
    assert isinstance(charge.result(_WITHIN), Approved)


def test_a_code_is_shown_and_taken_away_and_others_pay_meanwhile(made: Made, stand_in: StandIn) -> None:
    wallet = made(lambda: account(stand_in))
    shown = wallet.terminal.charge(sale("r1", code=""))
    reference, code = wallet.codes.get(timeout=_WITHIN)
    assert (reference, code) == ("r1", wallet.terminal.to_scan("r1"))
    assert code.startswith("weixin://pay/r1")
    wallet.until(TerminalState.BUSY)
    assert isinstance(wallet.terminal.charge(sale("r2")).result(_WITHIN), Approved)
    assert not shown.done()
    stand_in.guest_pays("r1")
    assert isinstance(shown.result(_WITHIN), Approved)
    assert wallet.codes.get(timeout=_WITHIN) == ("r1", "")
    assert wallet.terminal.to_scan("r1") == ""
    assert wallet.terminal.counts().jobs == 2


def test_a_cashier_who_gives_up_undoes_what_is_not_paid(made: Made, stand_in: StandIn) -> None:
    wallet = made(lambda: account(stand_in), Patience(settled=0.0))
    shown = wallet.terminal.charge(sale(code=""))
    wallet.codes.get(timeout=_WITHIN)
    wallet.terminal.cancel()
    assert shown.result(_WITHIN) == Declined("r1", NOT_PAID)
    assert stand_in.book["r1"].status == "CLOSE"
    assert isinstance(wallet.terminal.charge(sale("r2")).result(_WITHIN), Approved)


def test_a_till_that_closes_leaves_what_is_under_way_unknown_and_sends_nothing_more(
    made: Made, stand_in: StandIn
) -> None:
    wallet = made(lambda: account(stand_in), Patience())
    shown = wallet.terminal.charge(sale(code=""))
    wallet.codes.get(timeout=_WITHIN)
    assert wallet.terminal.stop()
    assert shown.result(_WITHIN) == Unknown("r1", ChargeProblem.WAITING_FOR_GUEST)
    assert wallet.terminal.charge(sale("r2")).result(_WITHIN) == NotSent("r2", ChargeProblem.BUSY)
    assert list(stand_in.book) == ["r1"]


def test_more_than_it_can_take_is_refused_at_once(stand_in: StandIn) -> None:
    terminal = WalletTerminal(Means.WECHAT_PAY, lambda: account(stand_in))
    waiting = [terminal.charge(sale(f"r{number}")) for number in range(MOST_WAITING)]
    assert terminal.charge(sale("more")).result(_WITHIN) == NotSent("more", ChargeProblem.BUSY)
    assert terminal.look_up(sale("more")).result(_WITHIN) == Unknown("more", ChargeProblem.BUSY)
    assert not any(one.done() for one in waiting)
    terminal.stop()
    terminal.start()
    assert {type(one.result(_WITHIN)) for one in waiting} == {NotSent}
    assert stand_in.book == {}


def test_a_provider_with_a_fault_of_its_own_leaves_it_unknown_and_the_thread_lives(
    made: Made, stand_in: StandIn
) -> None:
    class Faulty:
        def __getattr__(self, name: str) -> Callable[..., object]:
            if name == "trouble":
                return lambda: ""
            raise RuntimeError(name)

    accounts = iter((Faulty(),))
    wallet = made(lambda: next(accounts))
    assert wallet.terminal.charge(sale()).result(_WITHIN) == Unknown("r1", ChargeProblem.GARBLED)
    again = wallet.terminal.look_up(replace(sale(), reference="r2"))
    assert again.result(_WITHIN) == Unknown("r2", ChargeProblem.GARBLED)


def test_whoever_fails_to_listen_stops_no_wallet(stand_in: StandIn) -> None:
    def fails(*_told: object) -> None:
        raise RuntimeError

    def unreadable() -> WalletProvider:
        found = account(stand_in)
        found.trouble = fails  # type: ignore[method-assign, assignment]
        return found

    terminal = WalletTerminal(Means.WECHAT_PAY, unreadable, on_state=fails, patience=_SOON)
    terminal.on_code(fails)
    terminal.start()
    shown = terminal.charge(sale("r1", code=""))
    assert isinstance(terminal.charge(sale("r2")).result(_WITHIN), Approved)
    stand_in.guest_pays("r1")
    assert isinstance(shown.result(_WITHIN), Approved)
    assert terminal.stop()
