"""Processes killed at random instants around the commit: what was announced is in the journal, whole, once.

25 kills in a common run; SALON_DESK_KILLS asks for more (PITFALLS 33 asks for 200).
"""

from __future__ import annotations

import contextlib
import os
import random
import select
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from salon_desk.storage.verify import verify
from tests.integration.storage.tills import journal_of, open_till

KILLS = int(os.environ.get("SALON_DESK_KILLS", "25"))
ROOT = Path(__file__).resolve().parents[3]

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="recorders are forked")


class Nursery:
    """Brings up recorders and kills them."""

    def __init__(self, process: subprocess.Popen[bytes]) -> None:
        self._process = process
        self._rest = b""

    def kill_one(self) -> list[str]:
        """Bring up a recorder, let it record for a moment, kill it; the ids that it announced."""
        assert self._process.stdin is not None
        self._process.stdin.write(b"go\n")
        self._process.stdin.flush()
        child = int(self._line().split()[1])
        said = [self._line() for _line in range(random.choice([0, 0, 1, 2, 5]))]
        self._wait_at_most(random.choice([0.0, 0.003, 0.03]) * random.random())
        os.kill(child, signal.SIGKILL)
        while (line := self._line()) != "gone":
            said.append(line)
        assert all(line.startswith("done ") for line in said), said
        return [line.split()[1] for line in said]

    def _line(self) -> str:
        while b"\n" not in self._rest:
            assert self._process.stdout is not None
            more = os.read(self._process.stdout.fileno(), 65536)
            assert more, "the nursery is gone"
            self._rest += more
        line, self._rest = self._rest.split(b"\n", 1)
        return line.decode()

    def _wait_at_most(self, seconds: float) -> None:
        """Any instant will do; the longer the later."""
        nothing, _write = os.pipe()
        select.select([nothing], [], [], seconds)
        os.close(nothing)
        os.close(_write)


@pytest.fixture
def nursery(folder: Path) -> Iterator[Nursery]:
    command = [sys.executable, "-m", "tests.integration.storage.nursery", str(folder)]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        yield Nursery(process)
        assert process.stdin is not None
        with contextlib.suppress(BrokenPipeError):
            process.stdin.close()


@pytest.mark.timeout(120 + KILLS)
def test_what_was_announced_is_in_the_journal_once_however_often_the_till_is_killed(
    nursery: Nursery, folder: Path
) -> None:
    announced: list[str] = []
    for number in range(KILLS):
        announced += nursery.kill_one()
        if number % 5 == 4:
            found = verify(folder)
            assert found.problems == ()
            assert missing(folder, announced) == []
    store = open_till(folder)
    store.close()
    assert missing(folder, announced) == []
    assert verify(folder).ok
    assert len(announced) > KILLS // 2


def missing(folder: Path, announced: list[str]) -> list[str]:
    """Announced operations that are not in the journal exactly once."""
    times = Counter(one.header.op_id for one in journal_of(folder))
    return [op_id for op_id in announced if times[op_id] != 1]


@pytest.mark.parametrize("time", range(3))
def test_a_till_killed_during_its_very_first_start_starts_again(
    nursery: Nursery, folder: Path, time: int
) -> None:
    nursery.kill_one()
    store = open_till(folder)
    store.close()
    assert verify(folder).ok
