"""A till that the owner does not expect back: nothing more goes to it, what it has is covered, and nobody takes that from it.

Should it come back, it sends everything home and is closed, like one that is retired; the cover is repaid from what comes home
(`recovering.py`). Until it has ended, the owner can take the word back.
"""

from __future__ import annotations

from salon_desk.head_office import covering, placement
from salon_desk.head_office.recording import business_day
from salon_desk.operations.cover import TillDeclaredDead, TillFound
from salon_desk.operations.description import TillDescribed
from salon_desk.operations.operation import Operation
from salon_desk.services.describe import described
from salon_desk.storage import children, journal
from salon_desk.storage.engine import Transaction
from salon_desk.storage.journal import Command
from salon_desk.storage.queries import closing, covers, ends, stores, stranded
from salon_desk.storage.store import Store

_STOLEN = ("stolen", "theft", "被偷", "被盗", "失窃")


def is_theft(reason: str) -> bool:
    """Whether a till that is lost for this reason may be in a stranger's hands."""
    return any(word in reason.casefold() for word in _STOLEN)


def lock_out(office: Store, node: str, *, locked_out: bool = True) -> bool:
    """Whoever holds this device reads nothing here any more, and nothing goes to it; what it recorded is still taken in.

    With `locked_out` False the owner takes that back. False: nothing changed. Writer thread, or a command's own. Raises
    CannotRecord.
    """

    def decide(transaction: Transaction) -> list[Operation]:
        child = children.by_node(transaction, node)
        if child is None or stores.is_locked_out(transaction, node) == locked_out:
            return []
        return [described(transaction, TillDescribed, node, {"locked_out": locked_out})]

    return bool(journal.record(office, _command(office, "lock-out"), decide).operations)


def declare_dead(office: Store, node: str, reason: str = "") -> bool:
    """The till of this node is dead; what lies there is covered within the limit. False: it was said already.

    One that was stolen is locked out besides. Writer thread, or a command's own. Raises CannotRecord.
    """
    if is_theft(reason):
        lock_out(office, node)

    def decide(transaction: Transaction) -> list[Operation]:
        child = children.by_node(transaction, node)
        if child is None or (node, child.epoch) in stranded.declared_dead(transaction):
            return []
        made: list[Operation] = [TillDeclaredDead(node=node, epoch=child.epoch, reason=reason)]
        if not closing.is_retiring(transaction, node):
            made.append(described(transaction, TillDescribed, node, {"retiring": True}))
        return made

    said = bool(journal.record(office, _command(office, "dead"), decide).operations)
    if said:
        covering.cover_within_limit(office)
    return said


def found_again(office: Store, node: str) -> bool:
    """The till is not dead after all, and stays in use; False: nobody said that it was. What was covered is then recalled.

    One that was locked out is let in again. Writer thread, or a command's own. Raises CannotRecord.
    """
    lock_out(office, node, locked_out=False)

    def decide(transaction: Transaction) -> list[Operation]:
        dead = [one for one in stranded.declared_dead(transaction) if one[0] == node]
        if any((end := ends.end(transaction, *one)) is not None and not end.heir for one in dead):
            return []  # it came back meanwhile, and closed
        made: list[Operation] = [TillFound(node=of_node, epoch=epoch) for of_node, epoch in dead]
        if dead and closing.is_retiring(transaction, node):
            made.append(described(transaction, TillDescribed, node, {"retiring": False}))
        return made

    said = bool(journal.record(office, _command(office, "found"), decide).operations)
    if said:
        with office.database.read() as transaction:
            cards = {one.covered.card for one in covers.open_covers(transaction) if one.covered.node == node}
        placement.rearrange(office, cards)
    return said


def _command(office: Store, what: str) -> Command:
    return Command(f"{what}/{office.new_id()}", "", business_day(office))
