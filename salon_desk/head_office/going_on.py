"""A head office that was put back from an old copy goes on: what it had is covered, what was owed to it stays owed, on paper.

That it is an old copy is proven by a device that knows more (`restored.py`), or a person says so. The paper can be printed again
at any time: all that stands on it stands in the journal.
"""

from __future__ import annotations

from collections import Counter

from salon_desk.documents.restore_report import Covered, RestoreReport
from salon_desk.domain.clock import instant_text
from salon_desk.domain.money import Money
from salon_desk.head_office import covering, restored
from salon_desk.operations.cover import CoverOpened, DebtCarriedOver, WhyCovered
from salon_desk.operations.hybrid_clock import instant_of
from salon_desk.operations.node import EpochOpened, WhyAnew
from salon_desk.storage.engine import Transaction
from salon_desk.storage.office import Office, open_anew
from salon_desk.storage.queries import chain_marks


def go_on(office: Office, *, by_word: bool = False) -> bool:
    """Open a new epoch and cover all that the backup shows; False when nothing proves that this is an old copy.

    `by_word`: a person says that it is. Not while anybody serves (see `restored.go_on`). What a crash cut off of the covering is
    made good by the next call. Raises CannotRecord.
    """
    opened = restored.go_on(office)
    if not opened and by_word:
        open_anew(office, WhyAnew.NOT_WAITED)
        opened = True
    with office.database.read() as transaction:
        before = _opening(transaction, office)
    if before is not None:
        covering.cover_backup(office, before.old_epoch)
    return opened


def report(transaction: Transaction, office: Office) -> RestoreReport | None:
    """The paper about the last time that this head office went on from an old copy; None when it never did."""
    opening = _opening(transaction, office)
    if opening is None:
        return None
    marks = chain_marks.marks(transaction, office.node, opening.old_epoch, office.epoch)
    cards: dict[str, set[str]] = {}
    sums: Counter[tuple[str, str]] = Counter()
    debts = 0
    for one in chain_marks.own_operations(transaction, office.node, office.epoch, _KINDS):
        match one:
            case CoverOpened(why=WhyCovered.BACKUP):
                currency = one.amount.currency
                cards.setdefault(currency, set()).add(one.card)
                for change in one.purse_changes:
                    if change.asset.startswith("card/"):
                        sums[currency, change.asset.rpartition("/")[2]] += change.units
            case DebtCarriedOver():
                debts += len(one.purse_changes)
            case _:
                pass
    return RestoreReport(
        node=office.node,
        old_epoch=opening.old_epoch,
        new_epoch=office.epoch,
        reason=opening.reason,
        last_own=instant_text(instant_of(marks.last_own)) if marks.last_own else "",
        last_any=instant_text(instant_of(marks.last_any)) if marks.last_any else "",
        went_on=instant_text(instant_of(marks.opened)),
        covered=tuple(
            Covered(
                cards=len(of),
                paid=Money(sums[currency, "paid"], currency),
                bonus=Money(sums[currency, "bonus"], currency),
            )
            for currency, of in sorted(cards.items())
        ),
        debts=debts,
    )


_KINDS = (CoverOpened.KIND, DebtCarriedOver.KIND)


def _opening(transaction: Transaction, office: Office) -> EpochOpened | None:
    """How this epoch was opened, when there was one before."""
    found = chain_marks.own_operations(transaction, office.node, office.epoch, (EpochOpened.KIND,))
    first = next(iter(found), None)
    return first if isinstance(first, EpochOpened) and first.old_epoch else None
