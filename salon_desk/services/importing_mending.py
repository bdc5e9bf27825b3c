"""A list taken back at a till that had not heard of another one which took it over too: that one's members are shown again.

Taking back hides members (`importing_reversing.py`), and where both tills had met it hides none that the other carries. The one rule:
only the till whose own list stands shows them again, once, when it hears that they were hidden.
"""

from __future__ import annotations

from salon_desk.operations.description import MemberDescribed
from salon_desk.operations.operation import Operation
from salon_desk.services.describe import described
from salon_desk.services.till import Till
from salon_desk.storage import local
from salon_desk.storage.engine import Transaction
from salon_desk.storage.queries import imports, imports_twice

_UPTO = "imports-mended-upto"
"""The setting of this machine that says how far its journal was looked through; it is not written for every few entries."""
AT_ONCE = 2000
"""Entries of the journal that are looked through at once, so that a cashier's commit does not wait for them (DESIGN 4)."""


def mend(till: Till) -> int:
    """Show again whom another till's taking back hid although this till's list stands: how many. Database worker."""
    with till.read() as transaction:
        upto = int(local.setting(transaction, _UPTO, "0"))
        last = min(imports.last_position(transaction), upto + AT_ONCE)
        hidden = imports.hidden_between(transaction, till.store.node, upto, last) if last > upto else []
        due = [(op_id, member) for op_id, member in hidden if _is_hidden_here(till, transaction, member)]
    for op_id, member in due:

        def shown(transaction: Transaction, member: str = member) -> list[Operation]:
            if not _is_hidden_here(till, transaction, member):
                return []
            return [described(transaction, MemberDescribed, member, {"active": 1})]

        till.record(f"mend/{op_id}", None, shown)
    if hidden or last - upto >= AT_ONCE // 4:
        local.save_setting(till.store, _UPTO, str(last))
    return len(due)


def _is_hidden_here(till: Till, transaction: Transaction, member: str) -> bool:
    """Whether a list that stands at this till describes somebody who is no member now."""
    return imports.stands(transaction, member) is False and imports_twice.is_carried_at(
        transaction, member, till.store.node
    )
