"""Letting devices in: one-time codes, enrolment, the owner's confirmation.

A code (`wire/one_time_code.py`) lapses after a day and opens the door once. A device that came by a code of the shop's own
tills can do nothing until the owner has compared fingerprints; only then is it described as a till.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from salon_desk.domain.clock import instant_text
from salon_desk.head_office import consequences
from salon_desk.head_office.authentication import fingerprint, hash_of, token_of
from salon_desk.head_office.context import Identity
from salon_desk.head_office.limits import checked_text
from salon_desk.head_office.recording import once
from salon_desk.head_office.refusals import Refusal, malformed, not_yours
from salon_desk.operations.description import FieldValue, TillDescribed
from salon_desk.operations.enrolment import DeviceEnrolled
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
from salon_desk.wire.messages import PURPOSE, CodeAnswer, EnrollAnswer, EnrollAsk, enrol_text
from salon_desk.wire.sealing import is_signed

LAPSES_AFTER = timedelta(hours=24)
KEPT_AFTER_LAPSE = timedelta(days=30)
MOST_OPEN = 20
"""Codes of one till that open the door at a time; a further one makes the oldest of them void."""

_KEY = re.compile(r"[0-9a-f]{64}")
_PROOF = re.compile(r"[0-9a-f]{128}")


def new_code(office: Office, *, store: str, till_name: str, made_by: str, confirmed: bool) -> CodeAnswer:
    """Make a code for one till of a store. Writer thread. The store is there (see `stores.py`)."""
    drawn = "".join(one_time_code.ALPHABET[byte & 31] for byte in office.salt(one_time_code.LENGTH))
    now = office.clock.now()
    lapses = instant_text(now + LAPSES_AFTER)
    with office.local() as transaction:
        children.forget_codes(transaction, instant_text(now - KEPT_AFTER_LAPSE))
        if made_by:
            for old in children.open_codes_by(transaction, made_by, instant_text(now))[MOST_OPEN - 1 :]:
                children.forget_code(transaction, old)
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
    if ask.proof and not _PROOF.fullmatch(ask.proof):
        raise malformed("proof")


def enroll(office: Office, identity: Identity, ask: EnrollAsk) -> tuple[EnrollAnswer, Sequence[Envelope]]:
    """Let a device in, or give the same answer again; besides, what was recorded now. Writer thread. Raises Refusal."""
    if ask.hub and office.relays:
        raise not_yours("a hub has no hubs")
    hashed = hash_of(one_time_code.plain(ask.code))

    def decide(transaction: Transaction) -> list[Operation]:
        known = _usable(transaction, office, hashed, ask)
        if known.node:
            _let_in_again(transaction, identity, ask)
            return []
        children.use_code(transaction, hashed, ask.node, ask.public_key)
        asked = _newcomer(office, ask, known.store, known.till_name, confirmed=known.confirmed)
        return _let_in(office, transaction, identity, ask, asked)

    done = journal.record(office, once(office, f"enroll/{hashed}"), decide)
    with office.database.read() as transaction:
        _usable(transaction, office, hashed, ask)  # somebody else may have been faster
    return _answer(office, identity, ask), () if done.repeated else done.envelopes


def adopt(office: Office, identity: Identity, ask: EnrollAsk, granted: EnrollAnswer) -> EnrollAnswer:
    """On a hub: let in a device whose code head office has made and taken. Writer thread. Raises Refusal."""
    hashed = hash_of(one_time_code.plain(ask.code))

    def decide(transaction: Transaction) -> list[Operation]:
        here = stores.device(transaction, office.node)
        if here is None or here.store != granted.store:
            raise not_yours("store")
        asked = _newcomer(office, ask, granted.store, "", confirmed=granted.confirmed)
        return _let_in(office, transaction, identity, ask, asked, vouched=True)

    journal.record(office, once(office, f"enroll/{hashed}"), decide)
    return _answer(office, identity, ask)


def _newcomer(office: Office, ask: EnrollAsk, store: str, name: str, *, confirmed: bool) -> Child:
    """The device as it would be kept."""
    now = instant_text(office.clock.now())
    return Child(
        node=ask.node,
        epoch=ask.epoch,
        store=store,
        name=name or ask.device_name,
        public_key=ask.public_key,
        confirmed=confirmed,
        enrolled_at=now,
        seen_at=now,
        program=ask.program,
    )


def _let_in(
    office: Office,
    transaction: Transaction,
    identity: Identity,
    ask: EnrollAsk,
    asked: Child,
    *,
    vouched: bool = False,
) -> list[Operation]:
    """Keep the device with its token; what is to be recorded of it. `vouched`: whoever is above has looked. Raises Refusal."""
    known = _known(transaction, identity, ask, asked, vouched=vouched)
    token = hash_of(token_of(identity.token_secret, one_time_code.plain(ask.code), ask.public_key))
    before = children.by_node(transaction, ask.node)
    confirmed = known or (asked.confirmed and (vouched or not office.relays))
    child = replace(asked, confirmed=confirmed)
    if before is None:
        children.add(transaction, child, token)
    else:
        children.readmit(transaction, replace(child, confirmed=confirmed or before.confirmed), token)
    if office.relays:
        return [_said(child)]
    return [described_till(transaction, child, hub=ask.hub)] if confirmed and not known else []


def _let_in_again(transaction: Transaction, identity: Identity, ask: EnrollAsk) -> None:
    """The same code again gives the same token again, and that token opens the door whichever was given since."""
    child = children.by_node(transaction, ask.node)
    token = token_of(identity.token_secret, one_time_code.plain(ask.code), ask.public_key)
    if child is not None:
        children.readmit(transaction, child, hash_of(token))


def _known(
    transaction: Transaction, identity: Identity, ask: EnrollAsk, asked: Child, *, vouched: bool
) -> bool:
    """Whether this is a device of the store that was confirmed before, here or anywhere in the chain.

    Whoever is somebody already has to prove it with the key by which it is known. Raises Refusal.
    """
    before, device = children.by_node(transaction, ask.node), stores.device(transaction, ask.node)
    key = before.public_key if before else device.key if device else ""
    store = before.store if before else device.store if device else ""
    if ask.node == identity.node:
        raise not_yours("node")
    if not key:
        if knows_node(transaction, ask.node) and not vouched:
            raise not_yours("node")
        return False
    if (key, store) != (ask.public_key, asked.store) or not (vouched or _is_proven(ask)):
        raise not_yours("node")
    return before.confirmed if before else True


def _is_proven(ask: EnrollAsk) -> bool:
    return is_signed(ask.public_key, PURPOSE, enrol_text(ask), bytes.fromhex(ask.proof))


def _answer(office: Office, identity: Identity, ask: EnrollAsk) -> EnrollAnswer:
    """What a device is told that is in."""
    with office.database.read() as transaction:
        child = children.by_node(transaction, ask.node)
    assert child is not None
    return EnrollAnswer(
        node=child.node,
        token=token_of(identity.token_secret, one_time_code.plain(ask.code), ask.public_key),
        store=child.store,
        confirmed=child.confirmed,
        fingerprint=fingerprint(child.public_key),
        parent=identity.node,
        parent_epoch=identity.epoch,
        parent_key=identity.public_key,
    )


def _said(child: Child) -> DeviceEnrolled:
    """What a hub records of whom it lets in."""
    return DeviceEnrolled(
        node=child.node,
        epoch=child.epoch,
        store=child.store,
        name=child.name,
        public_key=child.public_key,
        program=child.program,
    )


def settle_in(office: Office, node: str, described: Sequence[Envelope]) -> None:
    """What follows when a device has become a till, value that belongs to it too. Writer thread; may take seconds."""
    announce(office, node, described)
    consequences.after_confirmation(office, node)


def announce(office: Office, node: str, described: Sequence[Envelope]) -> None:
    """The same without its value, which is placed in pieces (`sweeping.py`). Writer thread."""
    consequences.after_describing(office, described)
    say_keys(office, node)


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

    done = journal.record(office, once(office, f"confirm/{node}"), decide)
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


def say_keys(office: Office, hub: str) -> None:
    """Describe the keys of the tills of a hub's store where nobody has, so that it knows them when they come. Writer thread."""

    def decide(transaction: Transaction) -> list[Operation]:
        child, device = children.by_node(transaction, hub), stores.device(transaction, hub)
        if child is None or device is None or not device.hub:
            return []
        there = [one for one in children.all_children(transaction) if one.confirmed]
        return [
            described(transaction, TillDescribed, one.node, {"key": one.public_key})
            for one in there
            if one.store == child.store and one.public_key and not _has_key(transaction, one.node)
        ]

    journal.record(office, Command(f"keys/{hub}/{office.new_id()}", actor="", business_day=""), decide)


def retire_for_another(office: Office, node: str) -> CodeAnswer | None:
    """A till is to be closed, and another device takes its place: a code for it, of the same store and name. None: no such till.

    What the old one sends home, now or when it comes back, is placed with the new one. Writer thread, or a command's own.
    """
    with office.database.read() as transaction:
        child = children.by_node(transaction, node)
    if child is None:
        return None
    retire(office, node)
    return new_code(office, store=child.store, till_name=child.name, made_by="", confirmed=True)


def described_till(transaction: Transaction, child: Child, *, hub: bool = False) -> TillDescribed:
    """The device as a till of its store, with a code for its receipts that no other till of the chain has; a hub has none."""
    values: dict[str, FieldValue] = {"store": child.store, "name": child.name, "key": child.public_key}
    if hub:
        values["hub"] = True
    else:
        taken = stores.till_codes(transaction)
        number = next(n for n in range(1, len(taken) + 2) if f"{child.store}-{n}" not in taken)
        values["code"] = f"{child.store}-{number}"
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


def _has_key(transaction: Transaction, node: str) -> bool:
    device = stores.device(transaction, node)
    return device is not None and bool(device.key)
