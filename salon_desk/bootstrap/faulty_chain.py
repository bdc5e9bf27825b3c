"""The faulty chain put together for the command line: seeds asked for, the rules that came with the program.

What happens in it is in `simulation/faults/`. Several processors share the seeds, each in a process of its own.
"""

from __future__ import annotations

from salon_desk.bootstrap.rules import load_rules
from salon_desk.simulation.faults.campaign import Asked, Campaign, run


def simulate_faults(asked: Asked) -> Campaign:
    """Live through all seeds. About five seconds for one of two thousand steps."""
    return run(asked, load_rules)
