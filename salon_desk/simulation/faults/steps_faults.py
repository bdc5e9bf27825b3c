"""What goes wrong in a step, and how often: lines, power, disks, clocks.

Whole folders that are lost or put back are in `steps_disks.py`.
"""

from __future__ import annotations

from dataclasses import dataclass

from salon_desk.simulation.faults.disk import Fault
from salon_desk.simulation.faults.steps import Act, Steps
from salon_desk.simulation.faults.world import World


@dataclass(frozen=True, slots=True)
class FaultSteps:
    """The steps of one world."""

    world: World

    def all(self) -> list[tuple[str, float, Act]]:
        """Name, weight, what to do."""
        return [
            ("cut", 2, self.cut),
            ("link", 3, self.link),
            ("crash-soon", 1.2, self.crash_soon),
            ("kill", 0.6, self.kill),
            ("office-crash-soon", 0.3, self.office_crash_soon),
            ("disk", 0.8, self.disk),
            ("clock", 0.8, self.clock),
        ]

    def cut(self) -> str | None:
        """A shop's line drops."""
        till = self.world.chance.choice(self.world.tills)
        till.is_cut = True
        return till.name

    def link(self) -> str | None:
        """And is back."""
        till = self.world.chance.choice(self.world.tills)
        till.is_cut = False
        return till.name

    def crash_soon(self) -> str | None:
        """A till will crash at one of its next points."""
        till = self.world.chance.choice(self.world.tills)
        till.drive.until_crash = self.world.chance.randint(1, 14)
        return till.name

    def kill(self) -> str | None:
        """A till's power goes while it is idle."""
        till = Steps(self.world).up()
        if till is None:
            return None
        till.drive.keep_image(self.world.chance)
        till.crashed()
        return till.name

    def office_crash_soon(self) -> str | None:
        """Head office will crash."""
        self.world.office.drive.until_crash = self.world.chance.randint(1, 20)
        return None

    def disk(self) -> str | None:
        """A disk refuses once, or says so although it did."""
        chance = self.world.chance
        machine = chance.choice((self.world.office, *self.world.tills, *self.world.tills))
        fault = chance.choice(list(Fault))
        if machine is not self.world.office or fault not in (Fault.WRITE, Fault.FLUSH):
            machine.drive.faults.append(fault)
        return f"{machine.name} {fault}"

    def clock(self) -> str | None:
        """A clock jumps."""
        chance = self.world.chance
        machine = chance.choice((*self.world.tills, self.world.office))
        machine.clock.set_to(chance.choice((1970, 2026, 2026, 2026, 2031, 2100)))
        return f"{machine.name} {machine.clock.now().year}"
