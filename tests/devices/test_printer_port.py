"""A printer's port with everything that goes wrong on a counter: nothing lost, a copy says so, the drawer first."""

from __future__ import annotations

import threading
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

import msgspec
import pytest
from PIL import ImageChops

from salon_desk.devices import escpos
from salon_desk.devices.emulators.in_process import RunningEmulator, run_printer
from salon_desk.devices.emulators.printer import EmulatedPrinter, Fault, KickEvent, ReceiptEvent
from salon_desk.devices.errors import PortProblem
from salon_desk.devices.port import MOST_WAITING, PrinterPort
from salon_desk.devices.print_task import (
    DrawerOutcome,
    PrinterStateChanged,
    PrintOutcome,
    PrintProblem,
    PrintTask,
)
from salon_desk.devices.printer_status import PrinterState
from salon_desk.devices.profile import Answers, load_profile
from salon_desk.devices.receipt_raster import preview, render
from salon_desk.devices.url import EmulatedUrl, FileUrl, SerialUrl, parse_device_url
from salon_desk.documents.layout import document_to_json
from tests.devices.conftest import QUICK, MakePort
from tests.devices.receipts import NUMBER, Ears, outcomes, receipt, slip

BLOCKING = pytest.mark.parametrize(
    ("fault", "state"),
    [
        (Fault.PAPER_OUT, PrinterState.PAPER_OUT),
        (Fault.COVER_OPEN, PrinterState.COVER_OPEN),
        (Fault.OFFLINE, PrinterState.OFFLINE),
    ],
)


def texts(printer: EmulatedPrinter) -> list[str]:
    return [receipt.text for receipt in printer.receipts]


def test_a_receipt_is_printed_as_rendered_and_confirmed(
    printer: EmulatedPrinter, plugged: RunningEmulator, make_port: MakePort
) -> None:
    port, ears = make_port(plugged.url)
    assert port.submit(PrintTask("a", receipt(), copy=True))
    assert ears.outcome("a") == PrintOutcome("a", True, as_copy=True)
    wanted = preview(render(receipt(), 576, copy=True), 576)
    shown = printer.receipts[0].image.crop((0, 0, *wanted.size))
    assert ImageChops.difference(shown, wanted).getbbox() is None
    assert ears.heard[0] == PrinterStateChanged(PrinterState.READY)


def test_the_drawer_opens_once_and_before_the_paper(
    printer: EmulatedPrinter, paper: Ears, plugged: RunningEmulator, make_port: MakePort
) -> None:
    port, ears = make_port(plugged.url)
    port.submit(PrintTask("a", slip("1"), kick=True))
    assert ears.drawer("a").ok
    assert ears.outcome("a").ok
    port.submit(PrintTask("b", None, kick=True))
    assert ears.drawer("b").ok
    assert ears.outcome("b") == PrintOutcome("b", True)
    assert [type(paper.next()) for _ in range(3)] == [KickEvent, ReceiptEvent, KickEvent]


@BLOCKING
def test_a_blocked_printer_gets_the_receipt_when_it_is_well_again_and_no_copy(
    printer: EmulatedPrinter, plugged: RunningEmulator, make_port: MakePort, fault: Fault, state: PrinterState
) -> None:
    printer.set_fault(fault)
    port, ears = make_port(plugged.url)
    port.submit(PrintTask("a", slip("1")))
    ears.state(state)
    assert texts(printer) == []
    printer.set_fault(fault, active=False)
    assert ears.outcome("a") == PrintOutcome("a", True)
    assert texts(printer) == ["1"]


@BLOCKING
def test_a_receipt_stopped_in_the_middle_goes_on_and_is_said_to_have_been_interrupted(
    printer: EmulatedPrinter, plugged: RunningEmulator, make_port: MakePort, fault: Fault, state: PrinterState
) -> None:
    port, ears = make_port(plugged.url, timing=replace(QUICK, confirm_s=0.4))
    ears.state(PrinterState.READY)
    printer.stop_after(300, fault)
    port.submit(PrintTask("a", receipt()))
    ears.state(state)
    assert texts(printer) == []
    printer.set_fault(fault, active=False)
    assert ears.outcome("a") == PrintOutcome("a", True, PrintProblem.INTERRUPTED)
    assert texts(printer) == [NUMBER]


def test_paper_near_its_end_prints_and_is_told(
    printer: EmulatedPrinter, plugged: RunningEmulator, make_port: MakePort
) -> None:
    printer.set_fault(Fault.PAPER_LOW)
    port, ears = make_port(plugged.url)
    ears.state(PrinterState.PAPER_LOW)
    port.submit(PrintTask("a", slip("1")))
    assert ears.outcome("a").ok


def test_a_cable_pulled_in_the_middle_gives_a_copy_when_it_is_back(
    printer: EmulatedPrinter, make_port: MakePort, closing: ExitStack, link: Path
) -> None:
    first = run_printer(printer, link=link)
    closing.callback(first.stop)
    port, ears = make_port(SerialUrl(str(link), 115200), timing=replace(QUICK, confirm_s=0.4))
    ears.state(PrinterState.READY)
    printer.stop_after(300, Fault.PAPER_OUT)
    port.submit(PrintTask("a", receipt()))
    ears.state(PrinterState.PAPER_OUT)
    first.stop()
    printer.power_cycle()
    assert ears.state(PrinterState.OFFLINE).problem in (PortProblem.GONE, PortProblem.NOT_FOUND)
    printer.set_fault(Fault.PAPER_OUT, active=False)
    closing.callback(run_printer(printer, link=link).stop)
    assert ears.outcome("a").as_copy
    assert [" COPY " in text for text in texts(printer)] == [False, True]


def test_a_printer_switched_off_and_on_behind_its_adapter_gives_a_copy(
    printer: EmulatedPrinter, plugged: RunningEmulator, make_port: MakePort
) -> None:
    port, ears = make_port(plugged.url, timing=replace(QUICK, confirm_s=0.4))
    ears.state(PrinterState.READY)
    printer.stop_after(300, Fault.PAPER_OUT)
    port.submit(PrintTask("a", receipt()))
    ears.state(PrinterState.PAPER_OUT)
    printer.power_cycle()
    printer.set_fault(Fault.PAPER_OUT, active=False)
    assert ears.outcome("a").as_copy
    assert " COPY " in texts(printer)[-1]


def test_a_printer_that_knows_no_confirmation_is_believed_in_the_end(
    printer: EmulatedPrinter, paper: Ears, plugged: RunningEmulator, make_port: MakePort
) -> None:
    printer.confirms = False
    port, ears = make_port(plugged.url, timing=replace(QUICK, confirm_s=0.1))
    for job in ("a", "b"):
        port.submit(PrintTask(job, slip(job)))
        assert ears.outcome(job) == PrintOutcome(job, True)
        assert isinstance(paper.next(), ReceiptEvent)
    assert texts(printer) == ["a", "b"]


def test_silence_of_a_printer_that_used_to_answer_keeps_the_receipt_waiting(
    printer: EmulatedPrinter, plugged: RunningEmulator, make_port: MakePort
) -> None:
    port, ears = make_port(plugged.url, load_profile("generic-80mm"), replace(QUICK, answer_s=0.3))
    ears.state(PrinterState.READY)
    printer.set_fault(Fault.SILENT)
    ears.state(PrinterState.UNKNOWN)
    port.submit(PrintTask("a", slip("1")))
    printer.set_fault(Fault.SILENT, active=False)
    assert ears.outcome("a").ok
    assert texts(printer)[-1].endswith("1")


@pytest.mark.parametrize("answers", [Answers.MAYBE, Answers.NO])
def test_a_printer_that_never_answers_is_printed_on_and_stays_unknown(
    printer: EmulatedPrinter, plugged: RunningEmulator, make_port: MakePort, answers: Answers
) -> None:
    printer.set_fault(Fault.SILENT)
    profile = msgspec.structs.replace(load_profile("generic-80mm"), answers=answers)
    port, ears = make_port(plugged.url, profile, replace(QUICK, answer_s=0.05))
    port.submit(PrintTask("a", slip("1")))
    assert ears.outcome("a") == PrintOutcome("a", True)
    assert [e for e in ears.heard if isinstance(e, PrinterStateChanged)] == [
        PrinterStateChanged(PrinterState.UNKNOWN)
    ]


def test_the_drawer_overtakes_a_receipt_that_waits_for_paper(
    printer: EmulatedPrinter, paper: Ears, plugged: RunningEmulator, make_port: MakePort
) -> None:
    port, ears = make_port(plugged.url, timing=replace(QUICK, confirm_s=0.4))
    ears.state(PrinterState.READY)
    printer.stop_after(300, Fault.PAPER_OUT)
    port.submit(PrintTask("a", receipt()))
    ears.state(PrinterState.PAPER_OUT)
    port.submit(PrintTask("k", None, kick=True))
    assert ears.drawer("k").ok
    assert paper.next() == KickEvent(2)
    printer.set_fault(Fault.PAPER_OUT, active=False)
    assert ears.outcome("a").ok
    assert printer.kicks == 1


def test_a_drawer_that_only_opens_with_the_paper_stays_shut_and_is_said_to(
    printer: EmulatedPrinter, plugged: RunningEmulator, make_port: MakePort
) -> None:
    printer.set_fault(Fault.PAPER_OUT)
    port, ears = make_port(plugged.url, load_profile("generic-80mm"), replace(QUICK, kick_s=0.2))
    ears.state(PrinterState.PAPER_OUT)
    port.submit(PrintTask("k", None, kick=True))
    assert ears.outcome("k") == PrintOutcome("k", False, PrintProblem.DRAWER_BLOCKED)
    printer.set_fault(Fault.PAPER_OUT, active=False)
    port.submit(PrintTask("a", slip("1")))
    assert ears.outcome("a").ok
    assert printer.kicks == 0


def test_a_drawer_never_opens_late_and_unattended(
    printer: EmulatedPrinter, make_port: MakePort, closing: ExitStack, link: Path
) -> None:
    port, ears = make_port(SerialUrl(str(link), 115200), timing=replace(QUICK, kick_s=0.2))
    assert ears.state(PrinterState.OFFLINE).problem is PortProblem.NOT_FOUND
    port.submit(PrintTask("a", slip("1"), kick=True))
    assert ears.drawer("a") == DrawerOutcome("a", False, PrintProblem.DRAWER_TOO_LATE)
    closing.callback(run_printer(printer, link=link).stop)
    assert ears.outcome("a").ok
    assert printer.kicks == 0


def test_a_network_printer_that_comes_late_gets_all_that_waits_in_order(
    printer: EmulatedPrinter, make_port: MakePort, closing: ExitStack
) -> None:
    away = run_printer(printer, tcp=True)
    away.stop()
    port, ears = make_port(away.url)
    assert ears.state(PrinterState.OFFLINE).problem is PortProblem.REFUSED
    for number in ("1", "2", "3"):
        port.submit(PrintTask(number, slip(number)))
    closing.callback(run_printer(printer, tcp=True, port=away.url.port).stop)  # type: ignore[union-attr]
    ears.outcome("3")
    assert texts(printer) == ["1", "2", "3"]
    assert all(outcome.ok and not outcome.as_copy for outcome in outcomes(ears))  # type: ignore[union-attr]


def test_a_port_told_to_stop_still_ends_the_receipt_that_is_being_printed(
    printer: EmulatedPrinter, plugged: RunningEmulator, make_port: MakePort
) -> None:
    port, ears = make_port(plugged.url)
    ears.state(PrinterState.READY)
    printer.set_fault(Fault.SLOW)
    port.submit(PrintTask("a", slip("1"), kick=True))
    assert ears.drawer("a").ok
    assert not port.wait_until_idle(0)
    assert port.stop(20.0)
    assert ears.outcome("a").ok


def test_a_drawer_behind_a_printer_gone_silent_stays_shut(
    printer: EmulatedPrinter, plugged: RunningEmulator, make_port: MakePort
) -> None:
    port, ears = make_port(plugged.url, timing=replace(QUICK, answer_s=0.3, kick_s=0.2))
    ears.state(PrinterState.READY)
    printer.set_fault(Fault.SILENT)
    ears.state(PrinterState.UNKNOWN)
    port.submit(PrintTask("k", None, kick=True))
    assert ears.outcome("k") == PrintOutcome("k", False, PrintProblem.DRAWER_TOO_LATE)
    assert printer.kicks == 0


def test_a_slow_printer_and_one_with_a_small_buffer_print_all(
    make_port: MakePort, closing: ExitStack
) -> None:
    printer = EmulatedPrinter(None, lambda _event: None, buffer_bytes=2000)
    printer.set_fault(Fault.SLOW)
    running = run_printer(printer)
    closing.callback(running.stop)
    port, ears = make_port(running.url, timing=replace(QUICK, confirm_s=20.0))
    port.submit(PrintTask("a", slip("1")))
    assert ears.outcome("a") == PrintOutcome("a", True)


def test_a_line_that_takes_nothing_more_is_stuck_and_then_gives_a_copy(
    make_port: MakePort, closing: ExitStack
) -> None:
    printer = EmulatedPrinter(None, lambda _event: None, buffer_bytes=2000)
    running = run_printer(printer)
    closing.callback(running.stop)
    port, ears = make_port(running.url, timing=replace(QUICK, stuck_s=0.3, confirm_s=0.4))
    ears.state(PrinterState.READY)
    printer.stop_after(1, Fault.PAPER_OUT)
    port.submit(PrintTask("a", receipt()))
    assert ears.state(PrinterState.OFFLINE).problem is PortProblem.STUCK
    printer.set_fault(Fault.PAPER_OUT, active=False)
    assert ears.outcome("a").as_copy
    assert " COPY " in texts(printer)[-1]
    assert sum("COPY" not in text for text in texts(printer)) <= 1


@pytest.mark.parametrize("name", ["generic-58mm", "epson-tm-t88"])
def test_a_file_takes_the_bytes_and_its_state_stays_unknown(
    make_port: MakePort, tmp_path: Path, name: str
) -> None:
    port, ears = make_port(FileUrl(str(tmp_path / "out.bin")), load_profile(name))
    port.submit(PrintTask("a", receipt(), copy=True, kick=True))
    assert port.wait_until_idle(20.0)
    assert ears.outcome("a").ok
    data = (tmp_path / "out.bin").read_bytes()
    assert b" COPY \n" in data
    assert NUMBER.encode() in data
    assert data.startswith(b"\x1bp")


def test_a_full_disk_is_a_state_and_the_receipt_waits(make_port: MakePort) -> None:
    port, ears = make_port(FileUrl("/dev/full"), load_profile("generic-58mm"))
    port.submit(PrintTask("a", slip("1")))
    assert ears.state(PrinterState.OFFLINE).problem is PortProblem.DISK_FULL
    assert port.stop()
    assert outcomes(ears) == []


def test_a_document_that_cannot_be_drawn_does_not_hold_up_the_next(
    printer: EmulatedPrinter, plugged: RunningEmulator, make_port: MakePort, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = escpos.encode

    def encode(document, profile, *, copy=False):  # type: ignore[no-untyped-def]
        if document == slip("bad"):
            raise ZeroDivisionError
        return whole(document, profile, copy=copy)

    monkeypatch.setattr(escpos, "encode", encode)
    port, ears = make_port(plugged.url)
    port.submit(PrintTask("bad", slip("bad")))
    port.submit(PrintTask("good", slip("good")))
    assert ears.outcome("bad") == PrintOutcome("bad", False, PrintProblem.UNPRINTABLE)
    assert ears.outcome("good").ok


def test_an_emulated_printer_lives_in_the_process_and_draws_pictures(
    make_port: MakePort, tmp_path: Path
) -> None:
    port, ears = make_port(EmulatedUrl(str(tmp_path / "receipts")), load_profile("generic-58mm"))
    port.submit(PrintTask("a", receipt(), kick=True))
    assert ears.outcome("a").ok
    port.submit(PrintTask("b", slip("2")))
    assert ears.outcome("b").ok
    assert (tmp_path / "receipts" / "receipt-0001.png").exists()


def test_the_queue_is_bounded_and_a_stopped_port_takes_nothing(make_port: MakePort, link: Path) -> None:
    port, ears = make_port(SerialUrl(str(link)))
    taken = [port.submit(PrintTask(str(n), slip("1"))) for n in range(MOST_WAITING + 1)]
    assert taken == [True] * MOST_WAITING + [False]
    assert port.stop()
    assert not port.submit(PrintTask("late", slip("1")))
    assert outcomes(ears) == []


def test_events_come_on_the_ports_own_thread(plugged: RunningEmulator, closing: ExitStack) -> None:
    names: list[str] = []
    ears = Ears()

    def hear(event: object) -> None:
        names.append(threading.current_thread().name)
        ears(event)

    port = PrinterPort(plugged.url, load_profile("generic-80mm"), hear, timing=QUICK)
    closing.callback(port.stop)
    port.start()
    port.submit(PrintTask("a", slip("1")))
    ears.outcome("a")
    assert set(names) == {f"printer {plugged.url}"}


def test_a_port_that_was_never_started_can_be_stopped() -> None:
    assert PrinterPort(parse_device_url("file:/nowhere"), load_profile("generic-80mm"), Ears()).stop()


def test_a_task_has_something_to_do() -> None:
    with pytest.raises(ValueError, match="without"):
        PrintTask("a", None)


def test_a_document_from_the_print_queue_prints_alike(printer: EmulatedPrinter) -> None:
    from salon_desk.documents.layout import document_from_json

    profile = load_profile("generic-80mm")
    again = document_from_json(document_to_json(receipt()))
    assert escpos.encode(again, profile) == escpos.encode(receipt(), profile)
