"""Traces: what is written is read again, the same seed makes the same, and what cannot be meant is refused by its line."""

from __future__ import annotations

from pathlib import Path

import pytest

from salon_desk.simulation.making import STRESS, Setting, make_trace
from salon_desk.simulation.traces import (
    EVENT_FIELDS,
    OUTAGE_FIELDS,
    BadTrace,
    Fault,
    Kind,
    Trace,
    read_trace,
    write_trace,
)

SMALL = Setting(cards=40, stores=3, days=60.0)
GOOD = "0.5,home,7,0,,\n0.5,fund,7,0,5000,\n1,book,7,1,,3.25\n3.25,visit,7,1,4000,\n"


def read(tmp_path: Path, events: str, outages: str = "", heads: bool = True) -> Trace:
    first, second = (",".join(fields) + "\n" if heads else "" for fields in (EVENT_FIELDS, OUTAGE_FIELDS))
    (tmp_path / "events.csv").write_text(first + events, "utf-8")
    (tmp_path / "outages.csv").write_text(second + outages, "utf-8")
    return read_trace(tmp_path / "events.csv", tmp_path / "outages.csv")


@pytest.mark.parametrize("setting", [SMALL, STRESS])
def test_what_was_written_is_read_again(tmp_path: Path, setting: Setting) -> None:
    trace = make_trace(3, setting)
    write_trace(trace, tmp_path / "e.csv", tmp_path / "o.csv")
    assert read_trace(tmp_path / "e.csv", tmp_path / "o.csv") == trace


def test_the_same_seed_makes_the_same_trace_and_another_makes_another() -> None:
    assert make_trace(1, SMALL) == make_trace(1, SMALL) != make_trace(2, SMALL)


def test_a_made_trace_is_in_order_and_bookings_are_kept_on_their_day() -> None:
    events = make_trace(5, SMALL).events
    assert [one.day for one in events] == sorted(one.day for one in events)
    visits = {(one.card, one.store, one.day) for one in events if one.kind is Kind.VISIT}
    booked = {(one.card, one.store, one.for_day) for one in events if one.kind is Kind.BOOK}
    assert booked
    assert booked <= visits


def test_a_good_trace_is_read(tmp_path: Path) -> None:
    trace = read(tmp_path, GOOD, "0,1,2\n1,1,1.5\n")
    assert trace.stores == ("0", "1")
    assert [one.kind for one in trace.events] == [Kind.HOME, Kind.FUND, Kind.BOOK, Kind.VISIT]
    assert trace.last_day == 3.25
    assert [one.store for one in trace.outages] == ["0", "1"]


@pytest.mark.parametrize(
    ("line", "fault", "what"),
    [
        ("x,visit,1,1,100,", Fault.VALUE, "day"),
        ("-1,visit,1,1,100,", Fault.VALUE, "day"),
        ("inf,visit,1,1,100,", Fault.VALUE, "day"),
        ("4,walk,1,1,100,", Fault.VALUE, "kind"),
        ("4,visit,,1,100,", Fault.VALUE, "card"),
        ("4,visit,1,a/b,100,", Fault.VALUE, "store"),
        ("4,visit,1,1,,", Fault.VALUE, "cents"),
        ("4,visit,1,1,1.5,", Fault.VALUE, "cents"),
        ("4,fund,1,1,0,", Fault.VALUE, "cents"),
        ("4,fund,1,1,-5,", Fault.VALUE, "cents"),
        ("4,book,1,1,,", Fault.VALUE, "for_day"),
        ("4,book,1,1,,3", Fault.VALUE, "for_day"),
        ("4,visit,1,1,100", Fault.COLUMNS, ",".join(EVENT_FIELDS)),
        ("1,visit,1,1,100,", Fault.ORDER, "day"),
    ],
)
def test_a_wrong_line_is_named(tmp_path: Path, line: str, fault: Fault, what: str) -> None:
    with pytest.raises(BadTrace) as refused:
        read(tmp_path, GOOD + line + "\n")
    assert (refused.value.line, refused.value.fault, refused.value.what) == (6, fault, what)


@pytest.mark.parametrize(
    ("lines", "line", "fault", "what"),
    [
        ("0,2,1\n", 2, Fault.VALUE, "to_day"),
        ("0,1,3\n0,2,4\n", 3, Fault.OVERLAP, "0"),
        ("0,1\n", 2, Fault.COLUMNS, ",".join(OUTAGE_FIELDS)),
    ],
)
def test_a_wrong_outage_is_named(tmp_path: Path, lines: str, line: int, fault: Fault, what: str) -> None:
    with pytest.raises(BadTrace) as refused:
        read(tmp_path, GOOD, lines)
    assert (refused.value.line, refused.value.fault, refused.value.what) == (line, fault, what)


def test_a_file_that_is_none_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadTrace) as refused:
        read(tmp_path, "", "")
    assert refused.value.fault is Fault.EMPTY
    with pytest.raises(BadTrace) as refused:
        read(tmp_path, GOOD, heads=False)
    assert (refused.value.line, refused.value.fault) == (1, Fault.COLUMNS)
    with pytest.raises(BadTrace) as refused:
        read_trace(tmp_path / "nowhere.csv", tmp_path / "outages.csv")
    assert (refused.value.line, refused.value.fault) == (0, Fault.UNREADABLE)
    (tmp_path / "events.csv").write_bytes(b"\xff\xfe\x00day")
    with pytest.raises(BadTrace) as refused:
        read_trace(tmp_path / "events.csv", tmp_path / "outages.csv")
    assert refused.value.fault is Fault.UNREADABLE
