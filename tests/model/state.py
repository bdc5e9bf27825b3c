"""What the model's world is made of: operations, chains, machines with their disks, and what the customers saw.

Everything is an immutable tuple, so that a state hashes and compares by content; a chain of operations is its
own hash. The one rule: what a node may know stands in its `Machine`; `issued`, `served`, `cover`, `overdraft`,
`approved`, `declined` and `graves` are the world's truth, which no step may use to decide.
"""

from __future__ import annotations

from functools import cache
from typing import NamedTuple, TypeAlias

Holder: TypeAlias = tuple[str, int]  # node, epoch
OpId: TypeAlias = tuple[str, int, int, int]  # node, history of its disk, epoch, seq
Units: TypeAlias = tuple[int, int, int, int]
"""Paid, bonus, the right to swap one bonus for one paid, and value that waits until its payment is captured."""

NOTHING: Units = (0, 0, 0, 0)
PAID: Units = (1, 0, 0, 0)
BONUS: Units = (0, 1, 0, 0)
RIGHT: Units = (0, 0, 1, 0)
PLEDGED: Units = (0, 0, 0, 2)
ROOT = "R"
HUB = "H"
SALES = frozenset({"issue", "redeem", "post", "overdraft", "recover", "undo", "pledge", "settle"})
ANNOUNCED = SALES | {"cover", "repay"}  # a person waits for the answer
MOVES = frozenset({"send", "closing"})


class End(NamedTuple):
    """Where an epoch is said to have ended, and whether its machine's own anchor says so."""

    holder: Holder
    chain: tuple[Op, ...]
    proven: bool


class Op(NamedTuple):
    """One entry of a journal; `of` is the operation or move it answers."""

    kind: str
    id: OpId
    units: Units = NOTHING
    to: Holder | None = None
    of: OpId | None = None
    end: End | None = None


Chain: TypeAlias = tuple[Op, ...]
Chains: TypeAlias = tuple[tuple[Holder, Chain], ...]


class Anchored(NamedTuple):
    """The anchor's part for one epoch: what was acknowledged (None: trimmed to empty) and the tail after it."""

    epoch: int
    base: Chain | None
    tail: Chain


class Machine(NamedTuple):
    """One computer: its database (own chains and those it received), its anchor, and how it stands."""

    node: str
    own: tuple[tuple[int, Chain], ...]
    anchor: tuple[Anchored, ...] | None
    known: Chains = ()
    backup: tuple[tuple[tuple[int, Chain], ...], Chains] = ((), ())
    status: str = "up"  # up, down, closed, gone
    asked: Op | None = None  # begun in front of a customer and not answered
    restored: bool = False
    foreign: bool = False  # a folder that was copied here: the device's key does not fit
    noted: tuple[int, int] | None = (
        None  # epoch and length that the machine's own note has, where an older folder was put back
    )
    retiring: bool = False
    lineage: int = 0
    weak: int = 0  # operations at the end of the database that a power cut takes away
    loose: int = 0  # the same for the anchor

    @property
    def epoch(self) -> int:
        return self.own[-1][0]

    @property
    def chain(self) -> Chain:
        return self.own[-1][1]

    @property
    def holder(self) -> Holder:
        return (self.node, self.own[-1][0])


class Budget(NamedTuple):
    """How often each thing may still happen: this is what makes the scope small."""

    crashes: int = 0
    errors: int = 0
    restores: int = 0
    backups: int = 0
    images: int = 0
    old_folders: int = 0
    copies: int = 0
    root_losses: int = 0
    moves: int = 0
    issues: int = 0
    holds: int = 0
    pledges: int = 0
    overdrafts: int = 0
    undos: int = 0
    covers: int = 0
    retires: int = 0
    replaces: int = 0
    rehubs: int = 0
    hub_losses: int = 0


class Grave(NamedTuple):
    """A disk that was destroyed, with all that it held: the only value that may be out of reach for ever."""

    holder: Holder
    chain: Chain
    unanswered: int
    parent: bool  # others may have trimmed their anchors by its acknowledgement


class State(NamedTuple):
    """The whole world. `wire`: every chain that ever left, deliverable at any time, any number of times."""

    machines: tuple[Machine, ...]
    wire: frozenset[tuple[Holder, Chain]]
    budget: Budget
    hub: str = ROOT
    acks: frozenset[tuple[Holder, Chain]] = frozenset()
    issued: int = 0
    served: int = 0
    cover: int = 0
    overdraft: int = 0
    approved: frozenset[OpId] = frozenset()  # payments that somebody outside said yes to
    declined: frozenset[OpId] = frozenset()
    graves: frozenset[Grave] = frozenset()


class Purse(NamedTuple):
    """What a chain's holder has: free units, units held for a payment, and overdraft not yet recovered."""

    free: Units
    held: tuple[tuple[OpId, Units], ...]
    overdrawn: int


def add(a: Units, b: Units) -> Units:
    return (a[0] + b[0], a[1] + b[1], a[2] + b[2], a[3] + b[3])


def less(a: Units, b: Units) -> Units:
    return (a[0] - b[0], a[1] - b[1], a[2] - b[2], a[3] - b[3])


def value(units: Units) -> int:
    """What a customer can pay with: a right to swap is no money, nor is what nobody has paid for yet."""
    return units[0] + units[1]


_CREDITS = frozenset(
    {"issue", "receive", "takeback", "cover", "reclaim", "swap", "undo", "open", "pledge", "captured"}
)
_DEBITS = frozenset({"redeem", "send", "repay", "failed"})


@cache
def purse(chain: Chain) -> Purse:
    """Fold a chain into its holder's purse; this is the only place where an operation gets its meaning."""
    free, overdrawn = NOTHING, 0
    held: dict[OpId, Units] = {}
    for op in chain:
        if op.kind in _CREDITS:
            free = add(free, op.units)
            if op.kind == "receive" and op.end is not None:
                for hold, units in purse(op.end.chain).held:
                    free, held[hold] = less(free, units), units
        elif op.kind in _DEBITS:
            free = less(free, op.units)
        elif op.kind == "hold":
            free, held[op.id] = less(free, op.units), op.units
        elif op.kind == "release" and op.of is not None:
            free = add(free, held.pop(op.of, NOTHING))
        elif op.kind in ("post", "settle") and op.of is not None:
            held.pop(op.of, None)
        elif op.kind == "overdraft":
            overdrawn += 1
        elif op.kind == "recover":
            overdrawn -= 1
        elif op.kind == "void":
            voided = next(each for each in chain if each.id == op.of)
            if voided.kind in ("redeem", "post", "settle"):
                free = add(free, voided.units)
            elif voided.kind in ("issue", "undo", "pledge"):
                free = less(free, voided.units)
            overdrawn += {"overdraft": -1, "recover": 1}.get(voided.kind, 0)
    return Purse(free, tuple(held.items()), overdrawn)


def everything(chain: Chain) -> Units:
    """Free and held units together."""
    found = purse(chain)
    units = found.free
    for _, each in found.held:
        units = add(units, each)
    return units


@cache
def answered_ids(chain: Chain, kinds: tuple[str, ...]) -> frozenset[OpId]:
    """The operations or moves that this chain has answered by an operation of one of `kinds`."""
    return frozenset(op.of for op in chain if op.of is not None and op.kind in kinds)


def proven_past(chain: Chain) -> list[End]:
    """The proven ends of the epochs before this one, the youngest first, as far as proof follows proof."""
    return ends_past(chain, proven_alone=True)


def ends_past(chain: Chain, *, proven_alone: bool) -> list[End]:
    """The same, for a mutant with those that nothing proves."""
    found: list[End] = []
    while chain and (end := chain[0].end) is not None and chain[0].kind == "open":
        if proven_alone and not end.proven:
            break
        found.append(end)
        chain = end.chain
    return found


def next_id(machine: Machine) -> OpId:
    return (machine.node, machine.lineage, machine.epoch, len(machine.chain) + 1)


def with_machine(state: State, index: int, machine: Machine) -> State:
    machines = state.machines
    return state._replace(machines=(*machines[:index], machine, *machines[index + 1 :]))


def extended(machine: Machine, *ops: Op) -> Machine:
    """The machine with `ops` at the end of its own chain in the database."""
    epoch, chain = machine.own[-1]
    return machine._replace(own=(*machine.own[:-1], (epoch, chain + ops)))


def on_wire(state: State, holder: Holder, chain: Chain) -> State:
    """The chain has left: anybody may get it, or any beginning of it, at any later time."""
    same = [each for each in state.wire if each[0] == holder]
    if any(each[1][: len(chain)] == chain for each in same):
        return state
    shorter = {each for each in same if chain[: len(each[1])] == each[1]}
    return state._replace(wire=(state.wire - shorter) | {(holder, chain)})


def known_chain(machine: Machine, holder: Holder) -> Chain:
    """What this machine has received of `holder`'s journal."""
    return next((chain for each, chain in machine.known if each == holder), ())


def with_known(machine: Machine, holder: Holder, chain: Chain) -> Machine:
    others = [each for each in machine.known if each[0] != holder]
    return machine._replace(known=tuple(sorted([*others, (holder, chain)], key=lambda each: each[0])))


def fresh_epoch(state: State, node: str) -> int:
    """A random id never drawn before: the model counts instead."""
    drawn = [epoch for (name, epoch), _ in state.wire if name == node]
    drawn += [
        each.epoch for machine in state.machines if machine.node == node for each in machine.anchor or ()
    ]
    return 1 + max(drawn)


@cache
def on_wire_of(wire: frozenset[tuple[Holder, Chain]], kinds: frozenset[str]) -> tuple[Op, ...]:
    """Every operation of these kinds that ever left, in a fixed order."""
    found = {op.id: op for _, chain in wire for op in chain if op.kind in kinds}
    return tuple(found[key] for key in sorted(found))


@cache
def wire_in_order(chains: frozenset[tuple[Holder, Chain]]) -> tuple[tuple[Holder, Chain], ...]:
    """The same order in every run, whatever the hashes."""
    return tuple(sorted(chains, key=lambda each: (each[0], [(op.id, op.kind) for op in each[1]])))


def spend(state: State, name: str) -> State:
    """One less of `name` in the budget."""
    return state._replace(budget=state.budget._replace(**{name: getattr(state.budget, name) - 1}))
