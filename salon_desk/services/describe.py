"""Describing things: the one way to change names, prices, offers, staff and settings.

What may be described is in `operations/description.py`. Each field gets n = 1 + the highest n that this till has seen
of it, so that edits made apart merge in the same way everywhere.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from salon_desk.operations.description import Described, Field, FieldValue
from salon_desk.services.till import Actor, Till
from salon_desk.storage.apply.descriptions import edit_numbers
from salon_desk.storage.engine import Transaction
from salon_desk.storage.journal import Recorded

Description = tuple[type[Described], str, Mapping[str, FieldValue]]
"""What is described, its id, and the new values of some of its fields."""


def describe(till: Till, command_id: str, actor: Actor | None, things: Sequence[Description]) -> Recorded:
    """Record new values for some fields of some things, in one transaction. The caller has checked permission."""
    return till.record(
        command_id,
        actor,
        lambda transaction: [described(transaction, kind, id_, values) for kind, id_, values in things],
    )


def described(
    transaction: Transaction, kind: type[Described], id_: str, values: Mapping[str, FieldValue]
) -> Described:
    """The operation that gives fields new values over what this till has seen."""
    seen = edit_numbers(transaction, kind, id_)
    fields = {name: Field(seen.get(name, 0) + 1, value) for name, value in values.items()}
    return kind(id=id_, fields=fields)
