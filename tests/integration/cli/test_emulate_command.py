"""`emulate`: the path first, one line for each thing that happens, an orderly end by either signal."""

from __future__ import annotations

import json
import os
import signal
import sys
from pathlib import Path

import pytest

from salon_desk.devices.pole_display import COLUMNS, GENERIC, encode, reset
from salon_desk.devices.printer_status import PrinterState, read_status
from salon_desk.devices.terminal.drivers import open_terminal
from salon_desk.devices.transport import open_transport
from salon_desk.devices.url import SerialUrl
from salon_desk.documents.pole_picture import PoleLine, PolePicture
from salon_desk.domain.charge import Approved, Charge, ChargeKind
from salon_desk.domain.money import Money
from tests.integration.cli.commands import start
from tests.integration.day.played import play_in

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="pseudo-terminals are POSIX")


def test_a_printer_tells_what_it_printed_until_it_is_told_to_stop(folder: Path, tmp_path: Path) -> None:
    link, pictures = tmp_path / "printer", tmp_path / "pictures"
    process = start("emulate", "printer", "--link", link, "--receipts", pictures)
    assert process.stdout is not None
    assert process.stdout.readline() == f"{link}\n"
    summary = play_in(folder, 3, printer=f"serial:{link}?baud=115200").summary
    process.send_signal(signal.SIGTERM)
    said, wrong = process.communicate()
    events = [json.loads(line) for line in said.splitlines()]
    receipts = [event for event in events if event["event"] == "receipt"]
    assert (process.returncode, wrong) == (0, "")
    assert len(receipts) == summary.papers.printed
    assert all(Path(event["path"]).is_relative_to(pictures) and event["rows"] > 100 for event in receipts)
    assert not link.exists()


def test_a_printer_misbehaves_as_its_stdin_says(tmp_path: Path) -> None:
    link = tmp_path / "printer"
    process = start("emulate", "printer", "--link", link, "--receipts", tmp_path / "pictures")
    assert process.stdout is not None
    assert process.stdin is not None
    assert process.stdout.readline() == f"{link}\n"

    def says(word: str) -> str:
        assert process.stdout is not None
        assert process.stdin is not None
        process.stdin.write(f"{word}\n")
        process.stdin.flush()
        return str(json.loads(process.stdout.readline())["event"])

    line = open_transport(SerialUrl(str(link), 115200))
    assert read_status(line, 10.0).state is PrinterState.READY
    assert says("cover_open") == "cover_open"
    assert read_status(line, 10.0).state is PrinterState.COVER_OPEN
    assert says("behave") == "behave"
    assert says("mid paper_out") == "mid paper_out"
    assert says("shut") == "shut"
    assert says("explode") == "not understood"
    assert read_status(line, 10.0).state is PrinterState.READY
    line.close()
    process.send_signal(signal.SIGTERM)
    _said, wrong = process.communicate()
    assert (process.returncode, wrong) == (0, "")


def test_a_reader_writes_the_codes_of_its_stdin_and_never_repeats_them(tmp_path: Path) -> None:
    link = tmp_path / "reader"
    process = start("emulate", "reader", "--link", link)
    assert process.stdout is not None
    assert process.stdin is not None
    assert process.stdout.readline() == f"{link}\n"
    line = os.open(link, os.O_RDONLY | os.O_NOCTTY)
    process.stdin.write("8600000137\n")
    process.stdin.flush()
    assert os.read(line, 64) == b"8600000137\r"
    os.close(line)
    assert json.loads(process.stdout.readline()) == {"event": "code", "length": 10}
    process.send_signal(signal.SIGINT)
    said, wrong = process.communicate()
    assert (process.returncode, said, wrong) == (0, "", "")


def test_a_display_tells_what_it_shows_and_suffers_what_its_stdin_names(tmp_path: Path) -> None:
    link = tmp_path / "display"
    process = start("emulate", "display", "--link", link)
    assert process.stdout is not None
    assert process.stdin is not None
    assert process.stdout.readline() == f"{link}\n"
    link.write_bytes(reset() + encode(PolePicture(PoleLine(("Total",), "$45.00")), GENERIC))
    shown = {"event": "lines", "upper": "Total         $45.00", "lower": " " * COLUMNS}
    while json.loads(process.stdout.readline()) != shown:
        pass
    for word in ("gone", "no such", "well"):
        process.stdin.write(f"{word}\n")
    process.stdin.flush()
    assert [json.loads(process.stdout.readline()) for _word in range(3)] == [
        {"event": "suffers", "fault": "gone"},
        {"event": "unknown", "known": ["silent", "stuck", "gone", "slow", "well"]},
        {"event": "well"},
    ]
    process.send_signal(signal.SIGTERM)
    said, wrong = process.communicate()
    assert (process.returncode, said, wrong) == (0, "", "")


def test_a_card_terminal_on_tcp_misbehaves_as_its_stdin_says_and_tells_what_it_booked(tmp_path: Path) -> None:
    process = start("emulate", "terminal", "--tcp", "0")
    assert process.stdout is not None
    assert process.stdin is not None
    port = open_terminal(process.stdout.readline().strip(), "pax", lambda _state: None, currency="USD")
    port.start()
    process.stdin.write("tip\nsomersault\n")
    process.stdin.flush()
    assert [json.loads(process.stdout.readline())["event"] for _ in range(2)] == ["tip", "not understood"]
    answer = port.charge(Charge("SALE1", ChargeKind.SALE, Money(4500, "USD"))).result(30)
    assert isinstance(answer, Approved)
    assert answer.tip == Money(500, "USD")
    booked = {"event": "booked", "deed": "01", "reference": "SALE1", "cents": 5000, "tip": 500}
    assert json.loads(process.stdout.readline()) == booked
    assert port.stop()
    process.send_signal(signal.SIGTERM)
    said, wrong = process.communicate()
    assert (process.returncode, said, wrong) == (0, "", "")


def test_a_card_terminal_on_a_pseudo_terminal_has_a_lasting_name_until_the_end(tmp_path: Path) -> None:
    link = tmp_path / "terminal"
    process = start("emulate", "terminal", "--link", link)
    assert process.stdout is not None
    assert process.stdout.readline() == f"{link}\n"
    assert link.is_symlink()
    process.send_signal(signal.SIGINT)
    said, wrong = process.communicate()
    assert (process.returncode, said, wrong) == (0, "", "")
    assert not link.exists()
