"""The faulty chain of the real code: nothing that may never be, the same again for the same seed, and no blindness.

A campaign is run from the command line (`simulate --faults --seeds N`); here a few seconds of it.
"""

from __future__ import annotations

import json
import os

import pytest

from salon_desk.bootstrap.rules import load_rules
from salon_desk.cli import main as frame
from salon_desk.simulation.faults.campaign import Asked, live, run
from salon_desk.simulation.faults.disk import Disks, Drive

SEEDS = range(1, 1 + int(os.environ.get("SALON_DESK_FAULT_SEEDS", "1")))


@pytest.mark.parametrize("seed", SEEDS)
def test_nothing_that_may_never_be_is_seen_and_all_nodes_agree_in_the_end(seed: int) -> None:
    assert live(seed, 150, load_rules()).violation is None


def test_the_same_seed_gives_the_same_trace_and_another_one_another() -> None:
    first, again, other = (live(seed, 40, load_rules()) for seed in (3, 3, 4))
    assert (first.trace, first.happened) == (again.trace, again.happened)
    assert first.trace != other.trace


def test_the_command_prints_what_was_lived_through(capsys: pytest.CaptureFixture[str]) -> None:
    words = ["simulate", "--faults", "--seed", "5", "--seeds", "2", "--steps", "20"]
    assert frame.main([*words, "--json"]) == frame.SUCCESS
    said = json.loads(capsys.readouterr().out)
    assert (said["ok"], said["seeds"], said["steps"], said["violations"]) == (True, 2, 40, [])
    assert said["trace_hash"]
    assert frame.main(words) == frame.SUCCESS
    assert "0 violations" in capsys.readouterr().out


def test_a_violation_is_told_with_the_steps_that_show_it_again(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    unflushed(monkeypatch)
    found = run(Asked(seed=2, seeds=1, steps=80), load_rules)
    assert not found.ok
    one = found.violations[0]
    assert live(one.seed, one.steps, load_rules()).violation == one
    assert frame.main(["simulate", "--faults", "--seed", str(one.seed), "--steps", str(one.steps)]) == 1
    assert one.rule in capsys.readouterr().out


def unflushed(patched: pytest.MonkeyPatch) -> None:
    """Neither the anchor nor the database's log is flushed: what is not flushed is lost."""
    made = Drive.__init__

    def weak(self: Drive, *arguments: object, **named: object) -> None:
        made(self, *arguments, **named)  # type: ignore[arg-type]
        self.weak = True

    patched.setattr(Drive, "__init__", weak)
    patched.setattr(Disks, "flush", lambda _self, _file, *, metadata: None)


def test_a_disk_that_is_never_flushed_is_found_out(monkeypatch: pytest.MonkeyPatch) -> None:
    unflushed(monkeypatch)
    assert any(live(seed, 120, load_rules()).violation for seed in range(1, 13))
