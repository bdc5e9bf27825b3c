"""Operations about epochs: how a node opens and ends its own, who may close an ended one, and what its closing does.

Shops, staff and devices do not belong here. An epoch is a random id drawn locally; holders of purses are
(node, epoch), so a new epoch owns nothing (PROTOCOL 5).
"""

from __future__ import annotations

from enum import StrEnum
from typing import ClassVar

from salon_desk.operations.operation import Operation


class WhyAnew(StrEnum):
    """Why an epoch was opened after another one: what was found, or that a person decided not to wait."""

    ANCHOR_MISSING = "anchor-missing"
    ANCHOR_DAMAGED = "anchor-damaged"
    ANCHOR_FOREIGN = "anchor-foreign"
    ANCHOR_OLD = "anchor-old"
    UNCHAINED = "unchained"
    FOLDER_COPIED = "folder-copied"
    PARENT_KNOWS_MORE = "parent-knows-more"
    FORK = "fork"
    NOT_WAITED = "not-waited"
    CHILD_KNOWS_MORE = "child-knows-more"


class EpochOpened(Operation, frozen=True, kw_only=True):
    """The first entry of an epoch's chain; names the epoch before it and its last known head, if any.

    `reason` is a WhyAnew or, from a newer program, another word; empty for a node's first epoch. `end_seq` and `end_hash`: the
    old epoch's last operation where this machine's own anchor proves it, else 0 and empty.
    """

    KIND: ClassVar[str] = "epoch.opened"
    old_epoch: str = ""
    old_head: str = ""
    old_seq: int = 0
    reason: str = ""
    end_seq: int = 0
    end_hash: str = ""


class EpochClosed(Operation, frozen=True, kw_only=True):
    """The last entry of an epoch's chain: this node sent everything home and records nothing more in it.

    What should lie there all the same goes to the one parent, in the one epoch, that is named here.
    """

    KIND: ClassVar[str] = "epoch.closed"
    closer: str = ""
    closer_epoch: str = ""


class EpochClaimed(Operation, frozen=True, kw_only=True):
    """This epoch has proof of where an earlier one of its node ended, and names who alone may close that: said once."""

    KIND: ClassVar[str] = "epoch.claimed"
    old_epoch: str
    end_seq: int
    end_hash: str
    closer: str
    closer_epoch: str


class EpochClosedByParent(Operation, frozen=True, kw_only=True):
    """The parent that was named closes an epoch of its child, whose chain it holds up to exactly this end.

    `holds`: what was still held there, and is free now.
    """

    KIND: ClassVar[str] = "epoch.closed_by_parent"
    node: str
    epoch: str
    end_seq: int
    end_hash: str
    holds: tuple[str, ...] = ()


class EpochPurseSent(Operation, frozen=True, kw_only=True):
    """The parent that closed an epoch sends units of its purses on, as one move: (asset, units), all above zero."""

    KIND: ClassVar[str] = "epoch.purse_sent"
    move: str
    from_node: str
    from_epoch: str
    to_node: str
    to_epoch: str
    parts: tuple[tuple[str, int], ...]


class BodyDisclosed(Operation, frozen=True, kw_only=True):
    """Head office lets a store see bodies that are otherwise withheld from it, and why."""

    KIND: ClassVar[str] = "body.disclosed"
    op_ids: tuple[str, ...]
    store: str
    reason: str
