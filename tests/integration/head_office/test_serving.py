"""The commands as the owner's scripts run them: served, ended, killed, and what is refused before anything is made."""

from __future__ import annotations

import json
import os
import signal
import socket
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import requests

from salon_desk.cli.main import main
from salon_desk.wire.messages import CodeAnswer, CodeAsk, JournalAnswer, Me
from tests.integration.cli.commands import command
from tests.integration.head_office.serving import Device, said
from tests.integration.head_office.workers import Running, workers_of
from tests.unit.sync.certificates import self_signed

Serve = Callable[..., "Running"]


@pytest.fixture
def serve() -> Iterator[Serve]:
    """Start serving; whatever still runs at the end is killed."""
    running: list[Running] = []

    def begin(*words: object) -> Running:
        running.append(Running(*words))
        return running[-1]

    yield begin
    for one in running:
        one.kill()


@pytest.fixture
def processes_are_not_measured(monkeypatch: pytest.MonkeyPatch) -> None:
    """For tests of many processes: what they run is measured elsewhere, and measuring costs each of them seconds."""
    monkeypatch.delenv("COVERAGE_PROCESS_CONFIG", raising=False)


@pytest.mark.parametrize("by", [signal.SIGTERM, signal.SIGINT])
def test_it_prints_one_line_and_a_signal_ends_it_well(serve: Serve, tmp_path: Path, by: int) -> None:
    running = serve("--data", tmp_path, "--port", "0")
    assert running.url.startswith("http://127.0.0.1:")
    assert requests.get(f"{running.url}/health", timeout=10).json()["status"] == "ok"
    status, out, log = running.end(by)
    assert (status, out) == (0, "")
    assert all("event" in json.loads(line) for line in log.splitlines())


def test_enroll_works_while_it_serves_and_what_was_taken_survives_a_kill(
    serve: Serve, tmp_path: Path
) -> None:
    running = serve("--data", tmp_path, "--port", "0")
    made = command("head-office", "enroll", "--data", tmp_path, "--store", "S1", "--till", "T 1", "--json")
    assert (made.status, made.out.count("\n")) == (0, 1)
    device = Device(running.url)
    device.enroll(json.loads(made.out)["code"])
    ops = device.recorded(20)
    assert running.end(signal.SIGKILL)[0] == -signal.SIGKILL
    again = serve("--data", tmp_path, "--port", "0")
    device.url = again.url
    assert said(device.push(ops), JournalAnswer).applied_seq == 20
    device.recorded(1)


@pytest.mark.usefixtures("processes_are_not_measured")
def test_the_owner_confirms_by_fingerprint_while_it_serves(serve: Serve, tmp_path: Path) -> None:
    running = serve("--data", tmp_path, "--port", "0")
    made = command("head-office", "enroll", "--data", tmp_path, "--store", "S1", "--till", "1", "--json")
    till, new = Device(running.url), Device(running.url)
    till.enroll(json.loads(made.out)["code"])
    enrolled = new.enroll(said(till.post("/v1/codes", CodeAsk(till_name="2")), CodeAnswer).code)
    listed = json.loads(command("head-office", "devices", "--data", tmp_path, "--json").out)
    assert [one["confirmed"] for one in listed["devices"]] == [True, False]
    assert enrolled.fingerprint in command("head-office", "devices", "--data", tmp_path).out
    unknown = command("head-office", "confirm", "--data", tmp_path, "--fingerprint", "0000-0000-0000-0000")
    assert (unknown.status, unknown.out, unknown.err.count("\n")) == (2, "", 1)
    for _ in range(2):
        done = command(
            "head-office", "confirm", "--data", tmp_path, "--fingerprint", enrolled.fingerprint, "--json"
        )
        assert (done.status, json.loads(done.out)["confirmed"]) == (0, True)
    assert said(new.call("GET", "/v1/me"), Me).confirmed
    new.recorded(1)


@pytest.mark.parametrize(
    "words",
    [
        ("enroll", "--store", "", "--till", "1"),
        ("enroll", "--store", "a b", "--till", "1"),
        ("enroll", "--store", "S" * 21, "--till", "1"),
        ("enroll", "--store", "S1", "--till", " "),
        ("enroll", "--store", "S1", "--till", "t\nt"),
        ("serve", "--host", "0.0.0.0"),
        ("serve", "--workers", "2"),
    ],
    ids=" ".join,
)
def test_what_cannot_be_meant_is_refused_in_one_line(
    words: tuple[str, ...], tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    status = main(["head-office", *words, "--data", str(tmp_path / "data")])
    out, err = capfd.readouterr()
    assert (status, out, err.count("\n")) == (2, "", 1)
    assert not (tmp_path / "data").exists()


def test_an_address_that_is_taken_is_refused_in_one_line(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        status = main(["head-office", "serve", "--data", str(tmp_path), "--port", port])
    out, err = capfd.readouterr()
    assert (status, out, err.count("\n")) == (2, "", 1)


def test_a_folder_that_is_none_is_refused_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    ended = command("head-office", "serve", "--data", tmp_path / "file", "--port", "0")
    assert (ended.status, ended.out, ended.err.count("\n")) == (2, "", 1)


def test_it_serves_tls_with_a_certificate(serve: Serve, tmp_path: Path) -> None:
    certificate = self_signed(tmp_path / "c.pem")
    words = ("--certificate", certificate, "--key", certificate)
    running = serve("--data", tmp_path / "d", "--port", "0", *words)
    assert running.url.startswith("https://127.0.0.1:")
    session = requests.Session()
    session.trust_env = False
    assert session.get(f"{running.url}/health", verify=str(certificate), timeout=10).status_code == 200
    with pytest.raises(requests.exceptions.SSLError):
        session.get(f"{running.url}/health", timeout=10)


def test_the_demo_chain_is_loaded_once(serve: Serve, tmp_path: Path) -> None:
    first = serve("--data", tmp_path, "--port", "0", "--demo")
    position = requests.get(f"{first.url}/health", timeout=10).json()["position"]
    assert position > 50
    assert first.end()[0] == 0
    again = serve("--data", tmp_path, "--port", "0", "--demo")
    assert requests.get(f"{again.url}/health", timeout=10).json()["position"] < position + 20


@pytest.mark.usefixtures("processes_are_not_measured")
def test_workers_share_an_address_and_those_that_are_killed_are_replaced(serve: Serve, postgres: str) -> None:
    running = serve("--database", postgres, "--port", "0", "--workers", "3")
    made = command("head-office", "enroll", "--database", postgres, "--store", "S1", "--till", "1", "--json")
    device = Device(running.url)
    device.enroll(json.loads(made.out)["code"])
    killed = workers_of(running.process)
    for worker in killed:
        os.kill(worker, signal.SIGKILL)
    while len(set(workers_of(running.process)) - set(killed)) < len(killed) == 3:
        assert running.process.poll() is None
    device.session.close()
    device.recorded(5)
    assert running.end()[0] == 0


def test_workers_end_when_their_supervisor_is_killed(serve: Serve, postgres: str) -> None:
    running = serve("--database", postgres, "--port", "0", "--workers", "2")
    workers = workers_of(running.process)
    assert len(workers) == 2
    running.process.kill()
    running.process.communicate(timeout=30)  # the pipes are closed when the last of them has ended
    port = int(running.url.rpartition(":")[2])
    with pytest.raises(OSError, match="refused"), socket.create_connection(("127.0.0.1", port), timeout=5):
        pass
