"""Ports end in time and say why they fail; a printer's answers are believed only where they are answers."""

from __future__ import annotations

import os
import socket
import sys
import threading
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path

import pytest

from salon_desk.devices.emulators.in_process import RunningEmulator, run_printer
from salon_desk.devices.emulators.printer import EmulatedPrinter, Fault
from salon_desk.devices.emulators.pseudo_terminal import PseudoTerminal
from salon_desk.devices.errors import PortProblem, PortTrouble
from salon_desk.devices.printer_status import UNKNOWN, PrinterState, read_status
from salon_desk.devices.transport import Transport, open_transport
from salon_desk.devices.url import DeviceUrl, EmulatedUrl, FileUrl, SerialUrl, TcpUrl, UsbUrl


class Answering:
    """A line that answers each question with the next of these."""

    answers = True
    shared = False

    def __init__(self, *replies: bytes) -> None:
        self.replies = list(replies)
        self.waiting = b""
        self.asked: list[bytes] = []

    def write(self, data: bytes, timeout_s: float) -> int:
        self.asked.append(data)
        self.waiting += self.replies.pop(0) if self.replies else b""
        return len(data)

    def read(self, timeout_s: float) -> bytes:
        data, self.waiting = self.waiting[:1], self.waiting[1:]
        return data

    def close(self) -> None:
        """Nothing to close."""


@pytest.mark.parametrize(
    ("replies", "state"),
    [
        ((b"\x12", b"\x12", b"\x12"), PrinterState.READY),
        ((b"\x16", b"\x12", b"\x12"), PrinterState.READY),
        ((b"\x12", b"\x12", b"\x1e"), PrinterState.PAPER_LOW),
        ((b"\x1a", b"\x32", b"\x7e"), PrinterState.PAPER_OUT),
        ((b"\x12", b"\x12", b"\x72"), PrinterState.PAPER_OUT),
        ((b"\x1a", b"\x16", b"\x12"), PrinterState.COVER_OPEN),
        ((b"\x1a", b"\x36", b"\x7e"), PrinterState.COVER_OPEN),
        ((b"\x1a", b"\x12", b"\x12"), PrinterState.OFFLINE),
        ((b"\x12", b"\x52", b"\x12"), PrinterState.OFFLINE),
        ((b"", b"\x12", b"\x12"), PrinterState.UNKNOWN),
        ((b"\x12", b"", b"\x12"), PrinterState.UNKNOWN),
        ((b"\x12", b"\x12", b""), PrinterState.UNKNOWN),
        ((b"\xff\x00\x91", b"?", b"\x03"), PrinterState.UNKNOWN),
        ((b"\x11\x13\x12", b"\x00\x12", b"\xffU\x12"), PrinterState.READY),
    ],
)
def test_the_printers_three_bytes_are_read_as_the_manual_has_them(
    replies: tuple[bytes, ...], state: PrinterState
) -> None:
    line = Answering(*replies)
    assert read_status(line, 0.05).state is state


def test_a_late_answer_does_not_count_for_the_next_question() -> None:
    line = Answering(b"", b"\x12", b"\x12", b"\x12")
    assert read_status(line, 0.01) == UNKNOWN
    line.waiting = b"\x1a"
    assert read_status(line, 0.05).state is PrinterState.READY


def test_questions_are_asked_one_by_one() -> None:
    line = Answering(b"\x12", b"\x12", b"\x12")
    read_status(line, 0.05)
    assert line.asked == [b"\x10\x04\x01", b"\x10\x04\x02", b"\x10\x04\x04"]


def test_the_drawers_signal_is_told() -> None:
    assert read_status(Answering(b"\x16", b"\x12", b"\x12"), 0.05).drawer_signal is True
    assert read_status(Answering(b"\x12", b"\x12", b"\x12"), 0.05).drawer_signal is False


@pytest.mark.parametrize("tcp", [False, True])
@pytest.mark.parametrize(
    ("fault", "state"),
    [
        (None, PrinterState.READY),
        (Fault.PAPER_OUT, PrinterState.PAPER_OUT),
        (Fault.PAPER_LOW, PrinterState.PAPER_LOW),
        (Fault.COVER_OPEN, PrinterState.COVER_OPEN),
        (Fault.OFFLINE, PrinterState.OFFLINE),
        (Fault.SILENT, PrinterState.UNKNOWN),
    ],
)
def test_the_states_of_an_emulated_printer_are_seen_over_serial_and_network(
    closing: ExitStack, fault: Fault | None, state: PrinterState, tcp: bool
) -> None:
    printer = EmulatedPrinter(None, lambda _event: None)
    if fault:
        printer.set_fault(fault)
    running = run_printer(printer, tcp=tcp)
    closing.callback(running.stop)
    transport = open_transport(running.url)
    closing.callback(transport.close)
    assert read_status(transport, 0.2 if fault is Fault.SILENT else 5.0).state is state


def refused_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])


@pytest.mark.parametrize(
    ("url", "problem"),
    [
        (lambda _: TcpUrl("127.0.0.1", refused_port()), PortProblem.REFUSED),
        (lambda _: TcpUrl("no-such-host.invalid"), PortProblem.NOT_FOUND),
        (lambda tmp: SerialUrl(str(tmp / "none")), PortProblem.NOT_FOUND),
        (lambda tmp: FileUrl(str(tmp / "none" / "out")), PortProblem.NOT_FOUND),
        (lambda _: UsbUrl(0x04B8, 0x0202), PortProblem.NO_DRIVER),
        (lambda _: EmulatedUrl(), PortProblem.NO_DRIVER),
    ],
)
def test_a_port_that_cannot_be_opened_says_why(
    url: Callable[[Path], DeviceUrl], problem: PortProblem, tmp_path: Path
) -> None:
    if isinstance(url(tmp_path), UsbUrl):
        pytest.importorskip("escpos")
        if _usb_is_installed():
            problem = PortProblem.NOT_FOUND
    with pytest.raises(PortTrouble) as trouble:
        open_transport(url(tmp_path), connect_s=5.0)
    assert trouble.value.problem is problem


def _usb_is_installed() -> bool:
    from importlib.util import find_spec

    return find_spec("usb") is not None


def test_a_serial_port_that_another_has_is_busy(plugged: RunningEmulator, closing: ExitStack) -> None:
    closing.callback(open_transport(plugged.url).close)
    with pytest.raises(PortTrouble) as trouble:
        open_transport(plugged.url)
    assert trouble.value.problem is PortProblem.BUSY


def test_a_fifo_that_nobody_reads_does_not_hang(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "fifo")
    with pytest.raises(PortTrouble):
        open_transport(FileUrl(str(tmp_path / "fifo")))


def test_a_file_is_appended_to(tmp_path: Path) -> None:
    place = FileUrl(str(tmp_path / "out"))
    for data in (b"one", b"two"):
        transport = open_transport(place)
        assert transport.write(data, 1.0) == 3
        assert transport.read(1.0) == b""
        transport.close()
    assert Path(place.path).read_bytes() == b"onetwo"


@pytest.mark.skipif(sys.platform == "win32", reason="pseudo-terminals are POSIX")
def test_a_full_line_takes_nothing_and_a_pulled_plug_is_trouble(closing: ExitStack) -> None:
    terminal = PseudoTerminal()
    transport = open_transport(SerialUrl(terminal.path))
    closing.callback(transport.close)
    while transport.write(bytes(4096), 0.01):
        pass
    assert transport.read(0.01) == b""
    terminal.close()
    with pytest.raises(PortTrouble):
        _until_trouble(transport)


def _until_trouble(transport: Transport) -> None:
    for _ in range(100):
        transport.write(b"x", 0.01)
        transport.read(0.01)


def test_a_network_printer_gets_the_end_of_a_job_even_with_answers_unread() -> None:
    got = bytearray()
    with socket.create_server(("127.0.0.1", 0)) as server:

        def serve() -> None:
            connection, _ = server.accept()
            with connection:
                connection.sendall(b"\x12" * 64)
                while data := connection.recv(4096):
                    got.extend(data)

        thread = threading.Thread(target=serve)
        thread.start()
        transport = open_transport(TcpUrl("127.0.0.1", server.getsockname()[1]))
        sent = 0
        while sent < 200_000:
            sent += transport.write(bytes(min(65536, 200_000 - sent)), 5.0)
        transport.close()
        thread.join(10)
    assert len(got) == 200_000


def test_a_network_printer_that_hangs_up_is_gone() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        transport = open_transport(TcpUrl("127.0.0.1", server.getsockname()[1]))
        server.accept()[0].close()
        with pytest.raises(PortTrouble) as trouble:
            transport.read(5.0)
        transport.close()
    assert trouble.value.problem is PortProblem.GONE
