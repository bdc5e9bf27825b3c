"""The commands `report` and `export` as scripts rely on them: bytes on stdout, one clear line and exit 2 for a refusal."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from beancount import loader

from salon_desk.cli.main import main
from salon_desk.storage.errors import StoreInUse
from salon_desk.storage.reading import Reader
from tests.integration.services.shop import Shop

Run = Callable[..., tuple[int, bytes, str]]


@pytest.fixture
def folder(traded: Shop) -> str:
    """The folder of the traded till, which is open for recording meanwhile."""
    return str(traded.till.store.anchor.path.parent)


@pytest.fixture
def command(capfdbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run a command; its exit status, stdout and stderr."""
    monkeypatch.setenv("LC_ALL", "C.UTF-8")

    def run(*words: str) -> tuple[int, bytes, str]:
        status = main(list(words))
        written = capfdbinary.readouterr()
        return status, written.out, written.err.decode()

    return run


@pytest.mark.parametrize("report", ["x", "z", "daily", "liability", "proof"])
def test_each_report_is_printed_while_the_till_records(command: Run, folder: str, report: str) -> None:
    status, out, err = command("report", report, "--data", folder)
    assert (status, err) == (0, "")
    assert "法拉盛店" in out.decode() or "Lotus" in out.decode()


def test_json_is_one_object_on_one_line(command: Run, folder: str) -> None:
    for words in (("--json",), ("--format", "json")):
        status, out, _err = command("report", "daily", "--date", "2026-11-21", "--data", folder, *words)
        assert status == 0
        assert out.count(b"\n") == 1
        assert json.loads(out)["first_day"] == "2026-11-21"


def test_a_z_is_found_by_number_and_by_day(command: Run, folder: str) -> None:
    for words in (("--number", "1"), ("--date", "2026-11-20")):
        _status, out, _err = command("report", "z", "--data", folder, "--json", *words)
        assert json.loads(out)["z_number"] == 1


def test_files_go_to_stdout_as_bytes_or_to_a_path(command: Run, folder: str, tmp_path: Path) -> None:
    _status, out, _err = command(
        "report", "daily", "--data", folder, "--format", "xlsx", "--language", "zh_CN"
    )
    assert openpyxl.load_workbook(io.BytesIO(out)).worksheets
    target = tmp_path / "z.pdf"
    status, out, _err = command("report", "z", "--data", folder, "--format", "pdf", "--output", str(target))
    assert (status, out) == (0, b"")
    assert target.read_bytes().startswith(b"%PDF")


def test_an_export_is_accepted_by_beancount(command: Run, folder: str) -> None:
    for words in ((), ("--from", "2026-11-21", "--to", "2026-11-21")):
        status, out, err = command("export", "beancount", "--data", folder, *words)
        assert (status, err) == (0, "")
        entries, errors, _options = loader.load_string(out.decode())
        assert entries
        assert errors == []
    _status, out, _err = command("export", "csv", "--data", folder)
    assert out.startswith(b"position,business_day,")


@pytest.mark.parametrize(
    "words",
    [
        ("report", "commission"),
        ("report", "z", "--number", "99"),
        ("report", "z", "--date", "2020-01-01"),
        ("report", "daily", "--date", "yesterday"),
        ("report", "daily", "--date", "2026-11-21", "--to", "2026-11-20"),
        ("export", "beancount", "--from", "2026-02-30"),
        ("export", "csv", "--from", "2026-11-21", "--to", "2026-11-20"),
    ],
)
def test_what_cannot_be_reported_is_one_line_and_exit_2(
    command: Run, folder: str, words: tuple[str, ...]
) -> None:
    status, out, err = command(*words, "--data", folder)
    assert (status, out) == (2, b"")
    assert err.count("\n") == 1


@pytest.mark.parametrize("words", [("report", "x"), ("export", "beancount")])
def test_a_folder_without_a_till_is_one_line_and_exit_2(
    command: Run, tmp_path: Path, words: tuple[str, ...]
) -> None:
    status, out, err = command(*words, "--data", str(tmp_path / "nothing"))
    assert (status, out) == (2, b"")
    assert err.count("\n") == 1


def test_an_x_without_an_open_shift_is_refused(command: Run, untouched: Shop) -> None:
    folder = str(untouched.till.store.anchor.path.parent)
    assert command("report", "x", "--data", folder)[0] == 2
    assert command("report", "daily", "--data", folder)[0] == 0


def test_a_till_that_starts_meanwhile_is_read_once_more_and_nothing_is_printed_twice(
    command: Run, folder: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = command("export", "beancount", "--data", folder)[1]
    close, seen = Reader.close, []

    def disturbed(self: Reader) -> None:
        close(self)
        seen.append(self)
        if len(seen) == 1:
            raise StoreInUse(folder=folder)

    monkeypatch.setattr(Reader, "close", disturbed)
    assert command("export", "beancount", "--data", folder)[1] == whole
    assert len(seen) == 2
