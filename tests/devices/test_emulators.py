"""The emulators themselves: commands however they are cut, faults, pictures, lasting names."""

from __future__ import annotations

import threading
from contextlib import ExitStack
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from salon_desk.devices.emulators.command_stream import Command, CommandStream
from salon_desk.devices.emulators.in_process import run_printer, start_emulated_printer
from salon_desk.devices.emulators.printer import EmulatedPrinter, Fault, KickEvent, ReceiptEvent
from salon_desk.devices.emulators.pseudo_terminal import PseudoTerminal
from salon_desk.devices.emulators.serving import serve_on_terminal
from salon_desk.devices.escpos import encode, kick
from salon_desk.devices.profile import load_profile
from salon_desk.devices.transport import open_transport
from salon_desk.devices.url import SerialUrl
from tests.devices.receipts import Ears, slip

_PROFILE = load_profile("generic-80mm")


def merged(commands: list[Command]) -> list[tuple[bytes, bytes, bytes]]:
    """Runs of text joined: they may come in any number of pieces."""
    out: list[tuple[bytes, bytes, bytes]] = []
    for command in commands:
        if command.name == b"" and out and out[-1][0] == b"":
            out[-1] = (b"", b"", out[-1][2] + command.data)
        else:
            out.append((command.name, command.parameters, command.data))
    return out


@given(st.lists(st.integers(1, 400), max_size=30))
def test_commands_are_the_same_however_the_bytes_are_cut(cuts: list[int]) -> None:
    data = b"".join(encode(slip("cut me"), _PROFILE)) + kick(_PROFILE)
    stream, commands, at = CommandStream(), [], 0
    for cut in cuts:
        commands += stream.feed(data[at : at + cut])
        at += cut
    commands += stream.feed(data[at:])
    assert merged(commands) == merged(CommandStream().feed(data))


@given(st.binary(max_size=300))
def test_noise_never_breaks_the_printer(noise: bytes) -> None:
    printer = EmulatedPrinter(None, lambda _event: None)
    printer.receive(noise)
    printer.power_cycle()
    printer.receive(b"".join(encode(slip("after"), _PROFILE)))
    assert printer.receipts[-1].text.endswith("after")


def test_a_receipt_is_kept_as_picture_and_text_and_numbers_go_on(tmp_path: Path) -> None:
    events: list[object] = []
    for number in ("1", "2"):
        printer = EmulatedPrinter(tmp_path, events.append)
        printer.receive(b"".join(encode(slip(number), _PROFILE)))
    assert [(e.number, e.text) for e in events if isinstance(e, ReceiptEvent)] == [(1, "1"), (2, "2")]
    with Image.open(tmp_path / "receipt-0002.png") as picture:
        assert picture.width == 576
    assert (tmp_path / "receipt-0002.txt").read_text() == "2\n"


def test_a_blocked_printer_holds_paper_and_drawer_but_a_real_time_pulse_opens() -> None:
    events: list[object] = []
    printer = EmulatedPrinter(None, events.append)
    printer.set_fault(Fault.COVER_OPEN)
    printer.receive(kick(_PROFILE))
    assert events == []
    printer.receive(b"\x10\x14\x01\x01\x02")
    assert events == [KickEvent(5)]
    printer.set_fault(Fault.COVER_OPEN, active=False)
    assert events == [KickEvent(5), KickEvent(2)]


def test_native_text_has_its_styles() -> None:
    printer = EmulatedPrinter(None, lambda _event: None)
    printer.receive(
        b"\x1ba\x01\x1dB\x01\x1d!\x11\x1bE\x01COPY\n\x1b!\x00\x1dB\x00\x1ba\x00" + b"x" * 50 + b"\n\x1bi"
    )
    receipt = printer.receipts[0]
    assert receipt.text == "COPY\n" + "x" * 48 + "\nxx"
    assert receipt.image.getpixel((288 - 47, 1)) == 0
    assert receipt.image.getpixel((1, 1)) == 255


def test_a_begun_command_is_forgotten_when_the_line_is_cut() -> None:
    printer = EmulatedPrinter(None, lambda _event: None)
    printer.receive(b"\x1dv0\x00\x48\x00\xff\x00" + b"\xff" * 100)
    printer.line_cut()
    printer.receive(b"hello\n\x1dV\x00")
    assert printer.receipts[0].text == "hello"


def test_the_printer_of_the_command_line_has_a_lasting_name_and_leaves_none_behind(
    tmp_path: Path, closing: ExitStack, link: Path
) -> None:
    events = Ears()
    stop, ready = threading.Event(), threading.Event()
    thread = threading.Thread(
        target=serve_on_terminal,
        args=(EmulatedPrinter(tmp_path / "paper", events), link, stop),
        kwargs={"on_ready": lambda _path: ready.set()},
    )
    thread.start()
    closing.callback(thread.join)
    closing.callback(stop.set)
    assert ready.wait(10)
    transport = open_transport(SerialUrl(str(link), 115200))
    transport.write(kick(_PROFILE) + b"".join(encode(slip("7"), _PROFILE)), 5.0)
    assert events.wait(lambda event: isinstance(event, KickEvent)) == KickEvent(2)
    receipt = events.wait(lambda event: isinstance(event, ReceiptEvent))
    assert isinstance(receipt, ReceiptEvent)
    assert (receipt.text, Path(receipt.path).name) == ("7", "receipt-0001.png")
    transport.close()
    stop.set()
    thread.join(10)
    assert not link.is_symlink()


def test_a_newer_device_takes_the_name_and_the_older_leaves_it(link: Path) -> None:
    older, newer = PseudoTerminal(link), PseudoTerminal(link)
    older.close()
    assert str(link.readlink()) == newer.path
    newer.close()
    assert not link.is_symlink()


def test_an_emulator_that_cannot_start_says_so(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="none"):
        run_printer(EmulatedPrinter(None, lambda _event: None), link=tmp_path / "none" / "device")


@pytest.mark.parametrize("tcp", [False, True])
def test_an_emulator_of_the_process_starts_and_ends(tcp: bool) -> None:
    running = start_emulated_printer(width_dots=384, tcp=tcp)
    transport = open_transport(running.url)
    transport.close()
    running.stop()
    assert running.printer.width_dots == 384
