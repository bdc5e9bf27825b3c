"""A day killed at any instant: what was announced stands, the next day works, every receipt is on paper.

A handful of kills here; a hundred are made by hand and by the acceptance of the issue.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

from salon_desk.storage.verify import verify
from tests.integration.day.played import Books, papers_in, play_in, start_day

KILLED_AFTER_SALES = (0, 1, 4)


def test_a_killed_day_loses_nothing_that_was_announced_and_prints_every_receipt_once_without_copy(
    folder: Path, tmp_path: Path, books: Callable[[Path], Books]
) -> None:
    sink = tmp_path / "paper"
    announced: list[str] = []
    for lines in KILLED_AFTER_SALES:
        announced += _killed(folder, sink, lines)
    last = play_in(folder, 3, seed=9, printer=f"file:{sink}")
    announced += [op_id for op_id, _cents in last.announced]
    found = books(folder)
    recorded = [op_id for (op_id,) in found.all("SELECT op_id FROM journal WHERE kind = 'sale.completed'")]
    assert set(announced) <= set(recorded)
    assert len(set(recorded)) == len(recorded)
    assert verify(folder).problems == ()
    papers = papers_in(sink)
    assert found.receipts() - set(papers.first) - set(papers.copies) == set()
    assert [number for number, times in papers.first.items() if times > 1] == []
    assert last.summary.papers.waiting == 0


def test_a_day_killed_while_the_demo_was_loaded_begins_again(tmp_path: Path) -> None:
    folder = tmp_path / "till"
    process = start_day(folder, 2)
    while not (folder / "till.anchor").exists():
        assert process.poll() is None
    process.kill()
    process.communicate()
    assert play_in(folder, 2).summary.tally.sales == 2


def _killed(folder: Path, sink: Path, lines: int) -> list[str]:
    """Kill a day after so many sales (0: as soon as it writes); what it had announced by then."""
    process = start_day(folder, 30, "--seed", str(lines), "--printer", f"file:{sink}")
    assert process.stdout is not None
    said = [process.stdout.readline() for _ in range(lines)]
    process.kill()
    said += process.communicate()[0].splitlines()
    whole = [json.loads(line) for line in said if line.rstrip().endswith("}")]
    return [line["done"] for line in whole]
