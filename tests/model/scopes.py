"""The scopes: a shop each, with what may go wrong in it and how often.

Small enough that all of them together exhaust in about two minutes on one core. `SALON_DESK_MODEL` chooses larger.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from tests.model.recording import World
from tests.model.rules import SAFE, Rules
from tests.model.state import HUB, ROOT, Anchored, Budget, Chain, Machine, Op, State, Units, value


@dataclass(frozen=True, slots=True)
class Scope:
    """Who is there with how much, and how often each thing may happen."""

    name: str
    purses: tuple[tuple[str, Units], ...]
    budget: Budget
    sellers: tuple[str, ...]
    routes: tuple[str, ...] = ()
    hub: str = ROOT
    push: bool = False
    late_acks: bool = False
    overdraft_limit: int = 0
    strict: bool = False
    symmetric: tuple[str, ...] = ()
    must: tuple[str, ...] = ()

    def world(self, rules: Rules = SAFE) -> World:
        """What holds for a whole run of this scope."""
        return World(
            rules=rules,
            sellers=self.sellers,
            routes=frozenset((route[0], route[1]) for route in self.routes),
            push=self.push,
            late_acks=self.late_acks,
            bonus=sum(units[1] for _, units in self.purses),
            overdraft_limit=self.overdraft_limit,
            strict=self.strict,
            symmetric=self.symmetric,
        )

    def start(self) -> State:
        """Everybody is up, everything acknowledged, a backup of each disk just taken."""
        machines = tuple(_machine(node, units) for node, units in self.purses)
        chains = tuple((machine.holder, machine.chain) for machine in machines)
        ready = []
        for machine in machines:
            mine = [each for each in chains if each[0][0] not in (machine.node, ROOT, self.hub)]
            mine += [each for each in chains if machine.node == ROOT and each[0][0] == self.hub != ROOT]
            known = tuple(sorted(mine)) if machine.node in (ROOT, self.hub) else ()
            ready.append(machine._replace(known=known, backup=(machine.own, known)))
        issued = sum(value(units) for _, units in self.purses)
        return State(tuple(ready), frozenset(chains), self.budget, hub=self.hub, issued=issued)

    def under(self, **changes: int) -> Scope:
        """The same shop with another budget."""
        return replace(self, budget=self.budget._replace(**changes))


def _machine(node: str, units: Units) -> Machine:
    chain: Chain = (Op("issue", (node, 0, 1, 1), units),) if value(units) else ()
    return Machine(node, ((1, chain),), (Anchored(1, chain, ()),))


ONE: Units = (1, 0, 0)
TWO: Units = (2, 0, 0)
NONE: Units = (0, 0, 0)
BONUS: Units = (0, 1, 0)

SCOPES = (
    Scope(
        "counter: sales, top-ups, undos, moves, crashes, commit errors",
        purses=((ROOT, NONE), ("A", ONE), ("B", NONE)),
        budget=Budget(crashes=1, errors=1, moves=2, issues=1, undos=1),
        sellers=("A", "B"),
        routes=("AR", "AB", "BA", "RB"),
        must=(
            "issue",
            "undo",
            "receive",
            "voids the last sale",
            "reprints",
            "CRASH after anchor",
            "CRASH after commit",
        ),
    ),
    Scope(
        "three: three tills that are alike, moves every way, crashes",
        purses=((ROOT, TWO), ("A", NONE), ("B", NONE), ("C", NONE)),
        budget=Budget(crashes=1, moves=4),
        sellers=("A", "B", "C"),
        routes=("RA", "RB", "RC", "AB", "BA", "AC", "CA", "BC", "CB", "AR"),
        symmetric=("A", "B", "C"),
        must=(
            "send",
            "receive",
            "CRASH after anchor",
        ),
    ),
    Scope(
        "holds: payments in two steps, approvals that come late, recalls, crashes",
        purses=((ROOT, NONE), ("A", TWO), ("B", NONE)),
        budget=Budget(crashes=1, moves=1, holds=2),
        sellers=("A", "B"),
        routes=("AR", "RB", "AB"),
        must=(
            "hold",
            "post",
            "release",
            "approves",
            "voids the last sale",
            "CRASH after anchor",
            "CRASH after commit",
        ),
    ),
    Scope(
        "bonus: bonus beside paid at three holders, swap, crashes",
        purses=((ROOT, NONE), ("A", ONE), ("B", BONUS), ("C", BONUS)),
        budget=Budget(crashes=1, moves=2),
        sellers=("A", "B", "C"),
        routes=("AB", "BA", "CB", "AC"),
        must=(
            "swap",
            "receive",
            "CRASH after anchor",
            "CRASH after commit",
        ),
    ),
    Scope(
        "overdraft: within its limit, recovered, crashes, a restore",
        purses=((ROOT, NONE), ("A", ONE), ("B", NONE)),
        budget=Budget(crashes=1, errors=1, restores=1, moves=1, issues=1, overdrafts=2),
        sellers=("A", "B"),
        routes=("AB",),
        overdraft_limit=1,
        must=(
            "overdraft",
            "recover",
            "RESTORED, anchor left alone",
            "RESTORED, anchor lost",
            "CRASH after anchor",
            "CRASH after commit",
        ),
    ),
    Scope(
        "restore: an older database with or without its anchor, catching up, new epochs, closing",
        purses=((ROOT, ONE), ("A", ONE), ("B", NONE)),
        budget=Budget(crashes=1, restores=1, moves=1),
        sellers=("A", "B"),
        routes=("RA", "AB"),
        push=True,
        must=(
            "RESTORED, anchor left alone",
            "ANCHOR LOST, database kept",
            "claim",
            "closing",
            "takeback",
            "CRASH after anchor",
            "CRASH after commit",
        ),
    ),
    Scope(
        "late: acknowledgements that come late, restore, crash",
        purses=((ROOT, NONE), ("A", TWO)),
        budget=Budget(crashes=1, restores=1, moves=1),
        sellers=("A",),
        routes=("AR", "RA"),
        push=True,
        late_acks=True,
        must=(
            "hears the acknowledgement of",
            "RESTORED, anchor left alone",
            "closing",
            "CRASH after anchor",
            "CRASH after commit",
        ),
    ),
    Scope(
        "twice: two restores of one till, moves to its dead epochs",
        purses=((ROOT, ONE), ("A", ONE)),
        budget=Budget(restores=2, moves=1),
        sellers=("A",),
        routes=("RA", "AR"),
        push=True,
        must=(
            "RESTORED, anchor left alone",
            "RESTORED, anchor lost",
            "closing",
            "takeback",
        ),
    ),
    Scope(
        "copy: a folder on a second machine",
        purses=((ROOT, NONE), ("A", ONE), ("B", NONE)),
        budget=Budget(crashes=1, copies=1, moves=2),
        sellers=("A", "B"),
        routes=("AR", "RA", "AB"),
        push=True,
        must=(
            "FOLDER COPIED",
            "STARTS, opens epoch",
            "CRASH after anchor",
            "CRASH after commit",
        ),
    ),
    Scope(
        "cover: value out of reach made good, repaid when it is home, crashes",
        purses=((ROOT, NONE), ("A", ONE), ("B", NONE)),
        budget=Budget(crashes=1, covers=1, moves=3),
        sellers=("A", "B"),
        routes=("AR", "RB"),
        push=True,
        must=(
            "cover",
            "repay",
            "CRASH after anchor",
            "CRASH after commit",
        ),
    ),
    Scope(
        "comes back: a till covered as dead, its disk put back or lost, repaid from what comes home",
        purses=((ROOT, NONE), ("A", ONE)),
        budget=Budget(crashes=1, covers=1, restores=1, moves=1),
        sellers=(ROOT, "A"),
        routes=("AR",),
        push=True,
        must=(
            "cover",
            "repay",
            "RESTORED, anchor left alone",
            "RESTORED, anchor lost",
            "closing",
            "CRASH after commit",
        ),
    ),
    Scope(
        "retire: closed by its own chain, moves that come too late, replaced, crashes",
        purses=((ROOT, ONE), ("A", ONE), ("B", NONE)),
        budget=Budget(crashes=1, retires=1, replaces=1, moves=3),
        sellers=("A", "B"),
        routes=("AR", "RA", "RB"),
        must=(
            "is marked as retiring",
            "close",
            "is replaced",
            "takeback",
            "CRASH after anchor",
        ),
    ),
    Scope(
        "dead address: a move to a till that closed itself with value left, its sender restored",
        purses=((ROOT, NONE), ("A", TWO), ("B", NONE)),
        budget=Budget(retires=1, restores=1, moves=1),
        sellers=(),
        routes=("AB",),
        push=True,
        must=(
            "close",
            "closing",
            "takeback",
            "RESTORED, anchor left alone",
            "RESTORED, anchor lost",
        ),
    ),
    Scope(
        "sender: taken back and spent, and then the sender's disk is lost",
        purses=((ROOT, NONE), ("A", ONE), ("B", NONE)),
        budget=Budget(retires=1, backups=1, restores=1, moves=1),
        sellers=("A",),
        routes=("AB",),
        must=("takeback", "RESTORED, anchor lost"),
    ),
    Scope(
        "head office: restored from an old copy, while a till is restored too",
        purses=((ROOT, ONE), ("A", ONE), ("B", NONE)),
        budget=Budget(restores=1, root_losses=1, moves=2),
        sellers=("A", "B"),
        routes=("RA", "RB"),
        push=True,
        must=(
            "RESTORED from an old copy, anchor lost",
            "RESTORED, anchor left alone",
            "closing",
        ),
    ),
    Scope(
        "old copy: head office sells too; what its backup shows is opened as cover, crashes",
        purses=((ROOT, ONE), ("A", NONE)),
        budget=Budget(crashes=1, covers=1, root_losses=1, issues=1, moves=1),
        sellers=(ROOT, "A"),
        routes=("RA",),
        must=(
            "RESTORED from an old copy, anchor lost",
            "cover",
            "repay",
            "CRASH after anchor",
            "CRASH after commit",
        ),
    ),
    Scope(
        "hub: tills under a hub that dies or is replaced, crashes",
        purses=((ROOT, NONE), (HUB, NONE), ("A", TWO), ("B", NONE)),
        budget=Budget(crashes=1, rehubs=1, hub_losses=1, moves=3),
        sellers=("A", "B"),
        routes=("AH", "HB", "HA", "AR", "RB"),
        hub=HUB,
        must=(
            "HUB DESTROYED",
            "another hub:",
            "no hub any more",
            "CRASH after anchor",
            "CRASH after commit",
        ),
    ),
    Scope(
        "hub and restore: a till restored while its hub is replaced",
        purses=((ROOT, NONE), (HUB, NONE), ("A", TWO)),
        budget=Budget(restores=1, rehubs=1, hub_losses=1, moves=0),
        sellers=("A",),
        routes=("AH", "HA", "RA", "AR"),
        hub=HUB,
        push=True,
        must=(
            "HUB DESTROYED",
            "RESTORED, anchor left alone",
            "closing",
        ),
    ),
)
BY_NAME = {scope.name.split(":")[0]: scope for scope in SCOPES}
LARGE = (
    BY_NAME["counter"].under(crashes=2, moves=3),
    BY_NAME["three"].under(crashes=2, moves=5),
    BY_NAME["holds"].under(crashes=2, moves=2),
    BY_NAME["bonus"].under(crashes=2, moves=4),
    BY_NAME["overdraft"].under(restores=2),
    BY_NAME["restore"].under(moves=2, backups=1),
    BY_NAME["late"].under(backups=1, moves=2),
    BY_NAME["twice"].under(moves=2),
    BY_NAME["copy"].under(restores=1),
    BY_NAME["cover"].under(restores=1),
    BY_NAME["retire"].under(restores=1),
    BY_NAME["head office"].under(crashes=1),
    BY_NAME["hub"].under(crashes=2, moves=4),
    BY_NAME["hub and restore"].under(moves=1),
)
