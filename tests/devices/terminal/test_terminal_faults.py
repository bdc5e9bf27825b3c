"""Every fault of a card terminal through the real port: what the till knows, what it learns later, what was charged.

The rows over TCP are run by `test_fault_table`, here over a pseudo-terminal.
"""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path

import pytest

from salon_desk.devices.emulators.terminal_faults import Fault
from salon_desk.domain.charge import Approved, ChargeProblem, Unknown
from tests.devices.terminal.fault_rows import ROWS, Row, played
from tests.devices.terminal.stand import Stand, sale

RESTARTS = (Fault.RESTARTED, Fault.RESTARTED_AFTER_HOST)


def test_every_fault_has_its_row() -> None:
    assert sorted(row.fault for row in ROWS) == sorted(Fault)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.fault.value)
def test_a_fault_on_a_serial_line_ends_as_the_table_says_and_never_charges_twice(
    row: Row, closing: ExitStack, tmp_path: Path
) -> None:
    stand = Stand(closing, tmp_path, "pty")
    found, _ = played(stand, row.fault)
    charge = sale()
    if row.fault in RESTARTS:  # its name is back a moment later, or at once
        assert found.answer in (row.answer, "unknown: out_of_reach")
        assert (found.later, found.charged) == (row.later, row.charged)
    else:
        assert found == row
    again = stand.charge(charge)
    if found.later == "not found, idle":
        assert isinstance(again, Approved)
    else:
        assert again == Unknown(charge.reference, ChargeProblem.DUPLICATE)
    assert stand.times_charged(charge) == 1
