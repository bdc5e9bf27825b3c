"""The anchor file: what a crash can leave of it is cut off, what a crash cannot leave is refused."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from salon_desk.storage import anchor as anchors
from salon_desk.storage.anchor import (
    START,
    Anchor,
    AnchorDamaged,
    AnchorUnsettled,
    entries_from,
    is_blank,
    is_damaged,
)
from tests.integration.storage.tills import Countdown

FULL = OSError(errno.ENOSPC, "No space left on device")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "till.anchor"


def made(path: Path, *payloads: bytes) -> None:
    anchor = Anchor(path, create=True)
    anchor.scan()
    for payload in payloads:
        anchor.append(payload)
    anchor.close()


def found(path: Path) -> list[bytes]:
    with open(path, "rb") as file:
        return [payload for _offset, payload in entries_from(file)]


def write_at(path: Path, offset: int, data: bytes) -> None:
    with open(path, "r+b") as file:
        file.seek(offset)
        file.write(data)


def test_entries_come_back_in_their_order(path: Path) -> None:
    made(path, b"one", b"two" * 1000, b"three")
    anchor = Anchor(path)
    assert [anchor.entry(offset) for offset in anchor.scan()] == [b"one", b"two" * 1000, b"three"]
    anchor.close()


def test_a_flush_writes_into_space_that_was_laid_out_before(path: Path) -> None:
    made(path)
    size = path.stat().st_size
    made_again = Anchor(path)
    made_again.scan()
    made_again.append(b"x" * 1000)
    made_again.close()
    assert path.stat().st_size == size


def test_an_entry_larger_than_the_space_left_is_kept_whole(path: Path) -> None:
    large = os.urandom(3 * anchors.CHUNK + 17)
    made(path, b"small", large, b"after")
    assert found(path) == [b"small", large, b"after"]


@pytest.mark.parametrize("kept", range(8 + len(b"the torn one")))
def test_an_end_torn_at_any_byte_is_cut_and_the_next_append_follows_the_last_whole_entry(
    path: Path, kept: int
) -> None:
    made(path, b"whole", b"the torn one")
    torn = START + 8 + len(b"whole")
    write_at(path, torn + kept, bytes(8 + len(b"the torn one") - kept))
    anchor = Anchor(path)
    assert len(anchor.scan()) == 1
    anchor.cut_torn_end()
    assert not any(path.read_bytes()[torn:])
    anchor.append(b"next")
    anchor.close()
    assert found(path) == [b"whole", b"next"]


def test_sectors_that_reached_the_disk_out_of_order_are_a_torn_end(path: Path) -> None:
    made(path, b"whole", bytes(range(1, 256)) * 40)
    torn = START + 8 + len(b"whole")
    write_at(path, torn, bytes(4096))
    anchor = Anchor(path)
    assert len(anchor.scan()) == 1
    anchor.cut_torn_end()
    anchor.close()
    assert not any(path.read_bytes()[torn:])


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(0, 2), st.data())
def test_damage_before_the_last_entry_is_an_error_and_never_an_end(
    path: Path, hit: int, data: st.DataObject
) -> None:
    payloads = [os.urandom(20), os.urandom(300), os.urandom(20), os.urandom(50)]
    path.unlink(missing_ok=True)
    made(path, *payloads)
    start = START + sum(8 + len(payload) for payload in payloads[:hit])
    place = start + data.draw(st.integers(0, 8 + len(payloads[hit]) - 1))
    before = path.read_bytes()[place]
    write_at(path, place, bytes([before ^ data.draw(st.integers(1, 255))]))
    anchor = Anchor(path)
    with pytest.raises(AnchorDamaged):
        anchor.scan()
    anchor.close()


def test_a_file_of_another_kind_is_no_anchor(path: Path) -> None:
    path.write_bytes(b"SQLite format 3\0" + bytes(5000))
    anchor = Anchor(path)
    with pytest.raises(AnchorDamaged):
        anchor.scan()
    anchor.close()


def test_what_was_withdrawn_is_gone_and_a_shorter_entry_takes_its_place(path: Path) -> None:
    made(path, b"first")
    anchor = Anchor(path)
    anchor.scan()
    anchor.append(b"a long entry that will not stand")
    anchor.withdraw()
    anchor.append(b"short")
    anchor.close()
    assert found(path) == [b"first", b"short"]
    assert b"not stand" not in path.read_bytes()


def test_an_entry_that_is_not_there_is_not_read(path: Path) -> None:
    made(path, b"first")
    anchor = Anchor(path)
    with pytest.raises(AnchorDamaged):
        anchor.entry(START + 3)
    anchor.close()


def test_blank_is_an_anchor_that_was_begun_and_never_written(path: Path) -> None:
    made(path)
    assert is_blank(path)
    path.write_bytes(b"")
    assert is_blank(path)
    path.unlink()
    made(path, b"first")
    assert not is_blank(path)


@pytest.mark.parametrize("call", range(3))
@pytest.mark.parametrize("step", ["write", "flush"])
def test_a_refused_append_leaves_nothing_that_a_restart_could_find(
    path: Path, monkeypatch: pytest.MonkeyPatch, step: str, call: int
) -> None:
    made(path, b"first")
    anchor = Anchor(path)
    anchor.scan()
    if step == "write":
        monkeypatch.setattr(anchors, "_write", Countdown(anchors._write, FULL, call))
    else:
        monkeypatch.setattr(anchors, "_flush", Countdown(os.fsync, FULL, call))
    taken = [b"first"]
    for number in range(4):
        try:
            anchor.append(b"entry %d" % number)
            taken.append(b"entry %d" % number)
        except OSError:
            assert found(path) == taken
    monkeypatch.undo()
    anchor.close()
    assert len(taken) == 4
    assert found(path) == taken


def test_a_half_written_frame_is_cleared(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made(path, b"first")
    anchor = Anchor(path)
    anchor.scan()
    short, real = iter([True]), os.write

    def write_half(file: int, data: bytes) -> int:
        if next(short, False):
            return real(file, data[: len(data) // 2])
        if not getattr(write_half, "refused", False):
            write_half.refused = True  # type: ignore[attr-defined]
            raise FULL
        return real(file, data)

    monkeypatch.setattr(os, "write", write_half)
    with pytest.raises(OSError, match="No space"):
        anchor.append(b"x" * 100)
    monkeypatch.undo()
    anchor.close()
    assert not any(path.read_bytes()[START + 8 + len(b"first") :])


def test_an_append_that_can_be_neither_made_nor_cleared_is_said_to_be_unsettled(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made(path, b"first")
    anchor = Anchor(path)
    anchor.scan()
    monkeypatch.setattr(anchors, "_write", Countdown(anchors._write, FULL, 0, for_ever=True))
    with pytest.raises(AnchorUnsettled):
        anchor.append(b"second")
    monkeypatch.undo()
    anchor.close()


def test_a_disk_too_full_to_lay_out_more_space_keeps_the_size(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made(path, b"first")
    size = path.stat().st_size
    anchor = Anchor(path)
    anchor.scan()
    monkeypatch.setattr(anchors, "_write", Countdown(anchors._write, FULL, 0))
    with pytest.raises(OSError, match="No space"):
        anchor.append(bytes(anchors.CHUNK))
    anchor.append(b"second")
    anchor.close()
    assert path.stat().st_size == size
    assert found(path) == [b"first", b"second"]


def test_an_entry_that_was_just_being_written_is_looked_at_again(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made(path, b"first", b"second")
    looks = iter([True, False])
    monkeypatch.setattr(anchors, "entry_follows", lambda _file, _broken: next(looks))
    assert not is_damaged(path)
    monkeypatch.setattr(anchors, "entry_follows", lambda _file, _broken: True)
    assert is_damaged(path)


def test_closing_twice_is_harmless(path: Path) -> None:
    made(path)
    anchor = Anchor(path)
    anchor.close()
    anchor.close()
