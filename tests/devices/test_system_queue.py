"""A printer behind the system's queue: whole raw jobs, a queue that is gone is a state, nothing half is ever sent."""

from __future__ import annotations

import sys
import textwrap
from dataclasses import replace
from pathlib import Path
from types import ModuleType, SimpleNamespace

import pytest

from salon_desk.devices.errors import PortProblem, PortTrouble
from salon_desk.devices.print_task import PrintOutcome, PrintProblem, PrintTask
from salon_desk.devices.printer_status import PrinterState
from salon_desk.devices.profile import load_profile
from salon_desk.devices.system_queue import SystemQueue, system_queues
from salon_desk.devices.transport import open_transport
from salon_desk.devices.url import QueueUrl
from tests.devices.conftest import QUICK, MakePort
from tests.devices.receipts import NUMBER, receipt, slip

FRONT = QueueUrl("Front_Desk")
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the stand-in is a shell script")


@pytest.fixture
def cups(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Stand-ins for `lp` and `lpstat` on PATH: jobs go into files, queues are those named in `queues`."""
    folder = tmp_path / "cups"
    (folder / "bin").mkdir(parents=True)
    (folder / "queues").write_text("Front_Desk\nBack-Room\n")
    _program(folder, "lpstat", '[ "$1" = -e ] || exit 2\ncat "$folder/queues"')
    _program(
        folder,
        "lp",
        """
        [ "$1" = -d ] || exit 2
        grep -qx "$2" "$folder/queues" || { echo "lp: unknown destination" >&2; exit 1; }
        echo "$@" >> "$folder/said"
        n=$(ls "$folder" | grep -c '^job') ; cat > "$folder/job$n"
        """,
    )
    monkeypatch.setenv("PATH", f"{folder / 'bin'}:/usr/bin:/bin")
    return folder


def _program(folder: Path, name: str, body: str) -> None:
    program = folder / "bin" / name
    program.write_text(f"#!/bin/sh\nfolder='{folder}'\n{textwrap.dedent(body).strip()}\n")
    program.chmod(0o755)


def test_the_queues_of_this_computer_are_listed(cups: Path) -> None:
    assert system_queues() == ("Back-Room", "Front_Desk")


def test_without_a_print_system_there_are_no_queues_and_a_queue_says_what_is_missing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, make_port: MakePort
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert system_queues() == ()
    _port, ears = make_port(FRONT)
    assert ears.state(PrinterState.OFFLINE).problem is PortProblem.NO_DRIVER


def test_a_receipt_is_one_raw_job_and_the_drawer_one_before_it(cups: Path, make_port: MakePort) -> None:
    port, ears = make_port(FRONT, load_profile("generic-80mm"))
    port.submit(PrintTask("a", receipt(), kick=True))
    assert ears.drawer("a").ok
    assert ears.outcome("a") == PrintOutcome("a", True)
    jobs = [(cups / name).read_bytes() for name in ("job0", "job1")]
    assert jobs[0].startswith(b"\x1bp")
    assert len(jobs[0]) < 10
    assert jobs[1].startswith(b"\x1b@")
    assert NUMBER.encode() in jobs[1]
    assert (cups / "said").read_text().splitlines() == ["-d Front_Desk -t Salon Desk -o raw -s"] * 2


def test_a_queue_that_is_gone_is_a_state_and_the_receipt_comes_without_the_word_copy(
    cups: Path, make_port: MakePort
) -> None:
    (cups / "queues").write_text("")
    port, ears = make_port(FRONT, load_profile("generic-80mm"))
    port.submit(PrintTask("a", slip("1")))
    assert ears.state(PrinterState.OFFLINE).problem is PortProblem.NOT_FOUND
    (cups / "queues").write_text("Front_Desk\n")
    assert ears.outcome("a") == PrintOutcome("a", True)
    assert b"COPY" not in (cups / "job0").read_bytes()


def test_a_drawer_behind_a_queue_that_is_gone_is_not_said_to_be_open(cups: Path, make_port: MakePort) -> None:
    (cups / "queues").write_text("")
    port, ears = make_port(FRONT, load_profile("generic-80mm"), replace(QUICK, kick_s=0.1))
    port.submit(PrintTask("k", None, kick=True))
    assert ears.outcome("k") == PrintOutcome("k", False, PrintProblem.DRAWER_TOO_LATE)


def test_a_queue_that_says_nothing_may_have_taken_the_job_so_that_the_next_is_a_copy(
    cups: Path, make_port: MakePort, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole, calls = SystemQueue.finish, []

    def finish(queue: SystemQueue) -> None:
        whole(queue)
        calls.append(queue)
        if len(calls) == 1:
            raise PortTrouble(PortProblem.STUCK)

    monkeypatch.setattr(SystemQueue, "finish", finish)
    port, ears = make_port(FRONT, load_profile("generic-80mm"))
    port.submit(PrintTask("a", slip("1")))
    assert ears.outcome("a") == PrintOutcome("a", True, as_copy=True)
    assert [b"COPY" in (cups / name).read_bytes() for name in ("job0", "job1")] == [False, True]


def test_what_was_broken_off_is_not_sent(cups: Path) -> None:
    queue = open_transport(FRONT)
    queue.write(b"half a receipt", 1.0)
    queue.close()
    assert isinstance(queue, SystemQueue)
    queue.finish()
    assert not (cups / "said").exists()
    assert queue.read(0) == b""


class Spooler(ModuleType):
    """A stand-in for pywin32's module."""

    PRINTER_ENUM_LOCAL, PRINTER_ENUM_CONNECTIONS = 2, 4

    def __init__(self) -> None:
        super().__init__("win32print")
        self.said: list[object] = []

    def __getattr__(self, name: str) -> object:
        def say(*given: object) -> object:
            self.said.append((name, *given[1:]))
            return "handle"

        return say

    def EnumPrinters(self, flags: int) -> list[tuple[int, str, str, str]]:  # noqa: N802
        assert flags == 6
        return [(0, "", r"\\desk\Receipts", ""), (0, "", "Labels", "")]


def test_on_windows_the_spooler_gets_a_raw_job(monkeypatch: pytest.MonkeyPatch) -> None:
    spooler = Spooler()
    monkeypatch.setitem(sys.modules, "win32print", spooler)
    monkeypatch.setattr("salon_desk.devices.system_queue.sys", SimpleNamespace(platform="win32"))
    assert system_queues() == ("Labels", r"\\desk\Receipts")
    queue = SystemQueue("Labels")
    queue.write(b"bytes", 1.0)
    queue.finish()
    assert spooler.said[1:] == [
        ("StartDocPrinter", 1, ("Salon Desk", None, "RAW")),
        ("WritePrinter", b"bytes"),
        ("EndDocPrinter",),
        ("ClosePrinter",),
    ]


def test_on_windows_without_its_module_or_its_queue_it_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("salon_desk.devices.system_queue.sys", SimpleNamespace(platform="win32"))
    monkeypatch.setitem(sys.modules, "win32print", None)
    assert system_queues() == ()
    with pytest.raises(PortTrouble) as missing:
        SystemQueue("Labels")
    assert missing.value.problem is PortProblem.NO_DRIVER
    spooler = Spooler()
    spooler.OpenPrinter = lambda _name: 1 / 0  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "win32print", spooler)
    queue = SystemQueue("Labels")
    queue.write(b"bytes", 1.0)
    with pytest.raises(PortTrouble) as gone:
        queue.finish()
    assert gone.value.problem is PortProblem.NOT_FOUND
