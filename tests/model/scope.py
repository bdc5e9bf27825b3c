"""What a scope is: a shop, what may go wrong in it and how often. The scopes themselves are in `scopes*.py`."""

from __future__ import annotations

from dataclasses import dataclass, replace

from tests.model.recording import World
from tests.model.rules import SAFE, Rules
from tests.model.state import ROOT, Anchored, Budget, Chain, Machine, Op, State, Units, value


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
    slips: bool = False
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
            pledges=self.budget.pledges > 0,
            slips=self.slips,
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


ONE: Units = (1, 0, 0, 0)
TWO: Units = (2, 0, 0, 0)
NONE: Units = (0, 0, 0, 0)
