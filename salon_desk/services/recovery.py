"""What the first screen has to tell: what became of the last sale after a crash, what befell the till's data.

The guard has replayed what the anchor had (`storage/guard.py`), the print queue puts unsure papers back
(`storage/print_jobs.py`), value held for tickets that are gone is freed (`cards.py`). This says so, once per start.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass

from salon_desk.domain.access import Permission
from salon_desk.services import cards, charges, own_chain
from salon_desk.services.charges import ChargeView
from salon_desk.services.checkout import receipt_number
from salon_desk.services.old_epochs import NOTHING_LEFT, Facts
from salon_desk.services.plight import UNTOUCHED, Plight, plight
from salon_desk.services.till import Actor, Till
from salon_desk.storage import local, print_jobs
from salon_desk.storage.engine import Transaction
from salon_desk.storage.errors import CannotRecord, OwnRecordsMissing, TillClosed
from salon_desk.storage.print_jobs import JobState, PrintJob
from salon_desk.storage.queries import openings, sales
from salon_desk.storage.queries.sales import Document
from salon_desk.storage.queries.shop import shop
from salon_desk.storage.queries.tickets import counted, waiting_tickets

_log = logging.getLogger(__name__)

TOLD = "epoch-told"
"""The local setting that names the epoch whose beginning somebody was told of."""
RUNNING = "running"
"""The local setting that is set while a till runs: found set at start, the last run did not end well."""


@dataclass(frozen=True, slots=True)
class Recovery:
    """After a run that did not end well, and for a till that is closed. `replayed`: this last document was only in the anchor.

    `receipt`: "printed", "unsure" (a copy is queued), "queued" or "none"; `drawer`: "opened", "unsure", "not_opened"
    or "none". `restored`: the data is older than this till was, so that nothing is undone from here. `anew`: why a new epoch
    was opened since this was last told (a WhyAnew, empty for none); `missing`: own operations that have to come back first;
    `plight`: how the till stood at the start (`plight.plight` says it anew); `crashed`: the last run did not end; `charges`: money
    that cards or wallets may have been charged, and that no document has taken: each has its reference, ticket and state.
    """

    last: Document | None
    replayed: bool
    receipt: str
    drawer: str
    open_tickets: int
    restored: bool = False
    anew: str = ""
    missing: int = 0
    facts: Facts = NOTHING_LEFT
    plight: Plight = UNTOUCHED
    crashed: bool = True
    charges: tuple[ChargeView, ...] = ()


def start(till: Till) -> Recovery | None:
    """At start, before any sale: settle print queue and holds; None when there is nothing to tell.

    Runs once on the database worker, after `open_store`.
    """
    with till.read() as transaction:
        crashed = local.setting(transaction, RUNNING) == "1"
        last = _last(till, transaction)
        before = _jobs(transaction, last.op_id) if last else {}
    print_jobs.recover(till.store)
    local.save_setting(till.store, RUNNING, "1")
    _free_holds(till)
    anew, told, open_charges = _opened_anew(till), plight(till), charges.unsettled(till)
    if not (crashed or till.store.replayed or anew or told.worth_telling or open_charges):
        return None
    with till.read() as transaction:
        open_tickets = len(waiting_tickets(transaction, till.store.node))
    return Recovery(
        last=last,
        replayed=any(last and one.header.op_id == last.op_id for one in till.store.replayed),
        receipt=_receipt(before.get("receipt")),
        drawer=_drawer(before.get("drawer")),
        open_tickets=open_tickets,
        restored=till.store.restored or bool(anew),
        anew=anew,
        missing=told.facts.missing,
        facts=told.facts,
        plight=told,
        crashed=crashed,
        charges=open_charges,
    )


def go_on_without(till: Till, actor: Actor) -> bool:
    """Go on without own records that head office has: a new epoch, which owns nothing; False when none were waited for.

    Database worker. Raises PermissionNeeded, StoreStopped.
    """
    actor.require(Permission.GO_ON_WITHOUT)
    gone_on = own_chain.go_on_without(till)
    if gone_on:
        _log.warning(
            "own records are not waited for: %s, approved by %s", actor.staff, actor.approver or "nobody"
        )
    return gone_on


def _opened_anew(till: Till) -> str:
    """Why the present epoch was opened after another, once; empty when it was not, or when somebody was told."""
    store = till.store
    with till.read() as transaction:
        told = local.setting(transaction, TOLD)
        opened = openings.openings(transaction, store.node) if told != store.epoch else []
    reason = next((one.reason for one in opened if one.epoch == store.epoch), "")
    if reason:
        local.save_setting(store, TOLD, store.epoch)
    return reason


def _free_holds(till: Till) -> None:
    """A full disk must not keep the till from starting: what is held then is freed at a later start."""
    try:
        cards.release_gone(till)
    except (OwnRecordsMissing, TillClosed):
        _log.info("holds are not looked at: nothing is recorded here")
    except CannotRecord:
        _log.exception("holds of tickets that are gone could not be released")


def finish(till: Till) -> None:
    """At an orderly end."""
    local.save_setting(till.store, RUNNING, "0")


def _last(till: Till, transaction: Transaction) -> Document | None:
    """The till's last document by its running number: no clock, however wrong, says which one was last."""
    place, number = shop(transaction, till.store.node), counted(transaction, till.store.node, "receipt")
    found = sales.by_receipt(transaction, receipt_number(place, number)) if place else None
    return found or next(iter(sales.recent(transaction, till.store.node, 1)), None)


def _jobs(transaction: Transaction, op_id: str) -> dict[str, PrintJob]:
    found = (print_jobs.latest(transaction, op_id, kind) for kind in ("receipt", "drawer"))
    return {job.kind: job for job in found if job is not None}


def _receipt(job: PrintJob | None) -> str:
    if job is None:
        return "none"
    match job.state:
        case JobState.PRINTED:
            return "printed"
        case JobState.SENDING:
            return "unsure"
        case _:
            return "queued"


def _drawer(job: PrintJob | None) -> str:
    if job is None:
        return "none"
    match job.state:
        case JobState.PRINTED:
            return "opened"
        case JobState.SENDING:
            return "unsure"
        case _:
            return "not_opened"
