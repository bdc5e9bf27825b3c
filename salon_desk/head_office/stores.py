"""A further store of the chain, made when somebody makes a code for its first till.

What a store is called and sells is described by its people afterwards; here it only becomes one that can sell.
"""

from __future__ import annotations

import re

from salon_desk.domain.proof import DEFAULT_LIMIT_CENTS
from salon_desk.head_office import consequences
from salon_desk.head_office.recording import once
from salon_desk.operations.description import FieldValue, StoreDescribed
from salon_desk.operations.operation import Operation
from salon_desk.services.describe import described
from salon_desk.storage import journal
from salon_desk.storage.engine import Transaction
from salon_desk.storage.office import Office
from salon_desk.storage.queries import stores
from salon_desk.storage.queries.stores import StoreTerms

_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,19}")
MOST_NAME = 60

_FIRST = StoreTerms(
    id="",
    jurisdiction="US-NY-NYC",
    time_zone="America/New_York",
    day_cut_off="04:00",
    currency="USD",
    receipt_language="zh_CN",
    unproven_limit_cents=DEFAULT_LIMIT_CENTS,
)
"""For the first store of a chain that nobody described: terms with which a till can sell."""


def is_store_code(code: str) -> bool:
    """Whether a store can have this code: 1 to 20 letters, digits, dots, dashes, underscores; a letter or digit first."""
    return _CODE.fullmatch(code) is not None


def is_till_name(name: str) -> bool:
    """Whether a till can be called this: 1 to 60 characters that can be printed."""
    return bool(name.strip()) and len(name) <= MOST_NAME and name.isprintable()


def ensure_store(office: Office, code: str) -> None:
    """Describe a store that is new, on the terms of the chain's first one. Writer thread. The code is one."""

    def decide(transaction: Transaction) -> list[Operation]:
        there = stores.all_stores(transaction)
        if any(store.id == code for store in there):
            return []
        terms = there[0] if there else _FIRST
        values: dict[str, FieldValue] = {
            name: getattr(terms, name) for name in StoreTerms.__slots__ if name != "id"
        }
        values |= {f"name_{language}": code for language in ("en", "zh_cn", "zh_tw")}
        return [described(transaction, StoreDescribed, code, values)]

    done = journal.record(office, once(office, f"store/{code}"), decide)
    if not done.repeated:
        consequences.after_describing(office, done.envelopes)
