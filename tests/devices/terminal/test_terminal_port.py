"""The port of a card terminal: every question of a till over TCP and over a serial line, and what the thread must never do."""

from __future__ import annotations

import socket
from concurrent.futures import Future
from contextlib import ExitStack
from dataclasses import replace
from itertools import count
from pathlib import Path

import pytest

from salon_desk.devices.emulators.terminal_books import Booking
from salon_desk.devices.emulators.terminal_faults import Fault
from salon_desk.devices.errors import BadDeviceUrl, UnknownTerminalDriver
from salon_desk.devices.terminal.driver import Surroundings, TerminalReport, TipAdjustment
from salon_desk.devices.terminal.drivers import open_terminal
from salon_desk.devices.terminal.terminal_port import MOST_WAITING, TerminalPort
from salon_desk.devices.url import TcpUrl, parse_device_url
from salon_desk.domain.charge import (
    Answer,
    Approved,
    BatchFailed,
    BatchTotals,
    Charge,
    ChargeKind,
    ChargeProblem,
    Declined,
    Entry,
    NotFound,
    NotSent,
    TerminalState,
    Unknown,
)
from salon_desk.domain.money import Money
from salon_desk.services.device_state import READY, Condition, DeviceState, Reason
from salon_desk.services.ports import PaymentTerminal
from tests.devices.terminal.stand import QUICK, Stand, ended, sale

LINES = pytest.mark.parametrize("line", ["tcp", "pty"])
TIP = TipAdjustment("TIP1", "SALE1", "1", Money(4500, "USD"), Money(700, "USD"))
VOID = Charge("VOID1", ChargeKind.VOID, Money(4500, "USD"), of_reference="SALE1", of_transaction="1")


def usd(cents: int) -> Money:
    return Money(cents, "USD")


def cleared(closing: ExitStack) -> TcpUrl:
    """A place where nobody listens."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        return TcpUrl("127.0.0.1", server.getsockname()[1])


@LINES
def test_a_day_of_a_terminal_sale_return_void_tip_and_batch(
    line: str, closing: ExitStack, tmp_path: Path
) -> None:
    stand = Stand(closing, tmp_path, line)
    port: PaymentTerminal = stand.port
    sold = stand.charge(sale())
    assert sold == Approved(
        *("SALE1", usd(4500), usd(0), "1", "HR1", "A1B2C3", "4460", "Visa", Entry.CHIP),
    )
    assert ended(stand.port.adjust_tip(TIP)) == Approved("TIP1", usd(5200), usd(700), transaction="1")
    gone = stand.charge(sale("SALE2", 3000))
    assert isinstance(gone, Approved)
    undone = replace(VOID, amount=usd(3000), of_reference="SALE2", of_transaction=gone.transaction)
    assert isinstance(stand.charge(undone), Approved)
    assert isinstance(stand.look_up(undone), Approved)
    back = Charge("RET1", ChargeKind.RETURN, usd(1200))
    assert stand.charge(back) == stand.look_up(back)
    assert ended(port.close_batch()) == BatchTotals("1", 1, usd(5200), 1, usd(1200))
    assert ended(port.close_batch()) == BatchTotals("2", 0, usd(0), 0, usd(0))
    assert stand.states == [READY]
    assert stand.port.tally.now().errors == 0


def test_a_void_that_has_a_record_of_its_own_is_found_by_it(closing: ExitStack, tmp_path: Path) -> None:
    stand = Stand(closing, tmp_path, "tcp")
    stand.terminal.books.voids_have_records = True
    stand.charge(sale())
    assert isinstance(stand.charge(VOID), Approved)
    assert isinstance(stand.look_up(VOID), Approved)
    assert stand.look_up(sale()) == Declined("SALE1", "17", "VOIDED")
    assert ended(stand.port.close_batch()) == BatchTotals("1", 0, usd(0), 0, usd(0))


def test_a_void_of_what_is_not_there_moved_nothing(closing: ExitStack, tmp_path: Path) -> None:
    stand = Stand(closing, tmp_path, "tcp")
    assert stand.charge(VOID) == Declined("VOID1", "100023", "NOT FOUND")
    assert stand.look_up(VOID) == NotFound("VOID1", idle=True)
    stand.charge(sale())
    assert stand.look_up(VOID) == NotFound("VOID1", idle=True)


def test_debit_is_asked_for_with_its_own_command(closing: ExitStack, tmp_path: Path) -> None:
    stand = Stand(closing, tmp_path, "tcp", driver="pax-debit")
    assert isinstance(stand.charge(sale()), Approved)
    assert (stand.times_sent("T02"), stand.times_sent("T00")) == (1, 0)


@LINES
def test_a_guest_who_is_waited_for_can_be_given_up_and_is_not_charged(
    line: str, closing: ExitStack, tmp_path: Path
) -> None:
    stand = Stand(closing, tmp_path, line)
    stand.patient = True
    stand.terminal.misbehave(Fault.GUEST_ASLEEP)
    asked = stand.port.charge(sale())
    assert stand.withheld.wait(30)
    assert stand.port.state() is TerminalState.BUSY
    stand.port.cancel()
    assert ended(asked) == Declined("SALE1", "100002", "ABORTED")
    assert stand.times_charged(sale()) == 0
    assert stand.charge(sale("SALE2")) == stand.look_up(sale("SALE2"))


def test_a_cancel_while_nothing_is_asked_does_nothing_to_the_next_charge(
    closing: ExitStack, tmp_path: Path
) -> None:
    stand = Stand(closing, tmp_path, "tcp")
    stand.port.cancel()
    assert isinstance(stand.charge(sale()), Approved)


def test_nobody_at_the_address_is_not_sent_and_the_state_says_so(closing: ExitStack) -> None:
    states: list[DeviceState] = []
    port = open_terminal(str(cleared(closing)), "pax", states.append, currency="USD", timing=QUICK)
    closing.callback(port.stop)
    port.start()
    assert ended(port.charge(sale())) == NotSent("SALE1", ChargeProblem.OUT_OF_REACH)
    assert ended(port.look_up(sale())) == Unknown("SALE1", ChargeProblem.OUT_OF_REACH)
    assert ended(port.close_batch()) == BatchFailed(ChargeProblem.OUT_OF_REACH)
    assert ended(port.adjust_tip(TIP)) == NotSent("TIP1", ChargeProblem.OUT_OF_REACH)
    assert port.state() is TerminalState.OFFLINE
    assert states[0] == DeviceState(Condition.OFFLINE, Reason.REFUSED)
    assert port.tally.now().errors >= 3


@LINES
def test_a_terminal_that_was_unplugged_between_two_charges_is_found_again(
    line: str, closing: ExitStack, tmp_path: Path
) -> None:
    stand = Stand(closing, tmp_path, line)
    assert isinstance(stand.charge(sale()), Approved)
    stand.terminal.unplug()
    tries = (sale(f"TRY{n}") for n in count())
    lost = next(one for one in tries if isinstance(stand.charge(one), NotSent | Unknown))
    stand.terminal.behave()
    back = next(one for one in tries if isinstance(stand.charge(one), Approved))
    assert (stand.times_charged(lost), stand.times_charged(back)) == (0, 1)


def test_what_was_asked_once_is_never_asked_again_unless_it_is_surely_not_there(
    closing: ExitStack, tmp_path: Path
) -> None:
    stand = Stand(closing, tmp_path, "tcp")
    stand.terminal.misbehave(Fault.ANSWER_LOST)
    assert stand.charge(sale()) == Unknown("SALE1", ChargeProblem.SILENT)
    assert stand.charge(sale()) == Unknown("SALE1", ChargeProblem.DUPLICATE)
    assert isinstance(stand.look_up(sale()), Approved)
    assert stand.charge(sale()) == Unknown("SALE1", ChargeProblem.DUPLICATE)
    stand.terminal.misbehave(Fault.DEAF_TO_SALE)
    assert isinstance(stand.charge(sale("SALE2")), Unknown)
    assert stand.look_up(sale("SALE2")) == NotFound("SALE2", idle=True)
    assert isinstance(stand.charge(sale("SALE2")), Approved)
    assert (stand.times_charged(sale()), stand.times_charged(sale("SALE2"))) == (1, 1)


@pytest.mark.parametrize("fault", [Fault.ANSWER_LOST, Fault.HALF_ANSWER, Fault.RESTARTED_AFTER_HOST])
def test_a_tip_whose_answer_was_lost_is_unknown_and_may_be_read_in_the_batch(
    fault: Fault, closing: ExitStack, tmp_path: Path
) -> None:
    stand = Stand(closing, tmp_path, "tcp")
    stand.charge(sale())
    stand.terminal.misbehave(fault)
    assert isinstance(ended(stand.port.adjust_tip(TIP)), Unknown)
    assert ended(stand.port.close_batch()) == BatchTotals("1", 1, usd(5200), 0, usd(0))


def test_a_tip_on_what_is_not_there_or_was_declined_is_not_put_on(closing: ExitStack, tmp_path: Path) -> None:
    stand = Stand(closing, tmp_path, "tcp")
    assert ended(stand.port.adjust_tip(TIP)) == Unknown("TIP1", ChargeProblem.GARBLED)
    stand.charge(sale())
    stand.terminal.misbehave(Fault.DECLINED)
    assert ended(stand.port.adjust_tip(replace(TIP, reference="TIP2"))) == Declined(
        "TIP2", "000100", "DECLINE"
    )
    stand.terminal.misbehave(Fault.REFUSES)
    assert ended(stand.port.adjust_tip(replace(TIP, reference="TIP3"))) == NotSent(
        "TIP3", ChargeProblem.GARBLED
    )
    stand.terminal.misbehave(Fault.BUSY)
    assert ended(stand.port.adjust_tip(replace(TIP, reference="TIP4"))) == NotSent("TIP4", ChargeProblem.BUSY)
    assert stand.terminal.books.batch == [Booking("SALE1", "01", 4500, transaction="1")]


@pytest.mark.parametrize(
    ("fault", "found"),
    [
        (Fault.ANSWER_LOST, BatchTotals("1", 2, Money(9000, "USD"), 0, Money(0, "USD"))),
        (Fault.WRONG_CHECK, BatchTotals("1", 2, Money(9000, "USD"), 0, Money(0, "USD"))),
        (Fault.RESTARTED_AFTER_HOST, BatchTotals("1", 2, Money(9000, "USD"), 0, Money(0, "USD"))),
        (Fault.RESTARTED, BatchFailed(ChargeProblem.OUT_OF_REACH)),
        (Fault.GONE_MID_JOB, BatchFailed(ChargeProblem.OUT_OF_REACH)),
        (Fault.REFUSES, BatchFailed(ChargeProblem.GARBLED)),
        (Fault.BUSY, BatchFailed(ChargeProblem.BUSY)),
    ],
)
def test_a_batch_is_closed_or_not_whatever_becomes_of_the_answer(
    fault: Fault, found: BatchTotals | BatchFailed, closing: ExitStack, tmp_path: Path
) -> None:
    stand = Stand(closing, tmp_path, "tcp")
    stand.charge(sale("SALE1"))
    stand.charge(sale("SALE2"))
    stand.terminal.misbehave(fault)
    assert ended(stand.port.close_batch()) == found
    assert (len(stand.terminal.books.batch) == 0) is isinstance(found, BatchTotals)
    assert stand.times_sent("B00") == {Fault.REFUSES: 3, Fault.BUSY: 0}.get(fault, 1)


def test_not_found_is_no_answer_for_what_was_asked_before_the_batch_was_closed(
    closing: ExitStack, tmp_path: Path
) -> None:
    stand = Stand(closing, tmp_path, "tcp")
    stand.terminal.misbehave(Fault.ANSWER_LOST)
    assert isinstance(stand.charge(sale()), Unknown)
    stand.terminal.misbehave(Fault.BUSY)
    assert ended(stand.port.close_batch()) == BatchFailed(ChargeProblem.BUSY)
    stand.terminal.behave()
    assert stand.look_up(sale("OTHER")) == NotFound("OTHER", idle=True)
    assert isinstance(ended(stand.port.close_batch()), BatchTotals)
    assert stand.look_up(sale()) == NotFound("SALE1", idle=False)
    assert stand.look_up(sale("OTHER")) == NotFound("OTHER", idle=False)
    assert stand.charge(sale()) == Unknown("SALE1", ChargeProblem.DUPLICATE)
    stand.terminal.misbehave(Fault.DEAF_TO_SALE)
    assert isinstance(stand.charge(sale("FRESH")), Unknown)
    assert stand.look_up(sale("FRESH")) == NotFound("FRESH", idle=True)


def test_more_than_can_wait_is_not_sent_and_what_waits_at_the_end_was_not(
    closing: ExitStack, tmp_path: Path
) -> None:
    stand = Stand(closing, tmp_path, "tcp")
    stand.patient = True
    stand.terminal.misbehave(Fault.GUEST_ASLEEP)
    first = stand.port.charge(sale("FIRST"))
    assert stand.withheld.wait(30)
    waiting: list[Future[Answer]] = [stand.port.charge(sale(f"WAIT{n}")) for n in range(MOST_WAITING)]
    assert ended(stand.port.charge(sale("MORE"))) == NotSent("MORE", ChargeProblem.BUSY)
    assert ended(stand.port.look_up(sale("MORE"))) == Unknown("MORE", ChargeProblem.BUSY)
    assert waiting[0].cancel()
    assert stand.port.stop()
    assert ended(first) == Unknown("FIRST", ChargeProblem.SILENT)
    assert [ended(one) for one in waiting[1:]] == [
        NotSent(f"WAIT{n}", ChargeProblem.OUT_OF_REACH) for n in range(1, MOST_WAITING)
    ]
    assert ended(stand.port.charge(sale("LATER"))) == NotSent("LATER", ChargeProblem.OUT_OF_REACH)
    assert stand.times_sent() == 1


def test_the_emulated_terminal_of_the_demo_lives_in_this_process(closing: ExitStack) -> None:
    states: list[DeviceState] = []
    port = open_terminal("emulated:", "", states.append, currency="USD", timing=QUICK)
    closing.callback(port.stop)
    port.start()
    assert isinstance(ended(port.charge(sale())), Approved)
    assert port.state() is TerminalState.READY
    assert states == [READY]


def test_a_port_that_was_never_started_ends(closing: ExitStack) -> None:
    port = open_terminal("tcp://127.0.0.1", "", lambda _state: None, currency="USD")
    waiting = port.charge(sale())
    assert port.stop()
    assert ended(waiting) == NotSent("SALE1", ChargeProblem.OUT_OF_REACH)


class _Failing:
    """A driver with a bug, whose error holds what it should not."""

    def __init__(self, _around: Surroundings) -> None:
        pass

    def report(self) -> TerminalReport:
        raise ValueError("4005554444444460")

    def charge(self, *_asked: object) -> Answer:
        raise ValueError("4005554444444460")

    look_up = adjust_tip = charge

    def close_batch(self) -> BatchTotals | BatchFailed:
        raise ValueError("4005554444444460")


def test_an_error_of_ours_is_unknown_and_says_nothing_of_what_was_read(
    closing: ExitStack, caplog: pytest.LogCaptureFixture
) -> None:
    port = TerminalPort(parse_device_url("tcp://127.0.0.1"), _Failing, lambda _state: None, timing=QUICK)
    closing.callback(port.stop)
    port.start()
    assert ended(port.charge(sale())) == Unknown("SALE1", ChargeProblem.GARBLED)
    assert ended(port.look_up(sale())) == Unknown("SALE1", ChargeProblem.GARBLED)
    assert ended(port.close_batch()) == BatchFailed(ChargeProblem.GARBLED)
    assert "ValueError" in caplog.text
    assert "4005" not in caplog.text


def test_an_address_or_a_kind_that_is_none_is_refused() -> None:
    with pytest.raises(UnknownTerminalDriver):
        open_terminal("tcp://127.0.0.1", "abacus", lambda _state: None, currency="USD")
    with pytest.raises(BadDeviceUrl):
        open_terminal("127.0.0.1", "pax", lambda _state: None, currency="USD")


def test_an_address_without_a_port_means_the_port_of_what_is_spoken_there() -> None:
    assert parse_device_url("tcp://terminal", 10009) == TcpUrl("terminal", 10009)
    assert parse_device_url("tcp://terminal:7", 10009) == TcpUrl("terminal", 7)
    assert parse_device_url("tcp://terminal") == TcpUrl("terminal", 9100)


def test_a_listener_that_fails_stops_no_terminal(closing: ExitStack) -> None:
    def fails(_state: DeviceState) -> None:
        raise RuntimeError

    where = cleared(closing)
    port = open_terminal(f"tcp://{where.host}:{where.port}", "", fails, currency="USD", timing=QUICK)
    port.start()
    closing.callback(port.stop)
    for name in ("ONE", "TWO"):
        assert ended(port.charge(sale(name))) == NotSent(name, ChargeProblem.OUT_OF_REACH)
