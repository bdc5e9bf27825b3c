"""Three tills on a line that loses, doubles, delays, cuts and answers 503: everybody ends with head office's digest.

Head office is killed and started again midway, and so is a till. `SALON_DESK_NETWORK=20` makes the days twenty times as long.
"""

from __future__ import annotations

from collections import Counter
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.network.chain import SCALE, Chain, Till, chain
from tests.network.proxy import FaultProxy, Line

SALES = 8 * SCALE
FAULTS = 0.25
SYNC_S = 5 * SCALE
"""How long a till tries on the bad line at the end of its day; what is left goes when the line is well again."""


@pytest.mark.usefixtures("processes_are_not_measured")
@pytest.mark.timeout(300 + 60 * SCALE)
def test_three_tills_on_a_bad_line_end_in_step_with_a_head_office_that_was_killed(
    place: tuple[str, ...], tmp_path: Path
) -> None:
    with chain(place, tmp_path) as shops, ExitStack() as lines:
        target = ("127.0.0.1", shops.office.port)
        proxies = [
            lines.enter_context(FaultProxy(target, seed=seed, probability=FAULTS, line=Line.FAULTY))
            for seed in (11, 22, 33)
        ]
        tills = [
            shops.add(store, f"till-{number}", line=line)
            for number, (store, line) in enumerate(zip(("S1", "S2", "S3"), proxies, strict=True), start=1)
        ]
        announced = _bad_days(shops, tills)
        for proxy in proxies:
            proxy.turn(Line.UP)
        shops.settle()
        shops.in_step()
        assert all(proxy.faults_done for proxy in proxies)
        _once_everywhere(announced, tills)


def _bad_days(shops: Chain, tills: list[Till]) -> list[str]:
    """A day at each till; head office dies and comes back, a till dies and goes on. The sales that were announced."""
    first, second, third = (till.day(SALES, seed=7, until_synced=SYNC_S) for till in tills)
    second.wait_for_lines(SALES // 4)
    shops.office.kill()
    third.wait_for_lines(SALES // 2)
    cut_off = third.kill()
    shops.office.start()
    again = tills[2].day(SALES, seed=8, until_synced=SYNC_S)
    ended = [first.ended(), second.ended(), again.ended()]
    for one in ended:
        assert one.status in (0, 1), one.err  # what did not get through in time is no harm
        assert one.summary()["sales"] == SALES
        assert one.summary()["problems"] == []
    return [op_id for one in (*ended, cut_off) for op_id in one.announced()]


def _once_everywhere(announced: list[str], tills: list[Till]) -> None:
    """Every sale that was called done is in every node's journal, once."""
    assert len(set(announced)) == len(announced) >= 3 * SALES
    for till in tills:
        found = Counter(one["op_id"] for one in till.journal())
        assert [op_id for op_id in announced if found[op_id] != 1] == []
        assert max(found.values()) == 1
    codes = [one["body"]["code"] for one in tills[0].journal() if one["kind"] == "card.issued"]
    assert len(set(codes)) == len(codes)  # with one seed no two tills sell the same card
