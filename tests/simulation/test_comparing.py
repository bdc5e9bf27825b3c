"""All ways in one table: pooled over traces with intervals, the order that is expected, goals judged on typical traces alone."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from salon_desk.bootstrap.simulated_chain import lived_through
from salon_desk.cli import main as frame
from salon_desk.simulation import comparing
from salon_desk.simulation.comparing import SETTINGS, WAYS, Comparison, Pooled, Wanted, ratio
from salon_desk.simulation.making import STRESS, make_trace
from salon_desk.simulation.traces import write_trace

TINY = replace(STRESS, cards=25, stores=3, days=40.0, outages_per_day=0.2)


@pytest.fixture
def tiny(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in SETTINGS:
        monkeypatch.setitem(SETTINGS, name, TINY)


def of(found: Comparison, traces: str, through: str) -> dict[str, Pooled]:
    group = next(one for one in found.groups if (one.traces, one.through) == (traces, through))
    return {one.way: one for one in group.ways}


@pytest.mark.usefixtures("tiny")
def test_every_way_is_in_the_table_and_the_real_code_says_the_same_as_the_replica() -> None:
    found = comparing.run(Wanted(seed=3, seeds=1, real=1), lived_through)
    fold, real = of(found, "typical", "fold"), of(found, "typical", "real")
    assert list(fold) == [one.name for one in WAYS]
    assert list(real) == [one.name for one in comparing.OURS]
    for name, one in real.items():
        assert one.offline_acceptance is not None
        assert replace(one, sums={}) == replace(fold[name], sums={})


def test_only_cached_balances_lose_money_and_only_typical_traces_are_judged(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name in SETTINGS:
        monkeypatch.setitem(SETTINGS, name, replace(STRESS, cards=100, days=90.0))
    found = comparing.run(Wanted(seed=5, seeds=1, real=0), lived_through)
    typical, stress = of(found, "typical", "fold"), of(found, "stress", "fold")
    losing = {name for name, one in stress.items() if one.sums["overspend_cents"]}
    assert losing == {"accept-on-cached"}
    judged = {name for name, one in typical.items() if one.met is not None}
    assert judged == {one.name for one in comparing.OURS}
    assert all(one.met is None for one in stress.values())


def test_an_interval_is_as_wide_as_traces_differ() -> None:
    same, apart = ratio([(9, 10)] * 5), ratio([(10, 10), (5, 10), (10, 10), (8, 10)])
    assert same is not None
    assert (same.value, same.low, same.high) == (0.9, 0.9, 0.9)
    assert apart is not None
    assert apart.low is not None
    assert apart.high is not None
    assert 0 < apart.low < apart.value < apart.high <= 1
    assert ratio([(0, 0)]) is None


def test_one_given_trace_is_compared_without_an_interval(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    events, outages = tmp_path / "events.csv", tmp_path / "outages.csv"
    write_trace(make_trace(1, TINY), events, outages)
    asked = ["simulate", "--compare", "--events", str(events), "--outages", str(outages), "--real", "0"]
    assert frame.main([*asked, "--json"]) == frame.SUCCESS
    said = json.loads(capsys.readouterr().out)
    assert [one["traces"] for one in said["groups"]] == ["given"]
    assert said["groups"][0]["ways"][4]["offline_acceptance"]["low"] is None
    assert frame.main(asked) == frame.SUCCESS
    assert "placement, bridge 0.95" in capsys.readouterr().out
