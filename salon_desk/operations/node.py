"""Operations about the recording node itself: its epochs.

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

    `reason` is a WhyAnew or, from a newer program, another word; empty for a node's first epoch.
    """

    KIND: ClassVar[str] = "epoch.opened"
    old_epoch: str = ""
    old_head: str = ""
    old_seq: int = 0
    reason: str = ""


class EpochClosed(Operation, frozen=True, kw_only=True):
    """The last entry of an epoch's chain: this node sent everything home and records nothing more in it."""

    KIND: ClassVar[str] = "epoch.closed"


class BodyDisclosed(Operation, frozen=True, kw_only=True):
    """Head office lets a store see bodies that are otherwise withheld from it, and why."""

    KIND: ClassVar[str] = "body.disclosed"
    op_ids: tuple[str, ...]
    store: str
    reason: str
