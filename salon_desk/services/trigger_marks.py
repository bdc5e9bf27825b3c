"""How far triggers were looked at on this machine: a local setting, so that a restart goes on where it stopped.

What a trigger says is `domain/trigger.py`. A mark that is lost says nothing twice, for a message is named after what it is about; it
is lost on the safe side: what happened before is over.
"""

from __future__ import annotations

import msgspec

from salon_desk.storage import local
from salon_desk.storage.engine import Transaction
from salon_desk.storage.store import Store

_NAME = "triggers"


class On(msgspec.Struct, frozen=True):
    """Since when a trigger is on here: a position of the journal, and a business day as an ordinal."""

    position: int
    day: int


class Round(msgspec.Struct, frozen=True):
    """A round over all members that is not over: the day of each store that it is for, and the last member looked at."""

    days: dict[str, int]
    after: str = ""


class Marks(msgspec.Struct, frozen=True):
    """`seen`: the journal up to which sales were looked at; `on`: by trigger; `days`: by store, the last business day that was."""

    seen: int = -1
    on: dict[str, On] = {}
    days: dict[str, int] = {}
    round: Round | None = None


def read(transaction: Transaction) -> Marks:
    """How far it is; nothing yet where this machine never looked, or cannot read what it noted."""
    try:
        return msgspec.json.decode(local.setting(transaction, _NAME, "{}"), type=Marks)
    except msgspec.MsgspecError:
        return Marks()


def save(store: Store, marks: Marks) -> None:
    """Note how far it is, in a small transaction of its own."""
    local.save_setting(store, _NAME, msgspec.json.encode(marks).decode())
