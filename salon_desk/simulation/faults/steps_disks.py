"""What happens to whole folders: backups put back with and without their anchor, images, copies, tills closed, destroyed, replaced.

What a destroyed disk alone held may be lost, and what an image forgot may be spent again: that is said to the truth here and
nowhere else, at the moment when it happens.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from salon_desk.domain.errors import DomainError
from salon_desk.head_office import enrolment, lost_tills
from salon_desk.operations.envelope import Envelope
from salon_desk.simulation.faults import counter
from salon_desk.simulation.faults.steps import Steps
from salon_desk.simulation.faults.till import Restored, SimulatedTill
from salon_desk.simulation.faults.world import World
from salon_desk.storage.journal import operation_of
from salon_desk.storage.queries import stranded

MOST_TILLS = 6


@dataclass(frozen=True, slots=True)
class DiskSteps:
    """The steps of one world."""

    world: World

    def all(self) -> list[tuple[str, float, Callable[[], str | None]]]:
        """Name, weight, what to do."""
        return [
            ("backup", 0.4, self.backup),
            ("restore", 0.25, self.restore),
            ("go-on-without", 0.5, self.go_on_without),
            ("copy", 0.06, self.copy),
            ("retire", 0.06, self.retire),
            ("dead", 0.08, self.dead),
            ("found", 0.12, self.found),
            ("close-shift", 0.6, self.close_shift),
            ("destroy", 0.06, self.destroy),
            ("new-till", 0.1, self.new_till),
            ("office-backup", 0.15, self.office_backup),
            ("office-restore", 0.03, self.office_restore),
            ("office-go-on", 0.3, self.office_go_on),
        ]

    def backup(self) -> str | None:
        """A till's folder is copied while it is off."""
        till = self._up()
        if till is None or till.drive.until_crash:
            return None
        till.kept_without = self._own_not_at(till)
        till.keep_backup()
        till.kept_at = len(self.world.truth.log)
        Steps(self.world).begin(till)
        return till.name

    def restore(self) -> str | None:
        """And put back."""
        chance = self.world.chance
        found = [one for one in self.world.tills if one.kept_at is not None and one.is_up]
        if not found or self.world.office.data is None:
            return None
        till, how = chance.choice(found), chance.choice(list(Restored))
        till.drive.until_crash = 0
        till.drive.faults.clear()
        orderly = chance.random() < 0.5 or how is Restored.OLD_ANCHOR
        if orderly:
            till.stop()
        else:
            till.drive.keep_image(chance)
            till.crashed()
        self._lost(till, how)
        till.restore(how)
        self.world.rolled_back(till)
        return f"{till.name} {how} {'orderly' if orderly else 'killed'}"

    def go_on_without(self) -> str | None:
        """A person does not wait for own records."""
        till = self._up()
        if till is None or till.running.store.catching_up is None:
            return None
        return f"{till.name} {till.go_on_without()}"

    def copy(self) -> str | None:
        """A till's folder is copied, and the copy is started beside it, on the same machine or on another."""
        till, world = self._up(), self.world
        if till is None or len(world.tills) >= MOST_TILLS:
            return None
        till.stop()  # it may crash: then there is nothing to copy, and no second machine
        twin = world.another_machine(till.place)
        shutil.copytree(till.folder, twin.folder)
        if world.chance.random() < 0.5:
            shutil.copytree(till.notes, twin.notes)
        twin.node = till.node
        Steps(world).begin(till)
        Steps(world).begin(twin)
        return f"{till.name} to {twin.name}"

    def retire(self) -> str | None:
        """Head office says that a till is to be closed, whether it is in reach or dead."""
        world = self.world
        if world.office.data is None or world.office.stopped or len(world.tills) < 3:
            return None
        till = world.chance.choice(world.tills)
        return f"{till.name} {world.office.do(lambda data: enrolment.retire(data, till.node))}"

    def dead(self) -> str | None:
        """The owner does not expect a till back, which may have burnt, or is only out of reach; it does not hear of it yet."""
        world = self.world
        nodes = sorted({one.node for one in world.tills} | world.destroyed)
        if world.office.data is None or world.office.stopped or len(world.tills) < 3:
            return None
        node, why = world.chance.choice(nodes), world.chance.choice(("burnt", "stolen", ""))
        return f"{node} {world.office.do(lambda data: lost_tills.declare_dead(data, node, why))}"

    def found(self) -> str | None:
        """It is there after all, and stays."""
        world, office = self.world, self.world.office
        if office.data is None or office.stopped:
            return None
        with office.data.database.read() as transaction:
            dead = sorted(node for node, _epoch in stranded.declared_dead(transaction))
        nodes = [node for node in dead if node not in world.destroyed]
        if not nodes:
            return None
        node = world.chance.choice(nodes)
        return f"{node} {office.do(lambda data: lost_tills.found_again(data, node))}"

    def close_shift(self) -> str | None:
        """Whoever is to be closed counts the drawer."""
        for till in self.world.tills:
            if till.is_up and not till.is_stopped and till.is_retiring():
                with till.acting():
                    counter.close_shift(till.running, self.world.ground.new_id())
                return till.name
        return None

    def destroy(self) -> str | None:
        """A till burns."""
        world = self.world
        if len(world.tills) < 3 or world.office.data is None:
            return None
        till = self._up()
        if till is None:
            return None
        world.burn(till)
        return till.name

    def new_till(self) -> str | None:
        """A till is set up in its place."""
        world = self.world
        office = world.office
        if len(world.tills) >= len(world.shape.tills) or office.data is None or office.stopped:
            return None
        if office.drive.until_crash or office.drive.faults:
            return None  # a crash here leaves a till that nobody let in, which a person would set up anew
        world.ground.network.calm = True
        before = len(world.tills)
        try:
            return world.add_till(world.chance.choice(world.shape.tills)).name
        except DomainError:
            for till in world.tills[before:]:
                till.gone()
            del world.tills[before:]  # whoever set it up begins again with another one
            raise
        finally:
            world.ground.network.calm = False

    def office_backup(self) -> str | None:
        """Head office is copied while it is down for a moment."""
        office = self.world.office
        if office.data is None or office.stopped or office.drive.until_crash or office.drive.faults:
            return None
        office.keep_backup()
        office.kept_at = len(self.world.truth.log)
        return ""

    def office_restore(self) -> str | None:
        """Yesterday's head office; nobody says so."""
        world, office = self.world, self.world.office
        if office.kept_at is None or office.data is None:
            return None
        since = world.truth.log[office.kept_at :]
        office.drive.until_crash = 0
        office.drive.faults.clear()
        office.stop()
        office.restore()
        world.rolled_back(office)
        office.start()
        world.truth.forgive(one for one in since if one.header.node == office.node)
        world.truth.cannot_be_proven(office.node)
        office.was_restored = True
        gone = self._not_at_office(
            world.truth.log
        )  # of before the backup too: what was on its way to it then
        world.truth.may_be_lost |= {one.header.op_id for one in gone if not self._at_its_till(one)}
        return f"{len(since)} operations back"

    def office_go_on(self) -> str | None:
        """A person goes on from what is there, once somebody proved that it is old."""
        office = self.world.office
        if office.data is None or office.stopped or office.proof() is None:
            return None
        return str(self.world.go_on())

    def _at_its_till(self, one: Envelope) -> bool:
        for till in self.world.tills:
            if till.node == one.header.node and till.till is not None:
                with till.till.read() as transaction:
                    if operation_of(transaction, one.header.op_id) is not None:
                        return True
        return False

    def _lost(self, till: SimulatedTill, how: Restored) -> None:
        truth, log = self.world.truth, self.world.truth.log
        since = [one for one in log[till.kept_at :] if one.header.node == till.node]
        before = [one for one in log[: till.kept_at] if one.header.op_id in till.kept_without]
        if how is not Restored.WITH_ANCHOR:
            truth.cannot_be_proven(till.node)
        match how:
            case Restored.WITH_ANCHOR if not self.world.office.was_restored:
                pass
            case Restored.WITH_ANCHOR | Restored.WITHOUT_ANCHOR | Restored.OLD_ANCHOR:
                # of an anchor what head office had was trimmed: where that was put back too, nobody has it any more
                truth.may_be_lost |= {one.header.op_id for one in self._not_at_office(before + since)}
            case Restored.IMAGE:
                truth.may_be_lost |= {one.header.op_id for one in self._not_at_office(before)}
                truth.forgive(since)

    def _own_not_at(self, till: SimulatedTill) -> set[str]:
        """What a till does not have of its own: its disk was put back before, or a copy of it recorded that."""
        own = [one.header.op_id for one in self.world.truth.log if one.header.node == till.node]
        with till.running.read() as transaction:
            return {op_id for op_id in own if operation_of(transaction, op_id) is None}

    def _not_at_office(self, some: Iterable[Envelope]) -> list[Envelope]:
        data = self.world.office.data
        assert data is not None
        with data.database.read() as transaction:
            return [one for one in some if operation_of(transaction, one.header.op_id) is None]

    def _up(self) -> SimulatedTill | None:
        return Steps(self.world).up()
