"""`simulate` as people run it: one line of JSON with exactly the contract's keys, and refusals of one line."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from salon_desk.cli import main as frame
from salon_desk.cli.error_text import refusal_line
from salon_desk.cli.errors import TraceRefused
from salon_desk.i18n import Catalogue
from salon_desk.simulation.making import STRESS, make_trace
from salon_desk.simulation.traces import Fault, write_trace

KEYS = [
    "overspend_cents", "offline_legit", "offline_accepted_full", "offline_legit_cents", "offline_accepted_cents",
    "online_legit", "online_accepted_full", "oracle_cents", "accepted_cents", "overdraft_used_cents",
    "overdraft_lost_cents", "stranded_cents", "seconds",
]  # fmt: skip


@pytest.fixture
def files(tmp_path: Path) -> list[str]:
    made = make_trace(1, replace(STRESS, cards=15, stores=3, days=30.0))
    events, outages = tmp_path / "events.csv", tmp_path / "outages.csv"
    write_trace(made, events, outages)
    return ["simulate", "--events", str(events), "--outages", str(outages)]


def test_the_json_has_exactly_the_keys_of_the_contract_and_is_the_same_again(
    files: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    asked = [*files, "--tills-per-store", "2", "--overdraft-cents", "5000", "--bridge", "0.5", "--seed", "4"]
    said = []
    for _time in range(2):
        assert frame.main([*asked, "--json"]) == frame.SUCCESS
        out = capsys.readouterr().out
        assert out.count("\n") == 1
        said.append(json.loads(out))
    assert list(said[0]) == KEYS
    assert [one | {"seconds": 0} for one in said] == [said[0] | {"seconds": 0}] * 2
    assert said[0]["overspend_cents"] == 0
    assert said[0]["oracle_cents"] > 0


def test_people_are_told_the_four_figures_first(files: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert frame.main(files) == frame.SUCCESS
    assert capsys.readouterr().out.startswith("offline acceptance ")


def test_a_file_that_is_no_trace_is_refused_in_one_line(
    files: list[str], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    assert frame.main(["simulate", "--events", files[4], "--outages", files[4]]) == frame.REFUSED
    said = capsys.readouterr()
    assert (said.out, said.err.count("\n")) == ("", 1)
    assert "line 1" in said.err


@pytest.mark.parametrize("fault", list(Fault))
def test_every_fault_of_a_trace_has_a_sentence(fault: Fault) -> None:
    said = refusal_line(TraceRefused("events.csv", 7, fault, "day"), Catalogue("en"))
    assert "events.csv" in said
    assert "{" not in said


@pytest.mark.parametrize(
    "words", [["--bridge", "1.5"], ["--tills-per-store", "0"], ["--overdraft-cents", "-1"], ["--no-such"]]
)
def test_what_cannot_be_meant_is_refused(files: list[str], words: list[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        frame.main([*files, *words])
    assert ended.value.code == frame.REFUSED


def test_both_files_are_needed() -> None:
    with pytest.raises(SystemExit) as ended:
        frame.main(["simulate", "--json"])
    assert ended.value.code == frame.REFUSED
