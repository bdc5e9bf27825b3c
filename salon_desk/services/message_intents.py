"""Intending messages: that one is to be sent is stored before anything else happens to it, and once for the same reason.

Who is to get one is decided by triggers and campaigns, whether it may be sent by the gate, at the moment of sending. Works over
any root's store; each batch is a small transaction of its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from salon_desk.domain.clock import parse_instant
from salon_desk.domain.consent import Purpose
from salon_desk.domain.limits import MAX_REFERENCE, check_text
from salon_desk.domain.message import Trigger, message_id
from salon_desk.operations.message import MessageIntended
from salon_desk.storage import journal
from salon_desk.storage.apply.erasures import is_erased
from salon_desk.storage.engine import Transaction
from salon_desk.storage.journal import Command
from salon_desk.storage.queries import messages
from salon_desk.storage.store import Store

BATCH = 100
"""Intents in one transaction: a cashier's commit waits for no more than these."""


@dataclass(frozen=True, slots=True)
class Intent:
    """That a member is to be written to. `subject`: what about, the same whenever it is asked (a sale, a day, a campaign).

    `store`: for which shop it speaks; `due_at`, `expires_at`: instants as operations keep them, not before the one and never
    after the other; `values`: placeholders that are decided now, all others are filled when it is sent.
    """

    trigger: Trigger
    member: str
    subject: str
    purpose: Purpose
    template: str
    store: str
    due_at: str
    expires_at: str
    campaign: str = ""
    values: tuple[tuple[str, str], ...] = ()

    @property
    def message(self) -> str:
        """The name of the message: the same reason, member and subject have the same."""
        return message_id(self.trigger, self.member, self.subject)


def intend(store: Store, intents: Iterable[Intent], *, actor: str = "") -> int:
    """Record intents in batches; how many were new. What was intended before, and whoever was erased, is passed over.

    Each batch is a transaction of its own, so that after a crash the same call goes on where it stopped. The thread that
    writes. Raises TextTooLong, ValueError (an instant that is none), CannotRecord, StoreStopped.
    """
    return sum(intend_batch(store, batch, actor=actor) for batch in _batches(intents))


def intend_batch(store: Store, batch: Sequence[Intent], *, actor: str = "") -> int:
    """Record some intents in one transaction; how many were new. Errors as `intend`."""
    day = store.clock.now().date().isoformat()
    done = journal.record(
        store, Command(store.new_id(), actor, day), lambda transaction: new_operations(transaction, batch)
    )
    return len(done.operations)


def new_operations(transaction: Transaction, intents: Sequence[Intent]) -> list[MessageIntended]:
    """The operations of those that are not intended yet, for whoever records them with something else.

    Inside the recording transaction. Raises TextTooLong, ValueError.
    """
    wanted = {one.message: one for one in intents}
    return [
        _operation(wanted[name])
        for name in messages.not_intended(transaction, wanted)
        if not is_erased(transaction, wanted[name].member)
    ]


def _operation(intent: Intent) -> MessageIntended:
    check_text("subject", intent.subject, MAX_REFERENCE)
    for instant in (intent.due_at, intent.expires_at):
        parse_instant(instant)
    return MessageIntended(
        message=intent.message,
        member=intent.member,
        trigger=intent.trigger,
        subject=intent.subject,
        purpose=intent.purpose,
        template=intent.template,
        store=intent.store,
        due_at=intent.due_at,
        expires_at=intent.expires_at,
        campaign=intent.campaign,
        values=intent.values,
    )


def _batches(intents: Iterable[Intent]) -> Iterator[Sequence[Intent]]:
    coming = iter(intents)
    while batch := list(islice(coming, BATCH)):
        yield batch
