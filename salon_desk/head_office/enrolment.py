"""Letting devices in: one-time codes, enrolment, the owner's confirmation.

A code (`wire/one_time_code.py`) lapses after a day and opens the door once. A device that came by a code of the shop's own
tills can do nothing until the owner has compared fingerprints; only then is it described as a till.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import timedelta

from salon_desk.domain.clock import instant_text
from salon_desk.head_office import consequences
from salon_desk.head_office.authentication import fingerprint, hash_of, token_of
from salon_desk.head_office.context import Identity
from salon_desk.head_office.limits import checked_text
from salon_desk.head_office.refusals import Refusal, malformed, not_yours
from salon_desk.operations.description import TillDescribed
from salon_desk.operations.envelope import Envelope
from salon_desk.operations.operation import Operation
from salon_desk.services.describe import described
from salon_desk.storage import children, journal
from salon_desk.storage.children import Child, Code
from salon_desk.storage.engine import Transaction
from salon_desk.storage.journal import Command
from salon_desk.storage.office import Office
from salon_desk.storage.queries import closing, stores
from salon_desk.storage.queries.feed import knows_node
from salon_desk.wire import one_time_code
from salon_desk.wire.messages import CodeAnswer, EnrollAnswer, EnrollAsk

LAPSES_AFTER = timedelta(hours=24)
KEPT_AFTER_LAPSE = timedelta(days=30)

_KEY = re.compile(r"[0-9a-f]{64}")


def new_code(office: Office, *, store: str, till_name: str, made_by: str, confirmed: bool) -> CodeAnswer:
    """Make a code for one till of a store. Writer thread. The store is there (see `stores.py`)."""
    drawn = "".join(one_time_code.ALPHABET[byte & 31] for byte in office.salt(one_time_code.LENGTH))
    now = office.clock.now()
    lapses = instant_text(now + LAPSES_AFTER)
    with office.local() as transaction:
        children.forget_codes(transaction, instant_text(now - KEPT_AFTER_LAPSE))
        children.add_code(
            transaction,
            Code(
                code_hash=hash_of(drawn),
                store=store,
                till_name=till_name,
                made_by=made_by,
                made_at=instant_text(now),
                lapses_at=lapses,
                confirmed=confirmed,
            ),
        )
    return CodeAnswer(code=one_time_code.grouped(drawn), lapses_at=lapses)


def check(ask: EnrollAsk) -> None:
    """Refuse what can be refused without the database. Raises Refusal."""
    checked_text("code", ask.code, 40)
    for name in ("node", "epoch"):
        checked_text(name, getattr(ask, name), 100)
    for name in ("device_name", "program"):
        checked_text(name, getattr(ask, name), needed=False)
    if not _KEY.fullmatch(ask.public_key):
        raise malformed("public_key")


def enroll(office: Office, identity: Identity, ask: EnrollAsk) -> tuple[EnrollAnswer, Sequence[Envelope]]:
    """Let a device in, or give the same answer again; besides, what was recorded now. Writer thread. Raises Refusal."""
    code = one_time_code.plain(ask.code)
    hashed = hash_of(code)
    token = token_of(identity.token_secret, code, ask.public_key)

    def decide(transaction: Transaction) -> list[Operation]:
        known = _usable(transaction, office, hashed, ask)
        if known.node:
            return []
        _check_free(transaction, identity, ask.node)
        now = instant_text(office.clock.now())
        children.use_code(transaction, hashed, ask.node, ask.public_key)
        child = Child(
            node=ask.node,
            epoch=ask.epoch,
            store=known.store,
            name=known.till_name or ask.device_name,
            public_key=ask.public_key,
            confirmed=known.confirmed,
            enrolled_at=now,
            seen_at=now,
            program=ask.program,
        )
        children.add(transaction, child, hash_of(token))
        return [described_till(transaction, child)] if known.confirmed else []

    done = journal.record(office, Command(f"enroll/{hashed}", actor="", business_day=""), decide)
    with office.database.read() as transaction:
        _usable(transaction, office, hashed, ask)  # somebody else may have been faster
        child = children.by_node(transaction, ask.node)
    assert child is not None
    answer = EnrollAnswer(
        node=child.node,
        token=token,
        store=child.store,
        confirmed=child.confirmed,
        fingerprint=fingerprint(child.public_key),
        parent=identity.node,
        parent_epoch=identity.epoch,
        parent_key=identity.public_key,
    )
    return answer, () if done.repeated else done.envelopes


def settle_in(office: Office, node: str, described: Sequence[Envelope]) -> None:
    """What follows when a device has become a till. Writer thread."""
    consequences.after_describing(office, described)
    consequences.after_confirmation(office, node)


def confirm(office: Office, node: str) -> bool:
    """The owner has compared the fingerprint of a device: it is a till of its store from now on. False: it was already.

    Writer thread, or a command's own.
    """

    def decide(transaction: Transaction) -> list[Operation]:
        child = children.by_node(transaction, node)
        if child is None or child.confirmed:
            return []
        children.confirm(transaction, node)
        return [described_till(transaction, child)]

    done = journal.record(office, Command(f"confirm/{node}", actor="", business_day=""), decide)
    if done.repeated or not done.envelopes:
        return False
    settle_in(office, node, done.envelopes)
    return True


def retire(office: Office, node: str) -> bool:
    """A till is to be closed: nothing more is sent to it, and it sends home what it has. False: it was to be already.

    Writer thread, or a command's own.
    """

    def decide(transaction: Transaction) -> list[Operation]:
        if children.by_node(transaction, node) is None or closing.is_retiring(transaction, node):
            return []
        return [described(transaction, TillDescribed, node, {"retiring": True})]

    done = journal.record(
        office, Command(f"retire/{node}/{office.new_id()}", actor="", business_day=""), decide
    )
    return not done.repeated and bool(done.envelopes)


def described_till(transaction: Transaction, child: Child) -> TillDescribed:
    """The device as a till of its store, with a code for its receipts that no other till of the chain has."""
    taken = stores.till_codes(transaction)
    number = next(n for n in range(1, len(taken) + 2) if f"{child.store}-{n}" not in taken)
    values = {"store": child.store, "name": child.name, "code": f"{child.store}-{number}"}
    operation = described(transaction, TillDescribed, child.node, values)
    assert isinstance(operation, TillDescribed)
    return operation


def _usable(transaction: Transaction, office: Office, hashed: str, ask: EnrollAsk) -> Code:
    """The code, unused or used by this very device. Raises Refusal."""
    found = children.code(transaction, hashed)
    if found is None:
        raise Refusal(403, "code-unknown")
    if found.node:
        if (found.node, found.public_key) != (ask.node, ask.public_key):
            raise Refusal(403, "code-used")
    elif found.lapses_at <= instant_text(office.clock.now()):
        raise Refusal(403, "code-lapsed")
    return found


def _check_free(transaction: Transaction, identity: Identity, node: str) -> None:
    """Refuse a node that is somebody already: this one, an enrolled device, or one whose operations came from elsewhere."""
    if node == identity.node or children.by_node(transaction, node) is not None:
        raise not_yours("node")
    if knows_node(transaction, node):
        raise not_yours("node")
