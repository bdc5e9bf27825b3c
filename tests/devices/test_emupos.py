"""The same receipts through an emulator written by others: every dot arrives, every code is read, faults are seen.

Needs `emupos` (its own environment): SALON_DESK_EMUPOS names the program, or it is on PATH; skipped where
neither is so.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import textwrap
import threading
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import msgspec
import pytest
import zxingcpp
from PIL import Image, ImageChops

from salon_desk.devices.print_task import PrintOutcome, PrintTask
from salon_desk.devices.printer_status import PrinterState
from salon_desk.devices.profile import Cutter, load_profile
from salon_desk.devices.receipt_raster import Picture, preview, render
from salon_desk.devices.url import SerialUrl, TcpUrl
from tests.devices.conftest import QUICK, MakePort
from tests.devices.receipts import BARCODE, NUMBER, QR, long_receipt, receipt

HIDDEN_COMMANDS = 12
"""Bytes of the picture that a printer would obey as a command in real time, each of which has a dot more."""

_PROGRAM = os.environ.get("SALON_DESK_EMUPOS") or shutil.which("emupos")
pytestmark = pytest.mark.skipif(_PROGRAM is None, reason="emupos is not installed (set SALON_DESK_EMUPOS)")


@dataclass(frozen=True)
class Emupos:
    """A running emupos with one printer of this width."""

    api: str
    port: int
    terminal: Path

    def fault(self, name: str, active: bool) -> None:
        assert _PROGRAM is not None
        action = "set" if active else "clear"
        subprocess.run(
            [_PROGRAM, "--api", self.api, "fault", action, "paper", name],
            check=True,
            capture_output=True,
            timeout=60,
        )

    def latest(self, folder: Path) -> tuple[Image.Image, str]:
        """The newest receipt: picture and text."""
        assert _PROGRAM is not None
        target = folder / "latest.png"
        shown = subprocess.run(
            [_PROGRAM, "--api", self.api, "receipt", "show", "--save", str(target)],
            check=True,
            capture_output=True,
            timeout=60,
            encoding="utf-8",
        )
        with Image.open(target) as picture:
            return picture.convert("L"), shown.stdout


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])


def _profile(width: int) -> str:
    return textwrap.dedent(f"""
        type: printer
        name: paper
        dpi: 203
        width_dots: {width}
        font_a: {{ width: 12, height: 24 }}
        font_b: {{ width: 9, height: 17 }}
        code_pages: {{ 0: PC437 }}
        default_code_page: 0
        drawer_sensor_open_level: high
        serial: {{ baud: 115200, data_bits: 8, parity: none, stop_bits: 1 }}
        """)


@pytest.fixture(params=[576, 384], ids=["80mm", "58mm"])
def width(request: pytest.FixtureRequest) -> int:
    return int(request.param)


@pytest.fixture
def emupos(width: int, tmp_path: Path) -> Iterator[Emupos]:
    assert _PROGRAM is not None
    api, port = _free_port(), _free_port()
    (tmp_path / "printer.yaml").write_text(_profile(width))
    (tmp_path / "emupos.yaml").write_text(
        textwrap.dedent(f"""
            schema: 1
            api: {{ host: 127.0.0.1, port: {api} }}
            devices:
              - id: paper
                type: printer
                profile: ./printer.yaml
                connections:
                  - tcp: {{ port: {port} }}
                  - serial: {{ pty: true }}
                job_idle_timeout_ms: 60000
                receipts_dir: ./receipts
            """)
    )
    with subprocess.Popen(
        [_PROGRAM, "run", "--config", str(tmp_path / "emupos.yaml")],
        cwd=tmp_path,
        env={**os.environ, "TMPDIR": str(tmp_path), "PYTHONUNBUFFERED": "1", "COLUMNS": "300"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
    ) as process:
        assert process.stdout is not None
        said = []
        for line in process.stdout:
            said.append(line)
            if "connection.opened" in line:
                break
        else:
            pytest.fail("".join(said))
        drain = threading.Thread(target=process.stdout.read, daemon=True)
        drain.start()
        yield Emupos(f"http://127.0.0.1:{api}", port, tmp_path / "emupos" / "paper")
        process.terminate()
        process.wait(20)
        drain.join(20)


def _without_native(picture: Image.Image, rows: list[tuple[int, int]]) -> Image.Image:
    """The picture with the rows of native text whitened: each emulator has its own letters."""
    out = picture.copy()
    for top, bottom in rows:
        out.paste(255, (0, top, out.width, bottom))
    return out


@pytest.mark.parametrize("line", ["tcp", "serial"])
def test_a_receipt_arrives_dot_for_dot_and_its_codes_are_read(
    emupos: Emupos, width: int, line: str, make_port: MakePort, tmp_path: Path
) -> None:
    profile = load_profile("generic-58mm" if width == 384 else "generic-80mm")
    url = TcpUrl("127.0.0.1", emupos.port) if line == "tcp" else SerialUrl(str(emupos.terminal), 115200)
    port, ears = make_port(url, msgspec.structs.replace(profile, cutter=Cutter.PARTIAL))
    port.submit(PrintTask("a", long_receipt(), copy=True, kick=True))
    assert ears.outcome("a") == PrintOutcome("a", True, as_copy=True)
    picture, text = emupos.latest(tmp_path)
    assert {code.text for code in zxingcpp.read_barcodes(picture)} == {QR, BARCODE}
    assert "COPY" in text
    assert NUMBER in text
    wanted = preview(render(long_receipt(), width, copy=True), width)
    native = [(0, 48), _native_rows(wanted, width)]
    shown = picture.crop((0, 0, *wanted.size))
    difference = ImageChops.difference(_without_native(shown, native), _without_native(wanted, native))
    other = difference.crop((0, 0, width, picture.height)).histogram()[1:]
    assert sum(other) <= HIDDEN_COMMANDS


def _native_rows(wanted: Image.Image, width: int) -> tuple[int, int]:
    """Where the receipt's number stands: after the copy line and the picture of the head."""
    head = next(part for part in render(long_receipt(), width) if isinstance(part, Picture))
    return 48 + head.dots.height, 48 + head.dots.height + 30


@pytest.mark.parametrize("width", [576], indirect=True)
@pytest.mark.parametrize(
    ("fault", "state"),
    [
        ("paper-out", PrinterState.PAPER_OUT),
        ("cover-open", PrinterState.COVER_OPEN),
        ("offline", PrinterState.OFFLINE),
    ],
)
def test_its_faults_are_seen_and_the_receipt_comes_when_they_are_over(
    emupos: Emupos, fault: str, state: PrinterState, make_port: MakePort, tmp_path: Path
) -> None:
    emupos.fault(fault, True)
    port, ears = make_port(TcpUrl("127.0.0.1", emupos.port), timing=replace(QUICK, poll_s=0.5))
    port.submit(PrintTask("a", receipt()))
    ears.state(state)
    emupos.fault(fault, False)
    assert ears.outcome("a") == PrintOutcome("a", True)
    assert NUMBER in emupos.latest(tmp_path)[1]


@pytest.mark.parametrize("width", [576], indirect=True)
def test_paper_near_its_end_is_seen(emupos: Emupos, make_port: MakePort) -> None:
    emupos.fault("paper-near-end", True)
    _port, ears = make_port(TcpUrl("127.0.0.1", emupos.port))
    assert ears.state(PrinterState.PAPER_LOW)
